"""Pairs of milestones on record and deliveries of a page."""

from __future__ import annotations

from collections.abc import Iterable

from exchange.scaffold.old_page import OldMilestone, OldPage
from milestones.models import Milestone

Pair = tuple[OldMilestone, Milestone | None]


def match(page: OldPage, known: Iterable[Milestone]) -> list[Pair]:
    """Pair each delivery of the page with the milestone that it is, if there is one.

    The same title is the same delivery, also when the page has numbered anew; else the
    code tells, first among those that are alike in being obsolete ("MP 1" may be
    obsolete and "MP1" not).
    """
    left = list(known)
    found: dict[int, Milestone] = {}
    for is_same in (_has_code_and_title, _has_title, _has_code_and_state, _has_code, is_beginning):
        for position, old in enumerate(page.milestones):
            if position in found or (is_same is is_beginning and not page.is_cut):
                continue
            if milestone := next((one for one in left if is_same(old, one)), None):
                found[position] = milestone
                left.remove(milestone)
    return [(old, found.get(position)) for position, old in enumerate(page.milestones)]


def squeezed(text: str) -> str:
    """A text without its spaces and in small letters: "MP 1" is "MP1"."""
    return "".join(text.casefold().split())


def _has_code(old: OldMilestone, milestone: Milestone) -> bool:
    return bool(old.code) and squeezed(old.code) == squeezed(milestone.code)


def _has_title(old: OldMilestone, milestone: Milestone) -> bool:
    """Return whether the title is this one, also where the code went into it, for another delivery had it."""
    return squeezed(milestone.title) in (squeezed(old.title), squeezed(old.name))


def _has_code_and_title(old: OldMilestone, milestone: Milestone) -> bool:
    return squeezed(old.code) == squeezed(milestone.code) and _has_title(old, milestone)


def _has_code_and_state(old: OldMilestone, milestone: Milestone) -> bool:
    return _has_code(old, milestone) and old.is_obsolete == milestone.is_obsolete


def is_beginning(old: OldMilestone, milestone: Milestone) -> bool:
    """Return whether a title that may have been cut is the beginning of the one on record."""
    return str(milestone).startswith(old.name)


def same_text(new: str, old: str, page: OldPage) -> bool:
    """Return whether a text says nothing new; a file that was cut may hold only its beginning."""
    return new == old or (page.is_cut and old.startswith(new))
