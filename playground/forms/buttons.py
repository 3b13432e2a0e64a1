"""Buttons as pure changes of a form's state: add and remove rows, go raw and come back, fill in an example."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

from playground.catalog.model import Entry, Parameter
from playground.forms.appearance import examples_of
from playground.forms.fields import ChoiceField
from playground.forms.fill import Writer, body_text, fill
from playground.forms.inputs import BodyInput, body_of, parameters_of
from playground.forms.names import BODY, MAX_NAME, control
from playground.forms.operation_form import build_field
from playground.forms.parse import parse
from playground.forms.shape import Shapes, read_leaf, shapes_of
from playground.forms.state import FormState, is_count, item_tokens, row_tokens
from playground.jsontext import JSONTextError, loads
from playground.mediatypes import is_bytes
from playground.request.model import ABSENT, Value
from playground.schema.sample import sample

_BETWEEN = {"spaceDelimited": " ", "pipeDelimited": "|", "tabDelimited": "\t"}


def add_row(entry: Entry, state: FormState, name: str) -> tuple[FormState, str]:
    """Return the state with one more empty row in the array or map `name`, and the new row's input name.

    Raises `FieldNotFound` for a name the operation has no field for. A field without rows is returned unchanged.
    """
    target = build_field(entry, state, name, depth=0, budget=0)
    while isinstance(target, ChoiceField):
        target = target.children[0]
    if target.kind == "array":
        token = _next(item_tokens(state, name))
        return state.adding([(control(name, "item"), token)]), f"{name}/{token}"
    if target.kind in ("map", "object"):
        token = _next(row_tokens(state, name))
        return state.adding([(control(name, "row"), token)]), f"{name}~value/{token}"
    return state, name


def remove_row(state: FormState, name: str, token: str) -> FormState:
    """Return the state without one row of an array or map; the other rows keep their tokens and their order."""
    for below in (f"{name}/{token}", f"{name}~key/{token}", f"{name}~value/{token}"):
        state = state.without_below(below)
    order = ((control(name, "item"), token), (control(name, "row"), token))
    return FormState(tuple(pair for pair in state.pairs if pair not in order), state.files)


def drop_kept(state: FormState, name: str) -> FormState:
    """Return the state without the value that no field can show at a name."""
    return state.without(control(name, "kept"))


def move_row(state: FormState, name: str, token: str, places: int) -> FormState:
    """Return the state with a row moved by so many places (negative: towards the start), as far as there are places."""
    for word, tokens in (("item", item_tokens(state, name)), ("row", row_tokens(state, name))):
        if token in tokens:
            order = [other for other in tokens if other != token]
            order.insert(max(0, tokens.index(token) + places), token)
            listed = control(name, word)
            return state.without(listed).adding((listed, row) for row in order)
    return state


def to_raw(entry: Entry, state: FormState) -> FormState:
    """Return the state with the body in the raw editor, its text written from the form. In raw mode: unchanged."""
    if state.get("body~mode") == "raw":
        return state
    text = body_text(entry, state)
    return state.without("body~mode", "body~raw").adding([("body~mode", "raw"), ("body~raw", text)])


def to_form(entry: Entry, state: FormState) -> FormState:
    """Return the state with the raw editor's text in the form's fields; text that is not JSON stays in the editor.

    What no field can show is kept beside the fields (`kept_names`), and sent.
    """
    if state.get("body~mode") != "raw":
        return state
    model = parse(entry, state).model
    if model.raw is not None and model.body is ABSENT:
        return state
    beside = _without_body(state).adding([("body~mode", "form"), ("body~raw", state.text("body~raw"))])
    filled = fill(entry, replace(model, raw=None)).below(BODY)
    # Raw text says nothing of files.
    return beside.adding(filled.pairs, state.below(BODY).files)


def with_example(entry: Entry, name: str | None, state: FormState | None = None) -> FormState:
    """Return the state with its body filled from a named example, or from sample data when `name` is `None`.

    Other inputs stay as they are. An unknown name, or an operation without a body, changes nothing.
    """
    state = FormState() if state is None else state
    body = body_of(entry, state)
    if body is None:
        return state
    if name is None:
        value = sample(body.schema, entry.definitions, writing=True)
    else:
        named = next((example for example in body.media_type.examples if example.name == name), None)
        if named is None:
            return state
        value = read_body_example(body, named.value)
    writer = Writer(shapes_of(entry))
    writer.write(body.schema, BODY, value)
    return _without_body(state).adding(writer.pairs, writer.files)


def with_parameter_example(entry: Entry, state: FormState, name: str) -> FormState:
    """Return the state with a parameter filled from its example, the one that `<name>~example` counts (else the first).

    A name that is no parameter with examples changes nothing.
    """
    parameter = dict(parameters_of(entry)).get(name)
    if parameter is None:
        return state
    shapes = shapes_of(entry)
    shape = shapes.of(parameter.schema)
    examples = examples_of(parameter, shape)
    picked = state.text(control(name, "example"))
    place = int(picked) if is_count(picked) else 0
    if place >= len(examples):
        return state
    writer = Writer(shapes)
    writer.write(parameter.schema, name, read_parameter_example(parameter, shapes, examples[place].value))
    shown = state.starting(control(name, "example"))
    return state.without_below(name).adding([*shown, *writer.pairs], writer.files)


def read_parameter_example(parameter: Parameter, shapes: Shapes, value: Value) -> Value:
    """Return an example of a list or an object that the description writes as text, or as a list's only item."""
    shape = shapes.of(parameter.schema)
    if isinstance(value, str) and value.lstrip()[:1] in ("{", "["):
        try:
            read: Value = loads(value)
        except JSONTextError:
            pass
        else:
            return read
    if shape.kind != "array" or value is None or isinstance(value, list | dict):
        return value
    if not isinstance(value, str):
        return [value]
    pieces = [piece.strip() for piece in value.split(_BETWEEN.get(parameter.style, ",")) if piece.strip()]
    return [read_leaf(item, piece)[0] if (item := shapes.of(shape.item(0))).is_leaf else piece for piece in pieces]


def read_body_example(body: BodyInput, value: Value) -> Value:
    """Return an example's value; descriptions often hold JSON as text."""
    media_type = body.media_type.name
    if isinstance(value, str) and value.lstrip()[:1] in ("{", "[") and not (body.is_plain_text or is_bytes(media_type)):
        try:
            read: Value = loads(value)
        except JSONTextError:
            return value
        return read
    return value


def _without_body(state: FormState) -> FormState:
    """Return the state without what the body holds; what is set aside for other media types and picked stays."""
    picked = [pair for pair in state.pairs if pair[0] == control(BODY, "example")]
    return state.without_below(BODY).adding([*picked, *state.starting(control(BODY, "stored") + "/")])


def _next(tokens: tuple[str, ...]) -> str:
    return str(max((int(token) for token in tokens), default=-1) + 1)


def generate(kind: str) -> str:
    """Return a fresh value of a kind; the empty text for a kind that is none."""
    maker = _MAKERS.get(kind)
    return maker() if maker is not None else ""


def with_inputs(state: FormState, text: str) -> FormState:
    """Return the state with other texts in query inputs, which a further page of a list needs; a JSON object by name.

    Anything else leaves the state as it is.
    """
    try:
        wanted = loads(text)
    except JSONTextError:
        return state
    for name, value in wanted.items() if isinstance(wanted, dict) else ():
        if name.startswith("query.") and len(name) <= MAX_NAME and isinstance(value, str):
            state = state.without_below(name).adding([(name, value)])
    return state


def with_generated(state: FormState, wanted: str) -> FormState:
    """Return the state with a fresh value in one input; `wanted` is the button's value: a kind, a blank, the name."""
    kind, _, name = wanted.partition(" ")
    value = generate(kind)
    if not value or not name or len(name) > MAX_NAME:
        return state
    return FormState.of(
        [*(pair for pair in state.pairs if pair[0] not in (name, f"{name}~as")), (name, value)], state.files
    )


def _now() -> datetime:
    return datetime.now(UTC)


_MAKERS: dict[str, Callable[[], str]] = {
    "uuid": lambda: str(uuid.uuid4()),
    "now": lambda: _now().isoformat(timespec="seconds").replace("+00:00", "Z"),
    "unix": lambda: str(int(_now().timestamp())),
    "millis": lambda: str(int(_now().timestamp() * 1000)),
}
