"""Two colleagues, and a way to let them send at once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client

from accounts.models import User
from tests.factories import UserFactory


@pytest.fixture
def colleagues(db) -> tuple[User, User]:
    """Two who may do everything."""
    return UserFactory(is_superuser=True), UserFactory(is_superuser=True)


@pytest.fixture
def post_at_once(colleagues) -> Callable[..., list[HttpResponse]]:
    """Post for both colleagues at the same moment."""
    barrier = Barrier(2, timeout=10)

    def post(user, url, data):
        client = Client(raise_request_exception=False)
        client.force_login(user)
        barrier.wait()
        try:
            return client.post(url, data)
        finally:
            connection.close()

    def post_both(*asked):
        with ThreadPoolExecutor(2) as pool:
            answers = [
                pool.submit(post, user, url, data)
                for user, (url, data) in zip(colleagues, asked, strict=True)
            ]
            return [answer.result() for answer in answers]

    return post_both
