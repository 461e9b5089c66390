"""The demonstration portfolio: files that a person can read and edit, and what loads them."""
