"""What the documents point at is there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
# Ours, and not what lies in .venv, var or static/vendor.
DOCUMENTS = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("bench/*.md")]
LINK = re.compile(r"\]\(([^)\s#]+)[^)]*\)")


def find_links(document: Path) -> list[str]:
    """Return what the links and images of a document point at in the repository."""
    targets = LINK.findall(document.read_text("utf-8"))
    return [target for target in targets if not re.match("https?:|mailto:", target)]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_points_only_at_what_exists(document):
    missing = [link for link in find_links(document) if not (document.parent / link).exists()]

    assert missing == []


def test_finds_the_links():
    links = find_links(ROOT / "README.md")

    assert {"docs/images/overview.png", ".env.example", "docs/adr/README.md"} <= set(links)
