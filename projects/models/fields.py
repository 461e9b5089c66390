"""What the models of this room share: address names and the Norwegian alphabet."""

from collections.abc import Collection
from typing import Any

from django.db.models import CharField, F, Func, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Lower, Replace
from django.utils.text import slugify

LETTERS = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "Æ": "ae", "Ø": "o", "Å": "a"})

#: Small letters, and the characters that stand for them when sorting.
SORTED = ("æäøöåáàâéèêëíìîïóòôúùûüýçñ", "{{||}aaaeeeeiiiiooouuuyycn")


def norwegian_slug(text: str) -> str:
    """Return a name as it stands in an address: "Én innbygger på Ås" becomes "en-innbygger-pa-as"."""
    return slugify(text.translate(LETTERS))


def free_slug(
    text: str, *, among: QuerySet[Any], fallback: str, reserved: Collection[str] = ()
) -> str:
    """Return a name for addresses that is not reserved, and that none of these has yet."""
    # Room for a number within the field's length.
    room = among.model._meta.get_field("slug").max_length - 10
    slug = base = norwegian_slug(text)[:room].strip("-") or fallback
    number = 2
    while slug in reserved or among.filter(slug=slug).exists():
        slug, number = f"{base}-{number}", number + 1
    return slug


def norwegian_order(field: str | Combinable) -> Func:
    """Sort by the Norwegian alphabet, Æ Ø Å last and AA as Å, in any PostgreSQL.

    The letters are put behind z as the characters that follow it in ASCII, so
    that neither ICU nor an installed locale is needed; the C collation compares them.
    """
    expression = F(field) if isinstance(field, str) else field
    letters = Func(
        Replace(Lower(expression), Value("aa"), Value("å")),
        Value(SORTED[0]),
        Value(SORTED[1]),
        function="translate",
        output_field=CharField(),
    )
    return Func(letters, template='(%(expressions)s COLLATE "C")', output_field=CharField())


def norwegian_key(text: str) -> str:
    """Return what sorts a text as `norwegian_order` does, where no query can."""
    return text.lower().replace("aa", "å").translate(str.maketrans(*SORTED))
