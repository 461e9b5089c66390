"""Logs in those whose e-mails are named, and prints the session of each as JSON."""

import json
import os
import sys
from pathlib import Path


def main(*emails: str) -> None:
    sys.path[0] = str(Path.cwd())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fkj_portfolio.settings")
    import django

    django.setup()

    from django.conf import settings
    from django.contrib.auth import get_user_model
    from django.test import Client

    users = get_user_model()._default_manager
    sessions = {}
    for email in emails:
        client = Client(SERVER_NAME="localhost")
        client.force_login(users.get(email=email))
        sessions[email] = client.cookies[settings.SESSION_COOKIE_NAME].value
    print(json.dumps(sessions))


if __name__ == "__main__":
    main(*sys.argv[1:])
