"""Somebody whose login ends."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from tests.factories import (
    StatusReportFactory,
)
from tests.kept_forms.forms import make_user


@pytest.fixture
def kari(db) -> User:
    """One who may do everything, and has a password."""
    return make_user(name="Kari", email="kari@example.no")


@pytest.fixture
def browser(client, kari) -> Client:
    """Kari's browser; it checks forms as the site does."""
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(kari)
    return browser


@pytest.fixture
def report(project) -> str:
    """The page of a form with texts, a choice of radios and a day."""
    StatusReportFactory(project=project)
    return reverse("projects:status_report_create", args=[project.slug])
