"""“Krever oppmerksomhet”: what needs looking at, and where."""

import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.asserts import assertContains, assertNotContains

from projects.models import Lifecycle, PortfolioSettings, Status
from tests.cast import LOGGED_IN
from tests.factories import (
    ContactFactory,
    DateMoveFactory,
    MilestoneFactory,
    ProjectFactory,
    StatusReportFactory,
)
from tests.portfolio import TOMORROW, YESTERDAY, reported, soup, titles

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine("2026-07-10 12:00 +0200")]

LONG_AGO = datetime.date(2026, 2, 1)


@pytest.fixture
def well(manager):
    """Make projects in which nothing needs looking at, but what is said."""

    def make(status=Status.ON_TRACK, **project):
        defaults = {"contact": ContactFactory(), "managers": [manager]}
        return reported(status, **defaults | project)

    return make


def lines(client, query=""):
    """The lines: the title, and each matter with its address."""
    section = soup(client.get(f"/{query}")).select_one(".attention")
    return {
        item.strong.text.removesuffix(":"): {link.text: link["href"] for link in item.select("a")}
        for item in (section.select("li") if section else [])
    }


def kinds(client, query=""):
    """Return what the lines are about where some are not shown: the words, how many, and the address or None."""
    found = []
    for each in soup(client.get(f"/{query}")).select(".attention p.small > *"):
        words, count = each.text.rsplit(": ", 1)
        found.append((words, int(count), each.get("href")))
    return found


class TestAttention:
    @pytest.fixture(autouse=True)
    def _office(self, client, office):
        client.force_login(office)

    def test_is_gone_when_there_is_nothing(self, client, well):
        well()

        response = client.get("/")

        assertNotContains(response, "Krever oppmerksomhet")
        assertContains(response, 'id="overview-attention"')

    def test_tells_that_a_project_turned_red(self, client, well):
        page = well(Status.MAJOR_CHALLENGES, before=Status.CHALLENGES, title="J").get_absolute_url()

        assert lines(client) == {
            "J": {"statusen gikk fra «Noen utfordringer» til «Betydelige utfordringer»": page}
        }

    def test_tells_that_a_project_became_worse(self, client, well):
        page = well(Status.CHALLENGES, before=Status.ON_TRACK, title="J").get_absolute_url()

        assert lines(client) == {
            "J": {"statusen gikk fra «Under kontroll» til «Noen utfordringer»": page}
        }

    @pytest.mark.parametrize("before", [None, Status.CHALLENGES, Status.MAJOR_CHALLENGES])
    def test_says_nothing_when_it_is_as_before_or_better(self, client, well, before):
        well(Status.CHALLENGES, before=before)

        assert lines(client) == {}

    def test_leads_to_the_longest_overdue_delivery(self, client, well):
        project = well(Status.CHALLENGES, title="J")
        MilestoneFactory(project=project, original_due_on=YESTERDAY)
        first = MilestoneFactory(
            project=project, original_due_on=YESTERDAY - datetime.timedelta(days=1)
        )

        place = f"{project.get_absolute_url()}#leveranse-{first.pk}"
        assert lines(client) == {"J": {"2 leveranser forfalt": place}}

    def test_leads_to_what_was_moved_twice_and_is_outstanding(self, client, well):
        project = well(title="J")
        twice, once = MilestoneFactory.create_batch(2, project=project, original_due_on=TOMORROW)
        delivered = MilestoneFactory(project=project, delivered=True)
        for milestone in (twice, twice, once, delivered, delivered):
            DateMoveFactory(milestone=milestone)

        place = f"{project.get_absolute_url()}#leveranse-{twice.pk}"
        assert lines(client) == {"J": {"1 leveranse flyttet to ganger eller mer": place}}

    def test_tells_of_a_late_report(self, client, manager):
        project = ProjectFactory(title="J", contact=ContactFactory(), managers=[manager])
        form = f"{project.get_absolute_url()}status/"
        assert lines(client) == {"J": {"ikke rapportert ennå": form}}

        StatusReportFactory(project=project, reported_on=LONG_AGO)
        assert lines(client) == {"J": {"ikke oppdatert siden 1. februar 2026": form}}

    def test_tells_of_a_gap(self, client, well):
        project = well(title="J")
        MilestoneFactory(project=project, original_due_on=LONG_AGO, due_on=TOMORROW)

        assert lines(client) == {
            "J": {
                "statusen «Under kontroll» er bedre enn signalet (rødt)": (
                    f"{project.get_absolute_url()}status/"
                )
            }
        }

    def test_tells_who_is_missing(self, client):
        project = ProjectFactory(title="J", owner=None, lifecycle=Lifecycle.PLANNED)
        form = f"{project.get_absolute_url()}rediger/"

        assert lines(client) == {
            "J": {
                "mangler eier": f"{form}#id_owner",
                "mangler kontaktperson": f"{form}#id_contact",
                "mangler prosjektleder": f"{form}#id_managers",
            }
        }

    @pytest.mark.parametrize("lifecycle", [Lifecycle.PAUSED, Lifecycle.CLOSED])
    def test_leaves_alone_what_stands_still(self, client, lifecycle):
        project = reported(
            Status.MAJOR_CHALLENGES, before=Status.ON_TRACK, owner=None, lifecycle=lifecycle
        )
        MilestoneFactory(project=project, original_due_on=YESTERDAY)

        assert lines(client) == {}

    def test_puts_the_most_serious_first(self, client, well):
        well(title="Mangler", contact=None)
        overdue = well(Status.CHALLENGES, title="Forfalt")
        MilestoneFactory(project=overdue, original_due_on=YESTERDAY)
        well(Status.CHALLENGES, before=Status.ON_TRACK, title="Dårligere")
        well(Status.MAJOR_CHALLENGES, before=Status.ON_TRACK, title="Rødt")
        well(Status.MAJOR_CHALLENGES, before=Status.ON_TRACK, title="Rødt og mer", contact=None)

        assert list(lines(client)) == ["Rødt og mer", "Rødt", "Dårligere", "Forfalt", "Mangler"]

    def test_obeys_the_filters(self, client, well):
        well(title="Journal", contact=None)
        well(title="Register", contact=None)

        assert list(lines(client, "?sok=journal")) == ["Journal"]
        assert lines(client, "?sok=journal&risiko=hoy") == {}

    def test_follows_the_filters_with_htmx(self, htmx_client, office, well):
        well(title="Journal", contact=None)
        htmx_client.force_login(office)

        def section(query):
            answer = soup(htmx_client.get(f"/{query}"))
            return answer.select_one("#overview-attention[hx-swap-oob]")

        assert "Journal" in section("").text
        assert section("?sok=finnes-ikke").text.strip() == ""

    def test_puts_titles_in_order_where_all_else_is_equal(self, client, well):
        for title in ["Åpen", "Ærlig", "Aktiv", "Ny", "Økt", "Zoom"]:
            well(title=title, contact=None)

        assert list(lines(client)) == ["Aktiv", "Ny", "Zoom", "Ærlig", "Økt"]

    def test_shows_five_and_leads_to_the_rest(self, client, well):
        for number in range(12):
            well(title=f"Journal {number}", contact=None)

        response = client.get("/?livslop=aktiv")

        assertContains(response, "Krever oppmerksomhet (12)")
        assert len(lines(client)) == 5
        link = soup(response).select_one(".attention a[href*=oppmerksomhet]")
        assert link.text == "Vis alle 12"
        assert link["href"] == "?livslop=aktiv&oppmerksomhet=alle#attention-heading"
        assert len(lines(client, link["href"])) == 12

    def test_leads_back_to_the_first(self, client, well):
        for number in range(6):
            well(title=f"Journal {number}", contact=None)

        response = client.get("/?livslop=aktiv&oppmerksomhet=alle")

        (link,) = soup(response).select(".attention > p > a")
        assert (link.text, link["href"]) == (
            "Vis bare de første",
            "?livslop=aktiv#attention-heading",
        )

    def test_says_so_when_even_a_page_does_not_hold_all(self, client, well, monkeypatch):
        monkeypatch.setattr("overview.attention.MOST_LINES", 6)
        for number in range(8):
            well(title=f"Journal {number}", contact=None)

        assertContains(client.get("/"), "Vis de 6 første av 8")
        response = client.get("/?oppmerksomhet=alle")

        assertContains(response, "Her er de 6 første av 8.")
        assert len(lines(client, "?oppmerksomhet=alle")) == 6

    def test_counts_each_kind_and_leads_to_its_list(self, client, well):
        for _each in range(2):
            overdue = well(Status.CHALLENGES)
            MilestoneFactory(project=overdue, original_due_on=YESTERDAY)
            well(Status.MAJOR_CHALLENGES, before=Status.ON_TRACK, contact=None)
            well(Status.CHALLENGES, before=Status.ON_TRACK)
            ProjectFactory(owner=None)
            ProjectFactory(owner=None, lifecycle=Lifecycle.CLOSED)

        found = kinds(client)

        assert {words: (count, bool(href)) for words, count, href in found} == {
            "Statusen ble «Betydelige utfordringer»": (2, True),
            "Statusen ble «Noen utfordringer»": (2, True),
            "Forfalte leveranser": (2, True),
            "Rapporten er forsinket": (2, True),
            "Uten eier": (2, True),
            "Uten kontaktperson": (4, False),
            "Uten prosjektleder": (2, True),
        }
        for _words, count, href in found:
            if href:
                assert len(titles(client.get(href))) == count

    def test_leads_to_lists_within_the_filters(self, client, well):
        for number in range(6):
            before = Status.ON_TRACK if number else Status.CHALLENGES
            well(Status.MAJOR_CHALLENGES, before=before, title=f"Journal {number}")
        well(Status.MAJOR_CHALLENGES, before=Status.ON_TRACK, title="Register")

        query = "?sok=journal&forrige-status=under-kontroll&vis=tidslinje"
        assert kinds(client, query) == []
        well(Status.MAJOR_CHALLENGES, before=Status.ON_TRACK, title="Journal 6")
        ((_words, count, href),) = kinds(client, query)

        assert count == 6
        assert titles(client.get(href)) == [f"Journal {number}" for number in range(1, 7)]

    def test_does_not_count_what_all_lines_show(self, client, well):
        well(contact=None)

        assert kinds(client) == []

    def test_writes_titles_as_text(self, client):
        ProjectFactory(title="<script>alert(1)</script>", owner=None)

        page = client.get("/")

        assert "<script>alert(1)</script>" in lines(client)
        assertNotContains(page, "<script>alert(1)")

    @pytest.mark.parametrize("count", [3, 30])
    def test_needs_as_many_queries_for_many(self, client, django_assert_num_queries, count):
        for _each in range(count):
            project = reported(Status.CHALLENGES, before=Status.ON_TRACK, owner=None)
            for milestone in MilestoneFactory.create_batch(
                2, project=project, original_due_on=YESTERDAY
            ):
                DateMoveFactory.create_batch(2, milestone=milestone)

        # The session, the user, her permissions; the saved views; the snapshot; what
        # there is to choose from; the count; the rules, which projects need attention, and what is told of
        # the first; the projects; their next milestones.
        with django_assert_num_queries(12):
            client.get("/")


class TestWhoSeesIt:
    def gap(self, well):
        project = well(title="J", contact=None)
        MilestoneFactory(project=project, original_due_on=LONG_AGO, due_on=TOMORROW)
        return project.get_absolute_url()

    def test_is_not_readers(self, client, well, staff):
        self.gap(well)

        assertNotContains(client.get("/"), "attention")
        client.force_login(staff)
        assertContains(client.get("/"), "attention")

    @pytest.mark.parametrize("who", LOGGED_IN)
    def test_is_everyone_with_a_login(self, client, log_in, well, who):
        self.gap(well)
        log_in(client, who)

        assert "mangler kontaktperson" in lines(client)["J"]

    @pytest.mark.parametrize(
        ("who", "sees"),
        [
            ("staff", False),
            ("other_manager", False),
            ("administrator", False),
            ("manager", True),
            ("office", True),
        ],
    )
    def test_shows_the_signal_and_forms_to_those_who_may_report(
        self, client, log_in, well, who, sees
    ):
        page = self.gap(well)
        log_in(client, who)

        found = lines(client)["J"]

        assert any("signalet" in words for words in found) is sees
        assert found["mangler kontaktperson"] == (f"{page}rediger/#id_contact" if sees else page)

    def test_shows_the_signal_to_all_staff_when_it_is_public(self, client, staff, well):
        page = self.gap(well)
        PortfolioSettings.objects.create(signal_is_public=True)
        client.force_login(staff)

        found = lines(client)["J"]
        assert found["statusen «Under kontroll» er bedre enn signalet (rødt)"] == page

    def test_links_the_office_alone_to_the_gaps(self, client, office, manager, well):
        self.gap(well)
        client.force_login(office)
        assertContains(client.get("/"), 'href="/avvik/"')
        client.force_login(manager)
        assertNotContains(client.get("/"), 'href="/avvik/"')

    def test_is_of_today_only(self, client, office, story):
        client.force_login(office)

        assertContains(client.get("/"), "Krever oppmerksomhet")
        assertNotContains(client.get("/?per=2023-06-20"), "Krever oppmerksomhet")


@pytest.mark.django_db(transaction=True)
class TestMemory:
    def statements(self, client, **asked):
        with CaptureQueriesContext(connection) as asked_of_database:
            client.get("/", asked)
        return [each["sql"] for each in asked_of_database if "looked_at" in each["sql"]]

    def test_asks_the_database_again_only_when_something_has_changed(self, client, office, well):
        project = well(title="J", contact=None)
        client.force_login(office)

        # Another database of the same server may make it ask again.
        assert not all(self.statements(client) for _again in range(20))
        assert self.statements(client, sok="journal")
        project.contact = ContactFactory()
        project.save()
        assert self.statements(client)
        assert lines(client) == {}

    def test_does_not_take_one_filter_for_another(self, client, office, manager, other_manager):
        other_manager.managed_projects.clear()
        # More than a condition tells of its subquery when it is written out.
        ProjectFactory.create_batch(25, managers=[manager, other_manager])
        ProjectFactory(managers=[manager])
        client.force_login(office)

        def found(who):
            return client.get("/", {"leder": who.pk}).context["attention"].total

        for _again in range(5):
            assert (found(manager), found(other_manager)) == (26, 25)
        for who in (manager, other_manager):
            assert not all(self.statements(client, leder=who.pk) for _again in range(20))

    def test_tells_each_only_what_she_may_see(self, client, manager, staff, office, well):
        project = well(title="J")
        MilestoneFactory(project=project, original_due_on=LONG_AGO, due_on=TOMORROW)
        clients = [Client(), Client(), Client()]
        for who, each in zip([office, staff, manager], clients, strict=True):
            each.force_login(who)

        for _again in range(3):
            assert [bool(lines(each)) for each in clients] == [True, False, True]
        for each in clients:
            assert not all(self.statements(each) for _again in range(20))
