"""The site: settings, addresses and what every room may use."""
