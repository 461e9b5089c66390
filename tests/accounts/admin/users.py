"""Users in the admin, and the form of one."""

USERS = "/admin/accounts/user/"


def change(user):
    return f"{USERS}{user.pk}/change/"


def data(user, **changes):
    return {
        "name": user.name,
        "email": user.email,
        "is_active": "on",
        "groups": [group.pk for group in user.groups.all()],
        **changes,
    }
