"""Words that should not have been public, and a way to take them away."""

import re

from bs4 import BeautifulSoup
from django.urls import reverse

from fkj_portfolio.marks import pattern_of
from projects.models import RedactionReason
from projects.redaction import find, redact

NAME = "Ola Nordmann"
ANYWHERE = re.compile(r"ola[\s+_-]*nordmann|nordmann", re.IGNORECASE)
MARK = "[fjernet 3. september 2026: personopplysning]"


def address(project):
    return reverse("projects:redaction_create", args=[project.slug])


def take_away(project, by, phrase=NAME, reason=RedactionReason.PERSONAL, **options):
    found = find(project, pattern_of(phrase, **options), phrase)
    assert found
    return redact(found, reason=reason, by=by)


def soup(response):
    return BeautifulSoup(response.content, "html.parser")
