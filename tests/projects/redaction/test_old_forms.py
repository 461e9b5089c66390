"""Forms that were opened before the words were taken away."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from tests.factories import (
    StatusReportFactory,
)
from tests.projects.redaction.words import MARK, NAME, soup, take_away

pytestmark = pytest.mark.django_db


class TestOldForms:
    """A form that was opened before does not bring the words back."""

    @pytest.fixture
    def project(self, project):
        project.ingress = f"{NAME} leder."
        project.save()
        return project

    def opened(self, client, url):
        form = soup(client.get(url)).select_one("main form[data-keep-text]")
        data = {}
        for field in form.select("input, textarea, select"):
            if field.get("type") in ("checkbox", "radio") and not field.has_attr("checked"):
                continue
            if field.name == "select":
                chosen = field.select_one("option[selected]")
                value = chosen["value"] if chosen else ""
            else:
                value = (
                    field.text.lstrip("\n") if field.name == "textarea" else field.get("value", "")
                )
            if field.get("name"):
                data.setdefault(field["name"], []).append(value)
        return data

    def test_of_the_project_saved_with_another_change(self, client, project, manager, office):
        client.force_login(manager)
        url = reverse("projects:project_edit", args=[project.slug])
        data = self.opened(client, url)
        take_away(project, office)

        client.post(url, data | {"title": ["Nytt navn"]})

        project.refresh_from_db()
        assert (project.title, project.ingress) == ("Nytt navn", f"{MARK} leder.")

    def test_of_the_project_where_the_same_text_was_changed(self, client, project, manager, office):
        client.force_login(manager)
        url = reverse("projects:project_edit", args=[project.slug])
        data = self.opened(client, url)
        take_away(project, office)

        response = client.post(url, data | {"ingress": [f"{NAME} leder. Han er ny."]})

        # The page that asks which of the two stands does not have them either.
        assertContains(response, f"{MARK} leder. Han er ny.")
        assertNotContains(response, "Nordmann")
        again = self.opened_from(response)
        client.post(url, again)
        project.refresh_from_db()
        assert project.ingress == f"{MARK} leder. Han er ny."

    def opened_from(self, response):
        class _Client:
            def get(self, url):
                return response

        return self.opened(_Client(), "")

    def test_of_a_report(self, client, project, manager, office):
        StatusReportFactory(project=project, reported_by=manager, status_text=f"{NAME} er syk.")
        client.force_login(manager)
        url = reverse("projects:status_report_create", args=[project.slug])
        data = self.opened(client, url)
        take_away(project, office)

        client.post(url, data | {"status_text": [f"{NAME} er syk, men bedre."]})

        newest = project.status_reports.newest_first().first()
        assert newest.status_text == f"{MARK} er syk, men bedre."
        assert project.status_reports.count() == 2

    def test_that_confirms(self, client, project, manager, office):
        report = StatusReportFactory(
            project=project, reported_by=manager, status_text=f"{NAME} er syk."
        )
        client.force_login(manager)
        take_away(project, office)

        client.post(
            reverse("projects:status_report_confirm", args=[project.slug]), {"report": report.pk}
        )

        assert project.status_reports.newest_first().first().status_text == f"{MARK} er syk."
