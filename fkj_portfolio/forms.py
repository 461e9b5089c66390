"""How every form of the site is rendered."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext_lazy as _


class SiteBoundField(BoundField):
    """A form's field that says how a date is to be written."""

    def __init__(self, form: forms.BaseForm, field: forms.Field, name: str) -> None:
        super().__init__(form, field, name)
        if isinstance(field.widget, forms.DateInput) and not self.help_text:
            self.help_text = _("dd.mm.yyyy, for example 15.03.2026")


class SiteFormRenderer(TemplatesSetting):
    """Renders forms from templates/django/forms/, in Designsystemet's shape."""

    bound_field_class: Any = SiteBoundField
