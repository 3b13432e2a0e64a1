"""What a browser submits from a form as it is really drawn: templates, HTML parser, successful controls."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

from flask import Flask

from bench import roundtrip
from playground.app import create_app
from playground.catalog.model import Entry
from playground.config import Settings
from playground.forms.state import FormState
from playground.store import open_store
from playground.web.operation.try_it import render_form


@cache
def _app() -> Flask:
    path = Path(tempfile.mkdtemp()) / "catalog.sqlite"
    return create_app(Settings(catalog=path), open_store(path))


def drawn(entry: Entry, state: FormState) -> str:
    """The form card as HTML."""
    with _app().test_request_context("/"):
        return render_form(entry, state)


def submit(entry: Entry, state: FormState) -> FormState:
    """The inputs of the drawn form, the state's files chosen in the file inputs that are there."""
    return roundtrip.submit(drawn(entry, state), state)
