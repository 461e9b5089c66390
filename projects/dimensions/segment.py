"""Which segment of the portfolio a project belongs to."""

import datetime

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from projects.dimensions.parts import (
    BulkChoice,
    BulkChoices,
    Choices,
    Column,
    Dimension,
    Grouping,
    Option,
    Picture,
)
from projects.dimensions.register import Registered
from projects.history.topic import Topic
from projects.models import Project, Segment, SharedField
from projects.models.owner import NONE

PLACE = F("segment__position")


def _name_of(project: Project) -> str:
    return str(project.segment or "")


def _offered(today: datetime.date) -> BulkChoices:
    for segment in Segment.objects.filter(in_use=True).in_order():
        yield str(segment.pk), str(segment)


SEGMENT = Dimension(
    name="segment",
    value="segment",
    label=_("Segment"),
    choices=Choices(
        register=Registered(
            model=Segment,
            used_as=("segment",),
            selects=lambda pk: Q(segment=pk),
            none=Option(NONE, _("No segment"), Q(segment=None), (None,), is_used=False),
            number="position",
        ),
        key=F("segment_id"),
    ),
    column=Column(
        order=PLACE,
        ascending=_("Segment, first to last"),
        descending=_("Segment, last to first"),
        text=_name_of,
        none=_("No segment"),
        related="segment",
    ),
    grouping=Grouping(
        by="segment_id",
        orders=(PLACE.asc(nulls_last=True), F("segment_id").asc(nulls_last=True)),
        sentence=_("Grouped by segment."),
    ),
    picture=Picture(title=_("Status by segment")),
    bulk=BulkChoice(
        field=SharedField.SEGMENT,
        label=_("New segment"),
        none=_("None: remove the segment"),
        offers=_offered,
    ),
    topic=Topic("segment", _("Segment"), {"project": ("segment",)}),
)
