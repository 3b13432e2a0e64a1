"""Paste anything: what is pasted fills this operation's form, or leads to the operation of the provider it is for.

A pasted credential never comes back in an answer: the page learns its kind and its place in the visitor's own box, and
the script passes it from there to the credentials panel.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from urllib.parse import quote

from flask import Blueprint, Response, make_response, render_template, request
from flask.typing import ResponseReturnValue

from playground.catalog.model import Entry, Location, Provider
from playground.forms.carried_files import CarriedFile, carried_files
from playground.forms.fill import fill
from playground.forms.names import parameter_name
from playground.forms.operation_form import build_form
from playground.forms.parse import parse
from playground.forms.state import FormState
from playground.paste.credentials import Secret
from playground.paste.match import Match, match_message
from playground.paste.message import PastedMessage, UnreadableError
from playground.paste.read import Reading, read_message
from playground.paste.recognise import recognise
from playground.request.model import ABSENT, Absent, Value
from playground.request.server import OTHER
from playground.text.wording import say
from playground.web.catalogue.provider import all_groups, build_page
from playground.web.operation.contexts import Pasted, ServerPane
from playground.web.operation.credentials import SchemeInputs, build_panel
from playground.web.operation.form import read_state
from playground.web.operation.page import render_page, server_pane
from playground.web.site import operation_url, this_site, wants_fragment

bp = Blueprint("paste", __name__)

BOX = "~paste"
_LOCATIONS: dict[str, Location] = {"header": "header", "query": "query", "cookie": "cookie"}
_FORM_INPUTS = ("path.", "query.", "header.", "cookie.", "server")


@bp.post("/providers/<path:path>/paste")
def post(path: str) -> ResponseReturnValue:
    """Read what was pasted on a provider's or an operation's page."""
    store = this_site().store
    with store.snapshot():
        name, operation = store.locate(path)
        here = store.entry(name, operation) if operation else None
        provider = store.provider(name)
        text = request.form.get(BOX, "").replace("\r\n", "\n")
        try:
            message, match = _find(text, provider, here)
        except UnreadableError as error:
            return _refuse(provider, here, str(error))
        if here is not None and match.name == here.operation.name:
            return _fill(here, message, match, text)
        if wants_fragment():
            # The script takes the text along and pastes it there: what came from the box goes through no address.
            return Response(headers={"HX-Redirect": operation_url(name, match.name)})
        return _fill(store.entry(name, match.name), message, match, text)


def _find(text: str, provider: Provider, here: Entry | None) -> tuple[PastedMessage, Match]:
    """Return the first pasted message that is a request of this provider, with its operation."""
    store = this_site().store
    messages = recognise(text)
    for message in messages:
        match = match_message(
            message, provider.servers, lambda method, path: store.routes(provider.name, method, path), here=here
        )
        if match is not None:
            return message, match
    first = messages[0]
    if not first.url:
        raise UnreadableError(
            say("A %(kind)s alone does not say which operation it is for: open the operation first.", kind=first.kind)
        )
    if len(messages) > 1:
        raise UnreadableError(
            say("None of the %(count)s requests in it is one of %(title)s.", count=len(messages), title=provider.title)
        )
    if not first.method:
        raise UnreadableError(
            say(
                "%(title)s describes no operation for the URL of this %(kind)s: check the path, or paste it on another "
                "API's page.",
                title=provider.title,
                kind=first.kind,
            )
        )
    raise UnreadableError(
        say(
            "%(title)s describes no operation for the %(method)s request of this %(kind)s: check the path, or paste it "
            "on another API's page.",
            title=provider.title,
            method=first.method,
            kind=first.kind,
        )
    )


def _fill(entry: Entry, message: PastedMessage, match: Match, text: str) -> ResponseReturnValue:
    reading = read_message(entry, message, match.base)
    shown = read_state() if wants_fragment() else FormState()
    # A body alone leaves everything else in the form as it is.
    state, lost = _state(entry, reading, shown if not message.url else FormState())
    if match.base.server is None and (kept := [pair for pair in shown.pairs if _is_server(pair[0])]):
        state = FormState.of([*(pair for pair in state.pairs if not _is_server(pair[0])), *kept], state.files)
    files = carried_files(state)
    form = build_form(entry, state)
    servers = server_pane(entry, state, form)
    before = server_pane(entry, shown, form)
    pasted = Pasted(
        kind=_with_article(message.kind),
        method=entry.operation.method,
        path=entry.operation.path,
        unplaced=(*reading.unplaced, *lost, *(_too_large(file) for file in files if file.size and not file.text)),
        secrets=tuple(dict.fromkeys(secret.words for secret in reading.secrets)),
        places=json.dumps([place for secret in reading.secrets for place in _places(entry, secret, text)]),
        # A page that is drawn whole carries the files itself.
        files=files if wants_fragment() else (),
        action=operation_url(entry.provider.name, entry.operation.name),
        **_change(before, servers),
    )
    if not wants_fragment():
        return render_page(entry, state, pasted=pasted)
    html = render_template(
        "operation/_form.html",
        provider=entry.provider,
        operation=entry.operation,
        form=form,
        servers=replace(servers, aside=True),
        notice="",
        earlier=None,
        action=operation_url(entry.provider.name, entry.operation.name),
        base=entry.provider.base_url,
    )
    response = make_response(html + render_template("operation/_pasted.html", pasted=pasted, oob=True))
    response.headers["HX-Retarget"] = "#form-card"
    response.headers["HX-Trigger-After-Settle"] = json.dumps({"refresh": "", "pasted": ""})
    return response


def _is_server(name: str) -> bool:
    return name.partition("~")[0].partition(".")[0] == "server"


def _change(before: ServerPane, after: ServerPane) -> dict[str, str]:
    """Return which server was chosen before and which is now; nothing where it is the same one."""
    if _chosen(before) == _chosen(after):
        return {}
    title = say("Sandbox")
    return {
        "server": title if after.sandbox else after.state,
        "server_before": _chosen(before),
        "server_before_title": title if before.sandbox else before.state,
    }


def _chosen(servers: ServerPane) -> str:
    return servers.typed or next((option.value for option in servers.choices if option.selected), OTHER)


def _with_article(kind: str) -> str:
    return say("an %(kind)s", kind=kind) if kind[0] == "H" else say("a %(kind)s", kind=kind)


def _refuse(provider: Provider, here: Entry | None, sentence: str) -> ResponseReturnValue:
    pasted = Pasted(error=sentence)
    if wants_fragment():
        return render_template("operation/_pasted.html", pasted=pasted, oob=False)
    if here is not None:
        return render_page(here, FormState(), pasted=pasted)
    return render_template("catalogue/provider.html", page=build_page(provider, all_groups(provider.name), pasted))


def _state(entry: Entry, reading: Reading, before: FormState) -> tuple[FormState, tuple[str, ...]]:
    """Return the filled-in form, and sentences about values that no field can show."""
    model = reading.model
    if this_site().settings.sandbox == "only":
        model = replace(model, server=None, server_variables={})
    state = fill(entry, model)
    read = parse(entry, state).model
    lost = [
        say(
            "The %(location)s parameter “%(name)s”: the form has no field for such a value.",
            location=location,
            name=name,
        )
        for location, values in model.parameters.items()
        for name, value in values.items()
        if read.parameter(location, name) != value and not _is_empty(value)
    ]
    lost += [
        say("“%(place)s” in the body: the form has no field for such a value.", place="/".join(place))
        if place
        else say("The body: the form has no field for such a value.")
        for place in _differing(model.body, read.body)
    ]
    if not reading.model.parameters and before.pairs:
        earlier = [pair for pair in before.pairs if pair[0].startswith(_FORM_INPUTS)]
        state = FormState.of([*earlier, *state.pairs], state.files)
    return state, tuple(lost)


def _is_empty(value: Value) -> bool:
    return value in ("", [], {}) and not isinstance(value, bool)


def _differing(value: Value | Absent, shown: Value | Absent, *place: str) -> Iterator[tuple[str, ...]]:
    """Give the places of members of a value that are not among those that are shown."""
    if value == shown or value is ABSENT:
        return
    if isinstance(value, Mapping) and isinstance(shown, Mapping):
        for name, member in value.items():
            yield from _differing(member, shown.get(name, ABSENT), *place, name)
    elif isinstance(value, list | tuple) and isinstance(shown, list | tuple) and len(value) == len(shown):
        for index, (member, other) in enumerate(zip(value, shown, strict=True)):
            yield from _differing(member, other, *place, str(index))
    else:
        yield place


def _too_large(file: CarriedFile) -> str:
    return say("The content of “%(file)s” is too long to fill in: choose the file in the form.", file=file.filename)


def _places(entry: Entry, secret: Secret, text: str) -> list[dict[str, str | int]]:
    """Return the place of a credential in the box and the input of the panel that takes it; nothing if one is unsure.

    Positions count UTF-16 units, as browsers do.
    """
    spellings = ((secret.text, ""), *((quote(secret.text, safe=safe), "percent") for safe in ("", ":", ":@/+=")))
    pasted = next(((spelling, how) for spelling, how in spellings if spelling in text), None)
    if not secret.text or pasted is None:
        return []
    start = text.index(pasted[0])
    how = "basic" if secret.encoded else pasted[1]
    place: dict[str, str | int] = {
        "from": _units(text[:start]), "to": _units(text[: start + len(pasted[0])]), "how": how, "form": secret.form,
    }  # fmt: skip
    scheme = next((scheme for scheme in build_panel(entry).schemes if _takes(scheme, secret)), None)
    if secret.declared and scheme is None:
        return [{**place, "input": parameter_name(_LOCATIONS[secret.location], secret.name)}]
    if scheme is not None:
        return [{**place, "scheme": scheme.scheme}]
    if secret.location == "header" and not secret.encoded:
        return [{**place, "header": secret.name, "prefix": "Bearer " if secret.form == "bearer" else ""}]
    return []


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _takes(scheme: SchemeInputs, secret: Secret) -> bool:
    """Tell whether a scheme's inputs in the panel are for this credential."""
    if secret.form == "bearer":
        return scheme.kind in ("bearer", "oauth2")
    if secret.form == "basic":
        return scheme.kind in ("basic", "digest")
    return (
        scheme.kind == "api_key" and scheme.location == secret.location and scheme.name.lower() == secret.name.lower()
    )
