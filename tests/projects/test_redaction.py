"""Words that should not have been public: nobody reads them anywhere afterwards, and nothing else changes."""

import datetime
import json
import re

import pghistory
import pgtrigger
import pytest
from bs4 import BeautifulSoup
from django.contrib import admin
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from fkj_portfolio.history import as_of
from fkj_portfolio.marks import pattern_of
from milestones.actions import move_milestone, set_baseline
from milestones.models import Milestone
from projects.history.tracked import tables
from projects.models import Project, ProjectsChange, Redaction, RedactionReason, StatusReport
from projects.models.search import ProjectWords, TitleWord
from projects.redaction import find, redact
from tests.addresses import addresses_about
from tests.cast import CAST, cast_but
from tests.factories import (
    ContactFactory,
    MilestoneFactory,
    ProjectFactory,
    SavedViewFactory,
    StatusReportFactory,
)
from tests.overview.test_several import change
from tests.past import at, day

pytestmark = pytest.mark.django_db

NAME = "Ola Nordmann"
ANYWHERE = re.compile(r"ola[\s+_-]*nordmann|nordmann", re.IGNORECASE)
#: The session and the user; the turn; the project, locked; its texts, two for each table that has any; the
#: contacts; the names of what they were found in; the other projects; and what it takes to do once what is
#: sent twice, and to forget what was not done: six.
FOUND_IN_QUERIES = 25
MARK = "[fjernet 3. september 2026: personopplysning]"


@pytest.fixture(autouse=True)
def _today(time_machine):
    """The clock of the application; the database has its own."""
    time_machine.move_to(datetime.datetime(2026, 9, 3, 9, tzinfo=datetime.UTC))


@pytest.fixture
def named(manager, office):
    """A project with the name in every text that it has ever had, also in those that are gone."""
    with at("2026-03-02"), pghistory.context(user=manager.pk, file="ola-nordmann.txt"):
        project = ProjectFactory(
            title=f"Journal for {NAME}",
            slug="journal-for-ola-nordmann",
            ingress=f"{NAME} prøver ut.",
            description=f"Kontakt {NAME}s lege.",
            link_url="https://www.ks.no/nordmann",
            link_text=f"Om {NAME}",
            contact=ContactFactory(name="Kari Berg"),
            managers=[manager],
        )
        milestone = MilestoneFactory(
            project=project,
            code="MP1",
            title=f"Avtale med {NAME}",
            description="OLA\nNORDMANN signerer.",
            due_on=day("2026-06-30"),
        )
        gone = MilestoneFactory(project=project, code="Nordmann", title=f"Møte med {NAME}")
    with at("2026-04-02"), pghistory.context(user=manager.pk):
        StatusReportFactory(
            project=project,
            reported_by=manager,
            reported_on=day("2026-04-02"),
            status_text=f"{NAME} er syk.",
            risk_text=f"Uten {NAME} stopper det.",
            gap_reason=f"{NAME} kommer tilbake.",
            owner_name=f"{NAME} AS",
            contact_name=NAME,
        )
        move_milestone(
            milestone=milestone,
            to=day("2026-11-30"),
            by=manager,
            cause="other",
            reason=f"{NAME} er syk.",
        )
        gone.delete()
    with at("2026-05-04"), pghistory.context(user=office.pk):
        set_baseline(
            project=project,
            milestones=[milestone],
            decision=f"Etter møte med {NAME}",
            decided_on=day("2026-05-04"),
            by=office,
        )
        milestone.refresh_from_db()
        milestone.withdraw(on=day("2026-05-04"), reason=f"{NAME} sa nei.")
    with at("2026-06-01"), pghistory.context(user=manager.pk):
        Project.objects.filter(pk=project.pk).update(title=f"Ny journal for {NAME}")
        StatusReportFactory(
            project=project, reported_on=day("2026-06-01"), status_text="Alt er bra."
        )
    return project


def address(project):
    return reverse("projects:redaction_create", args=[project.slug])


def take_away(project, by, phrase=NAME, reason=RedactionReason.PERSONAL, **options):
    found = find(project, pattern_of(phrase, **options), phrase)
    assert found
    return redact(found, reason=reason, by=by)


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
        """Pages for readers are remembered; so are fragments."""
        addresses = ["/", "/?per=2026-04-10", "/endringer/?fra=2026-03-10&til=2026-06-10"]
        for each in addresses:
            assertContains(client.get(each), NAME)
        take_away(named, office)
        take_away(Project.objects.get(), office, "Nordmann")

        for each in addresses:
            assertNotContains(client.get(each), "Nordmann")


class TestAddress:
    """The name of the project in the addresses of its pages."""

    def make(self, title):
        return ProjectFactory(title=title, slug=Project.objects.free_slug(title))

    @pytest.mark.parametrize(
        ("title", "phrase", "slug"),
        [
            ("Ola Nordmanns journal", NAME, "journal"),
            ("Journal for Ola Nordmann", NAME, "journal-for"),
            ("KI-lab", "KI lab", "prosjekt"),
            ("Ola Nordmann leder", "Ola, Nordmann", "leder"),
            ("Ola Ola Nordmann Nordmann leder", NAME, "leder"),
        ],
    )
    def test_has_the_words_no_more(self, office, title, phrase, slug):
        project = self.make(title)
        take_away(project, office, phrase)

        project.refresh_from_db()
        assert project.slug == slug
        assert not find(project, pattern_of(phrase), phrase)

    @pytest.mark.parametrize("title", ["Åse Nordmannheimen", "Låse Nordmann"])
    def test_stays_where_it_has_other_words(self, title):
        assert not find(self.make(title), pattern_of("Åse Nordmann"), "Åse Nordmann")

    def test_stays_where_capitals_make_another_word(self, office):
        project = self.make("Rapport per dato")
        Project.objects.filter(pk=project.pk).update(ingress="Per leder.")
        take_away(project, office, "Per", match_case=True)

        project.refresh_from_db()
        assert (project.slug, project.ingress) == ("rapport-per-dato", f"{MARK} leder.")
        assert not find(project, pattern_of("Per", match_case=True), "Per")

    def test_goes_where_an_earlier_title_had_the_words_with_their_capitals(self, office):
        project = self.make("Per sin rapport")
        Project.objects.filter(pk=project.pk).update(title="Rapporten")
        take_away(project, office, "Per", match_case=True)

        project.refresh_from_db()
        assert project.slug == "rapporten"


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


def soup(response):
    return BeautifulSoup(response.content, "html.parser")


def typed(phrase=NAME, **values):
    return {"phrase": phrase, "reason": "personal"} | values


class TestForm:
    @pytest.fixture(autouse=True)
    def _as_office(self, client, office):
        client.force_login(office)

    def seen(self, client, project, **values):
        """Find the words; return what the form carries then."""
        page = soup(client.post(address(project), typed(find="1", **values)))
        return page.select_one("input[name=seen]")["value"]

    def test_names_the_saved_views_that_keep_the_words(self, client, named, office, staff):
        SavedViewFactory(name=f"Til {NAME}", owner=office)
        SavedViewFactory(name="Hemmelig", query="sok=ola+nordmann", owner=staff)
        SavedViewFactory(name="Noe annet", query="status=x", owner=staff)

        page = soup(client.post(address(named), typed(find="1")))

        (told,) = [each for each in page.select("main p") if "Lagrede visninger har" in each.text]
        said = [each.text for each in told.find_next("ul").select("li")]
        assert said == [f"Til {NAME} ({office})", str(staff)]

    def test_shows_first_where_the_words_are(self, client, named):
        response = client.post(address(named), typed(find="1"))

        page = soup(response)
        names = [each.text for each in page.select(".redactions h3")]
        assert names[0] == "Tittel"
        assert "Avtale med Ola Nordmann" in " ".join(names)
        assertContains(response, "Ordene erstattes med: [fjernet ")
        assertContains(response, "Ordene står også i adressen til siden.")
        assertNotContains(response, "Lagrede visninger har også ordene.")
        assert response["Cache-Control"].count("no-store")
        assert not Redaction.objects.exists()
        assert NAME in Project.objects.get().title

    def test_takes_paragraphs_away_that_show_the_words_in_pieces(self, client, project):
        link = "Leder er Ola [Nordmann](https://ks.no)."
        for description in (f"{NAME} er med.\n\n{link}\n\nSist.", "Ny."):
            Project.objects.update(description=description)

        response = client.post(address(project), typed(find="1"))

        assert f"<del>{link}</del>" in response.text
        assertContains(response, "Her står noe inne i ordene, for eksempel en lenke", count=1)
        seen = soup(response).select_one("input[name=seen]")["value"]
        client.post(address(project), typed(seen=seen, remove="1"))
        kept = project.events.order_by("-pgh_id").values_list("description", flat=True)
        assert [*kept][:2] == ["Ny.", f"{MARK} er med.\n\n{MARK}\n\nSist."]

    def test_says_that_only_the_address_has_the_words(self, client):
        project = ProjectFactory(title="KI-lab", slug="ki-lab")

        response = client.post(address(project), typed("KI lab", find="1"))

        assertContains(response, "Ordene står bare i adressen til siden")
        assertContains(response, "Siden får en ny adresse")
        for said in (
            "0 tekster",
            "Ordene erstattes med",
            "står også i adressen",
            'class="redactions"',
        ):
            assertNotContains(response, said)

    def test_tells_of_a_text_once_however_many_versions_there_are(self, client, project):
        for number in range(3):
            Project.objects.update(ingress=f"{NAME} leder.", report_interval_days=30 + number)

        page = soup(client.post(address(project), typed(find="1")))

        assert len(page.select(".redactions h3")) == 1
        said = " ".join(page.select_one(".redactions .muted").text.split())
        assert said == "Står der i dag, i 2 tidligere utgaver"

    def test_takes_them_away_when_that_has_been_seen(self, client, named, office):
        seen = self.seen(client, named)

        response = client.post(address(named), typed(seen=seen, remove="1"))

        project = Project.objects.get()
        history = reverse("projects:project_history", args=[project.slug])
        assertRedirects(response, history)
        redaction = Redaction.objects.get()
        assert (redaction.reason, redaction.redacted_by) == ("personal", office)
        assert "Nordmann" not in project.title
        assertContains(client.get(history), "Kontor Nilsen fjernet ord fra")

    def test_twice_says_that_they_are_gone(self, client, project):
        Project.objects.update(ingress=f"{NAME} leder.")
        seen = self.seen(client, project)
        for _time in range(2):
            response = client.post(address(project), typed(seen=seen, remove="1"))

        assertContains(response, "Ordene står ikke i noen av tekstene til prosjektet.")
        assert Redaction.objects.count() == 1

    @pytest.mark.parametrize("values", [{"seen": ""}, {"seen": "x"}, {"phrase": "Nordmann"}])
    def test_shows_again_what_has_not_been_seen(self, client, named, values):
        seen = self.seen(client, named)

        response = client.post(address(named), typed(seen=seen, remove="1") | values)

        assertContains(response, "Dette er ikke det du så sist.")
        assert not Redaction.objects.exists()

    def test_finds_again_and_takes_nothing_away(self, client, named):
        seen = self.seen(client, named)

        response = client.post(address(named), typed(seen=seen, find="1"))

        assertNotContains(response, "Dette er ikke det du så sist.")
        assert not Redaction.objects.exists()

    def test_shows_again_what_has_been_written_meanwhile(self, client, project):
        Project.objects.update(ingress=f"{NAME} leder.")
        seen = self.seen(client, project)
        Project.objects.update(description=f"{NAME} er med.")

        response = client.post(address(project), typed(seen=seen, remove="1"))

        assertContains(response, "Dette er ikke det du så sist.")
        assert not Redaction.objects.exists()

    @pytest.mark.parametrize(
        ("values", "said"),
        [
            ({"phrase": ""}, "Fyll ut dette feltet."),
            ({"phrase": "x"}, "Skriv minst to bokstaver eller tall."),
            ({"phrase": "?!–"}, "Skriv minst to bokstaver eller tall."),
            ({"phrase": "Finnes Ikke"}, "Ordene står ikke i noen av tekstene til prosjektet."),
            ({"phrase": "fjernet"}, "Ordene står ikke i noen av tekstene til prosjektet."),
            ({"phrase": "a" * 301}, "300"),
            ({"phrase": "a\0b"}, "Teksten har et usynlig tegn som ikke kan lagres."),
            ({"reason": "whim"}, "whim"),
        ],
    )
    def test_says_what_it_can_not_do_and_keeps_what_was_typed(self, client, project, values, said):
        response = client.post(address(project), typed() | values | {"remove": "1"})

        assert response.status_code == 200
        assertContains(response, said)
        assert not Redaction.objects.exists()

    def test_names_other_projects_with_the_words(self, client, named):
        other = ProjectFactory(title=f"Også for {NAME}")

        response = client.post(address(named), typed(find="1"))

        assertContains(response, f'href="{address(other)}"')

    def test_leads_here_from_where_one_would_look(self, client, named):
        report = named.status_reports.first()
        for name, args in (
            ("project_history", [named.slug]),
            ("project_edit", [named.slug]),
            ("project_unpublish", [named.slug]),
            ("status_report_detail", [named.slug, report.pk]),
        ):
            page = client.get(reverse(f"projects:{name}", args=args))
            assertContains(page, f'href="{address(named)}"')

    def test_is_not_there_for_a_project_that_is_not(self, client):
        assert client.get("/prosjekter/finnes-ikke/fjern-ord/").status_code == 404


class TestAccess:
    @pytest.mark.parametrize("user", cast_but("reader", "office"))
    def test_is_the_offices_alone(self, client, named, user, log_in):
        log_in(client, user)

        for method in (client.get, client.post):
            assert method(address(named), typed(remove="1")).status_code == 403
        assert NAME in Project.objects.get(pk=named.pk).title
        report = named.status_reports.first()
        for name, args in (
            ("project_history", [named.slug]),
            ("status_report_detail", [named.slug, report.pk]),
        ):
            page = client.get(reverse(f"projects:{name}", args=args))
            assertNotContains(page, "fjern-ord")

    def test_asks_readers_to_log_in(self, client, named):
        response = client.get(address(named))

        assertRedirects(
            response,
            f"{reverse('account_login')}?next={address(named)}",
            fetch_redirect_response=False,
        )


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


class TestGuard:
    """The database lets a redaction through, and nothing else."""

    @pytest.fixture
    def redaction(self, named, office):
        return take_away(named, office, "Journal")

    def refuses(self, sql):
        match = r"is_never_changed_or_lost"
        with (
            pgtrigger.ignore(),
            pytest.raises(IntegrityError, match=match),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(sql)

    @pytest.mark.parametrize(
        "table",
        [
            *("projects_projectevent", "projects_statusreport", "projects_statusreportevent"),
            *("milestones_milestoneevent", "milestones_datemoveevent", "milestones_baselineevent"),
        ],
    )
    def test_refuses_marks_without_a_redaction(self, named, table):
        text = {
            "projects_statusreport": "status_text",
            "projects_statusreportevent": "status_text",
            "milestones_datemoveevent": "reason",
            "milestones_baselineevent": "decision",
        }.get(table, "title")

        self.refuses(f"UPDATE {table} SET {text} = '{MARK}'")
        self.refuses(f"DELETE FROM {table}")

    @pytest.mark.parametrize(
        "change",
        [
            "title = title || ' og mer'",
            "title = replace(title, 'Ny', 'Gammel')",
            "title = '%%'",
            "title = ''",
            "lifecycle = 'closed'",
            "is_published = false",
            "link_url = 'https://example.no'",
            "slug = 'en-annen'",
            "pgh_true_from = pgh_true_from - interval '1 day'",
            "owner_id = NULL",
        ],
    )
    def test_refuses_other_changes_beside_a_redaction(self, redaction, change):
        self.refuses(f"UPDATE projects_projectevent SET {change}")

    def test_refuses_other_projects_beside_a_redaction(self, redaction):
        other = ProjectFactory()
        self.refuses(
            f"UPDATE projects_projectevent SET title = '{redaction.mark}' WHERE id = {other.pk}"
        )

    def test_refuses_what_a_redaction_of_another_time_says(self, redaction):
        with connection.cursor() as cursor:
            # Only who may alter the tables can do this, to play that it was yesterday.
            cursor.execute("SET LOCAL session_replication_role = replica")
            cursor.execute(
                "UPDATE projects_redaction SET redacted_at = redacted_at - interval '1 day'"
            )
            cursor.execute("SET LOCAL session_replication_role = origin")
        self.refuses(f"UPDATE projects_projectevent SET title = '{redaction.mark}'")

    def test_keeps_redactions(self, redaction):
        with pytest.raises(Exception, match="rows from projects_redaction"), transaction.atomic():
            Redaction.objects.update(reason="mistake")
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        with pytest.raises(IntegrityError, match="stays_with_its_project"), transaction.atomic():
            redaction.delete()

    @pytest.mark.parametrize(
        ("values", "truth"),
        [
            ({"reason": "whim"}, "reason_is_known"),
            ({"mark": "Fjernet"}, "mark_says_when_and_why"),
            ({"mark": "[fjernet %]"}, "mark_says_when_and_why"),
            (
                {"redacted_at": datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)},
                "redacted_at_is_now",
            ),
        ],
    )
    def test_refuses_redactions_that_are_none(self, project, office, values, truth):
        row = {"project": project, "reason": "personal", "mark": MARK, "texts": []}
        with pytest.raises(IntegrityError, match=truth):
            Redaction.objects.create(**row | {"redacted_by": office} | values)

    def test_lets_the_past_be_read_as_before(self, named, office):
        take_away(named, office)

        with as_of(day("2026-04-10")):
            project = Project.objects.with_latest_report().get()
            assert project.title == f"Journal for {MARK}"
            assert not Redaction.objects.exists()
            assert StatusReport.objects.get().contact_name == MARK
        with as_of(timezone.now() + datetime.timedelta(days=400)):
            assert Redaction.objects.count() == 1
