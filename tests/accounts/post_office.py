"""A real mail server on this machine, which keeps the letters it is given, and may be slow."""

import contextlib
import socketserver
import threading
import time


class PostOffice(socketserver.ThreadingTCPServer):
    daemon_threads = True

    def __init__(self, seconds=0.0):
        super().__init__(("127.0.0.1", 0), Counter)
        self.seconds, self.letters, self.came = seconds, [], threading.Event()

    def wait_for_a_letter(self):
        assert self.came.wait(20), "no letter came"
        return self.letters[0]


class Counter(socketserver.StreamRequestHandler):
    """Part of SMTP (RFC 5321) that it takes to receive letters."""

    def handle(self):
        recipient = b""
        time.sleep(self.server.seconds)
        self.wfile.write(b"220 ready\r\n")
        for line in self.rfile:
            command, _space, argument = line.strip().partition(b" ")
            command = command.upper()
            if command == b"RCPT":
                recipient = argument
            if command == b"DATA":
                self.wfile.write(b"354 go on\r\n")
                lines = iter(self.rfile.readline, b".\r\n")
                self.server.letters.append((recipient, b"".join(lines)))
                self.server.came.set()
            self.wfile.write(b"221 bye\r\n" if command == b"QUIT" else b"250 ok\r\n")
            if command == b"QUIT":
                return


@contextlib.contextmanager
def open_post_office(settings, *, seconds=0.0):
    """Have Django send its letters through a server that answers after some seconds."""
    with PostOffice(seconds) as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address
        settings.EMAIL_USE_SSL = False
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()
