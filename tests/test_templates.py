"""The engine of our pages: what it makes of languages, days and numbers, of markup and of what is missing."""

import datetime
import itertools

import jinja2
import pytest
from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage import default_storage
from django.contrib.sessions.backends.cache import SessionStore
from django.http import HttpResponse
from django.shortcuts import render
from django.template import engines
from django.template.loader import get_template, render_to_string
from django.utils.html import format_html
from django.utils.translation import override
from django.views.defaults import server_error

from fkj_portfolio import outages
from fkj_portfolio.settings import TEMPLATES
from fkj_portfolio.templates import environment

LANGUAGES = ("en", "nb", "nn")
#: Half past midnight of the next day in Norway.
LATE = datetime.datetime(2026, 3, 14, 23, 30, tzinfo=datetime.UTC)
#: Rendered when there may be nothing: no request, no token, no database.
BARE = [
    ("400.html", {}),
    ("403_csrf.html", {}),
    ("500.html", {}),
    ("503.html", {"again": "/<b>", "typed": [("name", "<b>")], "is_costly": False}),
    ("503.html", {"again": "/<b>", "typed": [], "is_costly": True}),
]


@pytest.fixture
def make(tmp_path):
    """Make an environment as ours of templates that are written here; a folder keeps them compiled."""

    def make(**sources):
        for name, source in sources.items():
            (tmp_path / f"{name}.html").write_text(source)
        compiled = tmp_path / "compiled"
        compiled.mkdir(exist_ok=True)
        return environment(
            loader=jinja2.FileSystemLoader(tmp_path),
            functions=TEMPLATES[0]["OPTIONS"]["functions"],
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            bytecode_cache=jinja2.FileSystemBytecodeCache(str(compiled)),
        )

    return make


@pytest.fixture
def ask(rf):
    """Make a request of nobody in particular, with the cookies that an answer has set."""

    def ask(answer=None):
        request = rf.get("/finnes-ikke/")
        request.COOKIES |= (
            {name: each.value for name, each in answer.cookies.items()} if answer else {}
        )
        request.user, request.session, request.htmx = AnonymousUser(), SessionStore(), False
        request._messages = default_storage(request)
        return request

    return ask


class TestSource:
    def test_loses_its_indentation_and_keeps_its_lines(self, make):
        made = make(page="<ul>\n  <li>\n\n\t</ul>")

        assert made.get_template("page.html").render() == "<ul>\n<li>\n\n</ul>"

    def test_of_every_page_can_be_compiled(self):
        ours = engines["templates"].env
        names = [
            name
            for name in ours.list_templates(extensions=["html"])
            if any((folder / name).is_file() for folder in TEMPLATES[0]["DIRS"])
        ]

        assert len(names) > 100
        for name in names:
            ours.get_template(name)

    def test_is_in_no_folder_of_both_engines(self):
        ours, of_libraries = (
            {path.relative_to(folder) for folder in engine["DIRS"] for path in folder.rglob("*.*")}
            for engine in TEMPLATES
        )

        assert not ours & of_libraries


class TestLanguage:
    PAGE = (
        '{% from "_parts.html" import menu %}'
        '{{ _("Example") }} {{ 50000.5|number }} {{ menu() }} {{ day|date("F") }}'
    )
    PARTS = '{% macro menu() %}{{ _("Menu") }} {{ 0.5|number }}{% endmacro %}'
    WORDS = {
        "en": "Example 50\N{NO-BREAK SPACE}000.5 Menu 0.5 March",
        "nb": "Eksempel 50\N{NO-BREAK SPACE}000,5 Meny 0,5 mars",
        "nn": "Døme 50\N{NO-BREAK SPACE}000,5 Meny 0,5 mars",
    }

    @pytest.mark.parametrize("order", list(itertools.permutations(LANGUAGES)))
    @pytest.mark.parametrize("starts_anew", [False, True])
    def test_is_that_of_each_who_asks_and_not_of_the_first(self, make, order, starts_anew):
        made = make(page=self.PAGE, _parts=self.PARTS)
        for language in (*order, *order):
            if starts_anew:
                made = make()
            with override(language):
                found = made.get_template("page.html").render(day=LATE)

            assert found == self.WORDS[language]

    @pytest.mark.parametrize(
        ("language", "one", "many"),
        [("en", "owner", "owners"), ("nb", "eier", "eiere"), ("nn", "eigar", "eigarar")],
    )
    def test_says_how_many_by_the_number_and_writes_it_out(self, make, language, one, many):
        page = (
            "{% trans count=n|number, n=n %}{{ count }} owner{% pluralize n %}"
            "{{ count }} owners{% endtrans %}"
        )
        made = make(page=page).get_template("page.html")

        with override(language):
            found = [made.render(n=n) for n in (1, 1000)]

        assert found == [f"1 {one}", f"1\N{NO-BREAK SPACE}000 {many}"]

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_keeps_a_percent_sign(self, make, language):
        made = make(page="{% trans n=80 %}{{ n }} % av planen, 5 % s{% endtrans %}")

        with override(language):
            assert made.get_template("page.html").render() == "80 % av planen, 5 % s"


class TestDate:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_is_the_day_in_the_time_of_the_site(self, make, language):
        made = make(page='{{ at|date("d.m.Y H:i") }}')

        with override(language):
            assert made.get_template("page.html").render(at=LATE) == "15.03.2026 00:30"

    @pytest.mark.parametrize(("day", "said"), [(LATE.date(), "14.03.2026"), (None, "")])
    def test_takes_a_day_as_it_is_and_says_nothing_of_none(self, make, day, said):
        made = make(page='{{ day|date("d.m.Y") }}')

        assert made.get_template("page.html").render(day=day) == said


class TestMissing:
    @pytest.mark.parametrize("page", ["{{ gone }}", "{% if day.gone %}{% endif %}"])
    def test_is_told_by_every_page_of_the_tests(self, page):
        ours = engines["templates"].env

        assert ours.undefined is jinja2.StrictUndefined
        with pytest.raises(jinja2.UndefinedError):
            ours.from_string(page).render(day=LATE)


class TestMarkup:
    def test_is_made_of_no_data(self, make):
        page = (
            "{{ name }} {{ name|linebreaksbr }} {% trans name=name %}Edit {{ name }}{% endtrans %}"
        )

        found = make(page=page).get_template("page.html").render(name="<b>")

        assert found == "&lt;b&gt; &lt;b&gt; Rediger &lt;b&gt;"

    def test_of_a_message_stays_and_its_data_do_not_become_any(self, ask):
        request = ask()
        messages.success(
            request, format_html('<a href="{}">{}</a> er lagret.', "/x/", "<b>A & B</b>")
        )

        page = render(request, "404.html").text

        assert '<a href="/x/">&lt;b&gt;A &amp; B&lt;/b&gt;</a> er lagret.</p>' in page

    def test_of_a_message_stays_also_on_the_page_after(self, ask):
        request, answer = ask(), HttpResponse()
        messages.success(request, format_html('<a href="{}">{}</a>', "/x/", "<b>A & B</b>"))
        messages.success(request, "<i>data</i>")
        request._messages.update(answer)

        page = render(ask(answer), "404.html").text

        assert '<a href="/x/">&lt;b&gt;A &amp; B&lt;/b&gt;</a></p>' in page
        assert "&lt;i&gt;data&lt;/i&gt;</p>" in page


class TestContext:
    def test_is_left_as_the_view_has_given_it(self, ask):
        context = {"form": None}

        get_template("404.html").render(context, ask())

        assert context == {"form": None}

    @pytest.mark.parametrize("name", ["user", "perms", "messages", "site_name"])
    def test_has_no_name_that_every_page_has(self, ask, name):
        with pytest.raises(AssertionError, match=name):
            get_template("404.html").render({name: "of the view"}, ask())


class TestBarePage:
    @pytest.mark.parametrize(("name", "context"), BARE)
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_needs_neither_a_request_nor_the_database(self, name, context, language):
        with override(language):
            page = render_to_string(name, context)

        assert f'<html lang="{language}"' in page
        assert ("&lt;b&gt;" in page) == bool(context)

    def test_is_what_an_error_answers(self, rf):
        assert '<p class="message-page__code">500</p>' in server_error(rf.get("/")).text
        assert '<p class="message-page__code">500</p>' in outages.error_page(rf.get("/")).text
