"""Content of an old project page, once read."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field

from django.utils.translation import gettext


class OldPageError(Exception):
    """The page can't be read; the text is one sentence that says where and why."""

    def __init__(self, message: str, *, line: int | None = None) -> None:
        self.line = line
        if line:
            message = gettext("Line %(line)d: %(message)s") % {"line": line, "message": message}
        super().__init__(message)


@dataclass(frozen=True)
class OldGoal:
    """A strategic goal as the page names it; the number may be missing."""

    number: int | None
    name: str
    line: int


@dataclass(frozen=True)
class OldMilestone:
    """A delivery as the page describes it; the description is Markdown."""

    code: str
    title: str
    description: str
    is_delivered: bool
    date: datetime.date | None
    is_obsolete: bool
    line: int
    # False also when the page leaves it open, so that nothing is taken back by silence.
    says_not_delivered: bool = False

    @property
    def name(self) -> str:
        """Code and title, as people speak of it."""
        is_named = bool(self.code) and self.title != self.code
        return f"{self.code} - {self.title}" if is_named else self.title


@dataclass(frozen=True)
class OldPage:
    """A page read to the end; texts are Markdown, what is missing is empty or None."""

    title: str
    ingress: str = ""
    status: str | None = None
    status_text: str = ""
    goals: tuple[OldGoal, ...] = ()
    owner_name: str = ""
    risk: str | None = None
    risk_text: str = ""
    contact_name: str = ""
    segment: str = ""
    description: str = ""
    link_text: str = ""
    link_url: str = ""
    milestones: tuple[OldMilestone, ...] = ()
    stated_counts: tuple[int, int] | None = None
    is_cut: bool = False
    remarks: tuple[str, ...] = field(default=())

    @property
    def counts(self) -> tuple[int, int]:
        """Delivered and total by our counting rule: undelivered obsolete ones do not count."""
        delivered = sum(milestone.is_delivered for milestone in self.milestones)
        withdrawn = sum(
            milestone.is_obsolete and not milestone.is_delivered for milestone in self.milestones
        )
        return delivered, len(self.milestones) - withdrawn
