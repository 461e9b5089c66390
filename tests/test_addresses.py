"""The addresses of pages."""

import pytest
from django.urls import NoReverseMatch, reverse, set_script_prefix

from fkj_portfolio.addresses import page_address


@pytest.fixture(autouse=True)
def at_the_root():
    yield
    set_script_prefix("/")


def test_are_those_that_django_finds():
    assert page_address("projects:project_detail", "fkj") == reverse(
        "projects:project_detail", args=["fkj"]
    )
    assert page_address("projects:project_detail", "ki") == "/prosjekter/ki/"
    assert page_address("projects:overview") == "/"


def test_follow_where_the_site_is():
    at_the_root = page_address("projects:owner_list")
    set_script_prefix("/portefolje/")

    assert page_address("projects:owner_list") == f"/portefolje{at_the_root}"


def test_refuse_a_page_that_is_not_there():
    with pytest.raises(NoReverseMatch):
        page_address("projects:nothing")
