"""What was filled in before another alternative or media type was picked: set aside, and there again on the way back.

`<name>~was/<index>` holds the inputs of a choice's alternative that is not shown, `body~stored/<index>` those of
another media type. Neither is read as a value. What both sides have a field for goes along.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

from playground.catalog.model import Entry
from playground.forms.fields import Field, FieldNotFound
from playground.forms.inputs import body_of
from playground.forms.names import BODY, control, escape
from playground.forms.operation_form import build_field
from playground.forms.shape import Shape, shapes_of
from playground.forms.sources import Sources
from playground.forms.state import FormState, Input, is_below, is_count

WAS, STORED = "was", "stored"
_OF_BODY = tuple(control(BODY, word) for word in ("mode", "raw", "shown", "for", "example"))


def restore_alternatives(entry: Entry, state: FormState) -> FormState:
    """Return the state for what is picked now, where it was drawn for something else.

    `body~for` is the media type the page drew, `<name>~chosen` the alternative (the first one if it is not there).
    """
    state = _restore_media_type(entry, state)
    picked = [
        name.removesuffix("~choice")
        for name in state.names()
        if name.endswith("~choice") and f"~{WAS}/" not in name and f"~{STORED}/" not in name
    ]
    for name in sorted(picked, key=len):
        now, was = state.text(control(name, "choice")), state.text(control(name, "chosen")) or "0"
        if now != was and is_count(now) and is_count(was):
            with suppress(FieldNotFound):
                state = _restore_choice(entry, state, name, int(was), int(now))
    return state.without(*(control(name, "chosen") for name in picked))


def _restore_choice(entry: Entry, state: FormState, name: str, was: int, now: int) -> FormState:
    shapes = shapes_of(entry)
    sources = Sources(shapes, state)
    shape = sources.shape(sources.find(entry, name))
    if shape.kind != "choice" or max(was, now) >= len(shape.alternatives):
        return state
    before, after = (shapes.of(shape.alternatives[index]) for index in (was, now))
    drawn = state.without(control(name, "choice")).adding([(control(name, "choice"), str(was))])
    state = state.without(*secret_inputs(build_field(entry, drawn, name)))
    return _swap(state, name, WAS, _Side(str(was), before), _Side(str(now), after), alike=False)


def _restore_media_type(entry: Entry, state: FormState) -> FormState:
    drawn, body = state.get(control(BODY, "for")), entry.operation.request_body
    state = state.without(control(BODY, "for"))
    before, after = body_of(entry, chosen=drawn), body_of(entry, state)
    if drawn is None or body is None or before is None or after is None or before.media_type is after.media_type:
        return state
    if before.schema == after.schema:
        return state
    names = [media_type.name for media_type in body.media_types]
    shapes = shapes_of(entry)
    was = _Side(str(names.index(before.media_type.name)), shapes.of(before.schema))
    now = _Side(str(names.index(after.media_type.name)), shapes.of(after.schema))
    as_drawn = state.without("media_type").adding([("media_type", drawn)])
    state = state.without(*secret_inputs(build_field(entry, as_drawn, BODY)))
    return _swap(state, BODY, STORED, was, now, alike=True)


@dataclass(frozen=True, slots=True)
class _Side:
    """One of the two that are swapped: its number among the alternatives or media types, and its shape."""

    number: str
    shape: Shape


def _swap(state: FormState, name: str, word: str, was: _Side, now: _Side, *, alike: bool) -> FormState:
    """Set aside what is filled in below a name, and bring back what was set aside for what is picked now.

    `alike`: two lists, maps or single inputs are the same field written another way.
    """
    store = control(name, word)
    stays = {*_OF_BODY, control(name, "choice"), control(name, "chosen")} if word == WAS else {*_OF_BODY}
    moving: list[Input] = []
    rest: list[Input] = []
    for pair in state.pairs:
        below = is_below(pair[0], name) and pair[0] not in stays and not is_below(pair[0], store)
        (moving if below and not pair[0].startswith(control(BODY, STORED) + "/") else rest).append(pair)
    common = _Common(was.shape, now.shape, alike)
    along = [(input_name, text) for input_name, text in moving if common.takes(input_name.removeprefix(name))]
    taken = {_first(input_name.removeprefix(name)) for input_name, _ in along}
    old, new = f"{store}/{was.number}", f"{store}/{now.number}"
    back = [
        (name + input_name.removeprefix(new), text)
        for input_name, text in rest
        if is_below(input_name, new) and _first(input_name.removeprefix(new)) not in taken
    ]
    rest = [pair for pair in rest if not is_below(pair[0], new) and not is_below(pair[0], old)]
    aside = [(old + input_name.removeprefix(name), text) for input_name, text in moving if text]

    def moved(input_name: str) -> str:
        """Return the input of a file: set aside, back from there, or where it was."""
        if is_below(input_name, new):
            return name + input_name.removeprefix(new)
        outside = not is_below(input_name, name) or is_below(input_name, store)
        if outside or common.takes(input_name.removeprefix(name)):
            return input_name
        return input_name if input_name.startswith(control(BODY, STORED) + "/") else old + input_name.removeprefix(name)

    files = tuple((moved(input_name), file) for input_name, file in state.files)
    return FormState((*rest, *aside, *back, *along), files)


def secret_inputs(field: Field) -> list[str]:
    """Return the inputs that are not for showing: a hidden input in the page would show them, and a draft keep them."""
    names = [field.name, control(field.name, "kept")] if field.secret else []
    return names + [name for child in field.children for name in secret_inputs(child)]


def _first(suffix: str) -> str:
    """Return the first token of what follows a name: `/card` for `/card/number`, a control as it is."""
    return "/" + suffix[1:].partition("/")[0].partition("~")[0] if suffix.startswith("/") else suffix


class _Common:
    """What two shapes at one name have in common."""

    def __init__(self, before: Shape, after: Shape, alike: bool) -> None:
        objects = before.kind in ("object", "map") and after.kind in ("object", "map")
        shared = before.properties.keys() & after.properties.keys() if objects else frozenset()
        self._tokens = {f"/{escape(key)}" for key in shared}
        same = before.kind == after.kind or (before.is_leaf and after.is_leaf)
        self._all = alike and same and before.kind not in ("object", "choice")

    def takes(self, suffix: str) -> bool:
        """Say whether an input goes along."""
        return self._all or _first(suffix) in self._tokens
