"""The pages of this room, one module each."""

from projects.views.contact import (
    contact_create,
    contact_delete,
    contact_detail,
    contact_edit,
    contact_hand_over,
)
from projects.views.history import history, project_history
from projects.views.my_projects import my_projects
from projects.views.overview import overview
from projects.views.owner import (
    owner_create,
    owner_delete,
    owner_detail,
    owner_edit,
    owner_hand_over,
    owner_list,
)
from projects.views.project import (
    project_create,
    project_detail,
    project_edit,
    project_publish,
    project_unpublish,
)
from projects.views.redaction import redaction_create
from projects.views.saved_view import (
    saved_view_create,
    saved_view_delete,
    saved_view_detail,
    saved_view_edit,
    saved_view_list,
    saved_view_save,
    saved_view_set_default,
    saved_view_unset_default,
)
from projects.views.search import search
from projects.views.several import several_change, several_detail, several_undo
from projects.views.status_report import (
    gap_list,
    status_report_confirm,
    status_report_create,
)
from projects.views.status_report_detail import status_report_detail

__all__ = [
    "contact_create",
    "contact_delete",
    "contact_detail",
    "contact_edit",
    "contact_hand_over",
    "gap_list",
    "history",
    "my_projects",
    "overview",
    "owner_create",
    "owner_delete",
    "owner_detail",
    "owner_edit",
    "owner_hand_over",
    "owner_list",
    "project_create",
    "project_detail",
    "project_edit",
    "project_history",
    "project_publish",
    "project_unpublish",
    "redaction_create",
    "saved_view_create",
    "saved_view_delete",
    "saved_view_detail",
    "saved_view_edit",
    "saved_view_list",
    "saved_view_save",
    "saved_view_set_default",
    "saved_view_unset_default",
    "search",
    "several_change",
    "several_detail",
    "several_undo",
    "status_report_confirm",
    "status_report_create",
    "status_report_detail",
]
