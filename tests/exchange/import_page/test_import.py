"""An old page, imported once and again."""

import datetime
import os
import time
from pathlib import Path

import pytest
import time_machine

from exchange.management.commands import import_page
from exchange.scaffold.old_page import read_old_page
from projects.models import Contact, Owner, Project, StatusReport
from tests.exchange.import_page.imports import MARCH, MAY, SEED, milestone, number_of_events, run
from tests.factories import UserFactory

PAGES = Path(__file__).parent.parent / "pages"


class TestFirstImport:
    def test_makes_the_project_as_the_page_says(self):
        run(SEED, on=MARCH)

        project = Project.objects.with_milestone_counts(today=MARCH).get()
        assert project.get_absolute_url() == "/prosjekter/felles-kommunal-journal/"
        assert (project.delivered_count, project.milestone_count) == (5, 9)
        assert project.obsolete_count == 1
        assert project.main_goal.number == 4
        assert str(project.owner) == "KS"
        assert str(project.contact) == "Håkon Grimstad"
        assert str(project.segment) == "Koordinere"
        assert project.is_published
        assert project.published_at.date() == MARCH

    def test_keeps_the_line_to_read_more_without_an_address(self):
        run(SEED)

        project = Project.objects.get()
        assert project.link_url == project.link_text == ""
        assert project.description.endswith("Les mer om prosjektet på KS sine nettsider.")

    def test_publishes_the_report_of_that_day(self):
        user = UserFactory(email="kontor@example.no")

        run(SEED, on=MARCH, by="Kontor@example.no")

        report = StatusReport.objects.get()
        assert (report.status, report.risk_level) == ("on_track", "low")
        assert report.reported_on == MARCH
        assert report.reported_by == user
        assert (report.owner_name, report.contact_name) == ("KS", "Håkon Grimstad")

    def test_gives_deliveries_the_date_that_is_meant(self):
        run(SEED)

        delivered, due = milestone("MP4"), milestone("MP5")
        assert delivered.delivered_on == datetime.date(2023, 2, 15)
        assert (delivered.due_on, delivered.original_due_on) == (None, None)
        assert due.delivered_on is None
        assert due.due_on == due.original_due_on == datetime.date(2023, 3, 1)

    def test_says_what_it_made(self):
        said = run(SEED, on=MARCH)

        assert f"{SEED}: Nytt prosjekt: Felles kommunal journal.\n" in said
        assert "Ny eier: KS." in said
        assert "Ny kontaktperson: Håkon Grimstad, KS." in said
        assert "Ny statusrapport for 03.03.2023: Under kontroll, risiko: Lav." in said
        assert "Prosjektet er publisert på /prosjekter/felles-kommunal-journal/." in said
        assert "Lest fra siden: 5 av 9 leveranser." in said
        assert "1 utgått." in said
        assert said.endswith("Prosjektet er nå ferdig med 5 av 9 leveranser.\n")

    @time_machine.travel(datetime.datetime(2023, 3, 3, 12, tzinfo=datetime.UTC), tick=False)
    def test_says_that_the_page_counts_as_true_today(self):
        sentence = "Uten --on regnes siden som riktig i dag, 03.03.2023."

        assert run(SEED).startswith(sentence)
        assert sentence not in run(SEED, on=MARCH)

    def test_reads_every_page_that_we_have(self):
        said = run(*sorted(PAGES.iterdir()))

        assert "CommandError" not in said
        assert Project.objects.count() == 5
        assert "Nytt segment: Følge med." in said
        assert "felles-meldinger.txt: To leveranser har koden MP1; se «Avtale forlenget»." in said
        assert "Siden har ingen status, så det blir ingen statusrapport." in said
        assert "Siden sier 3 av 4 leveranser, men 2 av 3 er lest." in said
        assert "utvidet-journalinnsyn.txt: Filen ser ut til å være avkuttet" in said

    def test_leaves_out_a_delivery_day_that_has_not_come(self, later):
        said = run(later(("31.01.2023", "31.01.2099")))

        assert milestone("MP2").is_delivered
        assert milestone("MP2").delivered_on is None
        assert "MP2 er levert, men 31.01.2099 er ikke kommet ennå" in said


class TestSameFileAgain:
    @pytest.mark.parametrize("path", [SEED, *sorted(PAGES.iterdir())], ids=lambda path: path.stem)
    def test_changes_nothing(self, path):
        run(path, on=MARCH)
        before = number_of_events()

        said = run(path, on=MARCH) + run(path)

        assert number_of_events() == before
        assert "Ny " not in said
        assert "Endret" not in said

    def test_says_so(self):
        run(SEED)

        assert "Ingenting er endret." in run(SEED)

    def test_keeps_what_people_have_recorded_since(self):
        user = UserFactory()
        run(SEED, on=MARCH)
        milestone("MP5").deliver(on=MAY, by=user)

        said = run(SEED)

        assert milestone("MP5").is_delivered
        assert "MP5 er markert som levert her, og er fortsatt det." in said

    def test_says_that_the_day_of_a_delivery_is_another_here(self, later):
        run(SEED, on=MARCH)
        milestone("MP5").deliver(on=MAY, by=UserFactory())
        old = "Nei\n\n  Leveransedato: 01.03.2023"

        said = run(later((old, "Ja\n\n  Leveransedato: 20.04.2023")))

        assert milestone("MP5").delivered_on == MAY
        assert "MP5 er markert som levert her, så leveringsdatoen på siden, 20.04.2023" in said

    def test_knows_what_has_been_renamed_since(self):
        run(SEED, on=MARCH)
        Contact.objects.update(name="Håkon J. Grimstad")
        Owner.objects.update(name="Kommunesektorens organisasjon")
        Project.objects.update(title="Felles journal")

        run(SEED)

        assert str(Contact.objects.get()) == "Håkon J. Grimstad"
        assert str(Owner.objects.get()) == "Kommunesektorens organisasjon"
        assert str(Project.objects.get()) == "Felles journal"


class TestErrors:
    def test_saves_nothing_of_a_file_with_an_unknown_goal(self, later):
        said = run(later(("4 - Tilgjengelig", "6 - Utilgjengelig")))

        assert "senere.txt: Linje 14: «6 - Utilgjengelig informasjon og styrket" in said
        assert "Strategimålene er: 1 - Aktiv medvirkning i egen og næres helse; 2 -" in said
        assert not Project.objects.exists()
        assert not Owner.objects.exists()

    def test_saves_nothing_of_a_file_with_an_unknown_status(self, later):
        said = run(later(("Under kontroll", "Grønn")))

        assert (
            "Linje 10: «Grønn» er ikke en gyldig status. Tillatte ord: Under kontroll, Noen" in said
        )
        assert not Project.objects.exists()

    def test_names_the_line_of_what_is_too_long(self, later):
        said = run(later(("MP8 - ", "MP8 - " + "a" * 300)))

        assert "Linje 124: Leveranse:" in said
        assert not Project.objects.exists()

    def test_reads_the_other_files_all_the_same(self, tmp_path):
        (tmp_path / "bilde.txt").write_bytes(b"\x89PNG\x00\x01")

        said = run(tmp_path / "bilde.txt", SEED, tmp_path, tmp_path / "ingen.txt")

        assert f"{tmp_path / 'bilde.txt'}: Filen er ikke tekst.\n" in said
        assert f"{tmp_path}: Dette er en mappe." in said
        assert f"{tmp_path / 'ingen.txt'}: Filen finnes ikke.\n" in said
        assert "CommandError: 3 av 4 filer ble ikke lest inn." in said
        assert Project.objects.count() == 1

    def test_gives_up_a_file_that_takes_too_long(self, tmp_path, monkeypatch):
        monkeypatch.setattr(import_page, "SECONDS_TO_READ", 1)
        page = (PAGES / "felles-medisinliste.html").read_text()
        (tmp_path / "lang.html").write_text(page + "<!--" * 90_000)
        began = time.process_time()

        said = run(tmp_path / "lang.html", SEED)

        assert time.process_time() - began < 5
        assert f"{tmp_path / 'lang.html'}: Filen tar for lang tid å lese" in said
        assert "CommandError: 1 av 2 filer ble ikke lest inn." in said
        assert Project.objects.get().title == "Felles kommunal journal"

    def test_does_not_wait_for_a_pipe(self, tmp_path):
        os.mkfifo(tmp_path / "rør")

        said = run(tmp_path / "rør", SEED)

        assert f"{tmp_path / 'rør'}: Dette er ikke en vanlig fil.\n" in said
        assert Project.objects.count() == 1

    def test_reads_what_the_shell_hands_over(self):
        reading, writing = os.pipe()
        os.write(writing, SEED.read_bytes())
        os.close(writing)

        said = run(Path(f"/dev/fd/{reading}"))
        os.close(reading)

        assert "Nytt prosjekt: Felles kommunal journal." in said

    def test_reads_the_other_files_after_a_mistake_of_ours(self, tmp_path, monkeypatch):
        (tmp_path / "tom.txt").write_text("")

        def read(data, **options):
            return read_old_page(data, **options) if data else 1 // 0

        monkeypatch.setattr("exchange.management.commands.import_page.read_old_page", read)

        said = run(tmp_path / "tom.txt", SEED)

        assert "tom.txt: Ingenting er lagret, fordi det er en feil i programmet: ZeroDiv" in said
        assert "CommandError: 1 av 2 filer ble ikke lest inn." in said
        assert Project.objects.count() == 1
        with pytest.raises(ZeroDivisionError):
            run(tmp_path / "tom.txt", traceback=True)

    @pytest.mark.parametrize(
        ("options", "sentence"),
        [
            ({"on": datetime.date(2023, 3, 4)}, "--on kan ikke være en dag i framtiden."),
            ({"by": "ingen@example.no"}, "Det finnes ingen bruker med e-postadressen ingen@"),
        ],
    )
    @time_machine.travel(datetime.datetime(2023, 3, 3, 12, tzinfo=datetime.UTC), tick=False)
    def test_refuses_a_wrong_option(self, options, sentence):
        assert sentence in run(SEED, **options)
        assert not Project.objects.exists()
