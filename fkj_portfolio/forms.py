"""Base of every form: how it is rendered, how dates are read, how a colleague's change is met."""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator, URLValidator
from django.forms.renderers import TemplatesSetting
from django.http import QueryDict
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from fkj_portfolio.marks import take_away_again
from fkj_portfolio.visible import clean_line, clean_text

if TYPE_CHECKING:
    ModelForm = forms.ModelForm[Any]
else:
    ModelForm = forms.ModelForm


is_on_the_web = URLValidator(["http", "https"])
TOO_FAR_OFF = _("The year must be between 2000 and 2100.")


class BoundField(forms.BoundField):
    """A field that also shows what stands in the `data` of a form that has not been sent.

    That is what was kept of one that could not be taken. It is shown as it was typed, with no errors,
    and together with what it was opened with, so that it merges when it is sent.
    """

    def value(self) -> Any:
        form, widget = self.form, self.field.widget
        if form.is_bound or not form.data:
            return super().value()
        if widget.value_omitted_from_data(form.data, form.files, self.html_name):
            return super().value()
        return self.field.prepare_value(self.field.bound_data(self.data, self.initial))

    def _has_changed(self) -> bool:
        """Return whether something else was sent than the field was opened with; if nobody knows, than is saved."""
        name = self.html_initial_name
        if self.field.hidden_widget().value_omitted_from_data(
            self.form.data, self.form.files, name
        ):
            return self.field.has_changed(self.initial, self.data)
        changed: bool = super()._has_changed()  # type: ignore[misc]
        return changed

    def build_widget_attrs(self, attrs: Any, widget: Any = None) -> Any:
        attrs = super().build_widget_attrs(attrs, widget)
        if widget is not None and widget.is_hidden:
            # Nobody reads what is hidden, nor what would explain it.
            return {name: value for name, value in attrs.items() if not name.startswith("aria-")}
        if self.form.is_bound and self.form.errors:
            # What is wrong takes focus, and only one thing can.
            attrs["autofocus"] = False
        return attrs

    def as_widget(self, widget: Any = None, attrs: Any = None, only_initial: bool = False) -> Any:
        # A choice of several that was opened empty has sent nothing of that. What was chosen since is another thing.
        if only_initial and self.form.data and self.html_initial_name not in self.form.data:
            return format_html("{}", "")
        return super().as_widget(widget, attrs, only_initial)


class SiteFormRenderer(TemplatesSetting):
    """Every form is rendered by `templates/django/forms/`, as Designsystemet's fields."""

    bound_field_class = BoundField


DATE_HINT = _("dd.mm.yyyy, for example 15.03.2027")


class DateField(forms.DateField):
    """A day as people type it: 1.3.2023, 01.03.23 or 2023-03-01."""

    default_error_messages = {
        "invalid": _("Write the date as dd.mm.yyyy, for example 15.03.2027."),
    }
    widget = forms.DateInput(format="%d.%m.%Y")

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", DATE_HINT)
        super().__init__(input_formats=["%d.%m.%Y", "%d.%m.%y", "%Y-%m-%d"], **kwargs)

    def to_python(self, value: Any) -> datetime.date | None:
        if isinstance(value, str):
            value = "".join(value.split()).rstrip(".")
        return super().to_python(value)


class DayField(DateField):
    """A day that a portfolio can be about; a year further off is a slip of the finger."""

    default_validators = [
        MinValueValidator(datetime.date(2000, 1, 1), TOO_FAR_OFF),
        MaxValueValidator(datetime.date(2100, 12, 31), TOO_FAR_OFF),
    ]


def beside(hint_id: str) -> dict[str, Any]:
    """Return what a day's field takes that has no hint of its own, but shares one which the page shows."""
    widget = forms.DateInput(format="%d.%m.%Y", attrs={"aria-describedby": hint_id})
    return {"required": False, "help_text": "", "widget": widget}


def not_in_future(day: datetime.date, *, today: datetime.date) -> datetime.date:
    """Return a day on which something has happened; raises ValidationError when it is still to come."""
    if day > today:
        raise forms.ValidationError(_("The date cannot be in the future."))
    return day


class CharField(forms.CharField):
    """A text of one line, kept clean; what is pasted in several becomes one."""

    def to_python(self, value: Any) -> str:
        return clean_line(super().to_python(value) or "")


class TextareaField(forms.CharField):
    """A text of several lines, kept clean.

    Browsers send two characters for a line end and count one, so a text as long
    as allowed would be refused, and one from a file would never equal itself.
    """

    widget = forms.Textarea

    def to_python(self, value: Any) -> str:
        text = clean_text(super().to_python(value) or "")
        return text.strip() if self.strip else text

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Leave out the browser's own limit, which cuts a text that is pasted and says nothing."""
        return {}


class URLField(forms.URLField):
    """The address of a page; https when nothing else is said."""

    default_validators = [is_on_the_web]

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(assume_scheme="https", **kwargs)


@dataclass(frozen=True)
class Conflict:
    """A field that two people changed to different things."""

    field: forms.BoundField
    choice_name: str
    mine: str
    theirs: str


class OpenedChoicesInput(forms.MultipleHiddenInput):
    """The choices that a form was opened with; none at all are sent too, as one empty value."""

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        return super().get_context(name, value or [""], attrs)

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[Any]:
        return [value for value in super().value_from_datadict(data, files, name) or [] if value]


class MergingModelForm(ModelForm):
    """Edits a thing that a colleague may have saved since the form was opened.

    The form carries each value that it was opened with, also those that are empty.
    Changes to different fields merge. Where both changed the same field the form is
    refused, with both values in `conflicts`, and the person chooses; nothing typed is
    lost. A field that the form was opened without, as when somebody has got a role
    since, stays as it is saved.
    The view reads the thing with `select_for_update` when it is posted.
    """

    conflicts: list[Conflict]
    #: The fields that a colleague has changed, whose values were taken.
    taken: list[str]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.conflicts, self.taken = [], []
        for field in self.fields.values():
            field.show_hidden_initial = not field.disabled
            if issubclass(field.hidden_widget, forms.MultipleHiddenInput):
                field.hidden_widget = OpenedChoicesInput

    def clean(self) -> dict[str, Any]:
        super().clean()
        merged = [name for name in self.fields if self.fields[name].show_hidden_initial]
        if self.instance.pk and any(map(self._was_opened_with, merged)):
            for name in merged:
                if name in self.cleaned_data:
                    self._merge(name)
        return self.cleaned_data

    def _was_opened_with(self, name: str) -> bool:
        """Return whether the form says what this field had when it was opened."""
        hidden, html_name = self.fields[name].hidden_widget(), self[name].html_initial_name
        return not hidden.value_omitted_from_data(self.data, self.files, html_name)

    def _merge(self, name: str) -> None:
        """Take a colleague's value where only they changed it; note a conflict where both did."""
        field, bound = self.fields[name], self[name]
        initial = self.get_initial_for_field(field, name)
        saved = field.prepare_value(initial)
        hidden = field.hidden_widget()
        opened = hidden.value_from_datadict(self.data, self.files, bound.html_initial_name)
        # What was chosen then may not be offered any more; choices are compared as they are sent.
        if not isinstance(field, forms.ModelChoiceField):
            opened = field.to_python(opened)
        if isinstance(field, forms.CharField):
            self._take_away_again(name, opened=opened, saved=field.to_python(saved) or "")
        choice_name = self.add_prefix(f"choose-{name}")
        unseen = field.has_changed(opened, saved)
        was_asked = self._was_opened_with(name) or bound.html_name in self.data
        mine = was_asked and field.has_changed(opened, bound.data)
        if self.data.get(choice_name) == "theirs" or (unseen and not mine):
            self.taken.append(name)
            self.cleaned_data[name] = field.clean(saved)
            self._send(bound.html_name, _as_sent(field, saved))
            self._send(bound.html_initial_name, hidden.format_value(saved))
        elif unseen and field.has_changed(initial, bound.data):
            shown = [_shown(field, value) for value in (bound.data, saved)]
            conflict = Conflict(bound, choice_name, *shown)
            self.conflicts.append(conflict)
            self._send(bound.html_initial_name, hidden.format_value(saved))
            self.add_error(name, self.explain(conflict))

    def explain(self, conflict: Conflict) -> str:
        """Say beside the field what has happened, and what to do."""
        return str(_("Somebody else has changed this meanwhile. Choose below."))

    def _take_away_again(self, name: str, *, opened: str, saved: str) -> None:
        """Leave out the words that were taken away from the text since the form was opened."""
        bound = self[name]
        written = str(bound.data or "")
        if (kept := take_away_again(written, opened=opened, saved=saved)) != written:
            self._send(bound.html_name, kept)
            self.cleaned_data[name] = self.fields[name].to_python(kept)

    def _send(self, html_name: str, value: Any) -> None:
        """Let the form be as if it had been sent with this value, so that it shows it if refused."""
        assert isinstance(self.data, QueryDict)
        self.data = self.data.copy()
        values = value if isinstance(value, list) else [value]
        self.data.setlist(html_name, [str(each) for each in values if each not in (None, "")])


def _as_sent(field: forms.Field, value: Any) -> Any:
    """Return what a browser sends of a field that shows this value."""
    if isinstance(field, forms.BooleanField):
        return ["on"] if value else []
    return value if isinstance(value, list) else field.widget.format_value(value)


def _shown(field: forms.Field, value: Any) -> str:
    """Return a field's value in the words that the form uses for it."""
    if isinstance(field, forms.BooleanField):
        return str(_("Yes") if field.to_python(value) else _("No"))
    if isinstance(field, forms.ChoiceField):
        values = value if isinstance(value, list) else [value]
        chosen = {str(each) for each in values if each is not None}
        return ", ".join(
            str(label) for key, label in _flat(field.widget.choices) if str(key) in chosen - {""}
        )
    if isinstance(value, datetime.date):
        return value.strftime("%d.%m.%Y")
    return "" if value is None else str(value)


def _flat(choices: Iterable[Any]) -> Iterator[tuple[Any, Any]]:
    """Go through choices, also those within groups."""
    for key, label in choices:
        yield from _flat(label) if isinstance(label, list) else [(key, label)]
