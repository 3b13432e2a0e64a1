"""The posted form as a `FormState`, and the two views of a body brought into step."""

from __future__ import annotations

import os
from base64 import b64encode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import BinaryIO, cast

from flask import request
from werkzeug.datastructures import FileStorage

from playground.catalog.model import Entry, Schema
from playground.forms.buttons import add_row, drop_kept, move_row, remove_row, to_form, to_raw, with_parameter_example
from playground.forms.carried_files import held_again
from playground.forms.fields import Field, FieldNotFound, MoreField
from playground.forms.inputs import body_of, parameters_of
from playground.forms.names import child, element_id, place_text
from playground.forms.operation_form import build_field, build_form
from playground.forms.parse import FieldProblem, Submission, parse
from playground.forms.shape import Shape, shapes_of
from playground.forms.state import FormState, item_tokens, row_tokens
from playground.jsontext import JSONTextError, loads
from playground.mediatypes import OCTETS
from playground.messages import FileOnDisk
from playground.request.model import ABSENT, FileValue
from playground.request.preview import wire_texts
from playground.text.wording import say

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
            value = FileValue(filename=filename, content=b"", content_type=content_type or OCTETS)
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


PLACES = {"~up": -1, "~down": 1}


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What a button did: the state after it, the field to draw again, a sentence for who cannot see it.

    `focus` is the input name that gets the focus where a script does not see to it, after a word: `here`, `up`,
    `down` or `example`. `gone` says that the field may be no more.
    """

    state: FormState
    name: str
    said: str = ""
    focus: str = ""
    gone: bool = False


def press(entry: Entry, state: FormState) -> Change:
    """Do what the pressed button asks for. Raises `FieldNotFound` for a field to add a row to that is none."""
    if adding := state.text("~add"):
        changed, made = add_row(entry, state, adding)
        return Change(state=changed, name=adding, said=say("A row was added."), focus=f"here {made}")
    if removing := state.text("~remove"):
        name, token = _row(removing)
        return Change(state=remove_row(state, name, token), name=name, said=say("The row was removed."))
    for button, places in PLACES.items():
        if moving := state.text(button):
            name, token = _row(moving)
            changed = move_row(state, name, token, places)
            said = _place(changed, name, token)
            return Change(state=changed, name=name, said=said, focus=f"{button[1:]} {name}/{token}")
    if dropping := state.text("~drop"):
        changed = drop_kept(state, dropping)
        return Change(state=changed, name=dropping, said=say("It is no longer sent."), gone=True)
    if filling := state.text("~example"):
        changed = with_parameter_example(entry, state, filling)
        return Change(state=changed, name=filling, said=say("The example is filled in."), focus=f"example {filling}")
    return Change(state=state, name=state.text("~field"))


def opened(entry: Entry, change: Change) -> FormState:
    """Return the state for a whole page in which the field is open, however deep it is.

    Raises `FieldNotFound` for a field that is none.
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
    """Read what a row's button says: the array's or map's name, a blank, the row's token."""
    name, _, token = value.rpartition(" ")
    return name, token.replace("~220;", " ")


def _place(state: FormState, name: str, token: str) -> str:
    for tokens in (item_tokens(state, name), row_tokens(state, name)):
        if token in tokens:
            return say("Now at place %(place)s of %(count)s.", place=tokens.index(token) + 1, count=len(tokens))
    return ""


MOST = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownProblem:
    """One sentence about one field, with the id of its element and a name a person recognises.

    `beside` says it stands beside the field too: what is still empty is no news to who is typing.
    """

    id: str
    label: str
    message: str
    beside: bool = True


def problems_of(submission: Submission, *, sent: bool = False) -> tuple[ShownProblem, ...]:
    """Return what is to be checked before sending, or what was `sent` all the same; nothing of an untouched form."""
    problems = submission.problems
    if not sent and not is_started(submission):
        return ()
    return tuple(
        ShownProblem(
            id=_id(problem),
            label=_label(problem.name),
            message=problem.message,
            beside=sent or _is_filled(problem, submission.state),
        )
        for problem in problems[:MOST]
    )


def told(submission: Submission, *, sent: bool = False) -> dict[str, str]:
    """Return the sentences that stand beside fields, by input name; the first one of each."""
    found: dict[str, str] = {}
    for problem in submission.problems[:MOST]:
        if sent or _is_filled(problem, submission.state):
            found.setdefault(problem.name, problem.message)
    return found


def is_started(submission: Submission) -> bool:
    """Say whether the visitor has said anything yet."""
    model = submission.model
    return (
        bool(model.parameters)
        or model.body is not ABSENT
        or any(_is_filled(problem, submission.state) for problem in submission.problems)
    )


def _is_filled(problem: FieldProblem, state: FormState) -> bool:
    return problem.group or bool(state.text(problem.name).strip())


def _id(problem: FieldProblem) -> str:
    if problem.name == "body~raw":
        return "body-raw"
    return element_id(problem.name) + ("-field" if problem.group else "")


def _label(name: str) -> str:
    return say("Raw body") if name == "body~raw" else place_text(name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wire:
    """One wire text and the id of its element."""

    id: str
    text: str


def wires_of(submission: Submission) -> tuple[Wire, ...]:
    """Return the wire text, possibly empty, of every structured field at the top that the form has drawn."""
    entry, state, marked = submission.entry, submission.state, submission.marked
    texts = wire_texts(entry, marked.model, None if marked.message is None else marked.message.content)
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
    return tuple(Wire(id=f"{element_id(name)}-wire", text=text) for name, text in drawn)


def _properties(shape: Shape) -> Mapping[str, Schema]:
    return shape.properties if shape.kind == "object" else {}


def without_secrets(entry: Entry, state: FormState) -> tuple[FormState, tuple[str, ...]]:
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
        or (place not in drawn and _is_password(entry, state, place))
    )
    return state.without(*refused), refused


def _fields(entry: Entry, state: FormState) -> Iterator[Field]:
    form = build_form(entry, state)
    waiting = [field for group in form.groups for field in group.fields]
    waiting += [form.body] if form.body is not None else []
    while waiting:
        field = waiting.pop()
        yield field
        waiting.extend(field.children)


def _is_password(entry: Entry, state: FormState, name: str) -> bool:
    """Judge an input that stands too deep to be drawn at once."""
    if "~" in name:
        return False
    try:
        return build_field(entry, state, name).secret
    except FieldNotFound:
        return False
