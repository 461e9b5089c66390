"""The server: gunicorn's threads, which replace a worker that ends, and end when the main process does.

    python -m fkj_portfolio.serve

ADDRESS, PORT and WORKERS in the environment say where and how many. Only the workers load the
application, so that SIGHUP loads it anew, without losing a request.
"""

import logging
import os
import signal
import socket
import struct
import sys
import threading
import time
from collections.abc import Callable
from typing import Any, NoReturn

from django.core.exceptions import ImproperlyConfigured
from gunicorn import glogging
from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter
from gunicorn.errors import AppImportError
from gunicorn.workers.base import Worker

from fkj_portfolio.environment import env, env_int
from fkj_portfolio.log import LineFormatter

# Whoever sends slowly keeps a thread waiting, and each thread has a connection to the database:
# together they stay well below the hundred that PostgreSQL allows.
THREADS_PER_WORKER = 16
#: How long requests may go on that were being answered when the server was told to stop.
SECONDS_TO_FINISH = 5
#: How long a client may send nothing, or take nothing, in the middle of a request.
SECONDS_OF_SILENCE = 20


def main(*arguments: str) -> None:
    """Serve until a signal comes; with `--terminal` also until the terminal is closed."""
    try:
        address, port = env("ADDRESS", "127.0.0.1"), env_int("PORT", "8000", at_least=1)
        workers = env_int("WORKERS", "2", at_least=1)
    except ImproperlyConfigured as error:
        sys.exit(str(error))
    Site(listen(address, port), workers, in_terminal="--terminal" in arguments).run()


def listen(address: str, port: int) -> socket.socket:
    """Return a socket that listens there; nobody else can, so a port that is taken is refused."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    try:
        listener = socket.create_server((address, port), family=family, backlog=2048)
    except (OSError, OverflowError) as error:
        sys.exit(
            f"{address}:{port} can't be listened at ({error}). Choose another with PORT or ADDRESS."
        )
    # Accepted connections inherit them: without, each silent client would hold a thread for ever.
    for direction in (socket.SO_RCVTIMEO, socket.SO_SNDTIMEO):
        listener.setsockopt(socket.SOL_SOCKET, direction, struct.pack("ll", SECONDS_OF_SILENCE, 0))
    return listener


class Log(glogging.Logger):  # type: ignore[misc]
    """The log of the server, written as that of the site."""

    def setup(self, cfg: Any) -> None:
        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.setFormatter(LineFormatter())


class Site(BaseApplication):  # type: ignore[misc]
    """Application that gunicorn asks for its settings and, in each worker, for what it serves."""

    def __init__(self, listener: socket.socket, workers: int, *, in_terminal: bool) -> None:
        self.place = "http://{}:{}/".format(*listener.getsockname()[:2])
        # From now on it is gunicorn's, which closes it.
        self.listener, self.workers, self.in_terminal = listener.detach(), workers, in_terminal
        #: So many are started without any having ended: at the beginning, and by each reload.
        self.wanted = workers
        super().__init__()

    def load_config(self) -> None:
        """Set what differs from what gunicorn does by itself."""
        settings: dict[str, Any] = {
            "bind": f"fd://{self.listener}",
            "workers": self.workers,
            "worker_class": "gthread",
            "threads": THREADS_PER_WORKER,
            "graceful_timeout": SECONDS_TO_FINISH,
            # Longer than a browser pauses between two clicks; a proxy's should be shorter.
            "keepalive": 30,
            # The most that there is: the overview with many filters has a long address.
            "limit_request_line": 8190,
            "limit_request_field_size": 16380,
            # Whom a request comes from and how is decided by Django, as BEHIND_PROXY says.
            "forwarded_allow_ips": "",
            "secure_scheme_headers": {},
            "forwarder_headers": "",
            # A way to command the server that nobody has asked for.
            "control_socket_disable": True,
            "logger_class": Log,
            "loglevel": "warning" if self.in_terminal else "info",
            "when_ready": self.when_ready,
            "on_reload": self.on_reload,
            "post_fork": self.post_fork,
            "post_worker_init": self.post_worker_init,
        }
        for name, value in settings.items():
            self.cfg.set(name, value)

    def load(self) -> Callable[..., Any]:
        """Return the application; a setting that makes no sense is told in its own words."""
        try:
            from fkj_portfolio.wsgi import application
        except ImproperlyConfigured as error:
            raise AppImportError(str(error)) from error
        return application

    def when_ready(self, arbiter: Arbiter) -> None:
        """Tell little of silent clients; and when a terminal is closed end instead of starting anew."""
        logging.getLogger("gunicorn.error").addFilter(without_traceback_of_silence)
        if self.in_terminal:
            signal.signal(signal.SIGHUP, lambda *_: arbiter.signal(signal.SIGTERM, None))

    def on_reload(self, arbiter: Arbiter) -> None:
        """Expect as many new workers as there are."""
        self.wanted = arbiter.worker_age + self.workers

    def post_fork(self, arbiter: Arbiter, worker: Worker) -> None:
        """Watch the main process from a worker, from its first moment."""
        threading.Thread(target=end_with, args=(worker.ppid,), daemon=True).start()

    def post_worker_init(self, worker: Worker) -> None:
        """Tell that a worker has loaded the application."""
        if worker.age == 1:
            print(f"Serving at {self.place} (Ctrl-C stops)", flush=True)
        elif worker.age > self.wanted:
            worker.log.warning("Worker %s takes the place of one that ended.", worker.pid)
        else:
            worker.log.info("Worker %s has started.", worker.pid)


def end_with(parent: int) -> NoReturn:
    """End this worker when the main process was killed, also when a request goes on for long.

    gunicorn's own watch waits for the request, and holds the port meanwhile.
    """
    while os.getppid() == parent:
        time.sleep(0.2)
    time.sleep(SECONDS_TO_FINISH)
    os._exit(1)


def without_traceback_of_silence(record: logging.LogRecord) -> bool:
    """Tell in a line of a client that was silent for too long; the fault is not ours."""
    error = record.exc_info[1] if record.exc_info else None
    if isinstance(error, BlockingIOError):
        record.exc_info, record.args = None, ()
        record.msg = f"A client was silent for {SECONDS_OF_SILENCE} seconds and was cut off."
    return True


if __name__ == "__main__":
    main(*sys.argv[1:])
