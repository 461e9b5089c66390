"""Pages look with our part of Designsystemet's style sheet as they do with the whole of it."""

import pytest

from accounts.models import User
from tests import stylesheet
from tests.story import OFFICE_EMAIL, tell_story

pytestmark = pytest.mark.django_db(transaction=True)

PROJECT = "/prosjekter/felles-kommunal-journal/"
PAGES = ["/", PROJECT, f"{PROJECT}rediger/", "/endringer/?fra=2023-02-20", "/visninger/"]

# All that a browser makes of the style sheets, of each kind of element and of what stands before and after it.
STYLES = """() => {
  const kinds = new Map();
  const kind = (element) => {
    const said = [...element.attributes].map(({ name, value }) => (/^(class|type|role|data-.*)$/.test(name) ? name + value : name));
    const parent = element.parentElement;
    return [kinds.get(parent) ?? "", element.tagName, ...said, !element.previousElementSibling, !element.nextElementSibling].join(" ");
  };
  const seen = new Set();
  const looks = [];
  for (const element of document.querySelectorAll("body, body *")) {
    kinds.set(element, kind(element));
    if (seen.has(kinds.get(element))) continue;
    seen.add(kinds.get(element));
    for (const pseudo of [null, "::before", "::after"]) {
      const style = getComputedStyle(element, pseudo);
      if (pseudo && style.content === "none") continue;
      looks.push([element.tagName, element.className, pseudo, ...[...style].map((name) => `${name}: ${style.getPropertyValue(name)}`)].join("; "));
    }
  }
  return looks;
}"""

# Closed parts have styles only once they are open.
OPEN = """() => {
  document.querySelectorAll("details").forEach((part) => { part.open = true; });
  document.querySelector("dialog").showModal();
}"""

USE_WHOLE = """(whole) => new Promise((done) => {
  const link = document.querySelector('link[href$="css/designsystemet.css"]');
  link.addEventListener("load", done, { once: true });
  link.href = whole;
})"""


@pytest.fixture
def page(make_context, log_in):
    tell_story()
    context = make_context(reduced_motion="reduce")
    log_in(context, User.objects.get(email=OFFICE_EMAIL))
    return context.new_page()


def use_whole(page):
    version, _text = stylesheet._vendored()
    page.evaluate(
        USE_WHOLE, f"/static/vendor/{stylesheet.PACKAGE}/{version}/designsystemet.css"
    )  # fmt: skip


def expect_the_same(page, what):
    made = page.evaluate(STYLES)
    use_whole(page)
    different = [
        pair for pair in zip(made, page.evaluate(STYLES), strict=True) if pair[0] != pair[1]
    ]
    assert not different, (what, different[:1])


@pytest.mark.parametrize("address", PAGES)
def test_every_style_of_a_page_is_the_same(page, address):
    page.goto(address)
    page.evaluate(OPEN)

    expect_the_same(page, address)


def test_a_form_that_was_refused_looks_the_same(page):
    page.goto(f"{PROJECT}leveranser/ny/")
    page.locator("main form").last.evaluate("form => { form.noValidate = true; }")
    page.locator("main form").last.evaluate("form => form.requestSubmit()")
    page.locator(".ds-error-summary").wait_for()

    expect_the_same(page, "errors")


@pytest.mark.parametrize("whole", [False, True])
def test_a_field_shows_that_the_mouse_is_over_it_but_not_over_its_label(page, whole):
    page.goto(f"{PROJECT}rediger/")
    if whole:
        use_whole(page)
    field = page.locator("main input[type=text]").first
    outline = "field => getComputedStyle(field).outlineStyle"
    before = field.evaluate(outline)

    field.hover()
    over_field = field.evaluate(outline)
    page.locator(f"label[for={field.get_attribute('id')}]").hover()

    assert field.evaluate(outline) == before
    assert over_field != before
