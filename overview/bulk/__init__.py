"""Setting one field for several projects at once, having seen what that does, and undoing it.

`fields` reads and writes what can be set, `plan` foresees what a change does, `undo` what undoing
it does, and `actions` does either.
"""
