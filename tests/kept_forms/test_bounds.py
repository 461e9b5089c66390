"""Kept forms are their sender's alone, and few."""

import time

import pytest
from django.test import Client
from django.urls import reverse

from fkj_portfolio.form_keys import FORM_KEY
from fkj_portfolio.kept_forms import IN_SESSION, MOST_CHARACTERS, MOST_FORMS, SECONDS
from tests.factories import (
    ProjectFactory,
)
from tests.kept_forms.forms import NOTICE, end_login, form_of, log_in, make_user, send, write_report
from tests.sending import fill_in

pytestmark = pytest.mark.django_db


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
        assert IN_SESSION in browser.session

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

        browser.post(url, form, headers={"referer": "http://annet.example.no/"})

        assert IN_SESSION not in browser.session
        send(browser, report, url, form)
        assert IN_SESSION in browser.session


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
