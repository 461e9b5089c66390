"""What search looks in, and what it looks for."""

import re
import unicodedata

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchQueryField, SearchVectorField
from django.db import models
from django.db.models import BooleanField, F, FloatField, Func, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Left

#: A letter or a number, and what follows it of the same; every sign parts two words.
WORD = re.compile(r"[^\W_]+")
#: What a word counts for in the report, the descriptions, near the title and in the title.
WEIGHTS = "{0.00001, 0.0001, 0.03, 1}"


class ProjectWords(models.Model):
    """The words of a project, by weight: of its title, of what stands near it, of all that is written.

    Kept by the database alone, in milestones/migrations/0011. As of a day in the past the same are
    gathered from the history. Only what everyone may read of a published project is in here.
    """

    project = models.OneToOneField(
        "projects.Project",
        # The foreign key is made in the migration: the row goes when the project goes.
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
            GinIndex(fields=["everywhere"], name="projects_words_everywhere"),
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


class WordsQuery(Func):
    """Look for every word, or for any: its stem, or a longer word that begins so."""

    function = "projects_words_query"

    def __init__(self, words: list[str], *, every: bool = True) -> None:
        super().__init__(Value(" ".join(words)), Value(every), output_field=SearchQueryField())


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


class TextVector(Func):
    """The words of a text that has no vector of its own; what is longer than any page is cut."""

    function = "projects_word_vector"

    def __init__(self, text: Combinable) -> None:
        nothing = Value("")
        # A vector holds a megabyte at most.
        cut = Left(text, 60_000)
        super().__init__(cut, nothing, nothing, nothing, output_field=SearchVectorField())


class Rank(Func):
    """How well a project fits a query: where the words are, and how close to one another."""

    function = "ts_rank_cd"

    def __init__(self, vector: str, query: Combinable) -> None:
        super().__init__(Value(WEIGHTS), vector, query, output_field=FloatField())
