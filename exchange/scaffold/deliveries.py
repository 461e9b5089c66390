"""Brings a project's milestones up to what a page says, and tells what changed."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext

from exchange.scaffold.checks import check
from exchange.scaffold.matching import Pair, is_beginning, match, same_text, squeezed
from exchange.scaffold.old_page import OldMilestone, OldPage
from exchange.scaffold.past import moment
from milestones.actions import move_milestone
from milestones.models import Milestone
from projects.models import Project


def bring_up_to(
    page: OldPage, project: Project, *, on: datetime.date, warnings: list[str]
) -> list[str]:
    """Apply a page that was true on that day; what is on record and not on the page is kept."""
    known = list(project.milestones.in_order())
    pairs = match(page, known)
    if known and pairs and all(milestone is None for _, milestone in pairs):
        warnings.append(
            gettext(
                "WARNING: None of the deliveries on the page is known here, so all of them were"
                " added as new. Check that their titles were read as they stand on the page."
            )
        )
    update = _Update(page=page, project=project, on=on, is_first=not known)
    update.free_codes(pairs)
    # Who gives a code away goes before who gets it: the obsolete first, the new last.
    order = sorted(pairs, key=lambda pair: (pair[1] is None, not pair[0].is_obsolete))
    placed = {old: update.apply(old, milestone) for old, milestone in order}
    if any(milestone is None for _, milestone in pairs):
        _arrange([placed[old] for old, _ in pairs])
    for milestone in known:
        if milestone not in placed.values() and not page.is_cut:
            message = gettext("%(name)s is no longer on the page and was kept.")
            update.facts.append(message % {"name": milestone})
    return update.facts


def _arrange(milestones: list[Milestone]) -> None:
    """Sort as the page does, once it has something new."""
    for position, milestone in enumerate(milestones, start=1):
        if milestone.position != position:
            milestone.position = position
            milestone.save(update_fields=["position"])


@dataclass
class _Update:
    """One page's news about the milestones of one project."""

    page: OldPage
    project: Project
    on: datetime.date
    is_first: bool
    facts: list[str] = field(default_factory=list)

    def free_codes(self, pairs: list[Pair]) -> None:
        """Take codes off that the page gives to others, for two can't have one even for a moment."""
        renumbered = [
            milestone.pk
            for old, milestone in pairs
            if milestone and milestone.code and not self._is_cut(old, milestone)
            if squeezed(old.code) != squeezed(milestone.code)
        ]
        Milestone.objects.filter(pk__in=renumbered).update(code="")

    def _is_cut(self, old: OldMilestone, milestone: Milestone) -> bool:
        return self.page.is_cut and is_beginning(old, milestone)

    def apply(self, old: OldMilestone, milestone: Milestone | None) -> Milestone:
        if milestone is None:
            return self._add(old)
        self._describe(old, milestone)
        self._withdraw_or_restore(old, milestone)
        self._deliver_or_reopen(old, milestone)
        self._date(old, milestone)
        return milestone

    def _say(self, message: str, milestone: Milestone, **values: str) -> None:
        self.facts.append(message % {"name": milestone.label, **values})

    def _add(self, old: OldMilestone) -> Milestone:
        code, title = self._code_and_title(old, None)
        due_on = None if old.is_delivered else old.date
        milestone = Milestone(
            project=self.project,
            code=code,
            title=title,
            description=old.description,
            position=self.page.milestones.index(old) + 1,
            original_due_on=due_on,
            due_on=due_on,
            is_delivered=old.is_delivered,
            is_obsolete=old.is_obsolete,
        )
        milestone.delivered_on = self._delivered_on(old, milestone)
        check(milestone, line=old.line)
        milestone.save()
        if not self.is_first:
            self.facts.append(gettext("New delivery: %(name)s.") % {"name": milestone})
        return milestone

    def _code_and_title(self, old: OldMilestone, milestone: Milestone | None) -> tuple[str, str]:
        """The code goes into the title when another standing delivery has it."""
        others = self.project.milestones.filter(code=old.code, is_obsolete=False)
        taken = any(other != milestone for other in others)
        if not old.code or old.is_obsolete or not taken:
            return old.code, old.title
        if milestone is None:
            message = gettext("Two deliveries have the code %(code)s; see “%(title)s”.")
            self.facts.append(message % {"code": old.code, "title": old.title})
        return "", old.name

    def _describe(self, old: OldMilestone, milestone: Milestone) -> None:
        before = (milestone.code, milestone.title, milestone.description)
        name = str(milestone)
        if not self._is_cut(old, milestone):
            milestone.code, milestone.title = self._code_and_title(old, milestone)
        if not same_text(old.description, milestone.description, self.page):
            milestone.description = old.description
        if before == (milestone.code, milestone.title, milestone.description):
            return
        check(milestone, line=old.line)
        milestone.save(update_fields=["code", "title", "description"])
        if str(milestone) == name:
            self._say(gettext("%(name)s has a new description."), milestone)
        else:
            message = gettext("%(old)s is now called %(new)s.")
            self.facts.append(message % {"old": name, "new": milestone})

    def _withdraw_or_restore(self, old: OldMilestone, milestone: Milestone) -> None:
        if old.is_obsolete and not milestone.is_obsolete:
            milestone.withdraw(on=self.on, reason=gettext("The old page does not say why."))
            self._say(gettext("%(name)s is obsolete."), milestone)
        elif milestone.is_obsolete and not old.is_obsolete:
            if milestone.obsolete_reason in ("", gettext("The old page does not say why.")):
                milestone.restore()
                message = gettext("%(name)s is no longer obsolete.")
            else:
                message = gettext("%(name)s was marked obsolete here, so it still is.")
            self._say(message, milestone)

    def _deliver_or_reopen(self, old: OldMilestone, milestone: Milestone) -> None:
        if old.is_delivered and not milestone.is_delivered:
            milestone.is_delivered = True
            milestone.delivered_on = self._delivered_on(old, milestone)
            milestone.save(update_fields=["is_delivered", "delivered_on"])
            self._say(gettext("%(name)s is delivered."), milestone)
        elif milestone.is_delivered and old.says_not_delivered:
            if milestone.delivered_by_id:
                message = gettext("%(name)s was marked delivered here, so it still is.")
            else:
                milestone.reopen()
                message = gettext("%(name)s is not delivered after all.")
            self._say(message, milestone)

    def _delivered_on(self, old: OldMilestone, milestone: Milestone) -> datetime.date | None:
        """The day of the delivery; one that has not come yet is none."""
        if not old.is_delivered or old.date is None:
            return None
        if old.date <= timezone.localdate():
            return old.date
        message = gettext("%(name)s is delivered, but %(date)s has not come yet; left out.")
        self._say(message, milestone, date=_shown(old.date))
        return None

    def _date(self, old: OldMilestone, milestone: Milestone) -> None:
        if old.date is None:
            return
        if old.is_delivered:
            self._correct_delivery(old, milestone)
        elif not milestone.is_delivered and milestone.due_on is None:
            milestone.original_due_on = milestone.due_on = old.date
            milestone.save(update_fields=["original_due_on", "due_on"])
            self._say(gettext("%(name)s is due %(to)s."), milestone, to=_shown(old.date))
        elif not milestone.is_delivered and milestone.due_on != old.date:
            self._move(old.date, milestone)

    def _correct_delivery(self, old: OldMilestone, milestone: Milestone) -> None:
        if milestone.delivered_on == old.date or old.date is None:
            return
        if milestone.delivered_by_id:
            message = gettext(
                "%(name)s was marked delivered here, so the page's %(to)s was left out."
            )
            self._say(message, milestone, to=_shown(old.date))
            return
        if delivered_on := self._delivered_on(old, milestone):
            milestone.delivered_on = delivered_on
            milestone.save(update_fields=["delivered_on"])
            message = gettext("%(name)s was delivered %(date)s.")
            self._say(message, milestone, date=_shown(delivered_on))

    def _move(self, to: datetime.date, milestone: Milestone) -> None:
        if milestone.date_moves.filter(moved_by__isnull=False).exists():
            message = gettext("%(name)s was moved here, so the page's %(to)s was left out.")
            self._say(message, milestone, to=_shown(to))
            return
        values = {"from": _shown(milestone.due_on), "to": _shown(to)}
        move_milestone(milestone=milestone, to=to, by=None, at=moment(self.on))
        self._say(gettext("%(name)s is moved from %(from)s to %(to)s."), milestone, **values)


def _shown(date: datetime.date | None) -> str:
    return date_format(date, "SHORT_DATE_FORMAT") if date else ""
