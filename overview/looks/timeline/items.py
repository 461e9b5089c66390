"""The milestones of the timeline: how they stand, where they lie, and all of it in words."""

import datetime
from typing import NamedTuple

from django.db import models
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from fkj_portfolio.templates import day_in_words
from milestones.models import Milestone
from milestones.models.anchors import milestone_anchor


class Standing(models.TextChoices):
    """How a milestone stands, as a shape and in words."""

    DELIVERED = "delivered", gettext_lazy("Delivered")
    OPEN = "open", gettext_lazy("Not delivered")
    OVERDUE = "overdue", gettext_lazy("Overdue")
    OBSOLETE = "obsolete", gettext_lazy("Obsolete")
    #: It counts as delivered.
    NOT_NEEDED = "not-needed", gettext_lazy("Delivered, obsolete")

    @classmethod
    def of(cls, milestone: Milestone, *, today: datetime.date) -> "Standing":
        if milestone.is_delivered:
            return cls.NOT_NEEDED if milestone.is_obsolete else cls.DELIVERED
        if milestone.is_obsolete:
            return cls.OBSOLETE
        return cls.OVERDUE if milestone.due_on and milestone.due_on < today else cls.OPEN


class Item(NamedTuple):
    """A milestone, as the picture, the table and the sentence see it.

    A tuple, and with words that are ready to be shown, because a page has hundreds.
    """

    name: str
    code: str
    href: str
    state: Standing
    is_delivered: bool
    #: Where it lies: when it was delivered, or is due; also a delivery whose day nobody knows.
    on: datetime.date | None
    #: Where it would lie if it had gone as first promised; None when it does.
    was_on: datetime.date | None
    #: How it stands, when it was first due, and when it was delivered or is due.
    label: str
    original: str
    date: str
    #: All of this in one line.
    words: str


class Reader:
    """Reads milestones that come `with_timeline_milestones`; looks its words up once."""

    def __init__(self, *, today: datetime.date) -> None:
        self.today = today
        self._language = get_language() or ""
        self._labels = {state: str(state.label) for state in Standing}
        self._not_given = _("not given")
        self._due = _("due %(date)s")
        self._delivered = _("delivered %(date)s")
        self._originally = _("originally %(date)s")
        self._originally_due = _("original due date %(date)s")

    def read(self, milestone: Milestone, page: str) -> Item:
        """Read a milestone of the project whose page has this address."""
        state = Standing.of(milestone, today=self.today)
        name = f"{milestone.code} {milestone.title}" if milestone.code else milestone.title
        on = milestone.delivered_on or milestone.due_on
        original_on = milestone.original_due_on
        was_on = original_on if on != original_on else None
        return Item(
            name=name,
            code=milestone.code,
            href=f"{page}#{milestone_anchor(milestone.pk)}",
            state=state,
            is_delivered=milestone.is_delivered,
            on=on,
            was_on=was_on,
            label=self._labels[state],
            original=self._short(original_on) if original_on else self._not_given,
            date=self._date(milestone, on),
            words=", ".join([name, *self._words(milestone, state), *self._was(milestone, was_on)]),
        )

    def _short(self, day: datetime.date) -> str:
        return day_in_words(day, "SHORT_DATE_FORMAT", self._language)

    def _long(self, day: datetime.date) -> dict[str, str]:
        return {"date": day_in_words(day, "DATE_FORMAT", self._language)}

    def _date(self, milestone: Milestone, on: datetime.date | None) -> str:
        if on is None:
            return self._not_given
        if milestone.is_delivered and not milestone.delivered_on:
            return f"{self._not_given}, {self._due % {'date': self._short(on)}}"
        return self._short(on)

    def _words(self, milestone: Milestone, state: Standing) -> list[str]:
        if milestone.delivered_on:
            words = [self._delivered % self._long(milestone.delivered_on)]
            return [*words, _("obsolete")] if state == Standing.NOT_NEEDED else words
        words = [self._labels[state].lower()]
        if milestone.is_delivered:
            words.append(_("delivery date not given"))
        if milestone.due_on:
            words.append(self._due % self._long(milestone.due_on))
        return words

    def _was(self, milestone: Milestone, was_on: datetime.date | None) -> list[str]:
        if was_on is None:
            return []
        words = self._originally_due if milestone.delivered_on else self._originally
        return [words % self._long(was_on)]
