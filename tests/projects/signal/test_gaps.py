"""Reports that are greener than the signal: the reason for it, and the list of them."""

import pytest
from pytest_django.asserts import assertContains, assertNotContains

from projects.models import Lifecycle, PortfolioSettings, Project, Status
from tests.cast import cast_but
from tests.factories import MilestoneFactory, ProjectFactory, StatusReportFactory
from tests.portfolio import soup
from tests.projects.signal.measures import day

pytestmark = pytest.mark.django_db


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

        found = Project.objects.with_gap(
            rules=PortfolioSettings().signal_rules, today=day("2026-07-10")
        ).get()

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

        # The session, the user, her permissions; the settings; how many projects there
        # are, those of the page and their managers.
        with django_assert_num_queries(7):
            client.get("/avvik/")
