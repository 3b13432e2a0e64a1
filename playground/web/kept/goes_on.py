"""What follows an answer: buttons for further pages, and links to other operations, filled in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from playground import jsontext
from playground.answers.followups import Exchange, Page, arguments_of_link, pages_of
from playground.answers.record import Record
from playground.catalog.model import SANDBOX, Entry, Link
from playground.request.arguments import from_arguments
from playground.request.errors import RequestError
from playground.request.model import RequestModel
from playground.request.server import is_described
from playground.store import OperationNotFound
from playground.text.visible import reveal
from playground.web.operation.links import key_of_reference
from playground.web.site import operation_url, this_site

_LARGEST_PAGED = 4_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class UseLink:
    """An operation with a form to open filled in: `arguments` as JSON, `server` to open it for (empty: its own).

    `where` says which input takes the value; `sends` that opening it sends it at once.
    """

    operation: str
    method: str
    title: str
    url: str
    arguments: str
    server: str
    where: str = ""
    sends: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class GoesOn:
    """Further pages, each with its inputs as JSON, and the links of the description (`goes_on` of a shown answer)."""

    pages: tuple[tuple[str, str], ...] = ()
    links: tuple[UseLink, ...] = ()


def use_link(entry: Entry, arguments: Mapping[str, Any], record: Record, *, where: str = "") -> UseLink:
    """Return what opens an operation filled in, for the server that an answer came from where it has that one."""
    operation = entry.operation
    keeps = record.server == SANDBOX or (record.server and is_described(entry, record.server))
    missing = [parameter.name for parameter in operation.parameters if parameter.required]
    return UseLink(
        operation=f"{entry.provider.name}/{operation.name}",
        method=operation.method,
        title=operation.title,
        url=operation_url(entry.provider.name, operation.name),
        arguments=jsontext.dumps(arguments),
        server=record.server if keeps else "",
        where=where,
        sends=operation.method == "GET" and all(name in arguments for name in missing),
    )


def goes_on(entry: Entry, record: Record, data: bytes) -> GoesOn:
    """Return what follows an answer: nothing where there is none, or where it is too large to be read for that."""
    links = tuple(_links(entry, record.status))
    has_pages = record.method in ("GET", "POST") and entry.operation.parameters_in("query") != ()
    if not 200 <= record.status < 300 or not (links or has_pages) or len(data) > _LARGEST_PAGED:
        return GoesOn()
    try:
        model = from_arguments(entry, record.arguments or {})
    except RequestError:
        model = RequestModel()
    try:
        body = jsontext.loads(data.decode("utf-8")) if data[:1].strip() in (b"{", b"[", b"") else None
    except ValueError:
        body = None
    exchange = Exchange(
        entry=entry, model=model, url=record.url, status=record.status, headers=record.headers, value=body
    )
    pages = pages_of(exchange) if has_pages else ()
    followed = [
        use_link(target, arguments, record, where=reveal(link.name))
        for link, target in links
        if (arguments := arguments_of_link(exchange, link, target)) is not None
    ]
    return GoesOn(pages=tuple(_page_button(page) for page in pages), links=tuple(followed))


def _page_button(page: Page) -> tuple[str, str]:
    return page.title, jsontext.dumps(page.inputs)


def _links(entry: Entry, status: int) -> Iterator[tuple[Link, Entry]]:
    """Yield the links that the description has for a status, each with the operation it leads to."""
    responses = entry.operation.responses
    exact = [response for response in responses if response.status == str(status)]
    ranges = [response for response in responses if response.status.upper() == f"{status // 100}XX"]
    others = [response for response in responses if response.status == "default"]
    for response in (exact or ranges or others)[:1]:
        for link in response.links[:40]:
            wanted = link.operation_id or key_of_reference(link.operation_ref)
            if not wanted:
                continue
            try:
                yield link, this_site().store.entry(entry.provider.name, wanted)
            except OperationNotFound:
                continue
