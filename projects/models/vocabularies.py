"""Vocabularies that administrators keep: strategies with their goals, and segments."""

import datetime
from typing import Self

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from fkj_portfolio.fields import LineField
from projects.models.fields import free_slug
from projects.models.owner import NONE
from projects.models.triggers import NAMED_FOR_EVER, GoalGetsItsName


@pghistory.track(attrs={"as_of": "register"})
class Strategy(models.Model):
    """A strategy with a period, whose goals the projects serve."""

    name = LineField(_("name"), max_length=200, unique=True)
    starts_on = models.DateField(_("applies from"))
    ends_on = models.DateField(_("applies to"))

    class Meta:
        verbose_name = _("strategy")
        verbose_name_plural = _("strategies")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")),
                name="%(app_label)s_%(class)s_ends_after_it_starts",
                violation_error_message=_("The strategy must end after it starts."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class StrategicGoalQuerySet(models.QuerySet["StrategicGoal"]):
    def current(self, *, today: datetime.date) -> Self:
        """Select the goals of the strategies that apply today."""
        return self.filter(strategy__starts_on__lte=today, strategy__ends_on__gte=today)

    def in_order(self) -> Self:
        """Sort the newest strategy first, its goals by number."""
        return self.order_by("-strategy__starts_on", "number", "pk")


@pghistory.track(attrs={"as_of": "register"})
class StrategicGoal(models.Model):
    """A numbered goal of a strategy; it applies as long as the strategy does."""

    strategy = models.ForeignKey(
        Strategy,
        on_delete=models.PROTECT,
        related_name="goals",
        verbose_name=_("strategy"),
    )
    number = models.PositiveSmallIntegerField(_("number"))
    name = LineField(_("name"), max_length=200)
    #: Given by the database, and kept whatever becomes of the number and of the strategy.
    slug = models.SlugField(
        _("name in addresses"), max_length=50, unique=True, editable=False, db_default=""
    )

    objects = StrategicGoalQuerySet.as_manager()

    class Meta:
        verbose_name = _("strategic goal")
        verbose_name_plural = _("strategic goals")
        constraints = [
            models.UniqueConstraint(
                fields=["strategy", "number"],
                name="%(app_label)s_%(class)s_number_is_unique_in_its_strategy",
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1),
                name="%(app_label)s_%(class)s_number_is_positive",
            ),
            models.CheckConstraint(
                condition=~Q(slug__in=["", NONE]), name="%(app_label)s_%(class)s_has_a_slug"
            ),
        ]
        triggers = [GoalGetsItsName(), *NAMED_FOR_EVER]

    def __str__(self) -> str:
        return f"{self.number} - {self.name}"


class SegmentQuerySet(models.QuerySet["Segment"]):
    def in_order(self) -> Self:
        """Sort as the administrators have decided."""
        return self.order_by("position", "name", "pk")

    def free_slug(self, name: str) -> str:
        """Return a name for addresses that no segment has or has had."""
        return free_slug(name, among=self, fallback="segment", reserved=[NONE])

    def named(self, name: str) -> "Segment":
        """Return the segment with this name; make it, last, when there is none."""
        segment, _made = self.get_or_create(
            name=name,
            defaults={"slug": self.free_slug(name), "position": self.count() + 1},
        )
        return segment


@pghistory.track(attrs={"as_of": "register"})
class Segment(models.Model):
    """Ways in which the portfolio steers a project, such as Samstyre, Koordinere or Observere."""

    name = LineField(_("name"), max_length=100, unique=True)
    slug = models.SlugField(_("name in addresses"), max_length=100, unique=True)
    position = models.PositiveSmallIntegerField(_("place in the list"), default=1)
    in_use = models.BooleanField(_("in use"), default=True)

    objects = SegmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("segment")
        verbose_name_plural = _("segments")
        constraints = [
            models.CheckConstraint(
                condition=~Q(slug=NONE), name="%(app_label)s_%(class)s_leaves_the_word_for_none"
            ),
        ]
        triggers = NAMED_FOR_EVER

    def __str__(self) -> str:
        return self.name
