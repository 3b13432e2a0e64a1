"""A value of an answer as a handle: its pointer and path to copy, and the operations that it can be used in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException, NotFound

from playground import jsontext
from playground.answers.keep import Kept
from playground.answers.record import Record
from playground.answers.uses import query_words, stems_of, uses_of
from playground.catalog.model import Entry
from playground.contentviews.json_index import JSONIndex, Node, json_path, pointer
from playground.secrets.detect import is_secret_name
from playground.text.wording import say
from playground.web.kept.goes_on import UseLink, use_link
from playground.web.kept.records import entry_of, record_of_kept
from playground.web.kept.routes import refused
from playground.web.site import this_site, wants_fragment

bp = Blueprint("handles", __name__)
bp.register_error_handler(HTTPException, refused)

LONGEST_VALUE = 20_000
"""Characters of a value that can be copied, and used elsewhere."""
_MOST_LOOKED_AT = 150


@dataclass(frozen=True, slots=True, kw_only=True)
class HandlePage:
    """`kept/value.html` and `_value.html`: one value. `value` is what is copied, `cut` says that it is longer.

    `operation` is where it came from.
    """

    operation: str
    pointer: str
    json_path: str
    name: str
    value: str
    cut: bool
    uses: tuple[UseLink, ...]


@bp.post("/answers/value")
def value() -> ResponseReturnValue:
    """Show one value of a kept answer, by its `address` in the tree or by its `pointer`."""
    token = request.form.get("answer", "")
    kept = this_site().answers.get(token)
    if kept is None:
        raise NotFound(say("This answer is not kept any longer: press Send again."))
    nodes = _nodes(kept)
    node, record = nodes[-1], record_of_kept(kept)
    index = kept.body.json
    text = _copied(index, node)
    names = [node.ordinal if node.name is None else node.name for node in nodes[1:]]
    entry = None if record is None else entry_of(record)
    page = HandlePage(
        operation="" if record is None else f"{record.provider}/{record.operation}",
        pointer=pointer(nodes),
        json_path=json_path(nodes),
        name=next((name for name in reversed(names) if isinstance(name, str)), ""),
        value=text[:LONGEST_VALUE],
        cut=len(text) > LONGEST_VALUE,
        uses=() if entry is None or record is None else tuple(_uses(index, nodes, names, entry, record)),
    )
    return render_template("kept/_value.html" if wants_fragment() else "kept/value.html", page=page)


def _nodes(kept: Kept) -> list[Node]:
    """Return the nodes on the way to the value that is asked for. Raises `NotFound`."""
    try:
        if kept.body.truncated or not kept.body.opens_like_json:
            raise ValueError("no whole JSON")
        index = kept.body.json
        if "pointer" in request.form:
            node = index.follow(_as_pointer(request.form["pointer"][:2_000].strip()))
            address = None if node is None else node.address
        else:
            address = request.form.get("address", "")[:400]
            node = index.at(address)
    except (ValueError, RecursionError):
        raise NotFound(say("Only values of a whole JSON answer can be used.")) from None
    if node is None or address is None:
        raise NotFound(say("The answer has nothing at this place: check the pointer."))
    return index.path(address)


def _as_pointer(text: str) -> str:
    return text if not text or text.startswith("/") else f"/{text}"


def _copied(index: JSONIndex, node: Node) -> str:
    """Return a value as one wants to paste it: a string without its quotes, anything else as it is spelled."""
    token = index.text[node.start : node.end]
    return str(jsontext.loads(token)) if node.kind == "string" else token


def _uses(
    index: JSONIndex, nodes: list[Node], names: list[str | int], entry: Entry, record: Record
) -> Iterator[UseLink]:
    node = nodes[-1]
    named = [name for name in names if isinstance(name, str)]
    if node.is_container or node.kind in ("null", "true", "false") or node.end - node.start > LONGEST_VALUE:
        return
    if not named or is_secret_name(named[-1]):
        return
    beside = _scalars(index, nodes[-2]) if len(nodes) > 1 else {}
    stems = stems_of(names, beside, entry.operation.path)
    wanted = jsontext.loads(index.text[node.start : node.end])
    for use in uses_of(wanted, stems, _candidates(entry, query_words(stems)), here=entry):
        where = say("as %(name)s in the %(place)s", name=use.name, place=_PLACES[use.location])
        yield use_link(use.entry, use.arguments, record, where=where)


_PLACES = {"path": say("path"), "query": say("query"), "header": say("header"), "body": say("body")}


def _candidates(entry: Entry, queries: tuple[str, ...]) -> Iterator[Entry]:
    """Yield the operations of the same API that have one of the words in their names, paths or inputs."""
    store, seen = this_site().store, set()
    for query in queries:
        for summary in store.operations(entry.provider.name, query=query, limit=_MOST_LOOKED_AT):
            if summary.name not in seen:
                seen.add(summary.name)
                yield store.entry(entry.provider.name, summary.name)


def _scalars(index: JSONIndex, node: Node) -> dict[str, Any]:
    if node.kind != "object":
        return {}
    children = index.children(node, 0, 200)
    return {
        child.name: jsontext.loads(index.text[child.start : child.end])
        for child in children
        if child.name is not None and child.kind == "string" and child.end - child.start < LONGEST_VALUE
    }
