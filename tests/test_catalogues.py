"""The translations are whole, and the check that says so sees what it should."""

import re
from pathlib import Path

import django.contrib
import pytest
from babel.messages.mofile import read_mo
from django.template import engines
from django.utils.translation import gettext, ngettext, npgettext, override, pgettext

from tests import catalogues

#: How a page asks for a text: without context and with, alone and of several.
ASKED = {
    (False, False): "{{ gettext(texts[0], **given) }}",
    (False, True): "{{ ngettext(texts[0], texts[1], 2, **given) }}",
    (True, False): "{{ pgettext(context, texts[0], **given) }}",
    (True, True): "{{ npgettext(context, texts[0], texts[1], 2, **given) }}",
}
#: What stands in a text for something else; what has no name, or wants no text, is Python's alone.
NAMED, OF_PYTHON = re.compile(r"%\((\w+)\)([sd])"), re.compile(r"%[sd]|%\(\w+\)r")


class TestCatalogues:
    def test_have_no_gap(self):
        assert list(catalogues.problems()) == []

    @pytest.mark.parametrize("language", ["nb", "nn", "en"])
    def test_say_on_a_page_what_they_say(self, language):
        ours = engines["templates"].env
        pages = {kind: ours.from_string(asked) for kind, asked in ASKED.items()}
        texts = [each for each in all_texts() if not OF_PYTHON.search("".join(each[1]))]
        wrong = []
        with override(language):
            for context, of in texts:
                given = {
                    name: 7 if kind == "d" else f"«{name}» 5 % s"
                    for name, kind in NAMED.findall("".join(of))
                }
                page = pages[bool(context), len(of) > 1]
                said = page.render(context=context, texts=of, given=given)
                if said != written_out(context, of, given):
                    wrong.append(said)

        assert wrong == []
        assert len(texts) > 1000


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


def all_texts():
    """Return what our catalogues hold: a context, or None, and the text, or that of one and of several."""
    catalogue = catalogues._read("nb")
    return [
        (each.context, [each.id] if isinstance(each.id, str) else list(each.id))
        for each in catalogue
        if each.id
    ]


def written_out(context, texts, given):
    """Return what a text says in the language of now, without the help of an engine."""
    if context:
        said = npgettext(context, *texts, 2) if len(texts) > 1 else pgettext(context, texts[0])
    else:
        said = ngettext(*texts, 2) if len(texts) > 1 else gettext(texts[0])
    return NAMED.sub(lambda found: str(given[found[1]]), said).replace("%%", "%")
