"""What can be set for several projects at once: read and written in a constant number of queries."""

from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import BigIntegerField, CharField, F, Func, OuterRef, QuerySet, Subquery
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from projects.models import Lifecycle, Project, ProjectManager, ProjectsChange, SharedField
from projects.models.project_queryset import ProjectQuerySet

#: The key of what is referred to, several such, the word itself, or none.
Value = int | str | list[int] | None

FIELDS = {each: Project._meta.get_field(each.value) for each in SharedField}


class Words:
    """Values of a field in words; `find` reads the names of many in one query."""

    def __init__(self, field: SharedField, names: dict[int, str]) -> None:
        self.field, self.names = field, names

    @classmethod
    def find(cls, field: SharedField, values: Iterable[Value]) -> "Words":
        model: Any = FIELDS[field].related_model
        if not model:
            return cls(field, {})
        found = model._default_manager.in_bulk({pk for value in values for pk in keys_in(value)})
        return cls(field, {pk: str(each) for pk, each in found.items()})

    def of(self, value: Value) -> str:
        """A value in words; of what is deleted, that it is."""
        if value is None or value == []:
            return _("none")
        if isinstance(value, str):
            return str(Lifecycle(value).label)
        return ", ".join(self.names.get(pk) or _("deleted") for pk in keys_in(value))

    def has(self, value: Value) -> bool:
        """Whether everything that a value refers to is still there."""
        return all(pk in self.names for pk in keys_in(value))


def keys_in(value: Value) -> list[int]:
    """The keys of what a value refers to."""
    if value is None or isinstance(value, str):
        return []
    return value if isinstance(value, list) else [value]


def values_of(field: SharedField, projects: Iterable[Project]) -> dict[int, Value]:
    """What each of these projects has now, by its key."""
    if field != SharedField.MANAGERS:
        name = FIELDS[field].attname  # type: ignore[union-attr]
        return {project.pk: getattr(project, name) for project in projects}
    managers: dict[int, list[int]] = {project.pk: [] for project in projects}
    pairs = ProjectManager.objects.filter(project__in=managers).order_by("user_id")
    for project_id, user_id in pairs.values_list("project_id", "user_id"):
        managers[project_id].append(user_id)
    return dict(managers)


def locked(pks: Any) -> ProjectQuerySet:
    """Select these projects and keep others from changing them; in an order, against deadlocks."""
    projects = Project.objects.filter(pk__in=pks).select_related("contact__owner")
    return projects.select_for_update(no_key=True, of=("self",)).order_by("pk")


def set_value(field: SharedField, pks: Collection[int], value: Value) -> None:
    """Give all these projects the same value."""
    if field == SharedField.MANAGERS:
        _set_managers({pk: keys_in(value) for pk in pks})
    else:
        name = FIELDS[field].attname  # type: ignore[union-attr]
        Project.objects.filter(pk__in=pks).update(**{name: value})


def set_back(change: ProjectsChange, pks: Collection[int]) -> None:
    """Give these projects what each had before the change."""
    rows = change.projects.filter(project__in=pks)
    if change.field == SharedField.MANAGERS:
        _set_managers({row.project_id: keys_in(row.before) for row in rows})
    else:
        name = FIELDS[SharedField(change.field)].attname  # type: ignore[union-attr]
        before = _before(change, rows.filter(project=OuterRef("pk")))
        Project.objects.filter(pk__in=pks).update(**{name: before})
    rows.update(is_set_back=True)


def _before(change: ProjectsChange, rows: QuerySet[Any]) -> Subquery:
    """What a row keeps, as the field itself holds it rather than as JSON."""
    is_word = change.field == SharedField.LIFECYCLE
    text = Func(F("before"), template="(%(expressions)s #>> '{}')", output_field=CharField())
    plain = text if is_word else Cast(text, BigIntegerField())
    return Subquery(rows.values(plain=plain))


def _set_managers(wanted: dict[int, list[int]]) -> None:
    """Take away the managers that are not wanted, and add those that are missing."""
    pairs = {(project, user) for project, users in wanted.items() for user in users}
    rows = ProjectManager.objects.filter(project__in=wanted)
    now = {(project, user): pk for pk, project, user in rows.values_list("pk", "project", "user")}
    unwanted = [pk for pair, pk in now.items() if pair not in pairs]
    ProjectManager.objects.filter(pk__in=unwanted).delete()
    ProjectManager.objects.bulk_create(
        ProjectManager(project_id=project, user_id=user)
        for project, user in sorted(pairs - now.keys())
    )
