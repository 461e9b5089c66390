"""The demonstration portfolio, loaded."""

import pytest

from exchange.examples.demo.load import load_demo


@pytest.fixture
def demo() -> None:
    load_demo()
