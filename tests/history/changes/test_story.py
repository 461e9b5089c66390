"""The real project between two days, and its status in the table of all."""

import pytest
from pytest_django.asserts import assertContains

from projects.models import Lifecycle, Status
from tests.history.changes.portfolio import (
    APRIL,
    BETWEEN,
    change,
    report,
    reported,
    section,
    soup,
    text_of,
)

pytestmark = pytest.mark.django_db

STORY = "/endringer/?fra=2023-02-15&til=2023-06-30"


def matrix(page):
    """The numbers of the table, without its sums: a list for each row."""
    rows = page.select(".matrix tbody tr")
    return [[text_of(cell).split(" ")[0] for cell in row.select("td")[:-1]] for row in rows]


class TestTheStory:
    def test_shows_who_became_red_with_the_words_of_the_reports(self, client, story):
        page = soup(client.get(STORY))

        red = section(page, "came-major-challenges")
        assert "Felles kommunal journal" in red
        assert "Beslutningsunderlaget er ikke klart til styremøtet. 15.05.2023" in red
        assert "Før: Under kontroll. Selskapet FKJI AS er under avvikling" in red
        assert section(page, "came-on-track").endswith(
            "Ikke lenger her: Felles kommunal journal (nå Betydelige utfordringer)"
        )
        assert text_of(page.find(class_="lead")) == "Ett prosjekt har fått det vanskeligere."

    def test_shows_the_moves_with_days_and_causes(self, client, story):
        moved = section(soup(client.get(STORY)), "moved")

        assert "Til sammen 184 dager senere. Årsaker: Leverandør (1), Avhengighet (1)." in moved
        assert (
            "Flyttet fra 01.03.2023 til 01.06.2023, 92 dager senere. Leverandør: "
            "Ekstern kvalitetssikrer trenger mer tid. 10.03.2023" in moved
        )
        assert "Flyttet fra 15.03.2023 til 15.06.2023, 92 dager senere. Avhengighet" in moved

    def test_shows_what_was_withdrawn_and_why(self, client, story):
        withdrawn = section(soup(client.get(STORY)), "withdrawn")

        assert "MP7 - Forankring kommuner utenfor Midt-Norge" in withdrawn
        assert "15.06.2023: Forankringen går videre i KS sine egne organer." in withdrawn

    def test_shows_only_what_lies_between_the_days(self, client, story):
        page = soup(client.get("/endringer/?fra=2023-03-10&til=2023-05-14"))

        assert section(page, "moved").startswith("Flyttet (1)")
        assert page.find(id="withdrawn") is None
        assert page.find(id="came-major-challenges") is None
        assert "Kvalitetssikringen tar lengre tid" in section(page, "came-challenges")

    def test_leads_to_the_page_of_the_last_day(self, client, story):
        page = soup(client.get(STORY))

        addresses = {link["href"] for link in page.select("main a[href^='/prosjekter/']")}
        assert f"{story.get_absolute_url()}?per=2023-06-30" in addresses
        mp7 = story.milestones.get(code="MP7")
        assert f"{story.get_absolute_url()}?per=2023-06-30#leveranse-{mp7.pk}" in addresses
        for address in addresses:
            assert client.get(address).status_code == 200


class TestMatrix:
    @pytest.fixture(autouse=True)
    def portfolio(self):
        reported(Status.ON_TRACK, title="Stille")
        worse = reported(Status.ON_TRACK, title="Verre")
        better = reported(Status.MAJOR_CHALLENGES, title="Bedre")
        first = reported(None, title="Første rapport")
        closed = reported(Status.CHALLENGES, title="Ferdig")
        paused = reported(Status.CHALLENGES, title="Venter")
        planned = reported(None, title="Kommer", lifecycle=Lifecycle.PLANNED)
        reported(None, title="Hele tiden på pause", lifecycle=Lifecycle.PAUSED)
        report(worse, Status.MAJOR_CHALLENGES, "Leverandøren er konkurs. Alt stopper.")
        report(better, Status.CHALLENGES, "Det løsner.")
        report(first, Status.ON_TRACK, "I gang.")
        change(closed, lifecycle=Lifecycle.CLOSED)
        change(paused, lifecycle=Lifecycle.PAUSED)
        change(planned, lifecycle=Lifecycle.ACTIVE)
        reported(Status.ON_TRACK, on=APRIL, title="Helt ny")

    def test_counts_status_then_against_now(self, client):
        page = soup(client.get(BETWEEN))

        assert matrix(page) == [
            ["1", "0", "1", "0", "0"],
            ["0", "0", "0", "0", "2"],
            ["0", "1", "0", "0", "0"],
            ["1", "0", "0", "0", "0"],
            ["1", "0", "0", "1", "–"],
        ]
        assert [text_of(row.select("td")[-1]) for row in page.select(".matrix tbody tr")] == [
            "2", "2", "1", "1", "2",
        ]  # fmt: skip
        assert [text_of(cell) for cell in page.select(".matrix tfoot td")] == [
            "3", "1", "1", "1", "2", "",
        ]  # fmt: skip

    def test_marks_what_is_unchanged_in_words(self, client):
        cells = soup(client.get(BETWEEN)).select(".matrix__unchanged")

        assert text_of(cells[0]) == "1 fra Under kontroll til Under kontroll uendret"

    def test_leads_from_each_number_to_the_names(self, client):
        page = soup(client.get(BETWEEN))

        names = {}
        for link in page.select(".matrix a"):
            heading = page.find(id=link["href"].removeprefix("#"))
            names[link["href"]] = [text_of(each) for each in heading.parent.select("li")]
        assert names == {
            "#on-track-on-track": ["Stille"],
            "#on-track-major-challenges": ["Verre"],
            "#challenges-not-counted": ["Ferdig", "Venter"],
            "#major-challenges-challenges": ["Bedre"],
            "#not-reported-on-track": ["Første rapport"],
            "#not-counted-on-track": ["Helt ny"],
            "#not-counted-not-reported": ["Kommer"],
        }

    def test_has_the_same_numbers_in_the_picture(self, client):
        page = soup(client.get(BETWEEN))

        drawn = sorted(int(text_of(each)) for each in page.select(".flow__number"))
        assert drawn == sorted([2, 2, 1, 1, 2, 3, 1, 1, 1, 2])
        told = text_of(page.find(id="flow-desc"))
        assert "Under kontroll, uendret: 1." in told
        assert "fra Under kontroll til Betydelige utfordringer: 1." in told

    def test_sums_up_in_one_sentence(self, client):
        assertContains(
            client.get(BETWEEN),
            "Ett prosjekt har fått det vanskeligere. Ett prosjekt har fått det bedre.",
        )

    def test_says_why_the_totals_differ(self, client):
        totals = text_of(soup(client.get(BETWEEN)).find(class_="totals"))

        assert totals == (
            "15. mars 2026: 6 aktive prosjekter. 15. mai 2026: 6 aktive prosjekter. "
            "Kommet med: Nye (1), Startet (1) Gått ut: Satt på pause (1), Avsluttet (1)"
        )

    def test_lists_what_happened_to_projects(self, client):
        page = soup(client.get(BETWEEN))

        assert section(page, "new") == "Nye (1) Helt ny Under kontroll"
        assert section(page, "started") == "Startet (1) Kommer Planlagt → Ikke rapportert"
        assert section(page, "closed") == "Avsluttet (1) Ferdig Noen utfordringer → Avsluttet"
        assert (
            section(page, "paused") == "Satt på pause (1) Venter Noen utfordringer → Satt på pause"
        )
