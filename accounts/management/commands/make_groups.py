"""Make the groups and give them their permissions; run after every migrate."""

from typing import Any

from django.contrib.auth.models import Group, Permission
from django.core.management.base import BaseCommand
from django.db import transaction

from accounts.models import ADMINISTRATORS, PORTFOLIO_OFFICE

#: What each group may do, as "app.action_model"; a project's own managers need no group.
PERMISSIONS = {
    PORTFOLIO_OFFICE: ["projects.add_project", "projects.change_project"],
    # What a group may do is decided here, and nowhere else.
    ADMINISTRATORS: ["auth.view_group", "accounts.view_securityevent"]
    + [
        f"{model.split('.')[0]}.{action}_{model.split('.')[1]}"
        for model in (
            "accounts.user",
            "projects.contact",
            "projects.owner",
            "projects.segment",
            "projects.strategicgoal",
            "projects.strategy",
        )
        for action in ("view", "add", "change", "delete")
    ]
    # There is one row, which is never taken away.
    + [f"projects.{action}_portfoliosettings" for action in ("view", "add", "change")],
}


class Command(BaseCommand):
    help = "Make the groups of the portfolio office and the administrators."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        permissions = {
            f"{each.content_type.app_label}.{each.codename}": each
            for each in Permission.objects.select_related("content_type")
        }
        for name, wanted in PERMISSIONS.items():
            group, _made = Group.objects.get_or_create(name=name)
            group.permissions.set([permissions[each] for each in wanted])
