"""What is counted for staff, and remembered, is not shown to readers."""

import pytest
from django.test import Client

from fkj_portfolio.content_cache import ANSWERS
from fkj_portfolio.page_cache import PAGES
from tests.factories import OwnerFactory, ProjectFactory
from tests.portfolio import reported, soup

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("way", ["", "?vis=fordeling", "?grupper=eier"])
def test_readers_get_nothing_that_was_counted_for_staff(staff, way):
    reported(title="Åpent", owner=OwnerFactory(name="KS"))
    ProjectFactory(title="Hemmelig", draft=True, owner=OwnerFactory(name="Lukket AS"))
    PAGES.answers.clear()
    ANSWERS.answers.clear()
    of_staff, of_readers = Client(), Client()
    of_staff.force_login(staff)

    first = of_staff.get(f"/{way}")
    then = of_readers.get(f"/{way}")

    assert soup(first).select_one("#result-count").text.strip() == "2 av 2 prosjekter"
    assert soup(then).select_one("#result-count").text.strip() == "1 av 1 prosjekt"
    assert "Lukket AS" in first.content.decode()
    assert "Lukket AS" not in then.content.decode()
