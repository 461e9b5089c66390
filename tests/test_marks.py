"""The mark in place of words that were taken away, and how the words are found."""

import datetime
import time
import unicodedata

import pytest
from django.utils.translation import override

from fkj_portfolio.marks import (
    SHORT_MARK,
    RedactionReason,
    mark_for,
    mark_pattern,
    pattern_of,
    take_away,
    take_away_again,
)
from fkj_portfolio.text import first_sentence, markdown

DAY = datetime.date(2026, 3, 3)
M = "[fjernet 3. mars 2026: personopplysning]"


def without(text, phrase="Åse Nordmann", **options):
    return take_away(text, pattern_of(phrase, **options), M)


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_is_written_in_the_language_of_the_texts(language):
    with override(language):
        assert mark_for(DAY, "personopplysning") == M


@pytest.mark.parametrize(
    "written",
    [
        "Åse Nordmann",
        "ÅSE NORDMANN",
        "åse  nordmann",
        "Åse\nNordmann",
        "Åse\r\nNordmann",
        "Åse\N{NO-BREAK SPACE}Nordmann",
        "Åse&nbsp;Nordmann",
        "Åse\n> Nordmann",
        "Åse\n>>Nordmann",
        "Åse\n> > Nordmann",
        "Åse Nord\N{SOFT HYPHEN}mann",
        "Åse Nordmanns",
        "Åse Nordmann's",
        unicodedata.normalize("NFD", "Åse Nordmann"),
    ],
)
def test_is_put_in_place_of_words_however_they_are_written(written):
    assert without(f"Leder er {written}, fra mars.") == f"Leder er {M}, fra mars."


def test_is_put_in_place_of_words_that_markdown_parts():
    assert without("Leder er **Åse** Nordmann.") == f"Leder er **{M}."


@pytest.mark.parametrize("phrase", ["åse nordmann", unicodedata.normalize("NFD", "Åse Nordmann")])
def test_is_asked_for_as_people_type(phrase):
    assert without("Leder: Åse Nordmann.", phrase) == f"Leder: {M}."


@pytest.mark.parametrize(
    "text",
    [
        "Åse Nordmannheimen",
        "Låse Nordmann",
        "Åse, Nordmann",
        "ÅseNordmann",
        "Åse",
        "Åse > Nordmann",
    ],
)
def test_leaves_other_words(text):
    assert without(text) == text


def test_leaves_accents_that_make_another_word():
    assert without(unicodedata.normalize("NFD", "Renés"), "Rene") == unicodedata.normalize(
        "NFD", "Renés"
    )


def test_tells_capitals_from_small_letters_when_asked():
    assert without("Per leder det per dato.", "Per", match_case=True) == f"{M} leder det per dato."


@pytest.mark.parametrize("phrase", ["+47 900 00 000", "(hemmelig)", "a.b*c", "[x]", "100 %_\\"])
def test_takes_signs_for_what_they_are(phrase):
    assert without(f"Ring {phrase} nå, eller axbbc.", phrase) == f"Ring {M} nå, eller axbbc."


def test_leaves_what_other_marks_say():
    text = f"{M} og {SHORT_MARK}, mars 2026"

    assert without(text, "mars 2026") == f"{M} og {SHORT_MARK}, {M}"
    assert without(text, "fjernet") == text


def test_is_shorter_where_there_is_no_room():
    pattern = pattern_of("Åse Nordmann")

    assert take_away("Plan: Åse Nordmann", pattern, M, room=46) == f"Plan: {M}"
    assert take_away("Plan: Åse Nordmann", pattern, M, room=45) == "Plan: [fjernet]"
    assert take_away("Plan: Åse Nordmann", pattern, M, room=14) == SHORT_MARK


@pytest.mark.parametrize("text", [f"{M}: leder", f"{M}(x)", f"{M}\n\n{M}: /y", f"# {M}"])
def test_is_never_the_sign_of_a_link(text):
    assert M in markdown(text)
    assert "<a" not in markdown(text)
    assert M in first_sentence(text)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (f"`{M}`", f"<code>{M}</code>"),
        (f"    {M}", f"<code>{M}\n</code>"),
        (f"<https://ks.no/{SHORT_MARK}>", f">https://ks.no/{SHORT_MARK}</a>"),
        (f"!{M}(x)", f"!{M}(x)"),
        (f"[se {M}](https://ks.no)", f">se {M}</a>"),
        (f"[se {M}(x)](https://ks.no)", f">se {M}(x)</a>"),
        (f"**{M}**", f"<strong>{M}</strong>"),
    ],
)
def test_is_shown_without_more_signs(text, shown):
    assert shown in markdown(text)
    assert "\\" not in markdown(text)
    assert M in first_sentence(text) or SHORT_MARK in first_sentence(text)


@pytest.mark.parametrize("text", [M, SHORT_MARK, f"a {M} b {SHORT_MARK} c"])
def test_is_known_again(text):
    assert "fjernet" not in mark_pattern().sub("", text)


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
@pytest.mark.parametrize("reason", RedactionReason)
def test_is_known_again_in_every_language(reason, language):
    with override(language):
        mark = f"[fjernet 3. mars 2026: {reason.label}]"

    assert mark_pattern().fullmatch(mark)


@pytest.mark.parametrize(
    "typed",
    [
        "[fjernet 3. mars 2026: Åse Nordmann]",
        "[fjernet 3. mars 2026: personopplysning om Åse Nordmann]",
        "[fjernet: Åse Nordmann]",
    ],
)
def test_is_nothing_that_people_type_in_brackets(typed):
    assert without(typed) == typed.replace("Åse Nordmann", M)


def test_has_no_other_word_for_a_month():
    assert without("[fjernet 3. Nordmann 2026: personopplysning]", "Nordmann").count("fjernet") == 2


class TestTakeAwayAgain:
    def test_leaves_out_what_was_taken_away_since_the_form_was_opened(self):
        written = take_away_again(
            "Leder er Åse Nordmann. Hun begynte i mai.",
            opened="Leder er Åse Nordmann.",
            saved=f"Leder er {M}.",
        )

        assert written == f"Leder er {M}. Hun begynte i mai."

    def test_leaves_out_each_of_several(self):
        written = take_away_again(
            "Kari Berg og Åse Nordmann leder.",
            opened="Åse Nordmann og Kari Berg.",
            saved=f"{M} og {SHORT_MARK}.",
        )

        assert written == f"{SHORT_MARK} og {M} leder."

    @pytest.mark.parametrize(
        ("opened", "saved"),
        [
            ("Åse Nordmann", M),
            ("Åse Nordmann leder. Ring Åse Nordmann.", f"{M} leder. Ring {M}."),
            ("Kari BergÅse Nordmann", f"Kari Berg{M}"),
            ("Åse Nordmann", f"{SHORT_MARK}{M}"),
        ],
    )
    def test_finds_what_a_mark_is_in_place_of(self, opened, saved):
        assert take_away_again("Ring Åse Nordmann.", opened=opened, saved=saved) == f"Ring {M}."

    @pytest.mark.parametrize(
        ("opened", "saved"),
        [
            ("a" * 150 + "b", f"{SHORT_MARK}a" * 5 + "c"),
            (", ".join(["Åse Nordmann"] * 40) + "!", ", ".join([M] * 7) + "."),
        ],
    )
    def test_takes_no_longer_whatever_is_sent(self, opened, saved):
        began = time.process_time()
        take_away_again(opened, opened=opened, saved=saved)

        assert time.process_time() - began < 1

    @pytest.mark.parametrize(
        ("opened", "saved"),
        [
            ("Leder er Åse Nordmann.", "Leder er Åse Nordmann."),
            ("Åse Nordmann", f"Åse N{M}Nordmann"),
            ("Leder er Åse Nordmann.", f"Noe helt annet {M}."),
            (f"Leder er {M}.", f"Leder er {M}."),
        ],
    )
    def test_leaves_the_rest_as_it_is_written(self, opened, saved):
        assert take_away_again("Åse Nordmann", opened=opened, saved=saved) == "Åse Nordmann"
