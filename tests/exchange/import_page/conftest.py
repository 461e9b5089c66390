"""Vocabularies that the old page uses."""

from pathlib import Path

import pytest
from django.core.management import call_command

from tests.exchange.import_page.imports import SEED


@pytest.fixture(autouse=True)
def vocabularies(db):
    call_command("make_vocabularies")


@pytest.fixture
def later(tmp_path):
    """Write a later version of the seed, with some texts replaced."""

    def write(*replacements: tuple[str, str]) -> Path:
        text = SEED.read_text()
        for old, new in replacements:
            assert old in text
            text = text.replace(old, new)
        path = tmp_path / "senere.txt"
        path.write_text(text)
        return path

    return write
