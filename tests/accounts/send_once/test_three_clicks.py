"""Three clicks, which do a thing once."""

import datetime
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.conf import settings
from django.core import mail
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts.models import SentForm, User
from milestones.actions import move_milestone
from milestones.models import Baseline, Milestone
from projects.models import (
    Contact,
    Owner,
    Project,
    ProjectsChange,
    SavedView,
    StatusReport,
    Strategy,
)
from tests.accounts.send_once.clicks import told
from tests.factories import (
    ContactFactory,
    MilestoneFactory,
    OwnerFactory,
    ProjectFactory,
    SavedViewFactory,
    StatusReportFactory,
    UserFactory,
)
from tests.sending import fill_in

CLICKS = 3
DUE, LATER = datetime.date(2099, 6, 30), datetime.date(2099, 9, 30)


def click_three_times(browser, url, form, **headers):
    """Send the same form three times at the same moment, as one browser does."""
    barrier = Barrier(CLICKS, timeout=10)

    def click(_):
        tab = Client(raise_request_exception=False, headers=headers)
        tab.cookies[settings.SESSION_COOKIE_NAME] = browser.session.session_key
        barrier.wait()
        try:
            return tab.post(url, form)
        finally:
            connection.close()

    with ThreadPoolExecutor(CLICKS) as pool:
        return list(pool.map(click, range(CLICKS)))


def the_answer(answers):
    """Return what all of them were answered, which must be the same."""
    said = {(each.status_code, each.headers.get("Location"), *told(each)) for each in answers}
    assert len(said) == 1
    return answers[0]


@pytest.mark.django_db(transaction=True)
class TestThreeClicks:
    @pytest.fixture
    def new_delivery(self, project) -> str:
        return reverse("milestones:milestone_create", args=[project.slug])

    def test_make_one_delivery(self, browser, new_delivery):
        url, form = fill_in(browser, new_delivery, title="Uten kode")

        answer = the_answer(click_three_times(browser, url, form))

        assert answer.headers["Location"] == Milestone.objects.get().get_absolute_url()
        assert told(answer)[0].startswith("Uten kode er lagt til.")

    def test_make_one_delivery_in_place(self, browser, new_delivery):
        url, form = fill_in(browser, new_delivery, title="Uten kode")

        answers = click_three_times(browser, url, form, **{"hx-request": "true"})

        row = f'id="{Milestone.objects.get().anchor}"'
        assert all(row in each.text for each in answers)
        assert {each.headers["HX-Retarget"] for each in answers} == {"#milestones"}

    def test_make_one_delivery_of_a_form_without_a_key(self, browser, new_delivery):
        the_answer(click_three_times(browser, new_delivery, {"title": "Uten kode"}))

        assert Milestone.objects.count() == 1

    @pytest.mark.parametrize(
        ("page", "model", "typed"),
        [
            ("projects:project_create", Project, {"title": "Nytt tiltak"}),
            ("projects:owner_create", Owner, {"name": "Ny eier"}),
            ("projects:saved_view_create", SavedView, {"name": "Styret"}),
            ("admin:accounts_user_add", User, {"name": "Ida", "email": "ida@ks.no"}),
            ("admin:projects_strategy_add", Strategy, {"name": "Ny strategi"}),
        ],
    )
    def test_make_one_of_a_kind(self, browser, page, model, typed):
        dates = {"starts_on": "01.01.2031", "ends_on": "31.12.2035"}
        url, form = fill_in(browser, reverse(page), **dates, **typed)

        answer = the_answer(click_three_times(browser, url, form))

        assert answer.status_code == 302
        assert model.objects.filter(**typed).count() == 1
        assert len(mail.outbox) == (model is User)

    def test_make_one_strategy_in_a_window_of_its_own(self, browser):
        page = f"{reverse('admin:projects_strategy_add')}?_to_field=id&_popup=1"
        dates = {"starts_on": "01.01.2031", "ends_on": "31.12.2035"}
        url, form = fill_in(browser, page, name="Ny strategi", **dates)

        answers = click_three_times(browser, url, form)

        assert Strategy.objects.count() == 1
        assert len({each.text for each in answers}) == 1

    def test_make_one_contact(self, browser):
        page = reverse("projects:contact_create")
        url, form = fill_in(browser, page, name="Kari", owner=OwnerFactory().pk)

        answer = the_answer(click_three_times(browser, url, form))

        assert answer.headers["Location"] == Contact.objects.get().get_absolute_url()

    @pytest.mark.parametrize("is_correction", [False, True])
    def test_publish_one_report(self, browser, project, is_correction):
        old = StatusReportFactory(project=project)
        page = reverse("projects:status_report_create", args=[project.slug])
        page += f"?retter={old.pk}" if is_correction else ""
        url, form = fill_in(browser, page, status_text="Nytt.")

        answer = the_answer(click_three_times(browser, url, form))

        assert answer.headers["Location"] == project.get_absolute_url()
        assert StatusReport.objects.count() == 2

    def test_confirm_one_report(self, browser, project):
        StatusReportFactory(project=project)
        page = reverse("projects:status_report_create", args=[project.slug])
        url, form = fill_in(browser, page, "main form[action]")

        the_answer(click_three_times(browser, url, form))

        assert url.endswith("/bekreft/")
        assert StatusReport.objects.count() == 2

    def test_set_one_baseline(self, browser, project):
        milestone = MilestoneFactory(project=project)
        move_milestone(milestone=milestone, to=LATER, by=None)
        page = reverse("milestones:baseline_create", args=[project.slug])
        typed = {"milestones": milestone.pk, "decision": "Sak 1", "decided_on": "1.3.2023"}
        url, form = fill_in(browser, page, **typed)

        answer = the_answer(click_three_times(browser, url, form))

        assert told(answer)[0].startswith("Ny grunnlinje er satt")
        assert Baseline.objects.count() == 1

    @pytest.mark.parametrize(
        ("command", "typed", "said"),
        [
            (
                "move",
                {"to": "30.9.2099", "cause": "supplier", "reason": "Ny plan."},
                "har nå frist",
            ),
            ("withdraw", {"reason": "Trengs ikke."}, "er utgått."),
            ("deliver", {}, "er levert."),
            ("edit", {"title": "Nytt navn"}, "er endret."),
        ],
    )
    def test_do_one_thing_to_a_delivery(self, browser, project, command, typed, said):
        milestone = MilestoneFactory(project=project, original_due_on=DUE)
        page = reverse(f"milestones:milestone_{command}", args=[project.slug, milestone.pk])
        url, form = fill_in(browser, page, **typed)

        answer = the_answer(click_three_times(browser, url, form))

        assert said in told(answer)[0]
        assert milestone.date_moves.count() == (command == "move")

    @pytest.mark.parametrize("command", ["reopen", "restore"])
    def test_take_one_thing_back(self, browser, project, command):
        state = {"delivered": True} if command == "reopen" else {"obsolete": True}
        milestone = MilestoneFactory(project=project, **state)
        url, form = fill_in(browser, project.get_absolute_url(), "li.milestone form")

        answer = the_answer(click_three_times(browser, url, form))

        assert "er ikke lenger" in told(answer)[0]
        milestone.refresh_from_db()
        assert milestone.is_outstanding

    @pytest.mark.parametrize(
        ("factory", "noun"), [(OwnerFactory, "owner"), (ContactFactory, "contact")]
    )
    def test_hand_over_once(self, browser, factory, noun):
        giver, taker = factory.create_batch(2)
        ProjectFactory(**{noun: giver})
        page = reverse(f"projects:{noun}_hand_over", args=[giver.pk])
        url, form = fill_in(browser, f"{page}?til={taker.pk}")

        answer = the_answer(click_three_times(browser, url, form))

        assert answer.headers["Location"] == taker.get_absolute_url()

    @pytest.mark.parametrize("make", [OwnerFactory, ContactFactory, SavedViewFactory])
    def test_delete_once(self, browser, chief, make):
        thing = make(owner=chief) if make is SavedViewFactory else make()
        page = thing.get_absolute_url()
        if make is SavedViewFactory:
            page = reverse("projects:saved_view_delete", args=[thing.slug])
        url, form = fill_in(browser, page)

        answer = the_answer(click_three_times(browser, url, form))

        assert answer.status_code == 302

    def test_change_several_once_and_undo_it_once(self, browser):
        owner, project = OwnerFactory(), ProjectFactory()
        plan = f"/endre-flere/?felt=eier&til={owner.pk}&prosjekt={project.slug}"
        url, form = fill_in(browser, plan)

        answer = the_answer(click_three_times(browser, url, form))
        url, form = fill_in(browser, answer.headers["Location"])
        undone = the_answer(click_three_times(browser, url, form))

        assert told(undone) == ["Endringen er angret."]
        assert ProjectsChange.objects.get().undone_at

    def test_of_two_people_do_both(self, browser, chief, project, new_delivery):
        url, form = fill_in(browser, new_delivery, title="Uten kode")
        other = Client()
        other.force_login(UserFactory(is_superuser=True))

        browser.post(url, form)
        other.post(url, form)

        assert Milestone.objects.count() == 2

    def test_are_refused_alike_and_leave_nothing(self, browser, new_delivery):
        url, form = fill_in(browser, new_delivery, title="")

        answers = click_three_times(browser, url, form)

        assert {each.status_code for each in answers} == {200}
        assert not SentForm.objects.exists()
