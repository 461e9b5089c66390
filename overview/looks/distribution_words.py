"""What the pictures of the distribution say, in whole sentences."""

from collections import Counter
from collections.abc import Mapping, Sequence

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from overview.looks.bars import STATUSES, Counts, StatusBar
from projects.models import RiskLevel, Status

#: How many that have the same number a sentence names.
NAMED = 3


def statuses(counts: Counts) -> str:
    """Say how many of the active projects have each status."""
    total = sum(counts.values())
    present = [(kind.key, counts[kind.key]) for kind in STATUSES if counts.get(kind.key)]
    if len(present) == 1:
        return _all(present[0][0], total)
    (first, count), *rest = present
    listed = in_a_row([_first(first, count, total), *(_further(*each) for each in rest)])
    return f"{listed}."


def change(now: Counts, before: Counts) -> str:
    """Say how many more or fewer have challenges than in the report before."""
    if not sum(before.values()):
        return _("There is no previous report to compare with.")
    changes = []
    for status in (Status.MAJOR_CHALLENGES, Status.CHALLENGES):
        difference = now.get(status, 0) - before.get(status, 0)
        if difference:
            changes.append(_difference(status, difference))
    if not changes:
        return _("As many have challenges as in the previous report.")
    return _("Compared with the previous report: %(changes)s.") % {"changes": in_a_row(changes)}


def left_out(count: int) -> str:
    """Say how many have no previous report."""
    return ngettext(
        "%(count)s project without two reports is left out of the comparison.",
        "%(count)s projects without two reports are left out of the comparison.",
        count,
    ) % {"count": number_format(count)}


def others(bars: Sequence[StatusBar]) -> str:
    """Say what there is no bar for."""
    projects = sum(bar.total for bar in bars)
    active = ngettext("%(count)s active project", "%(count)s active projects", projects)
    return ngettext(
        "Others: %(count)s more with %(projects)s. See the table.",
        "Others: %(count)s more with %(projects)s in all. See the table.",
        len(bars),
    ) % {
        "count": number_format(len(bars)),
        "projects": active % {"count": number_format(projects)},
    }


def groups(bars: Sequence[StatusBar], *, without: Sequence[StatusBar] = ()) -> str:
    """Say which owners, goals or segments have the most projects, and the most major challenges.

    Those `without` one have a bar as well, but are none of them.
    """
    if not bars:
        return " ".join(_only(bar) for bar in without)
    major = [(bar.label, _major(bar)) for bar in bars if _major(bar)]
    if len(bars) == 1 and not without:
        most = _("%(name)s has all of these projects.") % {"name": _named(_totals(bars))}
    elif both := _same_in_both(_totals(bars), major):
        return both
    else:
        most = _most(_totals(bars))
    return f"{most} {_most_challenged(major)}"


def risks(counts: Mapping[str | None, Counts]) -> str:
    """Say how many of the active projects have a high risk, and which statuses they have."""
    levels = Counter[str | None]()
    for of_status in counts.values():
        levels.update(of_status)
    total, high = levels.total(), levels[RiskLevel.HIGH]
    if total == 1:
        (level,) = levels.elements()
        label = RiskLevel(level or RiskLevel.NOT_REPORTED).label
        return _("The risk of the one active project: %(risk)s.") % {"risk": label.lower()}
    if not high:
        words = _("None of %(total)s active projects has a high risk.")
    else:
        words = ngettext(
            "%(high)s of %(total)s active projects has a high risk: %(statuses)s.",
            "%(high)s of %(total)s active projects have a high risk: %(statuses)s.",
            high,
        )
    of_high = [
        kind.count_in_words(counts[kind.key][RiskLevel.HIGH])
        for kind in STATUSES
        if counts.get(kind.key, {}).get(RiskLevel.HIGH)
    ]
    numbers = {"high": number_format(high), "total": number_format(total)}
    sentence = words % {**numbers, "statuses": in_a_row(of_high)}
    if unknown := levels[None]:
        missing = _("For %(count)s the risk is not reported.") % {"count": number_format(unknown)}
        return f"{sentence} {missing}"
    return sentence


def in_a_row(words: Sequence[str]) -> str:
    """Join with commas, and “and” before the last."""
    if len(words) < 2:
        return "".join(words)
    return _("%(first)s and %(last)s") % {"first": ", ".join(words[:-1]), "last": words[-1]}


def _all(status: str | None, total: int) -> str:
    words: dict[str | None, str] = {
        Status.ON_TRACK: ngettext(
            "The one active project is on track.",
            "All %(total)s active projects are on track.",
            total,
        ),
        Status.CHALLENGES: ngettext(
            "The one active project has some challenges.",
            "All %(total)s active projects have some challenges.",
            total,
        ),
        Status.MAJOR_CHALLENGES: ngettext(
            "The one active project has major challenges.",
            "All %(total)s active projects have major challenges.",
            total,
        ),
        None: ngettext(
            "The one active project has no status report.",
            "None of the %(total)s active projects has a status report.",
            total,
        ),
    }
    return words[status] % {"total": number_format(total)}


def _first(status: str | None, count: int, total: int) -> str:
    """Begin the sentence; what is not reported never comes first among several."""
    words: dict[str | None, str] = {
        Status.ON_TRACK: ngettext(
            "Of %(total)s active projects %(count)s is on track",
            "Of %(total)s active projects %(count)s are on track",
            count,
        ),
        Status.CHALLENGES: ngettext(
            "Of %(total)s active projects %(count)s has some challenges",
            "Of %(total)s active projects %(count)s have some challenges",
            count,
        ),
        Status.MAJOR_CHALLENGES: ngettext(
            "Of %(total)s active projects %(count)s has major challenges",
            "Of %(total)s active projects %(count)s have major challenges",
            count,
        ),
    }
    numbers = {"count": number_format(count), "total": number_format(total)}
    return words[status] % numbers


def _further(status: str | None, count: int) -> str:
    words: dict[str | None, str] = {
        Status.CHALLENGES: ngettext(
            "%(count)s has some challenges", "%(count)s have some challenges", count
        ),
        Status.MAJOR_CHALLENGES: ngettext(
            "%(count)s has major challenges", "%(count)s have major challenges", count
        ),
        None: ngettext("%(count)s is not reported", "%(count)s are not reported", count),
    }
    return words[status] % {"count": number_format(count)}


def _difference(status: Status, difference: int) -> str:
    more = {
        Status.MAJOR_CHALLENGES: _("%(count)s more with major challenges"),
        Status.CHALLENGES: _("%(count)s more with some challenges"),
    }
    fewer = {
        Status.MAJOR_CHALLENGES: _("%(count)s fewer with major challenges"),
        Status.CHALLENGES: _("%(count)s fewer with some challenges"),
    }
    words = more[status] if difference > 0 else fewer[status]
    return words % {"count": number_format(abs(difference))}


def _same_in_both(totals: list[tuple[str, int]], major: list[tuple[str, int]]) -> str:
    """Name the one that has the most of both, if there is one."""
    first, challenged = _foremost(totals), _foremost(major)
    if len(first) != 1 or [name for name, _number in first] != [name for name, _n in challenged]:
        return ""
    return _(
        "%(name)s has the most active projects (%(count)s) and the most with major challenges"
        " (%(major)s)."
    ) % {
        "name": first[0][0],
        "count": number_format(first[0][1]),
        "major": number_format(challenged[0][1]),
    }


def _most(numbers: list[tuple[str, int]]) -> str:
    first = _foremost(numbers)
    if not first:
        count = max(number for _name, number in numbers)
        return ngettext(
            "%(number)s of them have %(count)s active project each, and none has more.",
            "%(number)s of them have %(count)s active projects each, and none has more.",
            count,
        ) % {"number": _sharing(numbers, count), "count": number_format(count)}
    return ngettext(
        "%(names)s has the most active projects.",
        "%(names)s have the most active projects.",
        len(first),
    ) % {"names": _named(first)}


def _most_challenged(numbers: list[tuple[str, int]]) -> str:
    if not numbers:
        return _("None of them has any with major challenges.")
    first = _foremost(numbers)
    if not first:
        count = max(number for _name, number in numbers)
        return ngettext(
            "%(number)s of them have %(count)s project each with major challenges.",
            "%(number)s of them have %(count)s projects each with major challenges.",
            count,
        ) % {"number": _sharing(numbers, count), "count": number_format(count)}
    return ngettext(
        "%(names)s has the most with major challenges.",
        "%(names)s have the most with major challenges.",
        len(first),
    ) % {"names": _named(first)}


def _only(bar: StatusBar) -> str:
    return ngettext(
        "%(name)s: %(count)s active project.", "%(name)s: %(count)s active projects.", bar.total
    ) % {"name": bar.label, "count": number_format(bar.total)}


def _totals(bars: Sequence[StatusBar]) -> list[tuple[str, int]]:
    return [(bar.label, bar.total) for bar in bars]


def _foremost(numbers: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """The greatest, all of them if several are as great; none when they are too many to name."""
    greatest = max((number for _name, number in numbers), default=0)
    foremost = [each for each in numbers if each[1] == greatest]
    return foremost if len(foremost) <= NAMED else []


def _sharing(numbers: list[tuple[str, int]], count: int) -> str:
    return number_format(sum(1 for _name, number in numbers if number == count))


def _named(numbers: list[tuple[str, int]]) -> str:
    return in_a_row([f"{name} ({number_format(number)})" for name, number in numbers])


def _major(bar: StatusBar) -> int:
    return sum(part.count for part in bar.parts if part.kind.key == Status.MAJOR_CHALLENGES)
