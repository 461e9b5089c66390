"""Texts in the database: cleaned where they are saved, whoever sends them."""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import BooleanField, F, Func, Q

from fkj_portfolio import forms
from fkj_portfolio.visible import clean_line, clean_text

if TYPE_CHECKING:
    _CharField = models.CharField[Any, str]
    _TextField = models.TextField[Any, str]
else:
    _CharField, _TextField = models.CharField, models.TextField

#: What no line has: spaces around it, two together, and what is not written with.
UNCLEAN = (
    "^ | $|  |[\x01-\x1f\x7f-\xa0\u1680\u2000-\u200c\u200e\u200f\u2028-\u202f\u205f-\u206f"
    "\u3000\ufeff\ufffe\uffff]"
)


class LineField(_CharField):
    """A text of one line, such as a name: the same however its letters and spaces were typed."""

    def deconstruct(self) -> Any:
        """Let migrations know it as the column that it is."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs

    def to_python(self, value: Any) -> Any:
        return _cleaned(super().to_python(value), clean_line)

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        return _keep_clean(self, model_instance)

    def formfield(self, *args: Any, **kwargs: Any) -> Any:
        return super().formfield(*args, **{"form_class": forms.CharField} | kwargs)


class TextField(_TextField):
    """A text of several lines, with plain line ends."""

    def deconstruct(self) -> Any:
        """Let migrations know it as the column that it is."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.TextField", args, kwargs

    def to_python(self, value: Any) -> Any:
        return _cleaned(super().to_python(value), clean_text)

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        return _keep_clean(self, model_instance)

    def formfield(self, *args: Any, **kwargs: Any) -> Any:
        return super().formfield(*args, **{"form_class": forms.TextareaField} | kwargs)


class IsComposed(Func):
    """Condition that each letter of a text is one character, and not a letter and an accent."""

    template = "(%(expressions)s IS NFC NORMALIZED)"
    output_field = BooleanField()


def are_clean_lines(*names: str) -> Q:
    """Say in SQL that texts of one line are as `LineField` keeps them."""
    condition = Q()
    for name in names:
        condition &= Q(IsComposed(F(name))) & ~Q(**{f"{name}__regex": UNCLEAN})
    return condition


def _cleaned(value: Any, clean: Any) -> Any:
    return clean(value) if isinstance(value, str) else value


def _keep_clean(field: Any, instance: models.Model) -> Any:
    """Give the instance what is saved of it, so that both say the same."""
    value = getattr(instance, field.attname)
    if isinstance(value, str):
        value = field.to_python(value)
        setattr(instance, field.attname, value)
    return value
