"""The posted form: its state, its buttons, the wire texts beside its fields, and its secret inputs."""

from __future__ import annotations

import os
import re
from base64 import b64encode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import BinaryIO, cast

from flask import request
from werkzeug.datastructures import FileStorage

from playground.catalog.model import Entry, Schema
from playground.forms.buttons import add_row, drop_kept, move_row, remove_row, to_form, to_raw, with_parameter_example
from playground.forms.carried_files import with_carried_files
from playground.forms.fields import Field, FieldNotFound, MoreField
from playground.forms.inputs import body_of, parameters_of
from playground.forms.names import child, element_id, escape, unescape
from playground.forms.operation_form import build_field, build_form
from playground.forms.parse import Submission, parse
from playground.forms.shape import Shape, shapes_of
from playground.forms.state import FormState, item_tokens, row_tokens
from playground.jsontext import JSONTextError, loads
from playground.mediatypes import OCTETS
from playground.messages import FileOnDisk
from playground.request.build import wire_texts
from playground.request.model import ABSENT, FileValue
from playground.request.server import OTHER
from playground.request.undescribed import ADDED
from playground.secrets.detect import is_secret_name
from playground.secrets.redact import MASK
from playground.text.wording import say

NAMED = "~file"
ADDING = "~adding/"
"""The inputs of a parameter that is being added: where it goes, its name and its value."""
TYPED_SERVER = "server~url"
INSTEAD = "server~instead"
"""The server that a button chooses, whatever the choice of servers says."""
_LOOPBACK = re.compile(r"(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?:[:/]|$)", re.IGNORECASE)
ENCODED = "~bytes"
IN_MEMORY = 500_000
"""Bytes up to which a file is held in memory; Werkzeug writes larger ones to disk."""


def read_state() -> FormState:
    """Return what was posted. A large file stays on disk, where the server has put it, until it is sent.

    Only Send carries files. Everything else names them in `<input name>~file` as type, a blank, file name, so that a
    snippet can show the name and no keystroke uploads the file. A file in `<input name>~bytes` becomes the base64 text
    of that input. One in `<input name>~held` was carried by the page (`forms/carried_files.py`).
    """
    files: list[tuple[str, FileValue]] = []
    pairs: list[tuple[str, str]] = []
    for name, uploaded in request.files.items(multi=True):
        if not name.endswith(ENCODED):
            files.append((name, _file(uploaded)))
        elif content := uploaded.read():
            pairs.append((name.removesuffix(ENCODED), b64encode(content).decode("ascii")))
    for name, text in request.form.items(multi=True):
        if name.endswith(NAMED):
            content_type, _, filename = text.partition(" ")
            value = FileValue(filename=filename, content=b"", content_type=content_type or OCTETS)
            files.append((name.removesuffix(NAMED), value))
        else:
            pairs.append((name, text))
    return FormState.submitted(*with_carried_files(with_added(with_typed_server(pairs)), files))


def with_added(pairs: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return submitted pairs with the parameter that is being added as one of them; it goes out as it is typed."""
    typed = {name: text.strip() for name, text in pairs if name.startswith(ADDING)}
    kept = [pair for pair in pairs if not pair[0].startswith(ADDING)]
    location, name, value = (typed.get(ADDING + part, "") for part in ("in", "name", "value"))
    if location in ADDED and name and value:
        kept.append((f"{location}.{escape(name)}", value))
    return kept


def with_typed_server(pairs: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return submitted pairs in which the server is the one that was typed, where the choice says so.

    A scheme that was left out is `https`, and `http` on the visitor's own machine. A button may choose another one.
    """
    chosen = [text for name, text in pairs if name == INSTEAD]
    if chosen:
        others = [pair for pair in pairs if pair[0].partition("~")[0] != "server"]
        return [*others, ("server", chosen[0])]
    typed = next((text.strip() for name, text in pairs if name == TYPED_SERVER), "")
    if typed and "://" not in typed:
        typed = f"{'http' if _LOOPBACK.match(typed) else 'https'}://{typed}"
    return [
        (name, typed if name == "server" and text == OTHER and typed else text)
        for name, text in pairs
        if name != TYPED_SERVER
    ]


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
    """Carry the body over into the view that the visitor switches to; return a sentence if that is not possible.

    `body~shown` is the view that the page drew last, `body~mode` the view chosen now. Raw text that is not JSON stays
    raw, and what no field can show is kept beside the fields, so that nothing typed is lost.
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
        return say("%(problem)s The body stays raw until that is corrected.", problem=str(error))
    return say("The form cannot show this text, so the body stays raw.")


PLACES = {"~up": -1, "~down": 1}


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What a button did: the state after it, the field to draw again, and a sentence for screen readers.

    `focus` is a word (`here`, `up`, `down` or `example`), a blank and the name of the input that gets the focus in a
    page without scripts. `gone` tells that the field may not exist any more.
    """

    state: FormState
    name: str
    announcement: str = ""
    focus: str = ""
    gone: bool = False


def press(entry: Entry, state: FormState) -> Change:
    """Do what the pressed button asks for. Raises `FieldNotFound` if a row is added to something that is no field."""
    if adding := state.text("~add"):
        changed, made = add_row(entry, state, adding)
        return Change(state=changed, name=adding, announcement=say("A row was added."), focus=f"here {made}")
    if removing := state.text("~remove"):
        name, token = _row(removing)
        return Change(state=remove_row(state, name, token), name=name, announcement=say("The row was removed."))
    for button, places in PLACES.items():
        if moving := state.text(button):
            name, token = _row(moving)
            changed = move_row(state, name, token, places)
            announcement = _place(changed, name, token)
            return Change(state=changed, name=name, announcement=announcement, focus=f"{button[1:]} {name}/{token}")
    if dropping := state.text("~drop"):
        changed = drop_kept(state, dropping)
        return Change(state=changed, name=dropping, announcement=say("It is no longer sent."), gone=True)
    if filling := state.text("~example"):
        changed = with_parameter_example(entry, state, filling)
        announcement = say("The example is filled in.")
        return Change(state=changed, name=filling, announcement=announcement, focus=f"example {filling}")
    return Change(state=state, name=state.text("~field"))


def open_changed_field(entry: Entry, change: Change) -> FormState:
    """Return the state for a whole page in which the changed field is open, however deep it is.

    Raises `FieldNotFound` if there is no such field.
    """
    state, name, focus = change.state, change.name, change.focus
    if "~more/" in name:
        more = build_field(entry, state, name)
        if isinstance(more, MoreField):
            state = state.adding([(more.shown_name, more.shown)])
        focus = f"here {more.children[0].name}" if more.children else ""
    else:
        state = state.adding([(f"{name}~open", "1")])
    return state.adding([("~focus", focus)]) if focus else state


def _row(value: str) -> tuple[str, str]:
    """Read the value of a row's button: the array's or map's name, a blank, the row's token."""
    name, _, token = value.rpartition(" ")
    return name, token.replace("~220;", " ")


def _place(state: FormState, name: str, token: str) -> str:
    for tokens in (item_tokens(state, name), row_tokens(state, name)):
        if token in tokens:
            return say("Now row %(place)s of %(count)s.", place=tokens.index(token) + 1, count=len(tokens))
    return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WirePreview:
    """The text that one field becomes on the wire, and the id of its element."""

    id: str
    text: str


def wire_previews(submission: Submission) -> tuple[WirePreview, ...]:
    """Return the wire text, possibly empty, of every structured field at the top level of the form."""
    entry, state, marked = submission.entry, submission.state, submission.marked
    texts = wire_texts(entry, marked.model, None if marked.message is None else marked.message.content)
    for marker in marked.variables:
        texts = {place: text.replace(marker, MASK) for place, text in texts.items()}
    shapes = shapes_of(entry)
    drawn = [
        (name, texts.get((parameter.location, parameter.name), ""))
        for name, parameter in parameters_of(entry)
        if state.touched(name) and not shapes.of(parameter.schema).is_leaf
    ]
    body = body_of(entry, state)
    if body is not None:
        for key, schema in _properties(shapes.of(body.schema)).items():
            name = child("body", key)
            if state.touched(name) and not shapes.of(schema).is_leaf:
                drawn.append((name, texts.get(("body", key), "")))
    return tuple(WirePreview(id=f"{element_id(name)}-wire", text=text) for name, text in drawn)


def _properties(shape: Shape) -> Mapping[str, Schema]:
    return shape.properties if shape.kind == "object" else {}


def drop_secret_inputs(entry: Entry, state: FormState) -> tuple[FormState, tuple[str, ...]]:
    """Return the state without its secret inputs, and the names of those that held something."""
    schemes = {"header.authorization", "header.proxy-authorization"} | {
        f"{security_scheme.location}.{security_scheme.parameter}".lower()
        for security_scheme in entry.provider.security_schemes
        if security_scheme.parameter
    }
    drawn = {field.name: field.secret for field in _fields(entry, state)}
    refused = tuple(
        name
        for name in dict.fromkeys(name for name, text in state.pairs if text)
        if (place := name.removesuffix("~kept")).lower() in schemes
        or drawn.get(place, False)
        or (place not in drawn and (_is_password(entry, state, place) or _is_secret_addition(place)))
    )
    return state.without(*refused), refused


def _is_secret_addition(name: str) -> bool:
    """Tell whether a parameter that the description does not have is named like a secret."""
    location, _, token = name.partition(".")
    return location in ADDED and is_secret_name(unescape(token))


def _fields(entry: Entry, state: FormState) -> Iterator[Field]:
    form = build_form(entry, state)
    waiting = [field for group in form.groups for field in group.fields]
    waiting += [form.body] if form.body is not None else []
    while waiting:
        field = waiting.pop()
        yield field
        waiting.extend(field.children)


def _is_password(entry: Entry, state: FormState, name: str) -> bool:
    """Tell whether an input is a password that is too deep to be drawn at once."""
    if "~" in name:
        return False
    try:
        return build_field(entry, state, name).secret
    except FieldNotFound:
        return False
