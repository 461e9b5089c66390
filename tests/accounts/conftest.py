import pytest
from django.core.cache import cache

from tests.accounts.visitors import PASSWORD
from tests.factories import UserFactory


@pytest.fixture(autouse=True)
def quick_passwords(settings):
    """Make passwords quick: what makes one slow to guess makes tests slow to run."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def user(db):
    user = UserFactory(email="ida@ks.no", name="Ida Jensen")
    user.set_password(PASSWORD)
    user.save()
    return user


@pytest.fixture
def nothing_counted(db):
    """Forget what was counted in a test that commits."""
    yield
    cache.clear()
