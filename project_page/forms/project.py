"""Forms to make a project and to change what it is."""

import datetime
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from django import forms
from django.db import models
from django.db.models import Case, Q, Value, When
from django.forms.models import ModelChoiceIterator
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from fkj_portfolio.forms import (
    DATE_HINT,
    CharField,
    DayField,
    MergingModelForm,
    TextareaField,
    URLField,
)
from projects.dimensions import PLAIN_FIELDS
from projects.models import Contact, Lifecycle, Owner, Project, Segment, StrategicGoal
from projects.models.fields import norwegian_order

PLAIN_NAMES = [each.field for each in PLAIN_FIELDS]


def _is_day(name: str) -> bool:
    return isinstance(Project._meta.get_field(name), models.DateField)


class ContactsByOwner(ModelChoiceIterator):  # type: ignore[type-arg]
    """Contacts under the name of their owner; they come sorted by it."""

    def __iter__(self) -> Iterator[Any]:
        yield "", self.field.empty_label
        for owner, contacts in groupby(self.queryset, key=lambda contact: contact.owner):
            yield owner.name, [self.choice(contact) for contact in contacts]


class ContactField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Lists contacts by owner, and tells those with the same name apart by it."""

    iterator = ContactsByOwner

    def label_from_instance(self, contact: Contact) -> str:
        return f"{contact} ({contact.owner})"


class ManagersField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Tells users with the same name apart by their e-mail."""

    def label_from_instance(self, user: User) -> str:
        return f"{user} ({user.email})"


class ProjectForm(MergingModelForm):
    """Fields that a project's own managers may change.

    What an administrator has retired is offered only where it is chosen already.
    """

    class Meta:
        model = Project
        fields = [
            "title",
            "ingress",
            "description",
            "link_url",
            "link_text",
            "lifecycle",
            "main_goal",
            "further_goals",
            *PLAIN_NAMES,
            "contact",
        ]
        field_classes = {
            **{name: DayField for name in PLAIN_NAMES if _is_day(name)},
            "title": CharField,
            "link_text": CharField,
            "ingress": TextareaField,
            "description": TextareaField,
            "link_url": URLField,
            "contact": ContactField,
            "managers": ManagersField,
        }
        widgets = {
            "ingress": forms.Textarea(attrs={"rows": 4}),
            "description": forms.Textarea(attrs={"rows": 16}),
            "further_goals": forms.CheckboxSelectMultiple,
            "managers": forms.CheckboxSelectMultiple,
        }
        labels = {
            **{each.field: each.label for each in PLAIN_FIELDS},
            "link_url": _("Link to a page with more"),
            "further_goals": _("Further strategic goals"),
        }
        help_texts = {
            **{name: DATE_HINT for name in PLAIN_NAMES if _is_day(name)},
            "ingress": _("One or two sentences that say what the project is for."),
            "description": _(
                "Markdown works: an empty line makes a paragraph, # a heading, - a list."
            ),
            "link_url": _("For example https://www.ks.no/prosjekt"),
            "link_text": _("For example: Read more about the project on ks.no"),
            "lifecycle": _("Only active projects are counted in the figures for status."),
        }

    def __init__(self, *args: Any, today: datetime.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        goals = _goals_offered_to(self.instance, today=today)
        self._offer("main_goal", goals)
        self._offer("further_goals", goals)
        contacts = Contact.objects.filter(Q(in_use=True) | Q(pk=self.instance.contact_id))
        of_other = Case(When(owner=self.instance.owner_id, then=Value(0)), default=Value(1))
        by_owner = (of_other, norwegian_order("owner__name"), "owner", norwegian_order("name"))
        self._offer("contact", contacts.select_related("owner").order_by(*by_owner, "pk"))

    def _offer(self, name: str, choices: Any) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = choices
        if not isinstance(field, forms.ModelMultipleChoiceField):
            field.empty_label = str(_("Not chosen"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("main_goal") in cleaned.get("further_goals", []):
            self.add_error(
                "further_goals",
                _("The main goal cannot be a further goal too. Remove it here."),
            )
        if cleaned.get("link_text") and cleaned.get("link_url") == "":
            self.add_error("link_url", _("Write the address that the link leads to."))
        return cleaned


class ProjectOfficeForm(ProjectForm):
    """Fields that the portfolio office may change: also who owns, steers and manages the project."""

    class Meta(ProjectForm.Meta):
        fields = [
            *ProjectForm.Meta.fields[:-1],
            "owner",
            "contact",
            "segment",
            "managers",
            "report_interval_days",
        ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        project = self.instance
        owners = Owner.objects.filter(Q(in_use=True) | Q(pk=project.owner_id))
        self._offer("owner", owners.in_order())
        segments = Segment.objects.filter(Q(in_use=True) | Q(pk=project.segment_id))
        self._offer("segment", segments.in_order())
        self._offer("managers", _users_offered_to(project))


class ProjectCreateForm(ProjectOfficeForm):
    """A new project, under a name for addresses that is made of its title.

    A title that is taken is asked about once, which also stops a double click.
    """

    same_title_is_meant = forms.BooleanField(
        label=_("There shall be two projects with this title"),
        required=False,
        widget=forms.HiddenInput,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["lifecycle"] = Lifecycle.PLANNED

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        taken = Project.objects.filter(title__iexact=cleaned.get("title", ""))
        if not cleaned.get("same_title_is_meant") and taken.exists():
            self.fields["same_title_is_meant"].widget = forms.CheckboxInput()
            self.add_error("title", _("There is a project with this title already."))
        return cleaned

    def save(self, commit: bool = True) -> Project:
        self.instance.slug = Project.objects.free_slug(self.instance.title)
        project: Project = super().save(commit)
        return project


def _goals_offered_to(project: Project, *, today: datetime.date) -> Any:
    """Select the goals that apply today, and those that the project has."""
    chosen = [project.main_goal_id]
    if project.pk:
        chosen += project.further_goals.values_list("pk", flat=True)
    current = StrategicGoal.objects.current(today=today)
    return StrategicGoal.objects.filter(Q(pk__in=current) | Q(pk__in=chosen)).in_order()


def _users_offered_to(project: Project) -> Any:
    """Select everyone who may log in, the project's managers first."""
    chosen = list(project.managers.values_list("pk", flat=True)) if project.pk else []
    users = User.objects.filter(Q(is_active=True) | Q(pk__in=chosen))
    is_other = Case(When(pk__in=chosen, then=Value(0)), default=Value(1))
    return users.order_by(is_other, norwegian_order("name"), "pk")
