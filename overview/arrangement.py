"""How the table of the overview is arranged, by its columns and sorting, and how else it could be."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.forms import BoundField
from django.utils.translation import gettext as _

from overview.fields import DEFAULT_SORT, MOST_SORTS, OverviewForm
from overview.sight import Sight
from overview.state import State
from projects.dimensions import DEFAULT_COLUMNS
from projects.dimensions.parts import Dimension
from projects.dimensions.title import TITLE


@dataclass(frozen=True)
class Header:
    """A column's header: the address that sorts by it, how it is sorted now, and as which of several (0: none)."""

    column: Dimension
    #: In the language of the page, for each of its cells needs it.
    label: str
    href: str
    aria_sort: str
    place: int


@dataclass(frozen=True)
class ColumnChoice:
    """A column that can be shown, and the addresses that move it; empty where it can't be."""

    column: Dimension
    is_shown: bool
    earlier: str = ""
    later: str = ""


class Arrangement:
    """How the table is arranged in a state, and how else this person may have it."""

    def __init__(self, state: State, sight: Sight, form: OverviewForm) -> None:
        self.state, self.offered = state, [TITLE, *sight.columns]
        self.group: BoundField = form["group"]

    @cached_property
    def headers(self) -> list[Header]:
        return [self._header(column) for column in [TITLE, *self.state.columns]]

    @property
    def address_of_usual_columns(self) -> str:
        return self.state.address(columns="")

    @property
    def sorts(self) -> list[tuple[int, list[tuple[str, str, bool]]]]:
        """For the first to the third sorting, what there is to choose and what is chosen."""
        choices = [choice for column in self.offered for choice in column.sorts]
        nothing = ("", _("Nothing more"))
        return [
            (
                place,
                [
                    (value, str(label), value == chosen)
                    for value, label in ([nothing, *choices] if place > 1 else choices)
                ],
            )
            for place, chosen in enumerate([*self.state.sort, ""][:MOST_SORTS], 1)
        ]

    def _header(self, column: Dimension) -> Header:
        """The header sorts by its column alone, or turns it round."""
        ascending, descending = column.value, f"-{column.value}"
        begins_descending = column.column and column.column.begins_descending
        first, sort = descending if begins_descending else ascending, self.state.sort
        turned = {ascending: descending, descending: ascending}.get(sort[0], first)
        href = self.state.address(sort="" if turned == DEFAULT_SORT else turned)
        words = {ascending: "ascending", descending: "descending"}.get(sort[0], "none")
        places = [at for at, each in enumerate(sort, 1) if each in (ascending, descending)]
        return Header(
            column, str(column.label), href, words, places[0] if places and len(sort) > 1 else 0
        )

    @property
    def column_choices(self) -> list[ColumnChoice]:
        """Every column: those that are shown in their order, then the others."""
        columns = self.state.columns
        shown = [column.value for column in columns]
        others = [each for each in self.offered if each != TITLE and each not in columns]
        return [
            *(self._shown(column, shown) for column in columns),
            *(ColumnChoice(column, is_shown=False) for column in others),
        ]

    def _shown(self, column: Dimension, shown: list[str]) -> ColumnChoice:
        earlier, later = (moved(shown, column.value, by) for by in (-1, 1))
        return ColumnChoice(
            column,
            is_shown=True,
            earlier=self._with_columns(earlier) if earlier != shown else "",
            later=self._with_columns(later) if later != shown else "",
        )

    def _with_columns(self, values: list[str]) -> str:
        usual = [column.value for column in DEFAULT_COLUMNS]
        return self.state.address(columns="" if values == usual else ",".join(values))


def moved(values: Sequence[str], value: str, by: int) -> list[str]:
    """Return the values with one of them moved, or unmoved where there is no room."""
    place = values.index(value)
    if not 0 <= place + by < len(values):
        return list(values)
    rest = [each for each in values if each != value]
    return [*rest[: place + by], value, *rest[place + by :]]
