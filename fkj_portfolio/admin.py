"""What every list of Django's admin shares."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

#: What the filters put after the name of a field.
ENDS = ("exact", "id__exact", "isnull")


class ModelAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Filters a list only by what stands beside it.

    Django's own takes any condition on any field from the address, and fails on a year such
    as 99999999 or on half a regular expression.
    """

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest | None = None) -> bool:
        assert request
        filters = [name for name in self.get_list_filter(request) if isinstance(name, str)]
        offered = {f"{name}__{ends}" for name in filters for ends in ENDS}
        return lookup in offered
