"""Long words, addresses and names on every page: nothing scrolls sideways, nothing is cut off, and ordinary words stay whole."""

import pytest
from playwright.sync_api import expect

from accounts.models import User
from projects.models import Project, SavedView
from tests.browser.long_words import ADDRESS, EMAIL, MASHED, WORD, WRITTEN, addresses, tell
from tests.factories import (
    OwnerFactory,
)
from tests.story import OFFICE_EMAIL

pytestmark = pytest.mark.django_db(transaction=True)

# On a phone a word, an address and an e-mail; on a screen 180 letters without a space.
SCREENS = [
    pytest.param(320, f"{WORD} {ADDRESS} {EMAIL}", id="320"),
    pytest.param(1280, MASHED[:180], id="1280"),
]
TOO_WIDE = """() => {
  const width = document.documentElement.clientWidth;
  const found = [];
  if (document.scrollingElement.scrollWidth > width) found.push(`the page: ${document.scrollingElement.scrollWidth}`);
  const isHidden = (element) => !element.checkVisibility() || element.closest(".ds-sr-only, .visually-hidden, noscript, [aria-hidden=true]");
  const say = (element, why) => found.push(`${why}: ${element.tagName} .${element.className.baseVal ?? element.className}: ${element.textContent.trim().slice(0, 40)}`);
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  while (texts.nextNode()) {
    const element = texts.currentNode.parentElement;
    if (!texts.currentNode.data.trim() || isHidden(element) || element.closest("option")) continue;
    range.selectNodeContents(texts.currentNode);
    const { left, right, width: wide } = range.getBoundingClientRect();
    if (wide <= 1 || element.closest(".table-scroll[tabindex]")) continue;
    if (left < -1 || right > width + 1) say(element, `from ${Math.round(left)} to ${Math.round(right)}`);
    for (let around = element; around; around = around.parentElement) {
      const box = around.getBoundingClientRect();
      if (getComputedStyle(around).overflowX !== "visible" && box.width > 1 && (right > box.right + 1 || left < box.left - 1)) say(element, "cut off");
    }
  }
  return [...new Set(found)];
}"""
ORDINARY = """most => {
  const found = [];
  const range = document.createRange();
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const node = texts.currentNode;
    if (!node.parentElement.checkVisibility() || node.parentElement.closest(".ds-sr-only, noscript, option, svg")) continue;
    for (const { 0: word, index } of node.data.matchAll(/\\p{L}+/gu)) {
      range.setStart(node, index);
      range.setEnd(node, index + word.length);
      const lines = new Set([...range.getClientRects()].map(({ top }) => Math.round(top)));
      if (word.length <= most && lines.size > 1) found.push(word);
    }
  }
  return [...new Set(found)];
}"""


@pytest.fixture
def visit(make_context, log_in):
    """Open a browser for somebody."""

    def visit(user, width):
        context = make_context(viewport={"width": width, "height": 900}, reduced_motion="reduce")
        log_in(context, user)
        return context.new_page()

    return visit


def open_all(page):
    page.evaluate(
        "document.querySelectorAll('details:not([data-panel])').forEach(each => { each.open = true; })"
    )


def expect_to_fit(page):
    open_all(page)
    found = page.evaluate(TOO_WIDE)
    assert not found, "\n".join([page.url, *found])


@pytest.mark.parametrize(("width", "text"), SCREENS)
class TestLongWords:
    def test_fit_every_page(self, visit, keep_picture, width, text):
        story = tell(text)
        page = visit(story.user, width)
        failures = []

        for address in addresses(story, text):
            response = page.goto(address)
            assert response.status == 200, address
            open_all(page)
            failures += [f"{address}: {each}" for each in page.evaluate(TOO_WIDE)]
            if address == story.project.get_absolute_url():
                keep_picture(page, f"long-words-{width}")

        assert not failures, "\n".join(failures)

    def test_fit_the_panels_and_the_menus(self, visit, width, text):
        story = tell(text)
        page = visit(story.user, width)
        page.goto("/")
        panels = page.locator("details[data-panel]").all()
        assert panels
        for panel in panels:
            panel.locator("summary").press("Enter")
            expect_to_fit(page)
        page.locator("#views-open").press("Enter")
        expect(page.locator("#views-menu")).to_be_visible()
        expect_to_fit(page)

    def test_fit_what_is_said_and_asked_after_sending(self, visit, width, text):
        story = tell(text)
        page = visit(story.user, width)
        owner = story.project.owner
        page.goto(f"/eiere/{owner.pk}/rediger/")
        page.get_by_role("button", name="Lagre").click()
        expect(page.locator("#messages")).not_to_be_empty()
        expect_to_fit(page)

        page.goto("/eiere/ny/")
        page.get_by_label("Navn", exact=True).fill(owner.name)
        page.get_by_role("button", name="Lagre").click()
        expect(page.locator(".ds-error-summary")).to_be_visible()
        expect_to_fit(page)

        page.goto(f"{story.project.get_absolute_url()}rediger/")
        page.get_by_label("Ingress").fill(f"B {text}")
        Project.objects.filter(pk=story.project.pk).update(ingress=f"C {text}")
        page.get_by_role("button", name="Lagre").click()
        expect(page.locator(".conflict")).to_be_visible()
        expect_to_fit(page)

        page.goto(f"/?sok={text.split()[0]}&visning={story.view.slug}")
        SavedView.objects.filter(pk=story.view.pk).update(query=f"sok={text[:100]}")
        page.get_by_role("button", name="Lagre endringene").click()
        expect(page.locator(".conflict")).to_be_visible()
        expect_to_fit(page)

    def test_fit_the_change_of_several(self, visit, width, text):
        story = tell(text)
        page = visit(story.user, width)
        page.goto(f"/endre-flere/?prosjekt={story.project.slug}&prosjekt={story.other.slug}")
        page.get_by_label("Ny eier", exact=True).select_option(label=f"A{text[:199]}")
        page.locator("#eier-form").get_by_role("button", name="Vis hva som skjer").click()
        expect_to_fit(page)

        page.get_by_role("button", name="Endre 2 prosjekter").click()

        expect(page.get_by_role("button", name="Angre", exact=True)).to_be_visible()
        expect_to_fit(page)


@pytest.mark.parametrize(("width", "most"), [(1280, 23), (1000, 17), (390, 19), (320, 15)])
def test_ordinary_words_stay_whole(visit, story, width, most):
    office = User.objects.get(email=OFFICE_EMAIL)
    OwnerFactory(name="Personvernkonsekvenser og brukerorganisasjonene")
    page = visit(office, width)
    one = story.get_absolute_url()

    for address in (
        *("/", f"/?kolonner={WRITTEN}", "/?vis=fordeling", "/?vis=tidslinje&tabell=ja", "/avvik/"),
        *("/endringer/?fra=2023-02-20", "/historikk/", "/eiere/", "/sok/?sok=journal", "/mine/"),
        *(one, f"{one}rediger/", f"{one}status/", f"{one}historikk/"),
    ):
        page.goto(address)
        open_all(page)
        assert page.evaluate(ORDINARY, most) == [], address
