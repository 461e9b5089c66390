"""The words that search looks in: kept by the database, whoever changes what they come from."""

import datetime
import threading
from collections.abc import Callable

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from fkj_portfolio.history import as_of
from milestones.models import Milestone
from projects.models import Owner, Project, ProjectWords, StatusReport, TitleWord
from projects.models.search import words_of
from tests.factories import (
    MilestoneFactory,
    OwnerFactory,
    ProjectFactory,
    StatusReportFactory,
)
from tests.past import at, day


def gathered_anew():
    """Return what the words should be, from texts that are put together by other means."""
    expected = {}
    for project in Project.objects.select_related("owner"):
        owner, milestones = project.owner, project.milestones.in_order()
        near = [project.ingress, owner and owner.name, owner and owner.short_name]
        near += [f"{each.code} {each.title}" for each in milestones]
        far = [project.description, *(each.description for each in milestones)]
        newest = project.status_reports.newest_first().first()
        report = [newest.status_text, newest.risk_text] if newest else []
        texts = [project.title, *(" ".join(filter(None, each)) for each in (near, far, report))]
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT projects_word_vector(%s, %s, %s, %s)::text, projects_title_vector(%s)::text",
                [*texts, project.title],
            )
            expected[project.pk] = cursor.fetchone()
    return expected


def kept():
    return {pk: (everywhere, title) for pk, everywhere, title in ProjectWords.objects.values_list()}


def change_owner(project):
    project.owner = OwnerFactory(name="Helse Midt-Norge", short_name="HMN")
    project.save()


def report(project, text, on):
    StatusReportFactory(
        project=project, status_text=text, risk_text=f"Fare {text}", reported_on=day(on)
    )


CHANGES: dict[str, Callable[[Project], object]] = {
    "title": lambda project: Project.objects.update(title="Felles journal"),
    "ingress": lambda project: Project.objects.update(ingress="Én innbygger"),
    "description": lambda project: Project.objects.update(description="Helse/omsorg"),
    "owner": change_owner,
    "no_owner": lambda project: Project.objects.update(owner=None),
    "owner_renamed": lambda project: Owner.objects.update(short_name="KS"),
    "milestone": lambda project: MilestoneFactory(project=project, code="MP9"),
    "many_milestones": lambda project: Milestone.objects.bulk_create(
        MilestoneFactory.build(project=each, description="Mange") for each in Project.objects.all()
    ),
    "milestone_renamed": lambda project: Milestone.objects.update(title="Styringsdokument"),
    "milestone_coded": lambda project: Milestone.objects.filter(position=1).update(code="MP7"),
    "milestone_described": lambda project: Milestone.objects.update(description="Godkjent"),
    "milestone_of_another": lambda project: Milestone.objects.update(project=project),
    "milestone_gone": lambda project: Milestone.objects.all().delete(),
    "first_report": lambda project: report(project, "god", "2026-03-02"),
    "later_report": lambda project: report(project, "verre", "2026-04-02"),
    "earlier_report": lambda project: report(project, "før", "2026-01-02"),
    "by_sql": lambda project: connection.cursor().execute(
        "UPDATE milestones_milestone SET title = title || ' i Åsen'"
    ),
}


@pytest.mark.django_db
class TestProjectWords:
    @pytest.fixture
    def project(self):
        project = ProjectFactory(owner=OwnerFactory(name="KS"), description="Om *prosjektet*")
        MilestoneFactory(project=project, code="MP1", title="Plan", position=1)
        MilestoneFactory(project__title="Et annet", title="Anskaffelse")
        StatusReportFactory(project=project, status_text="Vi er i gang.")
        return project

    @pytest.mark.parametrize("change", CHANGES)
    def test_follow_every_change(self, project, change):
        before = kept()
        CHANGES[change](project)

        assert kept() == gathered_anew()
        assert (kept() == before) == (change == "earlier_report")

    def test_follow_one_change_after_the_other(self, project):
        for change in CHANGES.values():
            change(project)
            assert kept() == gathered_anew()

    def test_go_with_their_project(self, project):
        other = Project.objects.get(title="Et annet")
        other.delete()

        assert kept().keys() == {project.pk}

    def test_hold_nothing_that_readers_do_not_see(self, project):
        report = {"project": project, "gap_reason": "Hemmelig", "owner_name": "Ola"}
        StatusReportFactory(**report, status_text="Verre", reported_on=day("2026-04-02"))
        MilestoneFactory(project=project, obsolete=True, obsolete_reason="Hemmelig")

        everywhere, _title = kept()[project.pk]
        assert "'verre'" in everywhere
        assert "'hemmelig'" not in everywhere
        assert "'ola'" not in everywhere

    def test_are_left_alone_by_what_has_no_words(self, project):
        def version():
            with connection.cursor() as cursor:
                cursor.execute("SELECT ctid FROM projects_projectwords ORDER BY project_id")
                return cursor.fetchall()

        before = version()
        project.publish()
        Milestone.objects.update(is_delivered=True, delivered_on=day("2026-06-01"))
        Owner.objects.update(website="https://www.ks.no/")

        assert version() == before

    @pytest.mark.parametrize("model", [ProjectWords, TitleWord])
    @pytest.mark.parametrize("change", ["update", "delete"])
    def test_are_kept_by_the_database_alone(self, project, model, change):
        field = "word" if model is TitleWord else "title"

        with pytest.raises(IntegrityError, match="words_are_kept_by_the_database"):
            getattr(model.objects.all(), change)(**{field: "x"} if change == "update" else {})

    def test_hold_the_longest_texts(self, project):
        """Also a hundred milestones of 5,000 letters, no two words the same."""
        Milestone.objects.bulk_create(
            MilestoneFactory.build(
                project=project,
                position=number,
                description=" ".join(f"𐐀{number}𐐁{each}" for each in range(500)),
            )
            for number in range(100)
        )

        assert ProjectWords.objects.filter(project=project, everywhere="plan").exists()

    def test_of_a_past_day_are_those_of_that_day(self, story):
        seen = []
        for month in range(1, 13):
            with as_of(datetime.date(2023, month, 20)):
                assert kept() == gathered_anew()
                seen.append(kept())

        assert {} in seen
        assert len({str(words) for words in seen}) > 2

    def test_are_searched_as_of_a_past_day(self):
        with at("2026-03-02"):
            project = ProjectFactory(title="Felles journaler")
            MilestoneFactory(project=project, title="Styringsdokument")
        with at("2026-05-04"):
            project.title = "Åpen timebok"
            project.save()
            Milestone.objects.all().delete()

        assert not Project.objects.search("journal").exists()
        with as_of(day("2026-04-01")):
            assert Project.objects.search("styring journal").best_first("journal").count() == 1
            assert not Project.objects.search("timebok").exists()

    def test_of_titles_stay_when_the_title_goes(self):
        with at("2026-03-02"):
            project = ProjectFactory(title="Felles journal 2030")
        project.title = "Åpen timebok"
        project.save()

        assert set(TitleWord.objects.values_list("word", flat=True)) == {
            *("felles", "journal", "åpen", "timebok")
        }


@pytest.mark.django_db(transaction=True)
class TestTwoAtOnce:
    def assert_stays_true(self, first, second):
        """Let one begin and end slowly; the other comes meanwhile."""
        has_changed = threading.Event()

        def slowly():
            with transaction.atomic():
                first()
                has_changed.set()
                # The other has begun, and waits for this one to end.
                connection.cursor().execute("SELECT pg_sleep(0.3)")
            connection.close()

        def meanwhile():
            has_changed.wait()
            second()
            connection.close()

        threads = [threading.Thread(target=each) for each in (slowly, meanwhile)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert kept() == gathered_anew()

    def test_in_two_milestones(self, project):
        first, second = MilestoneFactory.create_batch(2, project=project)

        self.assert_stays_true(
            lambda: Milestone.objects.filter(pk=first.pk).update(title="Én"),
            lambda: Milestone.objects.filter(pk=second.pk).update(title="To"),
        )

    def test_in_an_owner_and_whose_it_becomes(self, project):
        owner = OwnerFactory(name="Gammelt navn")

        self.assert_stays_true(
            lambda: Owner.objects.filter(pk=owner.pk).update(name="Nytt navn"),
            lambda: Project.objects.filter(pk=project.pk).update(owner=owner),
        )

    def test_in_whose_it_becomes_and_an_owner(self, project):
        owner = OwnerFactory(name="Gammelt navn")

        self.assert_stays_true(
            lambda: Project.objects.filter(pk=project.pk).update(owner=owner),
            lambda: Owner.objects.filter(pk=owner.pk).update(name="Nytt navn"),
        )

    def test_in_an_owner_and_a_new_project(self):
        owner = OwnerFactory(name="Gammelt navn")

        self.assert_stays_true(
            lambda: Owner.objects.filter(pk=owner.pk).update(name="Nytt navn"),
            lambda: ProjectFactory(owner=owner),
        )

    def test_in_a_report_and_a_milestone(self, project):
        self.assert_stays_true(
            lambda: StatusReport.objects.create(
                project=project,
                status="on_track",
                status_text="God fremdrift",
                risk_level="low",
                reported_on=timezone.localdate(),
            ),
            lambda: MilestoneFactory(project=project),
        )

    def test_emptied_tables_leave_none(self, project):
        MilestoneFactory(project=project, title="Plan")
        with connection.cursor() as cursor:
            cursor.execute("TRUNCATE milestones_milestone CASCADE")

        assert kept() == gathered_anew()


class TestWordsOf:
    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("Felles  journal", ["felles", "journal"]),
            ("MP5, mp5 og 2023", ["mp5", "og", "2023"]),
            ("helse/omsorg & e-helse", ["helse", "omsorg", "e"]),
            ("A\u030asen Åsen jour\u00adnal", ["åsen", "journal"]),
            ("a:* | !b <-> 'c' \\d _", ["a", "b", "c", "d"]),
            ("&|!()<>:*\\' ´`\"%_", []),
        ],
    )
    def test_are_letters_and_numbers(self, text, words):
        assert words_of(text) == words
