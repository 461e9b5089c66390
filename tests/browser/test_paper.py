"""Paper is white: pages are printed in light colours, whatever look was chosen or the system prefers."""

import pytest
from playwright.sync_api import expect

from accounts.models import User
from tests.story import OFFICE_EMAIL, tell_story

pytestmark = pytest.mark.django_db(transaction=True)

# What is painted of each element: text, surfaces, borders, and the parts of pictures.
COLOURS = """() => {
  const painted = ["color", "backgroundColor", "borderTopColor", "borderInlineStartColor", "fill", "stroke", "outlineColor", "colorScheme"];
  const colours = (element, pseudo) => painted.map((name) => getComputedStyle(element, pseudo)[name]).join(" ");
  const name = (element) => `${element.tagName} .${element.className.baseVal ?? element.className}`;
  return [...document.querySelectorAll("html, body, body *")].map(
    (element) => [name(element), colours(element), colours(element, "::before"), colours(element, "::after")].join(" | "));
}"""

# Printers leave surfaces out: each text must be readable on white.
PALE = """() => {
  const pen = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const light = (colour) => {
    pen.fillStyle = colour;
    pen.fillRect(0, 0, 1, 1);
    const [red, green, blue] = [...pen.getImageData(0, 0, 1, 1).data].map((part) => (part / 255 <= 0.03928 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const found = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const element = texts.currentNode.parentElement;
    if (!texts.currentNode.data.trim() || !element.checkVisibility() || element.closest("noscript, .ds-sr-only")) continue;
    const { color, fill } = getComputedStyle(element);
    const colour = element.closest("svg") ? fill : color;
    if (1.05 / (light(colour) + 0.05) < 4.5) found.push(`${colour} ${element.tagName} ${texts.currentNode.data.trim()}`);
  }
  return found;
}"""

LOOKS = [("dark", "auto"), ("light", "dark"), ("dark", "dark"), ("dark", "light")]
PROJECT = "/prosjekter/felles-kommunal-journal/"
PAGES = [
    *("/", "/?grupper=status", "/?vis=tidslinje&tabell=ja", "/?vis=fordeling", "/?per=2023-03-01"),
    *(PROJECT, f"{PROJECT}?per=2023-03-01", f"{PROJECT}historikk/", f"{PROJECT}status/"),
    *("/endringer/?fra=2023-02-20", "/sok/?sok=journal", "/mine/", "/avvik/", "/historikk/"),
    *("/eiere/", "/visninger/"),
]


@pytest.fixture
def page(page, context, log_in):
    """The page of somebody who sees everything of the story."""
    tell_story()
    log_in(context, User.objects.get(email=OFFICE_EMAIL))
    return page


def look(page, scheme, chosen):
    """Take up a look: what the system prefers, and what was chosen in the footer."""
    page.emulate_media(media="print", color_scheme=scheme)
    page.evaluate("chosen => { document.documentElement.dataset.colorScheme = chosen; }", chosen)


def test_every_colour_on_paper_is_that_of_the_light_look(page):
    for address in PAGES:
        page.goto(address)
        look(page, "light", "auto")
        expected = page.evaluate(COLOURS)
        assert page.evaluate(PALE) == [], address
        for scheme, chosen in LOOKS:
            look(page, scheme, chosen)
            different = [
                each for each in zip(page.evaluate(COLOURS), expected, strict=True)
                if each[0] != each[1]
            ]  # fmt: skip
            assert not different, (address, scheme, chosen, different[:3])


def test_a_dark_page_is_printed_dark_on_white_and_stays_dark(page):
    page.goto("/")
    page.get_by_role("button", name="Mørkt").click()
    expect(page.locator("body")).to_have_css("color", "rgb(236, 236, 236)")

    page.emulate_media(media="print")
    expect(page.locator("body")).to_have_css("color", "rgb(41, 44, 48)")
    expect(page.locator("body")).to_have_css("background-color", "rgb(255, 255, 255)")

    page.emulate_media(media="screen")
    expect(page.locator("body")).to_have_css("color", "rgb(236, 236, 236)")


def test_a_dark_system_prints_light_without_a_script(make_context, complaints):
    page = make_context(java_script_enabled=False, color_scheme="dark").new_page()
    page.goto("/finnes-ikke/")
    complaints.clear()
    expect(page.locator("body")).to_have_css("color", "rgb(236, 236, 236)")

    page.emulate_media(media="print", color_scheme="dark")

    expect(page.locator("body")).to_have_css("color", "rgb(41, 44, 48)")


def test_the_admin_is_printed_light(make_context, log_in, administrator):
    context = make_context(color_scheme="dark")
    log_in(context, administrator)
    page = context.new_page()
    page.goto("/admin/")
    on_screen = page.locator("body").evaluate("body => getComputedStyle(body).color")

    page.emulate_media(media="print", color_scheme="dark")

    expect(page.locator("body")).to_have_css("background-color", "rgb(255, 255, 255)")
    expect(page.locator("body")).not_to_have_css("color", on_screen)
