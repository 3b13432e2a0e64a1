"""A browser's part in a measurement: one kept-alive connection, its encodings, and the form as it would post it."""

from __future__ import annotations

import http.client
import time
from dataclasses import dataclass
from types import TracebackType
from urllib.parse import urlencode

from bs4 import BeautifulSoup, Tag

from bench.serving import WORKED
from playground.web.encodings import ENCODINGS, decompress

_BOUNDARY = "benchbenchbenchbench"
ACCEPTED = "gzip, deflate, br, zstd"
"""`Accept-Encoding` as Chromium and Firefox say it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came, with the seconds from the first byte sent to the last received; `transferred` counts body bytes.

    `worked` is the server's CPU time for it, in seconds.
    """

    body: bytes
    transferred: int
    seconds: float
    worked: float

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode()


class Client:
    """One connection to the site; a context manager."""

    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def __enter__(self) -> Client:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()

    def get(self, path: str) -> Answer:
        """Fetch a page. Raises `RuntimeError` unless it is there."""
        return self._ask("GET", path, None, {})

    def post(self, path: str, body: bytes) -> Answer:
        """Post a form from one of the site's own pages, as htmx does. Raises `RuntimeError` if it is refused."""
        parts = body.startswith(f"--{_BOUNDARY}".encode())
        kind = f"multipart/form-data; boundary={_BOUNDARY}" if parts else "application/x-www-form-urlencoded"
        headers = {"Content-Type": kind, "Sec-Fetch-Site": "same-origin", "HX-Request": "true"}
        return self._ask("POST", path, body, headers)

    def _ask(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> Answer:
        before = time.perf_counter()
        self._connection.request(method, path, body, {"Accept-Encoding": ACCEPTED, **headers})
        answer = self._connection.getresponse()
        data = answer.read()
        seconds = time.perf_counter() - before
        if answer.status != 200:
            raise RuntimeError(f"{method} {path} was answered with {answer.status}")
        encoding = next((known for known in ENCODINGS if known == answer.getheader("Content-Encoding")), None)
        return Answer(
            body=data if encoding is None else decompress(data, encoding),
            transferred=len(data),
            seconds=seconds,
            worked=float(answer.getheader(WORKED, "0")),
        )


def urlencoded(fields: list[tuple[str, str]]) -> bytes:
    """Return fields as application/x-www-form-urlencoded, which is how htmx asks for a snippet."""
    return urlencode(fields).encode()


def multipart(fields: list[tuple[str, str]]) -> bytes:
    """Return fields as multipart/form-data, which is how htmx posts this form with its files."""
    parts = "".join(
        f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n' for name, value in fields
    )
    return f"{parts}--{_BOUNDARY}--\r\n".encode()


def successful_fields(html: str, filled: dict[str, str]) -> list[tuple[str, str]]:
    """Return what the page's form would post, with some of its inputs filled in.

    Raises `RuntimeError` if an input to be filled is not there.
    """
    soup = BeautifulSoup(html, "html.parser")
    controls = soup.select("form#request :is(input, select, textarea), :is(input, select, textarea)[form=request]")
    fields = [(name, value) for control in controls for name, value in _values(control)]
    if missing := filled.keys() - dict(fields).keys():
        raise RuntimeError(f"the form has no input {', '.join(sorted(missing))}")
    return [(name, filled.get(name, value)) for name, value in fields]


def _values(control: Tag) -> list[tuple[str, str]]:
    name, kind = control.get("name"), control.get("type", "text")
    if not name or control.has_attr("disabled") or kind in ("button", "submit", "file"):
        return []
    if control.name == "textarea":
        return [(str(name), control.get_text())]
    if control.name == "select":
        options = control.select("option")
        chosen = [option for option in options if option.has_attr("selected")] or options[:1]
        return [(str(name), str(control.get("value", control.get_text()))) for control in chosen]
    if kind in ("checkbox", "radio") and not control.has_attr("checked"):
        return []
    return [(str(name), str(control.get("value", "on" if kind in ("checkbox", "radio") else "")))]
