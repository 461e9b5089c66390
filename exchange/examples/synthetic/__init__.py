"""A portfolio of any size that is always the same, to measure with."""
