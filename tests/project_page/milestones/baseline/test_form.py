"""The form that sets new baselines, and its users."""

import datetime

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from milestones.actions import move_milestone, set_baseline
from milestones.models import Baseline, BaselineDate, Milestone
from projects.models import Project
from tests.cast import cast_but
from tests.factories import MilestoneFactory
from tests.project_page.milestones.baseline.forms import JULY_10, MAY_1, OCTOBER_5


def url_of(project: Project) -> str:
    return reverse("milestones:baseline_create", args=[project.slug])


def ticked(*milestones: Milestone, **other: str) -> dict[str, object]:
    """Return what the office sends of a form that was opened now."""
    opened = [f"{each.pk}:{each.due_on}" for each in Milestone.objects.all()]
    return {
        "milestones": [each.pk for each in milestones],
        "decision": "Styresak 12/26",
        "decided_on": "01.05.2026",
        "opened_with": " ".join(opened),
    } | other


class TestBaselineCreate:
    @pytest.fixture(autouse=True)
    def _as_office(self, client, office):
        client.force_login(office)

    def test_says_in_words_what_it_means(self, client, project, moved):
        response = client.get(url_of(project))

        assertContains(
            response, "Opprinnelig frist 10.07.2026. Gjeldende frist 05.10.2026, 87 dager"
        )
        assertContains(response, "regnes avviket for MP5 fra 05.10.2026.")
        assertContains(response, "Den opprinnelige fristen vises fortsatt.")

    def test_lists_what_is_outstanding_and_due_on_another_day(self, client, project, moved):
        dates = {"project": project, "original_due_on": MAY_1, "due_on": OCTOBER_5}
        MilestoneFactory(project=project, title="I rute")
        MilestoneFactory(project=project, title="Uten dato", original_due_on=None)
        MilestoneFactory(title="Levert", delivered=True, **dates)
        MilestoneFactory(title="Utgått", obsolete=True, **dates)
        MilestoneFactory(title="Et annet prosjekt", original_due_on=MAY_1, due_on=OCTOBER_5)

        waiting = client.get(url_of(project)).context["waiting"]

        assert waiting == [moved]

    def test_lets_slip_count_from_now_on_and_keeps_the_first(self, client, project, moved, office):
        response = client.post(url_of(project), ticked(moved), follow=True)

        assertRedirects(response, "/prosjekter/fkj/#milestones")
        assertContains(response, "Ny grunnlinje er satt for MP5.")
        assertContains(response, "I rute etter ny grunnlinje, flyttet 1 gang")
        assertContains(response, "87 dager etter opprinnelig frist")
        assertContains(response, "etter vedtak: Styresak 12/26, 1. mai 2026.")
        assertContains(response, "Avviket regnes fra 05.10.2026 i stedet for 10.07.2026")
        moved.refresh_from_db()
        assert (moved.original_due_on, moved.new_baseline_on) == (JULY_10, OCTOBER_5)
        baseline = Baseline.objects.get()
        assert (baseline.set_by, baseline.decided_on) == (office, MAY_1)

    def test_names_all_of_them(self, client, project, moved):
        other = MilestoneFactory(
            project=project, code="MP6", original_due_on=MAY_1, due_on=OCTOBER_5
        )

        response = client.post(url_of(project), ticked(moved, other), follow=True)

        assertContains(response, "Ny grunnlinje er satt for MP5 og MP6.")
        assert BaselineDate.objects.count() == 2

    def test_twice_sets_one(self, client, project, moved):
        sent = ticked(moved)
        client.post(url_of(project), sent)

        response = client.post(url_of(project), sent, follow=True)

        assertContains(response, "Denne grunnlinjen er allerede satt.")
        assert Baseline.objects.count() == 1

    def test_is_refused_once_when_a_colleague_has_moved_a_date_meanwhile(
        self, client, project, moved, manager
    ):
        sent = ticked(moved)
        august = datetime.date(2026, 8, 1)
        move_milestone(milestone=moved, to=august, by=manager, cause="trial", reason="Test")

        response = client.post(url_of(project), sent)

        assertContains(response, "Noen andre har satt fristen for MP5 til 01.08.2026")
        assertContains(response, 'value="Styresak 12/26"')
        assertContains(response, f'name="opened_with" value="{moved.pk}:2026-08-01"')
        assert not Baseline.objects.exists()
        client.post(url_of(project), sent | {"opened_with": f"{moved.pk}:2026-08-01"})
        assert BaselineDate.objects.get().to_date == august

    @pytest.mark.parametrize("change", ["deliver", "withdraw", "set"])
    def test_of_what_a_colleague_has_closed_meanwhile_says_so(
        self, client, project, moved, office, change
    ):
        sent = ticked(moved)
        if change == "deliver":
            moved.deliver(on=MAY_1, by=office)
        elif change == "withdraw":
            moved.withdraw(on=MAY_1, reason="Why")
        else:
            set_baseline(
                project=project, milestones=[moved], decision="Annet", decided_on=MAY_1, by=office
            )

        response = client.post(url_of(project), sent)

        assertContains(response, "Se over listen en gang til.")
        assert not Baseline.objects.filter(decision="Styresak 12/26").exists()

    @pytest.mark.parametrize(
        ("wrong", "words"),
        [
            ({"milestones": []}, "Velg minst én leveranse."),
            ({"milestones": ["x"]}, "ds-validation-message"),
            ({"milestones": ["9" * 30]}, "Se over listen en gang til."),
            ({"decision": " "}, "Fyll ut dette feltet."),
            ({"decision": "x" * 301}, "300"),
            ({"decision": "NUL\0"}, "usynlig tegn"),
            ({"decided_on": ""}, "Fyll ut dette feltet."),
            ({"decided_on": "i går"}, "Skriv datoen som dd.mm.åååå"),
            ({"decided_on": "11.06.2026"}, "Datoen kan ikke være fram i tid."),
            ({"decided_on": "1.1.1999"}, "Året må være mellom 2000 og 2100."),
            ({"opened_with": ""}, "Noen andre har satt fristen for MP5"),
            ({"opened_with": "NUL\0"}, "usynlig tegn"),
        ],
    )
    def test_refuses_what_is_wrong_and_keeps_the_rest(self, client, project, moved, wrong, words):
        response = client.post(url_of(project), ticked(moved) | wrong)

        assertContains(response, words)
        assertContains(response, "ds-error-summary")
        if "decision" not in wrong:
            assertContains(response, 'value="Styresak 12/26"')
        assert not Baseline.objects.exists()

    def test_takes_no_milestone_of_another_project(self, client, project, moved):
        other = MilestoneFactory(original_due_on=MAY_1, due_on=OCTOBER_5)

        client.post(url_of(project), ticked(moved, other))

        assert not Baseline.objects.exists()

    def test_says_that_there_is_nothing_to_set(self, client, project, milestone):
        assertContains(client.get(url_of(project)), "Det er ingenting å sette")

    def test_shows_script_as_text(self, client, project, moved):
        response = client.post(
            url_of(project), ticked(moved, decision="<script>alert(1)</script>"), follow=True
        )

        assertContains(response, "&lt;script&gt;alert(1)")
        assertNotContains(response, "<script>alert(1)")

    def test_is_unknown_for_an_unknown_project_and_takes_no_other_method(self, client, project):
        assert client.get("/prosjekter/ukjent/leveranser/grunnlinje/").status_code == 404
        assert client.delete(url_of(project)).status_code == 405

    def test_can_follow_another(self, client, project, moved, manager):
        client.post(url_of(project), ticked(moved))
        november = datetime.date(2026, 11, 1)
        move_milestone(milestone=moved, to=november, by=manager, cause="trial", reason="Test")

        response = client.post(url_of(project), ticked(moved, decision="Sak 2"), follow=True)

        assertContains(response, "I rute etter ny grunnlinje, flyttet 2 ganger")
        assertContains(response, "114 dager etter opprinnelig frist")
        assertContains(response, "Avviket regnes fra 01.11.2026 i stedet for 05.10.2026")
        assertContains(response, "Satt av Kontor Nilsen")

    def test_needs_as_many_queries_for_many(
        self, client, project, moved, django_assert_num_queries
    ):
        for number in range(5):
            MilestoneFactory(
                project=project, code=f"N{number}", original_due_on=MAY_1, due_on=OCTOBER_5
            )

        # The session, the user, her permissions; a transaction (two);
        # the project, and the milestones: for the dates it opens with, and for the boxes.
        with django_assert_num_queries(8):
            client.get(url_of(project))


class TestWhoSetsABaseline:
    @pytest.mark.parametrize("who", cast_but("reader", "office"))
    @pytest.mark.parametrize("method", ["get", "post"])
    def test_is_nobody_but_the_office(self, client, log_in, project, moved, who, method):
        log_in(client, who)

        response = getattr(client, method)(url_of(project), ticked(moved))

        assert response.status_code == 403
        assertNotContains(client.get(project.get_absolute_url()), url_of(project))
        assert not Baseline.objects.exists()

    def test_is_no_reader(self, client, project, moved):
        response = client.post(url_of(project), ticked(moved))

        assert response.url.startswith("/konto/logg-inn/")
        assert not Baseline.objects.exists()

    def test_is_shown_the_way(self, client, office, project, moved):
        client.force_login(office)

        assertContains(client.get(project.get_absolute_url()), url_of(project))
