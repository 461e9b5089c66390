"""The old page of the real project, and ways to change it."""

from pathlib import Path

from exchange.scaffold.old_page import OldPage, read_old_page

ROOT = Path(__file__).resolve().parents[3]
SEED = (ROOT / "exchange/examples/demo/felles-kommunal-journal.txt").read_bytes()
PAGES = Path(__file__).parent.parent / "pages"


def read(name: str) -> OldPage:
    return read_old_page((PAGES / name).read_bytes())


def changed(old: str, new: str) -> bytes:
    """The seed with something else in it."""
    text = SEED.decode()
    assert old in text
    return text.replace(old, new).encode()
