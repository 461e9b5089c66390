"""Hands of a visitor: mouse or finger, or the keyboard alone."""

from playwright.sync_api import Locator, Page, Position, expect

# So many stops no page has between two places; then the place can't be reached.
MOST_STOPS = 200


def words_of(box: Locator) -> Locator:
    """Return the words beside a box, which people press rather than the box."""
    return box.locator("xpath=ancestor::label/span[1] | following-sibling::label")


class ByMouse:
    """Clicks, and types into fields; a choice by its words."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, locator: Locator) -> None:
        """Use a link, a button or a box."""
        is_choice = locator.get_attribute("type") in ("checkbox", "radio")
        self.touch(words_of(locator) if is_choice else locator)

    def touch(self, locator: Locator, position: Position | None = None) -> None:
        """Press exactly that, in its middle or where it is said."""
        locator.click(position=position)

    def pick(self, radio: Locator) -> None:
        self.press(radio)

    def select(self, field: Locator, label: str) -> None:
        field.select_option(label=label)

    def write(self, field: Locator, text: str) -> None:
        field.fill(text)

    def search(self, text: str) -> None:
        """Search from the header, which a phone keeps in its menu."""
        menu = self.page.get_by_role("button", name="Meny")
        if menu.is_visible():
            menu.click()
        field = self.page.get_by_role("banner").get_by_role("searchbox")
        field.fill(text)
        field.press("Enter")

    def open_first_filter(self) -> None:
        self.page.locator(".panel summary").first.click()

    def choose_rows(self, number: int) -> None:
        for place in range(number):
            self.page.get_by_role("checkbox", name="Velg ").nth(place).click()

    def look(self, way: str) -> None:
        """Look at the projects as a table, a timeline or a distribution."""
        self.page.get_by_role("link", name=way, exact=True).click()


class ByFinger(ByMouse):
    """Taps; needs a browser that has a touch screen."""

    def touch(self, locator: Locator, position: Position | None = None) -> None:
        locator.tap(position=position)


class ByKeyboard(ByMouse):
    """Goes by Tab, and by the single keys; never touches a mouse."""

    WAYS = {"Tabell": "1", "Tidslinje": "2", "Fordeling": "3"}

    def go_to(self, locator: Locator) -> None:
        """Press Tab until something has focus, from the top again after the end of the page."""
        expect(locator).to_be_visible()
        for _ in range(MOST_STOPS):
            if locator.evaluate("element => element === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"Tab does not lead to {locator}.")

    def press(self, locator: Locator) -> None:
        self.go_to(locator)
        is_box = locator.get_attribute("type") == "checkbox"
        self.page.keyboard.press("Space" if is_box else "Enter")

    def pick(self, radio: Locator) -> None:
        name = radio.get_attribute("name")
        self.go_to(self.page.locator(f"[name={name}]:checked"))
        for _ in self.page.locator(f"[name={name}]").all():
            if radio.is_checked():
                return
            self.page.keyboard.press("ArrowDown")
        expect(radio).to_be_checked()

    def select(self, field: Locator, label: str) -> None:
        self.go_to(field)
        self.page.keyboard.press(label[0])

    def write(self, field: Locator, text: str) -> None:
        self.go_to(field)
        self.page.keyboard.type(text)

    def search(self, text: str) -> None:
        self.page.keyboard.press("/")
        self.page.keyboard.type(text)
        self.page.keyboard.press("Enter")

    def open_first_filter(self) -> None:
        self.page.keyboard.press("f")
        self.page.keyboard.press("Enter")

    def choose_rows(self, number: int) -> None:
        for _ in range(number):
            self.page.keyboard.press("j")
            self.page.keyboard.press("x")

    def look(self, way: str) -> None:
        self.page.keyboard.press(self.WAYS[way])
