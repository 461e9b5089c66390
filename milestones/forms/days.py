"""Days that people type."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fkj_portfolio.forms import DateField

FIRST_DAY = datetime.date(2000, 1, 1)
LAST_DAY = datetime.date(2100, 12, 31)


def day_field(**kwargs: Any) -> DateField:
    """A day within the years that a portfolio can be about; further off is a slip of the finger."""
    words = gettext_lazy("The year must be between 2000 and 2100.")
    within = [MinValueValidator(FIRST_DAY, words), MaxValueValidator(LAST_DAY, words)]
    return DateField(validators=within, **kwargs)


def not_in_future(day: datetime.date, *, today: datetime.date) -> datetime.date:
    """Return a day on which something has happened; raises ValidationError when it is still to come."""
    if day > today:
        raise ValidationError(_("The date cannot be in the future."))
    return day
