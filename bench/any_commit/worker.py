"""Makes pages in one process, as `bench.workers` asks line by line: who opens or sends what.

Each question and each answer is a line of JSON; an answer has the status, the seconds, the seconds of the processor,
where it leads, and the page when that is asked for.
"""

import json
import os
import sys
import time
from pathlib import Path


def main() -> None:
    """Answer until the input ends."""
    sys.path[0] = str(Path.cwd())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fkj_portfolio.settings")
    import django

    if without := os.environ.get("BENCH_WITHOUT"):
        from bench.without import doing_without

        with doing_without(without):
            django.setup()
    else:
        django.setup()

    from django.contrib.auth import get_user_model
    from django.test import Client

    clients = {"": Client(SERVER_NAME="localhost")}
    users = get_user_model()._default_manager
    for line in sys.stdin:
        asked = json.loads(line)
        who = asked["who"]
        if who not in clients:
            clients[who] = Client(SERVER_NAME="localhost")
            clients[who].force_login(users.get(email=who))
        send = clients[who].get if asked["fields"] is None else clients[who].post
        began, worked = time.perf_counter(), time.process_time()
        answer = send(asked["address"], asked["fields"])
        told = {
            "status": answer.status_code,
            "seconds": time.perf_counter() - began,
            "worked": time.process_time() - worked,
            "leads_to": answer.headers.get("Location", ""),
            "page": answer.content.decode() if asked["shows_page"] else "",
        }
        print(json.dumps(told), flush=True)


if __name__ == "__main__":
    main()
