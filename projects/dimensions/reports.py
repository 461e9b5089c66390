"""When a project was last reported on, and when it is to be reported on next."""

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from projects.dimensions.parts import Choices, Column, Dimension, Option, Panel

REPORTED = Dimension(
    name="reported",
    value="bekreftet",
    label=_("Last confirmed"),
    column=Column(
        order=F("reported_on"),
        ascending=_("Last confirmed, longest ago first"),
        descending=_("Last confirmed, most recent first"),
        begins_descending=True,
    ),
)
REPORT_DUE = Dimension(
    name="report_due",
    value="rapport",
    label=_("Next report"),
    choices=Choices(
        label=_("Status report"),
        options=(Option("sen", _("The report is late"), Q(is_report_late=True), (True,)),),
        key=F("is_report_late"),
        panel=Panel.DATES,
        sentence=_("With a late report."),
    ),
    column=Column(
        order=F("report_due_on"),
        ascending=_("Next report, earliest first"),
        descending=_("Next report, latest first"),
    ),
)
