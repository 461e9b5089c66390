"""The state of the overview: what its address says, what that selects, and the addresses of other states."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext as _

from fkj_portfolio.compiled import GivenKeys
from fkj_portfolio.content_cache import OpenContentCache
from overview.census.count import key_in_text
from overview.fields import DEFAULT_SORT, DISTRIBUTION, TABLE, WAYS
from overview.looks.timeline.axis import Scale
from overview.offers import Offers
from projects.addresses import ADDRESS_NAMES, VIEW, overview_address
from projects.dimensions import COLUMNS, DEFAULT_COLUMNS, DIMENSIONS
from projects.dimensions.orders import sorted_by
from projects.dimensions.parts import Dimension, Grouping, Option, Panel
from projects.models import Project
from projects.models.project_queryset import ProjectQuerySet

if TYPE_CHECKING:
    from overview.sight import Sight

BY_VALUE = {each.value: each for each in COLUMNS}
GROUPINGS = {each.value: each for each in DIMENSIONS if each.grouping}


@dataclass(frozen=True)
class Narrowing:
    """What of the projects is looked for: the words, and the conditions of the filters in use, by their names."""

    text: str = ""
    conditions: tuple[tuple[str, Q], ...] = ()

    def narrow(self, projects: ProjectQuerySet) -> ProjectQuerySet:
        """Narrow down the projects, which come `for_overview`."""
        return projects.search(self.text).filter(*(which for _name, which in self.conditions))


@dataclass(frozen=True)
class Order:
    """What projects are sorted by: their groups first, if there are any, then columns, as they stand in addresses."""

    sorts: tuple[str, ...]
    grouping: Grouping | None

    def sort(self, projects: ProjectQuerySet) -> ProjectQuerySet:
        """Sort the projects, which come `for_overview`."""
        sorts = [(BY_VALUE[value.removeprefix("-")], value.startswith("-")) for value in self.sorts]
        return sorted_by(projects, *sorts, first=self.grouping.orders if self.grouping else ())


@dataclass(frozen=True)
class State:
    """What the overview shows, read from its address, and what of the projects that is.

    `values` is what was chosen, by the names of ADDRESS_NAMES and as it stands in the address; `days` are
    those of the filters by days. `view` is the saved view that is open, `as_of` the day in the past:
    every address keeps them.
    """

    values: Mapping[str, list[str]]
    days: Mapping[str, datetime.date]
    offers: Offers
    view: str = ""
    as_of: datetime.date | None = None

    def address(self, **changes: str | Iterable[str]) -> str:
        """Return the overview's address in this state, with these changes; it begins with the first page."""
        day = self.as_of.isoformat() if self.as_of else ""
        return overview_address(**{**self.values, "view": self.view, "as_of": day, **changes})

    @property
    def address_of_all(self) -> str:
        """The address without filters, otherwise as now."""
        return self.address(**dict.fromkeys(["search", *self.offers, *self.days], ""))

    @property
    def address_of_today(self) -> str:
        """The address of the same projects today."""
        return self.address(as_of="")

    @property
    def question(self) -> tuple[object, ...]:
        """What the projects that are found depend on, besides the database and who looks."""
        # Not the conditions themselves: written out, one with a subquery says only its first rows.
        filters = ((name, *self.values.get(name, [])) for name in self.offers)
        return (self.text, *filters, *self.days.items())

    @property
    def is_narrowed(self) -> bool:
        """Whether any filter is in use."""
        return bool(self.text or self.conditions)

    @property
    def text(self) -> str:
        """The words that are looked for."""
        return self._one("search")

    @property
    def look(self) -> str:
        """How the projects are looked at."""
        return self._one("way") or TABLE

    @property
    def looks(self) -> list[tuple[str, str, str, bool]]:
        """Each way to look: its name, its words, its address and whether it is this one."""
        return [
            (way, str(label), self.address(way="" if way == TABLE else way), way == self.look)
            for way, label in WAYS.items()
        ]

    @property
    def scale(self) -> Scale:
        """How much time a step of the timeline is."""
        return Scale(self._one("scale") or Scale.QUARTER)

    @property
    def start(self) -> str:
        """Where the timeline begins."""
        return self._one("start")

    @property
    def shows_table(self) -> bool:
        """Whether the timeline stands as a table too."""
        return "table" in self.values

    @property
    def grouped_by(self) -> Dimension | None:
        """What the table is grouped by."""
        return GROUPINGS.get(self._one("group"))

    @property
    def columns(self) -> list[Dimension]:
        """The columns after the title."""
        chosen = self._one("columns")
        return [BY_VALUE[value] for value in chosen.split(",")] if chosen else [*DEFAULT_COLUMNS]

    @property
    def sort(self) -> list[str]:
        """What the projects are sorted by, the first first."""
        return self.values.get("sort", [DEFAULT_SORT])

    @property
    def chosen(self) -> list[tuple[Dimension, Option]]:
        """Each choice of a filter that is in force."""
        return [
            (each, self.offers[each.name][value])
            for each in DIMENSIONS
            for value in (self.values.get(each.name, []) if each.name in self.offers else [])
        ]

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What the form keeps though it does not show it, by the names of the address."""
        names = ["way", "scale", "start", "table"]
        names += [
            each.name for each in DIMENSIONS if each.choices and each.choices.panel == Panel.NONE
        ]
        if self.look != TABLE:
            names.append("columns")
        if self.look == DISTRIBUTION:
            names += ["group", "sort"]
        kept = [
            (ADDRESS_NAMES[name], value) for name in names for value in self.values.get(name, [])
        ]
        return [*kept, (VIEW, self.view)] if self.view else kept

    @property
    def dates_count(self) -> int:
        """How many choices of the panel about dates are in force."""
        flags = (each for each in DIMENSIONS if each.choices and each.choices.panel == Panel.DATES)
        return len(self.days) + sum(each.name in self.values for each in flags)

    @cached_property
    def conditions(self) -> dict[str, Q]:
        """What each filter in use selects, of projects that come `for_overview`."""
        conditions: dict[str, Q] = {}
        for each, option in self.chosen:
            conditions[each.name] = conditions.get(each.name, Q()) | option.condition
        for each in DIMENSIONS:
            if each.days:
                first = self.days.get(f"{each.name}_from")
                last = self.days.get(f"{each.name}_to")
                within = Q(**{f"{each.days.by}__gte": first}) if first else Q()
                within &= Q(**{f"{each.days.by}__lte": last}) if last else Q()
                conditions |= {f"{each.name}_days": within} if within else {}
        return conditions

    @cached_property
    def narrowing(self) -> Narrowing:
        """What of the projects it selects."""
        conditions = tuple(self.conditions.items())
        if self.searches_the_past:
            return Narrowing(conditions=(*conditions, ("search", Q(pk__in=GivenKeys("found")))))
        return Narrowing(self.text, conditions)

    @property
    def searches_the_past(self) -> bool:
        """Whether words are looked for in the texts of a day."""
        return bool(self.as_of and self.text)

    def given(self, sight: "Sight", memory: OpenContentCache) -> dict[str, list[int]]:
        """Find what the statements of its narrowing are given.

        To look into the texts of a day takes long, and a page asks several times: so that is done once.
        """
        if not self.searches_the_past:
            return {}
        found = sight.visible.search(self.text).values_list("pk", flat=True)
        return {"found": memory.recall(("found", *sight.key, self.text), lambda: list(found))}

    @property
    def order(self) -> Order:
        """How it sorts the projects."""
        grouping = self.grouped_by.grouping if self.grouped_by else None
        return Order(tuple(self.values.get("sort", [])), grouping)

    def group_of(self, project: Project) -> Option | None:
        """The choice that is the group of a project, when there are groups."""
        if not (self.grouped_by and self.grouped_by.grouping):
            return None
        return self.groups.get(key_in_text(getattr(project, self.grouped_by.grouping.by)))

    @cached_property
    def groups(self) -> dict[str | None, Option]:
        """The choices that are the groups, by the keys that the count has."""
        if not (self.grouped_by and self.grouped_by.grouping):
            return {}
        options = self.offers[self.grouped_by.name].values()
        groups = {key_in_text(key): option for option in options for key in option.keys}
        if none := groups.get(None):
            groups |= {key_in_text(key): none for key in self.grouped_by.grouping.none_keys}
        return groups

    def heading(self, project: Project) -> str:
        """The group of a project in words, when there are groups."""
        if not self.grouped_by:
            return ""
        option = self.group_of(project)
        return str(option.label) if option else _("Not chosen")

    def _one(self, name: str) -> str:
        return next(iter(self.values.get(name, [])), "")
