"""The formats of each language."""
