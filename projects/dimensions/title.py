"""What a project is called."""

from django.utils.translation import gettext_lazy as _

from projects.dimensions.parts import Column, Dimension
from projects.models.fields import norwegian_order

TITLE = Dimension(
    name="title",
    value="tittel",
    label=_("Project"),
    column=Column(
        order=norwegian_order("title"),
        ascending=_("Project, A to Å"),
        descending=_("Project, Å to A"),
    ),
)
