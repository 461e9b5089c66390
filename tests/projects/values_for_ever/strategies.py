"""Strategies with goals, and what the overview remarks."""

import datetime

from tests.factories import (
    StrategicGoalFactory,
    StrategyFactory,
)
from tests.portfolio import soup


def strategy(first, last, name=""):
    return StrategyFactory(
        name=name or f"Strategi {first}–{last}",
        starts_on=datetime.date(first, 1, 1),
        ends_on=datetime.date(last, 12, 31),
    )


def goal(number=1, *, of, name="Mål"):
    return StrategicGoalFactory(number=number, strategy=of, name=name)


def remarks(response):
    return [each.text for each in soup(response).select(".results .ds-alert")]
