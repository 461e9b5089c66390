"""Every page about the project: nobody reads the words, and a mark says that they are gone."""

import re

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains

from fkj_portfolio.marks import pattern_of
from projects.models import Project, Redaction
from projects.redaction import find
from tests.addresses import addresses_about
from tests.cast import CAST
from tests.past import day
from tests.projects.redaction.words import ANYWHERE, MARK, NAME, address, take_away

pytestmark = pytest.mark.django_db

#: The session and the user; the turn; the project, locked; its texts, two for each table that has any; the
#: contacts; the names of what they were found in; the other projects; and what it takes to do once what is
#: sent twice, and to forget what was not done: five.
FOUND_IN_QUERIES = 23
DAYS = [f"?per={on}" for on in ("2026-03-10", "2026-04-10", "2026-05-10", "2026-06-10")]
#: What is asked for beside an address alone, by address.
QUERIES = {
    "/prosjekter/ny-journal-for/": DAYS,
    "/endringer/": ["?fra=2026-03-10&til=2026-06-10", "?fra=2026-04-01"],
    "/sok/": ["?sok=Ola", "?sok=Nordmann", "?sok=journal"],
    "/historikk/": ["?felt=tekster", "?felt=navn", "?felt=fjernet", "?side=2"],
    "/": [
        *DAYS,
        *("?vis=tidslinje", "?vis=fordeling", "?vis=tidslinje&per=2026-04-10"),
        *("?grupper=eier&per=2026-04-10", "?sok=journal&per=2026-04-10"),
    ],
}


def queries_of(path):
    return ["", *(DAYS if "/rapporter/" in path else QUERIES.get(path, []))]


class TestPages:
    @pytest.mark.parametrize("user", CAST)
    def test_nobody_reads_the_words_on_any_page(self, named, office, user, log_in):
        take_away(named, office)
        take_away(Project.objects.get(pk=named.pk), office, "Nordmann")
        project = Project.objects.get(pk=named.pk)
        read = 0
        for headers in ({}, {"hx-request": "true"}):
            client = Client(headers=headers)
            log_in(client, user)
            for path in addresses_about(project):
                for query in queries_of(path):
                    response = client.get(path + query, follow=True)
                    if response.status_code != 200:
                        break
                    read += 1
                    text = response.content.decode()
                    # What one searches for oneself stands in the field, the title and addresses.
                    asked = query.partition("sok=")[2].partition("&")[0]
                    if asked:
                        text = re.sub(rf'(="?|%3D|«|<title>){asked}\b', "", text)
                    assert not ANYWHERE.search(text), (path, query)
        assert read > 50

    @pytest.mark.parametrize("on", ["2026-03-10", "2026-04-10", "2026-05-10", "2026-06-10", None])
    def test_a_mark_stands_in_their_place_on_every_day(self, client, named, office, on):
        take_away(named, office)
        project = Project.objects.get()

        page = client.get(project.get_absolute_url() + (f"?per={on}" if on else ""))

        assertContains(page, f"ournal for {MARK}")
        assertContains(page, f"Kontakt {MARK} lege.")
        assertContains(page, f"Avtale med {MARK}")

    def test_a_mark_stands_in_the_reports_the_moves_and_the_changes(self, client, named, office):
        report = named.status_reports.get(reported_on=day("2026-04-02"))
        take_away(named, office)
        project = Project.objects.get()

        page = client.get(reverse("projects:status_report_detail", args=[project.slug, report.pk]))
        assertContains(page, f"{MARK} er syk.")
        assertContains(page, f"<dd>{MARK}</dd>", html=True)
        assertContains(client.get("/endringer/?fra=2026-03-10&til=2026-06-10"), f"{MARK} er syk.")

    def test_the_history_says_who_where_and_why(self, client, named, office, staff):
        take_away(named, office)
        client.force_login(staff)
        project = Project.objects.get()

        for page in (
            client.get(reverse("projects:project_history", args=[project.slug])),
            client.get("/historikk/"),
        ):
            assertContains(page, "Kontor Nilsen fjernet ord fra ")
            assertContains(page, "tittel")
            assertContains(page, "begrunnelse (flytting av frist)")
            assertContains(page, ": personopplysning")
        only = client.get("/historikk/?felt=fjernet")
        assert len(only.context["stories"]) == 1

    def test_the_admin_knows_nothing_of_it(self):
        assert Redaction not in admin.site._registry
        assert Project not in admin.site._registry

    @pytest.mark.parametrize("count", [1, 30])
    def test_needs_as_many_queries_to_find_in_many_versions(
        self, client, project, office, django_assert_num_queries, count
    ):
        client.force_login(office)
        for number in range(count):
            Project.objects.filter(pk=project.pk).update(ingress=f"{NAME} {number}")

        with django_assert_num_queries(FOUND_IN_QUERIES):
            client.post(address(project), {"phrase": NAME, "reason": "personal"})


def test_reads_a_text_once_however_many_versions_have_it(project, monkeypatch):
    for number in range(30):
        Project.objects.filter(pk=project.pk).update(title=f"T {number}", description="**Stor** b")
    read = []
    monkeypatch.setattr(
        "projects.redaction.paragraphs_showing", lambda _pattern, text: read.append(text)
    )

    find(project, pattern_of(NAME), NAME)

    assert read.count("**Stor** b") == 1
