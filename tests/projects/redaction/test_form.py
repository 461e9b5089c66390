"""The form that takes words away, and its readers."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from projects.models import Project, Redaction
from tests.cast import cast_but
from tests.factories import (
    ProjectFactory,
    SavedViewFactory,
)
from tests.projects.redaction.words import MARK, NAME, address, soup

pytestmark = pytest.mark.django_db


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

    def test_shows_nowhere_while_it_is_not_said_why(self, client, named):
        response = client.post(address(named), typed(find="1", reason=""))

        assertContains(response, "ds-error-summary")
        assertNotContains(response, 'id="redaction-found"')

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
