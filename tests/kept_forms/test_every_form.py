"""Every form of the application, kept and given back."""

import pytest
from django.urls import reverse

from fkj_portfolio.form_keys import FORM_KEY
from milestones.actions import move_milestone
from projects.models import Project
from tests.factories import (
    ContactFactory,
    MilestoneFactory,
    OwnerFactory,
    ProjectFactory,
    SavedViewFactory,
    StatusReportFactory,
    StrategicGoalFactory,
    UserFactory,
)
from tests.kept_forms.forms import NOTICE, TEXT, WRITTEN, end_login, form_of, log_in, send
from tests.sending import fill_in

pytestmark = pytest.mark.django_db


def typed_in(form):
    """Return what stands in a form, but what is made anew with each page."""
    return {
        name: value for name, value in form.items() if name not in (FORM_KEY, "csrfmiddlewaretoken")
    }


class TestEveryForm:
    """Each kind of form, with what stands in it when it comes back."""

    def comes_back(self, browser, page, **typed):
        url, form = fill_in(browser, page, **typed)
        end_login(browser)

        back = log_in(browser, send(browser, page, url, form))

        assert NOTICE in back.text
        assert typed_in(form_of(back)) == typed_in(form)

    def test_of_a_project(self, browser, project):
        goals = [str(StrategicGoalFactory().pk) for _ in range(2)]
        typed = {"title": "Nytt navn", "lifecycle": "closed", "ingress": TEXT}
        boxes = {"further_goals": goals, "managers": [str(UserFactory().pk)]}

        self.comes_back(
            browser, reverse("projects:project_edit", args=[project.slug]), **typed, **boxes
        )

    def test_of_a_new_project(self, browser):
        self.comes_back(browser, reverse("projects:project_create"), title="Nytt")

    def test_of_an_owner(self, browser):
        owner = OwnerFactory(in_use=False, successor=OwnerFactory())
        self.comes_back(
            browser, reverse("projects:owner_edit", args=[owner.pk]), name="Ny", successor=""
        )

    def test_of_a_new_contact(self, browser):
        owner = OwnerFactory()
        page = f"{reverse('projects:contact_create')}?eier={owner.pk}"
        self.comes_back(browser, page, name="Kari", phone="x", phone_is_public=["on"])

    def test_of_a_contact_with_every_tick_taken_away(self, browser):
        contact = ContactFactory(email="kari@example.no", email_is_public=True)
        page = reverse("projects:contact_edit", args=[contact.pk])
        url, form = fill_in(browser, page)
        ticks = [name for name, value in form.items() if isinstance(value, list)]
        bare = {name: value for name, value in form.items() if name not in ticks}
        end_login(browser)

        back = log_in(browser, send(browser, page, url, bare))

        assert ticks
        assert typed_in(form_of(back)) == typed_in(bare)

    def test_of_a_correction(self, browser, project):
        old = StatusReportFactory(project=project)
        page = f"{reverse('projects:status_report_create', args=[project.slug])}?retter={old.pk}"
        self.comes_back(browser, page, **WRITTEN)

    @pytest.mark.parametrize("is_new", [True, False])
    def test_of_a_saved_view(self, browser, kari, is_new):
        page = f"{reverse('projects:saved_view_create')}?risiko=hoy"
        if not is_new:
            page = reverse("projects:saved_view_edit", args=[SavedViewFactory(owner=kari).slug])
        self.comes_back(browser, page, name="Styret", audience="alle", opens_first=["on"])

    @pytest.mark.parametrize(
        ("command", "typed"),
        [
            (
                "move",
                {"to": "32.13.2099", "cause": "supplier", "reason": TEXT.replace("\r\n", " ")},
            ),
            ("withdraw", {"reason": "Trengs ikke."}),
            ("deliver", {"delivered_on": "i går"}),
            ("edit", {"title": "Nytt navn", "place": "tre", "description": TEXT}),
        ],
    )
    def test_of_a_command_on_a_delivery(self, browser, project, command, typed):
        milestone = MilestoneFactory(project=project)
        page = reverse(f"milestones:milestone_{command}", args=[project.slug, milestone.pk])
        self.comes_back(browser, page, **typed)

    def test_of_a_new_delivery(self, browser, project):
        page = reverse("milestones:milestone_create", args=[project.slug])
        self.comes_back(browser, page, code="MP1", title="Ny", due_on="1.2.2099")

    def test_of_a_baseline(self, browser, project):
        milestone = MilestoneFactory(project=project)
        move_milestone(milestone=milestone, to=milestone.due_on.replace(year=2099), by=None)
        page = reverse("milestones:baseline_create", args=[project.slug])
        typed = {"milestones": [str(milestone.pk)], "decision": "Sak 1", "decided_on": "1.3.2023"}
        self.comes_back(browser, page, **typed)

    def test_of_a_hand_over(self, browser):
        giver, taker = OwnerFactory.create_batch(2)
        ProjectFactory(owner=giver)
        page = f"{reverse('projects:owner_hand_over', args=[giver.pk])}?til={taker.pk}"
        self.comes_back(browser, page, succeed=["on"])

    def test_of_several_projects_leads_back_to_the_plan(self, browser, project):
        page = f"/endre-flere/?felt=livslop&til=avsluttet&prosjekt={project.slug}"
        url, form = fill_in(browser, page)
        end_login(browser)

        back = log_in(browser, send(browser, page, url, form))

        assert form_of(back)["seen"] == form["seen"]
        assert Project.objects.get().lifecycle == "active"
