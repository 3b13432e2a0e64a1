"""Which inputs hold secrets, so that what a foreign page fills in never holds one: a link, an embedding page.

Secret is what the description's security schemes name, `Authorization` and cookies of that name among it, and every
field that the description calls a password.
"""

from __future__ import annotations

from collections.abc import Iterator

from playground.catalog.model import Entry
from playground.forms.fields import Field, FieldNotFound
from playground.forms.operation_form import build_field, build_form
from playground.forms.state import FormState


def without_secrets(entry: Entry, state: FormState) -> tuple[FormState, tuple[str, ...]]:
    """Return the state without its secret inputs, and the names of those that held something."""
    schemes = {"header.authorization", "header.proxy-authorization"} | {
        f"{one.location}.{one.parameter}".lower() for one in entry.provider.security_schemes if one.parameter
    }
    drawn = {one.name: one.secret for one in _fields(entry, state)}
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
