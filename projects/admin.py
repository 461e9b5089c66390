"""The vocabularies in Django's admin; all else has pages of its own."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from fkj_portfolio.admin import ModelAdmin
from projects.models import Segment, StrategicGoal, Strategy


class StrategicGoalInline(admin.TabularInline):  # type: ignore[type-arg]
    model = StrategicGoal
    fields = ["number", "name"]
    ordering = ["number", "pk"]
    extra = 1


@admin.register(Strategy)
class StrategyAdmin(ModelAdmin):
    """Strategies with their goals; a goal that a project serves cannot be deleted."""

    list_display = ["name", "starts_on", "ends_on"]
    ordering = ["-starts_on", "pk"]
    inlines = [StrategicGoalInline]


@admin.register(StrategicGoal)
class StrategicGoalAdmin(ModelAdmin):
    """All goals in one list, to find one by its name."""

    list_display = ["name", "number", "strategy"]
    list_filter = ["strategy"]
    list_select_related = ["strategy"]
    search_fields = ["name"]
    ordering = ["-strategy__starts_on", "number", "pk"]


@admin.register(Segment)
class SegmentAdmin(ModelAdmin):
    """Segments; the name in addresses is chosen once, since people keep such addresses."""

    list_display = ["name", "position", "in_use"]
    list_editable = ["position", "in_use"]
    ordering = ["position", "name", "pk"]
    fields = ["name", "slug", "position", "in_use"]

    def get_prepopulated_fields(self, request: HttpRequest, obj: Segment | None = None) -> Any:
        return {} if obj else {"slug": ["name"]}

    def get_readonly_fields(self, request: HttpRequest, obj: Segment | None = None) -> Any:
        return ["slug"] if obj else []
