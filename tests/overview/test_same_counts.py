"""The one count says what the four before it said, of a synthetic portfolio with random filters."""

import random
from collections import Counter, defaultdict
from dataclasses import astuple

import pytest
from django.db.models import Q
from django.utils import timezone

from exchange.examples.synthetic.portfolio import make_portfolio
from overview.census.count import count
from overview.census.key_figures import key_figures
from projects.dimensions import DIMENSIONS
from projects.dimensions.goal import ONLY_FURTHER
from projects.models import Owner, Project, Segment, StrategicGoal
from tests.overview.old_census.distribution import count_distribution
from tests.overview.old_census.facets import count_choices
from tests.overview.old_census.key_figures import key_figures as old_key_figures

pytestmark = pytest.mark.django_db
#: What the old counts called otherwise.
OLD_NAMES = {"report_due": "late"}


def text(key):
    return None if key is None else str(key)


def some_filters(chance):
    chosen = {}
    register = {"owner": Owner, "segment": Segment, "goal": StrategicGoal}
    for each in DIMENSIONS:
        if not each.choices or chance.random() < 0.7:
            continue
        if each.name in register:
            pks = list(register[each.name].objects.values_list("pk", flat=True))
            options = [each.choices.register.selects(pk) for pk in chance.sample(pks, 3)]
            options.append(each.choices.register.none.selects)
        else:
            options = [option.selects for option in each.choices.options]
        if options and each.name != "manager":
            picked = chance.sample(options, chance.randint(1, len(options)))
            chosen[each.name] = Q(*picked, _connector=Q.OR)
    return chosen


def test_one_count_says_what_four_said():
    today = timezone.localdate()
    make_portfolio(400, today=today)
    chance = random.Random(20261129)
    everything = Project.objects.for_overview(today=today)
    compared = 0
    for _number in range(120):
        chosen = some_filters(chance)
        word = chance.choice(["", "", "", "digital", "kommune"])
        projects = everything.search(word)
        census = count(projects, dimensions=DIMENSIONS, chosen=chosen, today=today)
        found = projects.filter(*chosen.values())

        old = count_choices(
            projects,
            {OLD_NAMES.get(name, name): which for name, which in chosen.items()},
            with_managers=True,
            is_costly=False,
        )
        assert census.found == old.found
        compared += census.found
        for each in DIMENSIONS:
            if each.choices:
                before = old.by_key.get(OLD_NAMES.get(each.name, each.name), {})
                now = {
                    key: n for key, n in census._left[each.name].items() if key != str(ONLY_FURTHER)
                }
                assert Counter(now) == Counter({key: n for key, n in before.items() if n}), (
                    each.name
                )

        for column, name in (
            *(("owner_id", "owner"), ("segment_id", "segment"), ("main_goal_id", "goal")),
            *(("status", "status"), ("risk_level", "risk_level")),
        ):
            before = defaultdict(Counter)
            for row in found.count_by_group(column):
                key = (text(row[column]), row["lifecycle"], row["status"])
                before[key] = (row["count"], row["milestones"], row["delivered"])
            now = defaultdict(lambda: (0, 0, 0))
            for row in census.by(name):
                key = None if row.key == str(ONLY_FURTHER) and name == "goal" else row.key
                at = (key, row.lifecycle, row.status)
                if row.found:
                    more = (row.found, row.milestones, row.delivered)
                    now[at] = tuple(map(sum, zip(now[at], more, strict=True)))
            assert dict(now) == dict(before), column

        rows = count_distribution(found)
        before, now = Counter(), Counter()
        for row in rows:
            if row.by == "report":
                before["previous", row.previous_status, row.status] += row.project_count
                before["risk", row.risk_level, row.status] += row.project_count
            else:
                before[row.by, text(row.pk), row.status] += row.project_count
        for by, name in (("previous", "previous_status"), ("risk", "risk_level")):
            for row in census.by(name):
                if row.is_active:
                    now[by, row.key, row.status] += row.found
        for name in ("owner", "segment", "goal"):
            for row in (*census.by(name), *census.besides(name)):
                if row.is_active and row.key != str(ONLY_FURTHER):
                    now[name, row.key, row.status] += row.found
        assert now == before
        now = key_figures(count(found, dimensions=DIMENSIONS, chosen={}, today=today))
        assert astuple(now) == astuple(old_key_figures(found, today=today))
    assert compared > 1000
