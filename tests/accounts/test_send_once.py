"""What is sent twice is done once: three clicks at the same moment, and a form that is sent again later."""

import datetime
import re
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.conf import settings
from django.contrib.messages import get_messages
from django.core import mail
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import SentForm, SentFormManager, User
from fkj_portfolio.form_keys import FORM_KEY
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
from tests.accounts.visitors import log_in_freshly
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


@pytest.fixture
def chief(db) -> User:
    """One who may do everything."""
    return UserFactory(name="Sjef Dahl", is_superuser=True)


@pytest.fixture
def browser(client, chief) -> Client:
    """Her browser."""
    log_in_freshly(client, chief)
    return client


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


def told(answer):
    return [str(each) for each in get_messages(answer.wsgi_request)]


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


@pytest.mark.django_db
class TestSendingAgain:
    @pytest.fixture
    def new_delivery(self, browser, project) -> tuple[str, dict]:
        page = reverse("milestones:milestone_create", args=[project.slug])
        return fill_in(browser, page, title="Uten kode")

    def send(self, browser, new_delivery, **changes):
        url, form = new_delivery
        return browser.post(url, form | changes)

    def test_leads_to_what_was_made(self, browser, new_delivery):
        first = self.send(browser, new_delivery)

        again = self.send(browser, new_delivery, csrfmiddlewaretoken="another")

        assert again.url == first.url == Milestone.objects.get().get_absolute_url()

    def test_later_says_that_it_was_sent_before(self, browser, new_delivery):
        first = self.send(browser, new_delivery)
        SentForm.objects.update(sent_at=timezone.now() - SentForm.AT_ONCE)

        again = self.send(browser, new_delivery)

        assert again.url == first.url
        assert told(again)[-1].startswith("Dette skjemaet er sendt før, så ingenting ble gjort nå.")
        assert Milestone.objects.count() == 1

    def test_later_in_place_reads_the_page_anew(self, browser, new_delivery):
        url, form = new_delivery
        headers = {"hx-request": "true"}
        browser.post(url, form, headers=headers)
        SentForm.objects.update(sent_at=timezone.now() - SentForm.AT_ONCE)

        again = browser.post(url, form, headers=headers)

        assert again.headers["HX-Refresh"] == "true"

    def test_with_other_words_is_another_form(self, browser, new_delivery):
        self.send(browser, new_delivery)

        self.send(browser, new_delivery, title="En til")

        assert Milestone.objects.count() == 2

    def test_of_a_form_opened_anew_makes_two(self, browser, new_delivery):
        self.send(browser, new_delivery)

        url, form = fill_in(browser, new_delivery[0], title="Uten kode")
        browser.post(url, form)

        assert Milestone.objects.count() == 2

    def test_without_a_key_makes_two(self, browser, new_delivery):
        for _ in range(2):
            self.send(browser, new_delivery, **{FORM_KEY: ""})

        assert Milestone.objects.count() == 2

    @pytest.mark.parametrize("key", ["", "1.abc:signature", "\x00", "x" * 10_000])
    def test_with_a_key_that_is_none_of_ours_is_taken(self, browser, new_delivery, key):
        answer = self.send(browser, new_delivery, **{FORM_KEY: key})

        assert answer.status_code == 302

    def test_takes_a_form_that_was_refused(self, browser, project, new_delivery):
        MilestoneFactory(project=project, code="MP1")
        assert self.send(browser, new_delivery, code="MP1").status_code == 200
        project.milestones.all().delete()

        answer = self.send(browser, new_delivery, code="MP1")

        assert answer.status_code == 302

    def test_asks_again_when_the_first_was_refused_with_a_warning(self, browser):
        contact = ContactFactory()
        url, form = fill_in(browser, contact.get_absolute_url())
        project = ProjectFactory(contact=contact)
        browser.post(url, form)
        project.contact = None
        project.save()

        browser.post(url, form)

        assert not Contact.objects.exists()

    def test_restores_a_delivery_once_its_code_is_free(self, browser, project):
        withdrawn = MilestoneFactory(project=project, code="MP1", obsolete=True)
        url, form = fill_in(browser, project.get_absolute_url(), "li.milestone form")
        other = MilestoneFactory(project=project, code="MP1")
        browser.post(url, form)
        Milestone.objects.filter(pk=other.pk).update(code="MP2")

        browser.post(url, form)

        withdrawn.refresh_from_db()
        assert withdrawn.is_outstanding

    def test_does_again_what_failed(self, browser, new_delivery, monkeypatch):
        browser.raise_request_exception = False
        with monkeypatch.context() as patched:
            patched.setattr("project_page.views.milestone.editing.rearranged", None)
            assert self.send(browser, new_delivery).status_code == 500
        assert not Milestone.objects.exists()

        self.send(browser, new_delivery)

        assert Milestone.objects.count() == 1


@pytest.mark.django_db
class TestSentForm:
    def test_is_forgotten_after_an_hour(self):
        now = timezone.now()
        SentForm.objects.create(mark="old", sent_at=now - SentForm.REMEMBERED)
        SentForm.objects.create(mark="new", sent_at=now)

        SentForm.objects.forget_old()

        assert [each.mark for each in SentForm.objects.all()] == ["new"]

    def test_is_new_when_the_old_one_is_forgotten_meanwhile(self, monkeypatch):
        SentForm.objects.create(mark="same", answer={"of": "long ago"})
        insert = SentFormManager.bulk_create

        def insert_and_forget(manager, *args, **more):
            insert(manager, *args, **more)
            monkeypatch.undo()
            manager.all().delete()

        monkeypatch.setattr(SentFormManager, "bulk_create", insert_and_forget)

        assert SentForm.objects.take("same").answer is None

    def test_keeps_nothing_that_was_typed(self, browser, project):
        page = reverse("milestones:milestone_create", args=[project.slug])
        url, form = fill_in(browser, page, title="Hemmelig", description="Ikke ute")
        browser.post(url, form)

        kept = SentForm.objects.get()

        assert re.fullmatch("[0-9a-f]{64}", kept.mark)
        assert "Ikke ute" not in str(kept.answer)


class TestTemplates:
    def test_give_every_form_that_sends_something_a_key(self):
        unkeyed = [
            template.name
            for template in (settings.BASE_DIR / "templates").rglob("*.html")
            if "account" not in template.parts
            for form in re.findall(
                r'<form[^>]* method="post".*?</form>', template.read_text(), re.DOTALL
            )
            if "{% form_key %}" not in form
        ]

        # Logging out, the language, and what was kept of a form, change nothing by being sent twice; what met
        # an outage is sent again with the key that it had.
        assert sorted(unkeyed) == [
            "503.html",
            "_account.html",
            "_footer.html",
            "_kept_form.html",
            "base_site.html",
        ]
