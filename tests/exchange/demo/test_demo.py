"""The demonstration portfolio, and the command that loads it."""

import datetime

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Count
from django.test import Client

from accounts.models import User
from exchange.examples.demo.load import load_demo, read_register
from milestones.models import Cause, DateMove, Milestone
from projects.models import (
    Contact,
    Lifecycle,
    Owner,
    Project,
    RiskLevel,
    Segment,
    Status,
    StatusReport,
    StrategicGoal,
)
from tests.exchange.demo.known import REAL
from tests.factories import ProjectFactory

pytestmark = pytest.mark.django_db

TODAY = datetime.date(2026, 11, 23)


@pytest.mark.usefixtures("demo")
class TestDemo:
    def test_has_the_real_project_among_24_examples(self):
        real, examples = (Project.objects.get(slug=REAL), Project.objects.filter(is_example=True))

        assert not real.is_example
        assert examples.count() == 24
        assert Project.objects.count() == 25

    def test_gives_the_real_project_what_its_page_says(self):
        real = Project.objects.with_milestone_counts(today=TODAY).get(slug=REAL)

        assert (real.delivered_count, real.milestone_count, real.obsolete_count) == (5, 9, 1)
        assert real.is_published
        assert [user.name for user in real.managers.all()] == ["Kari Nordmann"]

    def test_has_every_status_risk_lifecycle_goal_segment_and_cause(self):
        projects = Project.objects.filter(is_example=True).with_latest_report()

        assert {each.status for each in projects} == {*Status.values, None}
        assert {each.risk_level for each in projects} == {*RiskLevel.values, None}
        assert {each.lifecycle for each in projects} == set(Lifecycle.values)
        assert {each.main_goal for each in projects} == set(StrategicGoal.objects.all())
        assert {each.segment for each in projects} == {*Segment.objects.all(), None}
        assert set(DateMove.objects.values_list("cause", flat=True)) == set(Cause.values)

    def test_has_status_that_is_better_worse_and_unchanged(self):
        order = dict(zip(Status.values, range(3), strict=True))
        reported = Project.objects.with_latest_report().filter(previous_status__isnull=False)
        changes = {order[each.status] - order[each.previous_status] for each in reported}

        assert {-1, 0, 1} <= changes

    def test_has_projects_that_lack_something(self):
        examples = Project.objects.filter(is_example=True)

        assert examples.filter(is_published=False).count() == 1
        for lacking in ("contact", "managers", "milestones", "status_reports"):
            assert examples.filter(**{f"{lacking}__isnull": True}).exists(), lacking
        reports = examples.annotate(reports=Count("status_reports"))
        assert reports.filter(reports=1).exists()

    def test_has_milestones_of_every_kind(self):
        milestones = Milestone.objects.filter(project__is_example=True)
        open_ones = milestones.outstanding()

        assert milestones.filter(is_delivered=True, delivered_on__isnull=True).exists()
        assert milestones.filter(is_delivered=False, is_obsolete=True).exists()
        assert milestones.filter(code="").exists()
        assert open_ones.overdue(today=TODAY).exists()
        assert open_ones.filter(due_on__gt=TODAY).exists()
        assert open_ones.filter(due_on__isnull=True).exists()

    def test_has_milestones_early_late_and_moved_up_to_three_times(self):
        dated = Milestone.objects.filter(delivered_on__isnull=False, original_due_on__isnull=False)
        delivered = dated.filter(project__is_example=True)
        slips = {(each.delivered_on - each.baseline_on).days for each in delivered}
        moves = Milestone.objects.annotate(moves=Count("date_moves"))

        assert min(slips) < 0 < max(slips)
        assert {each.moves for each in moves} == {0, 1, 2, 3}

    def test_ends_every_chain_of_moves_at_the_due_date(self):
        moved = Milestone.objects.filter(date_moves__isnull=False).distinct()
        assert moved
        for milestone in moved:
            moves = list(milestone.date_moves.order_by("moved_at", "pk"))
            ends = [milestone.original_due_on, *(move.to_date for move in moves)]

            assert [move.from_date for move in moves] == ends[:-1]
            assert ends[-1] == milestone.due_on

    def test_could_have_been_typed_into_the_forms(self):
        for model in (Owner, Contact, Project, StatusReport, Milestone, DateMove):
            things = model._default_manager.all()
            assert things
            for thing in things:
                thing.full_clean()

    def test_gives_organisation_numbers_only_to_owners_in_the_series_for_tests(self):
        numbers = Owner.objects.exclude(organisation_number="")

        assert numbers.exists()
        assert not numbers.exclude(organisation_number__startswith="31").exists()

    def test_lets_every_user_log_in(self):
        table = read_register()

        assert table["users"]
        for user in table["users"]:
            client = Client()
            assert client.login(username=user["email"], password=table["password"]), user["email"]

    def test_gives_the_other_manager_no_part_in_the_real_project(self):
        other = User.objects.get(email="annen@example.no")
        leader = User.objects.get(email="leder@example.no")
        real = Project.objects.get(slug=REAL)

        assert real.is_editable_by(leader)
        assert not real.is_editable_by(other)
        assert other.managed_projects.exists()


class TestLoadDemo:
    def test_prints_the_logins(self, capsys):
        call_command("load_demo")

        assert "25 prosjekter" in (printed := capsys.readouterr().out)
        assert "portefolje" in printed
        assert "leder@example.no" in printed

    def test_refuses_where_there_are_projects(self):
        ProjectFactory()

        with pytest.raises(CommandError, match="prosjekter fra før"):
            call_command("load_demo")

        assert Project.objects.count() == 1

    def test_only_prints_the_logins_again_the_second_time_if_empty(self, capsys):
        call_command("load_demo", if_empty=True)
        capsys.readouterr()

        call_command("load_demo", if_empty=True)

        assert Project.objects.count() == 25
        assert "lastet inn" not in (printed := capsys.readouterr().out)
        assert "leder@example.no" in printed

    def test_says_nothing_if_empty_where_there_are_real_projects(self, capsys):
        ProjectFactory()

        call_command("load_demo", if_empty=True)

        assert Project.objects.count() == 1
        assert capsys.readouterr().out == ""

    def test_makes_no_users_where_https_is_on(self, settings):
        settings.HTTPS = True

        call_command("load_demo", if_empty=True)
        with pytest.raises(CommandError, match="--force"):
            call_command("load_demo")

        assert not User.objects.exists()

    def test_is_forced_where_https_is_on(self, settings):
        settings.HTTPS = True

        call_command("load_demo", force=True)

        assert Project.objects.count() == 25

    def test_keeps_what_an_administrator_has_made_already(self):
        owner = Owner.objects.create(name="KS", slug="ks", website="https://example.com/")

        load_demo()

        assert Project.objects.get(slug=REAL).owner == owner
        owner.refresh_from_db()
        assert owner.website == "https://example.com/"
