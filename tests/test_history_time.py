"""Reading the portfolio as of a day: which time belongs to which day, and what a table shows."""

import datetime

import pytest
from django.apps import apps
from django.db import connection

from fkj_portfolio.history import Event, WritesThePastError, as_it_is, as_of, end_of
from milestones.models import Milestone
from projects.models import Contact, Owner, PortfolioSettings, Project, StatusReport
from tests.factories import (
    ContactFactory,
    MilestoneFactory,
    OwnerFactory,
    ProjectFactory,
    StatusReportFactory,
    StrategicGoalFactory,
    UserFactory,
)
from tests.past import COMPUTED, at, day

pytestmark = pytest.mark.django_db

ONE_DAY = datetime.timedelta(days=1)
#: Who logs in, and what she may do.
PRESENT = ["accounts.User", "accounts.UserRole"]
#: The days on which the clocks change, in 2026, and an ordinary one.
DAYS = [day("2026-03-29"), day("2026-10-25"), day("2026-07-10")]


def rename(project, title):
    Project.objects.filter(pk=project.pk).update(title=title)


def title_on(on):
    with as_of(on):
        return Project.objects.get().title


class TestDay:
    @pytest.mark.parametrize("on", DAYS, ids=str)
    def test_lasts_from_midnight_to_midnight_in_norway(self, on):
        with at(f"{on - ONE_DAY} 23:59:59"):
            project = ProjectFactory(title="The day before")
        with at(f"{on} 00:00"):
            rename(project, "Its first second")
        assert title_on(on) == "Its first second"
        with at(f"{on} 23:59:59"):
            rename(project, "Its last second")
        with at(f"{on + ONE_DAY} 00:00"):
            rename(project, "The day after")

        titles = [title_on(on + ONE_DAY * days) for days in (-1, 0, 1)]
        assert titles == ["The day before", "Its last second", "The day after"]

    @pytest.mark.parametrize(("on", "hours"), [(DAYS[0], 23), (DAYS[1], 25), (DAYS[2], 24)])
    def test_is_as_long_as_the_clocks_make_it(self, on, hours):
        # In universal time: two times with the same clock would be compared by the clock.
        begins, ends = (
            each.astimezone(datetime.UTC) for each in (end_of(on - ONE_DAY), end_of(on))
        )
        assert ends - begins == datetime.timedelta(hours=hours)

    def test_keeps_the_order_of_what_happened_at_one_time(self):
        with at("2026-07-10 12:00"):
            project = ProjectFactory(title="First")
            rename(project, "Second")
            rename(project, "Third")

        assert title_on(day("2026-07-10")) == "Third"


class TestAsOf:
    def test_shows_things_from_their_first_day_to_their_last(self):
        with at("2026-03-02"):
            milestone = MilestoneFactory(project=ProjectFactory())
            milestone.project.further_goals.add(StrategicGoalFactory())
            milestone.project.managers.add(UserFactory())
        with at("2026-05-04"):
            milestone.project.delete()

        def there(on):
            with as_of(day(on)):
                goals = [
                    goal for each in Project.objects.all() for goal in each.further_goals.all()
                ]
                people = [user for each in Project.objects.all() for user in each.managers.all()]
                counts = Project.objects.count(), Milestone.objects.count()
                return (*counts, len(goals), len(people))

        assert there("2026-03-01") == (0, 0, 0, 0)
        assert there("2026-03-02") == (1, 1, 1, 1)
        assert there("2026-05-03") == (1, 1, 1, 1)
        assert there("2026-05-04") == (0, 0, 0, 0)

    def test_shows_the_reports_that_there_were(self):
        with at("2026-03-02"):
            project = ProjectFactory()
        with at("2026-04-02"):
            StatusReportFactory(project=project, reported_on=day("2026-04-02"))

        for on, count in (("2026-04-01", 0), ("2026-04-02", 1)):
            with as_of(day(on)):
                assert StatusReport.objects.count() == count

    def test_calls_owners_and_contacts_as_they_were_called(self):
        with at("2026-03-02"):
            contact = ContactFactory(name="Kari Nordmann", owner=OwnerFactory(name="Gammelt navn"))
        with at("2026-04-02"):
            Owner.objects.update(name="Nytt navn")
            Contact.objects.update(name="Ola Nordmann")

        def names(on):
            with as_of(day(on)):
                contact = Contact.objects.select_related("owner").get()
                return contact.name, contact.owner.name

        assert names("2026-04-01") == ("Kari Nordmann", "Gammelt navn")
        assert names("2026-04-02") == ("Ola Nordmann", "Nytt navn")
        # Before they were recorded they are called as they were called first.
        assert names("2026-01-01") == ("Kari Nordmann", "Gammelt navn")
        contact.delete()
        assert names("2026-04-02") == ("Ola Nordmann", "Nytt navn")

    def test_follows_the_defaults_until_there_were_settings(self):
        with at("2026-03-02"):
            PortfolioSettings.objects.create(report_interval_days=30, signal_is_public=True)

        for on, days, is_public in (("2026-03-01", 120, False), ("2026-03-02", 30, True)):
            with as_of(day(on)):
                rules = PortfolioSettings.current()
                assert (rules.report_interval_days, rules.signal_is_public) == (days, is_public)

    def test_lets_nothing_be_changed(self):
        ProjectFactory()

        with pytest.raises(WritesThePastError), as_of(day("2026-03-02")):
            Owner.objects.update(name="Forged")
        ProjectFactory()

        assert Project.objects.count() == 2

    def test_ends_with_its_block_also_when_that_fails(self):
        ProjectFactory()

        with pytest.raises(Project.DoesNotExist), as_of(day("2026-03-02")):
            Project.objects.get()

        assert Project.objects.exists()

    def test_can_look_at_another_day_and_at_today(self):
        with at("2026-03-02"):
            ProjectFactory()

        with as_of(day("2026-03-01")):
            with as_of(day("2026-03-02")):
                assert Project.objects.count() == 1
            assert Project.objects.count() == 0
            with as_it_is():
                assert Project.objects.count() == 1
            assert Project.objects.count() == 0
        assert Project.objects.count() == 1


def tracked_tables():
    """The tables whose history is kept, but those that are read as they are now on every day."""
    return [
        model.pgh_tracked_model._meta.db_table
        for model in apps.get_models()
        if issubclass(model, Event) and model.pgh_tracked_model._meta.label not in PRESENT
    ]


def columns(schema, table):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT column_name, data_type, character_maximum_length"
            " FROM information_schema.columns WHERE table_schema = %s AND table_name = %s",
            [schema, table],
        )
        return sorted(cursor.fetchall())


class TestViews:
    def test_are_there_for_every_table(self):
        with connection.cursor() as cursor:
            cursor.execute("SELECT viewname FROM pg_views WHERE schemaname = 'as_of'")
            views = [name for (name,) in cursor.fetchall()]

        assert sorted(views) == sorted([*tracked_tables(), *COMPUTED])

    @pytest.mark.parametrize("table", [*tracked_tables(), *COMPUTED])
    def test_have_the_columns_of_their_table(self, table):
        more = [("texts", "text", None)] if table == "projects_projectwords" else []
        # To look into a day's texts before their words are gathered.
        assert columns("as_of", table) == sorted([*columns("public", table), *more])
