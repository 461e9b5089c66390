#!/usr/bin/env bash
# One expects: Django's messages may be looked at and left for the next page by setting `used` of the storage to
# False afterwards, as its documentation of messages says, whatever text they hold; a lazily translated text is
# a usual one, and stores well as long as nobody looks.
# What happens: only messages that nobody has looked at are made into plain texts before they are stored. Looking
# moves them past that step, so with a lazy text the answer ends in a TypeError when they are written to the cookie.
set -euo pipefail
place=$(mktemp -d); trap 'rm -rf "$place"' EXIT
cd "$place"
python3 -m venv venv >&2
venv/bin/pip install --quiet django==5.2.8 >&2
venv/bin/pip freeze | grep -i '^django=='
cat > look.py <<'PY'
import django
from django.conf import settings

settings.configure(SECRET_KEY="x", MESSAGE_STORAGE="django.contrib.messages.storage.cookie.CookieStorage")
django.setup()
from django.contrib import messages
from django.contrib.messages.middleware import MessageMiddleware
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils.translation import gettext_lazy


def answer(text, looked_at):
    def view(request):
        messages.success(request, text)
        if looked_at:
            storage = messages.get_messages(request)
            list(storage)
            storage.used = False
        return HttpResponse("done")

    try:
        return str(MessageMiddleware(view)(RequestFactory().get("/")).cookies.keys())
    except TypeError as error:
        return f"TypeError: {error}"


lazy = gettext_lazy("Saved.")
said = {
    "text, left alone": answer("Saved.", False),
    "text, looked at": answer("Saved.", True),
    "lazy text, left alone": answer(lazy, False),
    "lazy text, looked at": answer(lazy, True),
}
for what, came in said.items():
    print(f"{what}: {came}")
kept = "dict_keys(['messages'])"
expected = [kept, kept, kept, "TypeError: Object of type __proxy__ is not JSON serializable"]
raise SystemExit(list(said.values()) != expected)
PY
venv/bin/python look.py
