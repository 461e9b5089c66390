"""The keyboard: single keys and the list of them, and what closes and keeps its place without a mouse."""

import datetime
import re

import pytest
from playwright.sync_api import expect

from tests.browser.test_frame import NARROWEST, PHONE, WIDE
from tests.factories import MilestoneFactory, OwnerFactory, ProjectFactory

pytestmark = pytest.mark.django_db(transaction=True)

# What keys.js and site.js need of a page: the attributes are a contract with the overview.
ROWS = """
<tbody id="rows">
  <tr data-row><td><input type="checkbox" aria-label="Velg Alfa"></td><td><a href="#alfa">Alfa</a></td></tr>
  <tr data-row><td><input type="checkbox" aria-label="Velg Beta"></td><td><a href="#beta">Beta</a></td></tr>
  <tr data-row hidden><td><a href="#skjult">Skjult</a></td></tr>
  <tr data-row><td><a href="#gamma">Gamma</a> <a href="#annet">Annet</a></td></tr>
</tbody>
"""
PANEL = """
<details id="eier" data-panel name="panel">
  <summary>Eier</summary>
  <input type="checkbox" id="ks" aria-label="KS" hx-get="/utsnitt/" hx-target="#filters" hx-swap="outerHTML">
</details>
"""
FILTERS = f'<form id="filters" data-keys="filters">{PANEL}</form>'
CONTENT = f"""
{FILTERS}
<button type="button" popovertarget="visninger">Visninger</button>
<nav id="visninger" popover data-keys="views" aria-label="Visninger"><a href="#min">Min visning</a></nav>
<a href="#tabell" data-keys="way-1">Tabell</a>
<a href="#tidslinje" data-keys="way-2">Tidslinje</a>
<a href="#fordeling" data-keys="way-3">Fordeling</a>
<textarea aria-label="Merknad"></textarea>
<table>{ROWS}</table>
<p>Slutt.</p>
"""


def fill(page):
    # As on a page with htmx of its own, which takes htmx's ban off main.
    page.evaluate(
        """content => {
            const main = document.querySelector("main");
            main.removeAttribute("hx-disable");
            main.innerHTML = content;
            htmx.process(main);
        }""",
        CONTENT,
    )


@pytest.fixture
def page(page, complaints):
    """A page that has what the keys are for, and little else."""
    page.goto("/finnes-ikke/")
    complaints.clear()
    fill(page)
    return page


@pytest.fixture
def keys(page):
    """The list of keys."""
    return page.get_by_role("dialog", name="Tastatursnarveier")


def press_norwegian(page, key, code):
    """Press what a Norwegian keyboard writes with Shift: "?" beside the zero, "/" on the seven."""
    session = page.context.new_cdp_session(page)
    pressed = {"key": key, "code": code, "modifiers": 8}
    session.send("Input.dispatchKeyEvent", {"type": "keyDown", "text": key, **pressed})
    session.send("Input.dispatchKeyEvent", {"type": "keyUp", **pressed})


def link(page, name):
    return page.get_by_role("link", name=name, exact=True)


class TestList:
    def test_opens_on_a_norwegian_keyboard_and_gives_focus_back(self, page, keys):
        link(page, "Alfa").focus()

        press_norwegian(page, "?", "Minus")
        expect(keys).to_be_visible()
        expect(keys.get_by_role("button", name="Lukk")).to_be_focused()
        page.keyboard.press("j")
        expect(keys.get_by_role("button", name="Lukk")).to_be_focused()
        page.keyboard.press("Escape")

        expect(keys).to_be_hidden()
        expect(link(page, "Alfa")).to_be_focused()

    def test_opens_from_the_footer_and_closes_by_its_button(self, page, keys):
        opener = page.get_by_role("button", name="Tastatursnarveier")

        opener.press("Enter")
        keys.get_by_role("button", name="Lukk").press("Enter")

        expect(keys).to_be_hidden()
        expect(opener).to_be_focused()

    def test_switches_the_keys_off_until_they_are_wanted_again(self, page, keys, complaints):
        page.keyboard.press("?")
        keys.get_by_role("switch", name="Bruk snarveier med én tast").press("Space")
        page.keyboard.press("Escape")

        page.reload()
        complaints.clear()
        fill(page)
        for key in ("?", "/", "j"):
            page.keyboard.press(key)
        expect(keys).to_be_hidden()
        expect(page.locator(":focus")).to_have_count(0)

        page.get_by_role("button", name="Tastatursnarveier").press("Enter")
        switch = keys.get_by_role("switch", name="Bruk snarveier med én tast")
        expect(switch).not_to_be_checked()
        switch.press("Space")
        page.keyboard.press("Escape")
        page.keyboard.press("/")
        expect(page.get_by_role("searchbox")).to_be_focused()

    @pytest.mark.parametrize("scheme", ["light", "dark"])
    @pytest.mark.parametrize("width", [WIDE, PHONE, NARROWEST])
    def test_is_accessible(self, make_context, complaints, axe, keep_picture, width, scheme):
        context = make_context(
            color_scheme=scheme,
            viewport={"width": width, "height": 900},
            reduced_motion="reduce",
        )
        page = context.new_page()
        page.goto("/finnes-ikke/")
        complaints.clear()

        page.keyboard.press("?")

        expect(page.get_by_role("dialog")).to_be_visible()
        axe(page)
        assert page.evaluate("document.querySelector('dialog').scrollWidth") <= width
        keep_picture(page, f"keys-{width}-{scheme}")

    def test_is_not_offered_without_a_script(self, make_context, complaints):
        page = make_context(java_script_enabled=False).new_page()

        page.goto("/finnes-ikke/")

        complaints.clear()
        expect(page.get_by_text("Tastatursnarveier").first).to_be_hidden()
        expect(page.locator("#keys")).to_be_hidden()


class TestSearch:
    def test_takes_the_cursor_at_a_slash(self, page):
        press_norwegian(page, "/", "Digit7")

        search = page.get_by_role("searchbox", name="Søk i porteføljen")
        expect(search).to_be_focused()
        expect(search).to_have_value("")

    def test_is_opened_where_a_menu_holds_it(self, page):
        page.set_viewport_size({"width": PHONE, "height": 900})
        search = page.get_by_role("searchbox", name="Søk i porteføljen")
        expect(search).to_be_hidden()

        page.keyboard.press("/")
        expect(search).to_be_focused()
        page.keyboard.press("Escape")

        expect(search).to_be_hidden()
        expect(page.get_by_role("button", name="Meny")).to_be_focused()
        page.keyboard.press("?")
        expect(page.get_by_role("dialog")).to_be_visible()


class TestOtherUses:
    def test_leaves_a_field_what_is_written_in_it(self, page, keys):
        field = page.get_by_label("Merknad")
        field.focus()

        page.keyboard.type("j?/x1")

        expect(field).to_have_value("j?/x1")
        expect(field).to_be_focused()
        expect(keys).to_be_hidden()

    @pytest.mark.parametrize("modifier", ["Control", "Alt", "Meta"])
    def test_leaves_the_browser_its_own_keys(self, page, modifier):
        page.keyboard.press(f"{modifier}+k")
        page.keyboard.press("Shift+J")

        expect(page.locator(":focus")).to_have_count(0)


class TestRows:
    def test_goes_from_row_to_row(self, page):
        for name in ("Alfa", "Beta", "Gamma", "Gamma"):
            page.keyboard.press("j")
            expect(link(page, name)).to_be_focused()

        page.keyboard.press("k")
        expect(link(page, "Beta")).to_be_focused()

    def test_begins_where_focus_is(self, page):
        page.get_by_text("Slutt.").evaluate("end => { end.tabIndex = -1; end.focus(); }")

        page.keyboard.press("k")

        expect(link(page, "Gamma")).to_be_focused()

    def test_shows_the_whole_row(self, page):
        page.set_viewport_size({"width": WIDE, "height": 300})
        page.evaluate("scrollTo(0, 0)")

        page.keyboard.press("j")

        expect(page.locator("[data-row]").first).to_be_in_viewport(ratio=1)

    def test_works_on_rows_that_come_later(self, page):
        page.keyboard.press("j")
        later = ROWS.replace("Alfa", "Ny")

        page.evaluate("rows => htmx.swap('#rows', rows, {swapStyle: 'outerHTML'})", later)
        page.keyboard.press("j")

        expect(link(page, "Ny")).to_be_focused()

    def test_chooses_the_project_and_says_so(self, page):
        page.keyboard.press("j")

        page.keyboard.press("x")
        expect(page.get_by_label("Velg Alfa")).to_be_checked()
        expect(link(page, "Alfa")).to_be_focused()
        expect(page.locator("#live-region")).to_have_text("Valgt: Alfa")
        page.keyboard.press("x")

        expect(page.get_by_label("Velg Alfa")).not_to_be_checked()
        expect(page.locator("#live-region")).to_have_text("Ikke lenger valgt: Alfa")

    def test_does_nothing_where_there_is_nothing(self, page):
        page.evaluate("document.querySelector('main').replaceChildren()")

        for key in "jkxfv123lmur":
            page.keyboard.press(key)

        expect(page.locator(":focus")).to_have_count(0)


class TestPlaces:
    def test_goes_to_the_first_filter(self, page):
        page.keyboard.press("f")

        expect(page.locator("#eier summary")).to_be_focused()
        expect(page.locator("#eier")).not_to_have_attribute("open")

    def test_opens_the_views(self, page):
        link(page, "Alfa").focus()

        page.keyboard.press("v")
        expect(link(page, "Min visning")).to_be_focused()
        page.keyboard.press("Escape")

        expect(link(page, "Min visning")).to_be_hidden()
        expect(link(page, "Alfa")).to_be_focused()

    @pytest.mark.parametrize(
        ("key", "way"), [("1", "tabell"), ("2", "tidslinje"), ("3", "fordeling")]
    )
    def test_shows_the_portfolio_in_another_way(self, page, key, way):
        page.keyboard.press(key)

        assert page.url.endswith(f"#{way}")
        expect(link(page, way.capitalize())).to_be_focused()


class TestPanel:
    @pytest.fixture
    def panel(self, page):
        """A panel that is open, with focus in it."""
        page.locator("#eier summary").press("Enter")
        page.keyboard.press("Tab")
        expect(page.get_by_label("KS")).to_be_focused()
        return page.locator("#eier")

    def test_closes_at_escape(self, page, panel):
        page.keyboard.press("Escape")

        expect(panel).not_to_have_attribute("open")
        expect(panel.locator("summary")).to_be_focused()

    def test_closes_at_a_click_elsewhere(self, page, panel):
        panel.get_by_label("KS").focus()
        page.get_by_text("Slutt.").click()

        expect(panel).not_to_have_attribute("open")

    def test_closes_when_focus_goes_on(self, page, panel):
        page.keyboard.press("Tab")

        expect(page.get_by_role("button", name="Visninger")).to_be_focused()
        expect(panel).not_to_have_attribute("open")

    def test_stays_open_through_the_list_of_keys(self, page, panel):
        page.keyboard.press("?")
        page.keyboard.press("Escape")

        expect(panel.get_by_label("KS")).to_be_focused()
        expect(panel).to_have_attribute("open")

    def test_stays_open_when_it_is_part_of_an_answer(self, page, panel):
        answer = FILTERS.replace("Eier", "Eier (1)").replace('id="ks"', 'id="ks" checked')
        page.route(
            "**/utsnitt/", lambda route: route.fulfill(body=answer, content_type="text/html")
        )

        page.keyboard.press("Space")

        expect(panel.locator("summary")).to_have_text("Eier (1)")
        expect(panel).to_have_attribute("open")
        expect(panel.get_by_label("KS")).to_be_focused()


class TestMenu:
    def test_closes_when_focus_goes_on(self, page):
        page.set_viewport_size({"width": PHONE, "height": 900})
        page.get_by_role("button", name="Meny").press("Enter")
        menu = page.locator("#site-menu")
        expect(menu).to_be_visible()

        link(page, "Logg inn").focus()
        page.keyboard.press("Tab")

        expect(menu).to_be_hidden()
        page.get_by_role("button", name="Meny").click()
        expect(menu).to_be_visible()
        page.get_by_role("button", name="Lukk").click()
        expect(menu).to_be_hidden()

    def test_is_in_the_order_it_is_seen_in(self, page, log_in, administrator, complaints):
        log_in(page.context, administrator)
        page.reload()
        complaints.clear()

        seen = page.locator("header :is(a, input, button)").evaluate_all(
            """all => all.map(each => each.getBoundingClientRect()).filter(({width}) => width)
                         .map(({bottom, left}) => [Math.round(bottom / 40), left])"""
        )

        assert len(seen) > 7
        assert seen == sorted(seen)


class TestMilestones:
    @pytest.fixture
    def milestones(self, project):
        """Two to come, and one that was delivered."""
        due = datetime.date(2099, 6, 30)
        MilestoneFactory(project=project, code="MP1", original_due_on=due)
        MilestoneFactory(project=project, code="MP2", original_due_on=due)
        delivered = {"is_delivered": True, "delivered_on": datetime.date(2023, 1, 31)}
        MilestoneFactory(project=project, code="MP3", **delivered)

    @pytest.fixture
    def mp2(self, page, log_in, manager, project, milestones):
        """The project's manager has gone to the second milestone by keys."""
        log_in(page.context, manager)
        page.goto(project.get_absolute_url())
        page.keyboard.press("j")
        page.keyboard.press("j")
        mp2 = page.locator(".milestone").nth(1)
        expect(mp2.get_by_role("heading")).to_be_focused()
        return mp2

    @pytest.mark.parametrize(
        ("key", "command", "heading"),
        [
            ("l", "Marker som levert", "Marker MP2 som levert"),
            ("m", "Flytt frist", "Flytt fristen for MP2"),
            ("u", "Sett som utgått", "Sett MP2 som utgått"),
            ("r", "Rediger", "Rediger MP2"),
        ],
    )
    def test_opens_the_form_of_a_command(self, page, mp2, key, command, heading):
        page.keyboard.press(key)

        expect(mp2.get_by_role("heading", name=heading)).to_be_visible()
        expect(mp2.locator("form :is(input, textarea):focus")).to_have_count(1)
        page.keyboard.press("Escape")
        expect(mp2.get_by_role("link", name=command)).to_be_focused()
        page.keyboard.press("k")
        expect(page.locator(".milestone").first.get_by_role("heading")).to_be_focused()

    def test_leaves_a_form_that_is_open_alone(self, page, mp2):
        page.keyboard.press("l")
        mp2.get_by_role("button", name="Marker som levert").focus()

        page.keyboard.press("u")

        expect(mp2.get_by_role("heading", name="Marker MP2 som levert")).to_be_visible()

    def test_goes_on_from_what_has_changed(self, page, mp2):
        page.keyboard.press("l")
        expect(mp2.get_by_role("textbox", name="Levert")).to_be_focused()
        page.keyboard.press("Enter")
        expect(mp2.get_by_role("button", name="Angre levering")).to_be_focused()

        page.keyboard.press("j")

        expect(page.locator(".milestone").nth(2).get_by_role("heading")).to_be_focused()
        page.keyboard.press("l")
        expect(page.locator(".milestone").nth(2)).to_contain_text("Angre levering")

    def test_lets_a_reader_go_through_them_and_no_more(self, page, project, milestones):
        page.goto(project.get_absolute_url())

        page.keyboard.press("j")
        page.keyboard.press("l")

        expect(page.locator(".milestone").first.get_by_role("heading")).to_be_focused()


class TestAsOf:
    def test_opens_and_closes_by_keyboard(self, page, project):
        page.goto(project.get_absolute_url())
        opener = page.locator("#as-of-form summary")

        opener.press("Enter")
        page.keyboard.press("Tab")
        expect(page.get_by_label("Dato")).to_be_focused()
        page.keyboard.press("Escape")

        expect(opener).to_be_focused()
        expect(page.get_by_label("Dato")).to_be_hidden()


class TestOverview:
    def test_is_gone_through_by_keys(self, page):
        owner = OwnerFactory()
        for title in ("Alfa", "Beta"):
            ProjectFactory(title=title, owner=owner)
        page.goto("/")

        page.keyboard.press("j")
        page.keyboard.press("j")
        expect(link(page, "Beta")).to_be_focused()
        page.keyboard.press("f")
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        expect(page.locator("[data-panel][open] input:focus")).to_have_count(1)
        page.keyboard.press("Space")
        expect(page).to_have_url(re.compile(r"\?eier="))
        expect(page.locator("[data-panel][open] input:focus")).to_have_count(1)
        page.keyboard.press("Escape")

        for key, look in (("2", "tidslinje"), ("3", "fordeling")):
            page.keyboard.press(key)
            expect(page).to_have_url(re.compile(rf"vis={look}"))
        page.keyboard.press("1")
        expect(page).not_to_have_url(re.compile("vis="))
        page.keyboard.press("j")
        expect(link(page, "Alfa")).to_be_focused()
