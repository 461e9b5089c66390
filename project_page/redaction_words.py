"""Places where words were found, as they are shown before the words are taken away."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from fkj_portfolio.marks import places_of
from projects.history.labels import label_in, label_with_owner
from projects.history.things import Reference, find_things
from projects.redaction import WordsFound, WordsPlace, redacted, still_showing

#: Letters on each side of what was found.
AROUND = 60


@dataclass(frozen=True)
class Excerpt:
    """The words, and what stands around them."""

    before: str
    words: str
    after: str


@dataclass
class Text:
    """A text with the words in it, told of once however many versions were kept."""

    name: str
    excerpts: tuple[Excerpt, ...]
    #: What it will say, where the mark does not simply stand in place of the words; else None.
    becomes: str | None
    #: Whether Markdown shows the words where the source has them in pieces; then whole paragraphs go.
    is_in_pieces: bool
    is_now: bool = False
    versions: int = 0

    @property
    def earlier_versions(self) -> int:
        """Return how many there are, less the one that tells of the text as it stands."""
        return self.versions - self.is_now


def places_in_words(found: WordsFound, mark: str) -> list[Text]:
    """Tell of each text, first of those that stand now, then of the last that stood."""
    things = find_things(_thing(place) for place in found.places)
    texts: dict[object, Text] = {}
    for place in sorted(
        found.places, key=lambda each: (each.event is not None, -(each.event or 0))
    ):
        paragraphs = still_showing(place, found.pattern, mark)
        excerpts = (*_excerpts(found, place), *(Excerpt("", each, "") for each in paragraphs))
        key = (place.table.name, place.thing, place.column, excerpts)
        if key not in texts:
            name = _name(place, str(things[_thing(place)].last))
            becomes = _becomes(found, place, mark)
            texts[key] = Text(name, excerpts, becomes, is_in_pieces=bool(paragraphs))
        texts[key].is_now |= place.event is None
        texts[key].versions += place.event is not None
    return list(texts.values())


def _thing(place: WordsPlace) -> Reference:
    return place.table.model, place.thing


def _name(place: WordsPlace, thing: str) -> str:
    if place.table.name == "milestone":
        words = {"thing": thing, "field": label_in(place.table, place.column)}
        return _("%(thing)s: %(field)s") % words
    return capfirst(label_with_owner(place.key))


def _excerpts(found: WordsFound, place: WordsPlace) -> Iterator[Excerpt]:
    for begins, ends in places_of(found.pattern, place.text):
        before, after = place.text[:begins], place.text[ends:]
        yield Excerpt(
            before if len(before) <= AROUND else f"… {before[-AROUND:]}",
            place.text[begins:ends],
            after if len(after) <= AROUND else f"{after[:AROUND]} …",
        )


def _becomes(found: WordsFound, place: WordsPlace, mark: str) -> str | None:
    after = redacted(place, found.pattern, mark)
    return None if mark in after else after
