"""First day from which what comes in from outside may be recorded as true.

Days that the portfolio has shown stay as they were shown, so the past of a project can only be
loaded forwards, and only until somebody works on the project here.
"""

import datetime

from django.apps import apps
from django.db import connection
from django.utils import timezone

from projects.models import Project


def moment(on: datetime.date) -> datetime.datetime:
    """Now when something is of today, else noon of its day."""
    if on >= timezone.localdate():
        return timezone.now()
    return timezone.make_aware(datetime.datetime.combine(on, datetime.time(12)))


def past_is_open(project: Project, on: datetime.date) -> bool:
    """Return whether all that was true of a project on a day may be recorded as true from then.

    The same rule as the triggers `past_is_in_order` keep. Today is always open.
    """
    if on == timezone.localdate():
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT portfolio_past_is_open(%s, %s)", [project.pk, moment(on)])
        (is_open,) = cursor.fetchone()
    return bool(is_open)


def first_day_of(project: Project, on: datetime.date) -> datetime.date:
    """The day from which a project that is new here may be recorded: the day that it is of.

    Today when another of its title, deleted since, stood on that day or later: the days
    until then have shown the other one.
    """
    events = apps.get_model("projects", "ProjectEvent").objects
    deleted = events.filter(pgh_label="delete", title__iexact=project.title)
    return timezone.localdate() if deleted.filter(pgh_true_from__gte=moment(on)).exists() else on
