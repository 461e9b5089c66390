"""What there is to choose in each filter of the overview."""

from collections.abc import Collection, Mapping
from typing import Any

from django.http import QueryDict

from fkj_portfolio.compiled import Statement, built_once
from fkj_portfolio.content_cache import OpenContentCache
from overview.sight import Sight
from projects.addresses import ADDRESS_NAMES
from projects.dimensions.parts import Dimension, Option
from projects.dimensions.register import Kinds, in_register, options_in_register, read_register

#: The choices of each filter in their order, by the name of the dimension and their values in addresses.
Offers = Mapping[str, Mapping[str, Option]]


def kinds_of(dimensions: Collection[Dimension]) -> Kinds:
    """Return where those filters are kept that choose by the register."""
    return {
        each.name: each.choices.register
        for each in dimensions
        if each.choices and each.choices.register
    }


def find_offers(query: QueryDict, sight: Sight, memory: OpenContentCache) -> Offers:
    """Offer what the projects have, and what the address names of the register besides, in one query.

    What only staff may see is not there for others.
    """
    kinds = kinds_of(sight.dimensions)
    names = memory.recall(("register", *sight.key), lambda: read_register(_register(sight)))
    asked = {
        (name, value.strip()) for name in kinds for value in query.getlist(ADDRESS_NAMES[name])
    }
    offered = [each for each in names if each.is_used or (each.kind, each.value) in asked]
    if not sight.is_for_staff:
        offered = [each.to_readers(kinds) for each in offered]
    in_register = options_in_register(offered, kinds)
    return {
        each.name: {
            option.value: option for option in in_register.get(each.name, each.choices.options)
        }
        for each in sight.dimensions
        if each.choices
    }


@built_once
def _register(sight: Sight) -> Statement[Any]:
    return in_register(sight.visible, kinds_of(sight.dimensions))
