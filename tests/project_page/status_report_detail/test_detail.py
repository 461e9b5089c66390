"""The page of a report, and its readers."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from milestones.actions import move_milestone
from projects.models import PortfolioSettings
from tests.cast import LOGGED_IN
from tests.factories import MilestoneFactory, ProjectFactory, StatusReportFactory
from tests.project_page.status_report_detail.pages import day, page_of

pytestmark = pytest.mark.django_db


class TestStatusReportDetail:
    def test_says_all_of_it(self, client, april):
        response = client.get(page_of(april))

        assertContains(response, "<h1>Statusrapport 12. april 2023</h1>")
        assertContains(response, "Noen utfordringer")
        assertContains(response, "Kvalitetssikringen tar lengre tid enn planlagt.")
        assertContains(response, "Middels")
        assertContains(response, "Finansieringen etter 30.06.2023 er ikke avklart.")
        assertContains(response, "Håkon Grimstad")
        assertContains(response, "<dd>KS</dd>")

    def test_names_who_reported_to_staff_only(self, client, staff, april):
        assertNotContains(client.get(page_of(april)), "Kari Nordmann")
        client.force_login(staff)

        assertContains(client.get(page_of(april)), "<dd>Kari Nordmann</dd>")

    def test_says_that_it_was_read_from_an_old_page(self, client, staff, imported):
        client.force_login(staff)

        assertContains(client.get(page_of(imported)), "Lest fra en gammel prosjektside")

    def test_calls_the_owner_and_the_contact_as_they_were_called_then(self, client, story, april):
        story.owner.name = "Et nytt navn"
        story.owner.save()
        story.contact.name = "En ny kontakt"
        story.contact.save()

        response = client.get(page_of(april))

        assertContains(response, "Håkon Grimstad")
        assertNotContains(response, "En ny kontakt")

    def test_shows_the_milestones_as_they_stood(self, client, imported, april):
        response = client.get(page_of(imported))

        assertContains(response, "Leveransene slik de sto 15. februar 2023")
        assertContains(response, "Prosjektet er ferdig med 5 av 9 leveranser.")
        assertNotContains(response, "01.06.2023")
        assertContains(response, "MP7")
        assertNotContains(response, "Forankringen går videre")
        response = client.get(page_of(april))
        assertContains(response, "Leveransene slik de sto 12. april 2023")
        assertContains(response, "92 dager etter opprinnelig frist, flyttet 1 gang")

    def test_says_what_had_changed_since_the_one_before(self, client, april, may):
        response = client.get(page_of(april))

        assertContains(response, "Siden rapporten fra 15. februar 2023")
        assertContains(response, "Status er «Noen utfordringer». Den var «Under kontroll».")
        assertContains(response, "Risikoen er «Middels». Den var «Lav».")
        assertContains(response, "Fristen for MP5 er flyttet til 01.06.2023, 92 dager senere.")
        assertContains(response, "Fristen for MP6 er flyttet til 15.06.2023, 92 dager senere.")
        assertContains(response, "(dårligere enn 15. februar 2023)")
        assertContains(client.get(page_of(may)), "Ingenting er endret på leveransene.")

    def test_leads_to_the_one_before_and_the_next(self, client, imported, april, may):
        response = client.get(page_of(april))

        assertContains(response, f'<a rel="prev" href="{page_of(imported)}">')
        assertContains(response, f'<a rel="next" href="{page_of(may)}">')
        assertNotContains(client.get(page_of(imported)), 'rel="prev"')
        assertNotContains(client.get(page_of(may)), 'rel="next"')

    def test_offers_no_work_on_milestones(self, client, office, april):
        client.force_login(office)

        response = client.get(page_of(april))

        assertNotContains(response, "milestone__actions")
        assertContains(client.get(april.project.get_absolute_url()), "milestone__actions")

    @pytest.mark.parametrize(
        ("who", "sees"),
        [
            ("reader", False),
            ("staff", False),
            ("other_manager", False),
            ("administrator", False),
            ("manager", True),
            ("office", True),
        ],
    )
    def test_says_why_it_was_greener_than_the_signal_to_those_who_see_the_signal(
        self, client, log_in, project, who, sees
    ):
        report = StatusReportFactory(project=project, gap_reason="Fristen er avtalt.")
        log_in(client, who)

        assert ("Fristen er avtalt." in client.get(page_of(report)).content.decode()) is sees

        PortfolioSettings.objects.create(signal_is_public=True)
        assertContains(client.get(page_of(report)), "Fristen er avtalt.")

    def test_shows_script_as_text(self, client, project):
        report = StatusReportFactory(project=project, status_text="<script>alert(1)</script>")

        response = client.get(page_of(report))

        assertContains(response, "&lt;script&gt;alert(1)")
        assertNotContains(response, "<script>alert(1)")

    def test_needs_as_many_queries_for_much_as_for_little(
        self, client, manager, project, django_assert_num_queries
    ):
        StatusReportFactory.create_batch(5, project=project, reported_by=manager)
        report = StatusReportFactory(project=project, reported_by=manager)
        MilestoneFactory.create_batch(9, project=project)
        for milestone in project.milestones.all():
            move_milestone(
                milestone=milestone,
                to=day("2026-09-01"),
                by=manager,
                cause="trial",
                reason="Vi prøver.",
            )
        client.force_login(manager)

        # The session and the user; the project, the reports and their corrections; for this report
        # and the one before: a day without the project (five) and the day when it was recorded, with
        # the project, its milestones, moves and baselines (eight); whether she may change it: her
        # permissions, and whether she manages it; the settings.
        with django_assert_num_queries(34):
            client.get(page_of(report))


class TestReaders:
    def test_see_nothing_of_a_project_that_is_not_published(self, client, story, april):
        story.unpublish()

        assert client.get(page_of(april)).status_code == 404

    @pytest.mark.parametrize("who", LOGGED_IN)
    def test_and_the_whole_cast_see_the_rest(self, client, log_in, april, who):
        assert client.get(page_of(april)).status_code == 200
        log_in(client, who)

        assert client.get(page_of(april)).status_code == 200

    def test_find_no_report_of_another_project(self, client, april):
        other = ProjectFactory()

        for pk in (april.pk, 0, 10**30):
            address = reverse("projects:status_report_detail", args=[other.slug, pk])
            assert client.get(address).status_code == 404

    def test_only_read(self, client, april):
        assert client.post(page_of(april)).status_code == 405
        assert client.get(f"{page_of(april)[:-1]}x/").status_code == 404
