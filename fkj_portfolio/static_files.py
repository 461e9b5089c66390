"""Static files under names with checksums, whose list is not itself one of them."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.storage import FileSystemStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticStorage(CompressedManifestStaticFilesStorage):
    """Keeps the list beside the folder that is served: it names every file, also those no page uses."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        root = Path(settings.STATIC_ROOT)
        self.manifest_name = f"{root.name}.json"
        super().__init__(*args, manifest_storage=FileSystemStorage(location=root.parent), **kwargs)

    def save_manifest(self) -> None:
        super().save_manifest()
        # Where it lay before, and would be served for as long as it lies there.
        self.delete("staticfiles.json")
