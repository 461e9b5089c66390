"""Traces of all that people edit, whichever way it was changed."""

import datetime

import pghistory.models
import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.db import DatabaseError, connection

from fkj_portfolio.marks import pattern_of
from milestones.actions import move_milestone, set_baseline
from projects.actions import digest_of
from projects.models import Owner, PortfolioSettings, Project, RedactionReason
from projects.redaction import find, redact
from tests.factories import (
    ContactFactory,
    MilestoneFactory,
    OwnerFactory,
    ProjectFactory,
    SegmentFactory,
    StatusReportFactory,
    StrategicGoalFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

EVENT_MODELS = [model for model in apps.get_models() if issubclass(model, pghistory.models.Event)]


def labels(thing):
    return [event.pgh_label for event in thing.events.order_by("pgh_id")]


class TestHistory:
    @pytest.mark.parametrize(
        "make", [OwnerFactory, ContactFactory, ProjectFactory, SegmentFactory, StrategicGoalFactory]
    )
    def test_sees_what_is_made_and_saved(self, make):
        thing = make()
        field = "title" if isinstance(thing, Project) else "name"
        setattr(thing, field, "New name")
        thing.save()
        thing.save()

        assert labels(thing) == ["insert", "update"]
        before, after = thing.events.order_by("pgh_id")
        assert (getattr(before, field) != "New name", getattr(after, field)) == (True, "New name")

    def test_sees_bulk_updates_and_plain_sql(self):
        owner = OwnerFactory()

        Owner.objects.update(short_name="bulk")
        connection.cursor().execute("UPDATE projects_owner SET short_name = 'sql'")

        names = list(owner.events.order_by("pgh_id").values_list("short_name", flat=True))
        assert names == ["", "bulk", "sql"]

    def test_sees_what_is_deleted(self):
        owner = OwnerFactory()
        events, pk = type(owner).events.rel.related_model.objects, owner.pk

        owner.delete()

        assert [each.pgh_label for each in events.filter(pgh_obj_id=pk).order_by("pgh_id")] == [
            "insert",
            "delete",
        ]

    def test_knows_who_it_was_and_where(self, client, administrator):
        owner = OwnerFactory(name="Old")
        client.force_login(administrator)
        url = f"/eiere/{owner.pk}/rediger/"

        client.post(url, {"name": "New", "in_use": "on"})

        event = owner.events.latest("pgh_id")
        assert event.name == "New"
        assert event.pgh_context.metadata == {"user": administrator.pk, "url": url}

    def test_knows_who_handed_projects_over(self, client, administrator):
        giver, taker = OwnerFactory.create_batch(2)
        project = ProjectFactory(owner=giver)
        client.force_login(administrator)

        seen = digest_of([project])
        client.post(f"/eiere/{giver.pk}/overfor/?til={taker.pk}", {"seen": seen})

        event = project.events.latest("pgh_id")
        assert event.owner_id == taker.pk
        assert event.pgh_context.metadata["user"] == administrator.pk

    def test_sees_managers_come_and_go(self):
        project, user = ProjectFactory(), UserFactory()
        events = apps.get_model("projects", "ProjectManagerEvent").objects

        project.managers.add(user)
        project.managers.remove(user)

        seen = events.filter(project=project, user=user).order_by("pgh_id")
        assert [event.pgh_label for event in seen] == ["insert", "delete"]

    def test_sees_further_goals_come_and_go(self):
        project, goal = ProjectFactory(), StrategicGoalFactory()
        events = apps.get_model("projects", "ProjectFurtherGoalEvent").objects

        project.further_goals.set([goal])
        project.further_goals.clear()

        seen = events.filter(project=project, strategicgoal=goal).order_by("pgh_id")
        assert [event.pgh_label for event in seen] == ["insert", "delete"]

    def test_keeps_reports(self):
        assert labels(StatusReportFactory()) == ["insert"]

    @pytest.mark.parametrize("model", EVENT_MODELS, ids=lambda model: model.__name__)
    @pytest.mark.parametrize("command", ["UPDATE {} SET pgh_label = 'x'", "DELETE FROM {}"])
    def test_is_never_rewritten(self, model, command, project):
        _make_an_event_of_everything(project)
        assert model.objects.exists()

        with pytest.raises(DatabaseError, match="Cannot update or delete"):
            connection.cursor().execute(command.format(model._meta.db_table))


def _make_an_event_of_everything(project):
    manager, milestone = project.managers.get(), MilestoneFactory(project=project)
    september = datetime.date(2026, 9, 30)
    move_milestone(milestone=milestone, to=september, by=manager, cause="legal", reason="The law.")
    set_baseline(
        project=project, milestones=[milestone], decision="12/26", decided_on=september, by=manager
    )
    StatusReportFactory(project=project)
    ContactFactory()
    SegmentFactory()
    PortfolioSettings.objects.create()
    project.further_goals.add(StrategicGoalFactory())
    manager.groups.add(Group.objects.create(name="A group"))
    found = find(project, pattern_of("kommunal"), "kommunal")
    redact(found, reason=RedactionReason.PERSONAL, by=manager)
