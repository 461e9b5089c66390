import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def no_attempts_yet():
    """The attempts to log in are counted in the cache, which outlives a test."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture(autouse=True)
def quick_passwords(settings):
    """What makes a password slow to guess makes tests slow to run."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
