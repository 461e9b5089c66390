"""Endret siden, as people see it."""

import re

import pytest
from playwright.sync_api import expect

from fkj_portfolio.history import true_from
from projects.models import Lifecycle, Project, Status
from tests.factories import ProjectFactory, StatusReportFactory
from tests.story import FIRST_REPORTED_ON, IMPORTED_ON, MP7_WITHDRAWN_ON, tell_story

pytestmark = pytest.mark.django_db(transaction=True)

ADDRESS = "/endringer/?fra=2023-02-15&til=2023-06-30"
LONG = (
    "Samhandling om barn og unge med sammensatte behov på tvers av skole, barnevern, "
    "helsestasjon, fastlege og spesialisthelsetjeneste"
)


@pytest.fixture
def portfolio():
    """The real project with its story, among others that begin, wait, end and change."""
    tell_story()
    then = {
        Status.ON_TRACK: 9, Status.CHALLENGES: 5, Status.MAJOR_CHALLENGES: 2, None: 2,
    }  # fmt: skip
    with true_from(IMPORTED_ON):
        projects = [
            _make(number, status) for status, count in then.items() for number in range(count)
        ]
        waiting = ProjectFactory(title="Planlagt prosjekt", lifecycle=Lifecycle.PLANNED)
    with true_from(FIRST_REPORTED_ON):
        for place, status in (
            (0, Status.CHALLENGES),
            (9, Status.ON_TRACK),
            (14, Status.CHALLENGES),
        ):
            StatusReportFactory(
                project=projects[place],
                status=status,
                status_text=f"Vi har fått {status.label.lower()}. Mer står i saken.",
                reported_on=FIRST_REPORTED_ON,
            )
        ProjectFactory(title="Nytt prosjekt", is_example=True)
    with true_from(MP7_WITHDRAWN_ON):
        for project, lifecycle in (
            (projects[1], Lifecycle.CLOSED),
            (projects[10], Lifecycle.PAUSED),
            (waiting, Lifecycle.ACTIVE),
        ):
            Project.objects.filter(pk=project.pk).update(lifecycle=lifecycle)


def _make(number, status):
    title = (
        LONG
        if number == 0 and status == Status.ON_TRACK
        else f"Prosjekt {number} {status.label if status else 'uten rapport'}"
    )
    project = ProjectFactory(title=title, is_example=number % 2 == 0)
    if status:
        StatusReportFactory(
            project=project, status=status, status_text="Slik var det.", reported_on=IMPORTED_ON
        )
    return project


class TestChanges:
    def test_leads_from_a_number_to_the_names_and_on_to_the_project(self, page, portfolio):
        page.goto(ADDRESS)
        link = page.get_by_role(
            "link", name="1 fra Under kontroll til Betydelige utfordringer", exact=True
        )
        link.focus()
        page.keyboard.press("Enter")

        expect(page).to_have_url(re.compile("#on-track-major-challenges$"))
        heading = page.locator("#on-track-major-challenges")
        expect(heading).to_be_in_viewport()
        heading.locator("..").get_by_role("link", name="Felles kommunal journal").click()
        expect(page).to_have_url(
            re.compile(r"/prosjekter/felles-kommunal-journal/\?per=2023-06-30$")
        )
        expect(page.locator("h1")).to_contain_text("Felles kommunal journal")

    def test_compares_other_days(self, page, portfolio):
        page.goto("/")
        page.get_by_role("link", name="Endret siden").click()
        page.get_by_label("Fra", exact=True).fill("1.4.23")
        page.get_by_label("Til", exact=True).fill("2023-05-01")
        page.get_by_role("button", name="Vis", exact=True).click()

        expect(page.locator("h1")).to_have_text("Endret siden 1. april 2023")
        expect(page.get_by_label("Til", exact=True)).to_have_value("01.05.2023")
        expect(page.locator(".lead")).to_have_text(
            "To prosjekter har fått det vanskeligere. To prosjekter har fått det bedre."
        )

    def test_works_without_a_script(self, make_context, portfolio):
        page = make_context(java_script_enabled=False).new_page()
        page.goto("/endringer/")

        page.get_by_label("Fra", exact=True).fill("30.06.2023")
        page.get_by_label("Til", exact=True).fill("15.02.2023")
        page.get_by_role("button", name="Vis", exact=True).click()

        expect(page.get_by_text("så de har byttet plass")).to_be_visible()
        expect(page.locator("#moved")).to_have_text("Flyttet (2)")

    @pytest.mark.parametrize("scheme", ["light", "dark"])
    @pytest.mark.parametrize("width", [1280, 390, 320])
    def test_is_open_to_everyone(self, make_context, axe, keep_picture, portfolio, scheme, width):
        page = make_context(
            color_scheme=scheme, viewport={"width": width, "height": 844}
        ).new_page()
        for name, address in {
            "changes": ADDRESS,
            "changes-nothing": "/endringer/?fra=31.02.2023&til=1.1.1900",
        }.items():
            page.goto(address)
            axe(page)
            keep_picture(page, f"{name}-{width}-{scheme}")
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

    @pytest.mark.parametrize("width", [390, 320])
    def test_shows_the_whole_matrix_on_a_phone(self, make_context, portfolio, width):
        page = make_context(viewport={"width": width, "height": 844}).new_page()
        page.goto(ADDRESS)

        fits = "scroller => scroller.scrollWidth <= scroller.clientWidth"
        assert page.locator(".table-scroll").evaluate(fits)
        expect(page.get_by_role("columnheader", name="Under kontroll")).to_be_attached()

    def test_is_printed(self, page, keep_picture, portfolio):
        page.goto(ADDRESS)
        page.emulate_media(media="print")

        expect(page.locator(".period")).to_be_hidden()
        expect(page.locator(".matrix")).to_be_visible()
        keep_picture(page, "changes-print")
