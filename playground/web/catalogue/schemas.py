"""The schemas of a provider: a list, and a page for each with its members and what uses it.

The users of a schema are found by reading the whole description once; they are kept for the provider's present state.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import quote, urlencode

from flask import render_template, request
from werkzeug.exceptions import NotFound

from playground.catalog.model import Definitions, Operation, Provider
from playground.schema.flatten import references_in
from playground.schema.mapping import as_mapping, text_of
from playground.schema.outline import Line, outline
from playground.schema.types import type_text
from playground.store import ProviderNotFound
from playground.text.wording import say
from playground.web.catalogue.cards import Crumb, crumbs_above
from playground.web.operation.described import SchemaPart
from playground.web.site import provider_url, this_site, wants_fragment

LISTED = 200
"""Schemas that one fetch brings."""
MOST_USERS = 60
FOLDER = "/schemas"


@dataclass(frozen=True, slots=True, kw_only=True)
class SchemaRow:
    """A schema in a list: its name, address, type in words, and its description as Markdown."""

    name: str
    url: str
    type: str
    description: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SchemasPage:
    """`catalogue/schemas.html` and `catalogue/_schemas.html`: a provider's schemas, or those that `query` matches.

    `count` is the number of all of these; `more_url` continues the list (empty: none are left).
    """

    provider: Provider
    above: tuple[Crumb, ...]
    rows: tuple[SchemaRow, ...]
    count: int
    query: str
    more_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Users:
    """What uses a schema itself: operations, as name, method and title, and schemas by name."""

    operations: tuple[tuple[str, str, str], ...] = ()
    schemas: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SchemaPage:
    """`catalogue/schema.html`: one schema with the lines of its members; `users` are at most some of `count`."""

    provider: Provider
    above: tuple[Crumb, ...]
    name: str
    url: str
    line: Line
    description: str
    operations: tuple[tuple[str, str, str], ...]
    schemas: tuple[SchemaRow, ...]
    more: int


def schemas_url(provider: str, name: str = "") -> str:
    """Return the address of a provider's list of schemas, or of one of them."""
    return provider_url(provider) + FOLDER + (f"/{quote(name, safe='')}" if name else "")


def find_schemas(path: str) -> tuple[str, str] | None:
    """Return the provider and the schema (empty: the list) whose page has a path, `None` if it is no such page."""
    at = path.find(FOLDER)
    while at > 0:
        rest = path[at + len(FOLDER) :]
        if not rest or rest.startswith("/"):
            try:
                return this_site().store.provider(path[:at]).name, rest[1:]
            except ProviderNotFound:
                pass
        at = path.find(FOLDER, at + 1)
    return None


def show_schemas(provider_name: str, name: str) -> str:
    """Answer with the list (`?q=`, `?offset=`), one schema's page, or lines of it (`?at=`, `?start=`)."""
    store = this_site().store
    provider, definitions = store.provider(provider_name), store.definitions(provider_name)
    above = (*crumbs_above(provider_name, store.parent(provider_name)), Crumb(name=provider_name, title=provider.title))
    return _one(provider, definitions, name, above) if name else _list(provider, definitions, above)


def _list(provider: Provider, definitions: Definitions, above: tuple[Crumb, ...]) -> str:
    query, offset = request.args.get("q", "").strip()[:200], _number("offset")
    words = query.casefold().split()
    names = sorted(
        (name for name in definitions if all(word in name.casefold() for word in words)), key=lambda n: n.casefold()
    )
    left = len(names) - offset - LISTED
    address = schemas_url(provider.name)
    more = {**({"q": query} if query else {}), "offset": offset + LISTED}
    page = SchemasPage(
        provider=provider,
        above=above,
        rows=tuple(_row(provider, definitions, name) for name in names[offset : offset + LISTED]),
        count=len(names),
        query=query,
        more_url=f"{address}?{urlencode(more)}" if left > 0 else "",
    )
    return render_template(f"catalogue/{'_schemas' if wants_fragment() else 'schemas'}.html", page=page)


def _row(provider: Provider, definitions: Definitions, name: str) -> SchemaRow:
    schema = definitions[name]
    return SchemaRow(
        name=name,
        url=schemas_url(provider.name, name),
        type=type_text(schema, definitions),
        description=text_of(as_mapping(schema), "description"),
    )


def _one(provider: Provider, definitions: Definitions, name: str, above: tuple[Crumb, ...]) -> str:
    line = None
    if name in definitions:
        line = outline(definitions[name], definitions, request.args.get("at", "")[:200], start=_number("start"))
    if line is None:
        raise NotFound(say("This description has no such schema: look at its list of schemas."))
    url = schemas_url(provider.name, name)
    if wants_fragment():
        return render_template("operation/_schema_lines.html", page=SchemaPart(url=url, key="", title=name, line=line))
    users = _users(str(this_site().store.path), provider.name, this_site().store.generation(provider.name))
    found = users.get(name, Users())
    page = SchemaPage(
        provider=provider,
        above=above,
        name=name,
        url=url,
        line=line,
        description=text_of(as_mapping(definitions[name]), "description"),
        operations=found.operations[:MOST_USERS],
        schemas=tuple(_row(provider, definitions, user) for user in found.schemas[:MOST_USERS]),
        more=max(0, len(found.operations) - MOST_USERS) + max(0, len(found.schemas) - MOST_USERS),
    )
    return render_template("catalogue/schema.html", page=page)


@lru_cache(maxsize=8)
def _users(path: str, provider: str, generation: str) -> Mapping[str, Users]:
    """Return what uses each schema of a provider's present state; `path` and `generation` tell states apart."""
    catalog = this_site().store.catalog(provider)
    operations: dict[str, list[tuple[str, str, str]]] = {}
    schemas: dict[str, list[str]] = {}
    for operation in catalog.operations:
        if not operation.hidden:
            for used in references_in(_values_of(operation)):
                operations.setdefault(used, []).append((operation.name, operation.method, operation.title))
    for name in catalog.definitions:
        for used in references_in(catalog.definitions[name]):
            if used != name:
                schemas.setdefault(used, []).append(name)
    return {
        name: Users(operations=tuple(operations.get(name, ())), schemas=tuple(schemas.get(name, ())))
        for name in operations.keys() | schemas.keys()
    }


def _values_of(operation: Operation) -> list[Any]:
    return [operation.parameters, operation.request_body, operation.responses, operation.callbacks]


def _number(name: str) -> int:
    text = request.args.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 8 else 0
