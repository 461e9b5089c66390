"""Names of the fields that the history knows, for whoever reads of them."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from projects.history.tracked import Tracked, tables

#: Fields that no form shows, and that so have no name of their own.
LABELS = {
    "published_at": gettext_lazy("first published"),
    "delivered_by_id": gettext_lazy("marked as delivered by"),
    "new_baseline_on": gettext_lazy("new baseline"),
    "reported_by_id": gettext_lazy("reported by"),
    "owner_name": gettext_lazy("owner"),
    "contact_name": gettext_lazy("contact"),
    "corrects_id": gettext_lazy("corrects the report of"),
    "is_superuser": gettext_lazy("every permission"),
    "slug": gettext_lazy("name in addresses"),
}

#: What a text belongs to, where that is not the project itself.
BELONGS_TO = {
    "report": gettext_lazy("status report"),
    "milestone": gettext_lazy("delivery"),
    "date_move": gettext_lazy("move of a due date"),
    "baseline": gettext_lazy("new baseline"),
}


def label_in(table: Tracked, column: str) -> str:
    """Return what a field of a table is called."""
    return str(LABELS.get(column) or table.fields[column].verbose_name)


def label_with_owner(key: str) -> str:
    """Return what a text of a project is called that is named as “table.column”, and what it belongs to."""
    name, column = key.split(".")
    label = label_in(tables()[name], column)
    if name not in BELONGS_TO:
        return label
    return _("%(field)s (%(thing)s)") % {"field": label, "thing": BELONGS_TO[name]}
