"""Which two days are compared."""

import datetime
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from fkj_portfolio.forms import DateField, beside
from history.between.snapshots import Period
from projects.models.portfolio_settings import months_before

ADDRESS_NAMES = {"start": "fra", "end": "til"}
#: How far back the page looks when nobody says from when.
MONTHS = 3
NO_DATE = _("“%(value)s” is not a date, so it is not used. Write it as dd.mm.yyyy.")
UNSEEN = _(
    "The date has a character that can't be seen, so it is not used. Write it as dd.mm.yyyy."
)
SWAPPED = _("The first day came after the last, so they have changed places.")
FUTURE = _("%(day)s has not been yet, so it is not used.")
UNKNOWN = _("The portfolio has been recorded since %(first)s. Earlier days can't be shown.")
SAME = _("Both days are the same. Choose two different days.")


class PeriodForm(forms.Form):
    """Two days, each optional; what can't be used gives way to the nearest that can."""

    start = DateField(label=_("From"), **beside("period-hint"))
    end = DateField(label=_("To"), **beside("period-hint"))

    def __init__(
        self, data: QueryDict, *, first: datetime.date | None, today: datetime.date
    ) -> None:
        """Find the two days; `first` is the first day that anything is known of."""
        super().__init__(data, auto_id="period-%s")
        #: What of the address is not used, and why.
        self.notes: list[str] = []
        self.period = self._nearest(first or today, today)
        # From here on the form holds the days that are compared.
        self.data = {"fra": self.period.start, "til": self.period.end}
        self.full_clean()

    def add_prefix(self, field_name: str) -> str:
        return ADDRESS_NAMES.get(field_name, field_name)

    def _nearest(self, first: datetime.date, today: datetime.date) -> Period:
        for name in self.errors:
            text = str(self[name].data)
            if text.isprintable():
                self._note(NO_DATE, value=Truncator(text).chars(40))
            else:
                self._note(UNSEEN)
        start, end = self.cleaned_data.get("start"), self.cleaned_data.get("end")
        if start and end and start > end:
            self._note(SWAPPED)
            start, end = end, start
        self._explain(start, end, first=first, today=today)
        if end is None or not first <= end <= today:
            end = today
        if start is None or start > today:
            start = months_before(end, MONTHS)
        return Period(max(first, start), end, today)

    def _explain(
        self,
        start: datetime.date | None,
        end: datetime.date | None,
        *,
        first: datetime.date,
        today: datetime.date,
    ) -> None:
        """Say why a day is not used as it was given, or what it leads to."""
        days = [day for day in (start, end) if day]
        for day in sorted({day for day in days if day > today}):
            self._note(FUTURE, day=date_format(day, "DATE_FORMAT"))
        if any(day < first for day in days):
            self._note(UNKNOWN, first=date_format(first, "DATE_FORMAT"))
        elif start and start == end:
            self._note(SAME)

    def _note(self, words: Any, **values: str) -> None:
        self.notes.append(str(words) % values)
