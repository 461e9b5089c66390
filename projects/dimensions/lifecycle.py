"""Where a project is in its life."""

import datetime

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from projects.dimensions.parts import (
    BulkChoice,
    BulkChoices,
    Choices,
    Column,
    Dimension,
    Option,
)
from projects.history.topic import Topic
from projects.models import Lifecycle, SharedField
from projects.models.fields import place_in

LIFECYCLE_VALUES = {
    Lifecycle.PLANNED: "planlagt",
    Lifecycle.ACTIVE: "aktiv",
    Lifecycle.PAUSED: "pa-pause",
    Lifecycle.CLOSED: "avsluttet",
}


def _offered(today: datetime.date) -> BulkChoices:
    for lifecycle, value in LIFECYCLE_VALUES.items():
        yield value, lifecycle.label


LIFECYCLE = Dimension(
    name="lifecycle",
    value="livslop",
    label=_("Lifecycle"),
    choices=Choices(
        options=tuple(
            Option(value, each.label, Q(lifecycle=each), (each,))
            for each, value in LIFECYCLE_VALUES.items()
        ),
        key=F("lifecycle"),
    ),
    column=Column(
        order=place_in("lifecycle", list(Lifecycle)),
        ascending=_("Lifecycle, planned first"),
        descending=_("Lifecycle, closed first"),
    ),
    bulk=BulkChoice(field=SharedField.LIFECYCLE, label=_("New lifecycle"), offers=_offered),
    topic=Topic("livslop", _("Lifecycle"), {"project": ("lifecycle",)}),
)
