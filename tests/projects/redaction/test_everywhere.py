"""Words that should not have been public: no table has them afterwards, and nothing else changes."""

import json

import pytest
from django.db import connection
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from milestones.models import Milestone
from projects.history.tracked import tables
from projects.models import Project, ProjectsChange, Redaction
from projects.models.search import ProjectWords, TitleWord
from tests.factories import (
    ContactFactory,
    MilestoneFactory,
    ProjectFactory,
)
from tests.overview.test_several import change
from tests.past import at
from tests.projects.redaction.words import ANYWHERE, MARK, NAME, take_away

pytestmark = pytest.mark.django_db


def everything(project):
    """Every row that is kept of a project, now and in the past, as JSON."""
    rows = {}
    with connection.cursor() as cursor:
        for table in tables().values():
            if table.about != "project":
                continue
            for model in (table.model, table.model.pgh_event_model):
                name = model._meta.db_table
                key = model._meta.pk.column
                cursor.execute(f"SELECT {key}, to_jsonb(row) FROM {name} row")
                rows[name] = dict(cursor.fetchall())
    return rows


class TestEverywhere:
    """The database itself, in every column of every table."""

    def test_no_table_has_the_words_afterwards(self, htmx_client, named, manager, staff, office):
        def tables_with_the_words():
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT table_name FROM information_schema.tables"
                    " WHERE table_schema = 'public' AND table_type = 'BASE TABLE'"
                )
                for (table,) in cursor.fetchall():
                    cursor.execute(f'SELECT row::text FROM "{table}" row')
                    if any(ANYWHERE.search(row) for (row,) in cursor.fetchall()):
                        yield table

        milestone = MilestoneFactory(project=named, title=f"Samtale med {NAME}")
        deliver = reverse("milestones:milestone_deliver", args=[named.slug, milestone.pk])
        htmx_client.force_login(manager)
        htmx_client.post(deliver, {"delivered_on": "01.06.2026"})
        htmx_client.force_login(staff)
        assert htmx_client.get(deliver).status_code == 403
        assert {
            *("projects_project", "projects_titleword", "pghistory_context", "accounts_sentform"),
        } < {*tables_with_the_words()}
        take_away(named, office)
        take_away(Project.objects.get(), office, "Nordmann")

        assert [*tables_with_the_words()] == []

    def test_nothing_else_changes(self, named, office):
        before = everything(named)
        take_away(named, office)
        after = everything(named)

        texts = {
            *("title", "ingress", "description", "link_text", "obsolete_reason", "reason"),
            *("decision", "status_text", "risk_text", "gap_reason", "owner_name"),
            *("contact_name", "slug"),
        }
        changed = set()
        for table in before.keys() - {"projects_redaction", "projects_redactionevent"}:
            assert before[table].keys() == after[table].keys()
            for key, row in before[table].items():
                old, new = json.loads(row), json.loads(after[table][key])
                changed |= {name for name in old if old[name] != new[name]}
        assert changed == texts

    def test_what_stands_now_is_what_was_kept_last(self, named, office):
        take_away(named, office)

        last = named.events.order_by("-pgh_id").first()
        now = Project.objects.get()
        assert (last.title, last.ingress, last.slug) == (now.title, now.ingress, now.slug)
        assert now.title == f"Ny journal for {MARK}"
        assert now.description == f"Kontakt {MARK} lege."

    def test_empties_what_no_mark_fits_into(self, named, office):
        take_away(named, office, "Nordmann")

        codes = Milestone.pgh_event_model.objects.filter(title__startswith="Møte")
        assert {code for (code,) in codes.values_list("code")} == {""}
        now = Project.objects.get()
        assert (now.link_url, now.link_text) == ("", "")

    @pytest.mark.parametrize("name", [NAME, "Kari Berg"])
    def test_has_no_contact_with_the_words_on_any_day(self, client, office, name):
        with at("2026-03-02"):
            contact = ContactFactory(name=NAME, email="ola@example.no", email_is_public=True)
            project = ProjectFactory(slug="fortid", contact=contact)
            other = ProjectFactory(slug="annet", contact=contact)
        contact.name = name
        contact.save()
        take_away(project, office)

        for address in ("/prosjekter/fortid/", "/prosjekter/fortid/?per=2026-03-10"):
            page = client.get(address)
            assertNotContains(page, "Nordmann")
            assertNotContains(page, "ola@example.no")
        # The register has it still, for other projects.
        other.refresh_from_db()
        assert other.contact == contact
        assertContains(client.get("/prosjekter/annet/?per=2026-03-10"), NAME)
        assert Redaction.objects.get().texts == ["project.contact_id"]

    @pytest.mark.parametrize("phrase", [NAME, "Kari Berg"])
    def test_undoing_sets_no_contact_with_the_words_back(self, client, office, phrase):
        client.force_login(office)
        old, new = ContactFactory(name=NAME), ContactFactory()
        project = ProjectFactory(ingress="Kari Berg leder.", contact=old)
        other = ProjectFactory(contact=old)
        change(client, [project, other], "kontaktperson", new.pk)
        take_away(Project.objects.get(pk=project.pk), office, phrase)

        client.post(f"{ProjectsChange.objects.get().get_absolute_url()}angre/")

        project.refresh_from_db()
        other.refresh_from_db()
        assert project.contact == (new if phrase == NAME else old)
        assert other.contact == old

    def test_the_search_finds_the_words_no_more(self, client, named, office):
        assertContains(client.get("/sok/?sok=Nordmann"), "Ny journal for")
        take_away(named, office)

        words = ProjectWords.objects.get()
        assert "nordmann" not in f"{words.everywhere} {words.title}"
        assert not TitleWord.objects.filter(word__in=["ola", "nordmann"]).exists()
        assert TitleWord.objects.filter(word="journal").exists()
        for query in ("/sok/?sok=Nordmann", "/?sok=Nordmann", "/?sok=nordmenn&per=2026-04-10"):
            assertNotContains(client.get(query), "ournal for")
        assertContains(client.get("/sok/?sok=personopplysning"), "Ny journal for")

    def test_keeps_words_that_other_titles_have(self, named, office):
        ProjectFactory(title="Nordmann")
        take_away(named, office)

        assert TitleWord.objects.filter(word="nordmann").exists()
        assert not TitleWord.objects.filter(word="ola").exists()

    def test_leaves_other_projects(self, named, office):
        other = ProjectFactory(title=f"Et annet for {NAME}")
        take_away(named, office)

        other.refresh_from_db()
        assert NAME in other.title

    def test_makes_no_other_page_remember(self, client, named, office):
        """Pages for readers are remembered."""
        addresses = ["/", "/?per=2026-04-10", "/endringer/?fra=2026-03-10&til=2026-06-10"]
        for each in addresses:
            assertContains(client.get(each), NAME)
        take_away(named, office)
        take_away(Project.objects.get(), office, "Nordmann")

        for each in addresses:
            assertNotContains(client.get(each), "Nordmann")
