"""The settings of the portfolio: their truths, and who may set them."""

import pytest
from django.db import IntegrityError
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from projects.models import PortfolioSettings, Project
from tests.cast import cast_but
from tests.factories import ProjectFactory, StatusReportFactory

pytestmark = pytest.mark.django_db

ADMIN = "/admin/projects/portfoliosettings/"
FILLED_IN = {"report_interval_days": 90, "yellow_after_months": 2, "red_after_months": 4}


class TestPortfolioSettings:
    def test_apply_before_anything_is_set(self):
        rules = PortfolioSettings.current()

        assert (rules.report_interval_days, rules.signal_is_public) == (120, False)
        assert (rules.yellow_after_months, rules.red_after_months) == (1, 3)

    def test_are_one_row(self):
        with pytest.raises(IntegrityError, match="there_is_one_row"):
            PortfolioSettings.objects.create(id=2)

    def test_ask_for_reports_weekly_at_most(self):
        with pytest.raises(IntegrityError, match="reports_are_due_weekly_at_most"):
            PortfolioSettings.objects.create(report_interval_days=6)

    @pytest.mark.parametrize(("yellow", "red"), [(3, 3), (4, 3)])
    def test_turn_red_after_yellow(self, yellow, red):
        with pytest.raises(IntegrityError, match="red_comes_after_yellow"):
            PortfolioSettings.objects.create(yellow_after_months=yellow, red_after_months=red)

    def test_ask_a_project_for_reports_weekly_at_most(self):
        with pytest.raises(IntegrityError, match="reports_are_due_weekly_at_most"):
            ProjectFactory(report_interval_days=6)


class TestStatusReport:
    def test_corrects_only_an_earlier_one(self, project):
        report = StatusReportFactory(project=project)

        with pytest.raises(IntegrityError, match="corrects_an_earlier_one"):
            StatusReportFactory(project=project, pk=report.pk - 1, corrects=report)


@pytest.mark.ignore_template_errors
class TestAdmin:
    def test_are_made_once(self, client, administrator):
        client.force_login(administrator)
        page = client.get(f"{ADMIN}add/")
        assertContains(page, "Dager mellom rapporter")
        assertNotContains(page, "_addanother")

        response = client.post(f"{ADMIN}add/", FILLED_IN)

        assertRedirects(response, ADMIN, target_status_code=302)
        assert PortfolioSettings.current().report_interval_days == 90
        assert client.get(f"{ADMIN}add/").status_code == 403

    def test_are_neither_added_nor_deleted_from_the_front_page(self, client, administrator):
        client.force_login(administrator)

        for _made in range(2):
            front = client.get("/admin/")
            assertContains(front, f'href="{ADMIN}"')
            assertNotContains(front, f"{ADMIN}add/")
            row, _is_new = PortfolioSettings.objects.get_or_create(id=1)
        assertNotContains(client.get(f"{ADMIN}{row.pk}/change/"), "/delete/")
        assert client.post(f"{ADMIN}{row.pk}/delete/", {"post": "yes"}).status_code == 403

    def test_have_no_list(self, client, administrator):
        client.force_login(administrator)

        defaults = client.get(ADMIN, follow=True)
        assertRedirects(defaults, f"{ADMIN}add/")
        assertContains(defaults, 'value="120"')
        PortfolioSettings.objects.create(report_interval_days=90)
        row = client.get(ADMIN, follow=True)
        assertRedirects(row, f"{ADMIN}1/change/")
        assertContains(row, 'value="90"')

    def test_are_changed_and_the_history_knows_by_whom(self, client, administrator):
        made = PortfolioSettings.objects.create()
        client.force_login(administrator)

        client.post(f"{ADMIN}1/change/", FILLED_IN | {"signal_is_public": "on"})

        made.refresh_from_db()
        assert made.signal_is_public
        event = made.events.get(pgh_label="update")
        assert event.pgh_context.metadata["user"] == administrator.pk

    def test_are_counted_in_norwegian(self, client, administrator):
        client.force_login(administrator)
        client.post(f"{ADMIN}add/", FILLED_IN)

        response = client.get(f"{ADMIN}1/history/")

        assertContains(response, "1 oppføring")
        assertNotContains(response, "entry")

    @pytest.mark.parametrize(
        ("changes", "words"),
        [
            ({"report_interval_days": 6}, "7"),
            ({"report_interval_days": 731}, "730"),
            ({"red_after_months": 2}, "Rødt må komme etter gult."),
            ({"red_after_months": 32_000}, "36"),
            ({"yellow_after_months": -1}, "0"),
            ({"yellow_after_months": "mange"}, "helt tall"),
        ],
    )
    def test_are_refused_in_words(self, client, administrator, changes, words):
        client.force_login(administrator)

        response = client.post(f"{ADMIN}add/", FILLED_IN | changes)

        assertContains(response, "errorlist")
        assertContains(response, words)
        assert not PortfolioSettings.objects.exists()

    def test_are_never_deleted(self, client, administrator):
        PortfolioSettings.objects.create()
        client.force_login(administrator)

        assert client.post(f"{ADMIN}1/delete/", {"post": "yes"}).status_code == 403
        assert PortfolioSettings.objects.exists()

    @pytest.mark.parametrize("who", cast_but("reader", "administrator"))
    def test_are_closed_to_others(self, client, log_in, who):
        log_in(client, who)

        assert client.post(f"{ADMIN}add/", FILLED_IN, follow=True).status_code == 403
        assert not PortfolioSettings.objects.exists()


class TestOwnInterval:
    def edit(self, client, project, days):
        data = {"title": project.title, "lifecycle": "active", "report_interval_days": days}
        return client.post(f"{project.get_absolute_url()}rediger/", data)

    def test_is_set_by_the_office(self, client, office, project):
        client.force_login(office)

        self.edit(client, project, "30")

        project.refresh_from_db()
        assert project.report_interval_days == 30

    @pytest.mark.parametrize(("days", "words"), [("6", "7"), ("731", "730"), ("x", "helt tall")])
    def test_is_refused_when_it_is_nonsense(self, client, office, project, days, words):
        client.force_login(office)

        assertContains(self.edit(client, project, days), words)
        assert Project.objects.get(pk=project.pk).report_interval_days is None

    def test_is_not_for_her_own_manager(self, client, manager, project):
        client.force_login(manager)

        assertNotContains(client.get("/prosjekter/fkj/rediger/"), "report_interval_days")
        self.edit(client, project, "30")
        assert Project.objects.get(pk=project.pk).report_interval_days is None
