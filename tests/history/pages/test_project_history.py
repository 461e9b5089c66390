"""The history of a project, as sentences."""

import datetime

import pytest
from django.db import connection
from pytest_django.asserts import assertContains, assertNotContains

from milestones.actions import move_milestone, set_baseline
from milestones.models import Cause, Milestone
from projects.models import Lifecycle, Project, Status
from tests.factories import (
    MilestoneFactory,
    OwnerFactory,
    ProjectFactory,
    SegmentFactory,
    StatusReportFactory,
    StrategicGoalFactory,
    UserFactory,
)
from tests.history.pages.log import URL, history_of, told

pytestmark = pytest.mark.django_db


class TestProjectHistory:
    def test_tells_the_story_of_the_real_project(self, reading, story):
        response = reading.get(history_of(story))

        assert [entry for entry in told(response) if entry.startswith("Kari Nordmann")] == [
            "Kari Nordmann satte MP7 som utgått: Forankringen går videre i KS sine egne organer.",
            (
                "Kari Nordmann rapporterte Betydelige utfordringer (før: Noen utfordringer),"
                " risiko Høy (før: Middels)"
            ),
            (
                "Kari Nordmann rapporterte Noen utfordringer (før: Under kontroll),"
                " risiko Middels (før: Lav)"
            ),
            (
                "Kari Nordmann flyttet fristen for MP6 fra 15.03.2023 til 15.06.2023: Styret behandler"
                " saken når kvalitetssikringen er ferdig. (årsak: avhengighet)"
            ),
            (
                "Kari Nordmann flyttet fristen for MP5 fra 01.03.2023 til 01.06.2023: Ekstern"
                " kvalitetssikrer trenger mer tid. (årsak: leverandør)"
            ),
        ]
        assertContains(response, "Kari Nordmann flyttet fristen for MP5 fra 01.03.2023")

    def test_says_when_it_was_true_and_when_it_was_recorded(self, reading, story):
        response = reading.get(history_of(story))

        assertContains(response, "gjaldt fra 15.06.2023, registrert ")
        assertContains(response, "gjaldt fra 15.02.2023, registrert ")

    def test_says_that_an_old_page_was_read(self, reading, story):
        response = reading.get(history_of(story))

        entry = response.context["stories"][-1]
        assert entry.who == "Innlesing av en gammel side"
        assert entry.source == "lest inn fra en gammel side (felles-kommunal-journal.txt)"
        made = [sentence.text for sentence in entry.sentences]
        assert made[0] == "opprettet prosjektet"
        assert "rapporterte Under kontroll, risiko Lav" in made
        assert "la til leveransen MP8 - Avvikling av FKJI AS gjennomført" in made
        assertContains(response, f"Vis {len(made) - 8} til")

    def test_says_only_one_time_where_the_two_are_the_same(self, reading):
        response = reading.get(history_of(ProjectFactory()))

        assertContains(response, "opprettet prosjektet")
        assertNotContains(response, "gjaldt fra")

    def test_is_one_entry_for_each_request(self, client, staff, manager, project):
        milestone = MilestoneFactory(project=project, code="MP7")
        client.force_login(manager)
        client.post(
            f"/prosjekter/fkj/leveranser/{milestone.pk}/flytt/",
            {
                "to": "15.09.2027",
                "cause": "supplier",
                "reason": "De er forsinket.",
                "opened_with": "2026-06-30",
            },
        )
        client.force_login(staff)

        response = client.get(history_of(project), {"person": manager.pk})

        assert told(response) == [
            (
                "Leder Larsen flyttet fristen for MP7 fra 30.06.2026 til 15.09.2027:"
                " De er forsinket. (årsak: leverandør)"
            )
        ]

    def test_names_who_moved_a_date_when_the_past_was_loaded_without_a_login(
        self, reading, project, manager
    ):
        milestone = MilestoneFactory(project=project, code="MP7")
        move_milestone(
            milestone=milestone,
            to=datetime.date(2026, 9, 15),
            by=manager,
            cause=Cause.LEGAL,
            reason="Loven.",
        )

        response = reading.get(history_of(project), {"person": manager.pk})

        sentence = "Leder Larsen flyttet fristen for MP7 fra 30.06.2026 til 15.09.2026: Loven."
        assert f"{sentence} (årsak: juridisk avklaring)" in told(response)
        assertContains(response, "uten innlogging")

    def test_tells_what_was_done_to_milestones(self, reading, project, by, manager):
        milestone = MilestoneFactory(project=project, code="MP5", title="Veileder")
        with by():
            milestone.deliver(on=datetime.date(2026, 6, 1), by=manager)
        with by():
            milestone.reopen()
        with by():
            Milestone.objects.filter(pk=milestone.pk).update(title="Håndbok", description="Ny.")
        with by():
            milestone.withdraw(on=datetime.date(2026, 6, 1), reason="Trengs ikke.")
        with by():
            milestone.restore()
        with by():
            MilestoneFactory(
                project=project, code="MP6", title="Kurs", due_on=None, original_due_on=None
            ).promise(on=datetime.date(2027, 1, 1))

        sentences = told(reading.get(history_of(project)))

        for expected in (
            "markerte MP5 som levert 01.06.2026",
            "angret at MP5 ble levert 01.06.2026",
            "endret navnet på en leveranse fra «MP5 - Veileder» til «MP5 - Håndbok»",
            "endret teksten «beskrivelse» for MP5",
            "satte MP5 som utgått: Trengs ikke.",
            "angret at MP5 er utgått",
            "la til leveransen MP6 - Kurs",
            "satte fristen for MP6 til 01.01.2027",
        ):
            assert f"Leder Larsen {expected}" in sentences

    def test_tells_once_that_the_order_was_changed(self, reading, project, by):
        milestones = MilestoneFactory.create_batch(4, project=project)
        with by():
            milestones[3].put_in_place(1)

        sentences = told(reading.get(history_of(project)))

        assert sentences.count("Leder Larsen endret rekkefølgen på leveransene") == 1

    def test_tells_of_new_baselines(self, reading, project, by, manager):
        milestone = MilestoneFactory(project=project, code="MP7")
        with by():
            move_milestone(
                milestone=milestone,
                to=datetime.date(2026, 9, 15),
                by=manager,
                cause=Cause.LEGAL,
                reason="Loven.",
            )
        with by():
            set_baseline(
                project=project,
                milestones=[milestone],
                decision="Styresak 12/26",
                decided_on=datetime.date(2026, 8, 1),
                by=manager,
            )

        response = reading.get(history_of(project), {"felt": "grunnlinje"})

        assert told(response) == [
            "Leder Larsen satte ny grunnlinje etter vedtak 01.08.2026: Styresak 12/26",
            "Leder Larsen lot avviket for MP7 regnes fra 15.09.2026 i stedet for 30.06.2026",
        ]

    def test_tells_what_was_done_to_the_project(self, reading, project, by):
        user, goal = (
            UserFactory(name="Per Hansen"),
            StrategicGoalFactory(number=3, name="Helsedata"),
        )
        ks, hdir = OwnerFactory(name="KS"), OwnerFactory(name="Helsedirektoratet")
        Project.objects.filter(pk=project.pk).update(owner=ks)
        changes = [
            lambda: Project.objects.filter(pk=project.pk).update(owner=hdir),
            lambda: Project.objects.filter(pk=project.pk).update(lifecycle=Lifecycle.PAUSED),
            lambda: Project.objects.filter(pk=project.pk).update(ingress="Ny ingress."),
            lambda: Project.objects.filter(pk=project.pk).update(owner=None),
            lambda: Project.objects.filter(pk=project.pk).update(report_interval_days=30),
            project.unpublish,
            project.publish,
            lambda: project.managers.add(user),
            lambda: project.managers.remove(user),
            lambda: project.further_goals.add(goal),
            lambda: project.further_goals.clear(),
        ]
        for change in changes:
            with by():
                change()

        sentences = told(reading.get(history_of(project)))

        for expected in (
            "endret eier fra «KS» til «Helsedirektoratet»",
            "endret livsløp fra «Aktiv» til «Satt på pause»",
            "endret teksten «ingress»",
            "fjernet eier, som var «Helsedirektoratet»",
            "satte dager mellom rapporter til 30",
            "avpubliserte prosjektet",
            "publiserte prosjektet",
            "la til Per Hansen som prosjektleder",
            "fjernet Per Hansen som prosjektleder",
            "la til strategimålet «3 - Helsedata»",
            "fjernet strategimålet «3 - Helsedata»",
        ):
            assert f"Leder Larsen {expected}" in sentences

    def test_shows_a_text_before_and_after(self, reading, project):
        Project.objects.filter(pk=project.pk).update(ingress="Før <b>alt</b>.")
        Project.objects.filter(pk=project.pk).update(ingress="Etter alt.")

        response = reading.get(history_of(project))

        assertContains(response, "Før &lt;b&gt;alt&lt;/b&gt;.")
        assertContains(response, "Etter alt.")
        assertContains(response, "Ingress, før")

    def test_tells_reports_unchanged_corrected_and_better_than_the_signal(
        self, reading, project, by, manager
    ):
        first = StatusReportFactory(project=project, reported_by=manager)
        with by():
            StatusReportFactory(project=project, reported_by=manager)
        with by():
            StatusReportFactory(
                project=project,
                corrects=first,
                status=Status.CHALLENGES,
                gap_reason="Datoen er feil.",
                status_text="Ny tekst.",
            )

        response = reading.get(history_of(project), {"felt": "status"})
        every = told(reading.get(history_of(project)))

        corrected = (
            "Leder Larsen rettet rapporten fra 02.03.2026: Noen utfordringer (før: Under kontroll),"
            " risiko Lav. Hvorfor statusen er bedre enn signalet: Datoen er feil."
        )
        assert corrected in told(response)
        unchanged = "Leder Larsen bekreftet at statusen er uendret: Under kontroll, risiko Lav"
        assert unchanged in every
        assert unchanged not in told(response)

    def test_sees_bulk_updates_and_plain_sql(self, reading, project):
        Project.objects.update(title="Masseendret")
        connection.cursor().execute("UPDATE projects_project SET title = 'Rett i basen'")

        sentences = told(reading.get(history_of(project)))

        assert "Systemet endret tittel fra «Felles kommunal journal» til «Masseendret»" in sentences
        assert "Systemet endret tittel fra «Masseendret» til «Rett i basen»" in sentences

    def test_sees_deletions(self, reading, project, by, manager):
        milestone = MilestoneFactory(project=project, code="MP9", title="Sluttrapport")
        move_milestone(
            milestone=milestone,
            to=datetime.date(2026, 9, 15),
            by=manager,
            cause=Cause.LEGAL,
            reason="Loven.",
        )
        with by():
            milestone.delete()

        response = reading.get(history_of(project), {"felt": "slettet"})

        assert told(response) == ["Leder Larsen slettet leveransen MP9 - Sluttrapport"]
        assertContains(response, "Vis alt som ble registrert")
        assert any(
            "flyttet fristen for MP9" in each for each in told(reading.get(history_of(project)))
        )

    def test_is_only_about_its_project(self, reading, project):
        MilestoneFactory(project__title="Et annet")
        SegmentFactory(name="Samstyre")

        response, everything = reading.get(history_of(project)), reading.get(URL)

        for other in ("Et annet", "Samstyre"):
            assertContains(everything, other)
            assertNotContains(response, other)
