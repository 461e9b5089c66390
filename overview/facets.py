"""What the page shows of the filters: what there is to choose, and what has been chosen."""

from dataclasses import dataclass

from projects.addresses import ADDRESS_NAMES


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

    @property
    def has_panel(self) -> bool:
        """Whether it can be chosen on the page; the others only by a link."""
        return self.name != ADDRESS_NAMES["previous_status"]

    @property
    def chosen_count(self) -> int:
        return sum(choice.is_chosen for choice in self.choices)
