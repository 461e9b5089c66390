"""A page that is walked through by keys."""

import pytest

from tests.browser.keys.content import fill


@pytest.fixture
def page(page, complaints):
    """A page that has what the keys are for, and little else."""
    page.goto("/finnes-ikke/")
    complaints.clear()
    fill(page)
    return page
