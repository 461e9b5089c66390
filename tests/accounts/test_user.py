import pytest
from django.contrib.auth.models import AnonymousUser, Group
from django.core.management import call_command
from django.db import IntegrityError
from django.db.models import ProtectedError

from accounts.models import ADMINISTRATORS, PORTFOLIO_OFFICE, User, UserRole
from tests.factories import StatusReportFactory, UserFactory

pytestmark = pytest.mark.django_db


class TestUser:
    def test_shares_her_email_with_nobody(self):
        UserFactory(email="ida@ks.no")

        with pytest.raises(IntegrityError, match="email_is_unique"):
            UserFactory(email="ida@ks.no")

    def test_keeps_her_email_in_small_letters(self):
        assert User.objects.create_user("Ida@KS.no", name="Ida").email == "ida@ks.no"

        with pytest.raises(IntegrityError, match="email_is_in_small_letters"):
            User.objects.update(email="Ida@ks.no")

    def test_cannot_be_deleted_once_she_has_reported(self):
        user = UserFactory()
        StatusReportFactory(reported_by=user)

        with pytest.raises(ProtectedError):
            user.delete()

    @pytest.mark.parametrize(
        ("person", "is_staff"),
        [
            ("staff", False),
            ("manager", False),
            ("office", False),
            ("administrator", True),
        ],
    )
    def test_comes_into_the_admin_as_administrator_only(self, request, project, person, is_staff):
        assert request.getfixturevalue(person).is_staff is is_staff

    def test_comes_nowhere_when_she_is_closed(self, administrator):
        administrator.is_active = False

        assert not administrator.is_staff


class TestHistoryOfUsers:
    def test_sees_changes_but_no_passwords(self):
        user = UserFactory(name="Before")
        user.set_password("secret")
        user.name = "After"
        user.save()

        events = user.events.order_by("pgh_id")
        assert [event.name for event in events] == ["Before", "After"]
        assert not hasattr(events[0], "password")

    def test_sees_roles_come_and_go(self, administrator):
        events = UserRole.pgh_event_models["insert"].objects
        administrator.groups.clear()

        seen = events.filter(user=administrator).order_by("pgh_id")
        assert [event.pgh_label for event in seen] == ["insert", "delete"]


class TestMakeGroups:
    def test_makes_both_groups_and_mends_them(self):
        call_command("make_groups")
        Group.objects.get(name=PORTFOLIO_OFFICE).permissions.clear()
        call_command("make_groups")

        office = Group.objects.get(name=PORTFOLIO_OFFICE).permissions
        assert set(office.values_list("codename", flat=True)) == {"add_project", "change_project"}
        administrators = Group.objects.get(name=ADMINISTRATORS).permissions
        names = set(administrators.values_list("codename", flat=True))
        assert {"change_owner", "change_contact", "change_user", "view_group"} <= names
        assert not names & {"change_group", "change_project", "add_permission"}

    def test_gives_readers_nothing(self):
        assert not AnonymousUser().has_perm("projects.change_project")
