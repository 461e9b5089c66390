"""Texts from people, as they are put on a page."""

import pytest

from fkj_portfolio.text import first_sentence, markdown


class TestMarkdown:
    def test_makes_paragraphs_lists_and_links(self):
        html = markdown("En setning.\n\n- første\n- andre\n\n[KS](https://www.ks.no/)")

        assert "<p>En setning.</p>" in html
        assert html.count("<li>") == 2
        assert '<a href="https://www.ks.no/"' in html

    def test_keeps_the_headings_of_the_page_above_those_of_the_text(self):
        assert markdown("# Bakgrunn") == "<h3>Bakgrunn</h3>\n"
        assert markdown("#### Detaljer") == "<h4>Detaljer</h4>\n"

    def test_keeps_a_line_break_where_it_was_typed(self):
        assert "<br>" in markdown("En linje\nog en til")

    @pytest.mark.parametrize(
        "text",
        [
            "<script>alert(1)</script>",
            "<img src=x onerror=alert(1)>",
            "[klikk](javascript:alert(1))",
            "[klikk](data:text/html;base64,PHNjcmlwdD4=)",
            "![bilde](https://example.no/sporing.gif)",
        ],
    )
    def test_lets_nothing_through_that_runs_or_loads(self, text):
        html = markdown(text)

        assert "<script" not in html
        assert "<img" not in html
        assert "href=" not in html


class TestFirstSentence:
    @pytest.mark.parametrize(
        ("text", "sentence"),
        [
            ("Alt går bra. Vi fortsetter.", "Alt går bra."),
            ("Vi venter p.t. på 1. utkast. Så sender vi det.", "Vi venter p.t. på 1. utkast."),
            ("Avvikles innen 30.06.2023. Ærlig talt.", "Avvikles innen 30.06.2023."),
            ("# Status\n\nAlt går bra.", "Status"),
            ("Går det? «Ja.»", "Går det?"),
            ("**Viktig** & <b>nytt</b>", "Viktig & <b>nytt</b>"),
            ("uten punktum", "uten punktum"),
            ("", ""),
        ],
    )
    def test_is_plain_text(self, text, sentence):
        assert first_sentence(text) == sentence

    def test_is_cut_when_it_is_very_long(self):
        assert len(first_sentence("ord " * 500)) == 240
