"""The frame that every page stands in: the header, the forms, the pages of errors."""

import gzip
import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django import forms
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse

from tests.factories import MilestoneFactory, ProjectFactory, StatusReportFactory
from tests.routes import routes

ROOT = Path(__file__).resolve().parent.parent
TEMPLATES = ROOT / "templates"
MISSING = "/finnes-ikke/"


def page(client, address=MISSING):
    return BeautifulSoup(client.get(address).content, "html.parser")


@pytest.mark.django_db
class TestFrame:
    def test_lets_the_keyboard_skip_to_the_content(self, client):
        soup = page(client)

        first = soup.body.find(["a", "button", "input"])
        assert first.text == "Hopp til hovedinnhold"
        assert soup.select_one(f"main{first['href']}")

    @pytest.mark.parametrize("language", ["nb", "nn", "en"])
    def test_speaks_the_language_that_was_chosen(self, client, language):
        client.post(reverse("set_language"), {"language": language, "next": MISSING})

        soup = page(client)

        assert soup.html["lang"] == language
        assert soup.select_one("[name=language][aria-current=true]")["value"] == language

    def test_shows_a_reader_the_portfolio_and_the_way_in(self, client):
        soup = page(client)

        assert [link.text for link in soup.select("nav a")] == ["Portefølje"]
        assert soup.find("a", string="Logg inn")["href"].endswith(f"?next={MISSING}")

    def test_shows_staff_their_pages_and_the_way_out(self, client, staff):
        client.force_login(staff)

        soup = page(client)

        links = [link.text for link in soup.select("nav a")]
        assert links == ["Portefølje", "Mine prosjekter", "Eiere og kontakter"]
        assert soup.select_one(".site-account__name").text.startswith("Ansatt Hansen")
        assert "Logg ut" in soup.select_one(".site-account button").text

    def test_shows_an_administrator_the_administration(self, client, administrator):
        client.force_login(administrator)

        assert page(client).find("a", string="Administrasjon")["href"] == "/admin/"

    def test_lets_one_search_from_where_nothing_is(self, client):
        form = page(client).select_one("main form[role=search]")

        assert form.select_one("input")["name"] == "sok"
        assert form["action"] == "/sok/"

    def test_tells_a_lost_login_from_a_lack_of_access(self, client, staff, project):
        address = reverse("projects:project_edit", args=[project.slug])
        guarded = Client(enforce_csrf_checks=True, headers={"hx-request": "true"})
        client.force_login(staff)

        assert guarded.post(address).headers["Log-In-Again"]
        refused = client.post(address, headers={"hx-request": "true"})
        assert refused.status_code == 403
        assert "Log-In-Again" not in refused.headers

    def test_lets_no_inline_script_or_style_run(self, client):
        policy = client.get(MISSING).headers["Content-Security-Policy"]

        assert "default-src 'self'" in policy
        assert "unsafe" not in policy

    def test_leads_no_link_and_no_form_to_another_site(self, client):
        policy = client.get(MISSING).headers["Content-Security-Policy"]

        assert "base-uri 'none'" in policy
        assert "form-action 'self'" in policy

    def test_loads_in_less_than_150_kilobytes(self, client):
        response = client.get(MISSING)
        soup = BeautifulSoup(response.content, "html.parser")
        sources = [tag["src"] for tag in soup.select("script[src]")]
        sources += [tag["href"] for tag in soup.select("link[rel=stylesheet], link[rel=preload]")]

        sizes = {source: transferred(source) for source in sources}

        assert len(sizes) >= 7
        assert len(gzip.compress(response.content)) + sum(sizes.values()) < 150_000


def transferred(source):
    """Return the bytes that travel for a static file; a font is compressed as it is."""
    content = Path(finders.find(source.removeprefix("/static/"))).read_bytes()
    return len(content if source.endswith(".woff2") else gzip.compress(content))


@pytest.mark.django_db
class TestDescriptions:
    """Search engines show a page with words of its own, so every public page has some."""

    def test_are_on_every_public_page_and_each_on_one_only(self, client, project):
        milestone = MilestoneFactory(project=project, title="Piloten")
        report = StatusReportFactory(project=project)
        other = ProjectFactory()
        addresses = [route for route in routes() if "<" not in route and "(" not in route]
        addresses += [each.get_absolute_url().lstrip("/") for each in (project, other)]
        addresses.append(f"prosjekter/{project.slug}/rapporter/{report.pk}/")
        addresses += [f"sok/?sok={milestone.title}", "konto/passord/nytt/x-y/"]

        found = {address: self.description(client, f"/{address}") for address in addresses}

        public = {address: text for address, text in found.items() if text is not None}
        assert len(public) >= 12
        assert [address for address, text in public.items() if not text] == []
        assert len(set(public.values())) == len(public)

    @staticmethod
    def description(client, address):
        """Return what a page says of itself, "" when nothing, and None when it is no public page."""
        response = client.get(address)
        if response.status_code != 200 or "html" not in response.headers["Content-Type"]:
            return None
        meta = BeautifulSoup(response.content, "html.parser").select_one("meta[name=description]")
        return meta["content"].strip() if meta else ""


class TestErrorPages:
    @pytest.mark.django_db
    def test_says_what_to_do_when_there_is_no_such_page(self, client):
        response = client.get(MISSING)

        assert response.status_code == 404
        assert "Vi finner ikke siden" in response.content.decode()
        assert "Gå til oversikten" in response.content.decode()

    @pytest.mark.parametrize("name", ["400.html", "403_csrf.html", "500.html"])
    def test_needs_nothing_to_say_that_all_went_wrong(self, name):
        soup = BeautifulSoup(render_to_string(name), "html.parser")

        assert soup.h1.text == soup.title.text
        assert soup.html["lang"] == "nb"
        assert soup.find("a", string="Til forsiden")["href"] == "/"

    @pytest.mark.django_db
    def test_explains_a_form_that_had_been_open_for_too_long(self, client):
        client.handler.enforce_csrf_checks = True

        response = client.post(reverse("account_login"), {"login": "kari@example.no"})

        assert response.status_code == 403
        assert "Siden hadde vært åpen for lenge" in response.content.decode()


class ExampleForm(forms.Form):
    title = forms.CharField(label="Tittel", help_text="Kort.")
    note = forms.CharField(label="Merknad", required=False, widget=forms.Textarea)
    risk = forms.ChoiceField(label="Risiko", choices=[("low", "Lav")], widget=forms.RadioSelect)

    def clean(self):
        raise forms.ValidationError("Dette går ikke sammen.")


class TestForm:
    def test_marks_only_what_is_optional(self):
        soup = BeautifulSoup(str(ExampleForm()), "html.parser")

        assert [label.text.strip() for label in soup.select(".ds-field > label[for^=id_]")] == [
            "Tittel",
            "Merknad (valgfritt)",
            "Lav",
        ]
        assert soup.legend.text.strip() == "Risiko"

    def test_ties_hint_and_error_to_the_field(self):
        soup = BeautifulSoup(str(ExampleForm({"title": ""})), "html.parser")

        field = soup.select_one("#id_title")
        assert field["aria-invalid"] == "true"
        described = [soup.select_one(f"#{name}").text for name in field["aria-describedby"].split()]
        assert described[0] == "Kort."
        assert described[1].strip()

    def test_shows_a_hint_as_text(self):
        form = ExampleForm()
        form.fields["title"].help_text = '"<b hx-post="/x">Leveranse</b>'

        soup = BeautifulSoup(str(form), "html.parser")

        assert soup.select_one("#id_title_helptext").string == '"<b hx-post="/x">Leveranse</b>'

    def test_begins_with_everything_that_is_wrong(self):
        soup = BeautifulSoup(str(ExampleForm({"title": ""})), "html.parser")

        summary = soup.select_one(".ds-error-summary")
        assert summary["tabindex"] == "-1"
        assert summary.has_attr("autofocus")
        assert summary.li.text == "Dette går ikke sammen."
        targets = [link["href"] for link in summary.select("a")]
        assert targets == ["#id_title", "#id_risk_0"]
        assert all(soup.select_one(target) for target in targets)

    def test_keeps_what_was_typed_and_escapes_it(self):
        html = str(ExampleForm({"title": '"><script>', "note": "</textarea><b>"}))

        assert "<script>" not in html
        assert "&lt;/textarea&gt;&lt;b&gt;" in html


#: Ours, and those of the admin.
NAMES = sorted(
    str(path.relative_to(ROOT))
    for folder in (TEMPLATES, ROOT / "django_templates")
    for path in folder.rglob("*.html")
)
#: Each form that is sent, after its template; those of the admin are not ours to shape.
FORMS = [
    (str(path.relative_to(TEMPLATES)), form)
    for path in sorted(TEMPLATES.rglob("*.html"))
    for form in re.findall(r'<form[^>]*method="post"[^>]*>', path.read_text())
]


class TestTemplates:
    @pytest.mark.parametrize("name", NAMES)
    def test_have_neither_inline_style_nor_script(self, name):
        source = (ROOT / name).read_text()

        assert not re.search(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)", source)

    def test_are_found_with_their_forms(self):
        # About as many as there are: with none, the tests here would say nothing.
        assert len(NAMES) > 100
        assert "django_templates/admin/base_site.html" in NAMES
        assert len(FORMS) > 25

    @pytest.mark.parametrize(("name", "form"), FORMS)
    def test_leave_it_to_the_server_to_say_what_is_wrong(self, name, form):
        assert "novalidate" in form, name
