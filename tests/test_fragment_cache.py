"""Parts of pages that are made once of the same things."""

import pytest
from django.template import engines
from django.utils import translation
from django.utils.safestring import SafeString

from fkj_portfolio.fragment_cache import FRAGMENTS, Fragments, values_of
from projects.dimensions.goal import GOAL
from projects.dimensions.owner import OWNER
from projects.models import Project
from tests.factories import MilestoneFactory, OwnerFactory, ProjectFactory


def render(text, **things):
    page = engines["django"].from_string("{% load fragments %}" + text)
    return page.render({"goal": GOAL, "owner": OWNER, **things})


GOAL_CELL = '{% fragment "overview/_overview_cell.html" column=goal project=project %}'
OWNER_CELL = '{% fragment "overview/_overview_cell.html" column=owner project=project %}'


@pytest.fixture(autouse=True)
def _nothing_kept():
    FRAGMENTS.kept.clear()
    FRAGMENTS.used = 0


@pytest.mark.django_db
class TestFragment:
    def test_is_made_once_for_every_reading_of_the_same_values(self, project):
        render(GOAL_CELL, project=Project.objects.get(pk=project.pk))
        [(key, (_made, room))] = FRAGMENTS.kept.items()
        FRAGMENTS.kept[key] = (SafeString("As it was kept"), room)

        again = render(GOAL_CELL, project=Project.objects.get(pk=project.pk))

        assert again == "As it was kept"
        assert len(FRAGMENTS.kept) == 1

    def test_is_made_anew_of_whatever_was_read_with_it(self):
        project = ProjectFactory(owner=OwnerFactory(short_name="", name="Bydel"))
        together = Project.objects.select_related("owner")
        assert "Bydel" in render(OWNER_CELL, project=together.get())

        assert len(FRAGMENTS.kept) == 1

        project.owner.name = "Kommunen"
        project.owner.save()

        assert "Kommunen" in render(OWNER_CELL, project=together.get())

    def test_is_made_in_each_language(self, project):
        norwegian = render(GOAL_CELL, project=project)
        with translation.override("en"):
            assert render(GOAL_CELL, project=project) != norwegian
        assert len(FRAGMENTS.kept) == 2

    def test_asks_nothing_of_the_database(self):
        ProjectFactory(owner=OwnerFactory())

        with pytest.raises(RuntimeError, match="asks nothing"):
            render(OWNER_CELL, project=Project.objects.get())

    def test_sees_no_token_and_no_reader(self, rf, staff):
        request = rf.get("/")
        request.user = staff
        button = (
            '"project_page/_milestone_button.html"'
            " milestone=milestone action='/' words='' name='' focus='' %}"
        )
        things = {"milestone": MilestoneFactory()}

        def made(tag):
            return engines["django"].from_string(tag).render(things, request)

        assert "csrfmiddlewaretoken" in made(
            "{% include " + button.replace(" milestone=", " with milestone=")
        )
        assert "csrfmiddlewaretoken" not in made("{% load fragments %}{% fragment " + button)


@pytest.mark.django_db
class TestValues:
    def test_are_the_same_for_the_same_row(self, project):
        assert values_of(Project.objects.get(pk=project.pk)) == values_of(
            Project.objects.get(pk=project.pk)
        )

    def test_tell_what_was_read_with_a_row(self, project):
        managed = Project.objects.prefetch_related("managers").get(pk=project.pk)

        assert "Leder Larsen" in str(values_of(managed))
        assert "Leder Larsen" not in str(values_of(Project.objects.get(pk=project.pk)))

    def test_refuse_what_may_change_unseen(self):
        with pytest.raises(AssertionError):
            values_of({"a": 1})


class TestFragments:
    def test_forget_what_was_not_asked_for_long(self):
        fragments = Fragments(characters=10)
        for key in "abac":
            fragments.recall(key, lambda: "xx")

        assert list(fragments.kept) == ["a", "c"]

    def test_count_what_they_are_made_of_too(self):
        fragments = Fragments(characters=1000)
        for number in range(100):
            fragments.recall(("x" * 90, number), lambda: "xx")

        assert 5 < len(fragments.kept) < 11
