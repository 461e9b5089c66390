"""A browser as somebody uses it: one connection that stays open, cookies, and forms that are sent."""

import gzip
import http.client
import time
from dataclasses import dataclass
from urllib.parse import urlencode

from bench.any_commit import QUERIES
from bench.forms import Fields, Form

SESSION = "sessionid"


@dataclass(frozen=True)
class Answer:
    """What came, how many seconds it took, and how many queries."""

    status: int
    seconds: float
    queries: int
    leads_to: str
    body: bytes
    is_compressed: bool

    @property
    def page(self) -> str:
        """The page in words; who only reads needs not unpack it."""
        return (gzip.decompress(self.body) if self.is_compressed else self.body).decode()


class Browser:
    """Somebody's browser, with her session or without."""

    def __init__(self, port: int, *, session: str = "") -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.cookies = {SESSION: session} if session else {}

    def open(self, address: str) -> Answer:
        """Open an address; anything but a page is an error."""
        answer = self._ask("GET", address)
        if answer.status != 200:
            raise RuntimeError(f"{address}: {answer.status}")
        return answer

    def send(self, address: str, form: Form, **filled: str) -> Answer:
        """Fill a form in, as far as it asks for that, and send it."""
        known = {name: value for name, value in filled.items() if name in form.fields}
        return self._ask("POST", form.action or address, form.fields | known)

    def _ask(self, method: str, address: str, fields: Fields | None = None) -> Answer:
        headers = {"Accept-Encoding": "gzip"}
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={each}" for name, each in self.cookies.items())
        body = None
        if fields is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            body = urlencode(fields, doseq=True)
        began = time.perf_counter()
        self.connection.request(method, address, body, headers)
        response = self.connection.getresponse()
        content = response.read()
        seconds = time.perf_counter() - began
        self._keep_cookies(response)
        return Answer(
            response.status,
            seconds,
            int(response.headers.get(QUERIES, -1)),
            response.headers.get("Location", "").partition("#")[0],
            content,
            response.headers.get("Content-Encoding") == "gzip",
        )

    def _keep_cookies(self, response: http.client.HTTPResponse) -> None:
        # Who only reads is given none that would make a page hers.
        for cookie in response.headers.get_all("Set-Cookie", []):
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
