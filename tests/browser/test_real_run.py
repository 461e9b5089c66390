"""The main job, end to end: the real project page is read in, worked on and administered."""

import datetime

import pytest
from django.core.management import call_command
from playwright.sync_api import Page, expect

from accounts.models import User
from projects.models import Project

pytestmark = pytest.mark.django_db(transaction=True)

ADDRESS = "/prosjekter/felles-kommunal-journal/"
PASSWORD = "portefolje"
SENTENCE = "Prosjektet er ferdig med {} av 9 leveranser."
#: Each delivery of the real page as it stands there: code, title, state and date.
DELIVERIES = [
    ("MP 1", "Prosjektmandat og plan for kapittel 2 er godkjent", "Ja", "17.01.2022"),
    ("MP1", "Ferdigstillelse av Styringsdokument versjon 0.8 med vedlegg", "Ja", "15.11.2022"),
    ("MP2", "Styringsdokument versjon 0.8 gjennomgang av EKS", "Ja", "31.01.2023"),
    ("MP3", "Innspillsrunde Styringsdokument versjon 0.8", "Ja", "31.01.2023"),
    ("MP4", "Prosjektrådets vurdering av SD", "Ja", "15.02.2023"),
    ("MP5", "Ferdig eksternt kvalitetssikret SD og utkast", "Nei", "01.03.2023"),
    ("MP6", "Styremøte med behandling SD 1.0", "Nei", "15.03.2023"),
    ("MP7", "Forankring kommuner utenfor Midt-Norge", "Nei", "30.06.2023"),
    ("MP8", "Avvikling av FKJI AS gjennomført", "Nei", "30.06.2023"),
]


@pytest.fixture
def portfolio(transactional_db: None) -> Project:
    """A fresh database, as the first `do.py run` leaves it."""
    call_command("load_demo", if_empty=True)
    return Project.objects.get(slug="felles-kommunal-journal")


def log_in(page: Page, email: str) -> None:
    """Log in through the form, as people do."""
    page.goto("/konto/logg-inn/")
    page.get_by_label("E-post").fill(email)
    page.get_by_label("Passord", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Logg inn").click()
    expect(page.get_by_role("button", name="Logg ut")).to_be_visible()


def row(page: Page, code: str):
    return page.locator("li.milestone").filter(has_text=code).last


class TestRealRun:
    def test_the_page_says_what_the_real_page_says(self, portfolio, page, axe, keep_picture):
        page.goto(ADDRESS)

        expect(page.get_by_role("heading", level=1)).to_have_text("Felles kommunal journal")
        progress = page.locator("#milestone-progress")
        expect(progress).to_contain_text(SENTENCE.format(5))
        expect(progress).to_contain_text("1 utgått")
        for words in (
            "Under kontroll",
            "4 - Tilgjengelig informasjon og styrket samhandling",
            "Lav",
            "Håkon Grimstad",
            "Koordinere",
            "Selskapet FKJI AS er under avvikling og vil bli avviklet innen 30.06.2023.",
            "Den viktigste risikoen er p.t grunnlag for videreføring av prosjektet",
            "Målet er å skape pasientens helsetjeneste",
            "Les mer om prosjektet på KS sine nettsider.",
        ):
            expect(page.locator("main")).to_contain_text(words)
        expect(page.locator(".key-info").get_by_role("link", name="KS", exact=True)).to_be_visible()
        axe(page)
        keep_picture(page, "real-project")

    def test_shows_all_nine_deliveries(self, portfolio, page):
        page.goto(ADDRESS)

        rows = page.locator("li.milestone")
        expect(rows).to_have_count(len(DELIVERIES))
        for number, (code, title, delivered, date) in enumerate(DELIVERIES):
            for words in (code, title, date):
                expect(rows.nth(number)).to_contain_text(words)
            answer = rows.nth(number).locator(".milestone__delivered dd")
            expect(answer).to_have_text(delivered)
        expect(rows.nth(2)).to_contain_text("Oversendt til ekstern kvalitetssikrer (EKS)")

    def test_the_manager_delivers_by_keyboard_and_takes_it_back(self, portfolio, page):
        log_in(page, "leder@example.no")
        page.goto(ADDRESS)
        page.evaluate("window.samePage = true")
        progress, mp5 = page.locator("#milestone-progress"), row(page, "MP5")

        mp5.get_by_role("link", name="Marker som levert").focus()
        page.keyboard.press("Enter")
        expect(mp5.get_by_role("textbox")).to_be_focused()
        page.keyboard.press("Enter")

        expect(progress).to_contain_text(SENTENCE.format(6))
        expect(page.locator("#live-region")).to_contain_text("MP5 er levert.")
        assert progress.locator("progress").evaluate("bar => bar.value") == 6
        page.keyboard.press("Enter")
        expect(progress).to_contain_text(SENTENCE.format(5))
        assert progress.locator("progress").evaluate("bar => bar.value") == 5
        assert page.evaluate("window.samePage")

    def test_the_same_works_without_javascript(self, portfolio, make_context):
        page = make_context(java_script_enabled=False).new_page()
        log_in(page, "leder@example.no")
        page.goto(ADDRESS)
        progress = page.locator("#milestone-progress")

        row(page, "MP5").get_by_role("link", name="Marker som levert").click()
        page.get_by_role("button", name="Marker som levert").click()
        expect(progress).to_contain_text(SENTENCE.format(6))

        row(page, "MP5").get_by_role("button", name="Angre levering").click()
        expect(progress).to_contain_text(SENTENCE.format(5))

    def test_the_manager_moves_a_date_with_cause_and_reason(self, portfolio, page, complaints):
        log_in(page, "leder@example.no")
        page.goto(ADDRESS)
        mp7 = row(page, "MP7")

        mp7.get_by_text("Mer", exact=False).first.press("Enter")
        mp7.get_by_role("link", name="Flytt frist").press("Enter")
        mp7.get_by_label("Ny frist").fill("25.9.23")
        mp7.get_by_label("Årsak").select_option("Finansiering")
        mp7.get_by_label("Begrunnelse").fill("Venter på vedtak i landstyret.")
        page.keyboard.press("Enter")
        # That day is over by now.
        expect(mp7).to_contain_text("Fristen er allerede passert.")
        mp7.get_by_role("button", name="Lagre").press("Enter")

        expect(mp7).to_contain_text("25.09.2023")
        expect(mp7).to_contain_text("flyttet 1 gang")
        expect(mp7).to_contain_text("Venter på vedtak i landstyret.")
        move = portfolio.milestones.get(code="MP7").date_moves.get()
        assert (move.from_date, move.days) == (datetime.date(2023, 6, 30), 87)
        # The browser notes the refusal on its console.
        complaints.clear()

    def test_another_manager_may_look_but_not_touch(self, portfolio, page, complaints):
        log_in(page, "annen@example.no")
        page.goto(ADDRESS)
        expect(page.get_by_role("link", name="Marker som levert")).to_have_count(0)

        milestone = portfolio.milestones.get(code="MP5")
        answer = page.goto(f"{ADDRESS}leveranser/{milestone.pk}/lever/")

        assert answer is not None
        assert answer.status == 403
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        # The browser notes the 403 on its console.
        complaints.clear()

    def test_an_administrator_renames_the_contact(self, portfolio, page):
        log_in(page, "admin@example.no")
        page.goto(ADDRESS)
        contact = portfolio.contact
        assert contact is not None

        page.goto(f"/kontakter/{contact.pk}/rediger/")
        page.get_by_label("Navn").fill("Håkon Grimstad Lie")
        page.get_by_role("button", name="Lagre").click()
        page.goto(ADDRESS)

        expect(page.locator(".key-info")).to_contain_text("Håkon Grimstad Lie")

    def test_the_overview_lists_it(self, portfolio, page, axe, keep_picture):
        page.goto("/?sok=felles+kommunal")

        line = page.get_by_role("row").filter(has_text="Felles kommunal journal")
        expect(line).to_contain_text("5 av 9")
        expect(line).to_contain_text("1 utgått")
        axe(page)
        page.goto("/")
        keep_picture(page, "overview")


def test_the_demonstration_has_the_whole_cast(portfolio):
    emails = set(User.objects.values_list("email", flat=True))

    assert {
        f"{name}@example.no" for name in ("admin", "kontor", "leder", "annen", "ansatt")
    } <= emails
