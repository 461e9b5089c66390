import datetime
import uuid

import pghistory
import pytest
from django.contrib.auth.models import Group
from django.db import connection
from pytest_django.asserts import assertContains, assertNotContains, assertTemplateNotUsed

from accounts.models import User
from milestones.actions import move_milestone, set_baseline
from milestones.models import Cause, Milestone
from projects.models import (
    Lifecycle,
    Owner,
    PortfolioSettings,
    Project,
    Status,
)
from tests.cast import LOGGED_IN
from tests.factories import (
    ContactFactory,
    MilestoneFactory,
    OwnerFactory,
    ProjectFactory,
    SegmentFactory,
    StatusReportFactory,
    StrategicGoalFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

URL = "/historikk/"


def history_of(project):
    return f"/prosjekter/{project.slug}/historikk/"


def told(response):
    """The entries as they are read: who, and what she did."""
    return [
        f"{story.who} {sentence.text}"
        for story in response.context["stories"]
        for sentence in story.sentences
    ]


@pytest.fixture
def reading(client, staff):
    """A client that reads the history."""
    client.force_login(staff)
    return client


@pytest.fixture
def by(manager):
    """Let the manager do something, as a page of the application does."""
    return lambda: pghistory.context(user=manager.pk, request=str(uuid.uuid4()))


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

        response = reading.get(history_of(project))

        assertNotContains(response, "Et annet")
        assertNotContains(response, "Samstyre")

    @pytest.mark.parametrize("person", LOGGED_IN)
    def test_is_open_to_staff_also_before_the_project_is_published(self, client, log_in, person):
        log_in(client, person)

        assert client.get(history_of(ProjectFactory(draft=True))).status_code == 200

    def test_sends_readers_to_the_login(self, client, project):
        response = client.get(history_of(project))

        assert response.status_code == 302
        assert response["Location"] == "/konto/logg-inn/?next=/prosjekter/fkj/historikk/"

    def test_sends_htmx_readers_to_the_login_on_a_page_of_its_own(self, htmx_client, project):
        assert htmx_client.get(history_of(project))["HX-Redirect"].startswith("/konto/logg-inn/")

    def test_knows_no_project_that_is_not_there(self, reading):
        assert reading.get("/prosjekter/finnes-ikke/historikk/").status_code == 404

    def test_refuses_other_methods(self, reading, project):
        assert reading.post(history_of(project)).status_code == 405

    @pytest.mark.parametrize("person", LOGGED_IN)
    def test_is_linked_from_the_project_for_staff_only(self, client, log_in, person, project):
        assertNotContains(client.get(project.get_absolute_url()), history_of(project))

        log_in(client, person)

        assertContains(client.get(project.get_absolute_url()), f'href="{history_of(project)}"')

    @pytest.mark.parametrize("number", [10, 1000])
    def test_needs_as_many_queries_for_many_events(
        self, htmx_client, staff, project, manager, number, django_assert_num_queries
    ):
        htmx_client.force_login(staff)
        _change_often([project], number, by=manager)

        # The session, the user, the project; who has changed something (their keys, the users, and
        # those who have been deleted); the number of entries, their keys and events; and the names
        # of projects, owners and users.
        with django_assert_num_queries(12):
            response = htmx_client.get(history_of(project))

        assert response.context["page"].paginator.count > number


class TestHistory:
    def test_tells_of_owners_and_contacts(self, reading, by):
        owner = OwnerFactory(name="KS")
        contact = ContactFactory(owner=owner, name="Håkon Grimstad", email="hakon@example.no")
        with by():
            Owner.objects.filter(pk=owner.pk).update(name="Kommunesektoren", in_use=False)
        with by():
            contact.email_is_public = True
            contact.save()
        with by():
            contact.phone, contact.email, contact.email_is_public = "12345678", "", False
            contact.save()
        with by():
            contact.in_use = False
            contact.save()
        with by():
            contact.delete()

        sentences = told(reading.get(URL))

        for expected in (
            "endret navn fra «KS» til «Kommunesektoren»",
            "tok Kommunesektoren ut av bruk",
            "gjorde e-postadressen til Håkon Grimstad synlig for alle",
            "skjulte e-postadressen til Håkon Grimstad for andre enn ansatte",
            "fjernet e-post, som var «hakon@example.no»",
            "satte telefon til «12345678»",
            "tok kontaktpersonen Håkon Grimstad ut av bruk",
            "slettet kontaktpersonen Håkon Grimstad",
        ):
            assert f"Leder Larsen {expected}" in sentences

    def test_tells_of_users_and_roles(self, reading, by):
        user, group = UserFactory(name="Per"), Group.objects.create(name="Porteføljekontor")
        with by():
            user.groups.add(group)
        with by():
            user.groups.remove(group)
        with by():
            User.objects.filter(pk=user.pk).update(is_active=False)
        with by():
            User.objects.filter(pk=user.pk).update(is_superuser=True, is_active=True)

        response = reading.get(URL, {"slag": "rolle"})

        for expected in (
            "ga Per rollen Porteføljekontor",
            "fratok Per rollen Porteføljekontor",
            "stengte innloggingen for Per",
            "lot Per logge inn igjen",
            "ga Per alle rettigheter",
        ):
            assert f"Leder Larsen {expected}" in told(response)
        assert "Systemet opprettet brukeren Per" in told(response)

    def test_says_so_when_a_role_has_been_deleted(self, reading):
        group = Group.objects.create(name="Porteføljekontor")
        UserFactory(name="Per").groups.add(group)
        group.delete()

        assert "Systemet ga Per rollen en rolle som er slettet" in told(reading.get(URL))

    def test_tells_of_vocabularies_and_settings(self, reading, by):
        segment = SegmentFactory(name="Samstyre")
        rules = PortfolioSettings.objects.create()
        StrategicGoalFactory(number=1, name="Medvirkning")
        with by():
            segment.name = "Styre sammen"
            segment.save()
        with by():
            rules.signal_is_public, rules.report_interval_days = True, 90
            rules.save()

        sentences = told(reading.get(URL, {"slag": "oppsett"}))

        for expected in (
            "Leder Larsen endret navn fra «Samstyre» til «Styre sammen»",
            "Leder Larsen gjorde signalet synlig for alle",
            "Leder Larsen endret dager mellom rapporter fra 120 til 90",
            "Systemet la til segmentet Samstyre",
            "Systemet la til strategimålet «Medvirkning»",
            "Systemet satte reglene for porteføljen",
        ):
            assert expected in sentences

    def test_keeps_a_project_that_was_deleted(self, reading, by):
        project = ProjectFactory(title="Borte", slug="borte")
        MilestoneFactory(project=project, code="MP1", title="Alt")
        with by():
            project.delete()

        response = reading.get(URL, {"prosjekt": "borte"})

        assert "Leder Larsen slettet prosjektet" in told(response)
        assert "Leder Larsen slettet leveransen MP1 - Alt" in told(response)
        assertContains(response, "Borte (slettet)")
        assertNotContains(response, 'href="/prosjekter/borte/"')

    def test_keeps_a_user_that_was_deleted(self, reading, project):
        user = UserFactory(name="Borte Bakke")
        pk = user.pk
        with pghistory.context(user=pk):
            project.unpublish()
            user.delete()

        response = reading.get(URL, {"person": pk, "felt": "publisering"})

        assert told(response) == ["Borte Bakke avpubliserte prosjektet"]

    def test_links_each_entry_to_its_thing(self, reading, project):
        contact = ContactFactory(name="Kari")

        response = reading.get(URL)

        assertContains(
            response, '<a href="/prosjekter/fkj/">Felles kommunal journal</a>', html=True
        )
        assertContains(response, f'<a href="/kontakter/{contact.pk}/">Kari</a>', html=True)

    def test_has_the_newest_first(self, reading, story):
        ProjectFactory(title="Av i dag")

        stories = reading.get(URL).context["stories"]

        times = [each.entry.key.true_from for each in stories]
        assert times == sorted(times, reverse=True)
        assert times[0].year > 2023

    @pytest.mark.parametrize(
        ("kind", "sentence"),
        [
            ("prosjekt", "opprettet prosjektet"),
            ("leveranse", "la til leveransen MP1 - Alt"),
            ("rapport", "rapporterte Under kontroll, risiko Lav"),
            ("eier", "la til eieren KS"),
            ("kontaktperson", "la til kontaktpersonen Kari"),
            ("rolle", "opprettet brukeren Ansatt Hansen"),
            ("oppsett", "la til segmentet Samstyre"),
        ],
    )
    def test_filters_by_kind(self, reading, kind, sentence):
        owner = OwnerFactory(name="KS")
        project = ProjectFactory(owner=owner)
        MilestoneFactory(project=project, code="MP1", title="Alt")
        StatusReportFactory(project=project)
        ContactFactory(owner=owner, name="Kari")
        SegmentFactory(name="Samstyre")

        response = reading.get(URL, {"slag": kind})

        assert told(response) == [f"Systemet {sentence}"]

    @pytest.mark.parametrize(
        ("field", "count"),
        [("frist", 2), ("utgatt", 1), ("status", 3), ("prosjektleder", 1), ("opprettet", 1)],
    )
    def test_filters_by_field(self, reading, story, field, count):
        response = reading.get(URL, {"felt": field, "prosjekt": story.slug})

        assert response.context["page"].paginator.count == count

    def test_filters_by_person_and_by_nobody(self, reading, story):
        kari = User.objects.get(name="Kari Nordmann")

        hers = reading.get(history_of(story), {"person": kari.pk})
        nobodys = reading.get(history_of(story), {"person": "uten-innlogging"})

        assert len(told(hers)) == 5
        assert {each.who for each in hers.context["stories"]} == {"Kari Nordmann"}
        assert "Kari Nordmann" not in {each.who for each in nobodys.context["stories"]}
        assertContains(
            hers, 'data-wrap="wrap" href="/prosjekter/felles-kommunal-journal/historikk/"'
        )

    def test_offers_only_who_has_changed_something(self, reading, story, office):
        persons = dict(
            reading.get(history_of(story)).context["filter_form"].fields["person"].choices
        )

        assert "Kari Nordmann" in persons.values()
        assert "Kontor Nilsen" not in persons.values()

    def test_says_when_nothing_fits(self, reading, project):
        response = reading.get(URL, {"slag": "eier", "felt": "frist"})

        assertContains(response, "Ingen endringer passer")
        assertContains(response, "0 endringer")

    def test_says_when_nothing_fits_and_one_kind_is_left(self, reading, project):
        assertContains(reading.get(URL, {"slag": "rapport"}), "Ingen endringer passer")

    @pytest.mark.parametrize(
        ("query", "note"),
        [
            ({"person": "999999"}, "Av hvem"),
            ({"person": "æ"}, "Av hvem"),
            ({"person": "1\0"}, "Av hvem"),
            ({"felt": "passord"}, "Hva som er endret"),
            ({"felt": "a\0b"}, "Hva som er endret"),
            ({"slag": "x" * 5000}, "Type"),
            ({"prosjekt": "finnes-ikke"}, "Prosjekt"),
        ],
    )
    def test_says_which_filter_it_does_not_know(self, reading, project, query, note):
        response = reading.get(URL, query)

        assertContains(response, f"{note}: Vi kjenner ikke verdien")
        assertContains(response, "opprettet prosjektet")

    @pytest.mark.parametrize("value", ["\0", "\u200b"])
    def test_does_not_quote_what_nobody_sees(self, reading, project, value):
        response = reading.get(URL, {"felt": value})

        assertContains(response, "Hva som er endret: Verdien har bare usynlige tegn")

    @pytest.mark.parametrize("side", ["999999999999999999", "-1", "æ", "\0", ""])
    def test_takes_odd_pages_calmly(self, reading, project, side):
        assertContains(reading.get(URL, {"side": side}), "opprettet prosjektet")

    def test_has_pages(self, reading):
        ProjectFactory.create_batch(30)

        first, second = reading.get(URL), reading.get(URL, {"side": "2"})

        assert len(first.context["stories"]) == 25
        keys = [each.entry.key for each in (*first.context["stories"], *second.context["stories"])]
        assert len(keys) == len(set(keys))

    def test_sends_htmx_only_the_results_and_a_readable_address(self, htmx_client, staff, project):
        htmx_client.force_login(staff)

        response = htmx_client.get(URL, {"slag": "prosjekt", "felt": "", "person": ""})

        assertContains(response, 'id="history-results"')
        assertTemplateNotUsed(response, "base.html")
        assert response["HX-Replace-Url"] == "/historikk/?slag=prosjekt"
        assert "HX-Request" in response["Vary"]

    @pytest.mark.parametrize("person", LOGGED_IN)
    def test_is_open_to_staff(self, client, log_in, person):
        log_in(client, person)

        assert client.get(URL).status_code == 200

    def test_sends_readers_to_the_login(self, client):
        response = client.get(URL)

        assert response.status_code == 302
        assert response["Location"] == "/konto/logg-inn/?next=/historikk/"

    def test_refuses_other_methods(self, reading):
        assert reading.post(URL).status_code == 405

    def test_is_linked_from_every_page_for_staff_only(self, client, staff):
        link = '<a href="/historikk/">Historikk for porteføljen</a>'
        assertNotContains(client.get("/"), link, html=True)

        client.force_login(staff)

        assertContains(client.get("/"), link, html=True)

    def test_speaks_english_and_nynorsk_too(self, reading, project):
        for language, sentence in (("en", "made the project"), ("nn", "oppretta prosjektet")):
            reading.cookies["django_language"] = language
            assertContains(reading.get(URL), sentence)

    @pytest.mark.parametrize("number", [10, 1000])
    def test_needs_as_many_queries_for_many_events(
        self, htmx_client, staff, manager, number, django_assert_num_queries
    ):
        htmx_client.force_login(staff)
        _change_often(ProjectFactory.create_batch(3), number, by=manager)

        # As for one project, without the project itself, and with the projects to choose from and
        # the deleted ones.
        with django_assert_num_queries(12):
            response = htmx_client.get(URL, {"slag": "leveranse"})

        assert response.context["page"].paginator.count > number / 2


def _change_often(projects, number, *, by):
    """Change projects and milestones by turns, as that many requests do."""
    owner = OwnerFactory()
    milestones = [MilestoneFactory(project=project) for project in projects]
    for turn in range(number):
        with pghistory.context(user=by.pk, turn=turn):
            where = turn // 2 % len(projects)
            if turn % 2:
                new = owner if turn // 2 // len(projects) % 2 == 0 else None
                Project.objects.filter(pk=projects[where].pk).update(
                    owner=new, ingress=f"Turn {turn}"
                )
            else:
                Milestone.objects.filter(pk=milestones[where].pk).update(title=f"Turn {turn}")
