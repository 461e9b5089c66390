"""Pages that are asked for one after the other in one process: none is made by another's statement."""

import datetime

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from fkj_portfolio import compiled
from projects.models import PortfolioSettings, Status
from tests.factories import (
    MilestoneFactory,
    OwnerFactory,
    ProjectFactory,
    SavedViewFactory,
    SegmentFactory,
    StatusReportFactory,
)
from tests.portfolio import TODAY, soup

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine("2026-07-10 12:00 +0200")]

PEOPLE = ["reader", "staff", "manager", "other_manager", "office"]
ADDRESSES = [
    "/",
    "/?eier=ks",
    "/?eier=fhi",
    "/?eier=ks&eier=fhi",
    "/?segment=felles",
    "/?sok=journal",
    "/?sok=data",
    "/?frist-fra=2026-08-01",
    "/?sorter=-frist",
    "/?sorter=eier",
    "/?grupper=eier",
    "/?grupper=status",
    "/?kolonner=eier,segment",
    "/?side=2",
    "/?vis=tidslinje",
    "/?vis=tidslinje&side=2",
    "/?vis=fordeling",
    "/?oppmerksomhet=alle",
    "/?forfalt=ja",
    "/prosjekter/fkj/",
    "/prosjekter/data/",
]


@pytest.fixture(autouse=True)
def _portfolio(manager, other_manager, office):
    """Two projects that differ in all that a page shows, and as many as fill a page."""
    ks, fhi = OwnerFactory(name="KS", slug="ks"), OwnerFactory(name="FHI", slug="fhi")
    segment = SegmentFactory(name="Felles", slug="felles")
    journal = ProjectFactory(
        title="Felles journal", slug="fkj", owner=ks, segment=segment, managers=[manager]
    )
    data = ProjectFactory(title="Åpne data", slug="data", owner=fhi, managers=[other_manager])
    ProjectFactory(title="Skjult", slug="skjult", is_published=False)
    for project, due_on in ((journal, TODAY), (data, datetime.date(2026, 5, 20))):
        MilestoneFactory(project=project, original_due_on=due_on, code=project.slug)
        StatusReportFactory(
            project=project, status=Status.ON_TRACK, reported_on=datetime.date(2026, 4, 1)
        )
    ProjectFactory.create_batch(25, owner=None)
    SavedViewFactory(name="Mine", owner=manager)


def texts(client, address):
    """What stands on a page, and where it leads."""
    page = soup(client.get(address, follow=True))
    links = [(link.get_text(" ", strip=True), link["href"]) for link in page.select("a[href]")]
    return page.get_text("\n", strip=True), links


@pytest.fixture
def as_if_first(monkeypatch):
    """Asks for a page with nothing built before."""

    def ask(client, address):
        with monkeypatch.context() as patch:
            patch.setattr(compiled, "_surroundings", object)
            return texts(client, address)

    return ask


class TestPages:
    @pytest.mark.parametrize(
        "address", ["/", "/?eier=ks", "/?vis=tidslinje", "/prosjekter/fkj/", "/prosjekter/data/"]
    )
    def test_are_made_for_who_asks(self, client, log_in, as_if_first, address):
        for person in PEOPLE:
            log_in(client, person)

            assert texts(client, address) == as_if_first(client, address)

    @pytest.mark.parametrize("person", ["reader", "manager"])
    def test_are_made_of_their_address(self, client, log_in, as_if_first, person):
        log_in(client, person)

        for address in ADDRESSES:
            assert texts(client, address) == as_if_first(client, address)

    @pytest.mark.parametrize("person", ["reader", "office"])
    @pytest.mark.parametrize("address", ["/", "/?forfalt=ja", "/prosjekter/fkj/"])
    def test_are_made_for_the_day(self, client, log_in, as_if_first, time_machine, person, address):
        log_in(client, person)
        today = texts(client, address)

        time_machine.move_to(timezone.now() + datetime.timedelta(days=1), tick=False)
        log_in(client, person)

        tomorrow = texts(client, address)
        assert tomorrow == as_if_first(client, address)
        assert tomorrow != today

    @pytest.mark.parametrize("person", ["manager", "other_manager", "office"])
    @pytest.mark.parametrize("address", ["/", "/prosjekter/data/"])
    @pytest.mark.parametrize(
        "rules",
        [
            {"yellow_after_months": 0, "red_after_months": 1},
            {"yellow_after_months": 5, "red_after_months": 6},
            {"signal_is_public": True},
            {"report_interval_days": 7},
        ],
    )
    def test_are_made_by_the_rules(self, client, log_in, as_if_first, person, address, rules):
        log_in(client, person)
        texts(client, address)

        PortfolioSettings.objects.create(**rules)

        assert texts(client, address) == as_if_first(client, address)

    def test_tell_of_a_signal_by_the_rules(self, client, office):
        client.force_login(office)
        page = "/prosjekter/data/"
        before = texts(client, page)

        PortfolioSettings.objects.create(yellow_after_months=0, red_after_months=1)

        assert texts(client, page) != before

    @pytest.mark.parametrize("address", ["/", "/?grupper=status", "/prosjekter/fkj/"])
    def test_are_made_in_the_language(self, client, office, as_if_first, address):
        client.force_login(office)

        for language in ("nb", "nn", "en", "nb"):
            client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
            assert texts(client, address) == as_if_first(client, address)

    @pytest.mark.parametrize("address", ["/", "/prosjekter/fkj/"])
    def test_ask_as_often_when_nothing_is_built_as_when_all_is(
        self, client, manager, as_if_first, django_assert_num_queries, address
    ):
        client.force_login(manager)
        with CaptureQueriesContext(connection) as first:
            as_if_first(client, address)

        with django_assert_num_queries(len(first)):
            texts(client, address)
