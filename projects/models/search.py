"""What search looks in, and what it looks for."""

import re
import unicodedata
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchQuery, SearchVectorField
from django.db import models
from django.db.models import BooleanField, F, FloatField, Func, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Left

from projects.models.word_forms import STOP_WORDS, forms_of

#: A letter or a number, and what follows it of the same; every sign parts two words.
WORD = re.compile(r"[^\W_]+")
#: What a milestone is called by: a few letters and a number.
CODE = re.compile(r"([^\W\d_]{1,4})([0-9]{1,3})")
#: Words between spaces, a code of two words together.
CODE_OR_WORD = re.compile(r"\b[^\W\d_]{1,4} [0-9]{1,3}\b|\S+")
#: What a word counts for in the report, the descriptions, near the title and in the title.
WEIGHTS = "{0.00001, 0.0001, 0.03, 1}"


#: A word that PostgreSQL takes for one too, and that stands in a text letter by letter.
PLAIN_WORD = re.compile("[a-zß-öø-ÿ]+")


class ProjectWords(models.Model):
    """The words of a project, by weight: of its title, of what stands near it, of all that is written.

    Kept by the database alone (projects/sql/words.sql). As of a day in the past the same are
    gathered from the history. Only what everyone may read of a published project is in here.
    """

    project = models.OneToOneField(
        "projects.Project",
        # The foreign key is made there: the row goes when the project goes.
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        primary_key=True,
        related_name="words",
    )
    everywhere = SearchVectorField()
    title = SearchVectorField()

    class Meta:
        verbose_name_plural = "words of projects"
        indexes = [
            # A search asks for many forms, and each would look through what is not sorted in yet.
            GinIndex(fields=["everywhere"], name="projects_words_everywhere", fastupdate=False),
            GinIndex(fields=["title"], name="projects_words_title"),
        ]

    def __str__(self) -> str:
        return f"{self.project_id}: {self.title}"


class TitleWord(models.Model):
    """A word that the title of some project has, or once had: what a mistyped one may have meant."""

    word = models.TextField(primary_key=True)

    class Meta:
        indexes = [
            GinIndex(
                Func(
                    F("word"),
                    function="projects_trigrams",
                    output_field=ArrayField(models.TextField()),
                ),
                name="projects_titleword_trigrams",
            ),
        ]

    def __str__(self) -> str:
        return self.word


def words_of(text: str) -> list[str]:
    """Return the words to look for, in small letters and each once; no sign is left in them."""
    plain = unicodedata.normalize("NFC", text).replace("\N{SOFT HYPHEN}", "")
    return list(dict.fromkeys(WORD.findall(plain.lower())))


def asked_of(text: str) -> list[str]:
    """Return what to look for: each word that does not stand in every text, and codes, as in "mp 1"."""
    asked = [
        each.removeprefix(f"{first} ") if (first := each.split()[0]) in STOP_WORDS else each
        for each in CODE_OR_WORD.findall(" ".join(words_of(text)))
    ]
    return [each for each in asked if each not in STOP_WORDS]


def words_query(text: str, *, every: bool = True, begins: bool = True) -> SearchQuery:
    """Look for every word of a text, or for any, in all its forms.

    With `begins` also for longer words that begin with it; a single letter is the whole word.
    """
    queries = [f"({_query(each, begins=begins)})" for each in asked_of(text)]
    query = (" & " if every else " | ").join(queries)
    return SearchQuery(query, config="pg_catalog.simple", search_type="raw")


def _query(asked: str, *, begins: bool) -> str:
    """Return in PostgreSQL's notation what finds a word, or a code of two."""
    if " " in asked:
        both = " & ".join(f"({word_query(word, begins=begins)})" for word in asked.split())
        return f"{both} | {word_query(asked.replace(' ', ''), begins=begins)}"
    return word_query(asked, begins=begins)


def word_query(word: str, *, begins: bool = True) -> str:
    """Return in PostgreSQL's notation what finds a word in all its forms and spellings.

    A code is found however it is written: MP1, MP 1 or MP-1.
    """
    end = ":*" if begins and len(word) > 1 else ""
    found = [f"'{each}'{end}" for each in sorted(_spellings(word))]
    if code := CODE.fullmatch(word):
        found.append(f"('{code[1]}' <-> '{code[2]}'{end})")
    if word.isalpha():
        # What begins with the word has been found.
        forms = sorted(_spelled_forms(word))
        found += [f"'{each}'" for each in forms if not (end and each.startswith(word))]
    return " | ".join(found)


def parts_of(text: str) -> list[list[str]]:
    """Return for each word what every text has part of in which it is found, whatever else it has."""
    parts = []
    for word in asked_of(text):
        if PLAIN_WORD.fullmatch(word):
            found = _spellings(word) | _spelled_forms(word)
            longer = {each for each in found for other in found - {each} if other in each}
            parts.append(sorted(found - longer))
    return parts


def _spelled_forms(word: str) -> set[str]:
    return {spelling for form in forms_of(word) for spelling in _spellings(form)}


def _spellings(word: str) -> set[str]:
    """Return a word with å and with aa, which are one letter written in two ways."""
    return {word, word.replace("aa", "å"), word.replace("å", "aa")}


class Holds(Func):
    """Whether the words of a vector are what a query looks for."""

    template = "(%(expressions)s)"
    arg_joiner = " @@ "

    def __init__(self, vector: str | Combinable, query: Combinable) -> None:
        super().__init__(vector, query, output_field=BooleanField())


class IsWorthAnIndex(Func):
    """Always true: it lets the planner know what it costs to look into the words of a project."""

    function = "projects_cost_of_words"
    template = "(%(function)s(%(expressions)s) <> 0)"

    def __init__(self) -> None:
        super().__init__("words__project_id", output_field=BooleanField())


class MayHold(Func):
    """Whether the texts of a project as of a day may hold the words that are looked for."""

    def __init__(self, parts: list[list[str]]) -> None:
        super().__init__("words__project_id", output_field=BooleanField())
        self.parts = parts

    def as_sql(self, compiler: Any, *_others: Any, **_context: Any) -> Any:
        key: Any = self.source_expressions[0]
        # Only the view of a day has them, so they are no field of the model.
        texts = f"{compiler.quote_name_unless_alias(key.alias)}.texts"
        stand = " AND ".join(f"{texts} LIKE ANY (%s)" for _part in self.parts)
        patterns = [[f"%{part}%" for part in parts] for parts in self.parts]
        # A soft hyphen, or a letter made of two, hides what stands in a text.
        return f"({stand} OR NOT projects_is_ordinary({texts}))", patterns


class TextVector(Func):
    """The words of a text that has no vector of its own; what is longer than any page is cut."""

    function = "projects_word_vector"

    def __init__(self, text: Combinable) -> None:
        nothing = Value("")
        # A vector holds a megabyte at most.
        cut = Left(text, 60_000)
        super().__init__(cut, nothing, nothing, nothing, output_field=SearchVectorField())


class Rank(Func):
    """How well a project fits a query: where the words are, and how many."""

    # Not `ts_rank_cd`, which looks at every form of a word at every place and takes eight times as long.
    function = "ts_rank"

    def __init__(self, vector: str, query: Combinable) -> None:
        super().__init__(Value(WEIGHTS), vector, query, output_field=FloatField())
