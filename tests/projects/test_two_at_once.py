"""Two people who change the register, or a project with it, at the same moment."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from accounts.models import User
from projects.actions import digest_of
from projects.models import Contact, Owner, Project
from tests.factories import ContactFactory, OwnerFactory, ProjectFactory, UserFactory

pytestmark = pytest.mark.django_db(transaction=True)

OWNER = {"name": "Ny eier", "in_use": "on"}


@pytest.fixture
def colleagues(db) -> tuple[User, User]:
    """Two who may do everything."""
    return UserFactory(is_superuser=True), UserFactory(is_superuser=True)


@pytest.fixture
def post_at_once(colleagues) -> Callable[..., list[HttpResponse]]:
    """Post for both colleagues at the same moment."""
    barrier = Barrier(2, timeout=10)

    def post(user, url, data):
        client = Client(raise_request_exception=False)
        client.force_login(user)
        barrier.wait()
        try:
            return client.post(url, data)
        finally:
            connection.close()

    def post_both(*asked):
        with ThreadPoolExecutor(2) as pool:
            answers = [
                pool.submit(post, user, url, data)
                for user, (url, data) in zip(colleagues, asked, strict=True)
            ]
            return [answer.result() for answer in answers]

    return post_both


def statuses(answers) -> list[int]:
    return sorted(answer.status_code for answer in answers)


def edit_form(owner: Owner, **changes: object) -> tuple[str, dict[str, object]]:
    url = reverse("projects:owner_edit", args=[owner.pk])
    return url, {"name": owner.name, "in_use": "on", **changes}


def hand_over_form(owner: Owner, to_owner: Owner) -> tuple[str, dict[str, object]]:
    url = reverse("projects:owner_hand_over", args=[owner.pk])
    return f"{url}?til={to_owner.pk}", {"seen": digest_of(owner.projects.all()), "succeed": "on"}


@pytest.mark.parametrize("attempt", range(3))
def test_hand_over_projects_while_one_gets_another_owner(post_at_once, attempt):
    giver, taker = OwnerFactory.create_batch(2)
    projects = ProjectFactory.create_batch(20, owner=giver)
    edit = {"title": "Endret", "lifecycle": "active", "owner": taker.pk}
    url = reverse("projects:project_edit", args=[projects[-1].slug])

    answers = post_at_once(hand_over_form(giver, taker), (url, edit))

    # Who hands over comes first, or is asked again because the projects have changed.
    assert statuses(answers) in ([200, 302], [302, 302])
    assert Project.objects.get(title="Endret").owner == taker


@pytest.mark.parametrize("attempt", range(3))
def test_give_no_project_to_an_owner_that_is_being_retired(post_at_once, attempt):
    giver, taker = OwnerFactory.create_batch(2)
    project = ProjectFactory(title="Annet")
    edit = {"title": "Endret", "lifecycle": "active", "owner": giver.pk}
    url = reverse("projects:project_edit", args=[project.slug])

    answers = post_at_once(hand_over_form(giver, taker), (url, edit))

    assert statuses(answers) == [200, 302]
    giver.refresh_from_db()
    assert giver.in_use == giver.projects.exists()


@pytest.mark.parametrize("attempt", range(3))
def test_let_no_two_owners_succeed_each_other(post_at_once, attempt):
    one, other = OwnerFactory.create_batch(2)

    answers = post_at_once(
        edit_form(one, in_use="", successor=other.pk),
        edit_form(other, in_use="", successor=one.pk),
    )

    assert statuses(answers) == [200, 302]
    assert Owner.objects.filter(successor__isnull=False).count() == 1


@pytest.mark.parametrize("attempt", range(3))
def test_make_one_owner_of_the_same_name(post_at_once, attempt):
    url = reverse("projects:owner_create")

    answers = post_at_once((url, OWNER), (url, OWNER))

    assert statuses(answers) == [200, 302]
    assert Owner.objects.get().slug == "ny-eier"


@pytest.mark.parametrize("attempt", range(3))
def test_give_one_owner_a_name_that_two_want(post_at_once, attempt):
    one, other = OwnerFactory.create_batch(2)

    answers = post_at_once(edit_form(one, name="Nytt navn"), edit_form(other, name="nytt navn"))

    assert statuses(answers) == [200, 302]


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


@pytest.mark.parametrize("attempt", range(3))
def test_make_one_contact_of_the_same_name(post_at_once, attempt):
    url = reverse("projects:contact_create")
    form = {"name": "Kari", "owner": OwnerFactory().pk, "in_use": "on"}

    answers = post_at_once((url, form), (url, form))

    assert statuses(answers) == [200, 302]
    assert Contact.objects.count() == 1


@pytest.mark.parametrize("attempt", range(3))
def test_choose_no_owner_that_is_being_deleted(post_at_once, attempt):
    owner = OwnerFactory()
    form = {"name": "Kari", "owner": owner.pk, "in_use": "on"}

    answers = post_at_once(
        (reverse("projects:contact_create"), form),
        (reverse("projects:owner_delete", args=[owner.pk]), {}),
    )

    assert max(statuses(answers)) == 302
    assert Contact.objects.exists() == Owner.objects.exists()


@pytest.mark.parametrize("attempt", range(3))
def test_retire_a_contact_while_a_project_gets_it(post_at_once, attempt):
    giver, taker = ContactFactory.create_batch(2)
    projects = ProjectFactory.create_batch(20, contact=giver)
    url = reverse("projects:contact_hand_over", args=[giver.pk])
    seen = {"seen": digest_of(giver.projects.all()), "retire": "on"}
    edit = {"title": "Endret", "lifecycle": "active", "contact": taker.pk}

    answers = post_at_once(
        (f"{url}?til={taker.pk}", seen),
        (reverse("projects:project_edit", args=[projects[-1].slug]), edit),
    )

    assert statuses(answers) in ([200, 302], [302, 302])
