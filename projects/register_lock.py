"""The lock that whoever changes the register or what a project is takes: what a form saw still stands then."""

from django.db import connection

#: Any number will do, as long as nothing else in the database locks the same.
REGISTER = 20_230_522


def lock_register() -> None:
    """Wait until nobody else has the lock, and keep it until the transaction ends.

    A name, or an address made of it, is free only until somebody else takes it, and an
    owner may be retired while another form chooses it: no lock on a row can hold that.
    Taken before any row is locked, so that nobody waits in a circle.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [REGISTER])
