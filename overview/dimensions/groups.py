"""What the projects of the overview can be grouped by."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import F
from django.db.models.expressions import OrderBy
from django.utils.translation import gettext_lazy as _

from overview.dimensions.orders import ORDERS

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class Grouping:
    """A way to group: its name in the address, its words, and the filter whose choices are the groups.

    `column` is what of a project tells its group.
    """

    value: str
    label: "StrOrPromise"
    filter: str
    column: str
    orders: tuple[OrderBy, ...]


GROUPINGS = {
    each.value: each
    for each in (
        Grouping(
            "eier",
            _("Owner"),
            "owner",
            "owner_id",
            (ORDERS["owner"].asc(nulls_last=True), F("owner_id").asc(nulls_last=True)),
        ),
        Grouping(
            "segment",
            _("Segment"),
            "segment",
            "segment_id",
            (ORDERS["segment"].asc(nulls_last=True), F("segment_id").asc(nulls_last=True)),
        ),
        Grouping(
            "mal",
            _("Strategic goal"),
            "goal",
            "main_goal_id",
            (
                F("main_goal__strategy__starts_on").desc(nulls_last=True),
                F("main_goal__strategy").asc(nulls_last=True),
                ORDERS["goal"].asc(nulls_last=True),
            ),
        ),
        Grouping(
            "status",
            _("Status"),
            "status",
            "status",
            (ORDERS["status"].desc(nulls_last=True),),
        ),
        Grouping(
            "risiko",
            _("Risk"),
            "risk_level",
            "risk_level",
            (ORDERS["risk"].desc(nulls_last=True),),
        ),
    )
}
