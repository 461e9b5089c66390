"""Saved views in a real browser: saved, renamed, shared, begun with and deleted, by mouse and by keyboard."""

import pytest
from django.contrib.auth.models import Group
from playwright.sync_api import expect

from accounts.models import PORTFOLIO_OFFICE
from projects.models import RiskLevel, SavedView
from tests.browser.hands import words_of
from tests.factories import (
    OwnerFactory,
    ProjectFactory,
    SavedViewFactory,
    StatusReportFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db(transaction=True)

LONG = "Høy risiko hos Helsedirektoratet og KS, slik porteføljekontoret vil se det før styremøtet i mai"
SCREENS = [
    pytest.param({"viewport": {"width": 1280, "height": 900}}, id="1280"),
    pytest.param({"viewport": {"width": 390, "height": 800}, "color_scheme": "dark"}, id="390"),
    pytest.param({"viewport": {"width": 320, "height": 700}}, id="320"),
]


@pytest.fixture
def portfolio(db):
    ks = OwnerFactory(name="KS", slug="ks")
    high = ProjectFactory(title="Felles kommunal journal", owner=ks)
    StatusReportFactory(project=high, risk_level=RiskLevel.HIGH)
    ProjectFactory(title="Kjernejournal", owner=ks)


@pytest.fixture(
    params=[
        pytest.param({}, id="1280"),
        pytest.param({"viewport": {"width": 390, "height": 800}}, id="390"),
        pytest.param({"java_script_enabled": False}, id="without JavaScript"),
    ]
)
def office_page(make_context, log_in, office, request):
    context = make_context(**request.param)
    log_in(context, office)
    return context.new_page()


def by_mouse(locator):
    is_choice = locator.get_attribute("type") in ("radio", "checkbox")
    (words_of(locator) if is_choice else locator).click()


def by_keyboard(locator):
    locator.focus()
    locator.press("Space" if locator.get_attribute("type") in ("radio", "checkbox") else "Enter")


def look_everywhere(make_context, log_in, axe, keep_picture, user, screen, pages):
    context = make_context(**screen)
    log_in(context, user)
    page = context.new_page()
    for name, path in pages.items():
        page.goto(path)
        if path.endswith("#views-open"):
            page.locator("#views-open").press("Enter")
            expect(page.get_by_role("link", name="Alle lagrede visninger")).to_be_visible()
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
        keep_picture(page, f"{name}-{page.viewport_size['width']}")


class TestSavedViews:
    @pytest.mark.parametrize("use", [by_mouse, by_keyboard])
    def test_are_saved_renamed_shared_begun_with_and_deleted(
        self, office_page, portfolio, office, use
    ):
        page = office_page
        page.goto("/?eier=ks&risiko=hoy")
        use(page.get_by_role("link", name="Lagre visning"))
        expect(page.get_by_text("Eier: KS. Risiko: Høy.")).to_be_visible()
        page.get_by_label("Navn").fill("Vårt møte")
        use(page.get_by_role("button", name="Lagre", exact=True))
        expect(page.locator("#messages")).to_contain_text("Visningen «Vårt møte» er lagret.")
        assert page.url.endswith("/?eier=ks&risiko=hoy&visning=vart-mote")

        use(page.get_by_role("button", name="Visning: Vårt møte"))
        expect(page.get_by_role("link", name="Vårt møte")).to_have_attribute("aria-current", "true")
        use(page.get_by_role("link", name="Gi nytt navn, del eller slett"))
        page.get_by_label("Navn").fill("Styremøtet")
        use(page.get_by_label(f"Gruppen {PORTFOLIO_OFFICE}"))
        use(page.get_by_label("Åpne denne når jeg kommer til porteføljen"))
        use(page.get_by_role("button", name="Lagre", exact=True))
        expect(page.get_by_text(f"Delt med gruppen {PORTFOLIO_OFFICE}.")).to_be_visible()

        page.goto("/")
        assert page.url.endswith("/?eier=ks&risiko=hoy&visning=vart-mote")
        page.goto("/?eier=ks&visning=vart-mote")
        expect(page.get_by_text("Visningen er endret")).to_be_visible()
        use(page.get_by_role("button", name="Lagre endringene"))
        expect(page.locator("#messages")).to_contain_text("Visningen «Styremøtet» er lagret.")
        assert SavedView.objects.get().query == "eier=ks"
        assert SavedView.objects.get().group == Group.objects.get(name=PORTFOLIO_OFFICE)

        page.goto("/visninger/")
        use(page.get_by_role("link", name="Slett"))
        expect(page.get_by_text("mister den.")).to_be_visible()
        use(page.get_by_role("button", name="Slett visningen"))
        expect(page.locator("#messages")).to_contain_text("Visningen «Styremøtet» er slettet.")
        page.goto("/")
        assert page.url.endswith("/")

    def test_keep_the_text_when_the_name_is_taken(self, context, page, log_in, staff):
        SavedViewFactory(name="Min", owner=staff)
        log_in(context, staff)
        page.goto("/visninger/ny/?risiko=hoy")

        page.get_by_label("Navn").fill("min")
        page.get_by_role("button", name="Lagre", exact=True).click()

        expect(page.locator(".ds-error-summary")).to_be_focused()
        expect(page.get_by_label("Navn")).to_have_value("min")

    def test_are_told_apart_when_two_have_changed_one(self, context, page, log_in, axe, office):
        view = SavedViewFactory(name="Standard", owner=office, is_standard=True, query="risiko=lav")
        log_in(context, office)
        page.goto(f"/?risiko=hoy&visning={view.slug}")
        SavedView.objects.update(query="risiko=middels")

        page.get_by_role("button", name="Lagre endringene").click()

        expect(page.get_by_role("heading", level=1)).to_have_text("«Standard» er endret imens")
        axe(page)
        page.get_by_label("Det som er lagret").press("Space")
        page.get_by_role("button", name="Lagre", exact=True).click()
        expect(page).to_have_url(f"{page.url.split('/?')[0]}/?risiko=middels&visning={view.slug}")

    @pytest.mark.parametrize("screen", SCREENS)
    def test_are_accessible_everywhere(
        self, make_context, log_in, axe, keep_picture, office, screen
    ):
        group = Group.objects.get(name=PORTFOLIO_OFFICE)
        colleague = UserFactory(name="Anne-Margrethe Sørensen Kjærgård", is_superuser=True)
        SavedViewFactory(
            name="Det alle ser først", slug="standard", owner=colleague, is_standard=True
        )
        long = SavedViewFactory(
            name=LONG, slug="lang", owner=office, query="eier=borte&sorter=-status"
        )
        SavedViewFactory(name="Til møtet", slug="til-motet", owner=colleague, group=group)
        long.open_first(for_user=office)
        pages = {
            "views": "/visninger/",
            "view-open": "/?risiko=hoy&visning=lang#views-open",
            "view-new": "/visninger/ny/?risiko=hoy&per=2026-01-01",
            "view-edit": "/visninger/lang/rediger/",
            "view-delete": "/visninger/standard/slett/",
        }
        look_everywhere(make_context, log_in, axe, keep_picture, office, screen, pages)
