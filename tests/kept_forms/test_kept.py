"""A form that was sent after the login had ended: it is kept, and comes back."""

import pytest
from django.conf import settings
from django.urls import reverse

from fkj_portfolio.kept_forms import IN_SESSION
from projects.models import Owner, StatusReport
from tests.factories import (
    OwnerFactory,
    SavedViewFactory,
)
from tests.kept_forms.forms import (
    NOTICE,
    TEXT,
    WRITTEN,
    end_login,
    form_of,
    log_in,
    send,
    write_report,
)
from tests.sending import fill_in, find_form, standing_in

pytestmark = pytest.mark.django_db


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


class TestWithoutAPageOfItsOwn:
    """Forms that no page could show again: nothing is kept and nothing is promised."""

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
