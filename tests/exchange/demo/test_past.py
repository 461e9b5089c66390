"""The past of the demonstration portfolio."""

import datetime
from itertools import chain

import pytest
from django.utils import timezone

from fkj_portfolio.history import as_of
from milestones.models import BaselineDate, DateMove, Milestone
from projects.models import (
    Lifecycle,
    Project,
    Status,
    StatusReport,
)
from tests.exchange.demo.known import REAL

pytestmark = pytest.mark.django_db

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
