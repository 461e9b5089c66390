"""Our pages keep their rules, and the check that says so sees what it should."""

import jinja2
import pytest
from django.template import engines

from tests import catalogues
from tests.page_rules import TEMPLATES, asked_for, pages, problems


@pytest.fixture
def environment():
    return engines["templates"].env


@pytest.fixture
def written(environment, tmp_path):
    """Read pages that are written here, as the environment reads ours."""

    def written(**sources):
        for name, source in sources.items():
            (tmp_path / f"{name}.html").write_text(source)
        loader = type(environment.loader)(tmp_path)
        return pages(environment.overlay(loader=loader), tmp_path)

    return written


class TestPages:
    def test_keep_the_rules(self, environment):
        assert list(problems(pages(environment))) == []

    def test_look_up_just_the_texts_that_the_catalogues_have_of_them(self, environment):
        extracted = {
            key for path in TEMPLATES.rglob("*.html") for key in catalogues.extracted_from(path)
        }

        assert asked_for(pages(environment)) == extracted
        assert len(extracted) > 500


class TestProblems:
    @pytest.mark.parametrize(
        ("template", "says"),
        [
            ("{{ _(title) }}", "not written here"),
            ('{{ _("a" ~ title) }}', "not written here"),
            ('{{ pgettext("verb", title) }}', "not written here"),
            ('{{ ngettext(one, "many", 2) }}', "not written here"),
            ('{{ title|default(_, true)("None") }}', "handed on"),
            ('{% trans url="/" %}Go <a href="{{ url }}">there</a>{% endtrans %}', "markup"),
            ('{{ _("Save &amp; close") }}', "markup"),
            ('{{ _("80 % of the plan") }}', "a % in _()"),
            ('{{ _("Edit %(name)s", name=name) }}', "a % in _()"),
            ('{{ pgettext("share", "80 % of the plan") }}', "a % alone"),
            ('{{ ngettext("one %d", "%%%(num)s", found) }}', "a % alone"),
            ('{{ gettext("%(name) of %(plan)s", plan=plan) }}', "a % alone"),
            (
                '{% trans count=found|number ~ "" %}one{% pluralize %}{{ count }}{% endtrans %}',
                "written out already",
            ),
            ('{{ ngettext("one", "many", found|number|int) }}', "written out already"),
            ("{% trans count=found|length %}one{% pluralize %}{{ count }}{% endtrans %}", "1000"),
            (
                "{% trans count=found|number %}one{% pluralize %}{{ count }}{% endtrans %}",
                "written out already",
            ),
        ],
    )
    def test_see_a_text(self, written, template, says):
        (told,) = problems(written(page=template))

        assert told.startswith("page.html:1: ")
        assert says in told

    @pytest.mark.parametrize(
        "template",
        [
            '{{ _("Save") }}, {{ pgettext("verb", "Show") }}',
            "{% trans %}80 % of the plan, less < more{% endtrans %}",
            "{% trans n=80 %}{{ n }} % of the plan, {{ n }}%{% endtrans %}",
            '{{ pgettext("share", "%(n)s %% of the plan", n=80) }}',
            "{% trans n=found, count=found|number %}one{% pluralize n %}{{ count }}{% endtrans %}",
            '{% set day = _("Today") %}{{ day }}',
        ],
    )
    def test_see_nothing_where_nothing_is_wrong(self, written, template):
        assert list(problems(written(page=template))) == []

    @pytest.mark.parametrize(
        ("line", "count"),
        [
            ('{% set day = _("Today") %}', 1),
            ("{% set many = 50000|number %}", 1),
            ("{% set day %}Today{% endset %}", 1),
            ('{% if true %}{% set day = _("Today") %}{% endif %}', 1),
            (
                "{% if true %}{% if true %}{% else %}{% set day %}Today{% endset %}{% endif %}{% endif %}",
                1,
            ),
            ('{% if language() == "en" %}{% set day = "Today" %}{% endif %}', 1),
            ('{% set kinds = ("a", "b") %}', 0),
            ('{% if true %}{% set kinds = ("a", "b") %}{% endif %}', 0),
            ('{% macro day() %}{% set day = _("Today") %}{{ day }}{% endmacro %}', 0),
        ],
    )
    def test_see_what_a_file_that_is_imported_sets_for_all(self, written, line, count):
        found = written(page='{% from "_parts.html" import part %}', _parts=line)

        assert len(list(problems(found))) == count

    @pytest.mark.parametrize(
        ("template", "count"),
        [
            ("{% if page.has_next %}{% endif %}", 1),
            ("{{ project.get_absolute_url }}", 1),
            ("{% if project.is_editable_by and 1 %}{% endif %}", 1),
            ("{{ project.get_lifecycle_display }}", 1),
            ("{{ page.has_next() }}{{ loop.index }}{{ paginator.count }}", 0),
        ],
    )
    def test_see_a_method_that_is_not_called(self, written, template, count):
        assert len(list(problems(written(page=template)))) == count

    def test_see_the_texts_of_an_environment_of_another_kind(self, environment, written):
        other = jinja2.Environment(
            loader=jinja2.FileSystemLoader(TEMPLATES), extensions=["jinja2.ext.i18n"]
        )

        assert asked_for(pages(other)) != asked_for(pages(environment))
