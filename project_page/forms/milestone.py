"""Forms of the commands on one milestone."""

import datetime
from typing import Any, Self, cast

from django import forms
from django.http import QueryDict
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fkj_portfolio.forms import (
    CharField,
    DayField,
    MergingModelForm,
    TextareaField,
    not_in_future,
)
from fkj_portfolio.http import SiteRequest, posted
from milestones.models import Cause, DateMove, Milestone

LAST_PLACE = 1000


class CommandForm(forms.Form):
    """Asks for what a command needs to know about one milestone."""

    def __init__(
        self,
        data: QueryDict | None,
        *,
        milestone: Milestone,
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=initial, auto_id=f"{milestone.anchor}-%s")
        self.milestone = milestone

    @classmethod
    def for_request(cls, request: SiteRequest, **kwargs: Any) -> Self:
        """Make the form, bound to what was posted, even when that was nothing."""
        return cls(posted(request), **kwargs)


class DeliverForm(CommandForm):
    """Day of the delivery: today, or the day of a delivery that was taken back, unless said otherwise."""

    delivered_on = DayField(label=gettext_lazy("Delivered on"))

    def __init__(
        self, data: QueryDict | None, *, milestone: Milestone, today: datetime.date
    ) -> None:
        # Asked for only when it is shown, since it takes a query.
        initial = {"delivered_on": lambda: milestone.find_last_delivery() or today}
        super().__init__(data, milestone=milestone, initial=initial)
        self.today = today
        self.fields["delivered_on"].widget.attrs["autofocus"] = True

    def clean_delivered_on(self) -> datetime.date:
        return not_in_future(self.cleaned_data["delivered_on"], today=self.today)


class MoveForm(CommandForm):
    """New due date and the reason for it; a date that nobody has been told needs no reason."""

    to = DayField(label=gettext_lazy("New due date"))
    cause = forms.ChoiceField(
        label=gettext_lazy("Cause"),
        choices=[("", gettext_lazy("Choose a cause")), *Cause.choices],
    )
    reason = CharField(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("One line. Everyone can read it on the page of the project."),
        max_length=DateMove._meta.get_field("reason").max_length,
    )
    opened_with = forms.DateField(required=False, widget=forms.HiddenInput)
    #: The day in the past that has been asked about.
    past_is_meant = forms.DateField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, data: QueryDict | None, *, milestone: Milestone, today: datetime.date
    ) -> None:
        super().__init__(data, milestone=milestone, initial={"opened_with": milestone.due_on})
        self.today = today
        self.fields["to"].widget.attrs["autofocus"] = True
        if milestone.due_on is None:
            self.fields["to"].label = _("Due date")
        else:
            words = _("Now: %(date)s. Write the new one as dd.mm.yyyy.")
            now = date_format(milestone.due_on, "SHORT_DATE_FORMAT")
            self.fields["to"].help_text = words % {"date": now}
        if not milestone.is_promised:
            del self.fields["cause"], self.fields["reason"]

    def clean(self) -> dict[str, Any]:
        """Refuse a date that stands already.

        Refuse once a date that is over, and one where a colleague has set another meanwhile.
        """
        due_on, to = self.milestone.due_on, self.cleaned_data.get("to")
        was_moved_meanwhile = self.cleaned_data.get("opened_with") != due_on
        if to == due_on and to and not was_moved_meanwhile:
            self.add_error("to", _("This is the due date already. Write another."))
        if to != due_on and due_on and was_moved_meanwhile:
            self._tell_of_the_move(due_on)
        if to and to != due_on and to < self.today:
            self._ask_about_the_past(to)
        return self.cleaned_data

    def _ask_about_the_past(self, to: datetime.date) -> None:
        """Ask whether a date that is over is meant; the answer holds for that date only."""
        if self.cleaned_data.get("past_is_meant") != to:
            self._hide("past_is_meant", to)
            self.add_error(
                "to", _("The due date has passed already. Save once more if it is right.")
            )

    def _hide(self, name: str, day: datetime.date) -> None:
        """Let the form be sent with this day the next time."""
        posted = cast("QueryDict", self.data).copy()
        posted[self.add_prefix(name)] = day.isoformat()
        self.data = posted

    def _tell_of_the_move(self, due_on: datetime.date) -> None:
        """Name what a colleague has set; from here on the form has been opened with that."""
        self._hide("opened_with", due_on)
        words = _(
            "Somebody else has set the due date to %(date)s meanwhile. "
            "Save once more if it should be the one that you have written."
        )
        self.add_error(None, words % {"date": date_format(due_on, "SHORT_DATE_FORMAT")})


class WithdrawForm(CommandForm):
    """Reason why a milestone is no longer to be delivered."""

    reason = CharField(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("One line. Everyone can read it on the page of the project."),
        max_length=Milestone._meta.get_field("obsolete_reason").max_length,
    )

    def __init__(self, data: QueryDict | None, *, milestone: Milestone) -> None:
        super().__init__(data, milestone=milestone)
        self.fields["reason"].widget.attrs["autofocus"] = True


class MilestoneForm(MergingModelForm):
    """Name, description and due date of a milestone."""

    instance: Milestone
    description = TextareaField(
        label=gettext_lazy("Description"),
        required=False,
        max_length=Milestone._meta.get_field("description").max_length,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    due_on = DayField(label=gettext_lazy("Due date"), required=False)

    class Meta:
        model = Milestone
        fields: tuple[str, ...] = ("code", "title", "description", "due_on")
        field_classes = {"code": CharField, "title": CharField}
        labels = {"code": gettext_lazy("Code"), "title": gettext_lazy("Title")}
        help_texts = {"code": gettext_lazy("For example MP1.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs |= {"autofocus": True, "size": 8}

    @classmethod
    def for_request(cls, request: SiteRequest, *, milestone: Milestone, **kwargs: Any) -> Self:
        """Make the form, bound to what was posted, even when that was nothing."""
        auto_id = f"{milestone.anchor}-%s"
        return cls(posted(request), instance=milestone, auto_id=auto_id, **kwargs)

    def clean_code(self) -> str:
        """Explain the constraint, which sees the project that the form does not show."""
        code: str = self.cleaned_data["code"]
        standing = self.instance.project.milestones.filter(code=code, is_obsolete=False)
        if code and not self.instance.is_obsolete and standing.exclude(pk=self.instance.pk):
            raise forms.ValidationError(_("The project has another delivery with this code."))
        return code

    def save(self, commit: bool = True) -> Any:
        """Save it; a due date that is set here has been promised to nobody, and is the original."""
        if "due_on" in self.changed_data:
            self.instance.original_due_on = self.instance.due_on
        return super().save(commit)


class MilestoneEditForm(MilestoneForm):
    """Edits a milestone; a due date that has been promised is moved instead, with a reason.

    The date of a delivery is corrected here, or added where an old page gave none.
    """

    delivered_on = DayField(label=gettext_lazy("Delivery date"), required=False)
    place = forms.IntegerField(
        label=gettext_lazy("Place in the list"),
        help_text=gettext_lazy("1 is at the top."),
        min_value=1,
        max_value=LAST_PLACE,
    )

    class Meta(MilestoneForm.Meta):
        fields = (*MilestoneForm.Meta.fields, "delivered_on")

    def __init__(
        self, *args: Any, instance: Milestone, today: datetime.date, **kwargs: Any
    ) -> None:
        initial = {"place": instance.find_place()}
        super().__init__(*args, instance=instance, initial=initial, **kwargs)
        self.today = today
        self.fields["delivered_on"].required = instance.delivered_on is not None
        if instance.project.published_at or instance.is_delivered or self._was_not_asked("due_on"):
            del self.fields["due_on"]
        if not instance.is_delivered or self._was_not_asked("delivered_on"):
            del self.fields["delivered_on"]

    def clean_delivered_on(self) -> datetime.date | None:
        delivered_on: datetime.date | None = self.cleaned_data["delivered_on"]
        return delivered_on and not_in_future(delivered_on, today=self.today)

    def clean(self) -> dict[str, Any]:
        """Refuse once to leave out the date of a delivery that a colleague has undone meanwhile."""
        super().clean()
        if self.add_prefix("delivered_on") in self.data and not self.instance.is_delivered:
            self.add_error(
                None,
                _(
                    "Somebody else has undone the delivery meanwhile, so it has no delivery date. "
                    "Save once more to keep the rest."
                ),
            )
        return self.cleaned_data

    def _was_not_asked(self, name: str) -> bool:
        """Return whether the form was opened without this field, before a colleague delivered or reopened it."""
        return self.is_bound and self.add_prefix(name) not in self.data

    def is_rearranging(self) -> bool:
        """Return whether the milestone goes to another place in the list."""
        return bool(self.cleaned_data["place"] != self.initial["place"])

    def save(self, commit: bool = True) -> Any:
        """Save it, and put it in its new place."""
        milestone = super().save(commit)
        if self.is_rearranging():
            milestone.put_in_place(self.cleaned_data["place"])
        return milestone
