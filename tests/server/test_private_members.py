"""Each private member of gunicorn and waitress that `playground.server` uses is there, and is listed with its reason.

"Private" is what no page of their documentation promises: it may change with any release, so the versions are pinned
(pyproject.toml), and this test is what to read when they are raised.
"""

from __future__ import annotations

import ast
import inspect
import re
import sys
from collections.abc import Iterator
from types import ModuleType

import pytest
from waitress import channel, parser, server, task, wasyncore

from tests.support.needs import ROOT

if sys.platform == "win32":
    pytest.skip("gunicorn needs a POSIX system", allow_module_level=True)

from gunicorn import arbiter, config, util
from gunicorn.http import errors, message, unreader
from gunicorn.http import parser as http_parser
from gunicorn.workers import base, gthread

USED: dict[str, dict[str, tuple[object, str]]] = {
    "gunicorn.py": {
        "ThreadWorker": (gthread, "its loop, its threads and its poller are kept"),
        "_DEFER": (gthread, "the only value that lets a connection wait in the poller"),
        "handle": (gthread.ThreadWorker, "it waits for a whole head in a thread"),
        "handle_request": (gthread.ThreadWorker, "an answer that is not taken ends without a traceback"),
        "finish_request": (gthread.ThreadWorker, "a connection that has ended already is only counted"),
        "set_accept_enabled": (gthread.ThreadWorker, "a worker that ends keeps its listeners open"),
        "alive": (base.Worker, "whether the worker ends"),
        "sockets": (base.Worker, "its listeners"),
        "nr_conns": (gthread.ThreadWorker, "the number of connections, which bounds how many are accepted"),
        "cfg": (base.Worker, "whether the worker speaks TLS"),
        "is_ssl": (config.Config, "TLS is left to the worker's own way"),
        "is_http2": (gthread.TConn, "HTTP/2 is left to the worker's own way"),
        "initialized": (gthread.TConn, "whether the connection has its parser"),
        "init": (gthread.TConn, "gives the connection its parser"),
        "wait_for_data": (gthread.TConn, "whether the first byte is there"),
        "sock": (gthread.TConn, "what has arrived is read from it"),
        "close": (gthread.TConn, "ends the connection in its thread"),
        "parser": (gthread.TConn, "the parser whose source of bytes is replaced"),
        "unreader": (http_parser.Parser, "the source of bytes that is replaced"),
        "SocketUnreader": (unreader, "the source of bytes"),
        "take_buffered": (unreader.Unreader, "what has been read of the next request"),
        "unread": (unreader.Unreader, "gives the parser back what was looked at"),
        "chunk": (unreader.SocketUnreader, "it waits for a body without limit"),
        "InvalidHeader": (errors, "answers a request with 400"),
        "headers": (message.Message, "whether there is one Host field"),
        "version": (message.Message, "HTTP/1.0 needs no Host field"),
        "uri": (message.Request, "whether its target names another host"),
        "close_graceful": (util, "ends a refused connection so that its answer arrives"),
    },
    "waitress.py": {
        "maintenance": (server.BaseWSGIServer, "where silent connections are looked for"),
        "readable": (server.BaseWSGIServer, "is asked before each wait: where its loop can end"),
        "active_channels": (server.BaseWSGIServer, "the connections"),
        "channel_class": (server.BaseWSGIServer, "makes connections with our parser"),
        "HTTPChannel": (channel, "a connection"),
        "parser_class": (channel.HTTPChannel, "makes the parser of a connection"),
        "request": (channel.HTTPChannel, "the request that comes in"),
        "requests": (channel.HTTPChannel, "the requests that are answered"),
        "will_close": (channel.HTTPChannel, "ends a connection"),
        "total_outbufs_len": (channel.HTTPChannel, "whether an answer waits to be taken"),
        "last_activity": (channel.HTTPChannel, "when anything was taken last"),
        "socket": (wasyncore.dispatcher, "is shut down to wake the thread that writes to it"),
        "HTTPRequestParser": (parser, "a request that comes in"),
        "version": (parser.HTTPRequestParser, "HTTP/1.0 needs no Host field"),
        "proxy_netloc": (parser.HTTPRequestParser, "whether its target names another host"),
        "ParsingError": (parser, "answers a request with 400"),
        "parse_header": (parser.HTTPRequestParser, "sees the framing of a request"),
        "chunked": (parser.HTTPRequestParser, "whether the body comes in chunks"),
        "headers": (parser.HTTPRequestParser, "whether a length is named as well"),
        "headers_finished": (parser.HTTPRequestParser, "whether the whole head is there"),
        "body_rcv": (parser.HTTPRequestParser, "whether a body is expected"),
        "completed": (parser.HTTPRequestParser, "whether all of the request is there"),
        "body_bytes_received": (parser.HTTPRequestParser, "how much of the body is there"),
    },
}
"""By our module: each member with where it is defined, and the reason why it is used."""

ELSEWHERE: dict[str, tuple[object, str]] = {
    "task_dispatcher": (server.BaseWSGIServer, "cli/serving.py: requests under way are finished at the end"),
    "shutdown": (task.ThreadedTaskDispatcher, "cli/serving.py: for as long as a Send may take"),
    "pull_trigger": (server.BaseWSGIServer, "cli/serving.py: ends the wait of its loop"),
    "WORKERS": (arbiter.Arbiter, "deploy/gunicorn.conf.py: the object given to `pre_fork` is given to `child_exit`"),
    "worker_class": (arbiter.Arbiter, "deploy/gunicorn.conf.py: made before `pre_fork`, and the same in `child_exit`"),
}
THEIRS = {"self", "super", "conn", "req", "server", "channel", "request", "gthread", "util", "unreader"}
"""Variables that hold objects of a server in our modules."""
ADDED = {
    *("has_head", "until", "ended"),  # what our worker notes of a connection
    *("setblocking", "send", "recv", "shutdown", "gettimeout", "close", "values"),  # of sockets and dicts
    *("startswith", "lower"),  # of texts
    *("acquire", "release", "get", "pop", "items", "__init__"),
}


def defines(owner: object, name: str) -> bool:
    """Whether a class or module has a member of this name, or its instances are given one."""
    if hasattr(owner, name):
        return True
    classes = owner.__mro__[:-1] if isinstance(owner, type) else ()
    return any(
        re.search(rf"\bself\.{name}\b(?:[^=\n]*=|,\n(?:\s*self\.\w+,\n)*\s*\) =)", inspect.getsource(cls))
        for cls in classes
    )


@pytest.mark.parametrize(
    ("name", "owner"),
    [
        pytest.param(name, owner, id=f"{module} {name}")
        for module, members in {**USED, "elsewhere": ELSEWHERE}.items()
        for name, (owner, _) in members.items()
    ],
)
def test_the_member_is_in_the_version_that_is_pinned(name: str, owner: object) -> None:
    where = owner.__name__ if isinstance(owner, ModuleType | type) else str(owner)
    assert defines(owner, name), f"{where} has no {name} any more: read what its reason is, and find another way"


def touched(module: str) -> Iterator[str]:
    """Yield the names that a module imports from a server, or uses of its objects."""
    tree = ast.parse((ROOT / "playground" / "server" / module).read_text())
    ours = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    for node in ast.walk(tree):
        targets = (
            node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
        )
        names = [name for target in targets for name in ast.walk(target) if isinstance(name, ast.Attribute)]
        ours |= {name.attr for name in names if isinstance(name.value, ast.Name) and name.value.id == "self"}
    overridden = {name for name in ours if any(name in members for members in USED.values())}
    yield from overridden
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(("gunicorn", "waitress")):
            yield from (alias.name for alias in node.names if alias.name not in ("util", "gthread"))
        if isinstance(node, ast.Attribute) and node.attr not in ours | ADDED and _root_of(node) in THEIRS:
            yield node.attr


def _root_of(node: ast.Attribute) -> str:
    root: ast.expr = node
    while isinstance(root, ast.Attribute | ast.Call):
        root = root.value if isinstance(root, ast.Attribute) else root.func
    return root.id if isinstance(root, ast.Name) else ""


@pytest.mark.parametrize("module", USED)
def test_no_member_is_used_that_is_not_listed(module: str) -> None:
    assert set(touched(module)) - USED[module].keys() == set()
