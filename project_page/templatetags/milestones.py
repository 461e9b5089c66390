"""Milestones in words, for every template that shows them."""

import datetime

from django import template

from milestones.deeds import changes_in_words
from milestones.models import Milestone
from milestones.models.anchors import milestone_anchor
from milestones.words import (
    days_moved,
    progress_in_words,
    slip_from_original_in_words,
    slip_in_words,
)

register = template.Library()

# {% slip original due new_baseline=… is_delivered=… delivered_on=… is_obsolete=… moves=… today=… %}
register.simple_tag(slip_in_words, name="slip")
# {% milestone_changes before now as changes %}
register.simple_tag(changes_in_words, name="milestone_changes")
# {{ milestone|slip_from_original }}
register.filter("slip_from_original", slip_from_original_in_words)
# {{ project|progress_in_words }}
register.filter(progress_in_words)
# {{ move.days|days_moved }}
register.filter(days_moved)
# {% milestone_anchor None as anchor %}
register.simple_tag(milestone_anchor)


@register.filter
def is_overdue_on(milestone: Milestone, today: datetime.date) -> bool:
    return milestone.is_overdue(today=today)
