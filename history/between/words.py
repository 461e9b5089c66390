"""The changes in whole sentences."""

from collections import Counter

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext_lazy

from history.between.changes import Changes
from history.between.groups import ChangeGroup
from history.between.milestone_changes import MilestoneChange
from history.between.states import MilestoneState
from milestones.models import Cause
from milestones.words import days_moved, slip_in_words

#: Numbers that are written in letters, as they stand before a word for a project.
SMALL_NUMBERS = [
    pgettext_lazy("number of projects", "no"),
    pgettext_lazy("number of projects", "one"),
    pgettext_lazy("number of projects", "two"),
    pgettext_lazy("number of projects", "three"),
    pgettext_lazy("number of projects", "four"),
    pgettext_lazy("number of projects", "five"),
    pgettext_lazy("number of projects", "six"),
    pgettext_lazy("number of projects", "seven"),
    pgettext_lazy("number of projects", "eight"),
    pgettext_lazy("number of projects", "nine"),
    pgettext_lazy("number of projects", "ten"),
    pgettext_lazy("number of projects", "eleven"),
    pgettext_lazy("number of projects", "twelve"),
]


def sum_up(changes: Changes) -> str:
    """Say how many projects have got a worse status, and how many a better."""
    if not changes.worse and not changes.better:
        return _("No active project has got a better or a worse status.")
    sentences = []
    if changes.worse:
        sentences.append(
            ngettext(
                "%(count)s project has got a worse status.",
                "%(count)s projects have got a worse status.",
                changes.worse,
            )
            % {"count": in_letters(changes.worse)}
        )
    if changes.better:
        sentences.append(
            ngettext(
                "%(count)s project has got a better status.",
                "%(count)s projects have got a better status.",
                changes.better,
            )
            % {"count": in_letters(changes.better)}
        )
    return " ".join(capfirst(sentence) for sentence in sentences)


def in_letters(number: int) -> str:
    """Return a number in letters when it is small."""
    return str(SMALL_NUMBERS[number]) if number < len(SMALL_NUMBERS) else str(number)


def sum_up_moves(moved: ChangeGroup[MilestoneChange]) -> str:
    """Say how many days some milestones have moved in all, and how often for each cause."""
    days = days_moved(sum(change.days for change in moved.items))
    causes = Counter(move.cause for change in moved.items for move in change.moves)
    unknown = _("cause not given")
    listed = ", ".join(
        f"{Cause(cause).label if cause else unknown} ({count})"
        for cause, count in causes.most_common()
    )
    return _("Taken together %(days)s. Causes: %(causes)s.") % {"days": days, "causes": listed}


def delivery_in_words(milestone: MilestoneState) -> str:
    """Say how a delivered milestone stands to the date that its slip counts from."""
    return slip_in_words(
        milestone.original_due_on,
        milestone.due_on,
        new_baseline=milestone.new_baseline_on,
        is_delivered=True,
        delivered_on=milestone.delivered_on,
    )
