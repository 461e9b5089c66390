"""The cast: those who ask, by the names of their fixtures in conftest.py."""

CAST = ["reader", "staff", "manager", "other_manager", "office", "administrator"]


def cast_but(*names: str) -> list[str]:
    """Return the names of the others."""
    unknown = set(names) - set(CAST)
    assert not unknown, f"Nobody in the cast is called {unknown}."
    return [name for name in CAST if name not in names]


LOGGED_IN = cast_but("reader")
