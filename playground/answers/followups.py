"""What can follow an answer: the links of its description, and further pages of a list.

Further pages are announced by the field `Link` (RFC 8288), an address in the body, a cursor, the last element
of a list that has more, page numbers and offsets. A page changes inputs of the same operation and nothing else, so a
credential stays where it was.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from playground import jsontext
from playground.catalog.model import Entry, Link, Location
from playground.request.arguments import to_arguments
from playground.request.errors import RequestError
from playground.request.model import ABSENT, RequestModel
from playground.secrets.detect import is_secret_name
from playground.text.wording import say

_LINK = re.compile(r"<([^<>]{1,4000})>((?:\s*;\s*[\w!#$&+.^`|~*-]+\s*=\s*(?:\"[^\"]{0,400}\"|[^\s;,\"]{1,400})){0,20})")
_REL = re.compile(r";\s*rel\s*=\s*(?:\"([^\"]*)\"|([^\s;,]+))", re.IGNORECASE)
_EXPRESSION = re.compile(r"\{(\$[^{}]+)\}")
_RELATIONS = {"next": "next", "prev": "previous", "previous": "previous", "first": "first", "last": "last"}
_ADDRESSES = {
    "next": (
        "next", "next_url", "nextUrl", "next_page_url", "nextPageUrl", "next_page", "nextPage", "nextLink", "next_link",
        "@odata.nextLink", "odata.nextLink", "next_page_uri", "next_href",
    ),
    "previous": ("previous", "prev", "previous_url", "prev_url", "prev_page_url", "previous_page_uri", "prevLink"),
}  # fmt: skip
_CURSORS = (
    "next_cursor", "nextCursor", "next_page_token", "nextPageToken", "next_token", "nextToken", "NextToken",
    "end_cursor", "endCursor", "continuation_token", "continuationToken", "continuation", "next_marker", "nextMarker",
    "NextMarker", "next_page", "nextPage", "next", "after", "cursor", "scroll_id",
)  # fmt: skip
_TAKES_CURSOR = (
    "cursor", "page_token", "pageToken", "next_token", "nextToken", "NextToken", "continuation_token",
    "continuationToken", "continuation", "after", "starting_after", "start_cursor", "marker", "Marker", "page[after]",
    "next_page_token", "next_cursor", "next", "page[cursor]", "scroll_id", "start",
)  # fmt: skip
_TAKES_LAST = ("starting_after", "after", "after_id", "last_id", "since_id", "cursor")
_TAKES_FIRST = ("ending_before", "before", "before_id")
_TAKES_PAGE = ("page", "page_number", "pageNumber", "page[number]", "p", "PageNumber", "pageNo")
_TAKES_OFFSET = ("offset", "skip", "$skip", "startAt", "start_at", "start", "startIndex", "from", "page[offset]")
_HAS_MORE = ("has_more", "hasMore", "has_next_page", "hasNextPage", "more", "has_next", "hasNext", "is_truncated")
_PAGES = ("total_pages", "totalPages", "pages", "last_page", "lastPage", "page_count", "pageCount", "num_pages")
_TOTALS = ("total", "total_count", "totalCount", "total_results", "totalResults", "count", "totalItems", "total_items")
_LISTS = ("data", "items", "results", "values", "records", "entries", "list", "content", "objects", "value")
_WRAPPERS = (
    "links", "_links", "paging", "pagination", "meta", "page", "pageInfo", "page_info", "cursor", "cursors",
    "response_metadata", "_meta", "metadata",
)  # fmt: skip
_LONGEST = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A further page: `relation` is `next`, `previous`, `first` or `last`, `inputs` are texts by the input's name."""

    relation: str
    inputs: Mapping[str, str]

    @property
    def title(self) -> str:
        """What its button says."""
        titles = {
            "next": say("Next page"), "previous": say("Previous page"), "first": say("First page"),
            "last": say("Last page"),
        }  # fmt: skip
        return titles[self.relation]


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """What followups are found in: the operation, what was asked, and what came; `value` is the body as JSON."""

    entry: Entry
    model: RequestModel
    url: str
    status: int
    headers: Sequence[tuple[str, str]]
    value: Any


def pages_of(exchange: Exchange) -> tuple[Page, ...]:
    """Return the further pages that an answer tells of, one for each relation."""
    found: dict[str, Page] = {}
    for relation, inputs in (*_by_field(exchange), *_by_address(exchange), *_by_position(exchange)):
        if inputs and relation not in found and not _is_asked(exchange, inputs):
            found[relation] = Page(relation=relation, inputs=inputs)
    order = ("previous", "next", "first", "last")
    return tuple(found[relation] for relation in order if relation in found)


def arguments_of_link(exchange: Exchange, link: Link, target: Entry) -> Mapping[str, Any] | None:
    """Return what a link fills into its operation, `None` where the answer lacks something of it."""
    parameters: dict[Location, dict[str, Any]] = {}
    for key, expression in link.parameters.items():
        value = _evaluated(exchange, expression)
        location, dot, name = key.partition(".")
        qualified = bool(dot) and location in ("path", "query", "header", "cookie")
        places = [
            parameter
            for parameter in target.operation.parameters
            if (parameter.location == location and parameter.name == name if qualified else parameter.name == key)
        ]
        if value is ABSENT or not places:
            return None
        parameters.setdefault(places[0].location, {})[places[0].name] = value
    body = ABSENT if link.request_body is None else _evaluated(exchange, link.request_body)
    if link.request_body is not None and body is ABSENT:
        return None
    try:
        return to_arguments(target, RequestModel(parameters=parameters, body=body))
    except RequestError:
        return None


def _evaluated(exchange: Exchange, expression: Any) -> Any:
    """Return the value of a runtime expression (OpenAPI 3.1, 4.8.20.4), of text that holds some, or a constant."""
    if not isinstance(expression, str):
        return expression
    if expression.startswith("$"):
        return _value_of(exchange, expression)
    missing = False

    def filled(found: re.Match[str]) -> str:
        nonlocal missing
        value = _value_of(exchange, found[1])
        missing = missing or value is ABSENT
        return value if isinstance(value, str) else "" if value is ABSENT else jsontext.dumps(value)

    text = _EXPRESSION.sub(filled, expression)
    return ABSENT if missing else text


def _value_of(exchange: Exchange, expression: str) -> Any:
    if expression == "$url":
        return exchange.url
    if expression == "$method":
        return exchange.entry.operation.method
    if expression == "$statusCode":
        return exchange.status
    source, _, rest = expression.partition(".")
    if rest == "body" or rest.startswith("body#"):
        value = exchange.value if source == "$response" else exchange.model.body
        return _at(value, rest.partition("#")[2])
    place, _, name = rest.partition(".")
    if source == "$response" and place == "header":
        return next((text for field, text in exchange.headers if field.lower() == name.lower()), ABSENT)
    if source == "$request" and place in ("path", "query", "header"):
        return exchange.model.parameter(place, name)  # type: ignore[arg-type]
    return ABSENT


def _at(value: Any, pointer: str) -> Any:
    for token in pointer.split("/")[1:]:
        key = token.replace("~1", "/").replace("~0", "~")
        if isinstance(value, Mapping) and key in value:
            value = value[key]
        elif isinstance(value, list) and re.fullmatch(r"0|[1-9]\d{0,8}", key) and int(key) < len(value):
            value = value[int(key)]
        else:
            return ABSENT
    return value


def _by_field(exchange: Exchange) -> Iterator[tuple[str, dict[str, str]]]:
    for name, value in exchange.headers:
        if name.lower() == "link":
            for found in _LINK.finditer(value[:20_000]):
                relation = _REL.search(found[2])
                for word in (relation[1] or relation[2]).lower().split() if relation else ():
                    if word in _RELATIONS:
                        yield _RELATIONS[word], _inputs_of(exchange, found[1])


def _by_address(exchange: Exchange) -> Iterator[tuple[str, dict[str, str]]]:
    for around in _around(exchange.value):
        for relation, names in _ADDRESSES.items():
            for name in names:
                address = around.get(name)
                if isinstance(address, Mapping):
                    address = address.get("href", address.get("url"))
                if isinstance(address, str) and re.match(r"(https?:/)?/|\?", address):
                    yield relation, _inputs_of(exchange, address)


def _inputs_of(exchange: Exchange, address: str) -> dict[str, str]:
    """Return what an address of the same operation fills in; nothing where it leads elsewhere."""
    try:
        parts, here = urlsplit(address), urlsplit(exchange.url)
        pairs = parse_qsl(parts.query, keep_blank_values=True, max_num_fields=200)
    except ValueError:
        return {}
    if parts.path and parts.path.rstrip("/") != here.path.rstrip("/"):
        return {}
    known = {parameter.name for parameter in exchange.entry.operation.parameters_in("query")}
    inputs = {}
    for name, text in pairs:
        if is_secret_name(name):
            continue  # the form has its own
        if name not in known or len(text) > _LONGEST:
            continue
        inputs[f"query.{name}"] = text
    return {name: text for name, text in inputs.items() if _asked(exchange, name.removeprefix("query.")) != text}


def _by_position(exchange: Exchange) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield the pages that a cursor, the list's end, page numbers or an offset lead to."""
    arounds = list(_around(exchange.value))
    more = next((around[name] for around in arounds for name in _HAS_MORE if isinstance(around.get(name), bool)), None)
    taken = {parameter.name for parameter in exchange.entry.operation.parameters_in("query")}
    if more is not False:
        cursor = next((around[name] for around in arounds for name in _CURSORS if _is_cursor(around.get(name))), None)
        takes = next((name for name in _TAKES_CURSOR if name in taken), None)
        if cursor is not None and takes is not None:
            yield "next", {f"query.{takes}": str(cursor)}
    elements = _list_in(exchange.value)
    if more is True and elements:
        takes = next((name for name in _TAKES_LAST if name in taken), None)
        if takes is not None and (last := _identifier(elements[-1])) is not None:
            yield "next", {f"query.{takes}": last}
    starts = next((name for name in _TAKES_LAST if name in taken and _asked(exchange, name)), None)
    before = next((name for name in _TAKES_FIRST if name in taken), None)
    if elements and starts is not None and before is not None and (first := _identifier(elements[0])) is not None:
        yield "previous", {f"query.{before}": first, f"query.{starts}": ""}
    yield from _by_number(exchange, arounds, taken, more, elements)


def _by_number(
    exchange: Exchange, arounds: list[Mapping[str, Any]], taken: set[str], more: bool | None, elements: list[Any]
) -> Iterator[tuple[str, dict[str, str]]]:
    total = next((around[name] for around in arounds for name in _TOTALS if _is_count(around.get(name))), None)
    pages = next((around[name] for around in arounds for name in _PAGES if _is_count(around.get(name))), None)
    if (takes := next((name for name in _TAKES_PAGE if name in taken), None)) is not None:
        page = _number(_asked(exchange, takes))
        page = next((around[takes] for around in arounds if _is_count(around.get(takes))), 1) if page is None else page
        if more or (pages is not None and page < pages):
            yield "next", {f"query.{takes}": str(page + 1)}
        if page > 1:
            yield "previous", {f"query.{takes}": str(page - 1)}
    elif (takes := next((name for name in _TAKES_OFFSET if name in taken), None)) is not None and elements:
        offset = _number(_asked(exchange, takes)) or 0
        if more or (total is not None and offset + len(elements) < total):
            yield "next", {f"query.{takes}": str(offset + len(elements))}
        if offset > 0:
            yield "previous", {f"query.{takes}": str(max(offset - len(elements), 0))}


def _around(value: Any) -> Iterator[Mapping[str, Any]]:
    """Yield the objects in which an answer may tell of pages: the body, and what it wraps that in, two levels deep."""
    waiting = [(value, 2)]
    while waiting:
        one, depth = waiting.pop(0)
        if isinstance(one, Mapping):
            yield one
            waiting += [(one[name], depth - 1) for name in _WRAPPERS if depth and name in one]


def _list_in(value: Any) -> list[Any]:
    if isinstance(value, list):
        return value
    members = value if isinstance(value, Mapping) else {}
    named = next((members[name] for name in _LISTS if isinstance(members.get(name), list)), None)
    lists = [member for member in members.values() if isinstance(member, list)]
    return named if named is not None else lists[0] if len(lists) == 1 else []


def _identifier(element: Any) -> str | None:
    found = element.get("id") if isinstance(element, Mapping) else None
    return str(found) if isinstance(found, str | int) and not isinstance(found, bool) else None


def _is_cursor(value: Any) -> bool:
    if isinstance(value, str):
        return 0 < len(value) <= _LONGEST and not re.match(r"https?://|/|\?", value)
    return isinstance(value, int) and not isinstance(value, bool)


def _is_count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**12


def _asked(exchange: Exchange, name: str) -> str:
    value = exchange.model.parameter("query", name)
    return "" if value is ABSENT else value if isinstance(value, str) else jsontext.dumps(value)


def _number(text: str) -> int | None:
    return int(text) if re.fullmatch(r"\d{1,12}", text) else None


def _is_asked(exchange: Exchange, inputs: Mapping[str, str]) -> bool:
    return all(_asked(exchange, name.removeprefix("query.")) == text for name, text in inputs.items())
