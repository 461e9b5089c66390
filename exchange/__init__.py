"""Data that goes in and out: the old pages, and later spreadsheets, feeds and open data."""
