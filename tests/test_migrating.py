"""A change of a model or of a file of SQL, made the ordinary way: `makemigrations` sees the rest."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
from django.utils import translation

from fkj_portfolio import migrating
from fkj_portfolio.migrating import Autodetector
from fkj_portfolio.sql import AsOf, InstallSql, NoAsOf, digest_of
from milestones.models import Milestone

ROOT = Path(__file__).resolve().parent.parent


class TestAutodetector:
    """What it writes, of models that exist only here."""

    @pytest.fixture
    def loader(self):
        return MigrationLoader(None)

    @pytest.fixture
    def wanted(self):
        return ProjectState.from_apps(apps)

    @pytest.fixture
    def written(self, loader, wanted):
        def write():
            detector = Autodetector(loader.project_state(), wanted)
            # As the command does: names of models are translated, otherwise.
            with translation.override(None):
                changes = detector.changes(graph=loader.graph)
            return {app: [each.operations for each in own] for app, own in changes.items()}

        return write

    def test_writes_nothing_when_nothing_has_changed(self, written):
        assert written() == {}

    @pytest.mark.parametrize(
        "change",
        [
            lambda fields: fields.update(effort=models.IntegerField(null=True)),
            lambda fields: fields.update(link_text=models.TextField()),
            lambda fields: fields.pop("link_text"),
        ],
        ids=["added", "altered", "removed"],
    )
    def test_changes_columns_between_two_views(self, wanted, written, change):
        change(wanted.models["projects", "projectevent"].fields)

        ((first, *between, last),) = written()["projects"]

        assert isinstance(first, NoAsOf)
        assert isinstance(last, AsOf)
        assert (
            first.said
            == last.said
            == {"model": "Project", "events": "ProjectEvent", "kind": "thing"}
        )
        assert between

    def test_leaves_the_view_when_no_column_changes(self, wanted, written):
        event = wanted.models["projects", "projectevent"]
        event.fields["link_text"] = models.CharField("text", max_length=250, blank=True)

        ((alteration,),) = written()["projects"]

        assert not isinstance(alteration, AsOf)

    def test_shows_a_model_in_the_way_that_it_says_now(self, monkeypatch, written):
        monkeypatch.setattr(Milestone.pgh_event_model, "as_of", "register")

        assert [(type(each), each.kind) for each in written()["milestones"][0]] == [
            (NoAsOf, "thing"),
            (AsOf, "register"),
        ]

    def test_hides_a_model_that_is_read_as_it_is_now(self, monkeypatch, written):
        monkeypatch.setattr(Milestone.pgh_event_model, "as_of", "present")

        assert [type(each) for each in written()["milestones"][0]] == [NoAsOf]

    def test_installs_a_file_last_when_the_models_of_others_change_too(
        self, monkeypatch, wanted, written
    ):
        fields = wanted.models["milestones", "milestoneevent"].fields
        fields["effort"] = models.IntegerField(null=True)
        monkeypatch.setattr(migrating, "digest_of", lambda file: "changed")

        written = written()

        assert [type(each) for each in written["milestones"][0]][::2] == [NoAsOf, AsOf]
        (installed,) = written["projects"]
        assert {(type(each), each.digest, each.renews) for each in installed} == {
            (InstallSql, "changed", True)
        }


def test_a_changed_file_is_a_missing_migration(monkeypatch, capsys, db):
    changed = "projects/sql/figures.sql"
    monkeypatch.setattr(
        migrating, "digest_of", lambda file: "changed" if file == changed else digest_of(file)
    )

    with pytest.raises(SystemExit):
        call_command("makemigrations", check_changes=True)

    said = capsys.readouterr().out
    assert f"Install {changed}" in said
    assert said.count("Install") == 1


MIGRATE = """
import datetime, json, django
django.setup()
from django.core.management import call_command
from fkj_portfolio.history import as_of, true_from
from projects.models import Project

call_command("makemigrations", verbosity=0, interactive=False)
call_command("migrate", verbosity=0)

def effort():
    return Project.objects.values().get().get("effort", "gone")

def show():
    with as_of(THEN):
        then = effort()
    print(json.dumps({"then": then, "now": effort()}))

THEN = datetime.date(2023, 3, 2)
"""


class Copy:
    """A copy of the code with a database of its own, to change as somebody who develops it would."""

    def __init__(self, path: Path, database: str) -> None:
        self.path, self.database = path, database
        not_ours = shutil.ignore_patterns(".*", "var", "tests", "static", "__pycache__")
        shutil.copytree(ROOT, path, ignore=not_ours)

    @property
    def migrations(self) -> list[str]:
        """The migrations of projects, the newest last."""
        return sorted(each.stem for each in (self.path / "projects/migrations").glob("0*.py"))

    def change(self, file: str, old: str, new: str) -> None:
        text = (self.path / file).read_text("utf-8")
        assert text.count(old) == 1
        (self.path / file).write_text(text.replace(old, new), "utf-8")

    def run(self, code: str) -> str:
        """Migrate, and run some code; return what it says."""
        settings = connection.settings_dict
        login = f"{settings['USER']}:{quote(settings['PASSWORD'] or '')}"
        place = f"host={quote(settings['HOST'], safe='')}&port={settings['PORT'] or 5432}"
        done = subprocess.run(
            [sys.executable, "-c", MIGRATE + code],
            cwd=self.path,
            env={
                **{name: os.environ[name] for name in ("PATH", "SECRET_KEY")},
                "DJANGO_SETTINGS_MODULE": "fkj_portfolio.settings",
                "DATABASE_URL": f"postgresql://{login}@/{self.database}?{place}",
            },
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout


class TestField:
    """A field of a project, from the day it comes to the day it goes."""

    @pytest.fixture
    def copy(self, tmp_path, db):
        settings = connection.settings_dict
        database = f"{settings['NAME']}_copy"
        names = {"host": "HOST", "user": "USER", "password": "PASSWORD", "port": "PORT"}
        login = {name: settings[key] for name, key in names.items() if settings[key]}
        with psycopg.connect(dbname="postgres", autocommit=True, **login) as server:
            server.execute(f'DROP DATABASE IF EXISTS "{database}"')
            server.execute(f'CREATE DATABASE "{database}"')
            yield Copy(tmp_path / "copy", database)
            server.execute(f'DROP DATABASE "{database}" WITH (FORCE)')

    def test_is_shown_on_every_day_by_an_ordinary_migration(self, copy):
        model, place = "projects/models/project.py", "    is_example = models"
        added = "    effort = models.IntegerField(default=3)\n"
        altered = '    effort = models.CharField(max_length=9, default="3")\n'

        copy.run("with true_from(THEN): Project.objects.create(title='A', slug='a')")
        before = copy.migrations

        copy.change(model, place, added + place)
        copy.change("projects/sql/figures.sql", "-- Backwards:", "-- Changed.\n\n-- Backwards:")
        assert json.loads(copy.run("Project.objects.update(effort=7); show()")) == {
            "then": 3,
            "now": 7,
        }

        copy.change(model, added, altered)
        assert json.loads(copy.run("show()")) == {"then": "3", "now": "7"}

        copy.change(model, altered, "")
        assert json.loads(copy.run("show()")) == {"then": "gone", "now": "gone"}

        back = f'call_command("migrate", "projects", "{before[-1]}", verbosity=0); show()'
        assert json.loads(copy.run(back)) == {"then": "gone", "now": "gone"}
        assert len(copy.migrations) == len(before) + 3
