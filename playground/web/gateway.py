"""The gateway's addresses: `POST /tools/{provider}/{operation}` and what it says about itself (contract section 6).

Mounted at `/gateway` on the site, and at the top when it runs alone. Programs call it without any header of a browser;
a browser's request passes only from our own pages, and only as JSON, which no form can send.
"""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version
from urllib.parse import unquote, urlsplit

from flask import Blueprint, Response, request

from playground import jsontext
from playground.gateway import describe
from playground.gateway.dispatch import dispatch
from playground.gateway.errors import GatewayError, LimitExceeded
from playground.gateway.protocol import read_call, write_answer, write_error
from playground.messages import Headers
from playground.request.server import servers_of
from playground.web.send import dispatch_context, visitor
from playground.web.site import this_site

bp = Blueprint("gateway", __name__)


@bp.post("/tools/<path:path>")
def call(path: str) -> Response:
    """Call one operation; nested providers both as `google/books/…` and as `google%2Fbooks/…`."""
    store = this_site().store
    entry = store.entry(*store.locate(_raw_path(path)))
    try:
        read = read_call(request.get_data(), request.content_type, Headers.of(request.headers.items()), entry)
        servers = servers_of(entry)
        with this_site().limits.admit(visitor(), urlsplit(servers[0].url).netloc if servers else ""):
            answer = dispatch(entry, read, dispatch_context())
    except GatewayError as error:
        response = _json(write_error(str(error)), error.status)
        if isinstance(error, LimitExceeded):
            response.headers["Retry-After"] = str(error.retry_after)
        return response
    status, body = write_answer(answer, own=read.own)
    return _json(body, status)


@bp.get("/health")
def health() -> Response:
    """Say that the gateway runs."""
    return _json(jsontext.dumps(describe.health()).encode())


@bp.get("/config")
def config() -> Response:
    """Say which dialects the gateway speaks."""
    try:
        number = version("tryit-playground")
    except PackageNotFoundError:
        number = "0"
    return _json(jsontext.dumps(describe.config(number)).encode())


@bp.get("/tools")
def tools() -> Response:
    """List the operations with their input schemas."""
    store = this_site().store
    listed = describe.list_tools(store, [one.name for one in store.providers()])
    return _json(jsontext.dumps(listed).encode("utf-8", "surrogatepass"))


def _raw_path(path: str) -> str:
    # The server has decoded %2F already; a client that encodes twice, as some do for dots and braces, is read too.
    return unquote(path)


def _json(body: bytes, status: int = 200) -> Response:
    return Response(body, status=status, mimetype="application/json", headers={"Cache-Control": "no-store"})
