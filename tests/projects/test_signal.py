"""The signal that the milestones give, in words, and who sees it."""

import datetime

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from milestones.actions import set_baseline
from projects.models import Lifecycle, PortfolioSettings, Project, Signal, Status
from projects.models.signal import is_greener
from projects.words import signal_reason
from tests.cast import cast_but
from tests.factories import MilestoneFactory, ProjectFactory, StatusReportFactory
from tests.portfolio import soup

pytestmark = pytest.mark.django_db

FAR_AHEAD = datetime.date(2027, 1, 1)


def day(text):
    return datetime.date.fromisoformat(text)


def measured(project, today, **rules):
    return Project.objects.with_signal(rules=PortfolioSettings(**rules), today=today).get(
        pk=project.pk
    )


def signal(original, today, *, due=FAR_AHEAD, **rules):
    """The signal of a project with one milestone, which is due far ahead unless it is said."""
    milestone = MilestoneFactory(original_due_on=day(original), due_on=due)
    return measured(milestone.project, day(today), **rules).signal


class TestSignal:
    @pytest.mark.parametrize(
        ("original", "today", "expected"),
        [
            # One month: the day before, on it and after.
            ("2026-03-10", "2026-04-09", "green"),
            ("2026-03-10", "2026-04-10", "green"),
            ("2026-03-10", "2026-04-11", "yellow"),
            # Three months.
            ("2026-03-10", "2026-06-09", "yellow"),
            ("2026-03-10", "2026-06-10", "yellow"),
            ("2026-03-10", "2026-06-11", "red"),
            # Months of different lengths: three months after 28 February is 28 May.
            ("2026-02-28", "2026-05-28", "yellow"),
            ("2026-02-28", "2026-05-29", "red"),
            ("2026-02-28", "2026-05-31", "red"),
            # One month after 31 January is 28 February.
            ("2026-01-31", "2026-02-28", "green"),
            ("2026-01-31", "2026-03-01", "yellow"),
            # Over the new year.
            ("2025-12-31", "2026-03-31", "yellow"),
            ("2025-12-31", "2026-04-01", "red"),
        ],
    )
    def test_turns_after_whole_months(self, original, today, expected):
        assert signal(original, today) == expected

    @pytest.mark.parametrize(
        ("today", "expected"),
        [("2026-03-09", "green"), ("2026-03-10", "green"), ("2026-03-11", "yellow")],
    )
    def test_is_yellow_when_something_is_overdue(self, today, expected):
        assert signal("2026-03-10", today, due=day("2026-03-10")) == expected

    def test_keeps_to_the_settings(self):
        rules = {"yellow_after_months": 0, "red_after_months": 2}

        assert signal("2026-03-10", "2026-03-10", **rules) == "green"
        assert signal("2026-03-10", "2026-03-11", **rules) == "yellow"
        assert signal("2026-03-10", "2026-05-10", **rules) == "yellow"
        assert signal("2026-03-10", "2026-05-11", **rules) == "red"

    def test_can_be_asked_for_the_first_day_of_all(self, project):
        assert measured(project, datetime.date.min).signal == "green"

    @pytest.mark.parametrize(
        "state",
        [
            {"delivered": True},
            {"obsolete": True},
            {"original_due_on": None},
        ],
    )
    def test_looks_only_at_outstanding_ones_with_a_date(self, state):
        milestone = MilestoneFactory(**{"original_due_on": day("2020-01-01")} | state)

        assert measured(milestone.project, day("2026-07-10")).signal == "green"

    @pytest.mark.parametrize("lifecycle", [Lifecycle.PLANNED, Lifecycle.PAUSED, Lifecycle.CLOSED])
    def test_is_none_for_a_project_that_is_not_active(self, lifecycle):
        milestone = MilestoneFactory(
            project__lifecycle=lifecycle, original_due_on=day("2020-01-01")
        )

        assert measured(milestone.project, day("2026-07-10")).signal is None

    def test_is_that_of_the_real_project(self, story):
        before, after = day("2023-06-01"), day("2023-06-27")

        assert measured(story, before).signal == "yellow"
        assert signal_reason(measured(story, before), before) == (
            "MP5 er 92 dager etter opprinnelig frist og ikke levert."
        )
        assert measured(story, after).signal == "red"
        assert signal_reason(measured(story, after), after) == (
            "MP5 er 118 dager etter opprinnelig frist og ikke levert."
        )


class TestReason:
    def reason(self, today, **milestone):
        made = MilestoneFactory(code="MP5", **milestone)
        return signal_reason(measured(made.project, day(today)), day(today))

    def test_names_what_is_overdue(self):
        assert self.reason("2026-07-05", original_due_on=day("2026-06-30")) == (
            "MP5 er 5 dager over fristen."
        )

    def test_speaks_of_one_day(self):
        assert self.reason("2026-07-01", original_due_on=day("2026-06-30")) == (
            "MP5 er 1 dag over fristen."
        )

    def test_says_that_all_is_well(self, project):
        assert signal_reason(measured(project, day("2026-07-01")), day("2026-07-01")) == (
            "Ingen leveranser er forsinket."
        )

    def test_does_not_say_so_of_what_was_moved(self):
        moved = {"original_due_on": day("2026-06-30"), "due_on": FAR_AHEAD}

        assert self.reason("2026-07-05", **moved) == "Ingen leveranser er forfalt."

    def test_counts_from_a_new_baseline_and_says_so(self, story, manager):
        milestone = story.milestones.get(code="MP5")
        set_baseline(
            project=story,
            milestones=[milestone],
            decision="Sak 12/23",
            decided_on=day("2023-06-01"),
            by=manager,
        )
        # What MP6 promises does not count here.
        story.milestones.exclude(code="MP5").update(is_delivered=True)

        found = measured(story, day("2023-09-02"))
        assert found.signal == "red"
        assert signal_reason(found, day("2023-09-02")) == (
            "MP5 er 93 dager etter fristen i ny grunnlinje og ikke levert."
        )
        assert measured(story, day("2023-09-01")).signal == "yellow"

    def test_takes_the_title_of_what_has_no_code(self):
        made = MilestoneFactory(title="Mandat", original_due_on=day("2026-06-30"))

        assert signal_reason(measured(made.project, day("2026-07-05")), day("2026-07-05")) == (
            "Mandat er 5 dager over fristen."
        )


class TestGap:
    @pytest.mark.parametrize(
        ("status", "signal", "expected"),
        [
            (Status.ON_TRACK, Signal.GREEN, False),
            (Status.ON_TRACK, Signal.YELLOW, True),
            (Status.ON_TRACK, Signal.RED, True),
            (Status.CHALLENGES, Signal.YELLOW, False),
            (Status.CHALLENGES, Signal.RED, True),
            (Status.MAJOR_CHALLENGES, Signal.RED, False),
            (Status.ON_TRACK, None, False),
        ],
    )
    def test_is_where_the_status_is_greener(self, status, signal, expected):
        assert is_greener(status, signal) is expected


@pytest.fixture
def late(project):
    """The project, reported as green, with a milestone that has been late for years."""
    MilestoneFactory(project=project, code="MP5", original_due_on=day("2023-03-01"))
    StatusReportFactory(project=project)
    return project


class TestWhoSeesIt:
    @pytest.mark.parametrize("who", ["manager", "office"])
    def test_is_she_who_may_report(self, client, log_in, late, who):
        log_in(client, who)

        response = client.get(late.get_absolute_url())

        assertContains(response, "Signal fra leveransene: rødt")
        assertContains(response, "dager etter opprinnelig frist")

    @pytest.mark.parametrize("who", cast_but("manager", "office"))
    def test_is_nobody_else(self, client, log_in, late, who):
        log_in(client, who)

        assertNotContains(client.get(late.get_absolute_url()), "Signal fra leveransene")

    def test_is_everyone_when_that_is_set(self, client, late):
        PortfolioSettings.objects.create(signal_is_public=True)

        assertContains(client.get(late.get_absolute_url()), "Signal fra leveransene: rødt")

    def test_is_shown_where_she_works(self, client, late, manager):
        client.force_login(manager)

        assertContains(client.get("/mine/"), "Signal fra leveransene: rødt")

    def test_is_not_shown_of_a_project_that_stands_still(self, client, late, manager):
        Project.objects.update(lifecycle=Lifecycle.PAUSED)
        client.force_login(manager)

        for path in ("/mine/", late.get_absolute_url(), f"{late.get_absolute_url()}status/"):
            assertNotContains(client.get(path), "Signal fra leveransene")


class TestChangeInPlace:
    def test_turns_the_signal_that_stands_beside_the_status(self, htmx_client, late, manager):
        htmx_client.force_login(manager)
        milestone = late.milestones.get()

        response = htmx_client.post(
            reverse("milestones:milestone_deliver", args=[late.slug, milestone.pk]),
            {"delivered_on": "2026-07-01"},
        )

        assertContains(response, '<p id="project-signal" hx-disable hx-swap-oob="true">')
        assertContains(response, "Ingen leveranser er forsinket.")


class TestWhyGreener:
    """The sentence that the form asks for."""

    def post(self, client, project, **changes):
        current = project.status_reports.newest_first().first()
        data = {
            "status": Status.ON_TRACK,
            "status_text": "Alt går bra.",
            "risk_level": "low",
            "reported_on": "2026-07-10",
            "opened_with": current.pk if current else "",
            "gap_reason": "",
        }
        return client.post(f"{project.get_absolute_url()}status/", data | changes, follow=True)

    @pytest.mark.parametrize("reason", ["", "[fjernet 3. mars 2026: personopplysning] "])
    def test_is_asked_for_before_it_is_published(self, client, late, manager, reason):
        client.force_login(manager)

        response = self.post(client, late, gap_reason=reason)

        assertContains(response, "Statusen er bedre enn signalet. Skriv i én setning hvorfor.")
        assertContains(response, "Signal fra leveransene: rødt")
        assert response.context["form"]["status_text"].value() == "Alt går bra."
        assert late.status_reports.count() == 1

    def test_is_kept_with_the_report(self, client, late, manager):
        client.force_login(manager)

        response = self.post(client, late, gap_reason="Den leveres i neste uke.")

        assertContains(response, "Statusrapporten er publisert.")
        report = late.status_reports.newest_first()[0]
        assert report.gap_reason == "Den leveres i neste uke."

    def test_is_not_asked_for_when_the_status_says_as_much(self, client, late, manager):
        client.force_login(manager)

        self.post(client, late, status=Status.MAJOR_CHALLENGES, gap_reason="Gjelder ikke.")

        report = late.status_reports.newest_first()[0]
        assert (report.status, report.gap_reason) == (Status.MAJOR_CHALLENGES, "")

    def test_is_not_asked_for_when_the_signal_is_green(self, client, project, manager):
        client.force_login(manager)

        assertNotContains(client.get("/prosjekter/fkj/status/"), "bedre enn signalet")
        self.post(client, project)
        assert project.status_reports.get().gap_reason == ""

    def test_has_a_field_as_soon_as_the_form_opens(self, client, late, manager):
        client.force_login(manager)

        response = client.get(f"{late.get_absolute_url()}status/")

        assertContains(response, "Hvorfor er statusen bedre enn signalet?")

    def test_tells_of_a_delivery_in_its_own_letters(self, client, late, office):
        title = '<b hx-post="/prosjekter/fkj/publiser/" hx-trigger="load">'
        late.milestones.update(code="", title=title)
        client.force_login(office)

        hint = soup(client.get(f"{late.get_absolute_url()}status/")).select_one(
            "#id_gap_reason_helptext"
        )

        assert title in hint.string

    @pytest.mark.parametrize(("reason", "words"), [("x" * 301, "300"), ("a\0b", "usynlig tegn")])
    def test_is_refused_when_it_is_broken(self, client, late, manager, reason, words):
        client.force_login(manager)

        assertContains(self.post(client, late, gap_reason=reason), words)
        assert late.status_reports.count() == 1

    def test_still_takes_a_double_click_for_one(self, client, late, manager):
        client.force_login(manager)
        opened_with = late.status_reports.get().pk

        for _click in range(2):
            self.post(client, late, gap_reason="Den leveres snart.", opened_with=opened_with)

        assert late.status_reports.count() == 2

    def test_keeps_to_another_months_of_the_office(self, client, office, late):
        PortfolioSettings.objects.create(yellow_after_months=1, red_after_months=2000)
        client.force_login(office)

        self.post(client, late, status=Status.CHALLENGES)

        assert late.status_reports.count() == 2


class TestGapList:
    def gap(self, title, status=Status.ON_TRACK, *, since="2023-03-01", **report):
        project = ProjectFactory(title=title)
        MilestoneFactory(project=project, code="MP5", original_due_on=day(since))
        StatusReportFactory(project=project, status=status, **report)
        return project

    def test_shows_each_gap_with_its_reason(self, client, office, manager):
        project = self.gap("Journal", reported_on=day("2026-02-01"), gap_reason="Snart ferdig.")
        project.managers.add(manager)
        StatusReportFactory(
            project=project, reported_on=day("2026-03-01"), gap_reason="Snart ferdig."
        )
        client.force_login(office)

        response = client.get("/avvik/")

        for words in (
            "Under kontroll",
            "Signal fra leveransene: rødt",
            "MP5 er",
            "Snart ferdig.",
            "01.02.2026",
            "Leder Larsen",
        ):
            assertContains(response, words)

    def test_dates_a_sentence_from_when_it_was_last_given_anew(self, office):
        project = self.gap("Journal", reported_on=day("2026-01-01"), gap_reason="Snart.")
        for on, reason in (
            ("2026-02-01", "Vent."),
            ("2026-03-01", "Snart."),
            ("2026-04-01", "Snart."),
        ):
            StatusReportFactory(project=project, reported_on=day(on), gap_reason=reason)

        found = Project.objects.with_gap(rules=PortfolioSettings(), today=day("2026-07-10")).get()

        assert (found.gap_reason, found.gap_reason_since) == ("Snart.", day("2026-03-01"))

    @pytest.mark.time_machine("2026-07-10 12:00 +0200")
    def test_puts_the_most_serious_first(self, client, office):
        self.gap("Gult", since="2026-07-01")
        self.gap("Rødt, nytt", since="2026-01-01")
        self.gap("Rødt, gammelt", since="2023-01-01")
        self.gap("Rødt, men meldt gult", Status.CHALLENGES)
        self.gap("Meldt rødt", Status.MAJOR_CHALLENGES)
        self.gap("I rute", since="2026-08-01")
        paused = self.gap("På pause")
        Project.objects.filter(pk=paused.pk).update(lifecycle=Lifecycle.PAUSED)
        client.force_login(office)

        assert [project.title for project in client.get("/avvik/").context["page"]] == [
            "Rødt, gammelt",
            "Rødt, nytt",
            "Rødt, men meldt gult",
            "Gult",
        ]

    def test_is_shown_page_by_page(self, client, office, monkeypatch):
        monkeypatch.setattr("project_page.views.status_report.GAPS_PER_PAGE", 2)
        for number in range(3):
            self.gap(f"Journal {number}")
        client.force_login(office)

        assertContains(client.get("/avvik/"), 'href="?side=2"')
        second = client.get("/avvik/?side=2").context["page"]
        assert [project.title for project in second] == ["Journal 2"]

    def test_says_what_has_not_been_explained(self, client, office):
        self.gap("Journal")
        client.force_login(office)

        assertContains(client.get("/avvik/"), "Ikke gitt ennå")

    def test_says_when_there_are_none(self, client, office):
        client.force_login(office)

        assertContains(client.get("/avvik/"), "Ingen avvik")

    @pytest.mark.parametrize("who", cast_but("reader", "office"))
    def test_is_forbidden_to_others(self, client, log_in, who):
        log_in(client, who)

        assert client.get("/avvik/").status_code == 403

    def test_asks_a_reader_to_log_in(self, client, db):
        assert client.get("/avvik/").url == "/konto/logg-inn/?next=/avvik/"

    def test_is_only_read(self, client, office):
        client.force_login(office)

        assert client.post("/avvik/").status_code == 405

    @pytest.mark.parametrize("path", ["/mine/"])
    def test_is_linked_for_the_office(self, client, office, manager, path):
        client.force_login(office)
        assertContains(client.get(path), 'href="/avvik/"')
        client.force_login(manager)
        assertNotContains(client.get(path), 'href="/avvik/"')

    @pytest.mark.parametrize("count", [1, 20])
    def test_needs_as_many_queries_for_many(
        self, client, office, manager, django_assert_num_queries, count
    ):
        for number in range(count):
            self.gap(f"Journal {number}").managers.add(manager)
        client.force_login(office)

        # The session, the user, her permissions and her groups'; the settings; how many projects there
        # are, those of the page and their managers.
        with django_assert_num_queries(8):
            client.get("/avvik/")
