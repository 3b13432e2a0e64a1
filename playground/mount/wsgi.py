"""`playground.wsgi`: a description as a WSGI application that mounts below any path, and whether its pages may work."""

from __future__ import annotations

import ipaddress
import json
import logging
import os
import shutil
import socket
import tempfile
import threading
import time
import weakref
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias
from urllib.parse import unquote_to_bytes

from flask import has_request_context, request

from playground.app import create_app
from playground.config import Settings
from playground.environment import from_environ
from playground.imports.archives import SourceError
from playground.imports.descriptions import earlier_text, import_description, parse_source
from playground.imports.discover import find_description
from playground.imports.names import name_of_source, usable_name
from playground.imports.sources import Source, fetch_source, is_url, read_path
from playground.messages import HTTPRequest, HTTPResponse
from playground.mount.inside import call_application
from playground.openapi.compile import CompileOptions
from playground.openapi.problems import DocumentError
from playground.origins import origin_of
from playground.startup import retention_of
from playground.store import Store, open_store
from playground.text.wording import joined, say
from playground.transport.egress import EgressPolicy, document_policy
from playground.transport.errors import TransportError
from playground.transport.exchange import send_message
from playground.web.local import REBOUND, is_asked_otherwise, is_rebound, refuse_rebound
from playground.web.security import POLICY

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

log = logging.getLogger("playground.mount")

Document: TypeAlias = Mapping[str, Any] | str | bytes | os.PathLike[str]
"""A description as a mapping, its text in bytes, or where it is: the path of a file or a URL."""
_EVERY = 0.5
"""Seconds between two looks at the description in debug."""
_SECONDS = 5.0


def wsgi(
    document: Document | Callable[[], Document], *, app: WSGIApplication | None = None, server: str | None = None,
    name: str | None = None, title: str | None = None, prefix: str = "", debug: bool = False,
    settings: Settings | None = None,
) -> WSGIApplication:  # fmt: skip
    """Return a WSGI application with the site for one description.

    `document` may be a function that makes it, a framework's own for one: it is called at the first request, and in
    `debug` again, so that pages follow a change. The API is called at `server`; by default at this process' own
    address, over loopback, or without a connection if it is the WSGI application `app`. `prefix` is where it is
    mounted, for servers that do not say so themselves (`SCRIPT_NAME`). `settings` are those of the environment.
    """
    return _Mounted(
        document if callable(document) else lambda: document,
        _Options(app=app, server=server, name=name, title=title, prefix=prefix.rstrip("/"), debug=debug),
        settings,
    )


class _Options:
    """How a description is mounted."""

    def __init__(
        self, *, app: WSGIApplication | None, server: str | None, name: str | None, title: str | None, prefix: str,
        debug: bool,
    ) -> None:  # fmt: skip
        self.app = app
        self.server = server
        self.name = usable_name(name) if name else ""
        self.title = title
        self.prefix = prefix
        self.debug = debug


class _Mounted:
    """The site, made at the first request: a framework knows its routes, and its server its port, only by then."""

    def __init__(self, document: Callable[[], Document], options: _Options, settings: Settings | None) -> None:
        self._document = document
        self._options = options
        self._settings = settings
        self._lock = threading.RLock()
        self._site: WSGIApplication | None = None
        self._name = ""
        self._broken = ""
        self._forbidden = ""
        self._checked = False
        self._is_unnamed = True
        self._looked = 0.0

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request below the place where this is mounted."""
        environ = self._placed(environ)
        try:
            site = self._ready(environ)
        except (SourceError, DocumentError, TransportError, TypeError, ValueError) as error:
            return _fail(start_response, f"The description of this API cannot be used: {error}")
        if self._is_unnamed and is_rebound(environ):
            return refuse_rebound(start_response)
        path, method = environ.get("PATH_INFO", ""), environ.get("REQUEST_METHOD")
        if path in ("", "/") and method in ("GET", "HEAD"):
            start_response("302 Found", [("Location", f"{environ['SCRIPT_NAME']}/providers/{self._name}"),
                                         ("Content-Length", "0"), ("Cache-Control", "no-store")])  # fmt: skip
            return [b""]
        return site(environ, start_response)

    @property
    def follows(self) -> bool:
        """Whether open pages are to ask again and again."""
        return self._options.debug

    def problem(self, name: str) -> str:
        """Return what pages say: what is wrong with the description now, or with the application around."""
        if self._broken:
            return say("%(problem)s The last good state is shown.", problem=self._broken)
        if self._is_unnamed and has_request_context() and is_asked_otherwise(request.environ):
            return REBOUND
        return self._forbidden

    def problems(self) -> Mapping[str, str]:
        """Return the same by provider."""
        sentence = self.problem(self._name)
        return {self._name: sentence} if sentence else {}

    def _placed(self, environ: WSGIEnvironment) -> WSGIEnvironment:
        prefix, script = self._options.prefix, environ.get("SCRIPT_NAME", "")
        path = environ.get("PATH_INFO", "")
        if not prefix or script.endswith(prefix):
            return environ
        if raw := environ.get("asgi.scope", {}).get("raw_path"):
            # Litestar hands on the rest of a path with a slash at its end, whatever was asked for.
            whole = unquote_to_bytes(raw.partition(b"?")[0]).decode("latin-1").removeprefix(script)
            path = whole if whole.startswith(prefix) else path
        below = path == prefix or path.startswith(f"{prefix}/")
        return {**environ, "SCRIPT_NAME": script + prefix, "PATH_INFO": path.removeprefix(prefix) if below else path}

    def _ready(self, environ: WSGIEnvironment) -> WSGIApplication:
        with self._lock:
            if self._site is None:
                self._site = self._make(environ)
                self._looked = time.monotonic()
            elif self._options.debug and time.monotonic() - self._looked >= _EVERY:
                self._look()
                self._looked = time.monotonic()
            if not self._checked:
                self._checked = True
                threading.Thread(target=self._check, args=(dict(environ),), daemon=True).start()
            return self._site

    def _make(self, environ: WSGIEnvironment) -> WSGIApplication:
        source = self._read()
        description = parse_source(source)
        info = description.document.get("info")
        told = info.get("title") if isinstance(info, dict) else None
        self._name = self._options.name or name_of_source(
            str(source.path or source.url or ""), told if isinstance(told, str) else ""
        )
        self._base = self._options.server or _own_address(environ)
        self._compile = CompileOptions(
            name=self._name, title=self._options.title, server=self._options.server,
            source_url=description.url if is_url(description.url or "") else self._base,
        )  # fmt: skip
        folder = Path(tempfile.mkdtemp(prefix="playground-"))
        settings = self._settings or from_environ()
        self._is_unnamed = not settings.trusted_hosts and not settings.proxy_hops
        answers = settings.answers or folder / "answers"
        settings = replace(settings, catalog=folder / "catalog.sqlite", catalog_url=None, answers=answers)
        self._store = open_store(settings.catalog, retention=retention_of(settings))
        # With the object, at the latest as the process ends.
        weakref.finalize(self, _forget, self._store, folder)
        import_description(self._store, description, self._compile)
        flask = create_app(settings, self._store, watcher=self)
        site = flask.extensions["playground"]
        calls = replace(site.calls, send=self._send, named=site.calls.named | self._own_origins())
        flask.extensions["playground"] = replace(site, calls=calls, inside=True)
        return flask.wsgi_app

    def _look(self) -> None:
        """Bring the site to the state of its description; one that cannot be read leaves it as it is."""
        try:
            earlier = earlier_text(self._store, self._name)
            import_description(self._store, parse_source(self._read(), earlier=earlier), self._compile)
            self._broken = ""
        except (SourceError, DocumentError, TransportError, TypeError, ValueError) as error:
            self._broken = str(error)

    def _read(self) -> Source:
        document = self._document()
        if isinstance(document, bytes):
            return Source(data=document)
        if isinstance(document, Mapping):
            # A framework's own may hold texts that are made late, translations for one.
            return Source(data=json.dumps(document, default=str, ensure_ascii=False).encode("utf-8", "replace"))
        place = os.fspath(document)
        if not is_url(place):
            return read_path(Path(place))
        return find_description(place, _fetch)

    def _own_origins(self) -> frozenset[str]:
        """Return the origins that are this process' own: the one it calls, and loopback's other name for it."""
        origin = origin_of(self._base or "")
        if not origin:
            return frozenset()
        return frozenset((origin, origin.replace("//127.0.0.1", "//localhost")))

    def _send(self, request: HTTPRequest, policy: EgressPolicy) -> HTTPResponse | None:
        app = self._options.app
        if app is None or origin_of(request.url) not in self._own_origins():
            return None
        return call_application(app, request, policy.max_bytes)

    def _check(self, environ: WSGIEnvironment) -> None:
        """Ask for one of our own pages as a browser does, and look at the policy that it comes with."""
        base = _own_address(environ)
        if base is None:
            return
        request = HTTPRequest(method="GET", url=f"{base.rstrip('/')}{environ['SCRIPT_NAME']}/healthz")
        policy = replace(
            document_policy(base), named=frozenset((origin_of(base),)), any_origin=False, total_timeout=_SECONDS
        )
        try:
            answer = send_message(request, policy)
        except TransportError:
            return  # a server of one thread, or of another address: nothing is known then
        policies = answer.headers.get_all("content-security-policy")
        theirs = [policy for policy in policies if not policy.startswith(POLICY)]
        self._forbidden = forbidden_by(theirs)
        if self._forbidden:
            log.warning("%s", self._forbidden)


def _forget(store: Store, folder: Path) -> None:
    store.close()
    shutil.rmtree(folder, ignore_errors=True)


def _fetch(url: str) -> Source:
    source = fetch_source(url, document_policy(url))
    assert source is not None  # noqa: S101 - nothing was known before
    return source


def _own_address(environ: WSGIEnvironment) -> str | None:
    """Return where this server takes connections on this machine; `None` where it is a file or not known.

    Nothing of it is taken from what the visitor sent: a Host field would choose what is called.
    """
    listener = environ.get("gunicorn.socket")
    if listener is not None and getattr(listener, "family", None) not in (socket.AF_INET, socket.AF_INET6):
        return None
    port = str(environ.get("SERVER_PORT", ""))
    if not port.isdecimal() or not 0 < int(port) < 65536:
        return None
    host = str(environ.get("SERVER_NAME", "")).strip("[]")
    try:
        address = ipaddress.ip_address(host)
        shown = f"[{host}]" if address.version == 6 and address.is_loopback else "127.0.0.1"
    except ValueError:
        shown = "127.0.0.1"
    return f"{environ.get('wsgi.url_scheme', 'http')}://{shown}:{port}/"


def _fail(start_response: StartResponse, sentence: str) -> Iterable[bytes]:
    body = f"{sentence}\n".encode("utf-8", "replace")
    log.error("%s", sentence)
    start_response(
        "500 Internal Server Error",
        [
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Length", str(len(body))),
            ("Cache-Control", "no-store"),
        ],
    )
    return [body]


_NEEDED = (
    ("script-src", ("script-src-elem", "script-src", "default-src"), say("its scripts")),
    ("style-src", ("style-src-elem", "style-src", "default-src"), say("its stylesheet")),
    ("connect-src", ("connect-src", "default-src"), say("Send and the live snippet")),
    ("form-action", ("form-action",), say("its forms")),
)
"""What pages need from their own origin: the directive to write, those that decide, what works by it."""


def forbidden_by(policies: Iterable[str]) -> str:
    """Return a sentence that names what the policies forbid to the site's pages, empty if they work.

    Each value of a header field is a list of policies; all of them hold.
    """
    forbidden: dict[str, str] = {}
    for policy in (policy for value in policies for policy in value.split(",")):
        directives: dict[str, list[str]] = {}
        for directive in policy.split(";"):
            name, *sources = directive.split()[:1000] or [""]
            directives.setdefault(name.lower(), [source.lower() for source in sources])
        for written, deciding, what in _NEEDED:
            sources_of = next((directives[name] for name in deciding if name in directives), None)
            if sources_of is not None and not _allows_own(sources_of, written):
                forbidden[written] = what
        if "sandbox" in directives and not {"allow-scripts", "allow-same-origin", "allow-forms"} <= set(
            directives["sandbox"]
        ):
            forbidden["sandbox"] = say("the whole page")
    if not forbidden:
        return ""
    names = [say("%(what)s (%(directive)s)", what=what, directive=name) for name, what in forbidden.items()]
    return say(
        "The application around this site sends a Content-Security-Policy that forbids %(names)s: "
        "let it leave these pages out, which bring a strict policy of their own, or allow 'self' there.",
        names=joined(", ", names),
    )


def _allows_own(sources: list[str], directive: str) -> bool:
    if "'strict-dynamic'" in sources and directive == "script-src":
        return False
    return any(source in ("'self'", "*", "http:", "https:") for source in sources)
