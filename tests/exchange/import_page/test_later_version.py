"""A later version of an old page that has been imported."""

import datetime
import re

import pytest
from django.utils import timezone

from fkj_portfolio.marks import pattern_of
from milestones.actions import move_milestone
from milestones.models import DateMove, Milestone
from projects.models import Project, RedactionReason, StatusReport
from projects.redaction import find, redact
from tests.exchange.import_page.imports import MARCH, MAY, SEED, milestone, number_of_events, run
from tests.factories import UserFactory


class TestLaterVersion:
    @pytest.fixture(autouse=True)
    def first_version(self, vocabularies):
        run(SEED, on=MARCH)

    def test_adds_a_report_when_it_says_something_else(self, later):
        said = run(later(("Under kontroll", "Noen utfordringer")), on=MAY)

        newest = StatusReport.objects.newest_first().first()
        assert StatusReport.objects.count() == 2
        assert (newest.status, newest.reported_on) == ("challenges", MAY)
        assert "Ny statusrapport for 15.05.2023: Noen utfordringer" in said

    def test_adds_no_report_when_only_deliveries_changed(self, later):
        run(later(("30.06.2023\n", "30.09.2023\n")), on=MAY)

        assert StatusReport.objects.count() == 1

    def test_keeps_every_move(self, later):
        said = run(later(("  Leveransedato: 15.03.2023", "  Leveransedato: 01.06.2023")), on=MAY)

        moved, move = milestone("MP6"), DateMove.objects.get()
        assert moved.original_due_on == move.from_date == datetime.date(2023, 3, 15)
        assert moved.due_on == move.to_date == datetime.date(2023, 6, 1)
        assert (move.cause, move.reason, move.moved_by) == ("", "", None)
        assert move.moved_at.date() == MAY
        assert "Fristen for MP6 er flyttet fra 15.03.2023 til 01.06.2023." in said

    def test_keeps_the_due_date_of_what_is_delivered_now(self, later):
        old = "Nei\n\n  Leveransedato: 01.03.2023"

        run(later((old, "Ja\n\n  Leveransedato: 20.04.2023")), on=MAY)

        delivered = milestone("MP5")
        assert delivered.delivered_on == datetime.date(2023, 4, 20)
        assert delivered.due_on == delivered.original_due_on == datetime.date(2023, 3, 1)
        assert not DateMove.objects.exists()

    def test_withdraws_and_retitles_and_adds(self, later):
        said = run(
            later(
                ("MP7 - Forankring", "UTGÅTT - MP7 - Forankring"),
                ("MP8 - Avvikling av FKJI AS", "MP7 - Ny forankring"),
                ("MP4 - Prosjektrådets", "MP4 - Prosjektstyrets"),
            ),
            on=MAY,
        )

        old = Milestone.objects.get(code="MP7", is_obsolete=True)
        assert (old.obsolete_on, old.obsolete_reason) == (MAY, "Den gamle siden sier ikke hvorfor.")
        assert milestone("MP4").title == "Prosjektstyrets vurdering av SD"
        assert Milestone.objects.get(code="MP7", is_obsolete=False).title.startswith("Ny")
        assert "MP8 - Avvikling av FKJI AS gjennomført står ikke lenger på siden" in said
        assert Milestone.objects.filter(code="MP8").exists()

    def test_leaves_obsolete_what_somebody_has_withdrawn_here(self, later):
        withdrawn = milestone("MP4")
        withdrawn.withdraw(on=timezone.localdate(), reason="Vedtatt av styret.")

        said = run(later(("MP8 - Avvikling", "MP8 - Ny avvikling")))

        withdrawn.refresh_from_db()
        assert (withdrawn.is_obsolete, withdrawn.obsolete_reason) == (True, "Vedtatt av styret.")
        assert "MP4 ble satt som utgått her, og er det fortsatt." in said

    def test_brings_nothing_back_that_was_taken_away(self, later, office):
        project = Project.objects.get()
        found = find(project, pattern_of("Avvikling"), "Avvikling")
        redact(found, reason=RedactionReason.PERSONAL, by=office)

        said = run(later(("MP4 -", "MP5 -")))

        assert "Det er fjernet ord fra dette prosjektet" in said
        assert not Milestone.objects.filter(title__icontains="avvikling").exists()

    def test_follows_titles_when_the_numbers_move(self, later):
        added = "MP6 - Nytt møte\n\n  Ferdigstilt og levert: Nei\n\n • MP7 - Styremøte med"

        run(
            later(("MP8 -", "MP9 -"), ("MP7 -", "MP8 -"), ("MP6 - Styremøte med", added)),
            on=MAY,
        )

        codes = Milestone.objects.in_order().values_list("code", flat=True)
        assert list(codes)[-5:] == ["MP5", "MP6", "MP7", "MP8", "MP9"]
        assert milestone("MP7").title.startswith("Styremøte")
        assert not DateMove.objects.exists()

    def test_keeps_what_it_does_not_say(self, later):
        run(later(("Eier\n\nKS\n\n", ""), ("Segment\n\nKoordinere\n\n", "")), on=MAY)

        project = Project.objects.get()
        assert str(project.owner) == "KS"
        assert str(project.segment) == "Koordinere"

    def test_gives_only_its_report_when_it_is_older_than_the_newest(self, later):
        earlier = later(("Lav", "Middels"), ("MP5 - Ferdig", "MP5 - Nesten ferdig"))

        said = run(earlier, on=datetime.date(2022, 12, 1))

        assert milestone("MP5").title.startswith("Ferdig")
        assert StatusReport.objects.newest_first().first().reported_on == MARCH
        assert StatusReport.objects.count() == 2
        assert "Siden er eldre enn det som er ført her" in said

    def test_takes_nothing_back_because_it_was_cut(self, tmp_path):
        path = tmp_path / "kuttet.txt"
        text = SEED.read_text()
        before = number_of_events()
        for word in re.finditer(r"\w{2,}", text[1000:]):
            if word.start() % 5 == 0:
                path.write_text(text[: 1000 + word.start() + 1])
                run(path, on=MAY)

        assert number_of_events() == before

    def test_does_not_move_back_what_people_have_moved(self):
        to = datetime.date(2023, 9, 15)
        user = UserFactory()
        move_milestone(milestone=milestone("MP7"), to=to, by=user, cause="other", reason="Ferie.")

        said = run(SEED)

        assert milestone("MP7").due_on == to
        assert "Fristen for MP7 er flyttet her, så datoen på siden, 30.06.2023" in said

    def test_warns_when_it_knows_none_of_the_deliveries(self, later):
        said = run(later((" • ", " • ¤ ")), on=MAY)

        assert "ADVARSEL: Ingen av leveransene på siden fantes her fra før" in said
        assert said.endswith("Prosjektet er nå ferdig med 10 av 18 leveranser.\n")

    def test_takes_a_question_mark_for_a_lost_bullet(self, later):
        said = run(later((" • ", "? ")), on=MAY)

        assert "ADVARSEL" not in said
        assert Milestone.objects.count() == 9
