"""A project measured on a day, and its signal."""

import datetime


def day(text):
    return datetime.date.fromisoformat(text)
