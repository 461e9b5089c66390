"""Judge of the pages of all tests: it finds a fault, and nothing where there is none."""

from functools import partial

import pytest
from django.http import HttpResponse
from django.utils.html import escape

from tests import pages

NOT_CHECKED = pages.reason_not_to_check()
needs_the_checker = pytest.mark.skipif(bool(NOT_CHECKED), reason=NOT_CHECKED)
PAGE = '<!DOCTYPE html><html lang="nb"><head><title>Side</title></head><body>{}</body></html>'


@pytest.fixture
def judge(tmp_path, monkeypatch):
    """Keep some pages as the middleware does, and say what the checker finds."""

    def judge(*answers):
        pages.make_folder(tmp_path)
        monkeypatch.setattr(pages, "SEEN", set())
        for html in answers:
            pages.keep(html)
        return pages.complaints(pages.folder())

    monkeypatch.setenv(pages.FOLDER, "")
    return judge


@needs_the_checker
class TestComplaints:
    def test_are_none_of_what_is_valid_and_what_is_meant(self, judge):
        meant = '<ul role="list"><li><a href="/" hx-get="/" hx-target="#a">a</a></li></ul>'

        assert judge(PAGE.format(meant), '<tr><td role="cell">1</td></tr>') == []

    @pytest.mark.parametrize(
        ("html", "says"),
        [
            ("<span><div>a</div></span>", "Element “div” not allowed as child of element “span”"),
            ('<time datetime="2023-02-15T10:00:00.123456+01:00">a</time>', "Bad value"),
            ('<p aria-describedby="missing">a</p>', "must point to an element"),
            ('<p id="a">a</p><p id="a">b</p>', "Duplicate ID"),
        ],
    )
    def test_tell_of_a_fault_and_of_the_test_that_shows_it(self, judge, html, says):
        (told,) = [each for each in judge(PAGE.format(html)) if "first occurrence" not in each]

        assert says in told
        assert "test_tell_of_a_fault" in told

    def test_tell_of_a_part_of_a_page_too(self, judge):
        (told,) = judge("<tr><td><span><div>a</div></span></td></tr>")

        assert "not allowed as child" in told

    def test_look_at_a_page_only_when_something_in_it_is_new(self, judge):
        judge(*(PAGE.format(f'<p title="{number}">{number}</p>') for number in range(3)))

        assert len(list(pages.folder().glob("*.html"))) == 1

    def test_look_at_a_page_that_has_an_identifier_twice_though_it_is_built_as_another(self, judge):
        alike = [PAGE.format(f'<p id="a-1">a</p><p id="a-{number}">b</p>') for number in (2, 1)]

        told = judge(*alike)

        assert any("Duplicate ID “a-1”" in each for each in told)


class TestKeepPages:
    @pytest.mark.parametrize(
        "value", ["a".upper, pytest.fixture, partial(int, "1"), HttpResponse().items, len]
    )
    def test_refuses_a_method_that_was_not_called(self, rf, value):
        answer = pages.KeepPages(lambda request: HttpResponse(PAGE.format(escape(value))))

        with pytest.raises(AssertionError, match="<body>"):
            answer(rf.get("/"))
