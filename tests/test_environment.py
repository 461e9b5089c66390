"""Settings from the environment: nonsense is refused with a sentence."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from fkj_portfolio.environment import (
    database_from_url,
    email_from_url,
    env,
    env_bool,
    env_list,
)


class TestEnv:
    def test_refuses_a_variable_that_must_be_set(self, monkeypatch):
        monkeypatch.delenv("SECRET_KEY", raising=False)

        with pytest.raises(ImproperlyConfigured, match="Set SECRET_KEY"):
            env("SECRET_KEY")

    def test_refuses_one_that_is_set_to_nothing(self, monkeypatch):
        monkeypatch.setenv("SECRET_KEY", "")

        with pytest.raises(ImproperlyConfigured, match="Set SECRET_KEY"):
            env("SECRET_KEY")

    def test_refuses_a_truth_value_that_is_none(self, monkeypatch):
        monkeypatch.setenv("DEBUG", "yes")

        with pytest.raises(ImproperlyConfigured, match="DEBUG must be true or false"):
            env_bool("DEBUG")

    def test_reads_a_list_with_commas(self, monkeypatch):
        monkeypatch.setenv("ALLOWED_HOSTS", "a.example.no, b.example.no,")

        assert env_list("ALLOWED_HOSTS", "") == ["a.example.no", "b.example.no"]


class TestDatabaseFromUrl:
    def test_reads_every_part(self):
        settings = database_from_url(
            "postgresql://kari:p%40ss@db.example.no:5433/portal?sslmode=require"
        )

        assert settings["NAME"] == "portal"
        assert settings["USER"] == "kari"
        assert settings["PASSWORD"] == "p@ss"
        assert settings["HOST"] == "db.example.no"
        assert settings["PORT"] == "5433"
        assert settings["OPTIONS"]["sslmode"] == "require"

    def test_waits_for_a_host_that_is_gone_for_seconds_unless_told_otherwise(self):
        asked = database_from_url("postgresql://kari@db.example.no/portal?connect_timeout=2")

        assert database_from_url("postgresql://kari@db.example.no/portal")["OPTIONS"] == {
            "connect_timeout": "5",
            "keepalives_idle": "30",
            "keepalives_interval": "5",
        }
        assert asked["OPTIONS"]["connect_timeout"] == "2"

    def test_reads_a_socket_in_a_path_with_spaces(self):
        settings = database_from_url("postgresql://kari@/portal?host=%2Ftmp%2Fmine%20pr%C3%B8ver")

        assert settings["HOST"] == "/tmp/mine prøver"

    @pytest.mark.parametrize("url", ["sqlite:///db.sqlite3", "mysql://localhost/portal", ""])
    def test_refuses_any_other_database(self, url):
        with pytest.raises(ImproperlyConfigured, match="postgresql://"):
            database_from_url(url)

    @pytest.mark.parametrize("place", ["h:abc", "h:99999", "[h", "kari:hem/melig@h"])
    def test_refuses_an_impossible_port_or_host_without_repeating_it(self, place):
        with pytest.raises(ImproperlyConfigured, match="DATABASE_URL has no port") as refusal:
            database_from_url(f"postgresql://{place}/portal")

        assert place not in str(refusal.value)


class TestEmailFromUrl:
    def test_reads_an_encrypted_server(self):
        settings = email_from_url("smtps://kari:hemmelig@post.example.no")

        assert settings["EMAIL_HOST"] == "post.example.no"
        assert settings["EMAIL_PORT"] == 465
        assert settings["EMAIL_USE_SSL"] is True

    def test_refuses_what_it_does_not_know(self):
        with pytest.raises(ImproperlyConfigured, match="EMAIL_URL"):
            email_from_url("pigeon://loft")
