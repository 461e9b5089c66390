"""The filters and the pages of the log."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django.asserts import assertContains, assertNotContains

from accounts.models import User
from history.criteria import Criteria
from projects.models import Project
from tests.cast import LOGGED_IN
from tests.factories import (
    ContactFactory,
    MilestoneFactory,
    OwnerFactory,
    ProjectFactory,
    SegmentFactory,
    StatusReportFactory,
)
from tests.history.pages.log import URL, change_often, history_of, told

pytestmark = pytest.mark.django_db


class TestHistoryFilters:
    @pytest.mark.parametrize(
        ("kind", "sentence"),
        [
            ("prosjekt", "opprettet prosjektet"),
            ("leveranse", "la til leveransen MP1 - Alt"),
            ("rapport", "rapporterte Under kontroll, risiko Lav"),
            ("eier", "la til eieren KS"),
            ("kontaktperson", "la til kontaktpersonen Kari"),
            ("rolle", "opprettet brukeren Ansatt Hansen"),
            ("oppsett", "la til segmentet Samstyre"),
        ],
    )
    def test_filters_by_kind(self, reading, kind, sentence):
        owner = OwnerFactory(name="KS")
        project = ProjectFactory(owner=owner)
        MilestoneFactory(project=project, code="MP1", title="Alt")
        StatusReportFactory(project=project)
        ContactFactory(owner=owner, name="Kari")
        SegmentFactory(name="Samstyre")

        response = reading.get(URL, {"slag": kind})

        assert told(response) == [f"Systemet {sentence}"]

    @pytest.mark.parametrize(
        ("field", "count"),
        [("frist", 2), ("utgatt", 1), ("status", 3), ("prosjektleder", 1), ("opprettet", 1)],
    )
    def test_filters_by_field(self, reading, story, field, count):
        response = reading.get(URL, {"felt": field, "prosjekt": story.slug})

        assert response.context["page"].paginator.count == count

    def test_filters_by_person_and_by_nobody(self, reading, story):
        kari = User.objects.get(name="Kari Nordmann")

        hers = reading.get(history_of(story), {"person": kari.pk})
        nobodys = reading.get(history_of(story), {"person": "uten-innlogging"})

        assert len(told(hers)) == 5
        assert {each.who for each in hers.context["stories"]} == {"Kari Nordmann"}
        assert "Kari Nordmann" not in {each.who for each in nobodys.context["stories"]}
        assertContains(
            hers, 'data-wrap="wrap" href="/prosjekter/felles-kommunal-journal/historikk/"'
        )

    def test_offers_only_who_has_changed_something(self, reading, story, office):
        persons = dict(
            reading.get(history_of(story)).context["filter_form"].fields["person"].choices
        )

        assert "Kari Nordmann" in persons.values()
        assert "Kontor Nilsen" not in persons.values()

    def test_takes_a_project_with_spaces_around_its_name(self, reading, project):
        response = reading.get(URL, {"prosjekt": f" {project.slug} "})

        assert response.context["filter_form"].criteria.projects == {project.pk}

    def test_takes_of_a_list_only_the_project_that_was_chosen(self, reading):
        chosen = ProjectFactory(title="Felles journal", slug="journal")
        ProjectFactory(title="Åpen journal")

        response = reading.get(URL, {"prosjekt": "journal"})

        assert response.context["filter_form"].criteria.projects == {chosen.pk}

    def test_says_when_nothing_fits(self, reading, project):
        response = reading.get(URL, {"slag": "eier", "felt": "frist"})

        assertContains(response, "Ingen endringer passer")
        assertContains(response, "0 endringer")

    def test_says_when_nothing_fits_and_one_kind_is_left(self, reading, project):
        assertContains(reading.get(URL, {"slag": "rapport"}), "Ingen endringer passer")

    @pytest.mark.parametrize(
        ("query", "note"),
        [
            ({"person": "999999"}, "Av hvem"),
            ({"person": "æ"}, "Av hvem"),
            ({"person": "1\0"}, "Av hvem"),
            ({"felt": "passord"}, "Hva som er endret"),
            ({"felt": "a\0b"}, "Hva som er endret"),
            ({"slag": "x" * 5000}, "Type"),
            ({"prosjekt": "finnes-ikke"}, "Prosjekt"),
        ],
    )
    def test_says_which_filter_it_does_not_know(self, reading, project, query, note):
        response = reading.get(URL, query)

        assertContains(response, f"{note}: Vi kjenner ikke verdien")
        assertContains(response, "opprettet prosjektet")

    @pytest.mark.parametrize("value", ["\0", "\u200b"])
    def test_does_not_quote_what_nobody_sees(self, reading, project, value):
        response = reading.get(URL, {"felt": value})

        assertContains(response, "Hva som er endret: Verdien har bare usynlige tegn")


class TestHistoryPages:
    @pytest.mark.parametrize("side", ["999999999999999999", "-1", "æ", "\0", ""])
    def test_takes_odd_pages_calmly(self, reading, project, side):
        assertContains(reading.get(URL, {"side": side}), "opprettet prosjektet")

    def test_has_pages(self, reading):
        ProjectFactory.create_batch(30)

        first, second = reading.get(URL), reading.get(URL, {"side": "2"})

        assert len(first.context["stories"]) == 25
        keys = [each.entry.key for each in (*first.context["stories"], *second.context["stories"])]
        assert len(keys) == len(set(keys))

    def test_sends_htmx_only_the_results_and_a_readable_address(self, htmx_client, staff, project):
        htmx_client.force_login(staff)

        response = htmx_client.get(URL, {"slag": "prosjekt", "felt": "", "person": ""})

        assertContains(response, 'id="history-results"')
        assertNotContains(response, "<html")
        assert response["HX-Replace-Url"] == "/historikk/?slag=prosjekt"
        assert "HX-Request" in response["Vary"]

    @pytest.mark.parametrize("person", LOGGED_IN)
    def test_is_open_to_staff(self, client, log_in, person):
        log_in(client, person)

        assert client.get(URL).status_code == 200

    def test_sends_readers_to_the_login(self, client):
        response = client.get(URL)

        assert response.status_code == 302
        assert response["Location"] == "/konto/logg-inn/?next=/historikk/"

    def test_refuses_other_methods(self, reading):
        assert reading.post(URL).status_code == 405

    def test_is_linked_from_every_page_for_staff_only(self, client, staff):
        link = '<a href="/historikk/">Historikk for porteføljen</a>'
        assertNotContains(client.get("/"), link, html=True)

        client.force_login(staff)

        assertContains(client.get("/"), link, html=True)

    def test_speaks_english_and_nynorsk_too(self, reading, project):
        for language, sentence in (("en", "made the project"), ("nn", "oppretta prosjektet")):
            reading.cookies["django_language"] = language
            assertContains(reading.get(URL), sentence)

    @pytest.mark.parametrize("number", [10, 1000])
    def test_needs_as_many_queries_for_many_events(
        self, htmx_client, staff, manager, number, django_assert_num_queries
    ):
        htmx_client.force_login(staff)
        change_often(ProjectFactory.create_batch(3), number, by=manager)

        # As for one project, without the project itself, and with the projects to choose from,
        # the deleted ones, and the mark with which the number of entries is remembered.
        with django_assert_num_queries(13):
            response = htmx_client.get(URL, {"slag": "leveranse"})

        assert response.context["page"].paginator.count > number / 2

    @pytest.mark.django_db(transaction=True)
    def test_are_counted_once_for_as_long_as_nothing_changes(self, reading, project):
        def count():
            with CaptureQueriesContext(connection) as asked:
                response = reading.get(URL)
            counts = [each["sql"] for each in asked if "COUNT(*)" in each["sql"]]
            return response.context["page"].paginator.count, len(counts)

        first, _counts = count()

        # Those of users and roles, which change no page of the portfolio.
        assert count() == (first, 1)
        project.unpublish()
        assert count() == (first + 1, 2)
        User.objects.create(email="ny@example.no")
        assert count()[0] == first + 2


class TestManyProjects:
    @pytest.fixture(autouse=True)
    def many(self, monkeypatch):
        monkeypatch.setattr("history.forms.MOST_LISTED", 2)
        ProjectFactory(title="Felles journal", slug="felles")
        ProjectFactory(title="Åpen journal", slug="apen")
        ProjectFactory(title="Helsearkivet", slug="arkivet")

    def about(self, reading, asked):
        stories = reading.get(URL, {"prosjekt": asked}).context["stories"]
        return {str(story.entry.about) for story in stories}

    def test_are_not_listed(self, reading):
        response = reading.get(URL)

        assertNotContains(response, '<option value="felles"')
        assertContains(response, '<input class="ds-input" type="text" name="prosjekt"')

    def test_are_found_by_the_name_in_an_address(self, reading):
        response = reading.get(URL, {"prosjekt": "apen"})

        assert self.about(reading, "apen") == {"Åpen journal"}
        assertContains(response, "Prosjekt: Åpen journal")
        assertContains(response, 'value="Åpen journal"')

    @pytest.mark.parametrize(
        ("asked", "found"),
        [
            ("felles journal", {"Felles journal"}),
            (" åpen ", {"Åpen journal"}),
            ("journal felles", {"Felles journal"}),
            ("JOURNAL", {"Felles journal", "Åpen journal"}),
        ],
    )
    def test_are_found_by_words_of_their_titles(self, reading, asked, found):
        assert self.about(reading, asked) == found

    def test_are_found_alone_by_a_whole_title(self, reading):
        ProjectFactory(title="Felles journal fase 2", slug="fase-2")

        assert self.about(reading, "felles  JOURNAL") == {"Felles journal"}
        assert self.about(reading, "felles jour") == {"Felles journal", "Felles journal fase 2"}

    def test_are_found_by_a_word_that_is_the_name_of_another(self, reading):
        ProjectFactory(title="Elektronisk samhandling", slug="journal")

        response = reading.get(URL, {"prosjekt": "journal"})

        assert self.about(reading, "journal") == {
            "Elektronisk samhandling",
            "Felles journal",
            "Åpen journal",
        }
        assertContains(response, "Prosjekt: journal")

    def test_are_found_by_a_name_that_is_the_title_of_another(self, reading):
        ProjectFactory(title="Apen", slug="apekatter")

        assert self.about(reading, "apen") == {"Apen", "Åpen journal"}
        assert self.about(reading, "Apen") == {"Apen"}

    @pytest.mark.parametrize(
        "asked",
        [
            *("felles", "fase-2", "like", "like-2", "arkivet", " arkivet ", "borte"),
            *("journal", "felles journal", "Helsearkivet", "2 fase"),
        ],
    )
    def test_are_the_same_when_what_is_shown_is_sent_again(self, reading, by, asked):
        ProjectFactory(title="Felles journal fase 2", slug="fase-2")
        ProjectFactory(title="Like titler", slug="like")
        ProjectFactory(title="Like titler", slug="like-2")
        ProjectFactory(title="Arkivet", slug="journal")
        ProjectFactory(title="Borte", slug="borte")
        with by():
            Project.objects.get(slug="borte").delete()
        first = reading.get(URL, {"prosjekt": asked}).context["filter_form"]

        shown = first["prosjekt"].value()
        second = reading.get(URL, {"prosjekt": shown, "felt": "opprettet"}).context["filter_form"]

        assert first.criteria.projects
        assert second.criteria.projects == first.criteria.projects

    def test_are_found_by_a_name_with_spaces_around_it(self, reading):
        response = reading.get(URL, {"prosjekt": " apen"})

        assertContains(response, "Prosjekt: Åpen journal")
        assertContains(response, 'value="Åpen journal"')

    @pytest.mark.parametrize(
        ("language", "note"),
        [
            ("nb", "Prosjekt: For mange prosjekter passer med «journal», så det er ikke brukt."),
            ("nn", "Prosjekt: For mange prosjekt passar med «journal», så det er ikkje brukt."),
            ("en", "Project: Too many projects match “journal”, so it is not used."),
        ],
    )
    def test_that_are_too_many_are_not_read(self, reading, monkeypatch, language, note):
        monkeypatch.setattr("history.forms.MOST_FOUND", 1)
        reading.cookies["django_language"] = language

        response = reading.get(URL, {"prosjekt": "journal"})

        assertContains(response, note)
        assert response.context["filter_form"].criteria == Criteria()
        assertNotContains(response, "aria-invalid")
        # It stays in the field, to be mended.
        assertContains(response, 'value="journal"')
        assert self.about(reading, "felles") == {"Felles journal"}

    def test_leave_one_its_name_when_too_many_fit(self, reading, monkeypatch):
        monkeypatch.setattr("history.forms.MOST_FOUND", 1)
        ProjectFactory(title="Elektronisk samhandling", slug="journal")

        assert self.about(reading, "journal") == {"Elektronisk samhandling"}

    def test_are_one_parameter_however_many(self):
        def parameters(*projects):
            entries = Criteria(projects=frozenset(projects)).entries()
            return len(entries.query.sql_with_params()[1])

        assert parameters(*range(50)) == parameters(1)

    def test_that_nothing_is_called_is_said(self, reading):
        response = reading.get(URL, {"prosjekt": "register"})

        assertContains(response, "Prosjekt: Vi kjenner ikke verdien «register»")
        assert told(response).count("Systemet opprettet prosjektet") == 3

    def test_are_found_when_they_are_deleted(self, reading, by):
        with by():
            Project.objects.get(slug="arkivet").delete()

        assertContains(reading.get(URL, {"prosjekt": "arkivet"}), "Helsearkivet (slettet)")
        assert self.about(reading, "helsearkiv") == {"Helsearkivet"}

    def test_more_than_can_be_listed_are_not_read(self, reading):
        with CaptureQueriesContext(connection) as asked:
            reading.get(URL)

        (read,) = (
            each["sql"] for each in asked if each["sql"].startswith('SELECT "projects_project"')
            if '"projects_project"."slug"' in each["sql"]
        )  # fmt: skip
        assert read.endswith("LIMIT 3")
