"""Playground: an interactive "Try it" site for HTTP APIs described by OpenAPI.

The names below are the public Python API (docs/python.md). Each is imported when it is first asked for: the command
line needs no web framework to list a catalogue.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playground.api import build_request, compile_document, snippet
    from playground.mount.flask import Playground, blueprint
    from playground.mount.wsgi import wsgi

__all__ = ["Playground", "blueprint", "build_request", "compile_document", "snippet", "wsgi"]

_HOMES = {
    "Playground": "playground.mount.flask",
    "blueprint": "playground.mount.flask",
    "build_request": "playground.api",
    "compile_document": "playground.api",
    "snippet": "playground.api",
    "wsgi": "playground.mount.wsgi",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return [*globals(), *__all__]
