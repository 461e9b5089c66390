"""Two who change a user, the settings or a list in the admin at once."""

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from pytest_django.asserts import assertContains

from accounts.models import ADMINISTRATORS, PORTFOLIO_OFFICE, SecurityEvent, SecurityEventKind, User
from projects.models import PortfolioSettings, Segment
from tests.admin_merging.forms import change, form_in, opened, url
from tests.factories import SegmentFactory

# Django's own templates use variables that are not there.
pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]


class TestUsers:
    def test_a_login_that_was_closed_and_a_role_that_was_taken_stay_so(
        self, at_work, administrator, office
    ):
        old = opened(at_work, office)
        role = Group.objects.get(name=PORTFOLIO_OFFICE)
        assert (old["is_active"], old["groups"]) == (["on"], [str(role.pk)])
        at_work.post(url(office), change(change(old, "is_active", []), "groups", []))

        at_work.post(url(office), change(old, "name", ["Kontor Berg"]))

        office.refresh_from_db()
        assert (office.name, office.is_active) == ("Kontor Berg", False)
        assert not office.groups.exists()

    def test_a_role_that_was_given_stays_where_there_was_none(self, at_work, administrator, staff):
        old = opened(at_work, staff)
        staff.groups.add(Group.objects.get(name=ADMINISTRATORS))

        at_work.post(url(staff), change(old, "name", ["Ny"]))

        assert [str(group) for group in staff.groups.all()] == [ADMINISTRATORS]

    def test_the_log_does_not_name_who_saved_another_field(self, at_work, administrator, staff):
        old = opened(at_work, staff)
        staff.groups.add(Group.objects.get(name=ADMINISTRATORS))
        User.objects.filter(pk=staff.pk).update(is_active=False)

        at_work.post(url(staff), change(old, "name", ["Ny"]))

        assert not SecurityEvent.objects.filter(kind=SecurityEventKind.RIGHTS_CHANGED).exists()

    def test_what_was_closed_in_the_list_stays_closed(self, at_work, staff):
        old = opened(at_work, staff)
        at_work.post(
            "/admin/accounts/user/", {"action": "close", "_selected_action": [str(staff.pk)]}
        )

        at_work.post(url(staff), change(old, "name", ["Ny"]))

        staff.refresh_from_db()
        assert (staff.name, staff.is_active) == ("Ny", False)

    def test_the_mark_of_a_password_is_not_the_password(self, at_work, staff):
        staff.set_password("Ti tynne tiurer")
        staff.save()

        for verb in ("change", "password"):
            content = at_work.get(url(staff, verb)).content.decode()
            assert staff.password not in content
            assert staff.password.split("$")[-1] not in content

    def test_a_password_that_somebody_has_set_meanwhile_is_asked_about(self, at_work, staff):
        old = form_in(at_work.get(url(staff, "password")), staff)
        first = {"password1": ["Ti tynne tiurer"], "password2": ["Ti tynne tiurer"]}
        second = {"password1": ["Ni tjukke tiurer"], "password2": ["Ni tjukke tiurer"]}
        assert at_work.post(url(staff, "password"), old | first).status_code == 302

        refused = at_work.post(url(staff, "password"), old | second)

        assertContains(refused, "Noen andre har satt et passord i mellomtiden")
        assert User.objects.get(pk=staff.pk).check_password("Ti tynne tiurer")
        again = form_in(refused, staff) | second
        assert at_work.post(url(staff, "password"), again).status_code == 302
        assert User.objects.get(pk=staff.pk).check_password("Ni tjukke tiurer")

    def test_a_password_that_was_set_meanwhile_stays_when_the_user_is_saved(self, at_work, staff):
        old = opened(at_work, staff)
        staff.set_password("Ti tynne tiurer")
        staff.save()

        at_work.post(url(staff), change(old, "name", ["Ny"]))

        staff.refresh_from_db()
        assert staff.name == "Ny"
        assert staff.check_password("Ti tynne tiurer")


class TestList:
    URL = "/admin/projects/segment/"

    @pytest.fixture
    def three(self):
        return [
            SegmentFactory(name=name, position=place)
            for place, name in enumerate(["A", "B", "C"], start=1)
        ]

    def read(self):
        return list(Segment.objects.order_by("name").values_list("name", "position", "in_use"))

    def test_merges_row_by_row(self, at_work, three):
        old = form_in(at_work.get(self.URL), three[0]) | {"_save": [""]}
        Segment.objects.filter(name="B").update(in_use=False, position=7)

        at_work.post(self.URL, old | {"form-0-position": ["5"]})

        assert self.read() == [("A", 5, True), ("B", 7, False), ("C", 3, True)]

    def test_asks_where_two_changed_the_same_row(self, at_work, three):
        old = form_in(at_work.get(self.URL), three[0]) | {"_save": [""]}
        # The row comes last in the list from now on, and its form stays where it was.
        Segment.objects.filter(name="A").update(position=9)

        refused = at_work.post(self.URL, old | {"form-0-position": ["5"]})

        assertContains(refused, "Noen andre har endret dette i mellomtiden, til: 9.")
        assert self.read()[0] == ("A", 9, True)
        rows = BeautifulSoup(refused.content, "html.parser").select("#result_list tbody tr")
        places = {
            row.select_one("th a").text: row.select_one("input[name$=position]")["value"]
            for row in rows
        }
        assert places == {"A": "5", "B": "2", "C": "3"}
        at_work.post(self.URL, form_in(refused, three[0]) | {"_save": [""]})
        assert self.read()[0] == ("A", 5, True)

    def test_says_that_a_row_has_been_deleted(self, at_work, three):
        old = form_in(at_work.get(self.URL), three[0]) | {"_save": [""]}
        three[1].delete()

        response = at_work.post(self.URL, old | {"form-0-position": ["5"]}, follow=True)

        assertContains(response, "Noen andre har slettet en rad i mellomtiden.")
        assert self.read() == [("A", 1, True), ("C", 3, True)]


class TestSettings:
    def test_opened_before_there_were_any_merge_with_those_that_were_set(self, at_work):
        add = "/admin/projects/portfoliosettings/add/"
        old = form_in(at_work.get(add), PortfolioSettings())
        PortfolioSettings.objects.create(report_interval_days=30)

        at_work.post(add, old | {"red_after_months": ["5"]})

        row = PortfolioSettings.objects.get()
        assert (row.report_interval_days, row.red_after_months) == (30, 5)
