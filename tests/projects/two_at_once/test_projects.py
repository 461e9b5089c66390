"""Two who change projects or views at once."""

import time

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from projects.models import Project, SavedView
from projects.models.project_queryset import ProjectQuerySet
from tests.factories import ProjectFactory
from tests.projects.two_at_once.forms import statuses

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("attempt", range(3))
def test_make_one_project_of_the_same_title(post_at_once, attempt):
    url = reverse("projects:project_create")
    form = {"title": "Nytt tiltak", "lifecycle": "active"}

    answers = post_at_once((url, form), (url, form))

    assert statuses(answers) == [200, 302]
    assert Project.objects.get().slug == "nytt-tiltak"


@pytest.mark.parametrize("attempt", range(3))
def test_make_two_projects_whose_titles_give_one_address(post_at_once, attempt):
    url = reverse("projects:project_create")

    answers = post_at_once(
        (url, {"title": "Nytt tiltak", "lifecycle": "active"}),
        (url, {"title": "Nytt tiltak!", "lifecycle": "active"}),
    )

    assert statuses(answers) == [302, 302]
    assert {each.slug for each in Project.objects.all()} == {"nytt-tiltak", "nytt-tiltak-2"}


def redaction_form(user: User, project: Project) -> tuple[str, dict[str, object]]:
    """Return what the page posts that takes the name away from this project, once it has been found."""
    client = Client()
    client.force_login(user)
    url = reverse("projects:redaction_create", args=[project.slug])
    form = {"phrase": "Ola Nordmann", "reason": "personal"}
    found = client.post(url, form | {"find": "1"}).context["form"].found
    return url, form | {"seen": found.digest, "remove": "1"}


def test_give_two_redacted_projects_each_an_address(post_at_once, colleagues, monkeypatch):
    choose = ProjectQuerySet.free_slug

    def choose_slowly(projects, title):
        slug = choose(projects, title)
        time.sleep(0.3)
        return slug

    monkeypatch.setattr(ProjectQuerySet, "free_slug", choose_slowly)
    projects = [
        ProjectFactory(title="Journal for Ola, Nordmann", slug=f"ola-nordmann{end}")
        for end in ("", "-2")
    ]

    answers = post_at_once(*map(redaction_form, colleagues, projects))

    assert statuses(answers) == [302, 302]
    assert {each.slug for each in Project.objects.all()} == {"journal-for", "journal-for-2"}


def test_set_the_standard_view(post_at_once):
    def new_view(name):
        return reverse("projects:saved_view_create"), {"name": name, "audience": "alle"}

    answers = post_at_once(new_view("Den ene"), new_view("Den andre"))

    # The second has not seen the standard that it would replace, and is asked again.
    assert statuses(answers) == [200, 302]
    assert SavedView.objects.get().is_standard


def test_save_views_whose_names_make_one_address(post_at_once):
    url = reverse("projects:saved_view_create")

    answers = post_at_once(*[(url, {"name": "Styret", "audience": "bare-eieren"})] * 2)

    assert statuses(answers) == [302, 302]
    assert set(SavedView.objects.values_list("slug", flat=True)) == {"styret", "styret-2"}
