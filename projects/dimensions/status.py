"""How a project goes, as its newest report says and the one before it said."""

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from projects.dimensions.parts import (
    NOT_REPORTED,
    Choices,
    Column,
    Dimension,
    Grouping,
    Option,
    Panel,
)
from projects.history.topic import Topic
from projects.models import Status
from projects.models.fields import place_in

STATUS_VALUES = {
    Status.ON_TRACK: "under-kontroll",
    Status.CHALLENGES: "noen-utfordringer",
    Status.MAJOR_CHALLENGES: "betydelige-utfordringer",
}
COUNTED = {
    Status.ON_TRACK: _("%(count)s on track"),
    Status.CHALLENGES: _("%(count)s with some challenges"),
    Status.MAJOR_CHALLENGES: _("%(count)s with major challenges"),
}
PLACE = place_in("status", list(Status))


def _options(field: str) -> tuple[Option, ...]:
    return (
        *(
            Option(STATUS_VALUES[each], each.label, Q(**{field: each}), (each,), counted=words)
            for each, words in COUNTED.items()
        ),
        Option(
            NOT_REPORTED,
            _("Not reported"),
            Q(**{field: None}),
            (None,),
            counted=_("%(count)s without a status report"),
        ),
    )


STATUS = Dimension(
    name="status",
    value="status",
    label=_("Status"),
    choices=Choices(options=_options("status"), key=F("status")),
    column=Column(
        order=PLACE,
        ascending=_("Status, mildest first"),
        descending=_("Status, most serious first"),
        begins_descending=True,
    ),
    grouping=Grouping(
        by="status",
        orders=(PLACE.desc(nulls_last=True),),
        sentence=_("Grouped by status."),
    ),
    topic=Topic("status", _("Status"), {"report": ("status",)}),
)
PREVIOUS_STATUS = Dimension(
    name="previous_status",
    value="forrige-status",
    label=_("Status in the previous report"),
    choices=Choices(
        options=_options("previous_status"), key=F("previous_status"), panel=Panel.NONE
    ),
)
