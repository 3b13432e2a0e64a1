"""What was filled in for an earlier description, carried over to this one: what went is named, what it may be is told.

Values are compared, not inputs: the earlier form is read into its model, and what of the model has no place any more
is *gone*. A query, header or cookie parameter, and a property, is sent all the same, beside the description.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Container, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from playground.catalog.model import Entry, Location, Schema
from playground.forms.fill import alternative_for, fill
from playground.forms.inputs import body_of, parameters_of
from playground.forms.names import BODY, MAX_DEPTH, child, parameter_name, unescape
from playground.forms.parse import parse
from playground.forms.renames import Offers, anywhere, parent
from playground.forms.shape import Shapes, shapes_of
from playground.forms.state import FormState
from playground.jsontext import dumps
from playground.request.model import ABSENT, Absent, RequestModel, Value
from playground.request.text import is_list
from playground.request.undescribed import ADDED
from playground.schema.mapping import is_json_value

MOST_GONE = 40
"""Values that are named one by one."""
_MOST_PLACES = 5_000
_VARIABLE = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Gone:
    """A value that has no field any more: its input's name, the value, and the inputs that it may be for, best first.

    `sent` tells that it goes out all the same.
    """

    name: str
    value: Value
    offers: tuple[str, ...] = ()
    sent: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CarriedOver:
    """A form for this description: `gone` went from it, `renamed` are pairs of a path's variable then and now.

    `more` counts what went beyond those named; `media_type` is one that is not taken any more.
    """

    state: FormState
    model: RequestModel
    gone: tuple[Gone, ...] = ()
    renamed: tuple[tuple[str, str], ...] = ()
    more: int = 0
    media_type: str = ""

    def __bool__(self) -> bool:
        return bool(self.gone or self.renamed or self.media_type)


def carry_over(before: Entry | None, after: Entry, state: FormState) -> CarriedOver:
    """Return a form that was filled in for `before` as one for `after`.

    Without `before`, which is not kept for ever, what has no field is found by its name alone.
    """
    model = parse(before or after, state).model
    unread: set[str] = set()
    if before is None:
        model = replace(model, parameters={**model.parameters, "path": _path_values(after, state, model)})
        if model.raw is None:
            model = replace(model, body=_with_unread(after, state, model.body, unread))
    carried = carry_model(before, after, model, unread)
    # What is as it was keeps its inputs to the letter.
    return carried if carried else replace(carried, state=state)


def carry_model(before: Entry | None, after: Entry, model: RequestModel, fields: Collection[str] = ()) -> CarriedOver:
    """Return the form that a model of an earlier description fills in now.

    `fields` are inputs of the body that were fields then, where `before` is not known.
    """
    media_type = ""
    taken = after.operation.request_body.media_types if after.operation.request_body else ()
    if model.media_type is not None and all(offered.name != model.media_type for offered in taken):
        media_type, model = model.media_type if taken else "", replace(model, media_type=None)
    model, renamed = _with_path_names(before, after, model)
    offers = Offers(before, after, model)
    gone = [
        *_gone_parameters(before, after, model),
        *_gone_of_body(after, model, {*offers.old, *map(anywhere, fields)}),
    ]
    named = gone[:MOST_GONE]
    places = Counter(place for place, _ in {(parent(name), name) for name in map(anywhere, (g.name for g in gone))})
    kept = {
        location: {name: value for name, value in values.items() if location in ADDED or _has(after, location, name)}
        for location, values in model.parameters.items()
    }
    model = replace(model, parameters=kept)
    return CarriedOver(
        state=fill(after, model),
        model=model,
        gone=tuple(
            replace(moved, offers=offers.of(moved.name, places[parent(anywhere(moved.name))])) for moved in named
        ),
        renamed=renamed,
        more=len(gone) - len(named),
        media_type=media_type,
    )


def move_value(after: Entry, state: FormState, name: str, to: str, value: Value) -> FormState:
    """Return the form with a value that went from an input `name` in the input `to`; `name` is not sent any more."""
    model = parse(after, state).model
    described = dict(parameters_of(after))
    parameters: dict[Location, Mapping[str, Value]] = dict(model.parameters)
    location, _, token = name.partition(".")
    for place in ADDED:
        if location == place and token and name not in described:
            rest = {key: kept for key, kept in parameters.get(place, {}).items() if key != unescape(token)}
            parameters[place] = rest
    body = _without(model.body, _tokens(name)) if name.startswith(f"{BODY}/") else model.body
    if (parameter := described.get(to)) is not None:
        parameters[parameter.location] = {**parameters.get(parameter.location, {}), parameter.name: value}
    elif to.startswith(f"{BODY}/") and body_of(after, state) is not None:
        body = _with(body, _tokens(to), value)
    else:
        return state
    return fill(after, replace(model, parameters=parameters, body=body))


def value_text(value: Value) -> str:
    """Return a value as a line of text."""
    return value if isinstance(value, str) else dumps(value) if is_json_value(value) else ""


def _with_path_names(
    before: Entry | None, after: Entry, model: RequestModel
) -> tuple[RequestModel, tuple[tuple[str, str], ...]]:
    """Return the model with the variables of the path called as they are now: the same place is the same variable."""
    old = _VARIABLE.findall(before.operation.path) if before is not None else []
    new = _VARIABLE.findall(after.operation.path)
    given = model.parameters.get("path", {})
    unknown, empty = [name for name in given if name not in new], [name for name in new if name not in given]
    if before is None and len(unknown) == len(empty) == 1:
        old = [unknown[0] if name == empty[0] else name for name in new]
    if len(old) != len(new) or old == new:
        return model, ()
    now = {old_name: other for old_name, other in zip(old, new, strict=True) if old_name != other}
    values = {now.get(name, name): value for name, value in given.items()}
    renamed = tuple(
        (parameter_name("path", one), parameter_name("path", other)) for one, other in now.items() if one in given
    )
    return replace(model, parameters={**model.parameters, "path": values}), renamed


def _has(entry: Entry, location: Location, name: str) -> bool:
    wanted = _folded(location, name)
    return any(_folded(location, parameter.name) == wanted for parameter in entry.operation.parameters_in(location))


def _folded(location: Location, name: str) -> str:
    return name.lower() if location == "header" else name


def _gone_parameters(before: Entry | None, after: Entry, model: RequestModel) -> Iterator[Gone]:
    for location, values in model.parameters.items():
        for name, value in values.items():
            # What the earlier description did not have either was added by hand.
            if not _has(after, location, name) and (before is None or _has(before, location, name)):
                yield Gone(name=parameter_name(location, name), value=value, sent=location in ADDED)


def _gone_of_body(after: Entry, model: RequestModel, old: Container[str]) -> Iterator[Gone]:
    if model.body is ABSENT and not model.raw:
        return
    body = body_of(after, chosen=model.media_type)
    value = model.body
    if body is None:
        yield Gone(name=BODY, value=model.raw or "" if value is ABSENT else value)
        return
    if value is ABSENT:
        return
    shapes = shapes_of(after)
    waiting: list[tuple[str, Schema, Value]] = [(BODY, body.schema, value)]
    for _ in range(_MOST_PLACES):
        if not waiting:
            return
        name, schema, held = waiting.pop()
        shape = shapes.of(schema)
        if shape.kind == "choice":
            waiting.append((name, shape.alternatives[alternative_for(held, shape, shapes)], held))
        elif shape.kind == "array" and is_list(held):
            waiting += [(child(name, str(at)), shape.item(at), item) for at, item in enumerate(held)][::-1]
        elif isinstance(held, Mapping) and not shape.is_leaf and shape.kind != "array":
            for key, member in reversed(list(held.items())):
                if key in shape.properties:
                    waiting.append((child(name, key), shape.properties[key], member))
            for key, member in held.items():
                place = child(name, key)
                if key not in shape.properties and (shape.extra is None or anywhere(place) in old):
                    yield Gone(name=place, value=member, sent=True)


def _path_values(after: Entry, state: FormState, model: RequestModel) -> dict[str, Value]:
    """Return the values of path variables, those among them that the path does not have."""
    values = dict(model.parameters.get("path", {}))
    for name in state.names():
        location, _, token = name.partition(".")
        if location == "path" and token and not re.search(r"[/]|~(?![012])", token) and state.text(name):
            values.setdefault(unescape(token), state.text(name))
    return values


def _with_unread(after: Entry, state: FormState, body: Value | Absent, unread: set[str]) -> Value | Absent:
    """Return the body with what was filled in for properties that its schema lacks; they are added to `unread`."""
    described = body_of(after, state)
    if described is None:
        found = {unescape(token): value for token, value in _plain_below(state, BODY)}
        return found or body
    return _unread(state, BODY, described.schema, shapes_of(after), body, unread)


def _unread(
    state: FormState, name: str, schema: Schema, shapes: Shapes, value: Value | Absent, unread: set[str]
) -> Value | Absent:
    shape = shapes.of(schema)
    if shape.is_leaf or shape.kind in ("array", "choice") or not (value is ABSENT or isinstance(value, Mapping)):
        return value
    members: dict[str, Any] = dict(value) if isinstance(value, Mapping) else {}
    for token, plain in _plain_below(state, name):
        key = unescape(token)
        if key in shape.properties:
            read = _unread(state, f"{name}/{token}", shape.properties[key], shapes, members.get(key, ABSENT), unread)
            if read is not ABSENT:
                members[key] = read
        elif shape.properties:
            unread.add(f"{name}/{token}")
            members.setdefault(key, plain)
    return members or value


def _plain_below(state: FormState, name: str, depth: int = MAX_DEPTH) -> Iterator[tuple[str, Any]]:
    for token in state.children(name):
        if re.search(r"~(?![012])", token):
            continue
        place = f"{name}/{token}"
        below = dict(_plain_below(state, place, depth - 1)) if depth > 0 else {}
        text = state.text(place)
        if below or text:
            yield token, {unescape(key): value for key, value in below.items()} or text


def _tokens(name: str) -> list[str]:
    return [unescape(token) for token in name.split("/")[1:]]


def _with(value: Any, tokens: list[str], new: Value) -> Any:
    if not tokens:
        return new
    first, *rest = tokens
    if is_list(value) and first.isdecimal() and int(first) < len(value):
        return [_with(item, rest, new) if at == int(first) else item for at, item in enumerate(value)]
    members = dict(value) if isinstance(value, Mapping) else {}
    return {**members, first: _with(members.get(first), rest, new)}


def _without(value: Any, tokens: list[str]) -> Any:
    if not tokens or value is ABSENT:
        return ABSENT
    first, *rest = tokens
    if is_list(value) and first.isdecimal() and int(first) < len(value) and rest:
        return [_without(item, rest) if at == int(first) else item for at, item in enumerate(value)]
    if not isinstance(value, Mapping) or first not in value:
        return value
    members = {key: _without(member, rest) if key == first else member for key, member in value.items()}
    return {key: member for key, member in members.items() if member is not ABSENT}
