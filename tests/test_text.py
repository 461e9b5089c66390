"""Texts from people, as they are put on a page."""

import time

import pytest
from bs4 import BeautifulSoup

from fkj_portfolio.marks import pattern_of
from fkj_portfolio.text import first_sentence, markdown, paragraphs_showing, plain_text
from tests.factories import MilestoneFactory, ProjectFactory, StatusReportFactory
from tests.past import at, day


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


def lines_of(text):
    """The lines that a reader sees, each with what stands around it."""
    html = markdown(text).replace("<br>", "")
    return [line for line in html.splitlines() if line not in ("<ol>", "</ol>", "<ul>", "</ul>")]


@pytest.mark.django_db
def test_every_page_says_the_day_that_was_typed(client):
    """Project, report, what has changed, and search; also what was saved before this was mended."""
    text = "1. juni møttes **styret**.\n15. juni ble det enig."
    with at("2026-03-02"):
        project = ProjectFactory(description=text, ingress="Noe annet.")
        StatusReportFactory(project=project, reported_on=day("2026-03-02"))
        MilestoneFactory(project=project, description=text)
    with at("2026-04-02"):
        later = {"status": "challenges", "status_text": text, "risk_text": text}
        report = StatusReportFactory(project=project, **later, reported_on=day("2026-04-02"))
    with at("2026-04-03"):
        StatusReportFactory(project=project, status="challenges", reported_on=day("2026-04-03"))
    page, old = project.get_absolute_url(), f"{project.get_absolute_url()}rapporter/{report.pk}/"

    def words(address):
        return " ".join(BeautifulSoup(client.get(address).content, "html.parser").main.text.split())

    whole, first = "1. juni møttes styret. 15. juni ble det enig.", "1. juni møttes styret."
    assert words(page).count(whole) == 2
    assert words(page).count(first) == 3
    assert words(old).count(whole) == 3
    assert first in words("/endringer/?fra=2026-03-15&til=2026-04-02")
    assert whole in words("/sok/?sok=styret")


class TestNumbersThatAreNoList:
    @pytest.mark.parametrize(
        "text",
        [
            "15. juni 2024 ble styret enig.",
            "1. juni møttes vi.\n15. juni ble vi enige.",
            "1. juni møttes vi.\n2. juni ble vi enige.",
            "1. Juni møttes vi.\n2. Juni ble vi enige.",
            "1. jan.: oppstart\n2. jan.: pause",
            "3. des: stopp\n4. des: slutt",
            "15. og 16. juni er det samling.\n16. juni drar vi.",
            "3. og 4. kvartal går med til test.",
            "1. kvartal: plan\n2. kvartal: test",
            "1. – 15. mars: søknad\n2. – 3. april: svar",
            "15) juni",
            "17.01.2022 startet vi.",
            "2024. Året da alt ble klart.\n2025. Året etter.",
            "2024.",
            "01. punkt\n02. punkt",
            "00. punkt\n01. punkt",
            "+ 3 % i utgifter\n+ 4 % i inntekter",
            "1. plass",
            "1. Avklare\n1. Bygge",
            "Vi møttes:\n1. juni med KS\n15. juni med alle",
            "Årene:\n+ 3 %",
        ],
    )
    def test_stay_as_typed(self, text):
        assert markdown(text) == "<p>" + text.replace("\n", "<br>\n") + "</p>\n"
        assert plain_text(text) == text

    @pytest.mark.parametrize(
        ("text", "lines"),
        [
            ("1. juni\n\n15. juni", ["<p>1. juni</p>", "<p>15. juni</p>"]),
            ("1. juni\n\n2. juni", ["<p>1. juni</p>", "<p>2. juni</p>"]),
            ("- 15. juni: møte\n- 20. juni", ["<li>15. juni: møte</li>", "<li>20. juni</li>"]),
            ("- Møte\n15. juni", ["<li>Møte</li>", "<p>15. juni</p>"]),
            ("- Økt\n+ 3 %", ["<li>Økt</li>", "<p>+ 3 %</p>"]),
            ("- + 3 %", ["<li>+ 3 %</li>"]),
            ("# 15. juni", ["<h3>15. juni</h3>"]),
            (
                "> 15. juni\n> 20. juni",
                ["<blockquote>", "<p>15. juni", "20. juni</p>", "</blockquote>"],
            ),
            ("1. Plan\n2. Test\n15. juni", ["<li>Plan</li>", "<li>Test</li>", "<p>15. juni</p>"]),
            ("1. Plan\n2. Test\n3. juni", ["<li>Plan</li>", "<li>Test</li>", "<p>3. juni</p>"]),
            ("1. Plan\n2. Test\n\n4. juni", ["<li>Plan</li>", "<li>Test</li>", "<p>4. juni</p>"]),
            ("1. Plan\n2. Test\n03. Slutt", ["<li>Plan</li>", "<li>Test</li>", "<p>03. Slutt</p>"]),
            ("`1. juni`\n15. juni", ["<p><code>1. juni</code>", "15. juni</p>"]),
        ],
    )
    def test_stay_as_typed_beside_anything_else(self, text, lines):
        assert lines_of(text) == lines

    @pytest.mark.parametrize(
        ("text", "opens"),
        [
            ("1. Avklare\n2. Bygge\n3. Teste", "<ol>"),
            ("1) Avklare\n2) Bygge\n3) Teste", "<ol>"),
            ("3. Avklare\n4. Bygge\n5. Teste", '<ol start="3">'),
            ("0. Avklare\n1. Bygge\n2. Teste", '<ol start="0">'),
            ("99. Avklare\n100. Bygge\n101. Teste", '<ol start="99">'),
            ("1. Avklare\n\n2. Bygge\n\n\n3. Teste", "<ol>"),
            ("1. Avklare\nmed KS\n2. Bygge\n3. Teste", "<ol>"),
            ("1. Avklare\n\n   Med KS.\n\n2. Bygge\n3. Teste", "<ol>"),
            ("1. Avklare\n   - hva\n   - når\n2. Bygge\n3. Teste", "<ol>"),
            ("1. Avklare\n   1. hva\n   2. når\n2. Bygge\n3. Teste", "<ol>"),
            ("1. 15. juni: start\n2. 20. juni: test\n3. slutt", "<ol>"),
            ("Planen er:\n1. Avklare\n2. Bygge\n3. Teste", "<p>Planen er:</p>\n<ol>"),
            ("> 1. Avklare\n> 2. Bygge\n> 3. Teste", "<blockquote>\n<ol>"),
            ("- Nå:\n  1. Avklare\n  2. Bygge\n  3. Teste", "<ul>\n<li>Nå:\n<ol>"),
        ],
    )
    def test_leave_lists_that_count(self, text, opens):
        html = markdown(text)

        assert html.startswith(opens)
        items = BeautifulSoup(html, "html.parser").ol.find_all("li", recursive=False)
        assert len(items) == 3

    def test_take_no_longer_for_more_of_them(self):
        """Each line is looked at once more, not each from every other."""
        for text in ("1. x\n" * 4000, "1. x\nfoo\n" * 2500, "1. " * 6000, "1.\n\n" * 5000):
            began = time.process_time()
            markdown(text)
            assert time.process_time() - began < 2


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
            ("15. juni 2024 ble styret enig. Nå bygger vi.", "15. juni 2024 ble styret enig."),
            ("15. Juni ble styret enig. Nå bygger vi.", "15. Juni ble styret enig."),
            ("1. juni kom de.\n15. juni gikk de.", "1. juni kom de."),
            ("- 15. juni: møte", "15. juni: møte"),
            ("2024. Styret ble enig. Nå bygger vi.", "2024. Styret ble enig."),
            ("+ 3 % i utgifter. Det er nytt.", "+ 3 % i utgifter."),
            ("Vi ble ferdige i 2024. Nå er vi i drift.", "Vi ble ferdige i 2024."),
            ("Møtet er 1. Mai i Oslo. Alle kommer.", "Møtet er 1. Mai i Oslo."),
            ("14. feb. Alle kommuner er med. Mer.", "14. feb. Alle kommuner er med."),
            ("Fra 1. Sept. KS er med. Mer.", "Fra 1. Sept. KS er med."),
            ("Frist 3. des. Alle leverer! Mer.", "Frist 3. des. Alle leverer!"),
            ("Vi har 3 feb. Mer.", "Vi har 3 feb. Mer."),
            ("Det er i des. Alle er med.", "Det er i des."),
            ("1. Avklare. Så videre.\n2. Bygge", "1. Avklare."),
            ("", ""),
        ],
    )
    def test_is_plain_text(self, text, sentence):
        assert first_sentence(text) == sentence

    def test_is_cut_when_it_is_very_long(self):
        assert len(first_sentence("ord " * 500)) == 240


class TestParagraphsShowing:
    @pytest.mark.parametrize(
        "paragraph",
        [
            "Leder er Åse [Nordmann](https://ks.no).",
            "Leder er Åse Nordm&#97;nn.",
            "Leder er &Aring;se Nord**mann**.",
            "Leder er Åse Nord&shy;mann.",
            "> Leder er Åse\n  > Nordmann.",
        ],
    )
    def test_finds_words_in_pieces(self, paragraph):
        text = f"Først.\n\n{paragraph}\n\nSist."

        assert paragraphs_showing(pattern_of("Åse Nordmann"), text) == [paragraph]

    def test_takes_the_whole_text_where_no_paragraph_shows_them_alone(self):
        text = "- Åse\n\n  [Nordmann](https://ks.no)"

        assert paragraphs_showing(pattern_of("Åse Nordmann"), text) == [text]

    @pytest.mark.parametrize("text", ["Åse **Nordmannheimen**", "[Åse](https://nordmann.no)", ""])
    def test_leaves_other_words(self, text):
        assert paragraphs_showing(pattern_of("Åse Nordmann"), text) == []
