"""Raw markup: nothing prints a text as markup but what is named, and the check that says so sees what it should."""

import pytest

from tests import raw_markup
from tests.raw_markup import IN_SCRIPTS, IN_TEMPLATES, in_python, in_text


def test_nothing_prints_a_text_as_markup_but_what_is_named():
    assert list(raw_markup.problems()) == []


@pytest.mark.parametrize(
    ("template", "found"),
    [
        ("{{ field.help_text|safe }}", ["|safe"]),
        ("{{ names | safeseq|join:', ' }}", ["|safe"]),
        ("{% filter safe %}{{ name }}{% endfilter %}", ["|safe"]),
        ("{%+ filter safe %}{{ name }}{% endfilter %}", ["|safe"]),
        ("{%- filter trim|safe -%}{{ name }}{% endfilter %}", ["|safe"]),
        ("{% firstof a|safe b %}", ["|safe"]),
        ("{% set name = name|safe %}", ["|safe"]),
        ("{%+ if name|safe %}", ["|safe"]),
        ("{{ name|default:'}'|safe }}", ["|safe"]),
        ("{{ name|default('}')|safe }}", ["|safe"]),
        ("{{ {'a': name}.a|safe }}", ["|safe"]),
        ("{% autoescape off %}", ["autoescape off"]),
        ("{% autoescape false %}", ["autoescape off"]),
        ("{%+ autoescape false %}", ["autoescape off"]),
        ("{%- autoescape true and is_text %}", ["autoescape off"]),
        ("<a title={{ name }}>", ["attribute without quotation marks"]),
        ("<script>let name = '{{ name }}'</script>", ["text in a script"]),
        (
            '<a href="?fra={{ day }}">{{ safe }}{{ is_safe|yesno }}{% autoescape on %}{% autoescape true -%}',
            [],
        ),
    ],
)
def test_sees_templates(template, found):
    assert list(in_text(template, IN_TEMPLATES)) == found


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("mark_safe(name)", ["mark_safe"]),
        ("register.filter(safestring.mark_safe)", ["mark_safe"]),
        ("from django.utils.safestring import mark_safe as ok", ["mark_safe"]),
        ("SafeString(name)", ["SafeString"]),
        ("class Name(SafeString): pass", ["SafeString"]),
        ("Template(name)", ["Template"]),
        ("engine.from_string(name)", ["from_string"]),
        ("HttpResponse(f'<b>{name}</b>')", ["HttpResponse"]),
        ("HttpResponseNotFound('<b>' + name)", ["HttpResponseNotFound"]),
        ("HttpResponse(page)", []),
        ("class Name:\n    def __html__(self): return self.name", ["__html__"]),
        ("@html_safe\nclass Name: pass", ["html_safe"]),
        ("format_html(f'<b>{name}</b>')", ["format_html"]),
        ("format_html('<b>%s</b>' % name, name)", ["format_html"]),
        ("format_html_join('', f'{name}', names)", ["format_html_join"]),
        ("register.filter(is_safe=True)", ["is_safe="]),
        ("Engine(autoescape=setting)", ["autoescape="]),
        ("def name(text: SafeString) -> SafeString: ...", []),
        ("format_html('<b>{}</b>', name)", []),
        ("format_html_join('', '{}{}', pairs)", []),
    ],
)
def test_sees_python(code, found):
    assert list(in_python(code)) == found


@pytest.mark.parametrize("code", ["told.innerHTML = name", "eval(name)", 'setTimeout("go()", 5)'])
def test_sees_scripts(code):
    assert list(in_text(code, IN_SCRIPTS))
