"""Forms that are sent without a login, and the answers."""

from django.conf import settings

from accounts.models import User
from tests.factories import (
    UserFactory,
)
from tests.sending import fill_in, find_form, standing_in

PASSWORD = "Ti tynne tiurer"
NOTICE = "Dette skrev du tidligere. Det er ikke lagret ennå."
TEXT = "En tekst på\r\nto linjer, med <tegn> & «anførsel»."


def make_user(**fields) -> User:
    user = UserFactory(is_superuser=True, **fields)
    user.set_password(PASSWORD)
    user.save()
    return user


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


WRITTEN = {"status": "challenges", "risk_level": "high", "status_text": TEXT, "reported_on": "tull"}


def write_report(browser, report, **typed):
    return fill_in(browser, report, "#status-form", **(WRITTEN | typed))
