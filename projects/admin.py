"""The vocabularies in Django's admin; all else has pages of its own."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from fkj_portfolio.admin import AdminForm, ModelAdmin, TabularInline
from projects.models import PortfolioSettings, Segment, StrategicGoal, Strategy
from projects.models.address_name import was_given
from projects.models.owner import NONE

#: No signal waits longer than this.
MOST_MONTHS = 36


class StrategicGoalInline(TabularInline):
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


class SegmentForm(AdminForm):
    """A segment, whose name in addresses nothing else has or has had."""

    def clean_slug(self) -> str:
        slug: str = self.cleaned_data["slug"]
        if slug == NONE or was_given(slug, among=Segment):
            words = _(
                "This name in addresses is, or has been, that of another segment. Choose another."
            )
            raise ValidationError(words)
        return slug


@admin.register(Segment)
class SegmentAdmin(ModelAdmin):
    """Segments; the name in addresses is chosen once, since people keep such addresses."""

    form = SegmentForm
    list_display = ["name", "position", "in_use"]
    list_editable = ["position", "in_use"]
    ordering = ["position", "name", "pk"]
    fields = ["name", "slug", "position", "in_use"]

    def get_prepopulated_fields(self, request: HttpRequest, obj: Segment | None = None) -> Any:
        return {} if obj else {"slug": ["name"]}

    def get_readonly_fields(self, request: HttpRequest, obj: Segment | None = None) -> Any:
        return ["slug"] if obj else []


class PortfolioSettingsForm(AdminForm):
    """Months that make sense; the order of the two is checked by the model."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("yellow_after_months", "red_after_months"):
            if name in self.fields:
                self.fields[name].validators.append(MaxValueValidator(MOST_MONTHS))


@admin.register(PortfolioSettings)
class PortfolioSettingsAdmin(ModelAdmin):
    """The one row of settings: made once, then only changed."""

    form = PortfolioSettingsForm

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> Any:
        """Lead past the list, to the one row, or to the defaults before there is one."""
        row = PortfolioSettings.objects.first()
        if row and self.has_view_permission(request):
            return redirect("admin:projects_portfoliosettings_change", row.pk)
        if self.has_add_permission(request):
            return redirect("admin:projects_portfoliosettings_add")
        return super().changelist_view(request, extra_context)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        """Name the page for what it is; Django would speak of adding a settings.

        Who opened the defaults before somebody else has saved the one row changes that row.
        """
        row = PortfolioSettings.objects.first()
        if row and object_id is None and request.method == "POST":
            object_id = str(row.pk)
        context = {"title": _("Settings of the portfolio"), "show_save_and_add_another": False}
        return super().changeform_view(
            request, object_id, form_url, context | (extra_context or {})
        )

    def has_add_permission(self, request: HttpRequest) -> bool:
        return super().has_add_permission(request) and not PortfolioSettings.objects.exists()

    def get_model_perms(self, request: HttpRequest) -> dict[str, bool]:
        """Offer to change the settings alone: to whoever reads it there is nothing to add."""
        return super().get_model_perms(request) | {"add": False}

    def has_delete_permission(
        self, request: HttpRequest, obj: PortfolioSettings | None = None
    ) -> bool:
        return False
