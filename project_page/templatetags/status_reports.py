"""The day of a report in words."""

from django import template

from projects.words import report_day

register = template.Library()

# {{ report|report_day:reports }}
register.filter(report_day)
