"""A story told in long words, and the pages that tell it."""

import datetime
from dataclasses import dataclass

import pghistory
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.urls import reverse

from accounts.models import ADMINISTRATORS, PORTFOLIO_OFFICE, User
from milestones.actions import move_milestone, set_baseline
from milestones.models import Cause, Milestone
from projects.models import Project, RiskLevel, SavedView, Segment, Status
from tests.factories import (
    ContactFactory,
    MilestoneFactory,
    OwnerFactory,
    ProjectFactory,
    SavedViewFactory,
    SegmentFactory,
    StrategicGoalFactory,
    StrategyFactory,
    UserFactory,
)
from tests.past import at

WORD = "Spesialisthelsetjenestesamhandlingsløsninger"
ADDRESS = "https://www.helseplattformen.example.no/dokumenter/styringsgruppa/vedtak123"
EMAIL = "samhandlingskoordinator.for.spesialisthelsetjenesten@helseplattformen-kommunesamarbeid.example.no"
MASHED = "Spesialisthelsetjenestesamhandling" * 6
WRITTEN = "frist,eier,mal,segment,kontaktperson"


@dataclass
class Story:
    """Things that have been made with long texts, and who may see all of them."""

    user: User
    project: Project
    other: Project
    view: SavedView
    milestones: list[Milestone]


def tell(text: str) -> Story:
    """Fill every text there is; a name takes what it has room for."""
    call_command("make_groups")
    user = UserFactory(name=text[:200], email=EMAIL)
    user.groups.set(Group.objects.filter(name__in=[PORTFOLIO_OFFICE, ADMINISTRATORS]))
    owner = OwnerFactory(name=text[:200], short_name=text[:50], website=ADDRESS)
    OwnerFactory(name=f"A{text[:199]}")
    OwnerFactory(name=f"B{text[:199]}", in_use=False, successor=owner)
    contact = ContactFactory(
        name=text[:200], owner=owner, email=EMAIL, email_is_public=True, phone="4" * 30
    )
    ContactFactory(name=f"A{text[:199]}", owner=owner)
    strategy = StrategyFactory(name=text[:200])
    goals = [StrategicGoalFactory(strategy=strategy, name=text[:200], number=n) for n in (1, 2)]
    facts = {
        "owner": owner,
        "contact": contact,
        "segment": SegmentFactory(name=text[:100], slug="langt"),
        "main_goal": goals[0],
        "ingress": text,
        "description": f"## {text}\n\n{text}\n\n- {text}\n\n> {text}\n\n[{text[:200]}]({ADDRESS})",
        "link_url": ADDRESS,
        "link_text": text[:250],
    }
    with pghistory.context(user=user.pk), at("2026-01-10"):
        project = ProjectFactory(title=text[:250], managers=[user], **facts)
        milestones = [
            MilestoneFactory(
                project=project, code=f"{number}{text[:19]}", title=text[:300], description=text
            )
            for number in range(5)
        ]
        project.further_goals.set(goals[1:])
        report(project, text, user, datetime.date(2026, 1, 10), Status.ON_TRACK)
    with pghistory.context(user=user.pk):
        other = ProjectFactory(title=f"A{text[:249]}", managers=[user], is_example=True, **facts)
        change(project, milestones, text, user)
    view = SavedViewFactory(
        name=text[:100], owner=user, query="eier=borte&sorter=-status", is_standard=True
    )
    SavedViewFactory(name=f"A{text[:99]}", owner=user, slug="min", query="risiko=lav")
    return Story(user, project, other, view, milestones)


def report(project, text, user, on, status):
    project.report(
        status=status,
        status_text=text,
        risk_level=RiskLevel.HIGH,
        risk_text=text,
        gap_reason=text[:300],
        on=on,
        by=user,
    )


def change(project, milestones, text, user):
    """Change what the history and the changes since a day tell of."""
    late = datetime.date(2027, 3, 1)
    for milestone in milestones[:2]:
        move_milestone(
            milestone=milestone, to=late, by=user, cause=Cause.SUPPLIER, reason=text[:300]
        )
    set_baseline(
        project=project,
        milestones=milestones[:1],
        decision=text[:300],
        decided_on=datetime.date(2026, 3, 1),
        by=user,
    )
    milestones[2].withdraw(on=datetime.date(2026, 3, 1), reason=text[:500])
    milestones[3].deliver(on=datetime.date(2026, 3, 1), by=user)
    report(project, text, user, datetime.date(2026, 3, 1), Status.MAJOR_CHALLENGES)
    report(project, text, user, datetime.date(2026, 4, 1), Status.ON_TRACK)
    project.segment = Segment.objects.create(name=f"A{text[:99]}", slug="annet")
    project.ingress = f"A {text}"
    project.save()


def addresses(story: Story, text: str) -> list[str]:
    """Return every page that a person can open."""
    project, owner, contact = story.project, story.project.owner, story.project.contact
    one = project.get_absolute_url()
    word = text.split()[0]
    return [
        *("/", "/?vis=tidslinje", "/?vis=fordeling", f"/?kolonner={WRITTEN}", f"/?sok={word}"),
        *("/?grupper=eier", "/?grupper=leder&sorter=eier", "/?grupper=mal", "/?grupper=segment"),
        f"/?eier={owner.slug}&segment=langt&leder={story.user.pk}&eier={word}",
        *(f"/?visning={story.view.slug}", f"/?risiko=hoy&visning={story.view.slug}"),
        *("/?per=2026-01-20", "/mine/", "/avvik/", f"/sok/?sok={word}", f"/sok/?sok={MASHED}"),
        *("/endringer/?fra=2026-01-20", "/historikk/", "/nytt-prosjekt/"),
        *(one, f"{one}?per=2026-01-20", f"{one}rediger/", f"{one}avpubliser/", f"{one}status/"),
        *(f"{one}historikk/", f"{one}leveranser/ny/", f"{one}leveranser/grunnlinje/"),
        *(f"{one}rapporter/{pk}/" for pk in project.status_reports.values_list("pk", flat=True)),
        f"{one}status/?retter={project.status_reports.order_by('-pk')[0].pk}",
        *(reverse(f"milestones:milestone_{name}", args=[project.slug, story.milestones[number].pk])
          for name, number in COMMANDS),
        *("/eiere/", "/eiere/ny/", "/kontakter/ny/", "/visninger/", "/visninger/min/rediger/"),
        *(f"/eiere/{owner.pk}/{name}" for name in ("", "rediger/", "overfor/")),
        *(f"/kontakter/{contact.pk}/{name}" for name in ("", "rediger/", "overfor/")),
        *("/visninger/ny/?risiko=hoy", "/visninger/min/slett/", "/konto/passord/endre/"),
        f"/endre-flere/?prosjekt={project.slug}&prosjekt={story.other.slug}",
        "/admin/",
    ]  # fmt: skip


COMMANDS = [
    ("edit", 0),
    ("move", 1),
    ("withdraw", 1),
    ("deliver", 1),
]
