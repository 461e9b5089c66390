"""Processes remember for themselves, and show at once what another has saved."""

import json
import os
import subprocess
import sys
from contextlib import contextmanager
from urllib.parse import urlsplit

import pytest
from django.db import connection

from projects.models import Project
from tests.plugin import ROOT

pytestmark = pytest.mark.django_db(transaction=True)

#: Reads addresses; tells how many queries each took, and whether the title is on the page.
READER = """
import json, sys, django
django.setup()
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
print("ready", flush=True)
client = Client(SERVER_NAME="localhost")
for line in sys.stdin:
    address, title = json.loads(line)
    with CaptureQueriesContext(connection) as queries:
        page = client.get(address).content.decode()
    print(json.dumps([len(queries), title in page]), flush=True)
"""
REMEMBERED = 1


class Reader:
    """A process that makes pages, with a memory of its own."""

    def __init__(self, process):
        self.process = process

    def look_for(self, title, address):
        """Tell whether a title is on a page, and whether the page was remembered."""
        print(json.dumps([address, title]), file=self.process.stdin, flush=True)
        queries, is_there = json.loads(self.process.stdout.readline())
        return is_there, queries == REMEMBERED


@contextmanager
def two_readers():
    url = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}")
    # In debugging the files that pages link to need not be collected.
    environment = os.environ | {
        "DATABASE_URL": url.geturl(),
        "DEBUG": "true",
        "DJANGO_SETTINGS_MODULE": "fkj_portfolio.settings",
    }
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", READER],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _reader in range(2)
    ]
    try:
        for each in processes:
            assert each.stdout.readline() == "ready\n"
        yield [Reader(each) for each in processes]
    finally:
        for each in processes:
            each.kill()
            with each:
                pass


class TestProcesses:
    def test_show_at_once_what_another_has_saved(self, project, other):
        with two_readers() as readers:
            for address in ("/", "/prosjekter/fkj/"):
                for title in ("Først", "Deretter"):
                    Project.objects.filter(pk=project.pk).update(title=title)

                    seen = [reader.look_for(title, address) for reader in readers]
                    again = [reader.look_for(title, address) for reader in readers]

                    assert seen == [(True, False), (True, False)]
                    assert again == [(True, True), (True, True)]

            Project.objects.filter(pk=other.pk).update(title="Ny")

            # A page goes by what concerns it.
            assert [reader.look_for("Ny", "/") for reader in readers] == [(True, False)] * 2
            assert readers[0].look_for("Deretter", "/prosjekter/fkj/") == (True, True)
