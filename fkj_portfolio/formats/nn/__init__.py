"""Formats of dates and numbers in nynorsk."""
