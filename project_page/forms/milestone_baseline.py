"""The form that sets a new baseline."""

import datetime
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fkj_portfolio.forms import CharField, DayField, not_in_future
from milestones.models import Baseline, Milestone
from projects.models import Project


class MilestoneCheckboxes(forms.CheckboxSelectMultiple):
    """Milestones to tick, each with its dates and what a new baseline means for it."""

    option_template_name = "project_page/_baseline_option.html"

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        option["milestone"] = value.instance
        option["attrs"]["aria-describedby"] = f"{option['attrs']['id']}_meaning"
        return option


class BaselineForm(forms.Form):
    """Choice of the milestones whose slip counts from the due dates of today, as somebody has decided.

    It carries the due dates that it was opened with. Where a colleague has moved
    one meanwhile it is refused once, so that nothing is decided unseen.
    """

    milestones = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Deliveries"),
        queryset=Milestone.objects.none(),
        widget=MilestoneCheckboxes,
        error_messages={
            "required": gettext_lazy("Choose at least one delivery."),
            "invalid_choice": gettext_lazy(
                "One of the deliveries that you chose has been delivered, withdrawn or given "
                "another date or baseline meanwhile. Look through the list once more."
            ),
        },
    )
    decision = CharField(
        label=gettext_lazy("Decision"),
        help_text=gettext_lazy(
            "Where the decision can be found, for example the number of the case. "
            "Everyone can read it on the page of the project."
        ),
        max_length=Baseline._meta.get_field("decision").max_length,
    )
    decided_on = DayField(label=gettext_lazy("Decided on"))
    opened_with = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: QueryDict | None, *, project: Project, today: datetime.date) -> None:
        self.project, self.today = project, today
        self.waiting = project.milestones.with_another_baseline_to_set().in_order()
        super().__init__(data, initial={"opened_with": self._due_dates()})
        cast("Any", self.fields["milestones"]).queryset = self.waiting

    def clean_decided_on(self) -> datetime.date:
        return not_in_future(self.cleaned_data["decided_on"], today=self.today)

    def clean(self) -> dict[str, Any]:
        """Refuse once what a colleague has moved meanwhile; from here on that has been seen."""
        seen = self.cleaned_data.get("opened_with", "").split()
        chosen = self.cleaned_data.get("milestones", [])
        moved = [milestone for milestone in chosen if _due_date(milestone) not in seen]
        for milestone in moved:
            words = {"name": milestone.label, "date": _short(milestone.due_on)}
            message = _(
                "Somebody else has set the due date of %(name)s to %(date)s meanwhile. "
                "Save once more if slip should count from that."
            )
            self.add_error(None, message % words)
        if moved:
            posted = cast("QueryDict", self.data).copy()
            posted[self.add_prefix("opened_with")] = self._due_dates()
            self.data = posted
        return self.cleaned_data

    def repeats_the_last(self) -> bool:
        """Return whether this is the newest baseline of the project once more: it was sent twice."""
        last = self.project.baselines.order_by("-pk").first()
        if last is None:
            return False
        decided = (self.cleaned_data.get("decision"), self.cleaned_data.get("decided_on"))
        chosen = set(cast("QueryDict", self.data).getlist(self.add_prefix("milestones")))
        pks = {str(date.milestone_id) for date in last.dates.all()}
        return decided == (last.decision, last.decided_on) and chosen == pks

    def _due_dates(self) -> str:
        return " ".join(_due_date(milestone) for milestone in self.waiting)


def _due_date(milestone: Milestone) -> str:
    """Return which milestone is due when, in one word."""
    return f"{milestone.pk}:{milestone.due_on}"


def _short(day: datetime.date | None) -> str:
    return date_format(day, "SHORT_DATE_FORMAT") if day else ""
