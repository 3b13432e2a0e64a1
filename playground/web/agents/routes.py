"""`/mcp`: the catalogue's server of the Model Context Protocol (Streamable HTTP), and its page for people.

A client posts one message and gets one answer as JSON: there is no session and no stream that the server opens.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING

from flask import Blueprint, Flask, current_app, make_response, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import MethodNotAllowed, ServiceUnavailable

from playground.jsontext import dumps
from playground.text.wording import say
from playground.web.agents.tools import ALLOW_CHANGES, CREDENTIAL, TOOLS, Tool
from playground.web.site import site_url

if TYPE_CHECKING:
    from playground.web.agents.server import Bridge


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """The configuration of one client: its name, and the command or file."""

    title: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentsPage:
    """`agents/index.html`: clients, tools, and the header fields of keys and consent."""

    clients: tuple[Client, ...]
    tools: tuple[Tool, ...]
    credential: str
    allow: str
    is_installed: bool


ADDRESS = "/mcp"
LARGEST = 1_000_000
"""Bytes of one message."""


def agents_blueprint(app: Flask) -> Blueprint:
    """Return the routes; the SDK is imported when the first message comes."""
    bp = Blueprint("agents", __name__)
    bridges: list[Bridge] = []

    @bp.get(ADDRESS)
    def page() -> ResponseReturnValue:
        """Show how clients are configured; answer 405 to a client that asks for a stream."""
        if request.accept_mimetypes.best == "text/event-stream":
            raise MethodNotAllowed(["GET", "POST"], say("This server opens no stream: post each message."))
        return make_response(render_template("agents/index.html", page=_page(f"{site_url()}{ADDRESS}")))

    @bp.post(ADDRESS)
    def message() -> ResponseReturnValue:
        """Answer one message."""
        request.max_content_length = LARGEST
        data = request.get_data()
        if not bridges:
            bridges.append(_bridge(app))
        exchange = bridges[0].handle(request.environ, data)
        response = current_app.response_class(bytes(exchange.body), status=exchange.status)
        for name, value in exchange.headers:
            if name.lower() in ("content-type", "mcp-protocol-version", "mcp-session-id", "allow"):
                response.headers[name] = value
        response.headers["Cache-Control"] = "no-store"
        return response

    return bp


def _page(address: str) -> AgentsPage:
    http = {"type": "http", "url": address}
    stdio = {"command": "playground", "args": ["mcp"]}
    return AgentsPage(
        clients=(
            Client(title="Claude Code", text=f"claude mcp add --transport http playground {address}"),
            Client(
                title="Visual Studio Code (.vscode/mcp.json)", text=dumps({"servers": {"playground": http}}, indent=2)
            ),
            Client(
                title="Cursor (.cursor/mcp.json)",
                text=dumps({"mcpServers": {"playground": {"url": address}}}, indent=2),
            ),
            Client(title="stdio", text=dumps({"mcpServers": {"playground": stdio}}, indent=2)),
        ),
        tools=TOOLS,
        credential=CREDENTIAL,
        allow=ALLOW_CHANGES,
        is_installed=find_spec("mcp") is not None,
    )


def _bridge(app: Flask) -> Bridge:
    if find_spec("mcp") is None:
        raise ServiceUnavailable(say("This site has no server for agents: install tryit-playground[agents]."))
    from playground.web.agents.server import Bridge, make_server

    return Bridge(lambda: make_server(app))
