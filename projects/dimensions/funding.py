"""Until when a project has money."""

from django.db.models import F
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from projects.dimensions.parts import Column, Days, Dimension
from projects.history.topic import Topic
from projects.models import Project


def _day_of(project: Project) -> str:
    return date_format(project.funded_until, "SHORT_DATE_FORMAT") if project.funded_until else ""


FUNDING = Dimension(
    name="funded_until",
    value="finansiert",
    label=_("Funded until"),
    days=Days(
        by="funded_until",
        first=_("Funded until, earliest"),
        last=_("Funded until, latest"),
        between_in_words=_("Funded until a day from %(first)s to %(last)s."),
        from_in_words=_("Funded until %(first)s or later."),
        until_in_words=_("Funded until %(last)s or earlier."),
        contradiction=_("The days of funding end before they begin, so no project matches."),
    ),
    column=Column(
        order=F("funded_until"),
        ascending=_("Funded until, earliest first"),
        descending=_("Funded until, latest first"),
        text=_day_of,
        none=_("Not given"),
    ),
    topic=Topic("finansiering", _("Funding"), {"project": ("funded_until",)}),
    field="funded_until",
)
