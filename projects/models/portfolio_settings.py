"""The rules of this portfolio that an administrator may set."""

import datetime
from typing import NamedTuple

import pghistory
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from fkj_portfolio.compiled import Statement, built_once

REPORT_INTERVAL = [MinValueValidator(7), MaxValueValidator(730)]


class SignalRules(NamedTuple):
    """Rules of the signal: how many months behind its baseline a milestone turns it."""

    yellow_after_months: int
    red_after_months: int


@pghistory.track()
class PortfolioSettings(models.Model):
    """Rules of the portfolio: how often reports are due, and when the signal turns; there is one row, or none yet."""

    id = models.SmallIntegerField(primary_key=True, default=1, editable=False)
    report_interval_days = models.PositiveSmallIntegerField(
        _("days between reports"),
        default=120,
        validators=REPORT_INTERVAL,
        help_text=_("A project can have its own number."),
    )
    yellow_after_months = models.PositiveSmallIntegerField(
        _("the signal turns yellow, months after the original due date"), default=1
    )
    red_after_months = models.PositiveSmallIntegerField(
        _("the signal turns red, months after the original due date"), default=3
    )
    signal_is_public = models.BooleanField(_("show the signal to everyone"), default=False)

    class Meta:
        verbose_name = _("settings of the portfolio")
        verbose_name_plural = _("settings of the portfolio")
        constraints = [
            models.CheckConstraint(
                condition=Q(id=1), name="%(app_label)s_%(class)s_there_is_one_row"
            ),
            models.CheckConstraint(
                condition=Q(report_interval_days__gte=7),
                name="%(app_label)s_%(class)s_reports_are_due_weekly_at_most",
            ),
            models.CheckConstraint(
                condition=Q(red_after_months__gt=F("yellow_after_months")),
                name="%(app_label)s_%(class)s_red_comes_after_yellow",
                violation_error_message=_("Red must come after yellow."),
            ),
        ]

    def __str__(self) -> str:
        return str(_("Settings of the portfolio"))

    @classmethod
    def current(cls) -> "PortfolioSettings":
        """Return what applies: what has been set, or the defaults."""
        return _current().first() or cls()

    @property
    def signal_rules(self) -> SignalRules:
        return SignalRules(self.yellow_after_months, self.red_after_months)

    def show_signal_to(self, *, may_edit: bool) -> bool:
        """Return whether somebody sees a project's signal, and why its report is greener: its editors, or all."""
        return may_edit or self.signal_is_public


@built_once
def _current() -> Statement[PortfolioSettings]:
    return Statement(PortfolioSettings.objects.order_by("pk")[:1])


def months_before(day: datetime.date, months: int) -> datetime.date:
    """Return the same day some months earlier, or the last day of a month that is too short."""
    # There is no day before the year 1.
    month = max(day.year * 12 + day.month - 1 - months, 12)
    first_of_next = datetime.date((month + 1) // 12, (month + 1) % 12 + 1, 1)
    last = first_of_next - datetime.timedelta(days=1)
    return last.replace(day=min(day.day, last.day))
