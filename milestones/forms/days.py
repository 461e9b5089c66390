"""Days that people type."""

import datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


def not_in_future(day: datetime.date, *, today: datetime.date) -> datetime.date:
    """Return a day on which something has happened; raises ValidationError when it is still to come."""
    if day > today:
        raise ValidationError(_("The date cannot be in the future."))
    return day
