"""Texts as they are saved, whoever sends them."""

import pytest
from bs4 import BeautifulSoup
from django.apps import apps
from django.db import IntegrityError, connection, models
from pytest_django.asserts import assertContains

from fkj_portfolio.fields import LineField, TextField
from fkj_portfolio.visible import clean_line, clean_text
from milestones.models import Milestone
from projects.models import Owner, Project, Segment, Strategy
from tests.factories import (
    ContactFactory,
    MilestoneFactory,
    OwnerFactory,
    ProjectFactory,
    StatusReportFactory,
)

#: The same name, as it may be typed, pasted or read from a file.
ALIKE = [
    "A\u030as kommune",
    "Ås  kommune",
    "Ås\u00a0kommune",
    "\ufeffÅs\tkommune ",
    "Ås\r\nkommune",
]


class TestCleanText:
    @pytest.mark.parametrize(
        ("typed", "kept"),
        [
            ("en\r\nto\rtre", "en\nto\ntre"),
            ("en\u2028to\u2029tre\x85fire", "en\nto\ntre\nfire"),
            ("en\x0bto\x0ctre", "en\nto\ntre"),
            ("en\tto", "en to"),
            ("- en\n\t- to", "- en\n    - to"),
            ("\ufeffen\ufffe\uffff\x07\x1f\x7f", "en"),
            ("A\u030as", "Ås"),
            ("to  mellomrom\u00a0og ett", "to  mellomrom\u00a0og ett"),
            ("Vi er på vei – «snart» …", "Vi er på vei – «snart» …"),
            ("👩\u200d🔧 bryt\u00adning", "👩\u200d🔧 bryt\u00adning"),
            (" \u200b\n", ""),
        ],
    )
    def test_is_written_in_one_way(self, typed, kept):
        assert clean_text(typed) == kept
        assert clean_text(kept) == kept

    @pytest.mark.parametrize("typed", ALIKE)
    def test_of_one_line_has_single_spaces(self, typed):
        assert clean_line(typed) == "Ås kommune"


@pytest.mark.django_db
class TestSaved:
    @pytest.mark.parametrize("typed", ALIKE)
    def test_names_are_the_same_however_they_are_typed(self, typed):
        owner = OwnerFactory(name=typed)
        contact = ContactFactory(name=typed, owner=owner)
        milestone = MilestoneFactory(code=typed, title=typed)
        things = [owner, contact, Segment.objects.create(name=typed, slug="as")]

        for thing in things:
            assert thing.name == "Ås kommune"
            assert type(thing).objects.get(name=typed) == thing
            thing.refresh_from_db()
            assert thing.name == "Ås kommune"
        assert Owner.objects.named(typed).get() == owner
        assert str(Milestone.objects.get(pk=milestone.pk)) == "Ås kommune - Ås kommune"

    @pytest.mark.parametrize("typed", ALIKE)
    def test_no_two_owners_have_the_same_name(self, client, administrator, typed):
        OwnerFactory(name="Ås kommune")
        client.force_login(administrator)

        response = client.post("/eiere/ny/", {"name": typed, "in_use": "on"})

        assertContains(response, "Det finnes allerede en eier med dette navnet")
        assert Owner.objects.count() == 1

    def test_many_at_once_and_by_update_too(self):
        project = ProjectFactory()
        Project.objects.bulk_create([Project(title="A\u030a  B", slug="a", ingress="en\r\nto")])
        Project.objects.filter(pk=project.pk).update(title=" En\u00a0to ", description="en\rto")

        saved = Project.objects.order_by("slug").values_list("title", "ingress", "description")
        assert [*saved] == [("Å B", "en\nto", ""), ("En to", "", "en\nto")]

    def test_reports_have_plain_line_ends(self):
        report = StatusReportFactory(status_text="en\r\nto", risk_text="\ufeffA\u030a\t1")

        report.refresh_from_db()
        assert (report.status_text, report.risk_text) == ("en\nto", "Å 1")

    def test_vocabularies_of_the_admin_too(self, client, administrator):
        client.force_login(administrator)
        goals = {"goals-TOTAL_FORMS": "0", "goals-INITIAL_FORMS": "0"}
        data = {"name": "A\u030a \u00a0B", "starts_on": "2031-01-01", "ends_on": "2032-01-01"}

        client.post("/admin/projects/strategy/add/", data | goals)

        assert Strategy.objects.get().name == "Å B"

    def test_an_unchanged_text_is_no_change(self, client, office):
        """A browser sends two characters for each line end."""
        project = ProjectFactory(title="Én", description="en\n\nto", ingress="a\nb")
        client.force_login(office)
        page = f"{project.get_absolute_url()}rediger/"
        form = BeautifulSoup(client.get(page).content, "html.parser").select_one("main form")
        sent = {box.get("name"): box.get("value", "") for box in form.select("input[name]")}
        sent |= {box["name"]: box.text.removeprefix("\n") for box in form.select("textarea")}
        sent |= {"lifecycle": "active", "title": "To"}
        crlf = {name: value.replace("\n", "\r\n") for name, value in sent.items()}
        # A colleague has changed the texts meanwhile.
        Project.objects.update(description="tre\n\nfire")

        client.post(page, crlf)

        project.refresh_from_db()
        saved = (project.title, project.ingress, project.description)
        assert saved == ("To", "a\nb", "tre\n\nfire")


class TestModels:
    def test_keep_all_that_people_write_clean(self):
        """Addresses, numbers and what the site writes itself are checked otherwise, or need not be."""
        checked = (models.SlugField, models.EmailField, models.URLField, LineField, TextField)
        unclean = {
            f"{model.__name__}.{field.name}"
            for app in ("accounts", "projects", "milestones")
            for model in apps.get_app_config(app).get_models()
            if not hasattr(model, "pgh_tracked_model")
            for field in model._meta.local_fields
            if isinstance(field, models.CharField | models.TextField)
            and not (field.choices or isinstance(field, checked))
        }

        assert unclean == {
            *("User.password", "Owner.organisation_number", "SavedView.query", "TitleWord.word"),
            *("Session.session_key", "Session.session_data", "SentForm.mark", "Redaction.mark"),
            *("AddressName.kind", "AddressName.slug"),
        }


@pytest.mark.django_db
class TestGuard:
    @pytest.mark.parametrize(
        ("table", "column", "truth"),
        [
            ("projects_owner", "name", "owner_names_are_written_in_one_way"),
            ("projects_owner", "short_name", "owner_names_are_written_in_one_way"),
            ("projects_contact", "name", "contact_name_is_written_in_one_way"),
            ("projects_project", "title", "project_title_is_written_in_one_way"),
            ("milestones_milestone", "code", "milestone_names_are_written_in_one_way"),
            ("milestones_milestone", "title", "milestone_names_are_written_in_one_way"),
        ],
    )
    @pytest.mark.parametrize(
        "name", ["A\u030a", "en  to", "en\u00a0to", " en", "en ", "e\tn", "\ufeffen"]
    )
    def test_no_name_is_written_otherwise(self, table, column, truth, name):
        ContactFactory()
        MilestoneFactory()

        with (
            pytest.raises(IntegrityError, match=truth),
            connection.cursor() as cursor,
        ):
            cursor.execute(f"UPDATE {table} SET {column} = %s", [name])
