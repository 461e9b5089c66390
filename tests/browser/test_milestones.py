"""A project's manager works on its milestones, by keyboard, with a script and without."""

import datetime

import pytest
from playwright.sync_api import expect

from milestones.models import Milestone
from tests.factories import MilestoneFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def milestones(project) -> dict[str, Milestone]:
    """Nine milestones like those of the real project: five delivered, MP5 overdue, MP7 to come."""
    delivered = datetime.date(2023, 1, 31)
    made = [
        MilestoneFactory(
            project=project,
            code=f"MP{number}",
            is_delivered=number < 5,
            delivered_on=delivered if number < 5 else None,
            original_due_on=datetime.date(2099, 6, 30) if number > 5 else datetime.date(2023, 3, 1),
            description="Forankring hos kommunene.",
        )
        for number in range(9)
    ]
    return {milestone.code: milestone for milestone in made}


def row(page, milestone):
    return page.locator(f"#leveranse-{milestone.pk}")


def tab_to(page, locator):
    """Press Tab until the element has focus, as somebody without a mouse does."""
    for _ in range(60):
        if locator.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError("Tab does not come to it.")


class TestWithScript:
    @pytest.fixture
    def page(self, page, context, log_in, manager, project):
        log_in(context, manager)
        return page

    def test_delivers_and_takes_it_back_by_keyboard(self, page, project, milestones, axe):
        page.goto(project.get_absolute_url())
        page.evaluate("window.sameDocument = true")
        mp5 = row(page, milestones["MP5"])

        tab_to(page, mp5.get_by_role("link", name="Marker som levert"))
        page.keyboard.press("Enter")
        expect(mp5.get_by_role("textbox", name="Levert")).to_be_focused()
        axe(page)
        page.keyboard.press("Enter")

        expect(mp5.get_by_role("button", name="Angre levering")).to_be_focused()
        expect(mp5.locator(".milestone__state")).to_have_text("Levert")
        progress = page.locator("#milestone-progress")
        expect(progress).to_contain_text("Prosjektet er ferdig med 6 av 9 leveranser.")
        assert progress.locator("progress").evaluate("bar => bar.value") == 6
        expect(page.locator("#live-region")).to_have_text(
            "MP5 er levert. Prosjektet er ferdig med 6 av 9 leveranser."
        )

        page.keyboard.press("Enter")

        expect(mp5.get_by_role("link", name="Marker som levert")).to_be_focused()
        expect(progress).to_contain_text("Prosjektet er ferdig med 5 av 9 leveranser.")
        assert progress.locator("progress").evaluate("bar => bar.value") == 5
        expect(page.locator("#live-region")).to_have_text(
            "MP5 er ikke lenger levert. Prosjektet er ferdig med 5 av 9 leveranser."
        )
        assert page.evaluate("window.sameDocument")

    def test_moves_a_date_and_sees_the_move_and_the_slip(
        self, page, project, milestones, axe, keep_picture
    ):
        page.goto(project.get_absolute_url())
        mp7 = row(page, milestones["MP7"])

        mp7.get_by_text("Mer").press("Enter")
        mp7.get_by_role("link", name="Flytt frist").press("Enter")
        expect(mp7.get_by_label("Ny frist")).to_be_focused()
        keep_picture(page, "milestone-move")
        mp7.get_by_label("Ny frist").fill("25.9.2099")
        mp7.get_by_label("Årsak").select_option("Leverandør")
        mp7.get_by_label("Begrunnelse").fill("Leverandøren er forsinket.")
        page.keyboard.press("Enter")

        expect(mp7.get_by_role("link", name="Flytt frist")).to_be_focused()
        expect(mp7).to_contain_text("87 dager etter opprinnelig frist, flyttet 1 gang")
        expect(mp7).to_contain_text("Flyttet fra 30.06.2099 til 25.09.2099")
        expect(mp7.get_by_text("Leverandøren er forsinket.")).to_be_visible()
        axe(page)

    def test_mends_what_was_refused(self, page, project, milestones, complaints):
        page.goto(project.get_absolute_url())
        mp7 = row(page, milestones["MP7"])
        mp7.get_by_text("Mer").click()
        mp7.get_by_role("link", name="Sett som utgått").click()
        expect(mp7.get_by_label("Begrunnelse")).to_be_focused()

        mp7.get_by_role("button", name="Sett som utgått").click()

        expect(mp7.locator(".ds-error-summary")).to_be_focused()
        mp7.get_by_label("Begrunnelse").fill("Ikke lenger aktuelt.")
        page.keyboard.press("Enter")
        expect(mp7.get_by_role("button", name="Angre utgått")).to_be_focused()
        expect(page.locator("#milestone-progress")).to_contain_text("5 av 8 leveranser.")
        # The browser logs the 422 that refused the form.
        complaints.clear()

    def test_closes_a_form_where_it_was_opened(self, page, project, milestones):
        page.goto(project.get_absolute_url())
        mp7 = row(page, milestones["MP7"])
        mp7.get_by_text("Mer").click()
        opener = mp7.get_by_role("link", name="Flytt frist")

        opener.press("Enter")
        expect(mp7.get_by_label("Ny frist")).to_be_focused()
        mp7.get_by_label("Begrunnelse").fill("Halvveis")
        page.keyboard.press("Escape")
        expect(opener).to_be_focused()
        expect(mp7.locator("form.milestone__form")).to_have_count(0)

        opener.press("Enter")
        mp7.get_by_role("button", name="Hent det fram").click()
        expect(mp7.get_by_label("Begrunnelse")).to_have_value("Halvveis")
        mp7.get_by_role("link", name="Avbryt").press("Enter")
        expect(opener).to_be_focused()

        opener.press("Enter")
        expect(mp7.get_by_label("Begrunnelse")).to_have_value("")
        expect(mp7.get_by_role("button", name="Hent det fram")).to_have_count(0)

    def test_loses_no_text_to_an_expired_session(
        self, page, context, log_in, manager, project, milestones
    ):
        page.goto(project.get_absolute_url())
        mp7 = row(page, milestones["MP7"])
        mp7.get_by_text("Mer").click()
        mp7.get_by_role("link", name="Sett som utgått").click()
        expect(mp7.get_by_label("Begrunnelse")).to_be_focused()
        mp7.get_by_label("Begrunnelse").fill("Vedtatt i styret.")
        context.clear_cookies(name="sessionid")

        page.keyboard.press("Enter")

        expect(page.get_by_role("heading", name="Logg inn")).to_be_visible()
        log_in(context, manager)
        page.goto(project.get_absolute_url())
        expect(mp7.get_by_text("Du har skrevet noe her som ikke ble lagret.")).to_be_visible()
        mp7.get_by_role("button", name="Åpne skjemaet").click()
        mp7.get_by_role("button", name="Hent det fram").click()
        expect(mp7.get_by_label("Begrunnelse")).to_have_value("Vedtatt i styret.")
        page.keyboard.press("Enter")
        expect(mp7.get_by_role("button", name="Angre utgått")).to_be_focused()
        kept = page.evaluate("Object.keys(sessionStorage)")
        assert not [key for key in kept if key.startswith("kept-text:")]

    def test_leads_to_a_new_login_when_the_cookies_are_gone(
        self, page, context, log_in, manager, project, milestones, complaints
    ):
        page.goto(project.get_absolute_url())
        mp7 = row(page, milestones["MP7"])
        mp7.get_by_text("Mer").click()
        mp7.get_by_role("link", name="Flytt frist").click()
        mp7.get_by_label("Årsak").select_option(label="Leverandør")
        mp7.get_by_label("Begrunnelse").fill("Vedtatt i styret.")
        context.clear_cookies()
        page.keyboard.press("Enter")

        alert = page.get_by_role("alert")
        expect(alert).to_contain_text("Det du skrev, er tatt vare på i denne fanen.")
        alert.get_by_role("link", name="Logg inn og kom tilbake hit").click()
        expect(page.get_by_role("heading", name="Logg inn")).to_be_visible()
        assert page.url.endswith(f"?next={project.get_absolute_url()}")
        complaints.clear()
        log_in(context, manager)
        page.goto(project.get_absolute_url())
        mp7.get_by_role("button", name="Åpne skjemaet").click()
        mp7.get_by_role("button", name="Hent det fram").click()

        expect(mp7.get_by_label("Årsak")).to_have_value("supplier")
        expect(mp7.get_by_label("Begrunnelse")).to_have_value("Vedtatt i styret.")

    def test_offers_no_form_for_what_is_done_meanwhile(self, page, project, milestones, manager):
        page.goto(project.get_absolute_url())
        mp7 = row(page, milestones["MP7"])
        mp7.get_by_role("link", name="Marker som levert").click()
        mp7.get_by_role("textbox", name="Levert").fill("1.1.23")
        page.keyboard.press("Escape")
        milestones["MP7"].deliver(on=datetime.date(2023, 1, 1), by=manager)

        page.reload()

        expect(mp7.get_by_role("button", name="Angre levering")).to_be_visible()
        expect(mp7.get_by_role("button", name="Åpne skjemaet")).to_have_count(0)

    def test_delivers_once_on_a_double_click(self, page, project, milestones):
        page.goto(project.get_absolute_url())
        mp5 = row(page, milestones["MP5"])
        mp5.get_by_role("link", name="Marker som levert").dblclick()

        mp5.get_by_role("button", name="Marker som levert").dblclick()

        expect(mp5.locator(".milestone__state")).to_have_text("Levert")
        expect(page.locator("#milestone-progress")).to_contain_text("6 av 9 leveranser.")

    @pytest.mark.parametrize("color_scheme", ["light", "dark"])
    @pytest.mark.parametrize("width", [1280, 390])
    def test_has_nothing_for_axe_to_find(
        self,
        make_context,
        log_in,
        manager,
        project,
        milestones,
        axe,
        keep_picture,
        width,
        color_scheme,
    ):
        context = make_context(viewport={"width": width, "height": 900}, color_scheme=color_scheme)
        log_in(context, manager)
        page = context.new_page()
        page.goto(project.get_absolute_url())
        mp7 = row(page, milestones["MP7"])
        mp7.get_by_text("Beskrivelse").click()
        mp7.get_by_text("Mer").click()
        for name in ("Rediger", "Flytt frist"):
            mp7.get_by_role("link", name=name).click()
            expect(mp7.get_by_role("heading", name=name)).to_be_visible()
            axe(page)
        keep_picture(page, f"milestones-{width}-{color_scheme}")

    def test_adds_one_and_puts_it_first(self, page, project, milestones):
        page.goto(project.get_absolute_url())

        page.get_by_role("link", name="Legg til leveranse").press("Enter")
        expect(page.get_by_label("Kode")).to_be_focused()
        page.get_by_label("Kode").fill("MP9")
        page.get_by_label("Tittel").fill("Sluttrapport")
        page.keyboard.press("Enter")

        added = page.locator("li.milestone").last
        expect(added).to_contain_text("Sluttrapport")
        expect(added.get_by_role("link", name="Marker som levert")).to_be_focused()
        added.get_by_text("Mer").click()
        added.get_by_role("link", name="Rediger").click()
        expect(added.get_by_label("Kode")).to_be_focused()
        added.get_by_label("Plass i listen").fill("1")
        page.keyboard.press("Enter")
        expect(page.locator("li.milestone").first).to_contain_text("Sluttrapport")


class TestWithoutScript:
    @pytest.fixture
    def page(self, make_context, log_in, manager, project):
        context = make_context(java_script_enabled=False)
        log_in(context, manager)
        return context.new_page()

    def test_delivers_and_takes_it_back(self, page, project, milestones, axe):
        page.goto(project.get_absolute_url())
        mp5 = row(page, milestones["MP5"])

        mp5.get_by_role("link", name="Marker som levert").press("Enter")
        expect(page.get_by_role("heading", name="Marker MP5 som levert")).to_be_visible()
        page.get_by_role("button", name="Marker som levert").press("Enter")

        said = "MP5 er levert. Prosjektet er ferdig med 6 av 9 leveranser."
        expect(page.get_by_text(said)).to_be_visible()
        assert page.url.endswith(f"#leveranse-{milestones['MP5'].pk}")
        mp5.get_by_role("button", name="Angre levering").press("Enter")
        expect(page.locator("#milestone-progress")).to_contain_text("5 av 9 leveranser.")

    def test_moves_a_date(self, page, project, milestones):
        page.goto(project.get_absolute_url())
        mp7 = row(page, milestones["MP7"])

        mp7.get_by_text("Mer").click()
        mp7.get_by_role("link", name="Flytt frist").click()
        page.get_by_label("Ny frist").fill("25.09.2099")
        page.get_by_role("button", name="Lagre").click()
        expect(page.get_by_label("Ny frist")).to_have_value("25.09.2099")
        page.get_by_label("Årsak").select_option("Leverandør")
        page.get_by_label("Begrunnelse").fill("Leverandøren er forsinket.")
        page.get_by_role("button", name="Lagre").click()

        expect(mp7).to_contain_text("87 dager etter opprinnelig frist, flyttet 1 gang")
