"""Milestones in words, for every template that shows them."""

from django import template

from milestones.words import progress_in_words, slip_in_words

register = template.Library()

# {% slip original due is_delivered=… delivered_on=… is_obsolete=… moves=… today=… %}
register.simple_tag(slip_in_words, name="slip")
# {{ project|progress_in_words }}
register.filter(progress_in_words)
