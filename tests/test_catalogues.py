"""The translations are whole, and the check that says so sees what it should."""

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
