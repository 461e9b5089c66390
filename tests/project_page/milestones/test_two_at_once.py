"""Two people, or two clicks, at the same moment."""

import datetime
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from milestones.models import Milestone
from tests.factories import MilestoneFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def post_at_once(manager, office) -> Callable[..., list[HttpResponse]]:
    """Post for the manager and the office at the same moment."""
    barrier = Barrier(2, timeout=10)

    def post(user, url, data):
        client = Client(headers={"hx-request": "true"})
        client.force_login(user)
        barrier.wait()
        try:
            return client.post(url, data)
        finally:
            connection.close()

    def post_both(*asked):
        with ThreadPoolExecutor(2) as pool:
            return [
                answer.result()
                for answer in [
                    pool.submit(post, user, url, data)
                    for user, (url, data) in zip((manager, office), asked, strict=True)
                ]
            ]

    return post_both


def url_of(name: str, milestone: Milestone) -> str:
    return reverse(f"milestones:{name}", args=[milestone.project.slug, milestone.pk])


def test_deliver_once(post_at_once, milestone):
    delivery = (url_of("milestone_deliver", milestone), {"delivered_on": "01.06.2026"})

    answers = post_at_once(delivery, delivery)

    texts = sorted("allerede levert" in answer.content.decode() for answer in answers)
    assert texts == [False, True]


def test_move_once_and_refuse_the_other(post_at_once, milestone):
    typed = {"cause": "trial", "reason": "Test", "opened_with": "2026-07-10"}
    url = url_of("milestone_move", milestone)

    answers = post_at_once((url, typed | {"to": "01.09.2026"}), (url, typed | {"to": "01.10.2026"}))

    assert sorted(answer.status_code for answer in answers) == [200, 422]
    milestone.refresh_from_db()
    move = milestone.date_moves.get()
    assert (move.from_date, move.to_date) == (datetime.date(2026, 7, 10), milestone.due_on)


def test_put_two_in_other_places_without_waiting_for_each_other(post_at_once, milestone, project):
    other = MilestoneFactory(project=project, title="Annet")

    answers = post_at_once(
        (url_of("milestone_edit", milestone), {"title": "Mandat", "place": "2"}),
        (url_of("milestone_edit", other), {"title": "Annet", "place": "1"}),
    )

    assert [answer.status_code for answer in answers] == [200, 200]
    positions = [each.position for each in project.milestones.in_order()]
    assert positions == [1, 2]
