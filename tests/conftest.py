"""The cast, and the two ways to ask: as a browser that loads pages, and as htmx."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import AnonymousUser, Group
from django.core.management import call_command
from django.db import connection
from django.test import Client
from pytest_django import DjangoDbBlocker

from accounts.models import ADMINISTRATORS, PORTFOLIO_OFFICE, User
from fkj_portfolio import later
from projects.models import Project
from tests import seen
from tests.factories import ProjectFactory, UserFactory
from tests.story import tell_story


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """Let the tests of the real browser empty reports and history when they end; nobody else can."""
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text, tgname FROM pg_trigger"
            " WHERE tgname IN ('reports_stand', 'history_stands')"
        )
        for table, trigger in cursor.fetchall():
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {trigger}")


@pytest.fixture(autouse=True)
def nothing_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Do at once what is done after the answer: other threads do not see what a test has not committed."""
    monkeypatch.setattr(later, "_start", lambda work: work())


@pytest.fixture(autouse=True)
def pages_are_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let `response.context` tell what a page was given."""
    seen.tell_tests(monkeypatch)


@pytest.fixture
def htmx_client() -> Client:
    """A client that asks as htmx does."""
    return Client(headers={"hx-request": "true"})


@pytest.fixture
def log_in(request: pytest.FixtureRequest) -> Callable[[Client, str], User | AnonymousUser]:
    """Logs a client in as one of the cast, whom it returns; the reader has no login."""

    def log_in(client: Client, person: str) -> User | AnonymousUser:
        user = request.getfixturevalue(person)
        if user.is_authenticated:
            client.force_login(user)
        return user

    return log_in


@pytest.fixture
def reader() -> AnonymousUser:
    """Nobody who is logged in."""
    return AnonymousUser()


@pytest.fixture
def staff(db: None) -> User:
    """An employee: may log in, and no more."""
    return UserFactory(name="Ansatt Hansen")


@pytest.fixture
def manager(db: None) -> User:
    """The manager of the fixture `project`."""
    return UserFactory(name="Leder Larsen")


@pytest.fixture
def other_manager(db: None) -> User:
    """The manager of another project."""
    user = UserFactory(name="Annen Olsen")
    ProjectFactory(managers=[user])
    return user


@pytest.fixture
def office(db: None) -> User:
    """A member of the portfolio office."""
    return _member_of(PORTFOLIO_OFFICE, name="Kontor Nilsen")


@pytest.fixture
def administrator(db: None) -> User:
    """An administrator."""
    return _member_of(ADMINISTRATORS, name="Administrator Berg")


@pytest.fixture
def project(manager: User) -> Project:
    """A published project with a manager."""
    return ProjectFactory(title="Felles kommunal journal", slug="fkj", managers=[manager])


@pytest.fixture
def story(db: None) -> Project:
    """The real project with its fixed story of 2023."""
    return tell_story()


def _member_of(group: str, *, name: str) -> User:
    call_command("make_groups")
    user = UserFactory(name=name)
    user.groups.add(Group.objects.get(name=group))
    return user
