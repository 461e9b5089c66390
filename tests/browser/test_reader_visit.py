"""A reader's visit: one project found in spite of a typing error, and the portfolio in time and in figures."""

import datetime
import re

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone
from playwright.sync_api import expect

from accounts.models import PORTFOLIO_OFFICE
from projects.models import Status
from tests.browser.hands import ByKeyboard, ByMouse
from tests.factories import (
    MilestoneFactory,
    OwnerFactory,
    ProjectFactory,
    SavedViewFactory,
    StatusReportFactory,
)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def portfolio():
    """Six projects of two owners, one of them the journal, each with a milestone two months away."""
    owners = [OwnerFactory(name="KS", slug="ks"), OwnerFactory(name="Helsedirektoratet")]
    due_on = timezone.localdate() + datetime.timedelta(days=60)
    for number in range(6):
        project = ProjectFactory(
            title="Felles kommunal journal" if number == 0 else f"Velferdsteknologi {number:02}",
            slug=f"prosjekt-{number}",
            owner=owners[number == 5],
        )
        StatusReportFactory(
            project=project, status=Status.CHALLENGES if number % 2 else Status.ON_TRACK
        )
        MilestoneFactory(project=project, code="MP1", title="Pilot", original_due_on=due_on)


@pytest.fixture(
    params=[
        pytest.param((ByMouse, 1280), id="mouse"),
        pytest.param((ByKeyboard, 1280), id="keyboard"),
        pytest.param((ByMouse, 390), id="phone"),
    ]
)
def hands(make_context, portfolio, request):
    """A reader who has come to the portfolio."""
    hands, width = request.param
    page = make_context(viewport={"width": width, "height": 844}).new_page()
    page.goto("/")
    return hands(page)


def main(page):
    return page.get_by_role("main")


def find_a_project_in_spite_of_an_error(hands):
    page = hands.page
    hands.search("felles komunal jurnal")
    expect(page.get_by_text("Mente du …?")).to_be_visible()
    hands.press(main(page).get_by_role("link", name="Felles kommunal journal"))
    expect(page.locator(".result-count")).to_have_text("1 prosjekt funnet")
    hands.press(main(page).get_by_role("link", name="Felles kommunal journal").first)
    expect(page.get_by_role("heading", level=1)).to_have_text("Felles kommunal journal")


def go_back_to_the_portfolio(hands):
    hands.press(hands.page.get_by_role("banner").get_by_role("link", name="Porteføljen"))
    expect(hands.page.get_by_role("heading", level=1)).to_have_text("Porteføljen")


def see_what_is_coming(hands):
    page = hands.page
    hands.look("Tidslinje")
    for scale in ("Halvår", "År", "Kvartal"):
        chip = page.get_by_role("link", name=scale, exact=True)
        hands.press(chip)
        expect(chip).to_have_attribute("aria-current", "true")
        expect(page.locator("a.mark")).to_have_count(6)
    hands.press(page.get_by_role("link", name=re.compile("^MP1 Pilot")).first)
    expect(page).to_have_url(re.compile(r"/prosjekter/prosjekt-0/#leveranse-\d+$"))
    expect(page.locator(":target")).to_be_in_viewport()
    expect(page.locator(":target")).to_contain_text("Pilot")


def see_how_it_is_distributed(hands):
    page = hands.page
    hands.look("Fordeling")
    by_owner = page.get_by_role("region", name="Status etter eier", exact=True)
    hands.press(by_owner.get_by_text("Tallene som tabell"))
    figures = by_owner.get_by_role("row", name=re.compile("^KS ")).get_by_role("cell")
    expect(figures).to_have_text(["3", "2", "0", "0", "5"])
    told = by_owner.locator("tbody a").evaluate_all("all => all.map(a => a.ariaLabel)")
    parts = by_owner.locator("svg.bar a title").all_text_contents()
    assert parts
    assert set(parts) <= set(told)

    hands.press(by_owner.locator("svg.bar").get_by_role("link", name="KS: 2 ").first)
    expect(page.locator(".result-count")).to_have_text(re.compile("2 av 6 prosjekter"))
    expect(page.locator(".chips")).to_have_text(re.compile("Noen utfordringer"))


def test_the_visit_of_a_reader(hands):
    find_a_project_in_spite_of_an_error(hands)
    go_back_to_the_portfolio(hands)
    see_what_is_coming(hands)
    go_back_to_the_portfolio(hands)
    see_how_it_is_distributed(hands)


def test_an_address_shared_by_the_office_shows_what_everyone_may_see(page, portfolio, office):
    SavedViewFactory(
        name="Hemmelig navn",
        slug="internt",
        owner=office,
        group=Group.objects.get(name=PORTFOLIO_OFFICE),
        query="eier=ks",
    )
    ProjectFactory(title="Ikke publisert ennå", owner__name="KS AS", draft=True)

    page.goto("/?eier=ks&leder=1&grupper=status&kolonner=frist,leder&visning=internt")

    expect(page.locator(".result-count")).to_have_text(re.compile("5 av 6 prosjekter"))
    expect(page.get_by_text("Visningen finnes ikke lenger")).to_be_visible()
    expect(page.get_by_text("Logg inn for å filtrere på prosjektleder.")).to_be_visible()
    expect(page.get_by_role("columnheader", name="Prosjektledere")).to_have_count(0)
    expect(page.locator(".group-row")).to_have_count(2)
    expect(page.get_by_text("Hemmelig navn")).to_have_count(0)
    expect(page.get_by_text("Ikke publisert ennå")).to_have_count(0)
