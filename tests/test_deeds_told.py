"""What is done to a milestone on a page is told alike by the three pages that tell of it."""

import datetime
from dataclasses import dataclass, field

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from fkj_portfolio.history import true_from
from milestones.deeds import Deed
from tests.factories import MilestoneFactory, ProjectFactory, StatusReportFactory

pytestmark = pytest.mark.django_db

MARCH = datetime.date(2026, 3, 1)
UNDATED = {"original_due_on": None}
MOVE = {"to": "30.07.2027", "cause": "supplier", "reason": "Sen.", "opened_with": "2026-06-30"}
BACK = MOVE | {"to": "30.06.2026", "opened_with": "2027-07-30", "past_is_meant": "2026-06-30"}
BASELINE = {"decision": "Sak 12/26", "decided_on": "01.04.2026", "milestones": "{pk}"}


@dataclass(frozen=True)
class Case:
    """What is sent to which addresses, and what the pages then say of it."""

    sent: list[tuple[str, dict[str, str]]]
    history: list[str]
    report: list[str]
    between: list[Deed]
    made: dict[str, object] = field(default_factory=dict)
    is_draft: bool = False


CASES = {
    "added": Case(
        [("create", {"code": "MP2", "title": "Kurs", "due_on": "30.06.2026"})],
        ["la til leveransen MP2 - Kurs"],
        ["MP2 er lagt til."],
        [Deed.ADDED],
    ),
    "renamed": Case(
        [("edit", {"code": "MP1", "title": "Håndbok", "place": "1"})],
        ["endret navnet på en leveranse fra «MP1 - Plan» til «MP1 - Håndbok»"],
        [],
        [],
    ),
    "delivered": Case(
        [("deliver", {"delivered_on": "02.03.2026"})],
        ["markerte MP1 som levert 02.03.2026"],
        ["MP1 er levert."],
        [Deed.DELIVERED],
    ),
    "corrected while delivered": Case(
        [("edit", {"code": "MP1", "title": "Plan", "place": "1", "delivered_on": "02.03.2026"})],
        ["endret leveransedato for MP1 fra 01.02.2026 til 02.03.2026"],
        [],
        [],
        {"is_delivered": True, "delivered_on": datetime.date(2026, 2, 1)},
    ),
    "reopened": Case(
        [("reopen", {})],
        ["angret at MP1 ble levert 01.06.2026"],
        ["MP1 er ikke lenger levert."],
        [Deed.REOPENED],
        {"delivered": True},
    ),
    "withdrawn": Case(
        [("withdraw", {"reason": "Trengs ikke."})],
        ["satte MP1 som utgått: Trengs ikke."],
        ["MP1 er utgått."],
        [Deed.WITHDRAWN],
    ),
    "restored": Case(
        [("restore", {})],
        ["angret at MP1 er utgått"],
        ["MP1 er ikke lenger utgått."],
        [Deed.RESTORED],
        {"obsolete": True},
    ),
    "moved": Case(
        [("move", MOVE)],
        ["flyttet fristen for MP1 fra 30.06.2026 til 30.07.2027: Sen. (årsak: leverandør)"],
        ["Fristen for MP1 er flyttet til 30.07.2027, 395 dager senere."],
        [Deed.MOVED],
    ),
    "moved there and back": Case(
        [("move", MOVE), ("move", BACK)],
        [
            "flyttet fristen for MP1 fra 30.07.2027 til 30.06.2026: Sen. (årsak: leverandør)",
            "flyttet fristen for MP1 fra 30.06.2026 til 30.07.2027: Sen. (årsak: leverandør)",
        ],
        [],
        [Deed.MOVED],
    ),
    "due on another day before anybody was told": Case(
        [("move", {"to": "30.07.2027", "opened_with": "2026-06-30"})],
        ["endret fristen for MP1 fra 30.06.2026 til 30.07.2027"],
        ["Fristen for MP1 er flyttet til 30.07.2027, 395 dager senere."],
        [],
        is_draft=True,
    ),
    "due set": Case(
        [("move", {"to": "30.07.2027"})],
        ["satte fristen for MP1 til 30.07.2027"],
        ["MP1 har nå fristen 30.07.2027."],
        [],
        UNDATED,
    ),
    "rebaselined": Case(
        [("move", MOVE), ("baseline", BASELINE | {"opened_with": "{pk}:2027-07-30"})],
        [
            "satte ny grunnlinje etter vedtak 01.04.2026: Sak 12/26",
            "lot avviket for MP1 regnes fra 30.07.2027 i stedet for 30.06.2026",
            "flyttet fristen for MP1 fra 30.06.2026 til 30.07.2027: Sen. (årsak: leverandør)",
        ],
        [
            "Fristen for MP1 er flyttet til 30.07.2027, 395 dager senere.",
            "Avviket for MP1 regnes fra en ny grunnlinje, 30.07.2027.",
        ],
        [Deed.MOVED],
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_is_told_by_the_history_the_report_and_between_two_days(client, office, case):
    with true_from(MARCH):
        project = ProjectFactory(draft=case.is_draft)
        values = {"code": "MP1", "title": "Plan", "position": 1} | case.made
        milestone = MilestoneFactory(project=project, **values)
        StatusReportFactory(project=project, reported_on=MARCH)
    client.force_login(office)

    for command, sent in case.sent:
        _send(client, command, sent, milestone)
    report = StatusReportFactory(project=project, reported_on=timezone.localdate())

    assert _told_by_history(client, office) == sorted(case.history)
    assert _told_by_report(client, report) == case.report
    assert _told_between(client) == case.between


def _send(client, command, sent, milestone):
    of_project = command in ("create", "baseline")
    name = "baseline_create" if command == "baseline" else f"milestone_{command}"
    keys = [milestone.project.slug] if of_project else [milestone.project.slug, milestone.pk]
    filled = {key: value.format(pk=milestone.pk) for key, value in sent.items()}
    assert client.post(reverse(f"milestones:{name}", args=keys), filled).status_code == 302


def _told_by_history(client, who):
    """The sentences by the alphabet: here all requests are of one time, and so in no order."""
    stories = client.get("/historikk/", {"slag": "leveranse", "person": who.pk}).context["stories"]
    return sorted(sentence.text for story in stories for sentence in story.sentences)


def _told_by_report(client, report):
    address = reverse("projects:status_report_detail", args=[report.project.slug, report.pk])
    page = BeautifulSoup(client.get(address).content, "html.parser")
    status, *rest = [each.get_text() for each in page.select("[aria-labelledby=changes-title] li")]
    assert status == "Status er uendret."
    return [words for words in rest if words != "Ingenting er endret på leveransene."]


def _told_between(client):
    groups = client.get("/endringer/", {"fra": "2026-03-15"}).context["deeds"]
    return [group.kind for group in groups]
