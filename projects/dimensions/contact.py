"""Whom to ask about a project."""

import datetime
from itertools import groupby

from django.utils.translation import gettext_lazy as _

from projects.dimensions.parts import BulkChoice, BulkChoices, Column, Dimension
from projects.history.topic import Topic
from projects.models import Contact, Project, SharedField
from projects.models.fields import norwegian_order


def _name_of(project: Project) -> str:
    return str(project.contact or "")


def _offered(today: datetime.date) -> BulkChoices:
    by_owner = (norwegian_order("owner__name"), "owner", norwegian_order("name"), "pk")
    contacts = Contact.objects.in_use().select_related("owner").order_by(*by_owner)
    for owner, theirs in groupby(contacts, key=lambda contact: contact.owner):
        yield owner.name, [(str(each.pk), f"{each} ({owner})") for each in theirs]


CONTACT = Dimension(
    name="contact",
    value="kontaktperson",
    label=_("Contact"),
    column=Column(
        order=norwegian_order("contact__name"),
        ascending=_("Contact, A to Å"),
        descending=_("Contact, Å to A"),
        text=_name_of,
        none=_("No contact"),
        related="contact",
    ),
    bulk=BulkChoice(
        field=SharedField.CONTACT,
        label=_("New contact"),
        none=_("None: remove the contact"),
        offers=_offered,
    ),
    topic=Topic("kontaktperson", _("Contact"), {"project": ("contact",)}),
)
