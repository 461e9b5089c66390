import pytest
from django.db import connection, transaction

from fkj_portfolio.content_cache import ContentCache
from projects.models import Owner
from tests.factories import OwnerFactory


@pytest.fixture
def memory():
    return ContentCache(size=2, room=1000)


@pytest.mark.django_db(transaction=True)
class TestContentCache:
    def test_answers_as_long_as_nothing_changes(self, memory):
        asked = []
        for _again in range(20):
            memory.open().recall("owners", lambda: asked.append(1))

        assert asked == [1]

    def test_asks_again_when_somebody_has_changed_something(self, memory):
        memory.open().recall("owners", Owner.objects.count)
        assert list(memory.answers) == ["owners"]
        OwnerFactory()

        assert memory.open().recall("owners", Owner.objects.count) == 1

    def test_keeps_no_answer_of_a_transaction_that_has_written(self, memory):
        with transaction.atomic():
            OwnerFactory()
            assert memory.open().recall("owners", Owner.objects.count) == 1
            assert not memory.answers
            transaction.set_rollback(True)

        assert memory.open().recall("owners", Owner.objects.count) == 0
        assert list(memory.answers) == ["owners"]

    def test_keeps_answers_to_different_questions_apart(self, memory):
        opened = memory.open()

        assert opened.recall("one", lambda: 1) == 1
        assert opened.recall(("one", "more"), lambda: 2) == 2
        assert opened.recall("one", lambda: 3) == 1
        assert opened.recall(("one", "more"), lambda: 3) == 2

    def test_forgets_what_was_not_asked_for_long(self, memory):
        for key in "abac":
            memory.open().recall(key, lambda: key)  # noqa: B023

        assert list(memory.answers) == ["a", "c"]

    def test_forgets_what_there_is_no_room_for(self):
        memory = ContentCache(size=100, room=1000, weigh=len)
        for number in range(30):
            memory.open().recall(number, lambda: "a" * 90)

        assert 5 < len(memory.answers) < 12
        assert sum(kept.weight for kept in memory.answers.values()) <= 1000
        assert next(reversed(memory.answers)) == 29

    def test_keeps_no_answer_that_would_push_out_all_others(self, memory):
        memory.open().recall("short", lambda: "a")
        for key, answer in [("long", "a" * 101), ("a" * 101, "long")]:
            assert memory.open().recall(key, lambda: answer) == answer  # noqa: B023

        assert list(memory.answers) == ["short"]

    def test_costs_one_query(self, memory, django_assert_num_queries):
        with django_assert_num_queries(1):
            memory.open()
        assert connection.in_atomic_block is False
