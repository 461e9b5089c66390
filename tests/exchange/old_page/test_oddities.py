"""Old pages as HTML, with too much or nothing in them, and their dates."""

import datetime
import time
from contextlib import suppress

import pytest

from exchange.scaffold.old_page import OldPageError, read_old_page
from exchange.scaffold.old_page.dates import find_date
from tests.exchange.old_page.seed import PAGES, changed, read


class TestHtml:
    def test_reads_like_the_text(self):
        page = read("felles-medisinliste.html")

        assert page.title == "Felles medisinliste"
        assert page.ingress.startswith("Alle som behandler")
        assert (page.status, page.risk, page.owner_name) == (
            "Under kontroll",
            "Lav",
            "Helse Vest RHF",
        )
        assert page.counts == page.stated_counts == (1, 2)
        assert page.milestones[0].description == "Omfatter alle avdelinger."
        assert page.remarks == ()

    def test_keeps_links_and_lists(self):
        page = read("felles-medisinliste.html")

        assert "[erfaringer fra vest](<https://portefolje.example/erfaringer>)" in page.description
        assert page.description.endswith("1. Først sykehus\n2. Så kommuner")
        assert page.link_url == "https://vest.example/medisinliste"
        assert page.link_text == "Les mer om prosjektet på Helse Vest sine nettsider."

    def test_is_read_or_refused_wherever_it_is_cut(self):
        data = (PAGES / "felles-medisinliste.html").read_bytes()
        for length in range(0, len(data), 23):
            with suppress(OldPageError):
                assert read_old_page(data[:length]).is_cut

    def test_leaves_out_what_is_not_of_the_page(self):
        data = (PAGES / "felles-medisinliste.html").read_text()
        more = "<template><main>Annet</main></template><nav><h1>Annet</h1></nav>"

        page = read_old_page(data.replace("<body>", f"<body>{more}").encode())

        assert page == read("felles-medisinliste.html")

    def test_leads_nowhere_but_to_web_pages(self):
        data = (PAGES / "felles-medisinliste.html").read_text()

        page = read_old_page(data.replace("https://vest.example/", "javascript:alert()//").encode())

        assert page.link_url == ""


class TestNoPage:
    @pytest.mark.parametrize(
        ("data", "message"),
        [
            (b"", "The file is empty."),
            (b" \n\n ", "The file is empty."),
            (b"Handleliste\nMelk\n", "The file is no project page"),
            (b"<html><body><p>Hei</p></body></html>", "The file is no project page"),
            (b"Tittel\n\nNokkelinformasjon\n", "The file is no project page"),
            ("Tittel\n\nNøkkelinformasjon\n\nHei.\n".encode(), "The file is no project page"),
            ("Nøkkelinformasjon\n\nEier\n\nKS\n\nTekst.\n".encode(), "The page has no title."),
            (b"\x89PNG\r\n\x1a\n\x00\x00", "The file is not text."),
            (b"a" * 5_000_001, "The file is too big to be a page."),
            (b"<div>" * 50_000, "The file is"),
        ],
    )
    def test_gets_one_sentence(self, data, message):
        with pytest.raises(OldPageError, match=message):
            read_old_page(data)


class TestTooMuch:
    """Files that keep a careless reader busy for minutes; each is read or refused at once."""

    @pytest.mark.parametrize(
        "inside",
        [
            "<ul>" + "<li>x</li>" * 9_000 + "</ul>",
            "<ul>" + "<li>x</li>" * 100_000 + "</ul>",
            "<p>x</p>" * 9_000 + "<script>x</script>" * 15_000,
            "<!-- x -->" * 40_000,
            "<a href='https://a.example/'>x </a>" * 20_000,
            "<div>" * 40_000,
            "<nav>" * 40_000,
            "<p>" + "ord " * 1_000_000,
            "<h1>Felles medisinliste</h1>" * 20_000,
        ],
        ids=lambda text: text[:12],
    )
    def test_html_takes_seconds(self, inside):
        data = (PAGES / "felles-medisinliste.html").read_text()
        began = time.process_time()

        with suppress(OldPageError):
            page = read_old_page(data.replace("</main>", f"{inside}</main>").encode())
            assert page.title == "Felles medisinliste"

        assert time.process_time() - began < 10

    @pytest.mark.parametrize(
        "more",
        [
            "Eier\nKS\n" * 100_000,
            "Eier: KS\n" * 100_000,
            "x\nEier\n" * 100_000,
            "4 - x\n" * 100_000,
        ],
        ids=lambda text: text[:8],
    )
    def test_text_takes_seconds(self, more):
        began = time.process_time()

        with pytest.raises(OldPageError, match="too big"):
            read_old_page(changed("Eier\n\nKS\n\n", f"{more}Eier\n\nKS\n\n"))

        assert time.process_time() - began < 10

    def test_a_count_that_is_none_is_left_out(self):
        page = read_old_page(changed("5 av 9", f"{'9' * 5000} av 9"))

        assert page.stated_counts is None
        assert page.counts == (5, 9)
        assert page.remarks[0].startswith("Line 62 was left out: “Prosjektet er ferdig med 999")


@pytest.mark.parametrize(
    ("text", "date", "rest"),
    [
        ("17.01.2022", datetime.date(2022, 1, 17), ""),
        ("7. 1. 2022", datetime.date(2022, 1, 7), ""),
        ("07.01.22.", datetime.date(2022, 1, 7), ""),
        ("2022-01-07", datetime.date(2022, 1, 7), ""),
        ("7. januar 2022 (revidert)", datetime.date(2022, 1, 7), "(revidert)"),
        ("31.02.2022", None, "31.02.2022"),
        ("Q2 2022", None, "Q2 2022"),
    ],
)
def test_finds_dates(text, date, rest):
    assert find_date(text) == (date, rest)
