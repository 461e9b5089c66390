"""The simplest valid objects; traits for their states."""

import datetime

import factory

from accounts.models import User
from milestones.models import Cause, DateMove, Milestone
from projects.models import (
    Contact,
    Owner,
    Project,
    RiskLevel,
    SavedView,
    Segment,
    Status,
    StatusReport,
    StrategicGoal,
    Strategy,
)


class UserFactory(factory.django.DjangoModelFactory[User]):
    class Meta:
        model = User

    email = factory.Sequence(lambda n: f"user{n}@example.no")
    name = factory.Sequence(lambda n: f"User {n}")


class StrategyFactory(factory.django.DjangoModelFactory[Strategy]):
    class Meta:
        model = Strategy
        django_get_or_create = ("name",)

    name = "Strategi 2023–2030"
    starts_on = datetime.date(2023, 1, 1)
    ends_on = datetime.date(2030, 12, 31)


class StrategicGoalFactory(factory.django.DjangoModelFactory[StrategicGoal]):
    class Meta:
        model = StrategicGoal

    strategy = factory.SubFactory(StrategyFactory)
    number = factory.Sequence(lambda n: n + 1)
    name = factory.Sequence(lambda n: f"Goal {n}")


class SegmentFactory(factory.django.DjangoModelFactory[Segment]):
    class Meta:
        model = Segment

    name = factory.Sequence(lambda n: f"Segment {n}")
    slug = factory.Sequence(lambda n: f"segment-{n}")


class OwnerFactory(factory.django.DjangoModelFactory[Owner]):
    class Meta:
        model = Owner

    name = factory.Sequence(lambda n: f"Owner {n}")
    slug = factory.Sequence(lambda n: f"owner-{n}")


class ContactFactory(factory.django.DjangoModelFactory[Contact]):
    class Meta:
        model = Contact

    name = factory.Sequence(lambda n: f"Contact {n}")
    owner = factory.SubFactory(OwnerFactory)


class ProjectFactory(factory.django.DjangoModelFactory[Project]):
    class Meta:
        model = Project
        skip_postgeneration_save = True

    class Params:
        draft = factory.Trait(is_published=False, published_at=None)

    title = factory.Sequence(lambda n: f"Project {n}")
    slug = factory.Sequence(lambda n: f"project-{n}")
    owner = factory.SubFactory(OwnerFactory)
    is_published = True
    published_at = datetime.datetime(2026, 1, 15, 12, 0, tzinfo=datetime.UTC)

    @factory.post_generation
    def managers(self: Project, create: bool, extracted: list[User] | None) -> None:
        if extracted:
            self.managers.set(extracted)


class StatusReportFactory(factory.django.DjangoModelFactory[StatusReport]):
    class Meta:
        model = StatusReport

    project = factory.SubFactory(ProjectFactory)
    status = Status.ON_TRACK
    risk_level = RiskLevel.LOW
    reported_on = datetime.date(2026, 3, 2)


class MilestoneFactory(factory.django.DjangoModelFactory[Milestone]):
    class Meta:
        model = Milestone

    class Params:
        delivered = factory.Trait(is_delivered=True, delivered_on=datetime.date(2026, 6, 1))
        obsolete = factory.Trait(
            is_obsolete=True,
            obsolete_on=datetime.date(2026, 5, 1),
            obsolete_reason="No longer needed.",
        )

    project = factory.SubFactory(ProjectFactory)
    title = factory.Sequence(lambda n: f"Milestone {n}")
    position = factory.Sequence(lambda n: n + 1)
    original_due_on = datetime.date(2026, 6, 30)
    due_on = factory.SelfAttribute("original_due_on")


class DateMoveFactory(factory.django.DjangoModelFactory[DateMove]):
    class Meta:
        model = DateMove

    milestone = factory.SubFactory(MilestoneFactory)
    from_date = datetime.date(2026, 6, 30)
    to_date = datetime.date(2026, 9, 30)
    cause = Cause.SUPPLIER
    reason = "The supplier is late."
    moved_by = factory.SubFactory(UserFactory)
    moved_at = datetime.datetime(2026, 6, 1, 12, 0, tzinfo=datetime.UTC)


class SavedViewFactory(factory.django.DjangoModelFactory[SavedView]):
    class Meta:
        model = SavedView

    name = factory.Sequence(lambda n: f"View {n}")
    slug = factory.Sequence(lambda n: f"view-{n}")
    query = "risiko=hoy"
    owner = factory.SubFactory(UserFactory)
    changed_by = factory.SelfAttribute("owner")
