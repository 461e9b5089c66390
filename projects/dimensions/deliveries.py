"""What a project is to deliver: how much is done, what is next, and what is overdue."""

from django.db.models import F, FloatField, Q
from django.db.models.functions import Cast, NullIf
from django.utils.translation import gettext_lazy as _

from projects.dimensions.parts import Choices, Column, Days, Dimension, Option, Panel

PROGRESS = Dimension(
    name="progress",
    value="leveranser",
    label=_("Deliveries"),
    column=Column(
        order=Cast("delivered_count", FloatField()) / NullIf("milestone_count", 0),
        ascending=_("Deliveries, least delivered first"),
        descending=_("Deliveries, most delivered first"),
    ),
)
DUE = Dimension(
    name="due",
    value="frist",
    label=_("Next delivery"),
    days=Days(
        by="next_due_on",
        first=_("Next due date from"),
        last=_("Next due date to"),
        between_in_words=_("Next delivery due from %(first)s to %(last)s."),
        from_in_words=_("Next delivery due from %(first)s."),
        until_in_words=_("Next delivery due by %(last)s."),
        contradiction=_("The due dates end before they begin, so no project matches."),
    ),
    column=Column(
        order=F("next_due_on"),
        ascending=_("Next delivery, earliest first"),
        descending=_("Next delivery, latest first"),
    ),
)
OVERDUE = Dimension(
    name="overdue",
    value="forfalt",
    label=_("Overdue deliveries"),
    choices=Choices(
        label=_("Deliveries"),
        options=(Option("ja", _("Has overdue deliveries"), Q(is_overdue=True), (True,)),),
        key=F("is_overdue"),
        panel=Panel.DATES,
        sentence=_("With overdue deliveries."),
    ),
    column=Column(
        order=F("overdue_count"),
        ascending=_("Overdue deliveries, fewest first"),
        descending=_("Overdue deliveries, most first"),
        begins_descending=True,
    ),
)
