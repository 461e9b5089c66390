"""Criteria that the history is narrowed down by."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    CharField,
    F,
    Func,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.fields import BigIntegerField
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Coalesce

from fkj_portfolio.content_cache import OpenContentCache
from projects.history.topic import Topic
from projects.history.tracked import TOGETHER, WITHOUT_LOGIN, Tracked, TrackedKind, tables

#: What one request changed on one thing, or on several at once: together one entry.
KEY = ("about", "about_id", "pgh_true_from", "pgh_created_at", "pgh_context_id")
ROW = ("table", "pgh_id", "pgh_label", "metadata", "after", "before")


class IsAmong(Func):
    """Condition that a key is one of several, which are one parameter however many they are."""

    template = "(%(expressions)s::bigint[]))"
    arg_joiner = " = ANY ("
    output_field = BooleanField()


@dataclass(frozen=True)
class Criteria:
    """Choice from the history: everything, or what all of these select; None is any of them."""

    projects: frozenset[int] | None = None
    kind: TrackedKind | None = None
    topic: Topic | None = None
    person: int | None = None
    without_login: bool = False

    def tables(self) -> Iterator[Tracked]:
        """The tables that entries are told from."""
        for table in tables().values():
            if self.kind and table.kind != self.kind:
                continue
            if self.projects is None or table.about == "project":
                yield table

    def entries(self) -> QuerySet[Any]:
        """The keys of the entries, the newest first."""
        return self._keys(self.tables()).order_by(
            "-pgh_true_from", "-pgh_created_at", "about", "about_id", "pgh_context_id"
        )

    def count(self, answers: OpenContentCache) -> int:
        """Count the entries, once for as long as the portfolio stays the same; those of users and roles each time."""
        marked = [table for table in self.tables() if table.kind != TrackedKind.ROLE]
        others = [table for table in self.tables() if table.kind == TrackedKind.ROLE]
        topic = self.topic and self.topic.value
        key = ("history", self.projects, self.kind, topic, self.person, self.without_login)
        counted = answers.recall(key, lambda: self._keys(marked).count())
        return counted + (self._keys(others).count() if others else 0)

    def _keys(self, tables_: Iterable[Tracked]) -> QuerySet[Any]:
        selected = [
            self._events(table).filter(narrowed).values_list(*KEY).distinct()
            for table in tables_
            if (narrowed := self._narrow(table)) is not None
        ]
        return _together(selected) if selected else self._events(tables()["project"]).none()

    def persons(self) -> set[int]:
        """The keys of everybody who has done something here."""
        selected = [
            self._events(table).annotate(person=_person(table)).values_list("person").distinct()
            for table in self.tables()
        ]
        return {pk for (pk,) in _together(selected) if pk is not None}

    def rows(self, keys: Iterable[tuple[Any, ...]]) -> QuerySet[Any]:
        """The events of entries with such keys, each with all that it keeps, and kept before."""
        _about, about_ids, times, recorded, contexts = (
            set(values) for values in zip(*keys, strict=True)
        )
        in_context = Q(pgh_context__in=contexts - {None}) | Q(pgh_context__isnull=True)
        about = Q(about_id__in=about_ids - {None})
        if None in about_ids:
            about |= Q(about_id__isnull=True)
        selected = [
            self._events(table)
            .filter(
                in_context,
                about,
                pgh_true_from__in=times,
                pgh_created_at__in=recorded,
            )
            .annotate(
                table=Value(table.name, CharField()),
                metadata=F("pgh_context__metadata"),
                after=table.row(),
                before=Subquery(table.before().values(row=table.row())),
            )
            .values_list(*ROW, *KEY)
            for table in self.tables()
        ]
        return _together(selected, all=True)

    def _events(self, table: Tracked) -> QuerySet[Any]:
        events = table.events
        if self.projects is not None:
            events = events.filter(IsAmong(F("about_id"), Value(sorted(self.projects))))
        elif table.kind == TrackedKind.PROJECT:
            # The history of a project tells what was done to it; this one, that it was done at once.
            about = Case(When(TOGETHER, then=Value(None)), default=F("about_id"))
            events = events.annotate(about_id=about)
        named: QuerySet[Any] = events.annotate(about=Value(table.about, CharField()))
        return named

    def _narrow(self, table: Tracked) -> Q | None:
        narrowed = self.topic.selects(table) if self.topic else Q()
        if narrowed is None:
            return None
        if self.without_login:
            narrowed &= WITHOUT_LOGIN
        if self.person is not None:
            narrowed &= _done_by(table, self.person)
        return narrowed


def _together(selected: list[QuerySet[Any]], **options: bool) -> QuerySet[Any]:
    first, *rest = selected
    return first.union(*rest, **options) if rest else first


def _done_by(table: Tracked, person: int) -> Q:
    """Select what a person did, or what the thing says she did where nobody was logged in."""
    logged_in = Q(pgh_context__metadata__user=person)
    if not table.by:
        return logged_in
    return logged_in | (WITHOUT_LOGIN & Q(**{table.by: person}) & table.by_person())


def _person(table: Tracked) -> Any:
    """Return who did it: the key of the user who was logged in, or whom the thing names."""
    user = Cast(KeyTextTransform("user", "pgh_context__metadata"), BigIntegerField())
    return Coalesce(user, Cast(F(table.by), BigIntegerField())) if table.by else user
