"""Base of the models of this room: address names and the Norwegian alphabet."""

from collections.abc import Collection, Sequence
from typing import Any

from django.db.models import (
    Case,
    CharField,
    F,
    Func,
    IntegerField,
    QuerySet,
    TextChoices,
    Value,
    When,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Length, Lower, Replace
from django.db.models.lookups import Exact
from django.utils.text import slugify

from projects.models.address_name import was_given

#: What is no letter with an accent, which would lose it, in an address.
PLAIN = {"æ": "ae", "ø": "o", "å": "a", "đ": "d", "ŋ": "n", "ŧ": "t", "ł": "l", "œ": "oe"}
LETTERS = str.maketrans(PLAIN | {letter.upper(): plain for letter, plain in PLAIN.items()})

#: Small letters, and the characters that stand for them when sorting: the Sámi letters and
#: others of our neighbours are beside those that they are written with.
SORTED = (
    "æäøöåáàâéèêëęíìîïóòôúùûüýçčćđðñńŋłœšśŧþžż",
    "{{||}aaaeeeeeiiiiooouuuyycccddnnnlossttzz",
)
#: Skipped when sorting: what a name may stand between, or have within.
QUOTES = "«»“”„‘’"
ASCII_QUOTES = "\"'"


def norwegian_slug(text: str) -> str:
    """Return a name as it stands in an address: "Én innbygger på Ås" becomes "en-innbygger-pa-as"."""
    return slugify(text.translate(LETTERS))


def free_slug(
    text: str, *, among: QuerySet[Any], fallback: str, reserved: Collection[str] = ()
) -> str:
    """Return a name for addresses that is not reserved, and that none of these has or has had."""
    # Room for a number within the field's length.
    room = among.model._meta.get_field("slug").max_length - 10
    slug = base = norwegian_slug(text)[:room].strip("-") or fallback
    number = 2
    while slug in reserved or was_given(slug, among=among.model):
        slug, number = f"{base}-{number}", number + 1
    return slug


def norwegian_order(field: str | Combinable) -> Func:
    """Sort by the Norwegian alphabet, Æ Ø Å last and AA as Å, without quotation marks, in any PostgreSQL.

    The letters are put behind z as the characters that follow it in ASCII, so
    that neither ICU nor an installed locale is needed; the C collation compares them.
    """
    expression = F(field) if isinstance(field, str) else field
    small = Lower(expression)
    # Half of all names have plain letters only; looking for the others takes most of the time.
    is_plain = Exact(
        Func(expression, function="octet_length", output_field=IntegerField()), Length(expression)
    )
    letters = Case(
        When(is_plain, then=_translate(Replace(small, Value("aa"), Value("}")), ASCII_QUOTES, "")),
        default=_translate(
            Replace(small, Value("aa"), Value("å")), SORTED[0] + QUOTES + ASCII_QUOTES, SORTED[1]
        ),
    )
    return Func(letters, template='(%(expressions)s COLLATE "C")', output_field=CharField())


def _translate(text: Combinable, letters: str, others: str) -> Func:
    """Put others for the letters of a text; those that have none go."""
    return Func(text, Value(letters), Value(others), function="translate", output_field=CharField())


def norwegian_key(text: str) -> str:
    """Return what sorts a text as `norwegian_order` does, where no query can."""
    return text.lower().replace("aa", "å").translate(str.maketrans(*SORTED, QUOTES + ASCII_QUOTES))


def place_in(field: str, values: Sequence[TextChoices]) -> Case:
    """Give each value its place in a list, and null to what is not there."""
    return Case(
        *(When(**{field: value}, then=Value(place)) for place, value in enumerate(values)),
        output_field=IntegerField(),
    )
