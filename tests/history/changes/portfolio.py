"""Changes of a spring, and the page that tells them."""

import datetime

from bs4 import BeautifulSoup

from fkj_portfolio.history import true_from
from projects.models import Project
from tests.factories import ProjectFactory, StatusReportFactory

MARCH, APRIL, MAY, JUNE = (datetime.date(2026, month, 1) for month in (3, 4, 5, 6))


BETWEEN = "/endringer/?fra=2026-03-15&til=2026-05-15"


def soup(response):
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def text_of(element):
    return " ".join(element.get_text(" ").split()).replace(" ,", ",").replace(" .", ".")


def section(page, anchor):
    """The words of a list, found by the id of its heading."""
    return text_of(page.find(id=anchor).parent)


def reported(status, *, on=MARCH, **values):
    """Make a project as true from a day, with a report of that day."""
    with true_from(on):
        project = ProjectFactory(**values)
        if status:
            StatusReportFactory(project=project, status=status, reported_on=on)
    return project


def report(project, status, text, *, on=APRIL):
    with true_from(on):
        StatusReportFactory(project=project, status=status, status_text=text, reported_on=on)


def change(project, *, on=APRIL, **values):
    with true_from(on):
        Project.objects.filter(pk=project.pk).update(**values)
