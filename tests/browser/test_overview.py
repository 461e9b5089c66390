"""The overview as a tool: filters, columns, sorting and groups, in place, by keyboard, on a phone and without a script."""

import datetime
import re

import pytest
from playwright.sync_api import expect

from projects.models import RiskLevel, Status
from tests.browser.hands import words_of
from tests.factories import (
    MilestoneFactory,
    OwnerFactory,
    ProjectFactory,
    StatusReportFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db(transaction=True)

LONG = (
    "Samhandling om barn og unge med sammensatte behov på tvers av skole, barnevern, "
    "helsestasjon, fastlege og spesialisthelsetjeneste"
)
PHONE = {"width": 390, "height": 844}


@pytest.fixture
def manager():
    return UserFactory(name="Kari Nordmann")


@pytest.fixture
def portfolio(make_portfolio):
    """Thirty projects: every other of KS, every third with a high risk, every fifth overdue."""
    make_portfolio(30)


@pytest.fixture
def make_portfolio(manager):
    """Make projects that differ in everything a reader may filter by."""

    def make_portfolio(size):
        owners = [OwnerFactory(name="KS", slug="ks"), OwnerFactory(name="Helsedirektoratet")]
        for number in range(size):
            project = ProjectFactory(
                title=f"{LONG} {number:02}" if number % 10 == 0 else f"Journalprosjekt {number:02}",
                owner=owners[number % 2],
                is_example=True,
                managers=[manager] if number % 10 == 0 else [],
            )
            StatusReportFactory(
                project=project,
                status=list(Status)[number % 3],
                risk_level=RiskLevel.HIGH if number % 3 == 0 else RiskLevel.LOW,
            )
            MilestoneFactory(
                project=project,
                code="MP2",
                title="Styringsdokument med kvalitetssikring",
                original_due_on=datetime.date(2020 if number % 5 == 0 else 2099, 3, 1),
            )

    return make_portfolio


@pytest.fixture
def many_owners():
    """Sixty owners with a project each, so that a panel has to be scrolled."""
    for number in range(60):
        ProjectFactory(owner=OwnerFactory(name=f"Kommune {number:02}", slug=f"kommune-{number:02}"))


def panel(page, name):
    return page.locator(f"#panel-{name}")


def open_panel(page, name):
    panel(page, name).locator("summary").click()


def box(page, name, label):
    return panel(page, name).get_by_role(
        "checkbox", name=re.compile(f"^{label} "), include_hidden=True
    )


def number_beside(page, name, label):
    choice = panel(page, name).locator(".choices__one").filter(has_text=label)
    return choice.locator(".choices__count")


def count(page):
    return page.locator(".result-count")


def expect_count(page, found, total=30):
    expect(count(page)).to_have_text(re.compile(f"{found} av {total} prosjekter"))


def headers(page):
    return page.locator("thead th .sort-link")


def forget_replaced(complaints):
    """htmx says on the console that a request gave way to a newer one; nothing else may be said."""
    assert {said.split(",")[0] for said in complaints} <= {"htmx:afterRequest", "htmx:sendAbort"}
    complaints.clear()


def place_on_screen(locator):
    return round(locator.bounding_box()["y"])


class TestFilters:
    def test_narrow_down_without_loading_the_page(self, page, portfolio):
        page.goto("/")
        page.evaluate("window.here = true")
        expect_count(page, 30)
        expect(number_beside(page, "risiko", "Høy")).to_have_text(re.compile("^10"))

        open_panel(page, "eier")
        ks = box(page, "eier", "KS")
        ks.press("Space")

        expect_count(page, 15)
        expect(page).to_have_url(re.compile(r"/\?eier=ks$"))
        expect(ks).to_be_focused()
        expect(ks).to_be_checked()
        expect(panel(page, "eier")).to_have_attribute("open", "")
        expect(panel(page, "eier").locator("summary")).to_have_text(re.compile(r"Eier\s+\(1\)"))
        expect(page.locator("#live-region")).to_have_text(re.compile("15 av 30 prosjekter"))
        # What each choice would leave within the other filters; those of its own filter widen it.
        expect(number_beside(page, "risiko", "Høy")).to_have_text(re.compile("^5"))
        expect(number_beside(page, "eier", "Helsedirektoratet")).to_have_text(re.compile("^15"))
        assert page.evaluate("window.here")

    def test_keep_the_place_in_a_long_panel(self, page, many_owners):
        page.goto("/")
        open_panel(page, "eier")
        body = panel(page, "eier").locator(".panel__body")
        chosen = box(page, "eier", "Kommune 45")
        chosen.scroll_into_view_if_needed()
        before = body.evaluate("body => body.scrollTop"), place_on_screen(chosen)
        assert before[0] > 0

        words_of(chosen).click()

        expect_count(page, 1, total=60)
        expect(chosen).to_be_focused()
        assert (body.evaluate("body => body.scrollTop"), place_on_screen(chosen)) == before

    def test_hold_still_while_what_needs_attention_above_changes(
        self, context, page, log_in, manager, portfolio
    ):
        log_in(context, manager)
        page.goto("/")
        open_panel(page, "risiko")
        high = box(page, "risiko", "Høy")
        before = place_on_screen(high)

        words_of(high).click()

        expect_count(page, 10)
        assert place_on_screen(high) == before

    def test_take_choices_quickly_after_one_another(self, page, complaints, portfolio):
        page.goto("/")
        open_panel(page, "status")
        for label in ("Noen utfordringer", "Betydelige utfordringer"):
            words_of(box(page, "status", label)).click()
        open_panel(page, "risiko")
        words_of(box(page, "risiko", "Lav")).click()
        words_of(box(page, "risiko", "Høy")).click()

        expect_count(page, 20)
        expect(page).to_have_url(re.compile(
            r"/\?status=noen-utfordringer&status=betydelige-utfordringer&risiko=lav&risiko=hoy$"
        ))  # fmt: skip
        expect(page.locator(".chips li")).to_have_count(5)
        forget_replaced(complaints)

    @pytest.mark.parametrize("java_script_enabled", [True, False])
    def test_go_on_from_the_count_when_one_is_removed(
        self, make_context, portfolio, java_script_enabled
    ):
        page = make_context(java_script_enabled=java_script_enabled).new_page()
        page.goto("/?eier=ks&risiko=hoy")
        page.get_by_role("link", name="Fjern filter: Risiko").press("Enter")

        expect_count(page, 15)
        expect(count(page)).to_be_focused()
        expect(box(page, "risiko", "Høy")).not_to_be_checked()
        page.go_back()
        expect_count(page, 5)
        expect(box(page, "risiko", "Høy")).to_be_checked()
        page.get_by_role("link", name="Fjern alle").press("Enter")
        expect_count(page, 30)
        expect(page.locator(".chips")).to_have_count(0)

    def test_search_while_one_types(self, page, complaints, portfolio):
        page.goto("/?eier=ks")
        search = page.get_by_label("Søk etter prosjekt, eier eller leveranse")

        search.press_sequentially("sammensatte behov")

        expect_count(page, 3)
        expect(page).to_have_url(re.compile(r"/\?sok=sammensatte(\+|%20)behov&eier=ks$"))
        expect(search).to_be_focused()
        expect(search).to_have_value("sammensatte behov")
        forget_replaced(complaints)

    def test_show_on_the_way_back_what_they_say(self, page, portfolio):
        page.goto("/")
        open_panel(page, "eier")
        words_of(box(page, "eier", "KS")).click()
        expect_count(page, 15)

        page.go_back()
        expect_count(page, 30)
        expect(box(page, "eier", "KS")).not_to_be_checked()

        page.go_forward()
        expect_count(page, 15)
        expect(box(page, "eier", "KS")).to_be_checked()

    def test_find_what_is_due_between_two_days(self, page, portfolio):
        page.goto("/")
        open_panel(page, "frist")
        box(page, "frist", "Har forfalte leveranser").press("Space")
        expect_count(page, 6)
        page.get_by_label("Neste frist fra").fill("01.01.2021")
        page.get_by_label("Neste frist fra").press("Tab")

        expect_count(page, 0)
        expect(page.get_by_label("Neste frist til")).to_be_focused()
        box(page, "frist", "Har forfalte leveranser").press("Space")
        expect_count(page, 24)
        expect(page).to_have_url(re.compile(r"/\?frist-fra=01\.01\.2021$"))


class TestTable:
    def test_is_sorted_by_a_header(self, page, portfolio):
        page.goto("/")
        page.locator("#sort-status").press("Enter")
        header = page.locator("th", has=page.locator("#sort-status"))
        expect(header).to_have_attribute("aria-sort", "descending")
        expect(page.locator("#sort-status")).to_be_focused()

        page.keyboard.press("Enter")
        expect(header).to_have_attribute("aria-sort", "ascending")

        # A filter leaves the sorting as it is.
        panel(page, "risiko").locator("summary").press("Enter")
        box(page, "risiko", "Høy").press("Space")
        expect_count(page, 10)
        expect(page).to_have_url(re.compile(r"/\?risiko=hoy&sorter=status$"))

    def test_is_sorted_by_three(self, page, portfolio):
        page.goto("/")
        panel(page, "sorter").locator("summary").press("Enter")
        for place, (label, value) in enumerate(
            [
                ("Status, mest alvorlig først", "-status"),
                ("Risiko, høyest først", "-risiko"),
                ("Prosjekt, Å til A", "-tittel"),
            ],
            start=1,
        ):
            by = page.locator(f"#sort-by-{place}")
            by.focus()
            by.select_option(label=label)
            expect(page).to_have_url(re.compile(f"sorter={value}$"))
            expect(by).to_be_focused()
            expect(panel(page, "sorter")).to_have_attribute("open", "")

        expect(headers(page).locator(".sort-link__place")).to_have_text([" 3", " 1", " 2"])
        expect(page.locator("tbody th").first).to_contain_text(f"{LONG} 20")

    def test_shows_hides_and_moves_columns_by_keyboard(self, page, portfolio):
        page.goto("/?kolonner=status,risiko,eier")
        page.evaluate("window.here = true")
        panel(page, "kolonner").locator("summary").press("Enter")

        page.get_by_role("checkbox", name="Risiko", exact=True).press("Space")
        expect(headers(page)).to_have_text(["Prosjekt", "Status", "Eier"])
        expect(page.get_by_role("checkbox", name="Risiko", exact=True)).to_be_focused()
        page.get_by_role("checkbox", name="Segment", exact=True).press("Space")
        expect(headers(page)).to_have_text(["Prosjekt", "Status", "Eier", "Segment"])
        expect(page).to_have_url(re.compile(r"/\?kolonner=status,eier,segment$"))

        move = page.get_by_role("link", name="Flytt Segment mot venstre")
        for order in (["Status", "Segment", "Eier"], ["Segment", "Status", "Eier"]):
            move.press("Enter")
            expect(headers(page)).to_have_text(["Prosjekt", *order])
        expect(move).to_be_focused()
        expect(move).to_be_disabled()

        page.get_by_role("link", name="Vis de vanlige kolonnene").press("Enter")
        expect(page).to_have_url(re.compile("/$"))
        expect(headers(page)).to_have_count(7)
        expect(panel(page, "kolonner").locator("summary")).to_be_focused()
        assert page.evaluate("window.here")

    def test_is_grouped_with_subtotals(self, page, portfolio):
        page.goto("/?risiko=hoy")
        page.get_by_label("Grupper etter").focus()
        page.get_by_label("Grupper etter").select_option(label="Eier")

        expect(page).to_have_url(re.compile(r"/\?risiko=hoy&grupper=eier$"))
        expect(page.get_by_label("Grupper etter")).to_be_focused()
        groups = page.locator(".group-row")
        expect(groups).to_have_count(2)
        expect(groups.last).to_have_text(re.compile(r"KS\s*:\s+5 tiltak,\s+0 av 5 leveranser"))
        groups.last.get_by_role("link", name="KS", exact=True).click()
        expect(page).to_have_url(re.compile(r"eier=ks&risiko=hoy"))
        expect_count(page, 5)


class TestWithoutAScript:
    def test_all_of_it_works_by_buttons_and_links(self, make_context, portfolio):
        page = make_context(java_script_enabled=False).new_page()
        page.goto("/")

        open_panel(page, "eier")
        words_of(box(page, "eier", "KS")).click()
        open_panel(page, "risiko")
        words_of(box(page, "risiko", "Høy")).click()
        words_of(box(page, "risiko", "Lav")).click()
        page.get_by_label("Grupper etter").select_option(label="Risiko")
        open_panel(page, "sorter")
        page.get_by_label("Sorter etter").select_option("-tittel")
        page.locator("#filters").get_by_role("button", name="Søk").click()
        expect(page).to_have_url(
            re.compile(r"/\?eier=ks&risiko=lav&risiko=hoy&grupper=risiko&sorter=-tittel$")
        )
        expect_count(page, 15)
        expect(page.locator(".group-row")).to_have_count(2)

        open_panel(page, "kolonner")
        words_of(page.get_by_role("checkbox", name="Segment", exact=True)).click()
        page.locator("#panel-kolonner").get_by_role("button", name="Bruk valgene").click()
        expect(headers(page)).to_have_count(8)
        page.get_by_role("link", name="Fjern alle").click()
        page.get_by_role("link", name="Neste side").click()
        expect(page).to_have_url(re.compile(r"grupper=risiko&kolonner=.*&sorter=-tittel&side=2$"))
        page.get_by_role("link", name="Fordeling").click()
        expect(page.locator("svg.bar").first).to_be_visible()


class TestScreens:
    def test_a_phone_has_room_for_a_panel_that_moves_nothing(self, make_context, many_owners):
        page = make_context(viewport=PHONE).new_page()
        page.goto("/")
        segment = panel(page, "segment").locator("summary")
        segment.scroll_into_view_if_needed()
        before = segment.bounding_box()

        segment.click()
        assert segment.bounding_box() == before
        open_panel(page, "eier")
        body = panel(page, "eier").locator(".panel__body").bounding_box()
        assert body["x"] >= 0
        assert body["width"] > 0.85 * PHONE["width"]
        words_of(box(page, "eier", "Kommune 02")).click()
        expect_count(page, 1, total=60)
        expect(box(page, "eier", "Kommune 02")).to_be_in_viewport()

    @pytest.mark.parametrize(
        ("width", "scheme"), [(1280, "light"), (1280, "dark"), (390, "dark"), (320, "light")]
    )
    def test_are_open_to_everyone(
        self, make_context, log_in, axe, keep_picture, manager, make_portfolio, width, scheme
    ):
        make_portfolio(6)
        context = make_context(
            color_scheme=scheme,
            viewport={"width": width, "height": 844},
            reduced_motion="reduce",
        )
        log_in(context, manager)
        page = context.new_page()
        for name, (address, opened) in {
            "overview": ("/?risiko=hoy&eier=finnes-ikke&forfalt=ja", "leder"),
            "overview-grouped": ("/?grupper=eier&sorter=-status&sorter=risiko", "sorter"),
            "overview-columns": ("/?kolonner=status,segment,mal,leder,forfalt", "kolonner"),
            "overview-due": ("/?rapport=sen&frist-fra=2021-01-01", "frist"),
            "overview-nothing": ("/?sok=helikopter", None),
            "my-projects": ("/mine/", None),
        }.items():
            page.goto(address)
            if opened:
                open_panel(page, opened)
            axe(page)
            keep_picture(page, f"{name}-{width}-{scheme}")
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

    def test_say_that_there_is_nothing_yet(self, page, axe, keep_picture):
        page.goto("/")

        expect(page.get_by_role("heading", name="Ingen prosjekter ennå")).to_be_visible()
        axe(page)
        keep_picture(page, "overview-empty")

    def test_are_printed_as_a_table_that_says_what_was_chosen(self, page, portfolio, keep_picture):
        page.set_viewport_size({"width": 680, "height": 960})
        page.goto("/?eier=ks&grupper=status")
        page.emulate_media(media="print")

        expect(page.locator("#panel-kolonner .panel__body")).to_be_hidden()
        expect(page.get_by_role("link", name="Fjern alle")).to_be_hidden()
        expect(page.locator(".chips")).to_have_text(re.compile("Eier: KS"))
        expect(page.get_by_role("columnheader", name="Risiko")).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        keep_picture(page, "overview-print")
