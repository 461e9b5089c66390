import pytest


@pytest.fixture(autouse=True)
def quick_passwords(settings):
    """What makes a password slow to guess makes tests slow to run."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
