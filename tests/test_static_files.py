"""The list of the static files is not one of them."""

from pathlib import Path

from django.core.management import call_command
from django.test import override_settings


def test_the_list_of_static_files_is_not_served(tmp_path, settings):
    root = tmp_path / "static"
    root.mkdir()
    (root / "staticfiles.json").write_text("left by an older version")
    storages = settings.STORAGES | {
        "staticfiles": {"BACKEND": "fkj_portfolio.static_files.StaticStorage"}
    }
    with override_settings(STATIC_ROOT=str(root), STORAGES=storages):
        call_command("collectstatic", interactive=False, verbosity=0)

    served = {path.name for path in Path(root).rglob("*")}
    assert "site.css" in served
    assert not {name for name in served if name.startswith(("staticfiles", "static.json"))}
    assert (tmp_path / "static.json").exists()
