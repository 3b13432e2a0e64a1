"""A collection's list: what was made, or made up, or belongs to a parent, by page, in the envelope described for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import quote

from playground.request.model import RequestModel
from playground.sandbox.asked import Outcome
from playground.sandbox.fitting import NOTHING
from playground.sandbox.generate import FRESH, Making
from playground.sandbox.layouts import kind_of_shape, layout_of
from playground.sandbox.lists import LIMITS, OFFSETS, PAGES, Page, filters, listed, plain_name
from playground.sandbox.memory import MOST_SEARCHED, Memory
from playground.sandbox.resources import Resource, bytes_facts, identity_text, set_at, stamp
from playground.store.sandbox_session import Record
from playground.values.agree import name_kind
from playground.values.scene import word_set
from playground.values.shapes import Shape

_NEWEST = ("most recent", "newest", "latest first", "reverse chronolog", "descending", "recently created")


def lists_resources(memory: Memory) -> bool:
    """Say whether a path is read as a list of resources that have keys, so that to delete it is to empty it."""
    route = next(
        (route for route in memory.asked.routes.at(memory.asked.route.segments) if route.method == "GET"), None
    )
    if route is None:
        return False
    layout = layout_of(memory.asked.entry_of(route.name), memory.place.noun, several=True)
    return layout.list_at is not None and layout.shape is not None and memory.identity(layout.shape) is not None


def list_resources(memory: Memory) -> Outcome | None:
    """Return the page of a collection that is asked for; `None` where this operation lists nothing."""
    layout = memory.layout(several=True)
    if layout.list_at is None or layout.shape is None or layout.whole is None:
        return None
    if memory.parent_is_missing():
        return memory.missing()
    pairs, are_made_up = _collected(memory, layout.shape, layout.kind)
    keys = {id(value): key for key, value in pairs}
    values = [value for _, value in pairs]
    if _newest_first(memory):
        values.reverse()
    entry, model = memory.asked.entry, memory.asked.received.model
    page = listed(entry, model, values, lambda value: keys[id(value)])
    if values and not page.items and are_made_up:
        page = _agreeing(memory, values, layout.shape)
    return _paged(memory, page, layout.list_at, layout.whole)


def _agreeing(memory: Memory, values: list[Any], shape: Shape) -> Page:
    """Return the page of made-up resources that agree with what was asked for: an API without any shows nothing.

    If none can agree, they are shown as they are.
    """
    entry, model = memory.asked.entry, memory.asked.received.model
    wanted = filters(entry, model)
    made = [memory.fitter.merged(value, wanted, shape) if isinstance(value, dict) else value for value in values]
    keys = [memory.key_in(value) for value in made]
    # Where the key itself was asked for, there is one of them.
    made = [value for at, value in enumerate(made) if not keys[at] or keys[at] not in keys[:at]]
    page = listed(entry, model, made, lambda value: memory.key_in(value))
    return page if page.items else listed(entry, RequestModel(), values, lambda value: memory.key_in(value))


def _collected(memory: Memory, shape: Shape, kind: str) -> tuple[list[tuple[str, Any]], bool]:
    """Return everything in a collection by key, as its list shows each; and whether nobody made any of it."""
    collection = memory.place.collection
    records = memory.session.records(collection)
    elsewhere = _made_elsewhere(memory, kind)
    if memory.is_own(collection) or elsewhere:
        return _items(memory, [*elsewhere, *records], shape), False
    derived = memory.derived()
    if derived is None and not records and not _is_made_here(memory):
        records = memory.session.of_kind(kind.partition(" ")[0], MOST_SEARCHED)[::-1]
        if records:
            return _items(memory, records, shape), False
    resources = derived if derived is not None else memory.made_up()
    changed = {record.key: record for record in records}
    pairs: list[tuple[str, Any]] = []
    for key, resource in resources:
        record = changed.pop(key, None)
        if record is not None:
            pairs += _items(memory, [record], shape)
        elif (kept := memory.session.get(collection, key)) is None or not kept.gone:
            pairs.append((key, resource.value))
    return [*pairs, *_items(memory, list(changed.values()), shape)], derived is None and not records


def _items(memory: Memory, records: list[Record], shape: Shape) -> list[tuple[str, Any]]:
    """Return kept resources by key, as a list shows them; what it cannot show is in none."""
    items = ((record.key, as_item(memory, record, shape)) for record in records)
    return [(key, item) for key, item in items if item is not NOTHING]


def _made_elsewhere(memory: Memory, kind: str) -> list[Record]:
    """Return resources of a collection's kind made below others: `/orders` lists those of `/customers/1/orders`.

    Only where nothing is above the collection, and it is called as its resources are.
    """
    noun = kind.partition(" ")[0]
    if memory.place.scope or not noun or noun != memory.place.noun or memory.session.is_empty:
        return []
    found = memory.session.of_kind(noun, MOST_SEARCHED)[::-1]
    last = f"/{memory.asked.route.segments[-1]}"
    return [
        record for record in found if record.collection != memory.place.collection and record.collection.endswith(last)
    ]


def _is_made_here(memory: Memory) -> bool:
    methods = {route.method for route in memory.asked.routes.at(memory.asked.route.segments)}
    return "POST" in methods or bool(memory.asked.routes.at((*memory.asked.route.segments, "{}")))


def as_item(memory: Memory, record: Record, shape: Shape) -> Any:
    """Return a kept resource as a list shows it, a file by its key, size and digest; `NOTHING` where it cannot."""
    resource = Resource.of(record)
    if record.media_type or resource.value in (None, {}):
        made = memory.make.seeded(record.collection, record.key).value(shape.schema, index=FRESH)
        return bytes_facts(made, record, shape, memory.fitter)
    if record.kind == kind_of_shape(shape):
        return resource.value  # it was made as one of these
    shown = memory.fitter.through(resource.value, shape)
    if not isinstance(shown, dict):
        return _named_only(memory, resource.value, shape) if shown is NOTHING else shown
    return shown if memory.identity(shape) is None else _keyed(memory, shown, record, shape)


def _named_only(memory: Memory, value: Any, shape: Shape) -> Any:
    """Return what a list of names says of a resource: its name, else what of it is one of the listed; or `NOTHING`."""
    fitted = memory.fitter.fit(value, shape)
    if fitted is NOTHING and isinstance(value, Mapping):
        fitted = next((part for part in value.values() if memory.fitter.fits(part, shape)), NOTHING)
    return fitted


def _keyed(memory: Memory, shown: dict[str, Any], record: Record, shape: Shape) -> dict[str, Any]:
    """Return a resource with its key, and the time it was made, where its list shows more of it than it says itself."""
    identity = memory.identity(shape)
    if identity is None or identity_text(shown, identity):
        return shown
    named = set_at(shown, identity, record.key)
    times = memory.make.seeded(record.collection, record.key).value(shape.schema, index=FRESH)
    if isinstance(times, dict):
        stamped = stamp(times, record.created, created=True)
        named = {**{name: part for name, part in stamped.items() if part != times[name]}, **named}
    return named if memory.fitter.fits(named, shape) else shown


def _newest_first(memory: Memory) -> bool:
    about = f"{memory.asked.entry.operation.description} {memory.asked.entry.operation.summary}".lower()
    if any(words in about for words in _NEWEST):
        return True
    for parameter in memory.asked.entry.operation.parameters_in("query"):
        schema = parameter.schema
        if parameter.name in ("direction", "order", "sort_order") and isinstance(schema, Mapping):
            return schema.get("default") == "desc"
    return False


def _envelope(make: Making, shape: Shape, at: tuple[str, ...]) -> dict[str, Any]:
    """Return what is around a list, without making up a list for it."""
    whole: dict[str, Any] = {}
    for member in shape.members:
        if member.name == at[0]:
            whole[member.name] = _envelope(make, member.shape, at[1:]) if len(at) > 1 else []
        elif member.needed or not member.inner or member.words & _ENVELOPES:
            whole[member.name] = make.seeded(member.name).value(member.shape.schema, member.name)
    name_kind(whole, shape)
    return whole


def _paged(memory: Memory, page: Page, at: tuple[str, ...], envelope: Shape) -> Outcome:
    if at:
        make = memory.make.seeded(memory.place.collection)
        whole = set_at(_envelope(make, envelope, at), at, list(page.items))
        _tell_page(whole, envelope, page, memory.asked.address, memory.asked.pairs)
        _tell_address(whole, envelope, memory.asked.path, memory.fitter.fits)
    else:
        whole = list(page.items)
    outcome = Outcome(value=whole, has_value=True, total=page.total)
    link = _link_header(page, memory.asked.request.url.partition("#")[0].partition("?")[0], memory.asked.pairs)
    if link:
        outcome.headers.append(("Link", link))
    return outcome


_MORE = word_set(
    "has_more has_next has_next_page more is_truncated truncated hasmore more_results has_more_items has_more_results"
)
_LESS = word_set("has_previous has_previous_page has_prev")
_TOTALS = word_set(
    "total total_count total_results total_items total_elements total_size totalcount total_records "
    "total_rows total_hits totalitems records_total item_count total_set_size odata_count num_results "
    "result_count results_count total_number_of_results"
)
_HERE = word_set("count size number_of_elements result_set_size key_count length returned page_count_items")
_PAGE_COUNTS = word_set("pages total_pages page_count num_pages totalpages")
_TOKENS = word_set(
    "next_cursor next_token next_page_token next_marker continuation_token continue next_page cursor "
    "next_continuation_token end_cursor"
)
_LINKS = word_set("next next_url next_page_uri next_uri next_link next_page_url next_href odata_next_link")
_BACK = word_set("previous prev previous_url previous_page_uri previous_uri prev_url previous_page_url previous_page")
_SELF = word_set("url self href uri self_link self_url self_uri")
_ENVELOPES = word_set("meta metadata pagination paging page links page_info info response_metadata _links")


def _link_header(page: Page, address: str, pairs: Sequence[tuple[str, str]]) -> str:
    """Return a Link field (RFC 8288) for a page: `next` and `prev` where they are."""
    links = [("next", page.after), ("prev", page.before)]
    return ", ".join(f'<{_page_address(address, pairs, page, change)}>; rel="{rel}"' for rel, change in links if change)


def _page_address(address: str, pairs: Sequence[tuple[str, str]], page: Page, change: Mapping[str, str]) -> str:
    """Return a list's address with the pairs of its query that say which page."""
    kept = [(name, value) for name, value in pairs if name not in change and name not in page.cursors]
    query = "&".join(f"{quote(name)}={quote(value, safe=',:')}" for name, value in (*kept, *change.items()))
    return f"{address}?{query}"


def _tell_page(
    whole: Any, shape: Shape, page: Page, address: str, pairs: Sequence[tuple[str, str]], depth: int = 2
) -> None:
    """Write into a list's envelope what is true of the page: how many there are, and how to go on."""
    if not isinstance(whole, dict) or depth <= 0:
        return
    members = {member.name: member for member in shape.members}
    forward = _page_address(address, pairs, page, page.after) if page.after else ""
    back = _page_address(address, pairs, page, page.before) if page.before else ""
    for name, value in list(whole.items()):
        plain = plain_name(name)
        member = members.get(name)
        if isinstance(value, dict) and member is not None and plain in _ENVELOPES:
            _tell_page(value, member.shape, page, address, pairs, depth - 1)
        elif isinstance(value, bool):
            if plain in _MORE | _LESS:
                whole[name] = bool(page.after or page.token) if plain in _MORE else bool(page.before)
        elif isinstance(value, int | float):
            whole[name] = _counted(plain, value, page)
    for name, member in members.items():
        plain = plain_name(name)
        if plain in _TOKENS | _LINKS | _BACK and not member.inner and (name in whole or forward or back):
            _point(whole, name, plain, shape, page, forward, back)


def _tell_address(whole: Any, shape: Shape, path: str, fits: Callable[[str, Shape], bool]) -> None:
    """Write into a list's envelope where the list is, if it has a member for that."""
    for member in shape.members:
        inner = whole.get(member.name)
        if plain_name(member.name) in _ENVELOPES and isinstance(inner, dict):
            _tell_address(inner, member.shape, path, fits)
        if plain_name(member.name) in _SELF and isinstance(whole.get(member.name), str) and fits(path, member.shape):
            whole[member.name] = path


def _counted(plain: str, value: Any, page: Page) -> Any:
    if plain in _TOTALS:
        return page.total
    if plain in _HERE:
        return len(page.items)
    if plain in _PAGE_COUNTS:
        return max(-(-page.total // page.limit), 1)
    if plain in PAGES:
        return page.number
    if plain in LIMITS:
        return page.limit
    if plain.startswith("remaining"):
        return max(page.total - page.offset - len(page.items), 0)
    return page.offset if plain in OFFSETS else value


def _point(whole: dict[str, Any], name: str, plain: str, shape: Shape, page: Page, forward: str, back: str) -> None:
    """Write how to go on into one member, or that nothing comes."""
    member = next(member for member in shape.members if member.name == name)
    value = whole.get(name)
    text: Any = back if plain in _BACK else forward
    if plain in _TOKENS:
        text = next(iter(page.after.values()), page.token) if page.after else page.token
        if "integer" in member.shape.types:
            text = int(text) if str(text).isdecimal() else ""
    if text or text == 0:
        whole[name] = text
    elif member.shape.nullable:
        whole[name] = None
    elif not member.needed:
        whole.pop(name, None)
    elif isinstance(value, str) and member.shape.text.least == 0 and not member.shape.text.format:
        whole[name] = ""
