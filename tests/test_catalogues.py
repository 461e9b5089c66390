"""The translations are whole, and the check that says so sees what it should."""

from pathlib import Path

import django.contrib
import pytest
from babel.messages.mofile import read_mo

from tests import catalogues


class TestCatalogues:
    def test_have_no_gap(self):
        assert list(catalogues.problems()) == []


class TestExtracted:
    def test_finds_what_python_and_templates_ask_for(self, tmp_path, monkeypatch):
        app = tmp_path / "app"
        app.mkdir()
        (app / "views.py").write_text('x = _("From Python")\ny = ngettext("one", "many", 2)\n')
        (app / "page.html").write_text(
            "{% load i18n %}\n"
            '{% translate "From a tag" %} {{ _("From a filter")|upper }}\n'
            "    {% blocktranslate trimmed with name=owner.name %}\n"
            "      It's {{ name }}\n"
            "    {% endblocktranslate %}\n"
            '  {% translate "Search" context "verb" %}\n'
        )
        monkeypatch.setattr(catalogues, "ROOT", tmp_path)

        assert set(catalogues.extracted()) == {
            (None, "From Python"),
            (None, "one"),
            (None, "From a tag"),
            (None, "From a filter"),
            (None, "It's %(name)s"),
            ("verb", "Search"),
        }


class TestAdministration:
    @pytest.mark.parametrize("language", catalogues.LANGUAGES)
    @pytest.mark.parametrize("app", ["admin", "auth"])
    def test_has_no_text_that_django_lacks_in_norwegian(self, language, app):
        folder = Path(django.contrib.__path__[0]) / app / "locale"
        others, has = (
            set().union(*(keys_of(folder / name / "LC_MESSAGES/django.mo") for name in names))
            for names in (("sv", "de"), (language,))
        )

        lacks = others - has - keys_of(catalogues.ROOT / f"locale/{language}/LC_MESSAGES/django.mo")

        assert len(others) > 60
        assert lacks == set()


def keys_of(path):
    with path.open("rb") as file:
        # A text with a plural is another than the same without.
        return {
            (*catalogues._key(message), isinstance(message.id, tuple))
            for message in read_mo(file)
            if message.id
        }
