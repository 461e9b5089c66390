"""The log of the tests: where it is, what it tells, and many changes in it."""

import pghistory

from milestones.models import Milestone
from projects.models import (
    Project,
)
from tests.factories import (
    MilestoneFactory,
    OwnerFactory,
)

URL = "/historikk/"


def history_of(project):
    return f"/prosjekter/{project.slug}/historikk/"


def told(response):
    """The entries as they are read: who, and what she did."""
    return [
        f"{story.who} {sentence.text}"
        for story in response.context["stories"]
        for sentence in story.sentences
    ]


def change_often(projects, number, *, by):
    """Change projects and milestones by turns, as that many requests do."""
    owner = OwnerFactory()
    milestones = [MilestoneFactory(project=project) for project in projects]
    for turn in range(number):
        with pghistory.context(user=by.pk, turn=turn):
            where = turn // 2 % len(projects)
            if turn % 2:
                new = owner if turn // 2 // len(projects) % 2 == 0 else None
                Project.objects.filter(pk=projects[where].pk).update(
                    owner=new, ingress=f"Turn {turn}"
                )
            else:
                Milestone.objects.filter(pk=milestones[where].pk).update(title=f"Turn {turn}")
