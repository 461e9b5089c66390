"""Long words, addresses and names on every page: nothing scrolls sideways, nothing is cut off, and ordinary words stay whole."""

import datetime
from dataclasses import dataclass

import pghistory
import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.urls import reverse
from playwright.sync_api import expect

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
from tests.story import OFFICE_EMAIL

pytestmark = pytest.mark.django_db(transaction=True)

WORD = "Spesialisthelsetjenestesamhandlingsløsninger"
ADDRESS = "https://www.helseplattformen.example.no/dokumenter/styringsgruppa/vedtak123"
EMAIL = "samhandlingskoordinator.for.spesialisthelsetjenesten@helseplattformen-kommunesamarbeid.example.no"
MASHED = "Spesialisthelsetjenestesamhandling" * 6

# On a phone a word, an address and an e-mail; on a screen 180 letters without a space.
SCREENS = [
    pytest.param(320, f"{WORD} {ADDRESS} {EMAIL}", id="320"),
    pytest.param(1280, MASHED[:180], id="1280"),
]

WRITTEN = "frist,eier,mal,segment,kontaktperson"

TOO_WIDE = """() => {
  const width = document.documentElement.clientWidth;
  const found = [];
  if (document.scrollingElement.scrollWidth > width) found.push(`the page: ${document.scrollingElement.scrollWidth}`);
  const isHidden = (element) => !element.checkVisibility() || element.closest(".ds-sr-only, .visually-hidden, noscript, [aria-hidden=true]");
  const say = (element, why) => found.push(`${why}: ${element.tagName} .${element.className.baseVal ?? element.className}: ${element.textContent.trim().slice(0, 40)}`);
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  while (texts.nextNode()) {
    const element = texts.currentNode.parentElement;
    if (!texts.currentNode.data.trim() || isHidden(element) || element.closest("option")) continue;
    range.selectNodeContents(texts.currentNode);
    const { left, right, width: wide } = range.getBoundingClientRect();
    if (wide <= 1 || element.closest(".table-scroll[tabindex]")) continue;
    if (left < -1 || right > width + 1) say(element, `from ${Math.round(left)} to ${Math.round(right)}`);
    for (let around = element; around; around = around.parentElement) {
      const box = around.getBoundingClientRect();
      if (getComputedStyle(around).overflowX !== "visible" && box.width > 1 && (right > box.right + 1 || left < box.left - 1)) say(element, "cut off");
    }
  }
  return [...new Set(found)];
}"""


@dataclass
class Story:
    """What has been made with long texts, and who may see all of it."""

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
    """What the history and the changes since a day tell of."""
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


ORDINARY = """most => {
  const found = [];
  const range = document.createRange();
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const node = texts.currentNode;
    if (!node.parentElement.checkVisibility() || node.parentElement.closest(".ds-sr-only, noscript, option, svg")) continue;
    for (const { 0: word, index } of node.data.matchAll(/\\p{L}+/gu)) {
      range.setStart(node, index);
      range.setEnd(node, index + word.length);
      const lines = new Set([...range.getClientRects()].map(({ top }) => Math.round(top)));
      if (word.length <= most && lines.size > 1) found.push(word);
    }
  }
  return [...new Set(found)];
}"""


@pytest.fixture
def visit(make_context, log_in):
    """Open a browser for somebody."""

    def visit(user, width):
        context = make_context(viewport={"width": width, "height": 900}, reduced_motion="reduce")
        log_in(context, user)
        return context.new_page()

    return visit


def open_all(page):
    page.evaluate(
        "document.querySelectorAll('details:not([data-panel])').forEach(each => { each.open = true; })"
    )


def expect_to_fit(page):
    open_all(page)
    found = page.evaluate(TOO_WIDE)
    assert not found, "\n".join([page.url, *found])


@pytest.mark.parametrize(("width", "text"), SCREENS)
class TestLongWords:
    def test_fit_every_page(self, visit, keep_picture, width, text):
        story = tell(text)
        page = visit(story.user, width)
        failures = []

        for address in addresses(story, text):
            response = page.goto(address)
            assert response.status == 200, address
            open_all(page)
            failures += [f"{address}: {each}" for each in page.evaluate(TOO_WIDE)]
            if address == story.project.get_absolute_url():
                keep_picture(page, f"long-words-{width}")

        assert not failures, "\n".join(failures)

    def test_fit_the_panels_and_the_menus(self, visit, width, text):
        story = tell(text)
        page = visit(story.user, width)
        page.goto("/")
        panels = page.locator("details[data-panel]").all()
        assert panels
        for panel in panels:
            panel.locator("summary").press("Enter")
            expect_to_fit(page)
        page.locator("#views-open").press("Enter")
        expect(page.locator("#views-menu")).to_be_visible()
        expect_to_fit(page)

    def test_fit_what_is_said_and_asked_after_sending(self, visit, width, text):
        story = tell(text)
        page = visit(story.user, width)
        owner = story.project.owner
        page.goto(f"/eiere/{owner.pk}/rediger/")
        page.get_by_role("button", name="Lagre").click()
        expect(page.locator("#messages")).not_to_be_empty()
        expect_to_fit(page)

        page.goto("/eiere/ny/")
        page.get_by_label("Navn", exact=True).fill(owner.name)
        page.get_by_role("button", name="Lagre").click()
        expect(page.locator(".ds-error-summary")).to_be_visible()
        expect_to_fit(page)

        page.goto(f"{story.project.get_absolute_url()}rediger/")
        page.get_by_label("Ingress").fill(f"B {text}")
        Project.objects.filter(pk=story.project.pk).update(ingress=f"C {text}")
        page.get_by_role("button", name="Lagre").click()
        expect(page.locator(".conflict")).to_be_visible()
        expect_to_fit(page)

        page.goto(f"/?sok={text.split()[0]}&visning={story.view.slug}")
        SavedView.objects.filter(pk=story.view.pk).update(query=f"sok={text[:100]}")
        page.get_by_role("button", name="Lagre endringene").click()
        expect(page.locator(".conflict")).to_be_visible()
        expect_to_fit(page)

    def test_fit_the_change_of_several(self, visit, width, text):
        story = tell(text)
        page = visit(story.user, width)
        page.goto(f"/endre-flere/?prosjekt={story.project.slug}&prosjekt={story.other.slug}")
        page.get_by_label("Ny eier", exact=True).select_option(label=f"A{text[:199]}")
        page.locator("#eier-form").get_by_role("button", name="Vis hva som skjer").click()
        expect_to_fit(page)

        page.get_by_role("button", name="Endre 2 prosjekter").click()

        expect(page.get_by_role("button", name="Angre", exact=True)).to_be_visible()
        expect_to_fit(page)


@pytest.mark.parametrize(("width", "most"), [(1280, 23), (1000, 17), (390, 19), (320, 15)])
def test_ordinary_words_stay_whole(visit, story, width, most):
    office = User.objects.get(email=OFFICE_EMAIL)
    OwnerFactory(name="Personvernkonsekvenser og brukerorganisasjonene")
    page = visit(office, width)
    one = story.get_absolute_url()

    for address in (
        *("/", f"/?kolonner={WRITTEN}", "/?vis=fordeling", "/?vis=tidslinje&tabell=ja", "/avvik/"),
        *("/endringer/?fra=2023-02-20", "/historikk/", "/eiere/", "/sok/?sok=journal", "/mine/"),
        *(one, f"{one}rediger/", f"{one}status/", f"{one}historikk/"),
    ):
        page.goto(address)
        open_all(page)
        assert page.evaluate(ORDINARY, most) == [], address
