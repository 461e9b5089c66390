"""The columns of the overview, and how each is sorted from the address."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class Column:
    """A column: what it is called in the queryset's orders, in the address and on the page.

    `begins_descending` is for columns where what is greatest matters most.
    """

    order: str
    value: str
    label: "StrOrPromise"
    ascending: "StrOrPromise"
    descending: "StrOrPromise"
    begins_descending: bool = False

    @property
    def choices(self) -> list[tuple[str, "StrOrPromise"]]:
        return [(self.value, self.ascending), (f"-{self.value}", self.descending)]


@dataclass(frozen=True)
class Header:
    """A column's header: the address that sorts by it, and how it is sorted now."""

    column: Column
    href: str
    aria_sort: str


COLUMNS = [
    Column(
        "title",
        "tittel",
        _("Project"),
        ascending=_("Project, A to Å"),
        descending=_("Project, Å to A"),
    ),
    Column(
        "status",
        "status",
        _("Status"),
        ascending=_("Status, mildest first"),
        descending=_("Status, most serious first"),
        begins_descending=True,
    ),
    Column(
        "risk",
        "risiko",
        _("Risk"),
        ascending=_("Risk, lowest first"),
        descending=_("Risk, highest first"),
        begins_descending=True,
    ),
    Column(
        "progress",
        "leveranser",
        _("Deliveries"),
        ascending=_("Deliveries, least delivered first"),
        descending=_("Deliveries, most delivered first"),
    ),
    Column(
        "due",
        "frist",
        _("Next delivery"),
        ascending=_("Next delivery, earliest first"),
        descending=_("Next delivery, latest first"),
    ),
    Column(
        "reported",
        "bekreftet",
        _("Last confirmed"),
        ascending=_("Last confirmed, longest ago first"),
        descending=_("Last confirmed, most recent first"),
        begins_descending=True,
    ),
    Column(
        "owner",
        "eier",
        _("Owner"),
        ascending=_("Owner, A to Å"),
        descending=_("Owner, Å to A"),
    ),
]
BY_VALUE = {column.value: column for column in COLUMNS}
DEFAULT = COLUMNS[0].value
SORT_CHOICES = [choice for column in COLUMNS for choice in column.choices]
