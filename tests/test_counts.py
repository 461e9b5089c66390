"""One is one: no page and no message speaks of "1 prosjekter"."""

import re

import pytest
from babel.messages.pofile import read_po
from bs4 import BeautifulSoup

from tests import catalogues
from tests.factories import (
    ContactFactory,
    DateMoveFactory,
    MilestoneFactory,
    ProjectFactory,
    StatusReportFactory,
    StrategicGoalFactory,
)
from tests.past import at, day

#: Words for more than one, in the three languages.
MANY = (
    "prosjekter|leveranser|leveransar|rapporter|rapportar|statusrapporter|dager|dagar|eiere|eigarar"
    "|kontakter|kontaktar|kontaktpersoner|kontaktpersonar|visninger|visningar|endringer|endringar"
    "|personer|personar|ganger|gonger|måneder|månader|filer|projects|deliveries|reports|days|owners"
    "|contacts|views|changes|people|times|months|files|have|are"
)
ONE_OF_MANY = re.compile(rf"(?<![\w.,:/–-])1\s+(?:[^\W\d]+(?:e|t)?\s+)?(?:{MANY})\b")
#: How many there are is told by a number that cannot be one.
NEVER_ONE = {
    "None of %(total)s active projects has a high risk.",
    "You can change %(most)s projects at a time. Narrow the overview down with a filter.",
    "Write at least %(count)s characters.",
    # SECURITY_LOG_DAYS is at least 30.
    "Who logged in, was refused, or got other rights: when, and from where. It is kept for %(days)s days.",
}
COUNTED = re.compile(rf"%\(?\w*\)?[sd]\s+(?:\w+ )?(?:{MANY}|characters)\b")
PAGES = [
    "/",
    "/?vis=tidslinje",
    "/?vis=fordeling",
    "/?grupper=eier",
    "/?status=challenges",
    "/sok/?sok=journal",
    "/mine/",
    "/avvik/",
    "/eiere/",
    "/historikk/",
    "/endringer/?fra=2026-01-15&til=2026-04-15",
    "/visninger/",
    "/prosjekter/fkj/",
    "/prosjekter/fkj/status/",
    "/prosjekter/fkj/historikk/",
    "/prosjekter/fkj/avpubliser/",
]


@pytest.fixture
def one_of_everything(db, manager):
    with at("2026-02-02"):
        project = ProjectFactory(title="Journal", slug="fkj", managers=[manager])
        project.contact = ContactFactory(owner=project.owner)
        project.main_goal = StrategicGoalFactory()
        project.save()
        milestone = MilestoneFactory(project=project, title="Journal", position=1)
        StatusReportFactory(project=project, reported_on=day("2026-02-02"))
    with at("2026-03-02"):
        DateMoveFactory(milestone=milestone)
        status = {"status": "challenges", "risk_level": "high"}
        StatusReportFactory(project=project, **status, reported_on=day("2026-03-02"))
    return project


def said(response):
    """All words of a page, also those that are only read aloud."""
    page = BeautifulSoup(response.content, "html.parser")
    names = [
        element[name]
        for name in ("aria-label", "title", "placeholder")
        for element in page.find_all(attrs={name: True})
    ]
    return " | ".join(" ".join(text.split()) for text in [page.get_text(" "), *names])


class TestOne:
    @pytest.mark.parametrize("language", ["nb", "nn", "en"])
    @pytest.mark.parametrize("person", ["reader", "manager", "administrator"])
    def test_is_never_counted_as_many(self, client, one_of_everything, person, language, log_in):
        log_in(client, person)
        client.cookies["django_language"] = language

        for page in PAGES:
            response = client.get(page, follow=True)
            assert f'lang="{language}"' in response.text
            words = said(response)
            assert not ONE_OF_MANY.findall(words), page

    def test_would_be_seen(self):
        for words in ("1 prosjekter", "Andre: 1 aktive prosjekter", "1 deliveries"):
            assert ONE_OF_MANY.search(words)
        for words in ("11 prosjekter", "1 av 3 prosjekter", "31. 1 leveranse", "1 prosjekt"):
            assert not ONE_OF_MANY.search(words)


class TestCatalogue:
    def test_has_a_singular_of_everything_that_is_counted(self):
        alone = [
            message.id
            for message in catalogues.extracted().values()
            if isinstance(message.id, str) and COUNTED.search(message.id)
        ]

        assert [text for text in alone if text not in NEVER_ONE] == []

    @pytest.mark.parametrize("language", catalogues.LANGUAGES)
    def test_has_singulars_that_speak_of_one(self, language):
        """A number of its own, such as the total, stands in the plural."""
        with catalogues._file(language, "po").open("rb") as file:
            plurals = [each for each in read_po(file) if isinstance(each.id, tuple)]

        one = re.compile(rf"(?<!av )(?<!Av )%\((?:count|days|total)\)[sd] (?:\w+e )?(?:{MANY})\b")
        assert [each.string[0] for each in plurals if one.search(each.string[0])] == []
