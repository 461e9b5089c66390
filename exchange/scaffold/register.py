"""Finds what a page names by its name: owners, contacts, segments and goals; makes what is new.

Owners and contacts are also found by a name that they had, so that correcting one here
does not bring it back twice with the next page.
"""

from __future__ import annotations

import re

from django.utils.translation import gettext

from exchange.scaffold.checks import check
from exchange.scaffold.old_page import OldGoal, OldPage, OldPageError
from projects.models import Contact, Owner, Project, Segment, StrategicGoal


def find_owner(page: OldPage, project: Project, facts: list[str]) -> Owner | None:
    """The owner that the page names, or who has taken over from it on this project."""
    if not page.owner_name:
        return project.owner
    named = Owner.objects.named(page.owner_name).order_by("-in_use", "pk")
    owner = named.filter(name__iexact=page.owner_name).first() or named.first()
    owner = (
        owner or Owner.objects.filter(events__name__iexact=page.owner_name).order_by("pk").first()
    )
    if owner is None:
        owner = Owner(name=page.owner_name, slug=Owner.objects.free_slug(page.owner_name))
        check(owner)
        owner.save()
        facts.append(gettext("New owner: %(name)s.") % {"name": owner.name})
    elif project.owner_id and owner.successor_id == project.owner_id:
        return project.owner
    return owner


def find_contact(
    page: OldPage, project: Project, owner: Owner | None, facts: list[str]
) -> Contact | None:
    """The owner's contact of that name; without an owner, the only contact of that name."""
    if not page.contact_name:
        return project.contact
    if owner is None:
        found = list(Contact.objects.filter(name__iexact=page.contact_name)[:2])
        if len(found) == 1:
            return found[0]
        message = gettext("The contact %(name)s was left out, for the page names no owner.")
        facts.append(message % {"name": page.contact_name})
        return project.contact
    theirs = owner.contacts.order_by("-in_use", "pk")
    contact = theirs.filter(name__iexact=page.contact_name).first()
    contact = contact or theirs.filter(events__name__iexact=page.contact_name).first()
    if contact is None:
        contact = Contact(name=page.contact_name, owner=owner)
        check(contact)
        contact.save()
        values = {"name": contact.name, "owner": owner.name}
        facts.append(gettext("New contact: %(name)s, %(owner)s.") % values)
    return contact


def find_segment(page: OldPage, project: Project, facts: list[str]) -> Segment | None:
    if not page.segment:
        return project.segment
    if segment := Segment.objects.filter(name__iexact=page.segment).order_by("pk").first():
        return segment
    check(Segment(name=page.segment), exclude=["slug"])
    segment = Segment.objects.named(page.segment)
    facts.append(gettext("New segment: %(name)s.") % {"name": segment.name})
    return segment


def find_goals(page: OldPage) -> list[StrategicGoal]:
    """The goals that the page names, the main one first.

    Raises OldPageError for a goal that no strategy has.
    """
    known = list(StrategicGoal.objects.select_related("strategy").in_order())
    goals = [_find_goal(named, known) for named in page.goals]
    return list(dict.fromkeys(goals))


def _find_goal(named: OldGoal, known: list[StrategicGoal]) -> StrategicGoal:
    """Return, of goals with the same name, that of the newest strategy."""
    for goal in known:
        has_number = named.number in (None, goal.number)
        if has_number and _simplified(goal.name) == _simplified(named.name):
            return goal
    newest = [goal for goal in known if goal.strategy_id == known[0].strategy_id]
    raise OldPageError(
        gettext("“%(goal)s” is no strategic goal. The goals are: %(goals)s.")
        % {
            "goal": f"{named.number} - {named.name}" if named.number else named.name,
            "goals": "; ".join(str(goal) for goal in newest) or gettext("none yet"),
        },
        line=named.line,
    )


def _simplified(name: str) -> str:
    return re.sub(r"\W+", " ", name).casefold().strip()
