"""Passwords: which ones one may have, and how they are kept."""

import pytest
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import global_settings, settings
from django.contrib.auth import hashers
from django.contrib.auth.password_validation import (
    password_validators_help_text_html,
    validate_password,
)
from django.core.exceptions import ValidationError
from pytest_django.asserts import assertContains, assertNotContains

from accounts import forms
from accounts.models import User
from tests.accounts.visitors import LOGIN, is_in, log_in
from tests.factories import UserFactory


class TestPasswords:
    @pytest.mark.parametrize(
        "password",
        [
            "kort",
            "passord1",
            "Password1",
            "iloveyou",
            "12345678901",
            "idajensen",
            "Porteføljen2026!",
            "Portefoljen2026",
            "Portefoeljen2026",
            "PORTEFØLJE2026",
            "prosjekt-2026",
            "prosjektleder1",
            "Digital2026!",
            "KommuneKommune1",
        ],
    )
    def test_refuses(self, password):
        user = User(name="Ida Jensen", email="ida.jensen@ks.no")

        with pytest.raises(ValidationError):
            validate_password(password, user)

    @pytest.mark.parametrize(
        "password",
        ["x" * 64 + "y", "ti tynne tiurer", "ÆØÅ æøå 🦊🦊", "!!!!????", "prosjektet mot snømåking"],
    )
    def test_takes(self, password):
        validate_password(password, User(name="Ida Jensen", email="ida.jensen@ks.no"))

    @pytest.mark.parametrize(
        "password", [" begins and ends with blanks ", "STORE Bokstaver", "å" * 70]
    )
    def test_takes_it_as_it_was_typed(self, client, db, password):
        user = UserFactory(email="ida@ks.no")
        user.set_password(password)
        user.save()
        for other in (password.strip(), password.lower(), password[:64]):
            if other != password:
                log_in(client, password=other)
                assert not is_in(client)

        log_in(client, password=password)

        assert is_in(client)

    def test_are_stored_by_a_slow_hash(self, settings):
        settings.PASSWORD_HASHERS = global_settings.PASSWORD_HASHERS

        stored = hashers.make_password("Ti tynne tiurer")

        algorithm, rounds, _salt, _hash = stored.split("$")
        assert algorithm == "pbkdf2_sha256"
        assert int(rounds) >= 600_000


class TestFields:
    def test_mask_and_can_be_filled_in_by_a_manager(self, client, db):
        page = client.get(LOGIN).text

        assert 'type="password"' in page
        assert 'autocomplete="current-password"' in page
        assert "onpaste" not in page

    @pytest.fixture
    def pages(self, client, user):
        """Open every page that asks for a new password."""
        key = f"{user_pk_to_url_str(user)}-{default_token_generator.make_token(user)}"
        by_link = client.get(f"/konto/passord/nytt/{key}/", follow=True)
        client.force_login(user)
        changed = client.get("/konto/passord/endre/")
        user.set_unusable_password()
        user.save()
        client.force_login(user)
        return [by_link, changed, client.get("/konto/passord/velg/")]

    def test_explain_a_new_password_without_tags_to_be_seen(self, pages):
        for page in pages:
            assertContains(page, 'name="password1"')
            assertContains(page, "Minst åtte tegn.")
            assertNotContains(page, "&lt;")

    def test_would_show_tags_with_the_words_of_django(self, request, monkeypatch):
        monkeypatch.setattr(forms, "RULES", password_validators_help_text_html())

        for page in request.getfixturevalue("pages"):
            assertContains(page, "&lt;ul&gt;")


def test_the_words_of_the_site_are_known():
    assert "portefølje" in settings.PASSWORD_WORDS
