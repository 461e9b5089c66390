"""Names by which one finds one's way in the code."""

import re
from collections import defaultdict
from pathlib import Path

from django.apps import apps
from django.conf import settings

#: Django calls every command the same.
ALL_ALIKE = {"Command"}


def test_the_name_of_a_class_finds_one_class():
    rooms = {Path(config.path) for config in apps.get_app_configs()}
    ours = [room for room in rooms if room.parent == settings.BASE_DIR]
    places = defaultdict(list)
    for room in [*ours, settings.BASE_DIR / "fkj_portfolio"]:
        for file in room.rglob("*.py"):
            if "migrations" not in file.parts:
                for name in re.findall(r"^class (\w+)", file.read_text("utf-8"), re.MULTILINE):
                    places[name].append(str(file.relative_to(settings.BASE_DIR)))

    assert len(places) > 100
    assert {name: files for name, files in places.items() if len(files) > 1} == {
        name: places[name] for name in ALL_ALIKE
    }
