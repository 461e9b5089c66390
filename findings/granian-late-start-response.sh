#!/usr/bin/env bash
# One expects: PEP 3333 lets a WSGI application call start_response as late as at the first step of the iterable
# that it returns, so an application that is a generator keeps its status and its headers under every server.
# What happens: granian reads both when the application returns, before the first step. A generator's 404 with
# headers of its own goes out as 200 without any of them, silently; waitress sends what the application said.
set -euo pipefail
place=$(mktemp -d); trap 'kill $(jobs -p) 2>/dev/null || true; wait; rm -rf "$place"' EXIT
cd "$place"
python3 -m venv venv >&2
venv/bin/pip install --quiet granian==2.8.7 waitress==3.0.2 >&2
venv/bin/pip freeze | grep -iE '^(granian|waitress)=='
cat > app.py <<'APP'
def application(environ, start_response):
    start_response("404 Not Found", [("Content-Type", "text/plain"), ("X-Of-The-Application", "yes")])
    yield b"nothing here\n"
APP
free() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }
one=$(free); venv/bin/granian --interface wsgi --host 127.0.0.1 --port "$one" app:application >/dev/null 2>&1 &
two=$(free); venv/bin/waitress-serve --listen "127.0.0.1:$two" app:application >/dev/null 2>&1 &
ask() { curl --silent --include --retry 20 --retry-connrefused --retry-delay 1 "http://127.0.0.1:$1/" | tr -d '\r'; }
granian=$(ask "$one"); waitress=$(ask "$two")
echo "--- granian";  echo "$granian"
echo "--- waitress"; echo "$waitress"
grep -q '^HTTP/1.1 200' <<<"$granian" && ! grep -qi '^x-of-the-application' <<<"$granian" &&
    grep -q '^HTTP/1.1 404' <<<"$waitress" && grep -qi '^x-of-the-application: yes' <<<"$waitress"
