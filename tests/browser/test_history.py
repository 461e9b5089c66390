import re

import pghistory
import pytest
from playwright.sync_api import expect

from accounts.models import User
from projects.models import Owner, Project
from tests.factories import UserFactory
from tests.story import tell_story

pytestmark = pytest.mark.django_db(transaction=True)

MOVED = "Kari Nordmann flyttet fristen for MP5 fra 01.03.2023 til 01.06.2023"


@pytest.fixture
def story():
    """The real project with its past, and some of what people do today."""
    project = tell_story()
    kari = User.objects.get(name="Kari Nordmann")
    with pghistory.context(user=kari.pk):
        project.ingress = "Informasjonen skal bli lett tilgjengelig i de verktøyene man bruker."
        project.save()
    Owner.objects.filter(name="KS").update(website="https://www.ks.no/" + "langt/" * 12)
    with pghistory.context(user=kari.pk):
        Project.objects.filter(pk=project.pk).update(lifecycle="paused", contact=None)
    return project


@pytest.fixture
def staff():
    return UserFactory(name="Lise Nordmann")


@pytest.fixture
def reading(context, log_in, staff):
    log_in(context, staff)
    return context.new_page()


class TestHistory:
    def test_is_found_on_the_project_and_narrowed_down_without_a_page_load(self, reading, story):
        page = reading
        page.goto(story.get_absolute_url())
        page.get_by_role("main").get_by_role("link", name="Historikk").click()
        expect(page.get_by_role("heading", level=1)).to_have_text(f"Historikk for {story}")
        expect(page.get_by_text(MOVED)).to_be_visible()
        page.evaluate("window.stayed = true")

        field = page.get_by_label("Hva som er endret")
        field.focus()
        field.select_option(label="Frist")

        expect(page.locator(".result-count")).to_have_text("2 endringer, nyeste først")
        expect(page.get_by_text("Kari Nordmann rapporterte")).to_have_count(0)
        expect(page).to_have_url(re.compile(r"/historikk/\?felt=frist$"))
        expect(field).to_be_focused()
        assert page.evaluate("window.stayed")

        page.get_by_role("link", name="Fjern filter: Hva som er endret: Frist").click()
        expect(page.get_by_text("Kari Nordmann rapporterte").first).to_be_visible()

    def test_goes_back_to_what_was_shown(self, reading, story):
        page = reading
        page.goto("/historikk/?slag=leveranse")
        page.get_by_role("main").get_by_role("link", name=str(story)).first.click()
        page.go_back()

        expect(page.get_by_label("Type")).to_have_value("leveranse")
        expect(page.get_by_text("Kari Nordmann rapporterte")).to_have_count(0)

    def test_works_without_javascript(self, make_context, log_in, staff, story):
        context = make_context(java_script_enabled=False)
        log_in(context, staff)
        page = context.new_page()
        page.goto("/historikk/")

        page.get_by_label("Prosjekt", exact=True).select_option(label=str(story))
        page.get_by_label("Av hvem").select_option(label="Kari Nordmann")
        page.get_by_role("button", name="Vis").click()

        expect(page.locator(".result-count")).to_have_text("7 endringer, nyeste først")
        expect(page.get_by_text("gjaldt fra 15.06.2023, registrert").first).to_be_visible()
        page.get_by_text("Vis teksten før og etter").first.click()
        expect(page.get_by_text("Informasjonen skal bli lett tilgjengelig")).to_be_visible()

    @pytest.mark.parametrize("scheme", ["light", "dark"])
    @pytest.mark.parametrize("width", [1280, 390, 320])
    def test_is_for_everyone(
        self, make_context, log_in, staff, story, axe, keep_picture, width, scheme
    ):
        context = make_context(color_scheme=scheme, viewport={"width": width, "height": 844})
        log_in(context, staff)
        page = context.new_page()
        addresses = {
            "history": "/historikk/",
            "history-project": f"{story.get_absolute_url()}historikk/",
            "history-nothing": "/historikk/?slag=eier&felt=frist&person=ukjent",
        }
        for name, address in addresses.items():
            page.goto(address)
            for details in page.locator("details.more").all()[:3]:
                details.locator("summary").first.click()
            axe(page)
            overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            assert page.evaluate(overflow) <= 0
            keep_picture(page, f"{name}-{width}-{scheme}")
