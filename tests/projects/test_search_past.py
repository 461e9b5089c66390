"""A search as of a day looks into the texts before it gathers their words, and finds the same."""

import pytest
from django.db import connection
from django.utils import timezone

from fkj_portfolio.history import as_of
from projects.models import Project
from projects.models.search import parts_of
from tests.factories import MilestoneFactory, ProjectFactory, StatusReportFactory

pytestmark = pytest.mark.django_db

#: What `projects_plain_text` is to say: sign by sign, in whatever way a letter is written.
PLAIN = """
    SELECT projects_plain_text(text) = translate(
        normalize(text, NFC), '/-._@&<+' || U&'\\00AD\\200D', '        '
    ) FROM (SELECT %s) AS given (text)
"""


def found(text):
    return set(Project.objects.search(text).values_list("title", flat=True))


@pytest.fixture
def projects(db):
    for title in (
        *("Felles journal", "Felles jour\u00adnaler", "A\u030apen journal", "ÅPEN JOURNAL"),
        *("Program for helse", "Aapent register", "Registrene", "е-helse i KS", "Ta\u200dble"),
    ):
        ProjectFactory(title=title)
    MilestoneFactory(
        project=ProjectFactory(title="Plan"), code="MP1", description="Lederne/journal"
    )
    StatusReportFactory(project=ProjectFactory(title="Rapport"), status_text="Journalen er klar")


@pytest.mark.parametrize(
    "text",
    [
        *(
            "journal",
            "felles journal",
            "FELLES",
            "åpen",
            "aapen",
            "programmet",
            "registre",
            "table",
        ),
        *("leder", "mp 1", "mp1 journal", "helse", "ks", "frå", "j", "journal xyzzy", "«journal»"),
    ],
)
def test_finds_as_of_now_what_is_found_now(projects, text):
    now = found(text)

    with as_of(timezone.now()):
        assert found(text) == now


def test_finds_what_is_written_in_other_ways(projects):
    with as_of(timezone.now()):
        assert found("felles journal") == {"Felles journal", "Felles jour\u00adnaler"}
        assert len(found("åpen journal")) == 2
        assert found("table") == {"Ta\u200dble"}


def test_gathers_the_words_only_of_what_may_hold_them(projects):
    with as_of(timezone.now()), connection.cursor() as cursor:
        sql, parameters = Project.objects.search("felles journal").query.sql_with_params()
        cursor.execute(f"EXPLAIN (ANALYZE, COSTS OFF) {sql}", parameters)
        plan = "\n".join(line for (line,) in cursor.fetchall())

    # The texts are looked into first; an outer join would have gathered the words of all before.
    assert 'INNER JOIN "projects_projectwords"' in sql
    assert plan.index("~~ ANY") < plan.index("to_tsvector")


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("journalen", [["journal"]]),
        ("åpen journal xyzzy", [["aapen", "åpen"], ["journal"], ["xyzzy"]]),
        ("mp1 2025 e", [["e"]]),
        ("og i", []),
    ],
)
def test_parts_stand_in_every_form_of_a_word(text, parts):
    assert parts_of(text) == parts


@pytest.mark.parametrize(
    "text",
    [
        *("", "helse/omsorg-x_y.z@a&b<c+d", "jour\u00adnal\u200d", "A\u030asen", "Å", "\u212b"),
        *("e\u0301t «sitat» – 1…", "日本", "\U00010400", "o\u0308\u0327", "ĳ ﬁ"),
    ],
)
def test_plain_text_is_what_it_was(db, text):
    with connection.cursor() as cursor:
        cursor.execute(PLAIN, [text])
        assert cursor.fetchone() == (True,)
