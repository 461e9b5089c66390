"""What somebody may have meant whose words find nothing: the nearest titles."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from django.contrib.postgres.search import SearchQuery
from django.db import connection
from django.db.models import Case, F, FloatField, Value, When
from django.db.models.expressions import Combinable

from projects.models.search import Holds, words_of
from projects.models.word_forms import STOP_WORDS

if TYPE_CHECKING:
    from projects.models.project_queryset import ProjectQuerySet

#: How many words are corrected; who mistypes more of them types less.
ASKED = 8
#: How many words are tried for each.
TRIED = 3
#: How many titles are compared as a whole.
COMPARED = 50
SHOWN = 5
#: How alike a word must be to be tried, and a title to be offered; 1 is the same.
ALIKE_WORD, ALIKE_TITLE = 0.6, 0.6
#: How far a title that is offered may be from the nearest.
FROM_NEAREST = 0.15
LONGEST_SEARCH = 100

# Words that share the most groups of three letters, in the share of all that both have; only those
# that stand in a title which this person may see, or the others would take all the places.
# OFFSET 0: the nearest are looked for in the titles first, and no more of them than are shown.
NEAR_WORDS = """
    SELECT asked.word, near.word
    FROM unnest(%s::text[]) asked (word)
    LEFT JOIN LATERAL (
        SELECT ranked.word
        FROM (
            SELECT known.word
            FROM unnest(projects_trigrams(asked.word)) trigram
            JOIN projects_titleword known ON projects_trigrams(known.word) @> ARRAY[trigram]
            GROUP BY known.word
            ORDER BY
                count(*)::float / (length(asked.word) + length(known.word) + 2 - count(*)) DESC,
                known.word
            OFFSET 0
        ) ranked
        WHERE EXISTS (
            SELECT FROM projects_projectwords words
            WHERE words.title @@ to_tsquery('pg_catalog.simple', quote_literal(ranked.word))
                AND words.project_id IN ({among})
        )
        LIMIT 30
    ) near ON true
"""

#: The words that are near each word, with how alike they are, the nearest first.
Groups = dict[str, dict[str, float]]


@dataclass(frozen=True)
class Suggestion:
    """A title, and the address that searches for it."""

    title: str
    href: str


@dataclass(frozen=True)
class Meant:
    """What to say when nothing was found."""

    suggestions: list[Suggestion]
    #: Whether all was words that stand in nearly every text, such as "og", and nothing looks for.
    is_too_common: bool


def find_meant(
    text: str, *, among: "ProjectQuerySet", address: Callable[[str], str]
) -> Meant | None:
    """Offer the nearest titles of projects that this person may see, in two queries at most.

    To be asked only when nothing was found. None when there are no words at all.
    """
    words = words_of(text)
    if not words:
        return None
    asked = [word for word in words if word not in STOP_WORDS][:ASKED]
    groups = _near_words(asked, among) if asked else {}
    titles = _nearest(list(groups), _titles(among, groups)) if any(groups.values()) else []
    suggestions = [Suggestion(title, address(_searchable(title))) for title in titles]
    return Meant(suggestions, is_too_common=not groups)


def _near_words(asked: list[str], among: "ProjectQuerySet") -> Groups:
    seen, parameters = among.order_by().values("pk").query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(NEAR_WORDS.replace("{among}", seen), [asked, *parameters])
        rows = cursor.fetchall()
    groups: Groups = {word: {} for word, _near in rows}
    for word, near in rows:
        if near and (alike := _alike(word, near)) >= ALIKE_WORD:
            groups[word][near] = alike
    for word, near in groups.items():
        nearest = sorted(near, key=lambda each: (-near[each], each))[:TRIED]
        groups[word] = {each: near[each] for each in nearest}
    return groups


def _titles(among: "ProjectQuerySet", groups: Groups) -> list[str]:
    """Return titles with the near words, first those with the most and the nearest."""
    near = {word for group in groups.values() for word in group}
    fits: Combinable = Value(0.0)
    for group in groups.values():
        fits = fits + Case(
            *(When(_in_title([word]), then=Value(alike)) for word, alike in group.items()),
            default=0.0,
            output_field=FloatField(),
        )
    found = among.filter(_in_title(near)).annotate(fits=fits).order_by(F("fits").desc(), "pk")
    return list(found.values_list("title", flat=True)[:COMPARED])


def _in_title(words: Iterable[str]) -> Holds:
    quoted = " | ".join("'" + word.replace("'", "''") + "'" for word in sorted(words))
    return Holds("words__title", SearchQuery(quoted, config="simple", search_type="raw"))


def _nearest(asked: list[str], titles: list[str]) -> list[str]:
    """Return the titles that are most like the words, each once, the nearest first."""
    fits = {title: _fit(asked, title) for title in dict.fromkeys(titles)}
    best = max(fits.values(), default=(0.0, 0.0))
    near = [
        title for title, fit in fits.items() if fit[0] >= max(ALIKE_TITLE, best[0] - FROM_NEAREST)
    ]
    return sorted(near, key=lambda title: fits[title], reverse=True)[:SHOWN]


def _fit(asked: list[str], title: str) -> tuple[float, float]:
    """How well the words are found in a title, and how little else there is."""
    words = words_of(title)
    nearest = [max((_alike(word, each) for each in words), default=0.0) for word in asked]
    return sum(nearest) / len(nearest), _alike(" ".join(asked), " ".join(words))


def _alike(one: str, other: str) -> float:
    matcher = SequenceMatcher(None, one.replace("aa", "å"), other.replace("aa", "å"))
    return matcher.ratio()


def _searchable(title: str) -> str:
    """The title, or as many of its first words as a search takes."""
    if len(title) <= LONGEST_SEARCH:
        return title
    return title[: LONGEST_SEARCH + 1].rpartition(" ")[0] or title[:LONGEST_SEARCH]
