"""Words for how late a milestone is, and how far a project has come."""

import datetime
from typing import Any

import pytest
from django.utils import translation

from milestones.words import progress_in_words, slip_in_words
from projects.models import Project

JUNE_30 = datetime.date(2026, 6, 30)
TODAY = datetime.date(2026, 6, 1)


def days_after(days: int) -> datetime.date:
    return JUNE_30 + datetime.timedelta(days=days)


@pytest.fixture(autouse=True)
def norwegian():
    with translation.override("nb"):
        yield


class TestSlip:
    @pytest.mark.parametrize(
        ("days", "moves", "words"),
        [
            (0, 0, "i rute"),
            (1, 1, "1 dag etter opprinnelig frist, flyttet 1 gang"),
            (87, 2, "87 dager etter opprinnelig frist, flyttet 2 ganger"),
            (-1, 1, "1 dag før opprinnelig frist, flyttet 1 gang"),
            (-12, 1, "12 dager før opprinnelig frist, flyttet 1 gang"),
            (0, 2, "i rute, flyttet 2 ganger"),
            (5, 0, "5 dager etter opprinnelig frist"),
        ],
    )
    def test_of_an_open_one_is_against_the_original_date(self, days, moves, words):
        assert slip_in_words(JUNE_30, days_after(days), moves=moves, today=TODAY) == words

    @pytest.mark.parametrize(
        ("days", "words"),
        [
            (0, "levert på fristen"),
            (1, "levert 1 dag etter frist"),
            (30, "levert 30 dager etter frist"),
            (-1, "levert 1 dag før frist"),
            (-12, "levert 12 dager før frist"),
        ],
    )
    def test_of_a_delivered_one_is_when_it_was_delivered(self, days, words):
        assert (
            slip_in_words(JUNE_30, JUNE_30, is_delivered=True, delivered_on=days_after(days))
            == words
        )

    @pytest.mark.parametrize(
        ("days", "words"),
        [
            (0, "levert på fristen, flyttet 1 gang"),
            (1, "levert 1 dag etter opprinnelig frist, flyttet 1 gang"),
            (40, "levert 40 dager etter opprinnelig frist, flyttet 1 gang"),
            (-1, "levert 1 dag før opprinnelig frist, flyttet 1 gang"),
            (-2, "levert 2 dager før opprinnelig frist, flyttet 1 gang"),
        ],
    )
    def test_of_a_moved_and_delivered_one_says_which_due_date(self, days, words):
        delivered_on = days_after(days)
        assert (
            slip_in_words(
                JUNE_30, days_after(50), is_delivered=True, delivered_on=delivered_on, moves=1
            )
            == words
        )

    @pytest.mark.parametrize(
        ("facts", "words"),
        [
            ({"original": None, "due": None}, "dato ikke oppgitt"),
            ({"original": JUNE_30, "due": JUNE_30, "is_delivered": True}, "dato ikke oppgitt"),
            (
                {"original": None, "due": None, "is_delivered": True, "delivered_on": JUNE_30},
                "frist ikke oppgitt",
            ),
            ({"original": JUNE_30, "due": days_after(9), "is_obsolete": True, "moves": 1}, ""),
            (
                {
                    "original": JUNE_30,
                    "due": JUNE_30,
                    "is_delivered": True,
                    "delivered_on": JUNE_30,
                    "is_obsolete": True,
                },
                "levert på fristen",
            ),
        ],
    )
    def test_where_there_is_nothing_to_count(self, facts: dict[str, Any], words):
        assert slip_in_words(**facts) == words

    @pytest.mark.parametrize(
        ("due", "today", "words"),
        [
            (JUNE_30, JUNE_30, "i rute"),
            (JUNE_30, days_after(1), "forfalt for 1 dag siden"),
            (JUNE_30, days_after(12), "forfalt for 12 dager siden"),
            (
                days_after(10),
                days_after(12),
                "10 dager etter opprinnelig frist, forfalt for 2 dager siden",
            ),
        ],
    )
    def test_says_what_is_overdue(self, due, today, words):
        assert slip_in_words(JUNE_30, due, today=today) == words


class TestProgress:
    @pytest.mark.parametrize(
        ("delivered", "total", "obsolete", "words"),
        [
            (5, 9, 1, "Prosjektet er ferdig med 5 av 9 leveranser."),
            (0, 1, 0, "Prosjektet er ferdig med 0 av 1 leveranse."),
            (0, 0, 2, "Alle leveransene er utgått."),
            (0, 0, 0, ""),
        ],
    )
    def test_is_the_sentence_of_the_real_page(self, delivered, total, obsolete, words):
        project = Project()
        project.delivered_count, project.milestone_count = delivered, total
        project.obsolete_count = obsolete

        assert progress_in_words(project) == words
