"""Anchors of things on the page of a project."""


def milestone_anchor(pk: int | None) -> str:
    """The id of a milestone's row, and the start of every id in it; also of one that is to be added."""
    return f"leveranse-{pk or 'ny'}"
