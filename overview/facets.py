"""What the page shows of the filters: what there is to choose, what has been chosen, and what that finds."""

from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from fkj_portfolio.filters import Chip
from overview.census.count import Census
from overview.sight import Sight
from overview.state import State
from projects.dimensions.parts import Panel
from projects.models.owner import NONE


@dataclass(frozen=True)
class Choice:
    """An option of a filter: its value and words, how many projects it leaves, and whether it is chosen.

    `is_used` tells whether any project has it.
    """

    value: str
    label: str
    count: int
    is_chosen: bool
    is_used: bool

    @property
    def is_offered(self) -> bool:
        """Whether it is worth offering: what no project has, and that it is missing, only where it is chosen or found."""
        return self.is_used or self.is_chosen or self.count > 0


@dataclass(frozen=True)
class Facet:
    """A filter with its choices; `name` stands in the address."""

    name: str
    label: str
    choices: tuple[Choice, ...]
    panel: Panel

    @property
    def has_own_panel(self) -> bool:
        return self.panel == Panel.OWN

    @property
    def is_chosen_here(self) -> bool:
        """Whether it can be chosen on the page; the others only by a link."""
        return self.panel != Panel.NONE

    @property
    def is_about_dates(self) -> bool:
        return self.panel == Panel.DATES

    @property
    def chosen_count(self) -> int:
        return sum(choice.is_chosen for choice in self.choices)


def facets(state: State, sight: Sight, census: Census) -> list[Facet]:
    """The filters with their choices, and how many projects each leaves."""
    found = []
    for each in sight.dimensions:
        if each.choices:
            chosen = state.values.get(each.name, [])
            choices = (
                Choice(
                    option.value,
                    str(option.label),
                    census.left(each.name, *option.keys),
                    option.value in chosen,
                    option.is_used,
                )
                for option in state.offers[each.name].values()
            )
            offered = tuple(choice for choice in choices if choice.is_offered)
            found.append(Facet(each.value, str(each.filter_label), offered, each.choices.panel))
    return found


def chips(state: State, sight: Sight) -> list[Chip]:
    """What narrows the list down, each with the address that takes it away."""
    chips = [Chip(_("Search"), state.text, state.address(search=""))] if state.text else []
    for each, option in state.chosen:
        rest = [value for value in state.values[each.name] if value != option.value]
        address = state.address(**{each.name: rest})
        chips.append(Chip(str(each.filter_label), str(option.label), address))
    for each in sight.dimensions:
        if each.days:
            for name, label in (
                (f"{each.name}_from", each.days.first),
                (f"{each.name}_to", each.days.last),
            ):
                if day := state.days.get(name):
                    words = date_format(day, "SHORT_DATE_FORMAT")
                    chips.append(Chip(str(label), words, state.address(**{name: ""})))
    return chips


def remarks(state: State, sight: Sight) -> list[str]:
    """What has been chosen though no project has it, so that it finds nothing."""
    words = _none_has_it(sight)
    return [
        words % {"field": each.filter_label, "value": option.label}
        for each, option in state.chosen
        if option.value != NONE and not option.is_used
    ]


def _none_has_it(sight: Sight) -> str:
    if sight.as_of and sight.is_for_staff:
        return _("%(field)s: “%(value)s” had no projects on this day.")
    if sight.as_of:
        return _("%(field)s: “%(value)s” had no published projects on this day.")
    if sight.is_for_staff:
        return _("%(field)s: “%(value)s” has no projects now.")
    return _("%(field)s: “%(value)s” has no published projects now.")
