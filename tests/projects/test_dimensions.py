"""What a property of a project may not be, since no page could show it rightly."""

from dataclasses import replace

import pytest

from projects.dimensions import DIMENSIONS
from projects.dimensions.funding import FUNDING
from projects.dimensions.owner import OWNER
from projects.dimensions.status import STATUS


class TestDimension:
    @pytest.mark.parametrize(
        ("dimension", "changes", "reason"),
        [
            (FUNDING, {"is_for_staff": True}, "only staff"),
            (OWNER, {"is_for_staff": True}, "only staff"),
            (FUNDING, {"column": None}, "column of text"),
            (STATUS, {"choices": replace(STATUS.choices, key=None)}, "need a key"),
        ],
    )
    def test_refuses_what_no_page_could_show(self, dimension, changes, reason):
        with pytest.raises(ValueError, match=reason):
            replace(dimension, **changes)

    def test_has_a_name_and_an_address_of_its_own(self):
        assert len({each.name for each in DIMENSIONS}) == len(DIMENSIONS)
        assert len({each.value for each in DIMENSIONS}) == len(DIMENSIONS)
