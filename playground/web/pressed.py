"""Which button of a field was pressed, as a change of the form's state, and what is said of it."""

from __future__ import annotations

from dataclasses import dataclass

from playground.catalog.model import Entry
from playground.forms.actions import add_row, drop_kept, move_row, remove_row, with_parameter_example
from playground.forms.operation_form import build_field
from playground.forms.reader import item_tokens, row_tokens
from playground.forms.state import FormState
from playground.wording import say

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
        state = state.adding([(more.as_name, more.as_value)])
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
