"""The office's morning: from the standard view to five projects changed at once, and undone."""

import re

import pytest
from django.contrib.auth.models import Group
from playwright.sync_api import expect

from accounts.models import PORTFOLIO_OFFICE
from projects.models import Project, SavedView, Status
from tests.browser.hands import ByKeyboard, ByMouse
from tests.factories import (
    MilestoneFactory,
    OwnerFactory,
    ProjectFactory,
    SavedViewFactory,
    SegmentFactory,
    StatusReportFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def portfolio(office):
    """Twelve projects, eight of them of KS, and a colleague's standard view: what is not on track."""
    colleague = UserFactory(name="Kollega Dahl")
    colleague.groups.set(office.groups.all())
    owners = [OwnerFactory(name="KS", slug="ks"), OwnerFactory(name="Helsedirektoratet")]
    segments = [SegmentFactory(name=name) for name in ("Samstyre", "Observere")]
    SegmentFactory(name="Koordinere")
    for number in range(12):
        project = ProjectFactory(
            title=f"Journalprosjekt {number:02}",
            owner=owners[number % 3 == 2],
            segment=segments[number % 2],
        )
        status = Status.ON_TRACK if number >= 9 else Status.CHALLENGES
        StatusReportFactory(project=project, status=status)
        MilestoneFactory(project=project, delivered=True)
    SavedViewFactory(
        name="Til morgenmøtet",
        slug="til-morgenmotet",
        owner=colleague,
        is_standard=True,
        query="status=noen-utfordringer&status=betydelige-utfordringer",
    )


@pytest.fixture(
    params=[
        pytest.param((ByMouse, 1280), id="mouse"),
        pytest.param((ByKeyboard, 1280), id="keyboard"),
        pytest.param((ByMouse, 390), id="phone"),
    ]
)
def hands(make_context, log_in, office, portfolio, request):
    """Someone of the office, before the page is opened."""
    hands, width = request.param
    context = make_context(viewport={"width": width, "height": 844})
    log_in(context, office)
    return hands(context.new_page())


def expect_count(page, found):
    expect(page.locator(".result-count")).to_have_text(re.compile(f"{found} av 12 prosjekter"))


def open_the_standard_view(page):
    page.goto("/")
    expect(page).to_have_url(re.compile("&visning=til-morgenmotet$"))
    expect(page.get_by_role("button", name="Visning: Til morgenmøtet")).to_be_visible()
    expect_count(page, 9)


def filter_and_group(hands):
    page = hands.page
    hands.open_first_filter()
    hands.press(page.get_by_role("checkbox", name="KS 6"))
    expect_count(page, 6)
    hands.select(page.get_by_label("Grupper etter"), "Segment")
    expect(page.locator(".group-row").first).to_have_text(
        re.compile(r"Samstyre\s*:\s+3 tiltak,\s+3 av 3 leveranser")
    )
    expect(page.get_by_text("Visningen er endret")).to_be_visible()


def save_and_share(hands):
    page = hands.page
    hands.press(page.get_by_role("link", name="Lagre som ny"))
    expect(page.get_by_role("heading", name="Lagre visning")).to_be_visible()
    hands.write(page.get_by_label("Navn"), "KS etter segment")
    hands.pick(page.get_by_label(f"Gruppen {PORTFOLIO_OFFICE}"))
    hands.press(page.get_by_role("button", name="Lagre", exact=True))
    expect(page.locator("#messages")).to_contain_text("Visningen «KS etter segment» er lagret.")
    expect(page).to_have_url(re.compile(r"&grupper=segment&visning=ks-etter-segment$"))
    assert SavedView.objects.get(name="KS etter segment").group == Group.objects.get(
        name=PORTFOLIO_OFFICE
    )


def change_five(hands):
    page = hands.page
    hands.choose_rows(5)
    expect(page.get_by_text("5 valgt", exact=True).first).to_be_visible()
    hands.press(page.get_by_role("button", name="Endre valgte"))
    expect(page.get_by_role("heading", name="5 prosjekter")).to_be_visible()
    hands.select(page.get_by_label("Nytt segment"), "Koordinere")
    hands.press(page.locator("#segment-form").get_by_role("button", name="Vis hva som skjer"))
    expect(page.get_by_role("heading", name="Segment: Koordinere")).to_be_visible()
    hands.press(page.get_by_role("button", name="Endre 5 prosjekter"))
    expect(page.locator("#messages")).to_have_text(re.compile("Prosjektene er endret."))
    assert Project.objects.filter(segment__name="Koordinere").count() == 5


def see_one_entry_in_the_history(hands):
    page = hands.page
    hands.press(page.get_by_role("link", name="Historikk for porteføljen"))
    newest = page.locator(".history > li").first
    expect(newest).to_contain_text("5 prosjekter")
    expect(newest).to_contain_text("Kontor Nilsen")
    page.go_back()


def undo(hands):
    page = hands.page
    hands.press(page.get_by_role("button", name="Angre", exact=True))
    expect(page.get_by_text("Angret for 5 prosjekter")).to_be_visible()
    assert not Project.objects.filter(segment__name="Koordinere").exists()
    hands.press(page.get_by_role("link", name="Tilbake til oversikten"))
    expect(page).to_have_url(re.compile(r"&grupper=segment&visning=ks-etter-segment$"))
    expect_count(page, 6)


def test_the_morning_of_the_office(hands):
    open_the_standard_view(hands.page)
    filter_and_group(hands)
    save_and_share(hands)
    change_five(hands)
    see_one_entry_in_the_history(hands)
    undo(hands)


def test_the_views_and_the_keys_are_a_key_away(make_context, log_in, office, portfolio):
    context = make_context()
    log_in(context, office)
    page = context.new_page()
    open_the_standard_view(page)

    page.keyboard.press("?")
    keys = page.get_by_role("dialog", name="Tastatursnarveier")
    expect(keys).to_contain_text("x")
    page.keyboard.press("Escape")
    page.keyboard.press("v")
    expect(page.get_by_role("link", name="Alle prosjekter")).to_be_focused()
    page.keyboard.press("Enter")

    expect_count(page, 12)
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    page.keyboard.press("x")
    expect(page.get_by_role("checkbox", name="Velg Journalprosjekt 00")).to_be_checked()
