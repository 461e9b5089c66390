"""What is shown, and the mark that it goes by."""

import re

from django.db import connection


def mark(slug=""):
    with connection.cursor() as cursor:
        if slug:
            cursor.execute("SELECT projects_content_mark_of(%s)", [slug])
        else:
            cursor.execute("SELECT projects_content_mark()")
        return cursor.fetchone()[0]


def titles(response):
    """The letters that are titles of the projects "a", "b" and "c" on a page, in order."""
    found = re.findall(r'/prosjekter/[abc]/">([a-zA-Z])</a>', response.content.decode())
    return "".join(sorted(found))
