"""Links of the documents, which point at what is there."""

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


def test_the_tour_leads_past_files_that_exist():
    text = (ROOT / "docs" / "tour.md").read_text("utf-8")
    files = re.findall(r"`((?:[a-z_]+/)+[a-z_]+\.(?:py|html))`", text)

    assert len(files) > 30
    assert [name for name in files if not (ROOT / name).exists()] == []


class TestAsvs:
    """The answers to OWASP ASVS, of which there is one for each requirement of the levels 1 and 2."""

    TEXT = (ROOT / "docs" / "asvs.md").read_text("utf-8")
    ROW = re.compile(
        r"^\| (\d+\.\d+\.\d+) \| ([12]) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE
    )
    #: How many requirements the chapters of ASVS 5.0.0 have on the two levels.
    COUNTS = (27, 11, 19, 10, 9, 35, 18, 7, 7, 29, 14, 9, 13, 9, 13, 16, 7)

    def test_answer_every_requirement_once(self):
        numbers = [row[0] for row in self.ROW.findall(self.TEXT)]

        assert len(set(numbers)) == len(numbers) == sum(self.COUNTS) == 253
        chapters = [number.split(".")[0] for number in numbers]
        assert tuple(chapters.count(str(n)) for n in range(1, 18)) == self.COUNTS

    def test_say_why_where_they_do_not_say_where(self):
        for number, _level, _what, answer, where in self.ROW.findall(self.TEXT):
            assert answer in {"Met", "In part", "Not met", "Not applicable"}, number
            assert len(where) > 5, number

    def test_point_only_at_files_and_tests_that_exist(self):
        files = re.findall(r"`([\w./-]+\.(?:py|js|html|md|txt|json)|\.env\.example)`", self.TEXT)
        assert [name for name in files if not (ROOT / name).exists()] == []

        tests = re.findall(r"`(tests/[\w/]+\.py)::(\w+)(?:::(\w+))?`", self.TEXT)
        assert len(tests) > 80
        for file, outer, inner in tests:
            source = (ROOT / file).read_text("utf-8")
            kind = "class" if outer[0].isupper() else "def"
            assert re.search(rf"^{kind} {outer}\b", source, re.MULTILINE), (file, outer)
            if inner:
                within = re.split(rf"^class {outer}\b", source, flags=re.MULTILINE)[1]
                within = re.split(r"^\S", within.split("\n", 1)[1], flags=re.MULTILINE)[0]
                assert f"    def {inner}(" in within, (file, outer, inner)
