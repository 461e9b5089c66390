"""Two who change the register at once."""

import pytest
from django.urls import reverse

from projects.actions import digest_of
from projects.models import Contact, Owner, Project
from tests.factories import ContactFactory, OwnerFactory, ProjectFactory
from tests.projects.two_at_once.forms import statuses

pytestmark = pytest.mark.django_db(transaction=True)

OWNER = {"name": "Ny eier", "in_use": "on"}


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
