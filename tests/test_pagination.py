"""The pages of a list, by their numbers."""

import pytest
from bs4 import BeautifulSoup
from django.core.paginator import Paginator
from django.template import engines

PAGES = '{% from "components/_pagination.html" import pagination %}{{ pagination(page, request) }}'


def drawn(rf, number, *, count):
    page = Paginator(range(count * 25), 25).get_page(number)
    request = rf.get("/", {"eier": "ks", "side": number})
    html = engines["templates"].from_string(PAGES).render({"page": page}, request)
    return BeautifulSoup(html, "html.parser")


def words(soup):
    return [" ".join(each.text.split()) for each in soup.select("li")]


@pytest.mark.parametrize(
    ("number", "count", "shown"),
    [
        (1, 2, ["Side 1", "Side 2"]),
        (7, 40, ["Side 1", "…", "Side 6", "Side 7", "Side 8", "…", "Side 40"]),
        (1200, 1200, ["Side 1", "…", "Side 1 199", "Side 1 200"]),
    ],
)
def test_shows_the_first_the_last_and_those_around(rf, number, count, shown):
    assert words(drawn(rf, number, count=count)) == shown


def test_says_which_is_shown_and_leads_to_the_others(rf):
    soup = drawn(rf, 2, count=3)

    assert soup.select_one("[aria-current=page]").text.split() == ["Side", "2"]
    # The first has no number in its address.
    assert [each["href"] for each in soup.select("li a")] == ["?eier=ks", "?eier=ks&side=3"]
    assert [each["rel"] for each in soup.select("[rel]")] == [["prev"], ["next"]]


def test_is_not_there_for_one_page(rf):
    assert drawn(rf, 1, count=1).find() is None
