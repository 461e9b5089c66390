"""The signal and its reason in words."""

from django import template

from projects.words import signal_in_words, signal_reason

register = template.Library()

# {{ project|signal_in_words }}
register.filter(signal_in_words)
# {{ project|signal_reason:today }}
register.filter(signal_reason)
