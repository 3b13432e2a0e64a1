"""The gateway's addresses: `POST /tools/{provider}/{operation}` and its self-description (docs/protocol.md).

Mounted at `/gateway` on the site, and at the top when it runs alone. Programs call it without any header of a browser;
a browser's request passes only from our own pages, and only as JSON, which no form can send.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import ExitStack
from functools import cache, partial
from importlib.metadata import PackageNotFoundError, version
from typing import Any
from urllib.parse import unquote

from flask import Blueprint, Response, request
from werkzeug.exceptions import NotFound

from playground import bundled, jsontext
from playground.gateway import describe
from playground.gateway.call import call_from_wire
from playground.gateway.envelope import takes_live, write_error, write_live, write_pieces
from playground.gateway.errors import GatewayError, LimitExceeded
from playground.gateway.protocol import read_call
from playground.messages import Headers
from playground.openapi.parse import parse_document
from playground.web.metrics import counted_send
from playground.web.site import entry_at, sends_itself, site_url, this_site
from playground.web.stream import AS_IT_COMES, hand_on
from playground.web.visitor import call_context

bp = Blueprint("gateway", __name__)

MOST_TOOLS = 500
LONGEST_SEARCH = 200


@bp.before_request
def is_here() -> None:
    """Answer 404 on a site whose operator named another gateway."""
    if not sends_itself():
        raise NotFound("Requests are sent by another gateway here.")


@bp.post("/tools/<path:path>")
def call(path: str) -> Response:
    """Call one operation; nested providers both as `google/books/…` and as `google%2Fbooks/…`."""
    raw = _raw_path(path)
    if "/" not in raw.strip("/"):
        raise GatewayError("Missing provider or operation")  # in these words, for clients of UTDK
    entry = entry_at(raw)
    with ExitStack() as stack:
        wire = read_call(request.get_data(), request.content_type, Headers.of(request.headers.items()), entry)
        context = call_context(live=partial(takes_live, wire))
        answer = counted_send(entry, lambda: stack.enter_context(call_from_wire(entry, wire, context)))
        if answer.live is not None:
            kind, pieces = write_live(answer, answer.live, wire)
            return hand_on(Response(pieces, content_type=kind, headers=AS_IT_COMES), stack)
        status, body = write_pieces(answer, own=wire.own)
        return Response(body, status=status, mimetype="application/json", headers={"Cache-Control": "no-store"})


@bp.errorhandler(GatewayError)
def refusal(error: GatewayError) -> Response:
    """Return the answer to a call that is refused before anything is sent."""
    response = _json(write_error(str(error)), error.status)
    if isinstance(error, LimitExceeded):
        response.headers["Retry-After"] = str(error.retry_after)
    return response


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
    """List the operations with their input schemas: `provider` chooses one API, `limit` how many."""
    store = this_site().store
    only = request.args.get("provider", "")
    limit = _limit(_whole(request.args.get("limit")), MOST_TOOLS, MOST_TOOLS)
    names = [provider.name for provider in store.providers() if not only or provider.name == only]
    return _value(describe.list_tools(store, names, limit=limit))


@bp.get("/tools/search")
def search_tools() -> Response:
    """Find operations by words: `q`."""
    text = request.args.get("q", "")[:LONGEST_SEARCH]
    limit = _limit(_whole(request.args.get("limit")), 10, describe.MOST_FOUND)
    return _value(describe.find_tools(this_site().store, text, limit=limit))


@bp.post("/tools/search")
def search_tools_by_json() -> Response:
    """Find operations as UTDK's third gateway has it: `{tool_name?, namespace?, query?, limit?}`."""
    asked = request.get_json(silent=True)
    if not isinstance(asked, dict):
        raise GatewayError("Send an object with tool_name, namespace, query or limit, as application/json.")
    query, tool, namespace = (_text(asked, name) for name in ("query", "tool_name", "namespace"))
    limit = _limit(asked.get("limit"), 10, describe.MOST_FOUND)
    text = f"{query} {tool}".replace(".", " ").strip()[:LONGEST_SEARCH]
    return _value(
        describe.find_tools(this_site().store, text, providers=(namespace,) if namespace else (), limit=limit)
    )


@bp.get("/openapi.json")
def openapi() -> Response:
    """Describe the gateway itself, with the address it was asked at."""
    prefix = request.path.removesuffix("/openapi.json")
    return _value({**described_gateway(), "servers": [{"url": site_url() + prefix}]})


@cache
def described_gateway() -> dict[str, Any]:
    """Return the gateway's own OpenAPI document, which is in the bundled catalogue too."""
    return dict(parse_document(dict(bundled.documents())["playground"]))


def _whole(text: str | None) -> object:
    """Return a query parameter as the number that it writes, else as it is."""
    return int(text) if text is not None and text.isascii() and text.isdecimal() and len(text) < 10 else text


def _limit(value: object, usual: int, most: int) -> int:
    """Return a limit, `usual` where there is none. Raises `GatewayError` outside of what the description allows."""
    if value is None:
        return usual
    number = int(value) if isinstance(value, float) and value.is_integer() else value  # 5.0 is whole in JSON Schema
    if not isinstance(number, int) or isinstance(number, bool) or not 1 <= number <= most:
        raise GatewayError(f"The limit has to be a whole number from 1 to {most}.")
    return number


def _text(asked: Mapping[str, object], name: str) -> str:
    value = asked.get(name)
    if value is not None and not isinstance(value, str):
        raise GatewayError(f"{name} has to be a text.")
    return value or ""


def _value(value: object) -> Response:
    return _json(jsontext.dumps(value).encode("utf-8", "surrogatepass"))


def _raw_path(path: str) -> str:
    # The server has decoded %2F already; a client that encodes twice, as some do for dots and braces, is read too.
    return unquote(path)


def _json(body: bytes, status: int = 200) -> Response:
    return Response(body, status=status, mimetype="application/json", headers={"Cache-Control": "no-store"})
