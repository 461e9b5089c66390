"""A login that ends while one types: what was typed is kept, and offered to nobody else."""

import time

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from accounts.models import User
from fkj_portfolio.form_keys import FORM_KEY
from fkj_portfolio.kept_forms import IN_SESSION, MOST_CHARACTERS, MOST_FORMS, SECONDS
from milestones.actions import move_milestone
from projects.models import Owner, Project, StatusReport
from tests.factories import (
    ContactFactory,
    MilestoneFactory,
    OwnerFactory,
    ProjectFactory,
    SavedViewFactory,
    StatusReportFactory,
    StrategicGoalFactory,
    UserFactory,
)
from tests.sending import fill_in, find_form, standing_in

pytestmark = pytest.mark.django_db

PASSWORD = "Ti tynne tiurer"
NOTICE = "Dette skrev du tidligere. Det er ikke lagret ennå."
TEXT = "En tekst på\r\nto linjer, med <tegn> & «anførsel»."


def make_user(**fields) -> User:
    user = UserFactory(is_superuser=True, **fields)
    user.set_password(PASSWORD)
    user.save()
    return user


@pytest.fixture
def kari(db) -> User:
    """One who may do everything, and has a password."""
    return make_user(name="Kari", email="kari@example.no")


@pytest.fixture
def browser(client, kari) -> Client:
    """Kari's browser; it checks forms as the site does."""
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(kari)
    return browser


def end_login(browser, *, of_all=False):
    """Let the session end, as when its time is over, or with all cookies."""
    browser.session.flush()
    if of_all:
        browser.cookies.clear()
    else:
        del browser.cookies[settings.SESSION_COOKIE_NAME]


def log_in(browser, answer, email="kari@example.no"):
    """Log in where a form that could not be taken has led, and open what comes next."""
    page = browser.get(answer.url)
    assert "Logg inn" in page.text
    url, form = fill_in(browser, answer.url, login=email, password=PASSWORD)
    return browser.post(url, form, follow=True)


def send(browser, page, url, form, **headers):
    return browser.post(url, form, headers={"referer": f"http://testserver{page}"} | headers)


def form_of(response):
    return standing_in(find_form(response))


def typed_in(form):
    """What stands in a form, but what is made anew with each page."""
    return {
        name: value for name, value in form.items() if name not in (FORM_KEY, "csrfmiddlewaretoken")
    }


@pytest.fixture
def report(project) -> str:
    """The page of a form with texts, a choice of radios and a day."""
    StatusReportFactory(project=project)
    return reverse("projects:status_report_create", args=[project.slug])


WRITTEN = {"status": "challenges", "risk_level": "high", "status_text": TEXT, "reported_on": "tull"}


def write_report(browser, report, **typed):
    return fill_in(browser, report, "#status-form", **(WRITTEN | typed))


class TestKeptForm:
    @pytest.mark.parametrize("of_all", [False, True])
    def test_is_offered_after_the_next_login_and_not_sent(self, browser, report, of_all):
        url, form = write_report(browser, report)
        end_login(browser, of_all=of_all)

        answer = send(browser, report, url, form)
        back = log_in(browser, answer)

        assert back.request["PATH_INFO"] == report
        assert NOTICE in back.text
        assert 'class="ds-error-summary"' not in back.text
        assert {**form_of(back), **WRITTEN} == form_of(back)
        assert StatusReport.objects.count() == 1

    def test_says_at_the_login_that_it_is_kept(self, browser, report):
        url, form = write_report(browser, report)
        end_login(browser)

        login = send(browser, report, url, form)

        assert "Det du skrev, ligger klart når du har logget inn." in browser.get(login.url).text

    def test_is_offered_to_her_who_has_logged_in_elsewhere_meanwhile(self, browser, kari, report):
        url, form = write_report(browser, report)
        browser.force_login(kari)
        browser.cookies[settings.CSRF_COOKIE_NAME] = "x" * 32

        answer = browser.post(
            url, form, headers={"referer": f"http://testserver{report}"}, follow=True
        )

        assert NOTICE in answer.text
        assert "Siden hadde vært åpen for lenge, og ingenting ble lagret." in answer.text
        assert form_of(answer)["status_text"] == TEXT

    def test_is_offered_until_it_is_sent(self, browser, report):
        url, form = write_report(browser, report, reported_on="")
        end_login(browser)
        back = log_in(browser, send(browser, report, url, form))

        refused = send(browser, report, report, form_of(back))
        assert "ds-error-summary" in refused.text
        assert NOTICE not in refused.text
        assert NOTICE in browser.get(report).text
        today = form_of(back) | {"reported_on": "3.3.2026"}
        assert send(browser, report, report, today).status_code == 302

        assert StatusReport.objects.get(status="challenges").risk_level == "high"
        assert NOTICE not in browser.get(report).text

    def test_can_be_thrown_away(self, browser, report):
        url, form = write_report(browser, report)
        end_login(browser)
        log_in(browser, send(browser, report, url, form))

        away = fill_in(browser, report, "[data-discard-kept]")
        answer = browser.post(*away)

        assert answer.url == report
        assert NOTICE not in browser.get(report).text

    @pytest.mark.parametrize(
        "address", ["", "https://example.org/", "//example.org/", "javascript:x"]
    )
    def test_leads_nowhere_else_when_thrown_away(self, client, kari, address):
        client.force_login(kari)

        assert client.post(reverse("kept_form_discard"), {"address": address}).url == "/"

    def test_carries_what_it_was_opened_with(self, browser, kari):
        owner = OwnerFactory(name="Etaten", website="https://etaten.no/")
        page = reverse("projects:owner_edit", args=[owner.pk])
        url, form = fill_in(browser, page, name="Direktoratet")
        end_login(browser)
        Owner.objects.update(website="https://annet.no/")

        back = log_in(browser, send(browser, page, url, form))
        send(browser, page, page, form_of(back))

        owner.refresh_from_db()
        assert (owner.name, owner.website) == ("Direktoratet", "https://annet.no/")

    def test_asks_where_a_colleague_has_changed_the_same(self, browser):
        owner = OwnerFactory(name="Etaten")
        page = reverse("projects:owner_edit", args=[owner.pk])
        url, form = fill_in(browser, page, name="Direktoratet")
        end_login(browser)
        Owner.objects.update(name="Tilsynet")

        back = log_in(browser, send(browser, page, url, form))
        conflict = send(browser, page, page, form_of(back))

        assert "Tilsynet" in conflict.text
        assert Owner.objects.get().name == "Tilsynet"


class TestEveryForm:
    """Each kind of form, with what stands in it when it comes back."""

    def comes_back(self, browser, page, **typed):
        url, form = fill_in(browser, page, **typed)
        end_login(browser)

        back = log_in(browser, send(browser, page, url, form))

        assert NOTICE in back.text
        assert typed_in(form_of(back)) == typed_in(form)

    def test_of_a_project(self, browser, project):
        goals = [str(StrategicGoalFactory().pk) for _ in range(2)]
        typed = {"title": "Nytt navn", "lifecycle": "closed", "ingress": TEXT}
        boxes = {"further_goals": goals, "managers": [str(UserFactory().pk)]}

        self.comes_back(
            browser, reverse("projects:project_edit", args=[project.slug]), **typed, **boxes
        )

    def test_of_a_new_project(self, browser):
        self.comes_back(browser, reverse("projects:project_create"), title="Nytt")

    def test_of_an_owner(self, browser):
        owner = OwnerFactory(in_use=False, successor=OwnerFactory())
        self.comes_back(
            browser, reverse("projects:owner_edit", args=[owner.pk]), name="Ny", successor=""
        )

    def test_of_a_new_contact(self, browser):
        owner = OwnerFactory()
        page = f"{reverse('projects:contact_create')}?eier={owner.pk}"
        self.comes_back(browser, page, name="Kari", phone="x", phone_is_public=["on"])

    def test_of_a_contact_with_every_tick_taken_away(self, browser):
        contact = ContactFactory(email="kari@example.no", email_is_public=True)
        page = reverse("projects:contact_edit", args=[contact.pk])
        url, form = fill_in(browser, page)
        ticks = [name for name, value in form.items() if isinstance(value, list)]
        bare = {name: value for name, value in form.items() if name not in ticks}
        end_login(browser)

        back = log_in(browser, send(browser, page, url, bare))

        assert ticks
        assert typed_in(form_of(back)) == typed_in(bare)

    def test_of_a_correction(self, browser, project):
        old = StatusReportFactory(project=project)
        page = f"{reverse('projects:status_report_create', args=[project.slug])}?retter={old.pk}"
        self.comes_back(browser, page, **WRITTEN)

    @pytest.mark.parametrize("is_new", [True, False])
    def test_of_a_saved_view(self, browser, kari, is_new):
        page = f"{reverse('projects:saved_view_create')}?risiko=hoy"
        if not is_new:
            page = reverse("projects:saved_view_edit", args=[SavedViewFactory(owner=kari).slug])
        self.comes_back(browser, page, name="Styret", audience="alle", opens_first=["on"])

    @pytest.mark.parametrize(
        ("command", "typed"),
        [
            (
                "move",
                {"to": "32.13.2099", "cause": "supplier", "reason": TEXT.replace("\r\n", " ")},
            ),
            ("withdraw", {"reason": "Trengs ikke."}),
            ("deliver", {"delivered_on": "i går"}),
            ("edit", {"title": "Nytt navn", "place": "tre", "description": TEXT}),
        ],
    )
    def test_of_a_command_on_a_delivery(self, browser, project, command, typed):
        milestone = MilestoneFactory(project=project)
        page = reverse(f"milestones:milestone_{command}", args=[project.slug, milestone.pk])
        self.comes_back(browser, page, **typed)

    def test_of_a_new_delivery(self, browser, project):
        page = reverse("milestones:milestone_create", args=[project.slug])
        self.comes_back(browser, page, code="MP1", title="Ny", due_on="1.2.2099")

    def test_of_a_baseline(self, browser, project):
        milestone = MilestoneFactory(project=project)
        move_milestone(milestone=milestone, to=milestone.due_on.replace(year=2099), by=None)
        page = reverse("milestones:baseline_create", args=[project.slug])
        typed = {"milestones": [str(milestone.pk)], "decision": "Sak 1", "decided_on": "1.3.2023"}
        self.comes_back(browser, page, **typed)

    def test_of_a_hand_over(self, browser):
        giver, taker = OwnerFactory.create_batch(2)
        ProjectFactory(owner=giver)
        page = f"{reverse('projects:owner_hand_over', args=[giver.pk])}?til={taker.pk}"
        self.comes_back(browser, page, succeed=["on"])

    def test_of_several_projects_leads_back_to_the_plan(self, browser, project):
        page = f"/endre-flere/?felt=livslop&til=avsluttet&prosjekt={project.slug}"
        url, form = fill_in(browser, page)
        end_login(browser)

        back = log_in(browser, send(browser, page, url, form))

        assert form_of(back)["seen"] == form["seen"]
        assert Project.objects.get().lifecycle == "active"


class TestWithoutAPageOfItsOwn:
    """Where no page could show it again, nothing is kept and nothing is promised."""

    @pytest.mark.parametrize(
        "address", ["/admin/projects/segment/add/", "/visninger/min-visning/lagre/"]
    )
    def test_is_not_kept(self, browser, kari, address):
        SavedViewFactory(slug="min-visning", owner=kari)
        form = standing_in(find_form(browser.get("/eiere/ny/"))) | {"query": "sok=x"}
        end_login(browser)

        answer = send(browser, address, address, form)

        assert "/konto/logg-inn/" in answer.url
        assert IN_SESSION not in browser.session


class TestNobodyElse:
    def test_sees_it_in_the_same_browser(self, browser, report):
        make_user(email="per@example.no")
        url, form = write_report(browser, report)
        end_login(browser)

        other = log_in(browser, send(browser, report, url, form), "per@example.no")

        assert other.request["PATH_INFO"] == report
        assert NOTICE not in other.text
        assert "to linjer" not in other.text

    def test_sees_it_after_logout(self, browser, report):
        url, form = write_report(browser, report)
        end_login(browser)
        back = log_in(browser, send(browser, report, url, form))
        token = form_of(back)["csrfmiddlewaretoken"]

        browser.post(reverse("account_logout"), {"csrfmiddlewaretoken": token})

        assert IN_SESSION not in browser.session

    def test_sees_it_without_a_login(self, browser, report):
        url, form = write_report(browser, report)
        end_login(browser)
        send(browser, report, url, form)

        assert "to linjer" not in browser.get(report, follow=True).text

    @pytest.mark.parametrize("key", ["", "1.abc", "1.abc:made-up"])
    def test_can_let_a_browser_keep_something(self, browser, report, key):
        url, form = write_report(browser, report)
        end_login(browser)

        send(browser, report, url, form | {FORM_KEY: key})

        assert IN_SESSION not in browser.session

    def test_can_let_a_browser_keep_something_for_whoever_is_logged_in(self, browser, report):
        url, form = write_report(browser, report)
        other = Client(enforce_csrf_checks=True)
        other.force_login(make_user(email="per@example.no"))

        answer = send(other, report, url, form)

        assert answer.status_code == 403
        assert IN_SESSION not in other.session

    def test_from_another_site_leaves_anything(self, browser, report):
        url, form = write_report(browser, report)
        end_login(browser)

        browser.post(url, form, headers={"referer": "http://testserver/annet/"})

        assert IN_SESSION not in browser.session


class TestBounds:
    def lose(self, browser, report, **typed):
        url, form = write_report(browser, report, **typed)
        end_login(browser)
        send(browser, report, url, form)
        return browser.session.get(IN_SESSION, [])

    def test_keep_no_password_and_no_token(self, browser, report):
        kept = self.lose(browser, report, password="x", new_password1="x")

        assert (
            not {"password", "new_password1", "csrfmiddlewaretoken", FORM_KEY}
            & kept[0]["fields"].keys()
        )

    def test_keep_no_more_than_is_read_with_each_page(self, browser, report):
        assert self.lose(browser, report, status_text="x" * MOST_CHARACTERS) == []

    def test_keep_the_newest_forms(self, browser, kari, report):
        forms = []
        for number in range(MOST_FORMS + 1):
            project = ProjectFactory(slug=f"nr-{number}")
            page = reverse("projects:status_report_create", args=[project.slug])
            forms.append((page, *fill_in(browser, page, "#status-form", status_text="x")))
        end_login(browser)

        for page, url, form in forms:
            send(browser, page, url, form)

        addresses = [each["address"] for each in browser.session[IN_SESSION]]
        assert addresses == [page for page, _, _ in forms[1:]]

    def test_keep_one_of_each_page(self, browser, report):
        url, form = write_report(browser, report)
        end_login(browser)
        for text in ("Først", "Sist"):
            send(browser, report, url, form | {"status_text": text})

        assert [each["fields"]["status_text"] for each in browser.session[IN_SESSION]] == [["Sist"]]

    def test_keep_nothing_for_longer_than_a_day(self, browser, report, monkeypatch):
        url, form = write_report(browser, report)
        end_login(browser)
        answer = send(browser, report, url, form)
        assert 0 < browser.session.get_expiry_age() <= SECONDS
        now = time.time()
        monkeypatch.setattr("fkj_portfolio.kept_forms.time.time", lambda: now + SECONDS)

        assert NOTICE not in log_in(browser, answer).text

    def test_keep_nothing_that_the_script_keeps(self, browser, report):
        url, form = write_report(browser, report)
        end_login(browser)

        answer = send(browser, report, url, form, **{"hx-request": "true"})

        assert "HX-Redirect" in answer.headers
        assert IN_SESSION not in browser.session
