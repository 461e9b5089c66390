"""How the table of the overview is arranged, by its columns and sorting, and how else it could be."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from overview.dimensions.columns import DEFAULT_COLUMNS, DEFAULT_SORT, MOST_SORTS, TITLE, Column


@dataclass(frozen=True)
class Header:
    """A column's header: the address that sorts by it, how it is sorted now, and as which of several (0: none)."""

    column: Column
    href: str
    aria_sort: str
    place: int


@dataclass(frozen=True)
class ColumnChoice:
    """A column that can be shown, and the addresses that move it; empty where it can't be."""

    column: Column
    is_shown: bool
    earlier: str = ""
    later: str = ""


class Arrangement:
    """The columns after the title and the sorting, as they stand in the address.

    `offered` are all columns that this person may see, `address` makes the overview's address with
    other `columns` or another `sort`.
    """

    def __init__(
        self,
        columns: Sequence[Column],
        sort: Sequence[str],
        *,
        offered: Sequence[Column],
        address: Callable[..., str],
    ) -> None:
        self.offered, self.sort, self.address = offered, sort, address
        self.headers = [self._header(column) for column in [TITLE, *columns]]
        self.column_choices = self._column_choices(columns)
        self.address_of_usual_columns = address(columns="")

    @property
    def sorts(self) -> list[tuple[int, list[tuple[str, str, bool]]]]:
        """For the first to the third sorting, what there is to choose and what is chosen."""
        choices = [choice for column in self.offered for choice in column.choices]
        nothing = ("", _("Nothing more"))
        return [
            (
                place,
                [
                    (value, str(label), value == chosen)
                    for value, label in ([nothing, *choices] if place > 1 else choices)
                ],
            )
            for place, chosen in enumerate([*self.sort, ""][:MOST_SORTS], 1)
        ]

    def _header(self, column: Column) -> Header:
        """The header sorts by its column alone, or turns it round."""
        ascending, descending = column.value, f"-{column.value}"
        first = descending if column.begins_descending else ascending
        turned = {ascending: descending, descending: ascending}.get(self.sort[0], first)
        href = self.address(sort="" if turned == DEFAULT_SORT else turned)
        words = {ascending: "ascending", descending: "descending"}.get(self.sort[0], "none")
        places = [at for at, each in enumerate(self.sort, 1) if each in (ascending, descending)]
        return Header(column, href, words, places[0] if places and len(self.sort) > 1 else 0)

    def _column_choices(self, columns: Sequence[Column]) -> list[ColumnChoice]:
        """Every column: those that are shown in their order, then the others."""
        shown = [column.value for column in columns]
        others = [each for each in self.offered if each != TITLE and each not in columns]
        return [
            *(self._shown(column, shown) for column in columns),
            *(ColumnChoice(column, is_shown=False) for column in others),
        ]

    def _shown(self, column: Column, shown: list[str]) -> ColumnChoice:
        earlier, later = (moved(shown, column.value, by) for by in (-1, 1))
        return ColumnChoice(
            column,
            is_shown=True,
            earlier=self._with_columns(earlier) if earlier != shown else "",
            later=self._with_columns(later) if later != shown else "",
        )

    def _with_columns(self, values: list[str]) -> str:
        usual = [column.value for column in DEFAULT_COLUMNS]
        return self.address(columns="" if values == usual else ",".join(values))


def moved(values: Sequence[str], value: str, by: int) -> list[str]:
    """Return the values with one of them moved, or unmoved where there is no room."""
    place = values.index(value)
    if not 0 <= place + by < len(values):
        return list(values)
    rest = [each for each in values if each != value]
    return [*rest[: place + by], value, *rest[place + by :]]
