"""Formats of dates and numbers in bokmål."""
