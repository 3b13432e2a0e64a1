"""Events of an API, composed: what it would send to one's own server, filled from the sandbox, signed, shown and sent.

Nothing is kept: the secret that signs comes with each post, and is never shown.
"""

from __future__ import annotations

import time
from contextlib import ExitStack
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, make_response, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from playground import jsontext
from playground.catalog.model import Entry, Operation, Parameter, Provider
from playground.forms.parse import Submission
from playground.forms.state import FormState
from playground.gateway.call import Embedded, call
from playground.gateway.errors import GatewayError
from playground.request.build import build_request
from playground.request.errors import RequestError
from playground.request.model import ABSENT, RequestModel
from playground.request.server import typed_server
from playground.sandbox.events import compose, is_signature, signed_fields
from playground.sandbox.generate import making
from playground.secrets.credentials import Credentials
from playground.snippets.registry import write_snippet
from playground.store import OperationNotFound, ProviderNotFound
from playground.store.errors import StoreError
from playground.store.sandbox_session import Session
from playground.text.wording import say
from playground.web.operation.send import message_text
from playground.web.site import sends_itself, this_site, wants_fragment
from playground.web.visitor import call_context, sandbox_visitor

bp = Blueprint("events", __name__)

CURL = "shell_curl"
SOMEWHERE = "https://example.com/webhooks"
"""Where the request is shown to go while nobody has said where."""
LONGEST = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Composed:
    """`events/index.html` and `events/_event.html`: one event of an API, as the form that composes it and its request.

    `name` and `fields` say which event it is; `answer` and `body` are what came back after it was sent.
    """

    provider: Provider
    name: str
    title: str
    fields: tuple[tuple[str, str], ...]
    url: str
    text: str
    signed: bool
    request: str = ""
    code: str = ""
    problem: str = ""
    answer: str = ""
    body: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Which:
    """Which event is meant: a webhook by name, or an operation's callback."""

    entry: Entry
    name: str
    fields: tuple[tuple[str, str], ...]


@bp.route("/events/<path:provider>", methods=["GET", "POST"])
def event(provider: str) -> ResponseReturnValue:
    """Compose an event, show its request, and send it where that was asked for."""
    which = _which(provider)
    page = _composed(which)
    template = "events/_event.html" if wants_fragment() else "events/index.html"
    response = make_response(render_template(template, page=page))
    response.headers["Cache-Control"] = "no-store"
    return response


def _which(provider: str) -> _Which:
    """Return the event that the address names. Raises `NotFound`."""
    store, asked = this_site().store, request.args
    try:
        known = store.provider(provider)
        if operation := asked.get("operation", ""):
            entry = store.entry(provider, operation)
            name, method = asked.get("callback", ""), asked.get("method", "").upper()
            for callback in entry.operation.callbacks:
                for sent in callback.operations:
                    if callback.name == name and sent.method.upper() == method:
                        fields = (("operation", operation), ("callback", name), ("method", method))
                        return _Which(entry=replace(entry, operation=sent), name=name, fields=fields)
            raise NotFound
        webhooks, definitions = store.webhooks(provider)
    except (ProviderNotFound, OperationNotFound):
        raise NotFound from None
    name = asked.get("webhook", "")
    found = next((webhook for webhook in webhooks if webhook.path == name), None)
    if found is None:
        raise NotFound
    entry = Entry(provider=known, operation=found, definitions=definitions)
    return _Which(entry=entry, name=name, fields=(("webhook", name),))


def _composed(which: _Which) -> Composed:
    given, operation = request.form, which.entry.operation
    what = given.get("~do", "")
    text = given.get("body", "")[:LONGEST]
    if "body" not in given or what == "fill":
        text = _text(which)
    url = (given.get("url", "") or _fixed_url(operation)).strip()[:2000]
    page = Composed(
        provider=which.entry.provider,
        name=which.name,
        title=operation.summary,
        fields=which.fields,
        url=url,
        text=text,
        signed=any(is_signature(parameter.name) for parameter in operation.parameters_in("header")),
    )
    try:
        submission = _submission(which.entry, url or SOMEWHERE, text, given.get("secret", ""))
        message = submission.message
    except RequestError as error:
        return replace(page, problem=str(error))
    code = write_snippet(submission, target=CURL, via="direct", gateway_url=None).text
    page = replace(page, request=message_text(message), code=code)
    return _sent(page, submission) if what == "send" else page


def _text(which: _Which) -> str:
    """Return the event's content as text, with the visitor's latest things in it."""
    sandbox = this_site().calls.sandbox
    try:
        if sandbox is None:
            value = compose(which.entry, Session.empty(time.time()))
        else:
            with sandbox.session(sandbox_visitor(), which.entry.provider.name, writing=False) as session:
                value = compose(which.entry, session)
    except StoreError:
        value = compose(which.entry, Session.empty(time.time()))
    return "" if value is None else jsontext.dumps(value, indent=2)


def _fixed_url(operation: Operation) -> str:
    """Return the URL of a callback that is written without an expression."""
    return operation.path if operation.path.startswith(("https://", "http://")) and "{" not in operation.path else ""


def _submission(entry: Entry, url: str, text: str, secret: str) -> Submission:
    """Return the event as a request to a typed address, which nothing of the API's own goes with.

    Raises `RequestError` for an address that is none.
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        parts = urlsplit("")
    origin = f"{parts.scheme}://{parts.netloc}"
    if typed_server(origin) is None:
        raise RequestError(say("%(url)s is no address: write one that begins with http:// or https://.", url=url[:80]))
    path = (parts.path or "/").replace("{", "%7B").replace("}", "%7D")
    query = f"?{parts.query}".replace("{", "%7B").replace("}", "%7D") if parts.query else ""
    headers = entry.operation.parameters_in("header")
    parameters = tuple(_given(parameter) for parameter in headers)
    operation = replace(
        entry.operation, path=path + query, servers=(), security=(), parameters=parameters, callbacks=(), sendable=True
    )
    # Nothing that is lent to or known of the API goes along: it is the API that speaks here, to somebody else.
    provider = replace(entry.provider, name="~events", servers=(), security_schemes=())
    alone = Entry(provider=provider, operation=operation, definitions=entry.definitions)
    make = making(entry, seed=entry.operation.path)
    values: dict[str, Any] = {
        parameter.name: make.value(parameter.schema, parameter.name)
        for parameter in headers
        if parameter.required or parameter.examples
    }
    body = entry.operation.request_body
    model = RequestModel(
        server=origin,
        parameters={"header": values},
        media_type=body.media_types[0].name if body is not None and body.media_types else None,
        body=ABSENT,
        raw=text if body is not None else None,
    )
    content = build_request(alone, model, placeholders=True).body
    signed = signed_fields((parameter.name for parameter in headers), content, secret, int(time.time()))
    kept = {name: value for name, value in values.items() if not is_signature(name)}
    model = replace(model, parameters={"header": {**kept, **(signed if secret else {})}})
    return Submission(entry=alone, model=model, state=FormState())


def _given(parameter: Parameter) -> Parameter:
    """Return a header parameter whose text is sent as it is."""
    return replace(parameter, schema={"type": "string"}, required=False, media_type="")


def _sent(page: Composed, submission: Submission) -> Composed:
    """Send the event through the transport's rules, and note what came back."""
    if not page.url:
        return replace(page, problem=say("Say where to send it: the address of your server."))
    if not sends_itself():
        return replace(page, problem=say("This site sends nothing itself: copy the command and run it."))
    if this_site().settings.sandbox == "only":
        return replace(page, problem=say("Only the sandbox answers here: copy the command and run it."))
    try:
        with ExitStack() as stack:
            answer = stack.enter_context(call(submission, Credentials(), Embedded(), call_context()))
            response = answer.shown_response
            if response is None:
                return replace(page, problem=answer.error or say("Nothing came back."))
            shown = response.body[:20_000].decode("utf-8", "replace")
            return replace(page, answer=f"{response.status} {response.reason}".strip(), body=shown)
    except GatewayError as error:
        return replace(page, problem=str(error))
