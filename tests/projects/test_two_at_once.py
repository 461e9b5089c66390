"""Two people who change the register, or a project with it, at the same moment."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from accounts.models import User
from projects.actions import digest_of
from projects.models import Contact, Owner, Project, ProjectsChange, SavedView
from projects.models.project_queryset import ProjectQuerySet
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


def several_form(user: User, projects, owner: Owner) -> tuple[str, dict[str, object]]:
    """What the page posts that gives these projects another owner."""
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


def redaction_form(user: User, project: Project) -> tuple[str, dict[str, object]]:
    """What the page posts that takes the name away from this project, once it has been found."""
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


class TestSayingYesAgain:
    def test_after_undoing_neither_changes_anything_nor_says_so(self, client, office):
        client.force_login(office)
        project = ProjectFactory(lifecycle="active")
        plan = f"/endre-flere/?felt=livslop&til=avsluttet&prosjekt={project.slug}"
        page = client.get(plan)
        yes = {"seen": page.context["plan"].seen, "token": page.context["token"]}
        change = client.post(plan, yes).url
        client.post(f"{change}angre/", follow=True)

        again = client.post(plan, yes, follow=True)

        assert not list(again.context["messages"])
        project.refresh_from_db()
        assert project.lifecycle == "active"
