"""What the search shows of a project: the found words marked, where they stand, and the milestones."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from copy import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from fkj_portfolio.text import plain_text
from milestones.models import Milestone
from projects.models import Project, StatusReport
from projects.models.search import CODE, WORD, asked_of, word_query

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

MILESTONES_SHOWN = 5
#: Letters of an excerpt, and how many of them stand before the first word that was found.
EXCERPT, BEFORE = 240, 60

# The database says which words fit, so that what is marked is what was found.
FITTING = """
    WITH query AS MATERIALIZED (
        SELECT asked, to_tsquery('pg_catalog.simple', text) AS query
        FROM unnest(%s::text[], %s::text[]) query (asked, text)
    )
    SELECT asked, word FROM unnest(%s::text[], %s::text[]) pair (asked, word)
    JOIN query USING (asked)
    WHERE projects_word_vector(word, '', '', '') @@ query
"""
#: A code of two words, such as "MP 1" and "MP-1", which is marked as one.
PARTED_CODE = re.compile(r"\b[^\W\d_]{1,4}[^\w\n][0-9]{1,3}\b")
CODE_OR_WORD = re.compile(f"({PARTED_CODE.pattern})|{WORD.pattern}")


@dataclass(frozen=True)
class FoundMilestone:
    """A milestone with some of the words: its name, its place on the page, and where they stand."""

    name: SafeString
    href: str
    excerpt: str


@dataclass(frozen=True)
class Hit:
    """A project that was found."""

    project: Project
    title: SafeString
    owner: SafeString
    #: What the excerpt is from, empty for the introduction.
    source: "StrOrPromise"
    excerpt: SafeString
    milestones: list[FoundMilestone]
    further_milestones: int


def find_hits(projects: Iterable[Project], text: str) -> list[Hit]:
    """Mark the words in projects that come `with_latest_report` and `with_found_milestones`.

    In two queries: the newest reports, and which of the words on the page fit.
    """
    projects = list(projects)
    if not projects:
        return []
    reports = StatusReport.objects.in_bulk([each.report_pk for each in projects if each.report_pk])
    texts = [_texts(each, reports.get(each.report_pk or 0)) for each in projects]
    marker = WordMarker(asked_of(text), _everything(projects, texts))
    return [_hit(project, each, marker) for project, each in zip(projects, texts, strict=True)]


class WordMarker:
    """The words of a page that fit what is looked for."""

    def __init__(self, asked: list[str], texts: Iterable[str]) -> None:
        normal = [_normal(text).lower() for text in texts]
        words = {word for text in normal for word in WORD.findall(text)}
        parted = {code for text in normal for code in PARTED_CODE.findall(text)}
        single = {part for each in asked for part in each.split()}
        codes = {code for each in asked if CODE.fullmatch(code := each.replace(" ", ""))}
        pairs = [
            *((each, word) for word in words for each in single if _begin_alike(each, word)),
            *((each, code) for code in parted for each in codes if each[0] == code[0]),
        ]
        #: The words of each code that is asked for in two, "mp" and "1".
        self.parts = {each.replace(" ", ""): set(each.split()) for each in asked if " " in each}
        self.fitting: dict[str, set[str]] = {}
        for each, word in _which_fit([*single | codes], pairs):
            self.fitting.setdefault(word, set()).add(each)

    def among(self, texts: Iterable[str]) -> "WordMarker":
        """Leave out the words of a code that stands in these texts as a whole: each "1" is not meant."""
        if not self.parts:
            return self
        found = {each for text in texts for each in self.found_in(text)}
        meant = [parts for code, parts in self.parts.items() if code in found]
        left_out = set().union(*meant)
        marker = copy(self)
        marker.fitting = {word: each - left_out for word, each in self.fitting.items()}
        return marker

    def mark(self, text: str) -> SafeString:
        """Return a text with what was found marked, safe to put on a page."""
        return format_html_join("", "{}{}", self._pieces(_normal(text)))

    def found_in(self, text: str) -> set[str]:
        """Return which of the words that are looked for a text has."""
        return {each for _start, _end, found in self._found(_normal(text)) for each in found}

    def excerpt(self, text: str) -> SafeString:
        """Return the part of a text where most of the words are, marked, in whole words."""
        text = " ".join(_normal(text).split())
        place = self._best_place(text)
        start = 0 if place <= BEFORE else text.find(" ", place - BEFORE, place) + 1 or place
        end = len(text) if len(text) <= start + EXCERPT else text.rfind(" ", start, start + EXCERPT)
        part = self.mark(text[start : end if end > place else start + EXCERPT])
        return format_html("{}{}{}", "… " if start else "", part, " …" if end < len(text) else "")

    def _best_place(self, text: str) -> int:
        """Return where the first word of those stands that have the most different ones behind it."""
        places = [(start, found) for start, _end, found in self._found(text)]
        near: Counter[str] = Counter()
        best, most, entered = 0, 0, 0
        for place, words in places:
            while entered < len(places) and places[entered][0] < place + EXCERPT - BEFORE:
                near.update(places[entered][1])
                entered += 1
            if len(near) > most:
                best, most = place, len(near)
            near -= Counter(words)
        return best

    def _pieces(self, text: str) -> Iterator[tuple[str, str]]:
        """Go through the words that were found, each with the text before it."""
        end = 0
        for start, after, _found in self._found(text):
            yield text[end:start], format_html("<mark>{}</mark>", text[start:after])
            end = after
        yield text[end:], ""

    def _found(self, text: str) -> Iterator[tuple[int, int, set[str]]]:
        """Go through the words and codes that fit: where each begins and ends, and what it fits."""
        place = 0
        while match := CODE_OR_WORD.search(text, place):
            found = self.fitting.get(match[0].lower())
            if match[1] and not found:
                # No code that is looked for, but perhaps one of its words is.
                match = WORD.search(text, match.start())
                assert match
                found = self.fitting.get(match[0].lower())
            if found:
                yield match.start(), match.end(), found
            place = match.end()


def _hit(project: Project, texts: dict[str, str], marker: WordMarker) -> Hit:
    marker = marker.among(_everything([project], [texts]))
    found = {
        each: len(marker.found_in(_words_of_milestone(each))) for each in project.found_milestones
    }
    milestones = sorted((each for each in found if found[each]), key=lambda each: -found[each])
    source, excerpt = _excerpt(texts, marker)
    return Hit(
        project=project,
        title=marker.mark(project.title),
        owner=marker.mark(str(project.owner or "")),
        source=source,
        excerpt=excerpt,
        milestones=[_milestone(project, each, marker) for each in milestones[:MILESTONES_SHOWN]],
        further_milestones=max(0, len(milestones) - MILESTONES_SHOWN),
    )


def _milestone(project: Project, milestone: Milestone, marker: WordMarker) -> FoundMilestone:
    name = str(milestone)
    is_in_name = marker.found_in(name) >= marker.found_in(milestone.description)
    return FoundMilestone(
        name=marker.mark(name),
        href=f"{project.get_absolute_url()}#{milestone.anchor}",
        excerpt="" if is_in_name else marker.excerpt(plain_text(milestone.description)),
    )


def _excerpt(texts: dict[str, str], marker: WordMarker) -> tuple[str, SafeString]:
    """Return the part of a project's texts that has the most of the words; else how it begins."""
    sources = sorted(texts, key=lambda source: -len(marker.found_in(texts[source])))
    for source in sources:
        # An address within a text has words that are not shown.
        plain = plain_text(texts[source]) if source else texts[source]
        if marker.found_in(plain):
            return source, marker.excerpt(plain)
    return "", marker.excerpt(texts[""])


def _texts(project: Project, report: StatusReport | None) -> dict[str, str]:
    """The texts to take an excerpt from, by what they are called; the introduction has no name."""
    texts = {"": project.ingress, _("About the project"): project.description}
    if report:
        texts |= {_("Status"): report.status_text, _("Risk"): report.risk_text}
    return texts


def _everything(projects: Iterable[Project], texts: list[dict[str, str]]) -> Iterator[str]:
    for project, each in zip(projects, texts, strict=True):
        yield project.title
        yield str(project.owner or "")
        yield from each.values()
        yield from map(_words_of_milestone, project.found_milestones)


def _words_of_milestone(milestone: Milestone) -> str:
    return f"{milestone} {milestone.description}"


def _which_fit(asked: list[str], pairs: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return those of the pairs whose word or code is found by what is asked for."""
    queries = [word_query(each) for each in asked]
    with connection.cursor() as cursor:
        cursor.execute(
            FITTING, [asked, queries, [each for each, _ in pairs], [word for _, word in pairs]]
        )
        found: list[tuple[str, str]] = cursor.fetchall()
    return found


def _begin_alike(asked: str, word: str) -> bool:
    """Whether a word can fit at all: all forms of a word have its first two letters."""
    spellings = {asked, asked.replace("aa", "å"), asked.replace("å", "aa")}
    return any(word.startswith(each[:2]) for each in spellings)


def _normal(text: str) -> str:
    return unicodedata.normalize("NFC", text).replace("\N{SOFT HYPHEN}", "")
