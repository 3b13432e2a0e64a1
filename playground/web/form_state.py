"""The posted form as a `FormState`, and the two views of a body brought into step."""

from __future__ import annotations

import os
from base64 import b64encode
from typing import BinaryIO, cast

from flask import request
from werkzeug.datastructures import FileStorage

from playground.catalog.model import Entry
from playground.forms.actions import to_form, to_raw
from playground.forms.held import held_again
from playground.forms.state import FormState
from playground.forms.submission import parse
from playground.jsontext import JSONTextError, loads
from playground.messages import FileOnDisk
from playground.request.model import ABSENT, FileValue
from playground.wording import say

NAMED = "~file"
ENCODED = "~bytes"
IN_MEMORY = 500_000
"""Bytes up to which a file is held in memory; Werkzeug writes larger ones to disk."""


def read_state() -> FormState:
    """Return what was posted; a large file stays on disk, where the server has put it, until it is sent on.

    Only Send carries files. Everything else names them by `<input name>~file` = type, a blank, file name: enough for a
    snippet to show the name and for nothing to be uploaded at every keystroke. A file in `<input name>~bytes` is base64
    text of that input: a script puts it there by itself. One in `<input name>~held` the page has carried (`held`).
    """
    files: list[tuple[str, FileValue]] = []
    pairs: list[tuple[str, str]] = []
    for name, one in request.files.items(multi=True):
        if not name.endswith(ENCODED):
            files.append((name, _file(one)))
        elif content := one.read():
            pairs.append((name.removesuffix(ENCODED), b64encode(content).decode("ascii")))
    for name, text in request.form.items(multi=True):
        if name.endswith(NAMED):
            content_type, _, filename = text.partition(" ")
            value = FileValue(filename=filename, content=b"", content_type=content_type or "application/octet-stream")
            files.append((name.removesuffix(NAMED), value))
        else:
            pairs.append((name, text))
    return FormState.submitted(*held_again(pairs, files))


def _file(uploaded: FileStorage) -> FileValue:
    stream = uploaded.stream
    size = stream.seek(0, os.SEEK_END)
    stream.seek(0)
    small = size <= IN_MEMORY
    return FileValue(
        filename=uploaded.filename or "",
        content=stream.read() if small else b"",
        content_type=uploaded.mimetype or "",
        file=None if small else FileOnDisk(cast(BinaryIO, stream), size),
    )


def reconcile(entry: Entry, state: FormState) -> tuple[FormState, str]:
    """Let the view the visitor switches to say what the one he leaves said; and a sentence if it cannot.

    `body~shown` is the view the page drew last, `body~mode` the one chosen now. Raw text that is not JSON stays raw;
    what no field can show is kept beside the fields: nothing typed is lost.
    """
    shown, chosen = state.text("body~shown"), state.text("body~mode")
    state = state.without("body~shown")
    if not shown or shown == chosen:
        return state, ""
    before = state.without("body~mode").adding([("body~mode", shown)])
    if chosen == "raw":
        return to_raw(entry, before), ""
    raw = state.text("body~raw")
    body = parse(entry, before).model.body
    if raw.strip() and body is ABSENT:
        return before, _not_json(raw)
    return to_form(entry, before), ""


def _not_json(raw: str) -> str:
    try:
        loads(raw)
    except JSONTextError as error:
        return say("%(problem)s The body stays raw until it is.", problem=str(error))
    return say("The form cannot show this text, so the body stays raw.")
