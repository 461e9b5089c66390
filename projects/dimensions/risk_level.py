"""How great the risk of a project is, as its newest report says."""

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from projects.dimensions.parts import NOT_REPORTED, Choices, Column, Dimension, Grouping, Option
from projects.history.topic import Topic
from projects.models import RiskLevel
from projects.models.fields import place_in

COUNTED = {
    RiskLevel.LOW: ("lav", _("%(count)s with low risk")),
    RiskLevel.MEDIUM: ("middels", _("%(count)s with medium risk")),
    RiskLevel.HIGH: ("hoy", _("%(count)s with high risk")),
}
PLACE = place_in("risk_level", list(COUNTED))

RISK_LEVEL = Dimension(
    name="risk_level",
    value="risiko",
    label=_("Risk"),
    choices=Choices(
        options=(
            *(
                Option(value, each.label, Q(risk_level=each), (each,), counted=words)
                for each, (value, words) in COUNTED.items()
            ),
            Option(
                NOT_REPORTED,
                _("Not reported"),
                Q(risk_level=None) | Q(risk_level=RiskLevel.NOT_REPORTED),
                (None, RiskLevel.NOT_REPORTED),
                counted=_("%(count)s without a reported risk"),
            ),
        ),
        key=F("risk_level"),
    ),
    column=Column(
        order=PLACE,
        ascending=_("Risk, lowest first"),
        descending=_("Risk, highest first"),
        begins_descending=True,
    ),
    grouping=Grouping(
        by="risk_level",
        orders=(PLACE.desc(nulls_last=True),),
        sentence=_("Grouped by risk."),
    ),
    topic=Topic("risiko", _("Risk"), {"report": ("risk_level",)}),
)
