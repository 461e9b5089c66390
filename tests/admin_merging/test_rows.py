"""Two who change or delete rows and things in the admin at once."""

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from pytest_django.asserts import assertContains, assertRedirects

from accounts.models import PORTFOLIO_OFFICE, User
from projects.models import Segment, StrategicGoal, Strategy
from tests.admin_merging.forms import THINGS, form_in, opened, url
from tests.factories import SegmentFactory, StrategicGoalFactory, StrategyFactory

# Django's own templates use variables that are not there.
pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]


class TestRowsOfAStrategy:
    @pytest.fixture
    def strategy(self):
        strategy = StrategyFactory()
        for number, name in enumerate(["Én", "To", "Tre"], start=1):
            StrategicGoalFactory(strategy=strategy, number=number, name=name)
        return strategy

    def read(self, strategy):
        return [str(goal) for goal in strategy.goals.in_order()]

    def test_merge(self, at_work, strategy):
        old = opened(at_work, strategy)
        strategy.goals.filter(number=2).update(name="Hennes")
        StrategicGoalFactory(strategy=strategy, number=4, name="Ny")

        assert at_work.post(url(strategy), old | {"goals-0-name": ["Mitt"]}).status_code == 302

        assert self.read(strategy) == ["1 - Mitt", "2 - Hennes", "3 - Tre", "4 - Ny"]

    def test_ask_where_two_changed_the_same_and_keep_the_name_beside_its_row(
        self, at_work, strategy
    ):
        old = opened(at_work, strategy)
        strategy.goals.filter(number=1).update(number=9, name="Hennes")

        refused = at_work.post(url(strategy), old | {"goals-0-name": ["Mitt"]})

        assertContains(refused, "til: Hennes.")
        rows = BeautifulSoup(refused.content, "html.parser").select("tr.has_original")
        assert [row.select_one(".original p").text.strip() for row in rows] == [
            "9 - Hennes",
            "2 - To",
            "3 - Tre",
        ]
        at_work.post(url(strategy), form_in(refused, strategy))
        assert self.read(strategy) == ["2 - To", "3 - Tre", "9 - Mitt"]

    def test_leave_out_what_a_colleague_has_deleted(self, at_work, strategy):
        old = opened(at_work, strategy)
        strategy.goals.get(number=2).delete()

        assert at_work.post(url(strategy), old | {"goals-0-name": ["Mitt"]}).status_code == 302

        assert self.read(strategy) == ["1 - Mitt", "3 - Tre"]

    def test_tell_of_a_change_of_what_a_colleague_has_deleted(self, at_work, strategy):
        old = opened(at_work, strategy)
        strategy.goals.get(number=2).delete()
        typed = old | {"goals-1-name": ["Mitt"], "goals-2-name": ["Tre ny"]}

        refused = at_work.post(url(strategy), typed)

        assertContains(refused, "Noen andre har slettet «2, Mitt» i mellomtiden")
        assert self.read(strategy) == ["1 - Én", "3 - Tre"]
        assert at_work.post(url(strategy), form_in(refused, strategy)).status_code == 302
        assert self.read(strategy) == ["1 - Én", "3 - Tre ny"]

    def test_are_not_deleted_unseen(self, at_work, strategy):
        old = opened(at_work, strategy)
        strategy.goals.filter(number=2).update(name="Hennes")

        refused = at_work.post(url(strategy), old | {"goals-1-DELETE": ["on"]})

        assertContains(refused, "Noen andre har endret «2 - Hennes» i mellomtiden")
        assert len(self.read(strategy)) == 3
        at_work.post(url(strategy), form_in(refused, strategy))
        assert self.read(strategy) == ["1 - Én", "3 - Tre"]


class TestDeletion:
    @pytest.mark.parametrize("model", [User, Strategy, StrategicGoal, Segment])
    def test_is_asked_again_when_the_thing_has_changed(self, at_work, model):
        thing = THINGS[model]()
        page = at_work.get(url(thing, "delete"), follow=True)
        shown = page.redirect_chain[-1][0]
        model.objects.filter(pk=thing.pk).update(name="Hennes")

        response = at_work.post(shown, {"post": "yes"}, follow=True)

        assert model.objects.filter(pk=thing.pk).exists()
        assertContains(response, "Noen andre har endret dette. Se over det på nytt.")
        assertContains(response, "Hennes")
        assert at_work.post(response.redirect_chain[-1][0], {"post": "yes"}).status_code == 302
        assert not model.objects.filter(pk=thing.pk).exists()

    def test_is_asked_of_whoever_has_not_seen_the_page(self, at_work):
        segment = SegmentFactory()

        at_work.post(url(segment, "delete"), {"post": "yes"})

        assert Segment.objects.filter(pk=segment.pk).exists()

    def test_of_a_chosen_row_goes_by_its_own_page(self, at_work):
        segments = SegmentFactory.create_batch(2)
        keys = [str(each.pk) for each in segments]
        address = "/admin/projects/segment/"

        one = at_work.post(address, {"action": "delete_selected", "_selected_action": keys[:1]})
        both = {"action": "delete_selected", "_selected_action": keys, "post": "yes"}
        several = at_work.post(address, both, follow=True)

        assertRedirects(one, url(segments[0], "delete"), target_status_code=302)
        assertContains(several, "Velg én rad om gangen")
        assert Segment.objects.count() == 2

    def test_sees_that_a_role_was_given(self, at_work, office, staff):
        shown = at_work.get(url(staff, "delete"), follow=True).redirect_chain[-1][0]
        staff.groups.add(Group.objects.get(name=PORTFOLIO_OFFICE))

        at_work.post(shown, {"post": "yes"})

        assert User.objects.filter(pk=staff.pk).exists()

    @pytest.mark.parametrize("model", [User, Strategy, StrategicGoal, Segment])
    def test_meanwhile_is_said_to_who_saves(self, at_work, model):
        thing = THINGS[model]()
        old = opened(at_work, thing)
        address = url(thing)
        thing.delete()

        response = at_work.post(address, old, follow=True)

        assertContains(response, "eksisterer ikke")
        assert not model.objects.filter(name=old["name"][0]).exists()
