"""Log: what others send is one line of it, and gets a clear answer."""

import logging

import pytest

from fkj_portfolio.log import LineFormatter

FORGOTTEN = "/konto/passord/glemt/"


@pytest.fixture
def lines(caplog):
    """Lines of the log, as they are written."""
    return lambda: [LineFormatter().format(record) for record in caplog.records]


class TestWhatOthersSend:
    def test_is_one_line_for_a_wrong_host(self, client, db, lines):
        response = client.get("/", headers={"host": "evil.example"})

        assert response.status_code == 400
        assert "Vi forsto ikke forespørselen" in response.text
        [line] = lines()
        assert "Invalid HTTP_HOST header: 'evil.example'" in line
        assert "\n" not in line

    def test_is_one_line_for_a_field_that_is_too_big(self, client, db, lines):
        response = client.post(FORGOTTEN, {"email": "x" * 2_000_000})

        assert response.status_code == 413
        assert [line.count("\n") for line in lines()] == [0]

    @pytest.mark.parametrize(
        ("body", "content_type", "status"),
        [
            (b"email=" + b"x" * 2_000_000, "application/x-www-form-urlencoded", 413),
            (b"x", "multipart/form-data", 400),
            (b"a=1&" * 2000, "application/x-www-form-urlencoded", 400),
        ],
    )
    def test_gets_a_clear_answer(self, client, db, lines, body, content_type, status):
        response = client.post(FORGOTTEN, body, content_type=content_type)

        assert response.status_code == status
        assert "Vi forsto ikke forespørselen" in response.text
        assert [line.count("\n") for line in lines()] == [0]

    def test_is_one_line_for_a_path_that_would_break_it(self, client, db, lines):
        client.get("/finnes\r\n2026-01-01 INFO security: logged_in user=1/")

        assert [line.count("\n") + line.count("\r") for line in lines()] == [0]


class TestLineFormatter:
    def test_keeps_the_traceback_of_our_own_faults(self):
        try:
            raise ValueError("ours")
        except ValueError as error:
            fault = (ValueError, error, error.__traceback__)
        record = logging.LogRecord("django.request", logging.ERROR, "", 1, "x", None, fault)
        record.status_code = 500

        assert "Traceback" in LineFormatter().format(record)

    def test_begins_with_the_time_in_utc(self):
        record = logging.LogRecord("security", logging.INFO, "", 1, "Å\nx", None, None)
        record.created, record.msecs = 0, 5

        line = LineFormatter().format(record)

        assert line == "1970-01-01T00:00:00.005Z INFO security: Å\\nx"
