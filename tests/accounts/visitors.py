"""Ways of visitors with their login, through the pages."""

import re
import time

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from django.core import mail
from django.test import Client

LOGIN = "/konto/logg-inn/"
FORGOTTEN = "/konto/passord/glemt/"
PASSWORD = "Ti tynne tiurer"
NEW_PASSWORD = "Elleve tykke tiurer"


def client_at(address, **more):
    return Client(REMOTE_ADDR=address, **more)


def log_in(client, email="ida@ks.no", password=PASSWORD, **more):
    return client.post(LOGIN, {"login": email, "password": password, **more})


def is_in(client):
    return "_auth_user_id" in client.session


def choose_password_by_link(client, email):
    """Ask for a link, follow the one in the letter, and choose another password."""
    client.post(FORGOTTEN, {"email": email})
    link = re.search(r"http://testserver(/konto/passord/nytt/\S+)", mail.outbox[-1].body)[1]
    page = client.get(link, follow=True)
    data = {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    return client.post(page.redirect_chain[-1][0], data, follow=True)


def log_in_freshly(client, user, *, seconds_ago=0):
    """Log a user in as if she had just written her password."""
    client.force_login(user)
    session = client.session
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [
        {"method": "password", "at": time.time() - seconds_ago}
    ]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()


def delete(client, address):
    """Delete something in the admin, on the page that shows what is deleted."""
    shown = client.get(address, follow=True).redirect_chain[-1][0]
    return client.post(shown, {"post": "yes"})
