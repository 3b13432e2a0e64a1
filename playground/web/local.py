"""A local site answers to loopback names only, and to nobody through a proxy (docs/security.md).

It may call the APIs of its user's machine and network. A page of another site reaches it in the user's own browser:
under a name that was pointed at 127.0.0.1 meanwhile (DNS rebinding), which the Host field shows, or by a post, which
`playground.web.security` refuses. A proxy would bring strangers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from playground.config import is_loopback
from playground.text.wording import say

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_LOOPBACK = re.compile(r"(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d{1,5})?", re.IGNORECASE)
_FORWARDED = ("FORWARDED", "VIA", "X_FORWARDED_FOR", "X_FORWARDED_HOST", "X_FORWARDED_PROTO", "X_REAL_IP")
WRONG_HOST = (
    "This site is local: it answers to localhost, 127.0.0.1 and [::1] only. "
    "To serve it under another name, list that in PLAYGROUND_TRUSTED_HOSTS.\n"
)
BEHIND_PROXY = (
    "This site is local, and this request came through a proxy. "
    "To serve it behind one, set PLAYGROUND_PROXY_HOPS and PLAYGROUND_TRUSTED_HOSTS.\n"
)


REBOUND = say(
    "Nothing is sent from here: this machine asks under a foreign name, as a page of another site can do (DNS "
    "rebinding). If the application is served under that name, list it in PLAYGROUND_TRUSTED_HOSTS."
)


class LocalOnly:
    """A WSGI application that refuses what does not come from this machine's own browser or programs."""

    def __init__(self, inner: WSGIApplication) -> None:
        self._inner = inner

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer 421 for another host name, 400 for a request through a proxy, else as the application does."""
        if _LOOPBACK.fullmatch(environ.get("HTTP_HOST", "")) is None:
            return _refuse(start_response, "421 Misdirected Request", WRONG_HOST)
        if any(f"HTTP_{name}" in environ for name in _FORWARDED):
            return _refuse(start_response, "400 Bad Request", BEHIND_PROXY)
        return self._inner(environ, start_response)


def is_rebound(environ: WSGIEnvironment) -> bool:
    """Tell whether a request of this machine that may change something names another host than this machine.

    A page of that name can have sent it, once the name was pointed at 127.0.0.1.
    """
    return environ.get("REQUEST_METHOD") not in ("GET", "HEAD", "OPTIONS") and is_asked_otherwise(environ)


def is_asked_otherwise(environ: WSGIEnvironment) -> bool:
    """Tell whether a request of this machine names another host than this machine."""
    return is_loopback(environ.get("REMOTE_ADDR", "")) and _LOOPBACK.fullmatch(environ.get("HTTP_HOST", "")) is None


def refuse_rebound(start_response: StartResponse) -> Iterable[bytes]:
    """Answer 421 to such a request."""
    return _refuse(start_response, "421 Misdirected Request", f"{REBOUND}\n")


def _refuse(start_response: StartResponse, status: str, sentence: str) -> Iterable[bytes]:
    body = sentence.encode()
    fields = [
        ("Content-Type", "text/plain; charset=utf-8"),
        ("Content-Length", str(len(body))),
        ("Cache-Control", "no-store"),
        ("X-Content-Type-Options", "nosniff"),
    ]
    start_response(status, fields)
    return [body]
