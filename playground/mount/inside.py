"""A WSGI application called in this process: the API of the application that the site is mounted in."""

from __future__ import annotations

import io
import time
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote_to_bytes, urlsplit

from playground.messages import Facts, Headers, HTTPRequest, HTTPResponse
from playground.transport.errors import BrokenAnswer

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication, WSGIEnvironment

_BY_THE_TRANSPORT = frozenset(("connection", "transfer-encoding", "accept-encoding"))


def call_application(application: WSGIApplication, request: HTTPRequest, most: int) -> HTTPResponse:
    """Return the application's answer, at most so many bytes of its content. Raises `BrokenAnswer`."""
    started = time.monotonic()
    status: list[str] = []
    fields: list[tuple[str, str]] = []

    def start_response(line: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
        if exc_info is not None and exc_info[1] is not None:
            raise exc_info[1]
        status[:], fields[:] = [line], headers
        return lambda data: pieces.append(data)

    pieces: list[bytes] = []
    size, cut = 0, ""
    answer: Iterable[bytes] = ()
    try:
        answer = application(_environ_of(request), start_response)
        for piece in answer:
            size += len(piece)
            if size > most:
                pieces.append(piece[: len(piece) - (size - most)])
                cut = "limit"
                break
            pieces.append(piece)
    except Exception as error:
        raise BrokenAnswer(f"The application failed while it answered ({type(error).__name__}): see its log.") from None
    finally:
        if (close := getattr(answer, "close", None)) is not None:
            close()
    if not status:
        raise BrokenAnswer("The application answered nothing.")
    code, _, reason = status[0].partition(" ")
    body = b"".join(pieces)
    return HTTPResponse(
        status=int(code),
        reason=reason,
        headers=Headers.of(fields),
        body=body,
        truncated=bool(cut),
        duration_ms=(time.monotonic() - started) * 1000,
        facts=Facts(address="", wire_bytes=len(body), decoded_bytes=len(body), cut=cut),
    )


def _environ_of(request: HTTPRequest) -> WSGIEnvironment:
    """Return what a server would give for a message (PEP 3333)."""
    parts = urlsplit(request.url)
    body = request.content.pieces()
    content = b"".join(body)
    environ: dict[str, Any] = {
        "REQUEST_METHOD": request.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(parts.path).decode("latin-1"),
        "QUERY_STRING": parts.query,
        "RAW_URI": parts.path + (f"?{parts.query}" if parts.query else ""),
        "SERVER_NAME": parts.hostname or "localhost",
        "SERVER_PORT": str(parts.port or (443 if parts.scheme == "https" else 80)),
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": parts.netloc,
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": parts.scheme,
        "wsgi.input": io.BytesIO(content),
        "wsgi.errors": io.StringIO(),
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    if content or request.method in ("POST", "PUT", "PATCH"):
        environ["CONTENT_LENGTH"] = str(len(content))
    for name, value in request.headers:
        lower = name.lower()
        key = name.upper().replace("-", "_")
        if lower in _BY_THE_TRANSPORT or lower in ("host", "content-length") or "_" in name:
            continue
        key = key if lower == "content-type" else f"HTTP_{key}"
        text = value.encode("utf-8").decode("latin-1")
        environ[key] = f"{environ[key]}{'; ' if lower == 'cookie' else ','}{text}" if key in environ else text
    return environ
