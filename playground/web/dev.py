"""`/dev/patterns`: every component in every state, drawn by the templates and macros that pages use. Only in debug.

Nothing here is a copy: fields come from a small description compiled like any other, answers and snippets from the
code that makes them, and the look of focus from the site's own rules, rewritten so that it can be shown without focus.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from typing import Any

from flask import Blueprint, Response, render_template

from playground.catalog.model import Entry, OperationSummary
from playground.contentviews.registry import body_of
from playground.forms.fields import Field
from playground.forms.fill import fill
from playground.forms.operation_form import build_form
from playground.forms.state import FormState
from playground.openapi.compile import compile_document
from playground.request.arguments import from_arguments
from playground.web.answers import AnswerView, first_view
from playground.web.assets import Asset
from playground.web.catalogue.cards import Card
from playground.web.operation.contexts import LiveRequest, ResponsePane, ShownAnswer, SnippetPane
from playground.web.operation.credentials import CredentialsPanel, build_panel
from playground.web.operation.problems import ShownProblem
from playground.web.operation.sandbox import read_submission
from playground.web.operation.snippet import snippet_pane


@dataclass(frozen=True, slots=True, kw_only=True)
class PatternsPage:
    """`dev/patterns.html`: fields by state, answers by kind, and items of lists."""

    fields: dict[str, tuple[Field, ...]]
    answers: dict[str, ResponsePane | None]
    snippets: dict[str, SnippetPane]
    panel: CredentialsPanel
    entry: Entry
    live: dict[str, LiveRequest]
    problems: tuple[ShownProblem, ...]
    operations: tuple[OperationSummary, ...]
    cards: tuple[Card, ...]
    prose: str


LONG = "the_name_of_a_field_that_somebody_made_as_long_as_a_sentence_because_nobody_said_stop"
PROSE = """A paragraph with `code`, a [link](https://example.com/a), **strength** and *stress*, long enough to need a
second line at the width a person reads well.

## A heading

- one item of a list
- another one, with a second line of its own once it is read in a narrow column, as on a phone

| Column | Another | A third |
|---|---|---|
| `value` | what it means | 1,024 |

```
{"indented": {"code": true}}
```

> What somebody else said.
"""
_TEXT: dict[str, Any] = {"type": "string", "description": "What it is, in a sentence or two."}
_FIELDS: dict[str, dict[str, Any]] = {
    "text": {**_TEXT, "maxLength": 66},
    "number": {"type": "integer", "minimum": 0, "maximum": 100, "default": 20},
    "switch": {"type": "boolean"},
    "choice": {"type": "string", "enum": ["usd", "eur", "jpy"], "default": "usd"},
    "date": {"type": "string", "format": "date"},
    "secret": {"type": "string", "format": "password"},
    "note": {"type": "string", "maxLength": 5000},
    "list": {"type": "array", "items": {"type": "string"}},
    "object": {"type": "object", "properties": {"line1": _TEXT, "city": {"type": "string"}}, "required": ["line1"]},
    "map": {"type": "object", "additionalProperties": {"type": "string"}},
    "either": {"oneOf": [{"title": "By name", "type": "string"}, {"title": "By number", "type": "integer"}]},
    "old": {"type": "string", "deprecated": True},
    LONG: {"type": "string", "description": "Words without end. " * 30, "default": "x" * 60},
}
_FILLED: dict[str, Any] = {
    "text": "cs_test_a1B2c3", "number": 42, "switch": True, "choice": "eur", "date": "2026-11-23", "secret": "s3cret",
    "note": "Two\nlines", "list": ["first", "second"], "object": {"line1": "Main Street 1", "city": "Springfield"},
    "map": {"order": "6735"}, "either": "Ada", "old": "still sent",
}  # fmt: skip
_LENGTHY = {
    **_FILLED,
    "text": "long " * 200,
    LONG: "x" * 400,
    "list": [f"item {n}" for n in range(12)],
    "map": {LONG: LONG},
}


def patterns_blueprint(style: Asset) -> Blueprint:
    """Return the routes; `style` is the site's stylesheet."""
    bp = Blueprint("dev", __name__)

    @bp.get("/dev/patterns")
    def show() -> str:
        """Show every component in every state."""
        return _unique(render_template("dev/patterns.html", page=_page()))

    @bp.get("/dev/patterns.css")
    def states() -> Response:
        """Serve the site's rules for focus again, for elements that only look focused."""
        return Response(_forced(style.data.decode()), mimetype="text/css")

    return bp


@lru_cache(maxsize=1)
def _entry() -> Entry:
    schema = {"type": "object", "properties": _FIELDS, "required": ["text"]}
    operation = {
        "operationId": "patterns",
        "summary": "Everything a form can hold",
        "requestBody": {"content": {"application/json": {"schema": schema}}},
        "responses": {"200": {"description": "Fine"}},
    }
    document = {
        "openapi": "3.1.0",
        "info": {"title": "Patterns", "version": "1"},
        "servers": [{"url": "https://api.example.com"}],
        "paths": {"/patterns": {"post": operation}},
        "components": {
            "securitySchemes": {
                "bearer": {"type": "http", "scheme": "bearer"},
                "basic": {"type": "http", "scheme": "basic"},
                "key": {"type": "apiKey", "in": "header", "name": "X-Key"},
            }
        },
    }
    catalog = compile_document(document, name="patterns").catalog
    return Entry(provider=catalog.provider, operation=catalog.operations[0], definitions=catalog.definitions)


def _page() -> PatternsPage:
    entry = _entry()
    empty, filled = FormState(), fill(entry, from_arguments(entry, _FILLED))
    lengthy = fill(entry, from_arguments(entry, _LENGTHY))
    opened = FormState.of([("body/object~open", "1")])
    states = {"empty": opened, "filled": filled, "focused": filled, "wrong": filled, "disabled": filled}
    states |= {"loading": filled, "very long": lengthy}
    shown = {"typescript": empty, "shell_curl": filled, "very long": lengthy}
    return PatternsPage(
        fields={name: _fields(entry, state) for name, state in states.items()},
        answers=_answers(),
        snippets={name: _snippet(entry, state, name) for name, state in shown.items()},
        panel=build_panel(entry),
        entry=entry,
        live={
            "empty": LiveRequest(method="POST", url="https://api.example.com/v1/sessions/{session}", problem=""),
            "wrong": LiveRequest(method="POST", url="", problem="session is required."),
            "very long": LiveRequest(method="DELETE", url=f"https://api.example.com/{'very/long/' * 40}", problem=""),
        },
        problems=(
            ShownProblem(id="f-body-number", label="number", message="Write a whole number."),
            ShownProblem(id="f-body-text", label="text", message="Write at most 66 characters."),
        ),
        operations=_operations(),
        cards=(
            Card(name="acme/shop", title="Acme Shop", summary="Orders and carts.", version="2025-10-15", operations=26),
            Card(name="acme", title="Acme", operations=120, apis=4),
            Card(name="x" * 60, title="An API with a name that does not end " * 3, summary=PROSE, operations=1),
        ),
        prose=PROSE,
    )


def _fields(entry: Entry, state: FormState) -> tuple[Field, ...]:
    body = build_form(entry, state).body
    return body.children if body is not None else ()


def _snippet(entry: Entry, state: FormState, target: str) -> SnippetPane:
    state = state.adding([("target", target)])
    return snippet_pane(read_submission(entry, state))


def _answers() -> dict[str, ResponsePane | None]:
    json = b'{"id":"cs_1","amount":1500,"paid":true,"customer":null,"lines":[{"quantity":2}]}'
    good = ShownAnswer(
        status=200, status_class="ok", reason="OK", duration_ms=214.2, size=len(json), origin="api.example.com",
        headers=(("content-type", "application/json"), ("x-request-id", "req_" + "0" * 60)),
        request="POST /v1/sessions HTTP/1.1\nHost: api.example.com\nAuthorization: Bearer ••••\n\n{}",
        timings=(("DNS", 1.0), ("Connect", 12.5), ("First byte", 190.7)), view=_view(json, "application/json"),
    )  # fmt: skip
    long = b"[" + b",".join([json] * 40) + b"]"
    html = b"<h1>Bad gateway</h1>"
    answers = {
        "filled": good,
        "a redirect": replace(
            good,
            status=303,
            status_class="info",
            reason="See Other",
            view=_view(b"", "text/plain"),
        ),
        "wrong": replace(good, status=422, status_class="warn", reason="Unprocessable Content"),
        "broken": replace(
            good,
            status=502,
            status_class="bad",
            reason="Bad Gateway",
            view=_view(html, "text/html"),
        ),
        "loading": good,
        "very long": replace(good, size=10_000_000, truncated=True, view=_view(long, "application/json")),
    }
    return {
        "empty": None,
        **{state: ResponsePane(answer=answer) for state, answer in answers.items()},
        "refused": ResponsePane(error="api.example.com has no public address, so nothing was sent."),
    }


def _operations() -> tuple[OperationSummary, ...]:
    methods = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE")
    made = [
        OperationSummary(
            provider="acme", provider_title="Acme", name=f"do{method.title()}", method=method, path="/v1/things/{id}",
            title=f"{method.title()} a thing", deprecated=method == "TRACE",
        )
        for method in methods
    ]  # fmt: skip
    long = OperationSummary(
        provider="acme",
        provider_title="Acme",
        name="x" * 80,
        method="GET",
        path="/v1" + "/a-long-step" * 20,
        title="X" * 80,
    )
    return (*made, long)


_RULE = re.compile(r"([^{}]*:focus-visible[^{}]*)\{([^{}]*)\}")
_ID = re.compile(r' (id|for|list|aria-labelledby|aria-describedby)="([^"]+)"')
_CONTROL = re.compile(r'class="((?:input|select|textarea|button)(?: [^"]*)?)"')
_STATES = {
    "focused": r'class="\1 is-focused"',
    "wrong": r'class="\1" aria-invalid="true"',
    "disabled": r'class="\1" disabled',
    "loading": r'class="\1" readonly',
}


def _forced(css: str) -> str:
    rules = _RULE.findall(re.sub(r"/\*.*?\*/", "", css, flags=re.S))
    return "".join(f"{rule.replace(':focus-visible', '.is-focused').strip()} {{{body}}}\n" for rule, body in rules)


def _unique(html: str) -> str:
    """Give every sample its state, and ids of its own where another sample has the same."""
    head, *samples = re.split(r"<!--sample ?([\w ]*)-->", html)
    seen = set(re.findall(r' id="([^"]+)"', head))
    parts = [head]
    for number, (state, text) in enumerate(zip(samples[::2], samples[1::2], strict=True)):
        own = set(re.findall(r' id="([^"]+)"', text))
        taken = own & seen
        seen |= own
        if state in _STATES:
            text = _CONTROL.sub(_STATES[state], text)
        text = text.replace(' form="request"', "")  # the form is on an operation's page only
        parts.append(_ID.sub(partial(_renamed, taken, number), text))
    return "".join(parts)


def _renamed(taken: set[str], number: int, attribute: re.Match[str]) -> str:
    names = " ".join(f"{name}--{number}" if name in taken else name for name in attribute[2].split(" "))
    return f' {attribute[1]}="{names}"'


def _view(data: bytes, content_type: str) -> AnswerView:
    return first_view(body_of(data, content_type), content_type, about={})
