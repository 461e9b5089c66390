"""Keys in lists, in the search, and where they have other uses."""

import pytest
from playwright.sync_api import expect

from tests.browser.keys.content import fill, link
from tests.browser.test_frame import NARROWEST, PHONE, WIDE

pytestmark = pytest.mark.django_db(transaction=True)


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
