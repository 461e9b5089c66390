"""A forgotten password tells nobody who has an account, whatever the mail server does."""

import re
import threading
import time
from statistics import median

import pytest
from django.core import mail
from django.core.signals import request_finished
from django.test import Client

from accounts.models import SecurityEvent
from fkj_portfolio import later
from fkj_portfolio.wsgi import application
from tests.accounts.post_office import open_post_office
from tests.factories import UserFactory

FORGOTTEN = "/konto/passord/glemt/"
# As it is outside the tests, where `nothing_waits` replaces it.
IN_A_THREAD = later._start
KNOWN, UNKNOWN, CLOSED = "ida@ks.no", "nobody@ks.no", "closed@ks.no"


@pytest.fixture
def threads(transactional_db, nothing_counted, monkeypatch):
    """Threads that really run, and see what is committed."""
    monkeypatch.setattr(later, "_start", IN_A_THREAD)


@pytest.fixture
def accounts(transactional_db):
    UserFactory(email=KNOWN, name="Ida Jensen")
    UserFactory(email=CLOSED, name="Lukket Lie", is_active=False)


def ask(email):
    """Ask as a new visitor; return the answer without what is new each time, and the seconds it took."""
    client = Client()
    began = time.perf_counter()
    response = client.post(FORGOTTEN, {"email": email})
    seconds = time.perf_counter() - began
    page = client.get(response.url) if response.status_code == 302 else response
    text = re.sub(r"csrfmiddlewaretoken\" value=\"\w+|\w{8}-\w{4}-[\w-]+", "", page.text)
    headers = {name: value for name, value in response.headers.items() if name != "Expires"}
    return (response.status_code, headers, list(response.cookies), text), seconds


class TestForgottenPassword:
    def test_answers_alike_and_as_fast_with_a_slow_mail_server(self, threads, accounts, settings):
        with open_post_office(settings, seconds=1.5) as server:
            ask(UNKNOWN)
            asked = [(email, *ask(email)) for _ in range(5) for email in (KNOWN, UNKNOWN, CLOSED)]
            letter = server.wait_for_a_letter()

        answers = {email: [a for e, a, _ in asked if e == email] for email in (KNOWN, UNKNOWN)}
        assert all(answer == asked[0][1] for _email, answer, _seconds in asked), answers
        took = {e: [s for x, _a, s in asked if x == e] for e in (KNOWN, UNKNOWN, CLOSED)}
        for email in (KNOWN, CLOSED):
            # The server takes one and a half second; what other programs take of this machine is noise.
            assert abs(median(took[email]) - median(took[UNKNOWN])) < 0.2, took
        assert letter[0] == b"TO:<ida@ks.no>"

    def test_answers_alike_with_no_mail_server(self, threads, accounts, settings, caplog):
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        # Nothing listens at the port that the reserved number names.
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1

        answers = [ask(email)[0] for email in (KNOWN, UNKNOWN, CLOSED)]

        assert answers[0] == answers[1] == answers[2]
        assert answers[0][0] == 302
        wait_until(lambda: "could not be sent" in caplog.text)
        assert "i…@ks.no could not be sent: ConnectionRefusedError" in caplog.text
        assert KNOWN not in caplog.text

    def test_asks_the_database_the_same_for_everyone(self, db, django_capture_queries):
        """Before the answer, that is: what is asked afterwards delays nobody."""
        UserFactory(email=KNOWN)
        put_off = []
        # The first is what makes the count that the others add to.
        ask(UNKNOWN)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(later, "_start", put_off.append)
            asked = [django_capture_queries(lambda e=e: ask(e)) for e in (UNKNOWN, KNOWN, UNKNOWN)]

        assert asked[0] == asked[1] == asked[2]
        assert len(put_off) == 3

    def test_really_sends(self, threads, accounts, settings):
        with open_post_office(settings) as server:
            ask(KNOWN)
            recipient, message = server.wait_for_a_letter()

        assert recipient == b"TO:<ida@ks.no>"
        assert b"http://testserver/konto/passord/nytt/" in message

    def test_speaks_the_language_of_whoever_asks_in_the_thread_too(
        self, threads, accounts, settings
    ):
        client = Client()
        client.cookies["django_language"] = "nn"
        with open_post_office(settings) as server:
            client.post(FORGOTTEN, {"email": KNOWN})
            _recipient, message = server.wait_for_a_letter()

        assert "Hei, Ida Jensen!" in message.decode()
        assert "Har du ikkje" in message.decode()

    def test_fills_nobodys_letterbox(self, db):
        UserFactory(email=KNOWN)

        answers = [ask(KNOWN)[0] for _ in range(8)]

        assert len(mail.outbox) == 5
        assert all(answer == answers[0] for answer in answers)

    def test_makes_one_place_wait_after_many_whoever_they_are_for(self, db):
        UserFactory(email=KNOWN)
        for number in range(20):
            ask(f"user{number}@ks.no")

        assert [ask(email)[0][0] for email in (KNOWN, UNKNOWN)] == [429, 429]

    def test_notes_that_a_link_was_sent(self, db):
        user = UserFactory(email=KNOWN)

        ask(KNOWN)
        ask(UNKNOWN)

        event = SecurityEvent.objects.get()
        assert (event.kind, event.user, event.address) == ("link_sent", user, "127.0.0.1")


class TestAfterAnswer:
    def test_begins_when_the_answer_has_been_sent(self, transactional_db, nothing_counted, rf):
        UserFactory(email=KNOWN)
        token = "a" * 32
        rf.cookies["csrftoken"] = token
        asked = rf.post(FORGOTTEN, {"email": KNOWN, "csrfmiddlewaretoken": token})

        answer = application(asked.environ, lambda status, headers: None)

        assert answer.status_code == 302
        assert not mail.outbox
        # As a server does when it has sent everything.
        answer.close()
        assert len(mail.outbox) == 1

    def test_goes_on_after_what_fails_and_tells_no_more_than_what_failed(self, threads, caplog):
        done = []

        def fail():
            raise ValueError("ida@ks.no")

        later.after_answer(fail)
        later.after_answer(lambda: done.append(True))
        request_finished.send(sender=None)

        wait_until(lambda: done and "ValueError" in caplog.text)
        assert "ida@ks.no" not in caplog.text

    def test_takes_no_more_than_there_is_room_for(self, monkeypatch, caplog):
        put_off = []
        monkeypatch.setattr(later, "_start", put_off.append)
        monkeypatch.setattr(later, "_ROOM", threading.BoundedSemaphore(later.MOST_WAITING))
        for _ in range(later.MOST_WAITING):
            later.after_answer(lambda: None)

        later.after_answer(lambda: None)
        request_finished.send(sender=None)

        assert len(put_off) == later.MOST_WAITING
        assert "Too much waits" in caplog.text


@pytest.fixture
def django_capture_queries(django_assert_max_num_queries):
    def capture(work):
        with django_assert_max_num_queries(1000) as captured:
            work()
        return [re.sub(r"'[^']*'|[\d.]+", "?", query["sql"]) for query in captured]

    return capture


def wait_until(true, seconds=20):
    ends = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < ends, "it did not come true"
        time.sleep(0.02)
