"""What was filled in before another alternative or media type was picked: set aside, and there again on the way back.

`<name>~was/<index>` holds the inputs of a choice's alternative that is not shown, `body~stored/<index>` those of
another media type. Neither is read as a value. What both sides have a field for goes along.
"""

from __future__ import annotations

from contextlib import suppress

from playground.catalog.model import Entry
from playground.forms.build import Builder
from playground.forms.fields import Field, FieldNotFound
from playground.forms.inputs import body_of
from playground.forms.locate import find_spot
from playground.forms.names import BODY, control, escape
from playground.forms.operation_form import build_field
from playground.forms.reader import is_count
from playground.forms.shape import Shape, shapes_of
from playground.forms.state import FormState, Input, is_below

WAS, STORED = "was", "stored"
_OF_BODY = tuple(control(BODY, word) for word in ("mode", "raw", "shown", "for", "example"))


def settle(entry: Entry, state: FormState) -> FormState:
    """Return the state for what is picked now, where it was drawn for something else.

    `body~for` is the media type the page drew, `<name>~chosen` the alternative (the first one if it is not there).
    """
    state = _settle_media_type(entry, state)
    picked = [
        name.removesuffix("~choice")
        for name in state.names()
        if name.endswith("~choice") and f"~{WAS}/" not in name and f"~{STORED}/" not in name
    ]
    for name in sorted(picked, key=len):
        now, was = state.text(control(name, "choice")), state.text(control(name, "chosen")) or "0"
        if now != was and is_count(now) and is_count(was):
            with suppress(FieldNotFound):
                state = _settle_choice(entry, state, name, int(was), int(now))
    return state.without(*(control(name, "chosen") for name in picked))


def _settle_choice(entry: Entry, state: FormState, name: str, was: int, now: int) -> FormState:
    builder = Builder(shapes_of(entry), state)
    shape = builder.shape(find_spot(builder, entry, name))
    if shape.kind != "choice" or max(was, now) >= len(shape.alternatives):
        return state
    before, after = (builder.shapes.of(shape.alternatives[index]) for index in (was, now))
    drawn = state.without(control(name, "choice")).adding([(control(name, "choice"), str(was))])
    state = state.without(*secret_inputs(build_field(entry, drawn, name)))
    return _swap(state, name, WAS, (str(was), before), (str(now), after), alike=False)


def _settle_media_type(entry: Entry, state: FormState) -> FormState:
    drawn, body = state.get(control(BODY, "for")), entry.operation.request_body
    state = state.without(control(BODY, "for"))
    before, after = body_of(entry, chosen=drawn), body_of(entry, state)
    if drawn is None or body is None or before is None or after is None or before.media_type is after.media_type:
        return state
    if before.schema == after.schema:
        return state
    names = [media_type.name for media_type in body.media_types]
    was, now = (str(names.index(one.media_type.name)) for one in (before, after))
    shapes = shapes_of(entry)
    one, other = (was, shapes.of(before.schema)), (now, shapes.of(after.schema))
    state = state.without(*secret_inputs(build_field(entry, _drawn_for(state, drawn), BODY)))
    return _swap(state, BODY, STORED, one, other, alike=True)


def _swap(
    state: FormState, name: str, word: str, was: tuple[str, Shape], now: tuple[str, Shape], *, alike: bool
) -> FormState:
    """Set aside what is filled in below a name, and bring back what was set aside for what is picked now.

    `alike`: two lists, maps or single inputs are the same field written another way.
    """
    lot = control(name, word)
    stays = {*_OF_BODY, control(name, "choice"), control(name, "chosen")} if word == WAS else {*_OF_BODY}
    moving: list[Input] = []
    rest: list[Input] = []
    for pair in state.pairs:
        below = is_below(pair[0], name) and pair[0] not in stays and not is_below(pair[0], lot)
        (moving if below and not pair[0].startswith(control(BODY, STORED) + "/") else rest).append(pair)
    ways = _Common(was[1], now[1], alike)
    along = [(one, text) for one, text in moving if ways.takes(one.removeprefix(name))]
    taken = {_first(one.removeprefix(name)) for one, _ in along}
    old, new = f"{lot}/{was[0]}", f"{lot}/{now[0]}"
    back = [
        (name + one.removeprefix(new), text)
        for one, text in rest
        if is_below(one, new) and _first(one.removeprefix(new)) not in taken
    ]
    rest = [pair for pair in rest if not is_below(pair[0], new) and not is_below(pair[0], old)]
    aside = [(old + one.removeprefix(name), text) for one, text in moving if text]
    files = tuple((_moved(one, name, lot, old, new, ways), file) for one, file in state.files)
    return FormState((*rest, *aside, *back, *along), files)


def _moved(one: str, name: str, lot: str, old: str, new: str, ways: _Common) -> str:
    """Return the input of a file where what was picked is set aside: out of the way, there again, or where it was."""
    if is_below(one, new):
        return name + one.removeprefix(new)
    if not is_below(one, name) or is_below(one, lot) or ways.takes(one.removeprefix(name)):
        return one
    return one if one.startswith(control(BODY, STORED) + "/") else old + one.removeprefix(name)


def _drawn_for(state: FormState, media_type: str) -> FormState:
    return state.without("media_type").adding([("media_type", media_type)])


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
