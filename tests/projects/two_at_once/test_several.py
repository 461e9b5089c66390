"""Two who change several projects at once."""

from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from projects.models import Owner, Project, ProjectsChange
from tests.factories import OwnerFactory, ProjectFactory
from tests.projects.two_at_once.forms import statuses

pytestmark = pytest.mark.django_db(transaction=True)


def several_form(user: User, projects, owner: Owner) -> tuple[str, dict[str, object]]:
    """Return what the page posts that gives these projects another owner."""
    client = Client()
    client.force_login(user)
    chosen = [("prosjekt", project.slug) for project in projects]
    url = f"/endre-flere/?{urlencode([*chosen, ('felt', 'eier'), ('til', owner.pk)])}"
    page = client.get(url).context
    return url, {"seen": page["plan"].seen, "token": str(page["token"])}


@pytest.mark.parametrize("attempt", range(3))
def test_give_several_projects_to_one_of_two_owners(post_at_once, colleagues, attempt):
    one, other = OwnerFactory.create_batch(2)
    projects = ProjectFactory.create_batch(20)
    forms = [
        several_form(colleagues[0], projects, one),
        several_form(colleagues[1], reversed(projects), other),
    ]

    answers = post_at_once(*forms)

    assert statuses(answers) == [302, 409]
    assert {one.projects.count(), other.projects.count()} == {0, 20}


@pytest.mark.parametrize("attempt", range(3))
def test_change_several_projects_once_on_two_clicks(post_at_once, colleagues, attempt):
    owner = OwnerFactory()
    form = several_form(colleagues[0], ProjectFactory.create_batch(20), owner)

    answers = post_at_once(form, form)

    assert statuses(answers) == [302, 302]
    assert ProjectsChange.objects.get().projects.count() == 20


@pytest.mark.parametrize("attempt", range(3))
def test_change_several_projects_while_one_gets_another_owner(post_at_once, colleagues, attempt):
    one, other = OwnerFactory.create_batch(2)
    projects = ProjectFactory.create_batch(20)
    edit = {"title": "Endret", "lifecycle": "active", "owner": other.pk}

    answers = post_at_once(
        several_form(colleagues[0], projects, one),
        (reverse("projects:project_edit", args=[projects[-1].slug]), edit),
    )

    # Who changes several comes first, or is asked again and has changed none.
    assert Project.objects.get(title="Endret").owner == other
    assert (statuses(answers), one.projects.count()) in (([302, 302], 19), ([302, 409], 0))


@pytest.mark.parametrize("attempt", range(3))
def test_undo_a_change_of_several_projects_once(post_at_once, colleagues, attempt):
    projects, owner = ProjectFactory.create_batch(20), OwnerFactory()
    post_at_once(*[several_form(colleagues[0], projects, owner)] * 2)
    url = reverse("projects:several_undo", args=[ProjectsChange.objects.get().pk])

    answers = post_at_once((url, {}), (url, {}))

    assert statuses(answers) == [302, 409]
    assert not owner.projects.exists()


@pytest.mark.parametrize("attempt", range(3))
def test_undo_a_change_while_one_gets_another_owner(post_at_once, colleagues, attempt):
    one, other = OwnerFactory.create_batch(2)
    projects = ProjectFactory.create_batch(20)
    post_at_once(*[several_form(colleagues[0], projects, one)] * 2)
    edit = {"title": "Endret", "lifecycle": "active", "owner": other.pk}

    answers = post_at_once(
        (reverse("projects:several_undo", args=[ProjectsChange.objects.get().pk]), {}),
        (reverse("projects:project_edit", args=[projects[-1].slug]), edit),
    )

    assert Project.objects.get(title="Endret").owner == other
    assert (statuses(answers), one.projects.count()) in (([302, 302], 0), ([302, 409], 19))
