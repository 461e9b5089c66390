"""The state of the overview: what its address says, what that selects, and the addresses of other states."""

import datetime
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from django.db.models import Q
from django.http import QueryDict
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from fkj_portfolio.filters import Chip
from fkj_portfolio.snapshot_cache import ANSWERS, OpenSnapshotCache
from overview.arrangement import Arrangement
from overview.census.facets import Counts, count_choices
from overview.dimensions.columns import (
    CHOOSABLE,
    COLUMNS,
    DEFAULT_COLUMNS,
    DEFAULT_SORT,
    Column,
    columns_for,
)
from overview.dimensions.groups import GROUPINGS, Grouping
from overview.dimensions.options import (
    NO_OPTIONS,
    Named,
    Option,
    options_in_register,
    read_register,
)
from overview.dimensions.orders import sorted_by
from overview.facets import Choice, Facet
from overview.fields import (
    DISTRIBUTION,
    TABLE,
    WAYS,
    ByColumnField,
    FilterField,
    KnownField,
    OverviewFields,
)
from projects.addresses import ADDRESS_NAMES, as_values, overview_address
from projects.models import Project
from projects.models.owner import NONE
from projects.models.project_queryset import ProjectQuerySet

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User


class ProjectFilterForm(OverviewFields):
    """The state of the overview; every part is optional, and what makes no sense is left out with a note.

    `view` is the saved view that is open; every address keeps it.
    """

    view = ""

    def __init__(
        self,
        data: QueryDict,
        *,
        user: "User | AnonymousUser",
        today: datetime.date,
        as_of: datetime.date | None = None,
        memory: OpenSnapshotCache | None = None,
    ) -> None:
        """Offer what the projects have that this person sees, in one query.

        Every address keeps to the day `as_of`, if the projects are those of a day in the past.
        """
        super().__init__(data, auto_id="filter-%s")
        self.query = data
        self.today, self.as_of = today, as_of
        self.day = {"as_of": as_of.isoformat()} if as_of else {}
        self.memory = memory or ANSWERS.open()
        self.visible = Project.objects.visible_to(user)
        self.is_for_staff = user.is_authenticated
        #: What the counts depend on, besides the database.
        self.sight = (self.is_for_staff, as_of, today)
        self._offer()
        #: What of the address is not used, and why.
        self.notes = list(self._read())

    @cached_property
    def state(self) -> dict[str, list[str]]:
        """What was chosen, by field, as it stands in the address."""
        values: dict[str, list[str]] = {}
        for name, value in self.cleaned_data.items():
            if isinstance(value, datetime.date):
                value = value.isoformat()
            if value:
                values[name] = [",".join(value)] if name == "columns" else as_values(value)
        return values

    def address(self, **changes: str | Iterable[str]) -> str:
        """Return the overview's address in this state, with these changes; it begins with the first page."""
        view = {"view": self.view} if self.view else {}
        return overview_address(**{**self.state, **view, **self.day, **changes})

    @property
    def address_of_all(self) -> str:
        """The address without filters, otherwise as now."""
        return self.address(**dict.fromkeys(["search", *self.filters, "due_from", "due_to"], ""))

    @property
    def address_of_today(self) -> str:
        """The address of the same projects today."""
        return self.address(as_of="")

    @property
    def fragment_key(self) -> tuple[object, ...]:
        """What the state's own parts of the page depend on: not what is counted, and not what there is to choose."""
        state = ((name, *values) for name, values in self.state.items())
        return (self.is_for_staff, self.as_of, self.view, *state)

    @property
    def text(self) -> str:
        """The words that are looked for."""
        text: str = self.cleaned_data["search"]
        return text

    @property
    def look(self) -> str:
        """How the projects are looked at."""
        return self.cleaned_data["way"] or TABLE

    @property
    def ways(self) -> list[tuple[str, str, str, bool]]:
        """Each way to look: its name, its words, its address and whether it is this one."""
        return [
            (way, str(label), self.address(way="" if way == TABLE else way), way == self.look)
            for way, label in WAYS.items()
        ]

    @property
    def grouping(self) -> Grouping | None:
        """What the table is grouped by."""
        return GROUPINGS.get(self.cleaned_data["group"])

    @cached_property
    def groups(self) -> dict[object, Option]:
        """The choices that are the groups, by what of a project tells its group."""
        options = self.filters[self.grouping.filter].options.values() if self.grouping else []
        return {key: option for option in options for key in option.keys}

    @property
    def shown_columns(self) -> list[Column]:
        """The columns after the title."""
        chosen = self.cleaned_data["columns"]
        return [CHOOSABLE[value] for value in chosen] if chosen else DEFAULT_COLUMNS

    @cached_property
    def arrangement(self) -> Arrangement:
        """How the table is arranged, and how else it could be."""
        offered = columns_for(staff=self.is_for_staff)
        sort = self.state.get("sort", [DEFAULT_SORT])
        return Arrangement(self.shown_columns, sort, offered=offered, address=self.address)

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What the form keeps though it does not show it, by the names of the address."""
        names = ["previous_status", "way", "scale", "start", "table"]
        if self.look != TABLE:
            names.append("columns")
        if self.look == DISTRIBUTION:
            names += ["group", "sort"]
        kept = [
            (self.add_prefix(name), value) for name in names for value in self.state.get(name, [])
        ]
        return [*kept, ("visning", self.view)] if self.view else kept

    @property
    def due_count(self) -> int:
        """How many choices about due dates and reports are in force."""
        return sum(name in self.state for name in ("overdue", "late", "due_from", "due_to"))

    @property
    def filters(self) -> dict[str, FilterField]:
        """The fields that narrow down by choices."""
        return {
            name: field for name, field in self.fields.items() if isinstance(field, FilterField)
        }

    @cached_property
    def conditions(self) -> dict[str, Q]:
        """What each filter in use selects, of projects that come `for_overview`."""
        conditions = {
            name: Q(*(field.options[value].selects for value in self.state[name]), _connector=Q.OR)
            for name, field in self.filters.items()
            if name in self.state
        }
        chosen = self.cleaned_data
        due = Q()
        if chosen["due_from"]:
            due &= Q(next_due_on__gte=chosen["due_from"])
        if chosen["due_to"]:
            due &= Q(next_due_on__lte=chosen["due_to"])
        return conditions | ({"due": due} if due else {})

    @property
    def question(self) -> tuple[object, ...]:
        """What the projects that are found depend on, besides the database."""
        # Not the conditions themselves: written out, one with a subquery says only its first rows.
        names = [*self.filters, "due_from", "due_to"]
        return (*self.sight, self.text, *((name, *self.state.get(name, [])) for name in names))

    def counts(self) -> Counts:
        """Count the projects that are found and that each choice would leave, in one query."""
        searched = self.visible.for_overview(today=self.today).search(self.text)
        return self.memory.recall(
            ("counts", *self.question),
            lambda: count_choices(
                searched,
                self.conditions,
                with_managers=self.is_for_staff,
                is_costly=bool(self.text or self.as_of),
            ),
        )

    def facets(self, counts: Counts) -> list[Facet]:
        """The filters with their choices, and how many projects each leaves."""
        return [
            Facet(
                self.add_prefix(name),
                str(field.label),
                tuple(
                    choice
                    for option in field.options.values()
                    if (choice := self._choice(name, option, counts)).is_offered
                ),
            )
            for name, field in self.filters.items()
        ]

    def _choice(self, name: str, option: Option, counts: Counts) -> Choice:
        is_chosen = option.value in self.state.get(name, [])
        count = counts.of(name, *option.keys)
        return Choice(option.value, str(option.label), count, is_chosen, option.is_used)

    @property
    def chips(self) -> list[Chip]:
        """What narrows the list down, each with the address that takes it away."""
        chips = [Chip(_("Search"), self.text, self.address(search=""))] if self.text else []
        for name, field in self.filters.items():
            chosen = self.state.get(name, [])
            for value in chosen:
                rest = [each for each in chosen if each != value]
                words = str(field.options[value].label)
                chips.append(Chip(str(field.label), words, self.address(**{name: rest})))
        for name in ("due_from", "due_to"):
            if day := self.cleaned_data[name]:
                label = str(self.fields[name].label)
                chips.append(
                    Chip(label, date_format(day, "SHORT_DATE_FORMAT"), self.address(**{name: ""}))
                )
        return chips

    @property
    def remarks(self) -> list[str]:
        """What has been chosen though no project has it, so that it finds nothing."""
        words = self._none_has_it()
        return [
            words % {"field": field.label, "value": field.options[value].label}
            for name, field in self.filters.items()
            for value in self.state.get(name, [])
            if value != NONE and not field.options[value].is_used
        ]

    def _none_has_it(self) -> str:
        if self.as_of and self.is_for_staff:
            return _("%(field)s: “%(value)s” had no projects on this day.")
        if self.as_of:
            return _("%(field)s: “%(value)s” had no published projects on this day.")
        if self.is_for_staff:
            return _("%(field)s: “%(value)s” has no projects now.")
        return _("%(field)s: “%(value)s” has no published projects now.")

    def heading(self, project: Project) -> str:
        """The group of a project, when there are groups."""
        if not self.grouping:
            return ""
        option = self.groups.get(getattr(project, self.grouping.column))
        return str(option.label) if option else _("Not chosen")

    def narrow(self, projects: ProjectQuerySet) -> ProjectQuerySet:
        """Narrow down the projects, which come `for_overview`."""
        return projects.search(self.text).filter(*self.conditions.values())

    def in_order(self, projects: ProjectQuerySet) -> ProjectQuerySet:
        """Sort the projects, which come `for_overview`, by their groups first."""
        sorts = [
            (COLUMNS[value.removeprefix("-")].name, value.startswith("-"))
            for value in self.state.get("sort", [])
        ]
        grouping = self.grouping if self.look != DISTRIBUTION else None
        return sorted_by(projects, *sorts, first=grouping.orders if grouping else ())

    def apply_to(self, projects: ProjectQuerySet) -> ProjectQuerySet:
        """Narrow down and sort the projects, which come `for_overview`."""
        return self.in_order(self.narrow(projects))

    def _offer(self) -> None:
        """Offer what the projects have, and what the address names of the register besides.

        What only staff may see is not there for others.
        """
        names = self.memory.recall(
            ("register", *self.sight),
            lambda: read_register(self.visible, with_managers=self.is_for_staff),
        )
        asked = {
            (name, value.strip())
            for name in NO_OPTIONS
            for value in self.query.getlist(self.add_prefix(name))
        }
        offered: Iterable[Named] = (
            each for each in names if each.is_used or (each.kind, each.value) in asked
        )
        if not self.is_for_staff:
            offered = (each.to_readers() for each in offered)
        for name, options in options_in_register(offered).items():
            self.filters[name].offer(options)
        for field in self.fields.values():
            if isinstance(field, ByColumnField):
                field.is_for_staff = self.is_for_staff
        if not self.is_for_staff:
            del self.fields["manager"]

    def _read(self) -> Iterator[str]:
        """Read the address, and say what of it is not used."""
        for name, errors in self.errors.items():
            # What is wrong with a date is said without its name.
            label = f"{self.fields[name].label}: " if name in ("due_from", "due_to") else ""
            yield from (f"{label}{error}" for error in errors)
        for field in self.fields.values():
            if isinstance(field, KnownField):
                yield from field.notes
        if self.errors:
            unknown = {self.add_prefix(name) for name in self.errors}
            known = QueryDict(mutable=True)
            for name, values in self.query.lists():
                if name not in unknown:
                    known.setlist(name, values)
            self.data = known
            self.full_clean()
        yield from self._contradictions()

    def _contradictions(self) -> Iterator[str]:
        first, last = self.cleaned_data["due_from"], self.cleaned_data["due_to"]
        if first and last and first > last:
            yield _("The due dates end before they begin, so no project matches.")
        if not self.is_for_staff and self.query.get(ADDRESS_NAMES["manager"]):
            yield _("Log in to filter by project manager.")
