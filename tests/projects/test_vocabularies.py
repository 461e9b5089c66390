"""The truths of the register and the vocabularies, each broken once against the database."""

import datetime

import pytest
from django.core.management import call_command
from django.db import DatabaseError, IntegrityError, connection
from django.db.models import ProtectedError
from django.utils import timezone

from projects.models import (
    Contact,
    Owner,
    RiskLevel,
    Segment,
    StatusReport,
    StrategicGoal,
    Strategy,
)
from tests.factories import (
    ContactFactory,
    OwnerFactory,
    ProjectFactory,
    SegmentFactory,
    StatusReportFactory,
    StrategicGoalFactory,
    StrategyFactory,
)

pytestmark = pytest.mark.django_db


class TestOwner:
    @pytest.mark.parametrize("number", ["", "971032146", "983544622", "889640782"])
    def test_may_have_a_valid_organisation_number(self, number):
        assert OwnerFactory(organisation_number=number).pk

    @pytest.mark.parametrize("number", ["971032147", "12345678", "97103214x", "97103 146"])
    def test_cannot_have_another_number(self, number):
        with pytest.raises(IntegrityError, match="organisation_number_is_valid"):
            OwnerFactory(organisation_number=number)

    def test_shares_its_number_with_nobody(self):
        OwnerFactory(organisation_number="971032146")

        with pytest.raises(IntegrityError, match="organisation_number_is_unique"):
            OwnerFactory(organisation_number="971032146")

    def test_shares_its_name_with_nobody_whatever_the_case(self):
        OwnerFactory(name="Ås kommune")

        with pytest.raises(IntegrityError, match="name_is_unique"):
            OwnerFactory(name="ÅS KOMMUNE")

    def test_does_not_succeed_itself(self):
        owner = OwnerFactory(in_use=False)

        with pytest.raises(IntegrityError, match="does_not_succeed_itself"):
            Owner.objects.update(successor=owner)

    def test_is_not_in_use_once_succeeded(self):
        with pytest.raises(IntegrityError, match="with_a_successor_is_not_in_use"):
            OwnerFactory(successor=OwnerFactory())

    def test_cannot_be_deleted_while_a_project_has_it(self):
        owner = ProjectFactory().owner

        with pytest.raises(ProtectedError):
            owner.delete()

    def test_gets_a_slug_that_is_free(self):
        OwnerFactory(slug="helse-more-og-romsdal")

        assert Owner.objects.free_slug("Helse Møre og Romsdal") == "helse-more-og-romsdal-2"
        assert Owner.objects.free_slug("!!!") == "eier"
        assert len(Owner.objects.free_slug("Æ" * 200)) == 210

    def test_gets_no_slug_that_means_no_owner(self):
        assert Owner.objects.free_slug("Ingen") == "ingen-2"

    def test_is_found_by_name_and_short_name(self):
        owner = OwnerFactory(name="Helsedirektoratet", short_name="Hdir")

        assert Owner.objects.named("HDIR").get() == owner
        assert Owner.objects.named("helsedirektoratet").get() == owner


class TestContact:
    def test_shows_an_email_that_it_has(self):
        with pytest.raises(IntegrityError, match="shows_an_email_that_it_has"):
            ContactFactory(email_is_public=True)

    def test_shows_a_phone_number_that_it_has(self):
        with pytest.raises(IntegrityError, match="shows_a_phone_number_that_it_has"):
            ContactFactory(phone_is_public=True)

    def test_keeps_its_owner_from_being_deleted(self):
        with pytest.raises(ProtectedError):
            ContactFactory().owner.delete()

    def test_is_sorted_by_the_norwegian_alphabet(self):
        for name in ("Åse", "Aage", "Øyvind", "Ærlend", "Zoe", "anne"):
            ContactFactory(name=name)

        names = [contact.name for contact in Contact.objects.in_order()]

        assert names == ["anne", "Zoe", "Ærlend", "Øyvind", "Aage", "Åse"]


class TestStrategy:
    def test_ends_after_it_starts(self):
        day = datetime.date(2023, 1, 1)

        with pytest.raises(IntegrityError, match="ends_after_it_starts"):
            StrategyFactory(starts_on=day, ends_on=day)

    def test_has_a_name_of_its_own(self):
        Strategy.objects.bulk_create([StrategyFactory.build(name="Ny")])

        with pytest.raises(IntegrityError, match="name"):
            Strategy.objects.bulk_create([StrategyFactory.build(name="Ny")])


class TestStrategicGoal:
    def test_has_a_number_of_its_own_in_its_strategy(self):
        StrategicGoalFactory(number=4)
        StrategicGoalFactory(number=4, strategy__name="Strategi 2031–2036")

        with pytest.raises(IntegrityError, match="number_is_unique_in_its_strategy"):
            StrategicGoalFactory(number=4)

    def test_has_a_positive_number(self):
        with pytest.raises(IntegrityError, match="number_is_positive"):
            StrategicGoalFactory(number=0)

    def test_applies_as_long_as_its_strategy(self):
        goal = StrategicGoalFactory()

        def current(*day):
            return goal in StrategicGoal.objects.current(today=datetime.date(*day))

        assert current(2023, 1, 1)
        assert current(2030, 12, 31)
        assert not current(2031, 1, 1)
        assert not current(2022, 12, 31)

    def test_cannot_be_deleted_while_a_project_serves_it(self):
        goal = StrategicGoalFactory()
        ProjectFactory(main_goal=goal)

        with pytest.raises(ProtectedError):
            goal.delete()


class TestSegment:
    @pytest.mark.parametrize("field", ["name", "slug"])
    def test_has_a_name_and_an_address_of_its_own(self, field):
        SegmentFactory(**{field: "koordinere"})

        with pytest.raises(IntegrityError, match=field):
            SegmentFactory(**{field: "koordinere"})

    def test_is_made_last_when_it_is_new(self):
        SegmentFactory(position=1)

        segment = Segment.objects.named("Observere")

        assert (segment.slug, segment.position) == ("observere", 2)
        assert Segment.objects.named("Observere") == segment

    def test_cannot_be_deleted_while_a_project_has_it(self):
        segment = SegmentFactory()
        ProjectFactory(segment=segment)

        with pytest.raises(ProtectedError):
            segment.delete()


class TestMakeVocabularies:
    def test_makes_goals_and_segments_once(self):
        call_command("make_vocabularies")
        call_command("make_vocabularies")

        goals = [str(goal) for goal in StrategicGoal.objects.in_order()]
        assert goals[3] == "4 - Tilgjengelig informasjon og styrket samhandling"
        assert len(goals) == 5
        segments = [segment.name for segment in Segment.objects.in_order()]
        assert segments == ["Samstyre", "Koordinere", "Observere"]


class TestStatusReport:
    def test_has_a_known_status(self):
        with pytest.raises(IntegrityError, match="status_is_known"):
            StatusReportFactory(status="fine")

    def test_has_a_known_risk_level(self):
        with pytest.raises(IntegrityError, match="risk_level_is_known"):
            StatusReportFactory(risk_level="")

    def test_is_not_of_tomorrow(self):
        tomorrow = timezone.localdate() + datetime.timedelta(days=1)

        with pytest.raises(IntegrityError, match="reported_on_is_not_in_future"):
            StatusReportFactory(reported_on=tomorrow)

    def test_may_be_of_today(self):
        assert StatusReportFactory(reported_on=timezone.localdate()).pk

    @pytest.mark.parametrize("way", ["save", "queryset", "bulk", "sql"])
    def test_never_changes(self, way):
        report = StatusReportFactory()
        report.risk_level = RiskLevel.HIGH
        table = StatusReport._meta.db_table
        ways = {
            "save": report.save,
            "queryset": lambda: StatusReport.objects.update(risk_level=RiskLevel.HIGH),
            "bulk": lambda: StatusReport.objects.bulk_update([report], ["risk_level"]),
            "sql": lambda: connection.cursor().execute(f"UPDATE {table} SET status_text = 'x'"),
        }

        with pytest.raises(
            DatabaseError, match="Cannot update or delete rows from projects_statusreport"
        ):
            ways[way]()

    @pytest.mark.parametrize("way", ["delete", "queryset", "sql"])
    def test_is_never_deleted(self, way):
        report = StatusReportFactory()
        table = StatusReport._meta.db_table
        ways = {
            "delete": report.delete,
            "queryset": StatusReport.objects.all().delete,
            "sql": lambda: connection.cursor().execute(f"DELETE FROM {table}"),
        }

        with pytest.raises(DatabaseError, match=r"Cannot (update or )?delete"):
            ways[way]()

    def test_keeps_its_project_from_being_deleted(self):
        with pytest.raises(ProtectedError):
            StatusReportFactory().project.delete()
