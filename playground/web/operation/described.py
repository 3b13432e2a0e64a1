"""The documented answers of an operation, before one is there: each status with its header fields and its content.

A schema is drawn one level deep, and for the first answer members with few of their own are open; what is folded, and
schemas of a request, come as they are asked for (`?schema=` on the operation's own address).
"""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from secrets import token_hex
from urllib.parse import quote

from flask import current_app, render_template, request
from markupsafe import Markup, escape
from werkzeug.exceptions import NotFound

from playground import jsontext
from playground.catalog.model import Entry, MediaType, Schema
from playground.mediatypes import is_json, lexer
from playground.schema.flatten import reference_key
from playground.schema.mapping import as_mapping, is_json_value
from playground.schema.outline import Line, outline
from playground.schema.sample import sample
from playground.store.cache import RecentlyUsed
from playground.store.operations import StoredDefinitions
from playground.text.wording import say
from playground.web.i18n.languages import language
from playground.web.site import operation_url, provider_url, wants_fragment

FIRST_LINES, OTHER_LINES = 30, 12
"""Lines of a schema that an answer's tree begins with: the first documented answer's, and each other one's."""
FEW = 4
"""Lines below a member that are not folded (`macros/schema.html`)."""

MOST_RESPONSES = 20
_DRAWN_KEPT = 4_000_000
"""Characters of drawn trees."""
MOST_EXAMPLE = 20_000
"""Characters of an example."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DescribedContent:
    """One media type of an answer. `key` names its schema in addresses; `tree` is its lines, drawn, if there are any.

    `examples` are names of examples, the one that is made from the schema an empty text. `schema_url` leads to the page
    of the shared schema that it is, if it is one.
    """

    schema_url: str
    key: str
    media_type: str
    tree: Markup | None
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DescribedHeader:
    """One header field of an answer."""

    name: str
    required: bool
    tree: Line | None
    description: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DescribedResponse:
    """One documented answer: `status` as described (`4XX`), `reason` in words, and its content by media type."""

    status: str
    reason: str
    status_class: str
    description: str
    headers: tuple[DescribedHeader, ...]
    contents: tuple[DescribedContent, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SchemaPart:
    """`operation/_schema_lines.html` and `operation/schema.html`: lines of one schema of an operation, or an example.

    `url` is the operation's address, `key` the schema's name in it, `above` titles and addresses of the pages above.
    """

    url: str
    key: str
    title: str
    line: Line | None = None
    example: str = ""
    example_lexer: str = ""
    above: tuple[tuple[str, str], ...] = ()


def described_responses(entry: Entry) -> tuple[DescribedResponse, ...]:
    """Return what the description says of each answer, in its order."""
    return tuple(_response(entry, number) for number in range(min(len(entry.operation.responses), MOST_RESPONSES)))


def show_described(entry: Entry, status: str) -> str:
    """Answer with the documented answers, the one that a received status is documented by in view."""
    statuses = [response.status.upper() for response in entry.operation.responses[:MOST_RESPONSES]]
    wanted = (status, f"{status[:1]}XX", "DEFAULT")
    shown = next((statuses.index(name) for name in wanted if name in statuses), 0)
    return render_template(
        "operation/_described.html",
        described=described_responses(entry),
        shown=shown,
        action=_url(entry),
    )


def _response(entry: Entry, number: int) -> DescribedResponse:
    response = entry.operation.responses[number]
    budget, levels = (OTHER_LINES, 1) if number else (FIRST_LINES, 2)
    return DescribedResponse(
        status=response.status,
        reason=reason_of(response.status),
        status_class=class_of(response.status),
        description=response.description,
        headers=tuple(
            DescribedHeader(
                name=header.name,
                required=header.required,
                tree=outline(header.schema, entry.definitions, levels=0),
                description=header.description,
            )
            for header in response.headers
        ),
        contents=tuple(
            DescribedContent(
                schema_url=_schema_url(entry, _schema_of(content)),
                key=f"response.{number}.{position}",
                media_type=content.name,
                tree=_drawn_tree(
                    entry,
                    _schema_of(content),
                    levels,
                    budget if position == 0 else OTHER_LINES,
                    key=f"response.{number}.{position}",
                ),
                examples=tuple(example.name for example in content.examples) or _made_example(content),
            )
            for position, content in enumerate(response.media_types)
        ),
    )


_trees = RecentlyUsed[tuple[object, ...], Markup](_DRAWN_KEPT)
_URL, _KEY = (f"place-{token_hex(12)}" for _ in range(2))
"""What stands in a drawn tree for its operation's address and the key of its schema there: no description holds it."""


def _drawn_tree(entry: Entry, schema: Schema, levels: int, budget: int, *, key: str) -> Markup | None:
    """Draw the lines of a schema; one that many operations share, as that of errors, is read and drawn once for all."""
    if not as_mapping(schema):
        return None
    url, shared, definitions = _url(entry), reference_key(schema), entry.definitions
    if shared is None or len(as_mapping(schema)) > 1 or not isinstance(definitions, StoredDefinitions):
        return _draw(outline(schema, definitions, levels=levels, budget=budget, few=FEW), url, key)
    kept_as = (*definitions.state, shared, levels, budget, language().tag)
    drawn = _trees.get(kept_as)
    if drawn is None:
        drawn = _draw(outline(schema, definitions, levels=levels, budget=budget, few=FEW), _URL, _KEY)
        if drawn is None:
            return None
        _trees.put(kept_as, drawn, len(drawn))
    return drawn.replace(_URL, escape(url)).replace(_KEY, escape(key))


def _draw(tree: Line | None, url: str, key: str) -> Markup | None:
    if tree is None:
        return None
    drawn: Markup = current_app.jinja_env.get_template("macros/schema.html").module.tree(tree, url, key)  # type: ignore[attr-defined]
    return drawn


def _url(entry: Entry) -> str:
    return operation_url(entry.provider.name, entry.operation.name)


def _schema_url(entry: Entry, schema: Schema) -> str:
    key = reference_key(schema)
    return f"{provider_url(entry.provider.name)}/schemas/{quote(key, safe='')}" if key is not None else ""


def _schema_of(content: MediaType) -> Schema:
    """Return what describes a content: a stream's items where each is described by itself."""
    return content.item_schema if content.item_schema is not None else content.schema


def _made_example(content: MediaType) -> tuple[str, ...]:
    return ("",) if is_json(content.name) and as_mapping(_schema_of(content)) else ()


def show_schema(entry: Entry, key: str) -> str:
    """Answer with lines of one schema (`?at=`, `?start=`) or one example (`?example=`). Raises `NotFound`."""
    content, title = _content(entry, key)
    url = _url(entry)
    crumbs = (
        (entry.provider.title, provider_url(entry.provider.name)),
        (entry.operation.title, url),
    )
    if (name := request.args.get("example")) is not None:
        text, kind = _example(entry, content, name)
        part = SchemaPart(url=url, key=key, title=title, example=text, example_lexer=kind, above=crumbs)
    else:
        start = request.args.get("start", "")
        line = outline(
            _schema_of(content),
            entry.definitions,
            request.args.get("at", "")[:200],
            start=int(start) if start.isascii() and start.isdecimal() and len(start) < 7 else 0,
        )
        if line is None:
            raise NotFound(say("This schema has no such part: the description has changed."))
        part = SchemaPart(url=url, key=key, title=title, line=line, above=crumbs)
    return render_template("operation/_schema_lines.html" if wants_fragment() else "operation/schema.html", page=part)


def _content(entry: Entry, key: str) -> tuple[MediaType, str]:
    """Return the content that a key names, and its title: `response.<number>.<position>` or `request.<media type>`."""
    kind, _, name = key.partition(".")
    if kind == "request" and entry.operation.request_body is not None:
        for content in entry.operation.request_body.media_types:
            if content.name == name:
                return content, say("Body, %(type)s", type=content.name)
    kind, *numbers = key.split(".")
    if not all(number.isascii() and number.isdecimal() and len(number) < 5 for number in numbers):
        numbers = []
    try:
        if kind == "response":
            number, position = (int(text) for text in numbers)
            response = entry.operation.responses[number]
            content = response.media_types[position]
            return content, say("Answer %(status)s, %(type)s", status=response.status, type=content.name)
    except (ValueError, IndexError):
        pass
    raise NotFound(say("This schema has no such part: the description has changed."))


def _example(entry: Entry, content: MediaType, name: str) -> tuple[str, str]:
    """Return an example's text and the lexer that highlights it; the made one where no example has the name."""
    value = next((example.value for example in content.examples if example.name == name), None)
    if value is None:
        value = sample(_schema_of(content), entry.definitions, writing=False)
    if isinstance(value, str) and not is_json(content.name):
        return value[:MOST_EXAMPLE], lexer(content.name)
    text = jsontext.dumps(value, indent=2) if is_json_value(value) else str(value)
    return text[:MOST_EXAMPLE], "json"


def reason_of(status: str) -> str:
    """Return the reason phrase of a documented status, in words for a range and for `default`."""
    if status == "default":
        return say("any other")
    if status[1:].upper() == "XX":
        return {
            "1": say("informational"), "2": say("successes"), "3": say("redirects"), "4": say("client errors"),
            "5": say("server errors"),
        }.get(status[:1], "")  # fmt: skip
    try:
        return HTTPStatus(int(status)).phrase
    except ValueError:
        return ""


def class_of(status: str) -> str:
    """Return the class of colours of a status: `ok`, `info`, `warn`, `bad`, or an empty text."""
    return {"1": "info", "2": "ok", "3": "info", "4": "warn", "5": "bad"}.get(status[:1], "")
