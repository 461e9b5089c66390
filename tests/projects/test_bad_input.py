"""Nonsense that nobody types by mistake, in every part of every address of the overview at once."""

import datetime

import pytest
from django.test import Client

from fkj_portfolio.history import true_from
from projects.addresses import ADDRESS_NAMES
from projects.models import SavedView
from tests.factories import MilestoneFactory, ProjectFactory, StatusReportFactory

pytestmark = pytest.mark.django_db

NONSENSE = [
    *("\0", "a\0b", "\u200b\u202e", "%s{0}\\'\"", "\r\nx: y", "&|!():*<->", "' | 'a':*"),
    *("<script>alert(1)</script>", "-1", "9" * 30, "1e309", "²", "İ", "日本語", "🙂"),
    *("0001-01-01", "9999-12-31", "2026-02-30", "0000-K1", "9999-K4", "ALLE", "og"),
]
ADDRESSES = ["/", "/sok/", "/prosjekter/fkj/", "/visninger/ny/", "/endre-flere/"]
OTHERS = ["oppmerksomhet", "felt", "til", "prosjekt", "utvalg", "ukjent", "\0"]
NAMES = [*ADDRESS_NAMES.values(), *OTHERS]


@pytest.fixture(autouse=True)
def _a_project():
    with true_from(datetime.date(2026, 1, 10)):
        project = ProjectFactory(title="Felles kommunal journal", slug="fkj")
        MilestoneFactory(project=project)
        StatusReportFactory(project=project)


@pytest.fixture(params=["reader", "office"])
def visitor(request, log_in, client):
    log_in(client, request.param)
    return client


@pytest.mark.parametrize("value", NONSENSE, ids=ascii)
class TestNonsense:
    def test_in_every_parameter_is_answered(self, visitor, value):
        for address in ADDRESSES:
            query = {name: [value, value] for name in NAMES}
            assert visitor.get(address, query).status_code in (200, 302)
            # What is no day has led away before the rest was read.
            del query["per"]
            assert visitor.get(address, query).status_code in (200, 302)

    def test_on_a_day_in_the_past_is_answered(self, client, value):
        query = {**dict.fromkeys(NAMES, value), "per": "2026-02-01"}

        assert client.get("/", query).status_code in (200, 302)

    def test_in_every_field_changes_nothing(self, office, client, value):
        client.force_login(office)
        fields = ["name", "audience", "opens_first", "standard_seen", "query", "token", "seen"]
        form = dict.fromkeys([*fields, "uten", "choose-query", "initial-query"], value)

        # Any name but one without a letter will do, but nobody is offered such an audience.
        assert client.post("/visninger/ny/", form).status_code == 200
        assert client.post("/visninger/fkj/lagre/", form).status_code == 302
        several = "/endre-flere/?prosjekt=fkj&felt=livslop&til=avsluttet"
        assert client.post(several, form).status_code == 409
        assert not SavedView.objects.exists()


class TestTooMuch:
    def test_of_one_parameter_is_answered(self, client):
        for name in NAMES:
            assert client.get("/", {name: ["x"] * 500}).status_code in (200, 302)

    def test_in_one_parameter_is_answered(self, client):
        for name in NAMES:
            assert client.get("/", {name: "x" * 10_000}).status_code in (200, 302)

    @pytest.mark.parametrize("address", ADDRESSES[:3])
    def test_is_refused_in_words(self, address):
        response = Client().get(address, {"eier": ["x"] * 1001})

        assert response.status_code == 400
        assert "<h1" in response.content.decode()
