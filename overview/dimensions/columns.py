"""The columns of the overview: which are shown, in which order, and how each is sorted from the address."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True, eq=False)
class Column:
    """A column: its name in the code, in the address and on the page, and how sorting by it is called.

    Its cells are `_overview_cell_<name>.html`, and its order is that name in the queryset's ORDERS.
    `begins_descending` is for columns where what is greatest matters most.
    """

    name: str
    value: str
    label: "StrOrPromise"
    ascending: "StrOrPromise"
    descending: "StrOrPromise"
    begins_descending: bool = False
    is_for_staff: bool = False

    @property
    def choices(self) -> list[tuple[str, "StrOrPromise"]]:
        return [(self.value, self.ascending), (f"-{self.value}", self.descending)]

    @property
    def template(self) -> str:
        return f"overview/_overview_cell_{self.name}.html"


TITLE = Column(
    "title",
    "tittel",
    _("Project"),
    ascending=_("Project, A to Å"),
    descending=_("Project, Å to A"),
)
#: What stands after the title unless somebody chooses otherwise.
DEFAULT_COLUMNS = [
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
FURTHER_COLUMNS = [
    Column(
        "goal",
        "mal",
        _("Strategic goal"),
        ascending=_("Strategic goal, first to last"),
        descending=_("Strategic goal, last to first"),
    ),
    Column(
        "segment",
        "segment",
        _("Segment"),
        ascending=_("Segment, first to last"),
        descending=_("Segment, last to first"),
    ),
    Column(
        "lifecycle",
        "livslop",
        _("Lifecycle"),
        ascending=_("Lifecycle, planned first"),
        descending=_("Lifecycle, closed first"),
    ),
    Column(
        "contact",
        "kontaktperson",
        _("Contact"),
        ascending=_("Contact, A to Å"),
        descending=_("Contact, Å to A"),
    ),
    Column(
        "overdue",
        "forfalt",
        _("Overdue deliveries"),
        ascending=_("Overdue deliveries, fewest first"),
        descending=_("Overdue deliveries, most first"),
        begins_descending=True,
    ),
    Column(
        "report_due",
        "rapport",
        _("Next report"),
        ascending=_("Next report, earliest first"),
        descending=_("Next report, latest first"),
    ),
    Column(
        "managers",
        "leder",
        _("Project managers"),
        ascending=_("Project managers, A to Å"),
        descending=_("Project managers, Å to A"),
        is_for_staff=True,
    ),
]
CHOOSABLE = {column.value: column for column in [*DEFAULT_COLUMNS, *FURTHER_COLUMNS]}
COLUMNS = {TITLE.value: TITLE} | CHOOSABLE
DEFAULT_SORT = TITLE.value
SORT_CHOICES = {value: label for column in COLUMNS.values() for value, label in column.choices}
#: Sorting by more than three helps nobody.
MOST_SORTS = 3


def columns_for(*, staff: bool) -> list[Column]:
    """Return the columns that there are to see."""
    return [column for column in COLUMNS.values() if staff or not column.is_for_staff]
