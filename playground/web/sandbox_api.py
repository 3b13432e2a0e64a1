"""The sandbox's address: `/sandbox/<provider>/…` is plain HTTP for any client, and answers from descriptions only.

What a description says comes back from our own origin, so nothing of it may act there: no script, no style, no cookie
beyond its own path, no header field that speaks for the origin.
"""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, nullcontext
from dataclasses import dataclass
from urllib.parse import quote, unquote

from flask import Blueprint, Flask, Response, request
from werkzeug.routing import PathConverter

from playground import jsontext
from playground.gateway.errors import LimitExceeded
from playground.messages import BinaryContent, Headers, HTTPRequest, HTTPResponse
from playground.sandbox.datasets import DataSetError, dump, load
from playground.sandbox.negotiate import LONGEST_DELAY
from playground.sandbox.reply import Reply
from playground.sandbox.service import ADDRESS, Call, Sandbox
from playground.server.breaking import break_connection
from playground.store import ProviderNotFound, Store
from playground.store.errors import StoreError
from playground.web.site import site_url, this_site
from playground.web.stream import AS_IT_COMES
from playground.web.visitor import sandbox_visitor, visitor

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "QUERY")
LONGEST_BODY = 10_000_000
"""Bytes of a request that the sandbox reads."""
DESCRIPTION = "/openapi.json"
"""Where the description is asked for, unless it has an operation of its own there; `/~openapi.json` is free always."""
SHARED = "shared"
"""Whose things requests without a visitor are about where the sandbox is served alone."""
_WAITING = threading.BoundedSemaphore(64)
"""So many answers are kept back at a time; more come without the pause."""
_PROBLEM = "application/problem+json"
_FIELD_NAMES = re.compile(r"[!#$%&'*+.^_`|~A-Za-z0-9-]{1,100}(?:, ?[!#$%&'*+.^_`|~A-Za-z0-9-]{1,100}){0,60}")
_ACTIVE = frozenset(
    ("script", "style", "worker", "sharedworker", "serviceworker", "audioworklet", "paintworklet", "xslt", "object",
     "embed", "manifest")
)  # fmt: skip
"""What a browser would let act on the page that asks for it; nothing of a description may."""
_SPEAKING = frozenset(
    """
    clear-site-data strict-transport-security content-security-policy content-security-policy-report-only
    service-worker-allowed nel report-to reporting-endpoints permissions-policy feature-policy document-policy
    origin-agent-cluster x-frame-options x-content-type-options referrer-policy refresh alt-svc
    public-key-pins expect-ct accept-ch critical-ch sourcemap x-sourcemap speculation-rules
    supports-loading-mode set-login date server content-length transfer-encoding connection keep-alive upgrade
    trailer te content-encoding content-disposition timing-allow-origin large-allocation x-xss-protection
    x-dns-prefetch-control no-vary-search use-as-dictionary activate-storage-access vary
    """.split()  # noqa: SIM905 - a list to read
)
"""Header fields that speak for the whole origin, or frame the message."""
_OURS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "*",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Serving:
    """What an address serves: the sandbox, one provider or (empty) those of a catalogue, whose things are shared.

    With `described_only` no request is refused with a status that its operation does not describe.
    """

    sandbox: Sandbox
    provider: str = ""
    shared: bool = False
    described_only: bool = False


class _TooLongError(Exception):
    """A request has more content than the sandbox reads."""


class _AnyPath(PathConverter):
    """A path with any character in it, line ends too."""

    regex = "(?s:[^/].*?)"


def sandbox_blueprint(serving: Callable[[], Serving | None]) -> Blueprint:
    """Make the address; `serving` gives what it serves, `None` where the sandbox is off."""
    bp = Blueprint("sandbox", __name__)
    bp.record_once(lambda state: state.app.url_map.converters.update(any=_AnyPath))

    def answer(path: str = "") -> Response:
        served = serving()
        if served is None:
            return _problem(404, "The sandbox is switched off here.")
        if request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers:
            return _preflight()
        if request.headers.get("Sec-Fetch-Dest") in _ACTIVE or "Service-Worker" in request.headers:
            return _problem(403, "Nothing that a description says may act on a page: ask for it with fetch.")
        try:
            return _answer(served, _raw_path(served))
        except ProviderNotFound:
            return _problem(404, "No API of that name is here.")
        except LimitExceeded as error:
            response = _problem(error.status, str(error))
            response.headers["Retry-After"] = str(error.retry_after)
            return response
        except _TooLongError:
            return _problem(413, f"The sandbox reads at most {LONGEST_BODY} bytes.")
        except StoreError as error:
            return _problem(503, str(error))

    for rule in ("/", "/<any:path>"):
        bp.add_url_rule(
            rule, view_func=answer, endpoint="answer", methods=METHODS, provide_automatic_options=False,
            merge_slashes=False, strict_slashes=False,
        )  # fmt: skip
    return bp


def create_sandbox_app(serving: Serving, *, loopback: bool) -> Flask:
    """Make the sandbox alone, one API at the top. `loopback`: only this machine's own names for it are answered to."""
    app = Flask("playground.sandbox", static_folder=None)
    if loopback:
        app.config["TRUSTED_HOSTS"] = ["localhost", "127.0.0.1", "[::1]"]
    app.url_map.merge_slashes = False
    app.register_blueprint(sandbox_blueprint(lambda: serving))
    return app


def site_serving() -> Serving | None:
    """Return what the site serves: every API of its catalogue, to each visitor its own things."""
    site = this_site()
    if site.settings.sandbox == "off" or site.calls.sandbox is None:
        return None
    return Serving(sandbox=site.calls.sandbox)


def _raw_path(served: Serving) -> str:
    """Return the path as it was sent, still encoded, below this address."""
    raw = request.environ.get("RAW_URI") or request.environ.get("REQUEST_URI") or ""
    path = str(raw).partition("?")[0]
    if "://" in path[:12]:
        path = "/" + path.partition("://")[2].partition("/")[2]
    if served.provider:
        return path if path.startswith("/") else quote(request.path, safe="/:@!$&'()*+,;=~")
    _, found, rest = path.partition(ADDRESS)
    return rest if found else quote(request.path.partition(ADDRESS)[2], safe="/:@!$&'()*+,;=~")


def _answer(served: Serving, path: str) -> Response:
    provider, below, base = _split(served, path)
    key = sandbox_visitor() or (SHARED if served.shared else "")
    if below.startswith("/~"):
        return _about(served.sandbox, provider, below[2:], key, base)
    body = _body()
    query = request.query_string.decode("latin-1")
    message = HTTPRequest(
        method=request.method,
        url=f"{site_url()}{base}{below}{'?' if query else ''}{query}",
        headers=Headers.of(request.headers.items()),
        content=BinaryContent(data=body),
    )
    with nullcontext() if served.provider else this_site().calls.limits.admit(visitor(), "", provider):
        with _one_state(served.sandbox):
            found = served.sandbox.find(provider, message, below)
            if found.entry is None and below == DESCRIPTION and not found.methods:
                return _description(served.sandbox, provider, base)
            if found.entry is None:
                return _unknown(found.methods, provider)
            call = Call(
                entry=found.entry, request=message, path=found.path, base=base, visitor=key,
                described_only=served.described_only,
            )  # fmt: skip
            reply = served.sandbox.respond(call)
        return _sent(reply, base)


def _body() -> bytes:
    """Return the request's content; of what never ends no more is read than what may come. Raises `_TooLongError`."""
    length = request.content_length
    content = b"" if length is not None and length > LONGEST_BODY else request.stream.read(LONGEST_BODY + 1)
    if len(content) > LONGEST_BODY or (length is not None and length > LONGEST_BODY):
        raise _TooLongError
    return content


def _one_state(sandbox: Sandbox) -> AbstractContextManager[None]:
    """Let everything inside see one state of the catalogue, looked up once; it is given back before an answer waits."""
    return sandbox.source.snapshot() if isinstance(sandbox.source, Store) else nullcontext()


def _split(served: Serving, path: str) -> tuple[str, str, str]:
    """Return the provider, the path below it, and the address before that. Raises `ProviderNotFound`."""
    if served.provider:
        return served.provider, path or "/", ""
    store = served.sandbox.source
    segments = path.split("/")
    # A provider's name may hold slashes; the longest that there is counts.
    names = {unquote("/".join(segments[:count])): count for count in range(min(len(segments), 6), 0, -1)}
    name = store.locate(next(iter(names)))[0] if isinstance(store, Store) else ""
    if name not in names:
        raise ProviderNotFound(unquote(segments[0])[:80])
    return name, "/" + "/".join(segments[names[name] :]), ADDRESS + quote(name)


def _unknown(methods: tuple[str, ...], provider: str) -> Response:
    if not methods:
        return _problem(404, f"The description of {provider} has no operation at this path.")
    allowed = ", ".join(sorted({*methods, *(("HEAD",) if "GET" in methods else ()), "OPTIONS"}))
    if request.method == "OPTIONS":
        response = _nothing({"Allow": allowed})
    else:
        response = _problem(405, f"The description has no {request.method[:20]} at this path.")
        response.headers["Allow"] = allowed
    response.headers.update(_OURS)
    return response


def _preflight() -> Response:
    headers = {**_OURS, "Access-Control-Allow-Methods": ", ".join(METHODS), "Access-Control-Max-Age": "600"}
    asked = request.headers.get("Access-Control-Request-Headers", "")
    if _FIELD_NAMES.fullmatch(asked):
        headers["Access-Control-Allow-Headers"] = asked
    if request.headers.get("Access-Control-Request-Private-Network") == "true":
        headers["Access-Control-Allow-Private-Network"] = "true"
    return _nothing(headers)


def _nothing(headers: Mapping[str, str]) -> Response:
    """Return an answer without content."""
    response = Response(status=204, headers={**_OURS, **headers})
    del response.headers["Content-Type"]
    return response


def _problem(status: int, sentence: str) -> Response:
    body = jsontext.dumps({"title": sentence, "status": status}).encode("utf-8", "replace")
    return Response(body, status=status, content_type=_PROBLEM, headers=_OURS)


def _sent(reply: Reply, base: str) -> Response:
    """Return the HTTP response for a reply, late or broken where that was asked for."""
    environ = request.environ
    if reply.failure == "timeout":
        _pause(LONGEST_DELAY / 1000)
        break_connection(environ, reset=False)
        return Response(status=504, headers=_OURS)
    _pause(reply.delay)
    if reply.failure == "reset":
        break_connection(environ, reset=True)
        return Response(status=502, headers=_OURS)
    head = reply.response
    if reply.pieces is not None and reply.failure is None:
        response = Response(_paced(reply), status=head.status, headers=_fields(head, base))
        response.headers.update(AS_IT_COMES)
        return response
    whole = reply.whole()
    body: bytes | Iterator[bytes] = whole.body
    response = Response(body, status=_status(whole), headers=_fields(whole, base))
    if "Content-Type" not in whole.headers:
        response.headers.remove("Content-Type")  # what is of no type says none
    if request.method == "HEAD":
        # It would be that of no content (RFC 9110 section 8.6).
        response.automatically_set_content_length = False
        response.headers.remove("Content-Length")
    if reply.failure == "truncate":
        response.headers["Content-Length"] = str(len(whole.body))
        response.response = _half(whole.body)
    return response


def _half(body: bytes) -> Iterator[bytes]:
    yield body[: len(body) // 2]
    break_connection(request.environ, reset=False)


def _status(response: HTTPResponse) -> str | int:
    return f"{response.status} {response.reason}" if response.reason else response.status


def _pause(seconds: float) -> None:
    if seconds > 0 and _WAITING.acquire(blocking=False):
        try:
            time.sleep(seconds)
        finally:
            _WAITING.release()


def _paced(reply: Reply) -> Iterator[bytes]:
    """Yield a reply's pieces, each after its pause; all at once where too many are kept back already."""
    held = _WAITING.acquire(blocking=False)
    with ExitStack() as stack:
        if held:
            stack.callback(_WAITING.release)
        for pause, piece in reply.pieces() if reply.pieces is not None else ():
            if not held and not piece:
                return
            if pause and held:
                time.sleep(pause)
            if piece:
                yield piece


def _fields(response: HTTPResponse, base: str) -> list[tuple[str, str]]:
    """Return the header fields to send: none that speaks for our origin."""
    fields = list(_OURS.items())
    for name, value in response.headers:
        lowered = name.lower()
        if lowered in _SPEAKING or lowered.startswith(("access-control-", "cross-origin-", "sec-", "proxy-")):
            continue
        if lowered == "set-cookie":
            value = _confined(value, base)
        elif lowered == "cache-control":
            continue
        elif lowered in ("location", "content-location") and not value.startswith(base or "/"):
            value = f"{base}/"
        fields.append((name, value))
    return fields


def _confined(cookie: str, base: str) -> str:
    """Return a cookie that is sent back to this API alone, under a name that is none of ours."""
    pair = cookie.partition(";")[0].strip()
    name, equals, value = pair.partition("=")
    if not equals or name.strip().lower().startswith(("session", "__host-", "__secure-")):
        name, value = "sandbox_" + re.sub(r"[^A-Za-z0-9_-]", "", name or "cookie"), value or pair
    return f"{name}={value}; Path={base or '/'}; SameSite=Strict; HttpOnly"


def _description(sandbox: Sandbox, provider: str, base: str) -> Response:
    """Answer with the description as it is served here."""
    if request.method not in ("GET", "HEAD"):
        return _unknown(("GET",), provider)
    served = sandbox.description(provider, base)
    if not served:
        return _problem(404, f"The text of {provider}'s description is not kept.")
    return Response(served, content_type="application/json", headers=_OURS)


def _about(sandbox: Sandbox, provider: str, what: str, key: str, base: str) -> Response:
    """Answer what is about the API or the visitor's things: `~openapi.json`, `~data`, `~reset`, `~data-sets`."""
    sandbox.routes(provider)  # raises ProviderNotFound
    try:
        if what == "openapi.json" and request.method in ("GET", "HEAD"):
            return _description(sandbox, provider, base)
        if what == "data" and request.method in ("GET", "HEAD"):
            return _json(dump(sandbox, provider, key))
        if what == "data" and request.method == "POST":
            return _json({"loaded": load(sandbox, provider, key, _data_set(sandbox, provider))})
        if what == "data-sets" and request.method in ("GET", "HEAD"):
            return _json({"data_sets": list(sandbox.state.datasets(provider) if sandbox.state is not None else ())})
        if what == "reset" and request.method == "POST":
            if key and sandbox.state is not None:
                sandbox.state.reset(key, provider)
            return _nothing({})
    except DataSetError as error:
        return _problem(400, str(error))
    return _problem(404, "Here are GET ~openapi.json, GET and POST ~data, GET ~data-sets and POST ~reset.")


def _data_set(sandbox: Sandbox, provider: str) -> bytes:
    """Return the data set to load: the named one, else the request's body. Raises `DataSetError`, `_TooLongError`."""
    name = request.args.get("set", "")
    if not name:
        return _body()
    content = sandbox.state.dataset(provider, name[:200]) if sandbox.state is not None else None
    if content is None:
        raise DataSetError("There is no data set of that name: GET ~data-sets lists them.")
    return content


def _json(value: object) -> Response:
    body = jsontext.dumps(value, indent=2).encode("utf-8", "surrogatepass")
    return Response(body, content_type="application/json", headers=_OURS)
