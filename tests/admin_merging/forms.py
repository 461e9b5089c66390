"""Forms of the admin, opened and sent."""

from collections.abc import Callable
from typing import Any

from bs4 import BeautifulSoup
from django.test import Client

from accounts.models import User
from projects.models import PortfolioSettings, Segment, StrategicGoal, Strategy
from tests.factories import SegmentFactory, StrategicGoalFactory, StrategyFactory, UserFactory
from tests.sent import Sent, sent

#: How to make what each form changes. The roles are decided in the code and never changed here.
THINGS: dict[type, Callable[[], Any]] = {
    User: UserFactory,
    Strategy: StrategyFactory,
    StrategicGoal: StrategicGoalFactory,
    Segment: SegmentFactory,
    PortfolioSettings: PortfolioSettings.objects.create,
}


def url(thing: Any, verb: str = "change") -> str:
    meta = thing._meta
    return f"/admin/{meta.app_label}/{meta.model_name}/{thing.pk}/{verb}/"


def form_in(response: Any, thing: Any) -> Sent:
    """Return what the browser sends of the form on a page, when nothing is typed."""
    page = BeautifulSoup(response.content, "html.parser")
    form = page.select_one(f"#{thing._meta.model_name}_form, #changelist-form")
    data = sent(form)
    # Each window has a key of its own; here one page stands for several.
    for name in ("action", "csrfmiddlewaretoken", "form-key"):
        data.pop(name, None)
    # The row that scripts copy is not one of the rows.
    return {name: values for name, values in data.items() if "__prefix__" not in name}


def opened(at_work: Client, thing: Any) -> Sent:
    return form_in(at_work.get(url(thing)), thing)


def change(data: Sent, name: str, values: list[str]) -> Sent:
    others = {key: value for key, value in data.items() if key != name}
    return {**others, name: values} if values else others
