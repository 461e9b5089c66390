"""What is read on a replica is what has arrived there; after its promotion nothing is shown that was lost."""

from contextlib import ExitStack

import pytest
from django.db import connection
from django.test import Client

from projects.models import Project
from tests.content_marks.replica import replica
from tests.content_marks.shown import mark, titles
from tests.factories import ProjectFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def projects():
    return [ProjectFactory(slug=name, title=name) for name in "abc"]


@pytest.fixture
def standby(projects):
    with replica() as standby:
        standby.catch_up()
        yield standby


class SaveMeanwhile:
    """Somebody else's save, committed when it is known which mark a page goes by, before it is made."""

    def __init__(self, connect, slug, title):
        self.connect, self.slug, self.title = connect, slug, title
        self.is_saved = False

    def __call__(self, execute, sql, *others):
        answer = execute(sql, *others)
        if "content_mark" in sql and not self.is_saved:
            self.is_saved = True
            with self.connect() as saving:
                saving.execute(
                    "UPDATE projects_project SET title = %s WHERE slug = %s",
                    [self.title, self.slug],
                )
        return answer


class TestReplica:
    def test_shows_what_has_arrived_whatever_order_it_ended_in_until_it_has_lost_it(
        self, standby, connect
    ):
        client = Client()

        # Who began first ends last.
        with ExitStack() as stack:
            saving = [stack.enter_context(connect()) for _name in "abc"]
            for name, each in zip("abc", saving, strict=True):
                each.execute(
                    "UPDATE projects_project SET title = upper(title) WHERE slug = %s", [name]
                )
            with standby.asked_by_the_site():
                arrived = [client.get("/")]
            for each in reversed(saving):
                each.commit()
                standby.catch_up()
                with standby.asked_by_the_site():
                    arrived.append(client.get("/"))
        assert [titles(each) for each in arrived] == ["abc", "Cab", "BCa", "ABC"]

        # It is behind, and tells what it has.
        with standby.cut_off():
            Project.objects.filter(slug="a").update(title="d")
            ahead = mark(), titles(client.get("/"))
            with standby.asked_by_the_site():
                behind = mark(), titles(client.get("/"))
        standby.catch_up()
        with standby.asked_by_the_site():
            arrived = mark(), titles(client.get("/"))
        assert (ahead[1], behind[1], arrived[1]) == ("BCd", "ABC", "BCd")
        assert ahead[0] == arrived[0] != behind[0]

    def test_shows_nothing_after_its_promotion_that_was_lost(self, standby, connect):
        client = Client()
        with standby.cut_off():
            with connection.execute_wrapper(SaveMeanwhile(connect, "a", "x")):
                made_meanwhile = client.get("/?grupper=eier")
            Project.objects.filter(slug="b").update(title="y")
            made_after = client.get("/")

            standby.promote()

            with standby.asked_by_the_site():
                promoted = [client.get("/?grupper=eier"), client.get("/")]
                Project.objects.filter(slug="c").update(title="z")
                saved = client.get("/")
        assert [titles(each) for each in (made_meanwhile, made_after)] == ["bcx", "cxy"]
        assert [titles(each) for each in (*promoted, saved)] == ["abc", "abc", "abz"]
