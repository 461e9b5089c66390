"""The demonstration portfolio: it has something for every page, and is loaded only where wanted."""

import datetime
from itertools import chain

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Count
from django.test import Client
from django.utils import timezone

from accounts.models import User
from exchange.examples.demo.load import load_demo, read_register
from fkj_portfolio.history import as_of
from milestones.models import BaselineDate, Cause, DateMove, Milestone
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
from tests.factories import ProjectFactory

TODAY = datetime.date(2026, 11, 23)
REAL = "felles-kommunal-journal"
E_HEALTH = ("Direktoratet for e-helse", "Helsedirektoratet")
LYNGOY = ("Lyngøyregionen IKT-samarbeid", "Lyngøyregionen IKS")
PROVESVAR = ("Elektroniske prøvesvar til kommunene", "Prøvesvar rett i journalen")
#: Some changes: the project, what changed, on which day, from what, to what.
CHANGES = [
    ("personvernveiledning", "lifecycle", "2026-09-30", "active", "closed"),
    ("journal-for-skolehelsetjenesten", "lifecycle", "2026-06-01", "active", "paused"),
    ("en-vei-inn-for-henvisninger", "lifecycle", "2025-06-02", "planned", "active"),
    ("parorendevarsel", "segment__name", "2025-11-17", "Observere", "Koordinere"),
    ("begrepskatalog", "owner__name", "2024-01-01", *E_HEALTH),
    ("felles-innkjop-av-velferdsteknologi", "owner__name", "2025-01-01", *LYNGOY),
    ("provesvar-rett-i-journalen", "title", "2026-02-02", *PROVESVAR),
]

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo() -> None:
    load_demo()


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


@pytest.mark.usefixtures("demo")
class TestPastOfTheDemo:
    def test_shows_fewer_projects_the_further_back(self):
        counts = []
        for day in ("2023-02-14", "2023-02-15", "2024-06-01", "2025-06-01", "2026-06-01"):
            with as_of(datetime.date.fromisoformat(day)):
                counts.append(Project.objects.count())

        assert counts[:2] == [0, 1]
        assert counts == sorted(counts)
        assert counts[-1] < 25

    def test_shows_only_what_had_happened_on_a_day(self):
        day = datetime.date(2025, 6, 1)
        with as_of(day):
            drafts = Project.objects.filter(is_published=False)
            assert [project.slug for project in drafts] == ["ki-i-turnusplanlegging"]
            assert not Milestone.objects.filter(delivered_on__gt=day).exists()
            assert not Milestone.objects.filter(obsolete_on__gt=day).exists()
            assert not DateMove.objects.filter(moved_at__date__gt=day).exists()
            assert not StatusReport.objects.filter(reported_on__gt=day).exists()
            statuses = set(Project.objects.with_latest_report().values_list("status", flat=True))
            assert {"on_track", "challenges", None} <= statuses

    def test_gives_each_report_the_names_of_its_day(self):
        timebox = StatusReport.objects.filter(project__slug="helsestasjonens-timebok")

        in_order = timebox.order_by("reported_on", "pk")
        names = dict(in_order.values_list("reported_on__year", "contact_name"))
        assert names == {2025: "Magnhild Kvitberg", 2026: "Åse Bakkelid"}
        assert timebox.filter(contact_name="Magnhild Kvitberg").count() == 2

    def test_shows_what_was_otherwise_until_a_day(self):
        for slug, field, day, then, now in CHANGES:
            project = Project.objects.filter(slug=slug).values_list(field, flat=True)
            with as_of(datetime.date.fromisoformat(day)):
                assert project.get() == now
            with as_of(datetime.date.fromisoformat(day) - datetime.timedelta(days=1)):
                assert project.all().get() == then

    def test_shows_milestones_as_they_stood(self):
        agreement = Milestone.objects.filter(
            project__slug="felles-innkjop-av-velferdsteknologi", code="MP2"
        )
        for day, due, delivered in (
            ("2025-05-18", "2025-05-30", False),
            ("2025-05-19", "2025-09-30", False),
            ("2025-09-24", "2026-01-09", False),
            ("2026-01-09", "2026-01-09", True),
        ):
            with as_of(datetime.date.fromisoformat(day)):
                milestone = agreement.get()
                assert (str(milestone.due_on), milestone.is_delivered) == (due, delivered)
                assert str(milestone.original_due_on) == "2025-05-30"

    def test_has_two_new_baselines_by_the_office(self):
        dates = BaselineDate.objects.all()

        assert [each.milestone.code for each in dates.order_by("to_date")] == ["MP3", "MP5"]
        for each in dates:
            assert str(each.baseline.set_by) == "Per Nordmann"
            with as_of(each.baseline.decided_on - datetime.timedelta(days=1)):
                assert Milestone.objects.get(pk=each.milestone_id).new_baseline_on is None
            with as_of(each.baseline.decided_on):
                assert Milestone.objects.get(pk=each.milestone_id).new_baseline_on == each.to_date

    def test_says_who_did_what(self):
        move = DateMove.objects.filter(moved_by__email="kontor@example.no").first()

        event = move.events.get()
        assert event.pgh_context.metadata == {"user": move.moved_by_id}
        assert timezone.localdate(event.pgh_true_from) == timezone.localdate(move.moved_at)

    def test_has_statuses_that_became_better_and_worse_in_the_last_round(self):
        def figures(day: str) -> list[int]:
            with as_of(datetime.date.fromisoformat(day)):
                active = Project.objects.filter(lifecycle=Lifecycle.ACTIVE).with_latest_report()
                statuses = list(active.values_list("status", flat=True))
            return [statuses.count(status) for status in Status.values]

        assert figures("2026-06-01") == [10, 7, 1]
        assert figures("2026-11-23") == [10, 5, 2]

    def test_leaves_the_real_project_without_invented_events(self):
        real = Project.objects.get(slug=REAL)
        things = [real, *real.milestones.all(), *real.status_reports.all()]

        events = [list(thing.events.all()) for thing in things]
        assert len(events) > 1
        assert all(events)
        for event in chain.from_iterable(events):
            assert timezone.localdate(event.pgh_true_from) == datetime.date(2023, 2, 15)
