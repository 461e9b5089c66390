"""Markup in every text of every table, read at every address by everyone, by htmx and without: it stays text."""

import copy
import re
from collections import defaultdict
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from bs4 import BeautifulSoup, Tag
from django.contrib import admin
from django.core import mail
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from milestones.models import Milestone
from projects.models import Contact, Owner, Project, ProjectsChange, SavedView, StatusReport
from tests.cast import CAST, LOGGED_IN
from tests.factories import UserFactory
from tests.markup import (
    LOADED_ON,
    NUMBERS,
    SHOWN_ON,
    TOKEN,
    faults,
    make_marked_portfolio,
    marked,
)
from tests.routes import routes

pytestmark = pytest.mark.django_db

EVERYONE = [*CAST, "superuser"]
#: Those who together have all forms.
SENDING = ["manager", "office", "superuser"]
#: Texts that are on no page; each with its reason.
SHOWN_NOWHERE = {
    "accounts.SecurityEvent.details": "shown in words, by the keys that the code knows",
    "accounts.SentForm.answer": "what was answered before; given back as it was",
    "accounts.SentForm.mark": "a digest",
    "accounts.Session.session_data": "signed, and read by Django alone",
    "accounts.Session.session_key": "a key, of which pages show a digest",
    "projects.AddressName.kind": "the name of a table",
    "projects.AddressName.slug": "compared and never shown",
    "projects.Redaction.mark": "made of a day and one of four reasons; it is the texts that show it",
}
#: What ends the visit, or is on every page.
NOT_SENT = {reverse("account_logout"), reverse("set_language")}


@pytest.fixture
def cast(request, db):
    cast = {name: request.getfixturevalue(name) for name in LOGGED_IN}
    cast["superuser"] = UserFactory(is_superuser=True)
    make_marked_portfolio(cast)
    return cast


def things() -> dict[str, list[dict[str, object]]]:
    """Return what there is to read, by how the addresses that name it begin."""
    project, view = Project.objects.get(slug="merket"), SavedView.objects.order_by("slug")
    found = {
        "prosjekter/<slug:slug>/": [{"slug": each.slug} for each in Project.objects.all()],
        "prosjekter/<slug:slug>/leveranser/<int:pk>/": [
            {"slug": project.slug, "pk": each.pk} for each in Milestone.objects.all()
        ],
        "prosjekter/<slug:slug>/rapporter/<int:pk>/": [
            {"slug": project.slug, "pk": each.pk} for each in StatusReport.objects.all()
        ],
        "endre-flere/<int:pk>/": [{"pk": each.pk} for each in ProjectsChange.objects.all()],
        "visninger/<slug:slug>/": [{"slug": each.slug} for each in view],
        "eiere/<int:pk>/": [{"pk": each.pk} for each in Owner.objects.all()],
        "kontakter/<int:pk>/": [{"pk": each.pk} for each in Contact.objects.all()],
        "konto/innlogginger/<str:handle>/": [{"handle": marked()}],
        "admin/accounts/user/<id>/": [{"id": each.pk} for each in User.objects.order_by("pk")[:1]],
        "admin/r/": [{"content_type_id": 1, "object_id": project.pk}],
    }
    for model in admin.site._registry:
        begins = f"admin/{model._meta.app_label}/{model._meta.model_name}/<path:object_id>/"
        found[begins] = [{"object_id": each.pk} for each in model.objects.order_by("pk")[:2]]
    return found


def irregular() -> dict[str, list[str]]:
    """The addresses that are written as regular expressions, by how they begin."""
    user = User.objects.order_by("pk")[0]
    key = f"{user_pk_to_url_str(user)}-{default_token_generator.make_token(user)}"
    return {
        "konto/^passord/nytt/": [
            f"/konto/passord/nytt/{key}/",
            f"/konto/passord/nytt/x-{marked()}/",
        ],
        "^admin/r/": ["/admin/r/"],
        "admin/^(?P<app_label>": ["/admin/projects/", "/admin/accounts/", "/admin/auth/"],
        "admin/(?P<url>": [f"/admin/{marked()}/"],
    }


def addresses() -> list[str]:
    """Every address with all that there is to read; fails for one of which nothing is known."""
    named, written = things(), irregular()
    made = [f"/{marked()}/"]
    for route in routes():
        if begins := [each for each in written if route.startswith(each)]:
            made += written[begins[0]]
        elif "<" in route:
            begins = [each for each in named if route.startswith(each)]
            assert begins, f"Nothing is known of {route}: add to things()."
            made += [_fill(route, each) for each in named[max(begins, key=len)]]
        else:
            made.append(f"/{route}")
    return made


def _fill(route: str, values: dict[str, object]) -> str:
    return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda match: str(values[match[1]]), route)


class Visitor:
    """Somebody who reads and remembers: no page twice, and which texts she has seen."""

    def __init__(self, user: User | None) -> None:
        came_from = f"http://testserver/?{marked()}"
        self.client = Client(headers={"referer": came_from, "hx-current-url": came_from})
        if user:
            self.client.force_login(user)
        self.known: set[str] = set()
        self.seen: set[int] = set()
        self.pages: dict[str, BeautifulSoup] = {}

    def get(self, address: str) -> None:
        """Read what an address answers to a browser and to htmx."""
        response = self.client.get(address)
        page = self.look(response)
        if page and response.status_code == 200:
            self.pages[address] = page
        # Whom htmx asks is refused by the same page.
        if response.status_code == 200 and not address.startswith("/admin/"):
            self.look(self.client.get(address, headers={"hx-request": "true"}), is_fragment=True)

    def look(self, response: HttpResponse, *, is_fragment: bool = False) -> BeautifulSoup | None:
        """Assert that what was written is text, and return the page unless it is known."""
        text = response.content.decode()
        html = re.sub(r'(csrfmiddlewaretoken"|name="token") value="[^"]*"', "", text)
        if "html" not in response.headers.get("Content-Type", "") or html in self.known:
            return None
        self.known.add(html)
        self.seen |= {int(number) for number in TOKEN.findall(text)}
        page = BeautifulSoup(text, "html.parser")
        found = list(faults(text, page, is_fragment=is_fragment))
        assert not found, "\n".join([response.request["PATH_INFO"], *found[:5]])
        return page

    def ask(self) -> None:
        """Ask each page all that it offers to ask, and with markup instead."""
        asked = set()
        for address, page in list(self.pages.items()):
            offered = parameters(address, page)
            if frozenset(offered) in asked:
                continue
            asked.add(frozenset(offered))
            anything = dict.fromkeys(offered, marked()) | {marked(): marked()}
            self.get(f"{address}?{urlencode(anything)}")
            for name, values in offered.items():
                self.get(f"{address}?{urlencode({name: marked()})}")
                self.get(f"{address}?{urlencode({name: sorted(values)}, doseq=True)}")
                for value in sorted(values)[:4]:
                    self.get(f"{address}?{urlencode({name: value})}")
            if "per" in offered:
                self.get(f"{address}?per={SHOWN_ON}")
        self.get(f"{reverse('reporting:changes')}?fra={LOADED_ON}")

    def send(self) -> None:
        """Send every form with markup for all values, and with markup for all texts."""
        sent = set(NOT_SENT)
        for address, page in list(self.pages.items()):
            for form in page.select("form[method=post]"):
                action = form.get("action") or address
                fields = [field for field in controls(page, form) if field.get("name")]
                form_is = f"{action} {sorted({field['name'] for field in fields})}"
                if action in sent or form_is in sent:
                    continue
                sent.add(form_is)
                self.post(action, {field["name"]: marked() for field in fields})
                self.post(action, values_of(fields))
                if form.has_attr("hx-post"):
                    self.post(action, {field["name"]: marked() for field in fields}, by_htmx=True)

    def post(self, action: str, values: dict[str, object], *, by_htmx: bool = False) -> None:
        """Send values, read the answer and what it leads to, and let it not have been."""
        cookies = copy.deepcopy(self.client.cookies)
        headers = {"hx-request": "true"} if by_htmx else {}
        with transaction.atomic():
            response = self.client.post(action, values, headers=headers, follow=not by_htmx)
            self.look(response, is_fragment=by_htmx)
            transaction.set_rollback(True)
        self.client.cookies = cookies


def parameters(address: str, page: BeautifulSoup) -> dict[str, set[str]]:
    """Return what a page offers to ask itself: the fields of its forms and the parameters of its links."""
    found = defaultdict(set)
    for form in page.select("main form:not([method=post])"):
        for field in controls(page, form):
            if field.get("name"):
                values = [each.get("value", "") for each in field.select("option")]
                found[field["name"]] |= {*values, field.get("value", "")}
    for link in page.select("main a[href]"):
        target = urlsplit(link["href"])
        if target.path in ("", urlsplit(address).path):
            for name, value in parse_qsl(target.query):
                found[name].add(value)
    return found


def controls(page: BeautifulSoup, form: Tag) -> list[Tag]:
    fields = form.select("input, select, textarea, button[name]")
    return fields + (page.select(f'[form="{form["id"]}"]') if form.get("id") else [])


def values_of(fields: list[Tag]) -> dict[str, object]:
    """Return what a browser sends when somebody has written markup into every text and chosen nothing else."""
    values = defaultdict(list)
    for field in fields:
        kind = field.get("type", "text") if field.name == "input" else field.name
        value = field.get("value", "")
        if kind in ("radio", "checkbox") and not field.has_attr("checked"):
            continue
        if kind == "select":
            chosen = field.select("option[selected]") or field.select("option")[-1:]
            values[field["name"]] += [each.get("value", "") for each in chosen]
        elif kind in ("text", "textarea", "email", "url", "tel"):
            is_day = re.search(r"_on$|date|_0$|_1$", field["name"])
            day = value or f"{timezone.localdate():%d.%m.%Y}"
            values[field["name"]].append(day if is_day else _written(kind))
        else:
            values[field["name"]].append(value)
    return values


def _written(kind: str) -> str:
    token = marked().replace(" ", "/")
    return {"email": '"<b/marker>0.0"@example.no', "url": f"https://example.no/{token}"}.get(
        kind, '"><b marker>0.0'
    )


# Django's admin asks for variables that it lacks.
@pytest.mark.ignore_template_errors
class TestMarkupInTexts:
    @pytest.mark.parametrize("who", EVERYONE)
    def test_is_text_at_every_address(self, cast, who):
        visitor = Visitor(cast.get(who))

        for address in addresses():
            visitor.get(address)
        if who in ("reader", "office"):
            visitor.ask()
        if who in SENDING:
            visitor.send()

        # Nobody has seen nothing; and who may see everything has seen every text.
        assert len(visitor.seen) > 10
        if who == "superuser":
            unseen = {name for name, number in NUMBERS.items() if number not in visitor.seen}
            assert unseen == SHOWN_NOWHERE.keys()

    def test_is_text_in_a_mail(self, client, cast):
        user = cast["staff"]
        User.objects.filter(pk=user.pk).update(email="kari@example.no")

        client.post(reverse("account_reset_password"), {"email": "kari@example.no"})

        (message,) = mail.outbox
        assert "<b marker" in message.body
        assert message.content_subtype == "plain"
        assert not message.alternatives
