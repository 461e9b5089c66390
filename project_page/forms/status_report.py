"""The form that reports a project's status and risk."""

import datetime
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from fkj_portfolio.forms import CharField, DayField, ModelForm, TextareaField, not_in_future
from fkj_portfolio.marks import mark_pattern, take_away_again
from projects.models import Project, RiskLevel, Signal, Status, StatusReport
from projects.models.signal import is_greener
from projects.words import signal_in_words, signal_reason

MEANINGS = {
    Status.ON_TRACK: _("The deliveries keep to the plan."),
    Status.CHALLENGES: _(
        "Something departs from the plan, and the project can put it right itself."
    ),
    Status.MAJOR_CHALLENGES: _(
        "The plan does not hold. The project needs a decision or help from others."
    ),
    RiskLevel.LOW: _("Little stands in the way of the deliveries."),
    RiskLevel.MEDIUM: _("Something may cause delay or cost, and is being followed up."),
    RiskLevel.HIGH: _("It is likely that important deliveries are late, or do not come."),
    RiskLevel.NOT_REPORTED: _("The risk has not been assessed. That is not the same as low."),
}
TEXTS = {"gap_reason", "status_text", "risk_text"}
MARKDOWN_HINT = _("Markdown works: an empty line makes a paragraph, - a list, **bold** words.")


class ExplainedRadioSelect(forms.RadioSelect):
    """A radio group in which every choice says what it means."""

    option_template_name = "project_page/_status_report_option.html"

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        option["meaning"] = MEANINGS[value]
        option["attrs"]["aria-describedby"] = f"{option['attrs']['id']}_meaning"
        return option


class StatusReportForm(ModelForm):
    """A new report; it begins as the current one, so that nothing changed is nothing typed.

    It carries which report it was opened with. When a newer one has come it is
    refused once, with `is_overtaken` set, so that the newer one is seen first.
    The project comes `with_signal`; a status that is greener takes a sentence why.
    With `corrects` the new report is a correction of that one. It too is true from
    today on and becomes the current one, and so it begins as the current one.
    """

    status = forms.ChoiceField(label=_("Status"), choices=Status, widget=ExplainedRadioSelect)
    risk_level = forms.ChoiceField(label=_("Risk"), choices=RiskLevel, widget=ExplainedRadioSelect)
    opened_with = forms.IntegerField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = StatusReport
        fields = [
            "status",
            "gap_reason",
            "status_text",
            "risk_level",
            "risk_text",
            "reported_on",
        ]
        field_classes = {
            "gap_reason": CharField,
            "status_text": TextareaField,
            "risk_text": TextareaField,
            "reported_on": DayField,
        }
        widgets = {
            "status_text": forms.Textarea(attrs={"rows": 6}),
            "risk_text": forms.Textarea(attrs={"rows": 6}),
        }
        labels = {
            "gap_reason": _("Why is the status better than the signal?"),
            "reported_on": _("Reported as of"),
        }
        help_texts = {
            "status_text": MARKDOWN_HINT,
            "risk_text": MARKDOWN_HINT,
            "reported_on": _("Today, unless the report is about an earlier day: dd.mm.yyyy"),
        }

    is_overtaken = False

    def __init__(
        self,
        data: Any = None,
        *,
        project: Project,
        by: User,
        today: datetime.date,
        corrects: StatusReport | None = None,
    ) -> None:
        self.project, self.by, self.today, self.corrects = project, by, today, corrects
        self.current = project.status_reports.newest_first().first()
        initial: dict[str, Any] = {"reported_on": today}
        if self.current:
            initial |= self.current.content | {"opened_with": self.current.pk}
        super().__init__(data, initial=initial)
        for name in TEXTS:
            self.fields[name].show_hidden_initial = True
        if project.signal in (None, Signal.GREEN):
            del self.fields["gap_reason"]
        else:
            self.fields["gap_reason"].help_text = _gap_hint(project, today)

    def clean_reported_on(self) -> datetime.date:
        reported_on = not_in_future(self.cleaned_data["reported_on"], today=self.today)
        if self.current and reported_on < self.current.reported_on:
            raise forms.ValidationError(
                _("The date cannot be before that of the previous report, %(date)s."),
                params={"date": date_format(self.current.reported_on, "SHORT_DATE_FORMAT")},
            )
        return reported_on

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        self._take_away_again(cleaned)
        self._ask_why_it_is_greener(cleaned)
        is_seen = not self.current or cleaned.get("opened_with") == self.current.pk
        if not is_seen and not self._repeats_the_current():
            self._refuse_once()
        if self.corrects and all(cleaned.get(name) == text for name, text in self._wrong().items()):
            message = _("A correction must say something else than the report it corrects.")
            self.add_error(None, message)
        return cleaned

    def _take_away_again(self, cleaned: dict[str, Any]) -> None:
        """Leave out the words that were taken away from the report since the form was opened."""
        opened_with = cleaned.get("opened_with")
        if opened_with is None:
            return
        report = self.project.status_reports.filter(pk=opened_with).first()
        for name in TEXTS & self.fields.keys() & cleaned.keys() if report else ():
            bound, field = self[name], self.fields[name]
            opened = field.to_python(self.data.get(bound.html_initial_name, "")) or ""
            saved, written = getattr(report, name), cleaned[name]
            cleaned[name] = take_away_again(written, opened=opened, saved=saved)
            if cleaned[name] != written:
                self._show(name, cleaned[name])

    def _show(self, name: str, value: str) -> None:
        """Let the form be as if it had been sent with this value, so that it shows it if refused."""
        typed = {each: self.data[each] for each in self.data}
        self.data = typed | {self.add_prefix(name): value}

    def _wrong(self) -> dict[str, str]:
        """Return what the report says that is to be corrected, as far as the form asks for it."""
        assert self.corrects
        return {name: text for name, text in self.corrects.content.items() if name in self.fields}

    def _ask_why_it_is_greener(self, cleaned: dict[str, Any]) -> None:
        """Take a sentence why a status is better than the signal, and only then."""
        status = cleaned.get("status")
        has_gap = bool(status) and is_greener(str(status), self.project.signal)
        reason = cleaned.get("gap_reason")
        # A mark in place of words that were taken away is no sentence.
        if has_gap and reason is not None and not mark_pattern().sub("", reason).strip():
            message = _("The status is better than the signal. Write in one sentence why.")
            self.add_error("gap_reason", message)
        elif status and not has_gap:
            cleaned["gap_reason"] = ""

    def _repeats_the_current(self) -> bool:
        """Return whether the same person has reported the same for the same day: she clicked twice."""
        current = self.current
        if current is None or current.reported_by_id != self.by.pk:
            return False
        if self.corrects and current.corrects_id != self.corrects.pk:
            return False
        return all(
            self.cleaned_data.get(name) == getattr(current, name) for name in self.Meta.fields
        )

    def _refuse_once(self) -> None:
        """Ask to look at the newer report; from here on the form has been opened with that one."""
        assert self.current
        self.is_overtaken = True
        self._show("opened_with", str(self.current.pk))
        message = _(
            "A new report has come while you were writing. Read it on this page. "
            "Publish once more if yours shall stand instead."
        )
        self.add_error(None, message)

    def save(self, commit: bool = True) -> StatusReport:
        """Publish the report; one that repeats the current one is that one."""
        if self.current and self._repeats_the_current():
            return self.current
        chosen = self.cleaned_data
        return self.project.report(
            status=chosen["status"],
            status_text=chosen["status_text"],
            risk_level=chosen["risk_level"],
            risk_text=chosen["risk_text"],
            gap_reason=chosen["gap_reason"],
            corrects=self.corrects,
            on=chosen["reported_on"],
            by=self.by,
        )


def _gap_hint(project: Project, today: datetime.date) -> str:
    """Say what the milestones say and why, beside the question."""
    words = _("%(signal)s. %(reason)s Only needed when the status you choose is better than that.")
    values = {"signal": signal_in_words(project), "reason": signal_reason(project, today)}
    return str(words) % values
