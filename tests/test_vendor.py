"""Files that others made and we carry along: they are what was released."""

import hashlib
import json
from pathlib import Path

import pytest

VENDOR = Path(__file__).resolve().parent.parent / "static" / "vendor"
PACKAGES = json.loads((VENDOR / "manifest.json").read_text())


class TestVendor:
    @pytest.mark.parametrize("package", PACKAGES, ids=lambda package: package["name"])
    def test_is_untouched_and_brings_its_licence(self, package):
        directory = VENDOR / package["name"] / package["version"]

        checksums = {
            path.name: "sha256-" + hashlib.sha256(path.read_bytes()).hexdigest()
            for path in directory.iterdir()
        }

        assert checksums == package["files"]
        assert "LICENSE" in checksums

    def test_has_nothing_that_the_manifest_does_not_name(self):
        named = {(package["name"], package["version"]) for package in PACKAGES}

        assert {path.parts[-2:] for path in VENDOR.glob("*/*")} == named

    def test_points_at_no_file_that_is_not_there(self):
        sheets = list(VENDOR.rglob("*.css"))
        assert sheets
        for path in sheets:
            assert "sourceMappingURL" not in path.read_text()
