"""The address of a project whose title had the words."""

import pytest

from fkj_portfolio.marks import pattern_of
from projects.models import Project
from projects.redaction import find
from tests.factories import (
    ProjectFactory,
)
from tests.projects.redaction.words import MARK, NAME, take_away

pytestmark = pytest.mark.django_db


class TestAddress:
    """The name of the project in the addresses of its pages."""

    def make(self, title):
        return ProjectFactory(title=title, slug=Project.objects.free_slug(title))

    @pytest.mark.parametrize(
        ("title", "phrase", "slug"),
        [
            ("Ola Nordmanns journal", NAME, "journal"),
            ("Journal for Ola Nordmann", NAME, "journal-for"),
            ("KI-lab", "KI lab", "prosjekt"),
            ("Ola Nordmann leder", "Ola, Nordmann", "leder"),
            ("Ola Ola Nordmann Nordmann leder", NAME, "leder"),
        ],
    )
    def test_has_the_words_no_more(self, office, title, phrase, slug):
        project = self.make(title)
        take_away(project, office, phrase)

        project.refresh_from_db()
        assert project.slug == slug
        assert not find(project, pattern_of(phrase), phrase)

    @pytest.mark.parametrize("title", ["Åse Nordmannheimen", "Låse Nordmann"])
    def test_stays_where_it_has_other_words(self, title):
        assert not find(self.make(title), pattern_of("Åse Nordmann"), "Åse Nordmann")

    def test_stays_where_capitals_make_another_word(self, office):
        project = self.make("Rapport per dato")
        Project.objects.filter(pk=project.pk).update(ingress="Per leder.")
        take_away(project, office, "Per", match_case=True)

        project.refresh_from_db()
        assert (project.slug, project.ingress) == ("rapport-per-dato", f"{MARK} leder.")
        assert not find(project, pattern_of("Per", match_case=True), "Per")

    def test_goes_where_an_earlier_title_had_the_words_with_their_capitals(self, office):
        project = self.make("Per sin rapport")
        Project.objects.filter(pk=project.pk).update(title="Rapporten")
        take_away(project, office, "Per", match_case=True)

        project.refresh_from_db()
        assert project.slug == "rapporten"
