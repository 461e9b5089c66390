"""Projects that are taken away from readers: gone for them on every day; staff still see those days."""

import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from pytest_django.asserts import assertContains, assertNotContains

from fkj_portfolio.history import as_it_is, as_of, reads_the_past
from projects.models import Project, Status
from tests.addresses import addresses_about
from tests.cast import LOGGED_IN
from tests.factories import (
    ContactFactory,
    DateMoveFactory,
    MilestoneFactory,
    OwnerFactory,
    ProjectFactory,
    SavedViewFactory,
    StatusReportFactory,
)
from tests.past import at, day

pytestmark = pytest.mark.django_db

#: What nobody finds who is not logged in: of the project, its owner, its contact and its deliveries.
TAKEN_AWAY = [
    *("Hemmelig tiltak", "hemmelig-tiltak", "Skjult eier", "Siv Skjult", "siv@example.no"),
    *("40000000", "Lover vi ikke holder", "Leverandøren røpet", "Vi er bekymret"),
]
DAYS = ["2026-03-10", "2026-04-10", "2026-05-03", "2026-05-04", "2026-06-10"]


@pytest.fixture
def taken():
    """A project that was public from March until May, and another that still is."""
    with at("2026-03-02"):
        ProjectFactory(title="Åpent tiltak", slug="apent-tiltak")
        contact = ContactFactory(
            name="Siv Skjult",
            email="siv@example.no",
            email_is_public=True,
            phone="40000000",
            phone_is_public=True,
        )
        project = ProjectFactory(
            title="Hemmelig tiltak",
            slug="hemmelig-tiltak",
            owner=OwnerFactory(name="Skjult eier", slug="skjult-eier"),
            contact=contact,
        )
        StatusReportFactory(
            project=project, reported_on=day("2026-03-02"), status_text="Vi er bekymret."
        )
        milestone = MilestoneFactory(project=project, title="Lover vi ikke holder")
    with at("2026-04-02"):
        StatusReportFactory(
            project=project, status=Status.MAJOR_CHALLENGES, reported_on=day("2026-04-02")
        )
        DateMoveFactory(milestone=milestone, reason="Leverandøren røpet oss.")
        milestone.title = "Lover vi ikke holder likevel"
        milestone.save()
    with at("2026-05-04"):
        project.unpublish()
    return project


def titles(response):
    return [project.title for project in response.context["page"]]


class TestReader:
    @pytest.mark.parametrize("headers", [{}, {"hx-request": "true"}], ids=["page", "htmx"])
    def test_finds_it_at_no_address_on_any_day(self, taken, headers):
        client = Client(headers=headers)
        looks = ["", "&vis=tidslinje", "&vis=fordeling", "&grupper=eier", "&kolonner=kontaktperson"]
        queries = [
            "",
            *(f"?per={on}" for on in DAYS),
            *(f"?per=2026-04-10{look}" for look in looks),
            *(f"?fra={start}" for start in DAYS),
            *("?fra=2026-03-10&til=2026-04-10", "?fra=2026-04-10&til=2026-05-10"),
            *("?sok=Hemmelig&per=2026-03-10", "?sok=Hemmelg", "?sok=Hemmelg&per=2026-03-10"),
            "?eier=skjult-eier&per=2026-03-10",
        ]
        read = 0
        for path in addresses_about(taken):
            for query in queries:
                response = client.get(path + query, follow=True)
                asks_for_login = "/konto/logg-inn/" in response.request["PATH_INFO"]
                if asks_for_login or response.headers.get("HX-Redirect"):
                    # Whoever is to log in is asked to before anything is looked up.
                    break
                if taken.slug in path:
                    assert response.status_code == 404, (path, query)
                text = response.content.decode()
                # What one asks for oneself is in the address, and in the field.
                for asked in ("Hemmelig", "hemmelig", "skjult-eier"):
                    for sign in ("=", '="', "%3D"):
                        text = text.replace(f"{sign}{asked}", "")
                text = text.replace(path, "")
                found = [each for each in TAKEN_AWAY if each in text]
                assert not found, (path, query)
                read += response.status_code == 200
        assert read > 60

    @pytest.mark.parametrize("on", DAYS)
    def test_counts_without_it(self, client, taken, on):
        response = client.get(f"/?per={on}")

        assert titles(response) == ["Åpent tiltak"]
        figures = response.context["figures"]
        assert [each.count for each in figures.statuses] == [0, 0, 0]
        assert figures.total == 1
        assertNotContains(response, "Skjult eier")

    def test_is_told_of_no_change_to_it(self, client, taken):
        for address in ("/endringer/?fra=2026-03-10&til=2026-04-10", "/endringer/?fra=2026-03-10"):
            changes = client.get(address).context["changes"]
            assert [change.project.title for change in changes.projects] == ["Åpent tiltak"]
            assert changes.milestones == []

    def test_is_told_of_no_day_on_which_only_it_was_there(self, client, taken):
        with at("2026-01-05"):
            old = ProjectFactory(slug="for-lenge-siden")
        with at("2026-02-05"):
            old.unpublish()

        response = client.get("/?per=2026-01-10")

        assert response["Location"] == "/?per=2026-03-02"
        assertContains(client.get("/endringer/?fra=2026-01-10"), "2. mars 2026")

    def test_counts_without_it_in_a_saved_view(self, client, taken, staff):
        view = SavedViewFactory(query="sok=tiltak", owner=staff)
        address = f"/?sok=tiltak&visning={view.slug}&per=2026-03-10"
        response = client.get(address)

        assert titles(response) == ["Åpent tiltak"]
        assert response.context["figures"].total == 1
        client.force_login(staff)
        assert titles(client.get(address)) == ["Hemmelig tiltak", "Åpent tiltak"]

    def test_finds_it_again_on_the_days_when_it_was_published(self, client, taken):
        taken.publish()

        for on, there in zip(DAYS, [True, True, True, False, False], strict=True):
            assert ("Hemmelig tiltak" in titles(client.get(f"/?per={on}"))) == there
        then = client.get("/prosjekter/hemmelig-tiltak/?per=2026-05-10", follow=True)
        assertContains(then, "Hemmelig tiltak ble ikke vist 10. mai 2026.")
        assertContains(client.get("/prosjekter/hemmelig-tiltak/?per=2026-04-10"), "siv@example.no")

    def test_does_not_find_it_when_it_has_been_deleted_since(self, client):
        with at("2026-03-02"):
            gone = ProjectFactory(title="Slettet senere", slug="slettet")
        gone.unpublish()
        gone.delete()

        assert titles(client.get("/?per=2026-03-10")) == []
        assert client.get("/prosjekter/slettet/?per=2026-03-10", follow=True).status_code == 404

    def test_is_not_answered_from_memory(self, client):
        with at("2026-03-02"):
            project = ProjectFactory(title="Snart borte")
        for address in ("/?per=2026-03-10", "/endringer/?fra=2026-03-10"):
            assertContains(client.get(address), "Porteføljen")
        assertContains(client.get("/?per=2026-03-10"), "Snart borte")

        project.unpublish()

        assertNotContains(client.get("/?per=2026-03-10"), "Snart borte")


class TestStaff:
    @pytest.mark.parametrize("user", LOGGED_IN)
    def test_still_see_those_days(self, client, taken, user, log_in):
        log_in(client, user)

        assert "Hemmelig tiltak" in titles(client.get("/?per=2026-03-10"))
        assertContains(client.get("/prosjekter/hemmelig-tiltak/?per=2026-03-10"), "Siv Skjult")
        report = taken.status_reports.first()
        page = f"/prosjekter/hemmelig-tiltak/rapporter/{report.pk}/?per=2026-04-10"
        assert client.get(page).status_code == 200
        assertContains(client.get("/endringer/?fra=2026-03-10"), "Ikke lenger publisert")

    def test_see_that_it_was_published_then(self, client, taken, staff):
        client.force_login(staff)

        then = client.get("/prosjekter/hemmelig-tiltak/?per=2026-03-10")

        assertNotContains(then, "Prosjektet er ikke publisert")
        later = client.get("/prosjekter/hemmelig-tiltak/?per=2026-05-10")
        assertContains(later, "Prosjektet er ikke publisert")


class TestPages:
    @pytest.mark.parametrize(
        ("language", "said"),
        [
            ("nb", "de finner ikke prosjektet på noen tidligere dag"),
            ("nn", "dei finn ikkje prosjektet på nokon tidlegare dag"),
            ("en", "nor can they find the project on any day before today"),
        ],
    )
    def test_ask_first_and_say_what_becomes_of_the_past(
        self, client, project, office, language, said
    ):
        client.force_login(office)
        client.cookies["django_language"] = language

        with override(language):
            page = client.get(reverse("projects:project_unpublish", args=[project.slug]))

        assertContains(page, said)
        assertContains(page, reverse("projects:redaction_create", args=[project.slug]))

    def test_say_what_publishing_again_shows(self, client, taken, office):
        client.force_login(office)
        said = "Alle kan da også lese hvordan det sto de dagene det var publisert."

        again = client.get(reverse("projects:project_publish", args=[taken.slug]))
        draft = ProjectFactory(draft=True)
        first = client.get(reverse("projects:project_publish", args=[draft.slug]))

        assertContains(again, said)
        assertNotContains(first, said)


class TestContact:
    @pytest.mark.parametrize("user", ["reader", "staff"])
    def test_who_has_left_is_not_reached_on_days_of_the_past(self, client, user, log_in):
        log_in(client, user)
        with at("2026-03-02"):
            contact = ContactFactory(
                name="Kari Berg", email="kari@example.no", email_is_public=True, phone="40000000"
            )
            ProjectFactory(slug="fortid", contact=contact)
        contact.in_use = False
        contact.save()

        page = client.get("/prosjekter/fortid/?per=2026-03-10")

        assertContains(page, "Kari Berg")
        assertNotContains(page, "kari@example.no")
        assertNotContains(page, "40000000")


class TestReadsThePast:
    def test_is_known_within_and_forgotten_after(self):
        assert not reads_the_past()
        with as_of(day("2026-03-02")):
            assert reads_the_past()
            with as_it_is():
                assert not reads_the_past()
            assert reads_the_past()
        assert not reads_the_past()
        with pytest.raises(Project.DoesNotExist), as_of(day("2026-03-02")):
            Project.objects.get()
        assert not reads_the_past()

    def test_publishes_nothing_of_the_past_that_is_not_public_now(self, taken):
        yesterday = timezone.now() - datetime.timedelta(days=1)
        with as_of(yesterday):
            assert "Hemmelig tiltak" not in {each.title for each in Project.objects.published()}
        with as_of(day("2026-04-10")):
            assert [each.title for each in Project.objects.published()] == ["Åpent tiltak"]
            assert Project.objects.count() == 2
