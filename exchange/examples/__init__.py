"""Portfolios that nobody has: one to show, and one to measure with."""
