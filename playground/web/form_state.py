"""The posted form as a `FormState`, and the two views of a body brought into step."""

from __future__ import annotations

from flask import request

from playground.catalog.model import Entry
from playground.forms.actions import to_form, to_raw
from playground.forms.state import FormState
from playground.forms.submission import parse, unshown
from playground.jsontext import JSONTextError, loads
from playground.request.model import ABSENT, FileValue

NAMED = "~file"


def read_state() -> FormState:
    """Return what was posted; files are read whole, up to the application's limit.

    Only Send carries files. Everything else names them by `<input name>~file` = type, a blank, file name: enough for a
    snippet to show the name and for nothing to be uploaded at every keystroke.
    """
    files = [
        (name, FileValue(filename=one.filename or "", content=one.read(), content_type=one.mimetype or ""))
        for name, one in request.files.items(multi=True)
    ]
    pairs: list[tuple[str, str]] = []
    for name, text in request.form.items(multi=True):
        if name.endswith(NAMED):
            content_type, _, filename = text.partition(" ")
            value = FileValue(filename=filename, content=b"", content_type=content_type or "application/octet-stream")
            files.append((name.removesuffix(NAMED), value))
        else:
            pairs.append((name, text))
    return FormState.submitted(pairs, files)


def reconcile(entry: Entry, state: FormState) -> tuple[FormState, str]:
    """Let the view the visitor switches to say what the one he leaves said; and a sentence if it cannot.

    `body~shown` is the view the page drew last, `body~mode` the one chosen now. Raw text that is not JSON, or that
    holds what no field can show, stays raw: nothing typed is lost.
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
    hidden = () if body is ABSENT else unshown(entry, body, media_type=state.get("media_type"))
    if hidden:
        places = ", ".join(pointer or "the whole body" for pointer in hidden[:5])
        return before, f"The form has no field for {places}, so the body stays raw."
    return to_form(entry, before), ""


def _not_json(raw: str) -> str:
    try:
        loads(raw)
    except JSONTextError as error:
        return f"{error} The body stays raw until it is."
    return "The form cannot show this text, so the body stays raw."
