"""The register, login and the admin in a real browser."""

import pytest
from django.core.cache import cache
from playwright.sync_api import expect

from projects.models import Owner
from tests.factories import ContactFactory, OwnerFactory, ProjectFactory

pytestmark = pytest.mark.django_db(transaction=True)

PASSWORD = "Ti tynne tiurer"
LONG = "Interkommunalt samarbeidsråd for digitalisering av helse- og omsorgstjenester i Øvre Ås"
SCREENS = [
    pytest.param({"viewport": {"width": 1280, "height": 900}}, id="1280"),
    pytest.param({"viewport": {"width": 390, "height": 800}, "color_scheme": "dark"}, id="390"),
    pytest.param({"viewport": {"width": 320, "height": 700}}, id="320"),
]


@pytest.fixture
def administrator(administrator):
    cache.clear()
    administrator.set_password(PASSWORD)
    administrator.save()
    return administrator


def type_login(page, user, password=PASSWORD):
    page.get_by_label("E-post").focus()
    page.keyboard.type(user.email)
    page.keyboard.press("Tab")
    page.keyboard.type(password)
    page.keyboard.press("Enter")


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def visitor(make_context, request):
    return make_context(java_script_enabled=request.param).new_page()


class TestRegister:
    def test_is_kept_by_keyboard(self, visitor, administrator):
        giver = OwnerFactory(name="Direktoratet for e-helse")
        taker = OwnerFactory(name="Helsedirektoratet")
        ProjectFactory(owner=giver, title="Kjernejournal")
        page = visitor

        page.goto("/eiere/")
        type_login(page, administrator, "wrong")
        expect(page.locator(".ds-error-summary")).to_contain_text("passordet er feil")
        page.get_by_label("E-post").fill("")
        type_login(page, administrator)
        expect(page.get_by_role("heading", level=1)).to_have_text("Eiere og kontakter")

        page.get_by_role("link", name="Direktoratet for e-helse").press("Enter")
        page.get_by_role("link", name="Overfør prosjekter").press("Enter")
        page.get_by_label("Overfør til").select_option("Helsedirektoratet")
        page.get_by_role("button", name="Vis hva som overføres").press("Enter")
        expect(page.get_by_text("1 prosjekt overføres:")).to_be_visible()
        page.get_by_label("Sett den nye eieren som etterfølger").press("Space")
        page.get_by_role("button", name="Overfør til Helsedirektoratet").press("Enter")

        expect(page.locator("#messages")).to_contain_text("Prosjektene er overført fra")
        expect(page.get_by_role("link", name="Kjernejournal")).to_be_visible()
        assert Owner.objects.get(pk=giver.pk).successor == taker

    def test_searches_while_one_types(self, context, page, log_in, staff):
        OwnerFactory(name="Ås kommune")
        ContactFactory(name="Åse Berg", owner__name="KS")
        OwnerFactory(name="Bodø kommune")
        log_in(context, staff)
        page.goto("/eiere/")

        page.get_by_label("Søk etter eier eller kontaktperson").press_sequentially("ås")

        expect(page.locator("#live-region")).to_have_text("2 eiere")
        expect(page.get_by_role("link", name="Bodø kommune")).to_have_count(0)
        expect(page.get_by_label("Søk etter eier eller kontaktperson")).to_be_focused()
        assert page.url.endswith("/eiere/?sok=%C3%A5s")

    def test_puts_focus_on_what_is_wrong(self, context, page, log_in, administrator):
        log_in(context, administrator)
        page.goto("/eiere/ny/")

        page.get_by_label("Organisasjonsnummer").fill("971 032 147")
        page.get_by_role("button", name="Lagre").click()

        expect(page.locator(".ds-error-summary")).to_be_focused()
        expect(page.locator("#id_organisation_number_error")).to_contain_text("Sjekk sifrene")
        expect(page.get_by_label("Organisasjonsnummer")).to_have_value("971 032 147")

    @pytest.mark.parametrize("screen", SCREENS)
    def test_is_accessible_everywhere(
        self, make_context, log_in, axe, keep_picture, administrator, request, screen
    ):
        owner = OwnerFactory(name=LONG, short_name="Øvre Ås", organisation_number="971032146")
        contact = ContactFactory(
            owner=owner, name="Anne-Margrethe Sørensen Kjærgård", email="anne@example.no"
        )
        ProjectFactory.create_batch(3, owner=owner, contact=contact)
        receiver = OwnerFactory(name="KS")
        OwnerFactory(name="Gammel", in_use=False, successor=receiver)
        context = make_context(**screen)
        log_in(context, administrator)
        page = context.new_page()

        for name, path in {
            "owners": "/eiere/?alle=on",
            "owner": f"/eiere/{owner.pk}/",
            "owner-edit": f"/eiere/{owner.pk}/rediger/",
            "owner-hand-over": f"/eiere/{owner.pk}/overfor/?til={receiver.pk}",
            "contact": f"/kontakter/{contact.pk}/",
            "contact-new": "/kontakter/ny/",
            "logout": "/konto/logg-ut/",
            "password": "/konto/passord/endre/",
        }.items():
            page.goto(path)
            axe(page)
            assert (
                page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
            )
            keep_picture(page, f"{name}-{page.viewport_size['width']}")


class TestAdmin:
    def test_works_under_the_strict_policy(self, context, page, log_in, administrator):
        log_in(context, administrator)

        page.goto("/admin/projects/segment/add/")
        page.get_by_label("Navn:").fill("Følge med på")
        # Made from the name by a script of Django's.
        page.get_by_label("Navn:").press("Tab")
        page.get_by_role("button", name="Lagre", exact=True).click()

        expect(page.locator(".messagelist")).to_contain_text("Følge med på")
        page.goto("/admin/accounts/user/add/")
        page.get_by_role("link", name="Tilbake til nettstedet").click()
        expect(page).to_have_url("http://" + page.url.split("/")[2] + "/")
