"""Makes pages in one process, as `bench.against` asks line by line: who reads which address.

It runs with the code of any commit, so it uses nothing of the project but what has long been there.
Each answer is a line of JSON: the status, the seconds, and the seconds of the processor.
"""

import json
import os
import sys
import time
from pathlib import Path


def main() -> None:
    """Answer until the input ends."""
    # The folder of this file has modules of the same names.
    sys.path[0] = str(Path.cwd())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fkj_portfolio.settings")
    import django

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
        began, worked = time.perf_counter(), time.process_time()
        answer = clients[who].get(asked["address"])
        took = [time.perf_counter() - began, time.process_time() - worked]
        print(json.dumps([answer.status_code, *took]), flush=True)


if __name__ == "__main__":
    main()
