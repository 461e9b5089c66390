"""Limits of one request: its queries end in time, and what is costly waits for a place."""

import threading
import time
from contextlib import ExitStack

import psycopg
import pytest
from django.db import DataError, connection, transaction
from django.test import Client

from accounts.sessions import SessionStore
from fkj_portfolio.limits import THE_PAST, Budget, Lane, TooCostlyError
from fkj_portfolio.text import first_sentence, markdown
from overview.search.hits import WordMarker

PAST = "/?per=2023-06-01&sok=styringsdokument&grupper=eier&vis=tidslinje"


def limit():
    """Return the seconds that the last query was given; on a busy machine some are spent before it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT extract(epoch FROM current_setting('statement_timeout')::interval)")
        return cursor.fetchone()[0]


@pytest.fixture
def told(monkeypatch):
    """Count how often PostgreSQL has been told of a limit, a round trip each."""
    said, execute = [], psycopg.Cursor.execute

    def listen(cursor, query, *args, **more):
        said.append(str(query))
        return execute(cursor, query, *args, **more)

    monkeypatch.setattr(psycopg.Cursor, "execute", listen)
    return lambda: sum("statement_timeout =" in query for query in said)


@pytest.fixture
def full_lane():
    """Nobody else is let in to read the past."""
    with ExitStack() as taken:
        for _place in range(4):
            assert THE_PAST.entrance.acquire(timeout=1)
            taken.callback(THE_PAST.entrance.release)
        yield


@pytest.mark.django_db
class TestBudget:
    def test_ends_a_query_that_takes_longer(self):
        began = time.monotonic()

        with (
            pytest.raises(TooCostlyError),
            connection.execute_wrapper(Budget(1)),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute("SELECT pg_sleep(20)")

        assert time.monotonic() - began < 5

    def test_is_for_all_queries_of_a_request_together(self):
        with connection.execute_wrapper(Budget(1)), connection.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(0.6)")
            with pytest.raises(TooCostlyError), transaction.atomic():
                cursor.execute("SELECT pg_sleep(0.6), pg_sleep(0.6)")

    def test_is_for_queries_and_not_for_what_is_done_between(self):
        with connection.execute_wrapper(Budget(1)):
            time.sleep(1.1)

            assert limit() == 1

    def test_is_told_once_as_long_as_it_is_the_same(self, told):
        with connection.execute_wrapper(Budget(5)):
            limit()
            for _again in range(3):
                with transaction.atomic():
                    assert limit() == 5

        assert told() == 1

    def test_is_told_anew_when_a_rollback_has_undone_it(self, told):
        with connection.execute_wrapper(Budget(5)):
            with transaction.atomic():
                limit()
                transaction.set_rollback(True)

            assert limit() == 5

    @pytest.mark.django_db(transaction=True)
    def test_is_told_once_for_all_transactions_of_a_connection(self, told):
        connection.close()
        for seconds in (5, 5, 5):
            with connection.execute_wrapper(Budget(seconds)):
                assert limit() == 5
                with transaction.atomic():
                    limit()
                    transaction.set_rollback(True)

        assert told() == 1

    @pytest.mark.django_db(transaction=True)
    def test_of_a_transaction_ends_with_it(self, told):
        connection.close()
        with connection.execute_wrapper(Budget(5)):
            limit()
        with connection.execute_wrapper(Budget(1)), transaction.atomic():
            assert limit() == 1
        with connection.execute_wrapper(Budget(5)):
            assert limit() == 5

        assert told() == 2

    def test_is_told_once_for_a_past_day(self, client, story, told):
        client.get(PAST)

        assert told() == 1

    def test_lets_a_transaction_that_has_failed_be_rolled_back(self):
        with connection.execute_wrapper(Budget(5)):
            with pytest.raises(DataError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("SELECT 1 / 0")

            assert limit() <= 5

    def test_is_less_for_a_reader_than_for_somebody_logged_in(self, client, staff):
        client.get("/sok/?sok=a")
        assert 1 <= limit() <= 5

        client.force_login(staff)
        client.get("/sok/?sok=a")

        assert 10 <= limit() <= 20

    def test_is_a_readers_for_whoever_only_has_the_cookie(self, client, settings):
        client.cookies[settings.SESSION_COOKIE_NAME] = "made-up"

        client.get("/sok/?sok=a")

        assert 1 <= limit() <= 5

    def test_holds_for_finding_out_who_asks(self, client, staff, monkeypatch):
        client.force_login(staff)
        load = SessionStore.load

        def load_slowly(store):
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_sleep(20)")
            return load(store)

        monkeypatch.setattr(SessionStore, "load", load_slowly)
        monkeypatch.setattr("django.conf.settings.SECONDS_OF_USERS", 1)

        with pytest.raises(TooCostlyError):
            client.get("/mine/")

    @pytest.mark.django_db(transaction=True)
    def test_is_told_once_on_a_connection_that_one_user_after_another_has(
        self, client, staff, told
    ):
        client.force_login(staff)
        connection.close()
        for _again in range(3):
            client.get("/sok/?sok=a")

        assert told() == 1


class TestLane:
    def test_lets_a_few_through_and_keeps_a_few_waiting(self):
        lane = Lane(width=1, waiting=1, seconds=5)
        inside, done, order = threading.Event(), threading.Event(), []

        def first():
            with lane():
                inside.set()
                done.wait(5)
                order.append("first")

        def second():
            with lane():
                order.append("second")

        threads = [threading.Thread(target=first), threading.Thread(target=second)]
        threads[0].start()
        assert inside.wait(5)
        threads[1].start()
        while lane.entrance._value:
            time.sleep(0.01)
        with pytest.raises(TooCostlyError), lane():
            pytest.fail("There was room for a third.")
        done.set()
        for thread in threads:
            thread.join(5)

        assert order == ["first", "second"]

    def test_gives_its_place_back_after_a_fault(self):
        lane = Lane(width=1, waiting=0, seconds=0)

        for _again in range(3):
            with pytest.raises(ZeroDivisionError), lane():
                1 / 0  # noqa: B018

    @pytest.mark.usefixtures("full_lane")
    @pytest.mark.parametrize("address", [PAST, "/prosjekter/{slug}/?per=2023-06-01", "/endringer/"])
    def test_is_full_for_the_past_alone(self, story, address):
        client = Client(raise_request_exception=False)

        refused = client.get(address.format(slug=story.slug))

        assert refused.status_code == 503
        assert int(refused.headers["Retry-After"]) > 0
        assert "Dette tok for lang tid" in refused.content.decode()
        for page in ("/", story.get_absolute_url(), "/helse/lever", "/helse/klar"):
            assert client.get(page).status_code == 200

    def test_is_free_for_the_next(self, client, story):
        for _again in range(6):
            assert client.get(PAST).status_code == 200


@pytest.mark.django_db
class TestHealth:
    @pytest.mark.parametrize("address", ["/helse/lever", "/helse/klar"])
    def test_answers_anyone_and_is_never_kept(self, client, address):
        response = client.get(address)

        assert response.content == b"ok\n"
        assert "no-store" in response.headers["Cache-Control"]
        assert not response.cookies

    def test_answers_whoever_asks_past_the_proxy(self, client, settings):
        settings.SECURE_SSL_REDIRECT = True

        statuses = {
            path: client.get(path).status_code for path in ("/helse/lever", "/helse/klar", "/")
        }

        assert statuses == {"/helse/lever": 200, "/helse/klar": 200, "/": 301}

    def test_needs_no_database_to_be_alive(self, client, django_assert_num_queries):
        with django_assert_num_queries(0):
            client.get("/helse/lever")


class TestTexts:
    @pytest.mark.parametrize(
        "text",
        [
            "[a]: https://a.example/" + "y" * 10_000 + "\n\n" + "[a] " * 2_400,
            "[" * 20_000,
            "[a](b)" * 3_300,
            "> " * 10_000,
            "- - - a\n" * 2_500,
            "<https://a.example> " * 1_000,
            '"' * 20_000,
            "*a **a " * 2_800,
            "\n".join(" " * depth + "- a" for depth in range(190)),
        ],
        ids=lambda text: text[:8],
    )
    def test_make_a_page_in_proportion_in_reasonable_time(self, text):
        began = time.process_time()

        assert len(markdown(text)) < 10 * len(text)
        assert len(first_sentence(text)) <= 241
        assert time.process_time() - began < 3

    def test_are_searched_in_time_that_grows_with_them(self, monkeypatch):
        monkeypatch.setattr("overview.search.hits._which_fit", lambda asked, pairs: pairs)
        marker = WordMarker(["ord"], ["ord"])
        began = time.process_time()

        excerpt = marker.excerpt("ord " * 20_000)

        assert excerpt.startswith("<mark>ord</mark> <mark>")
        assert time.process_time() - began < 1
