"""Making resources: with what was sent in them, identifiers and times of their own, and where they are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from playground.request.model import FileValue
from playground.sandbox.asked import Outcome, refused
from playground.sandbox.fitting import NOTHING, Fitter
from playground.sandbox.generate import FRESH, Making, answer_value
from playground.sandbox.layouts import Layout, kind_of_shape
from playground.sandbox.listing import as_item
from playground.sandbox.memory import OWN, Memory
from playground.sandbox.resources import (
    Resource,
    as_segment,
    clear_unsent,
    file_facts,
    get_at,
    identity_text,
    items_in,
    raise_version,
    set_at,
    stamp,
    with_scope,
)
from playground.store.sandbox_session import Record
from playground.values.identifiers import is_identifier
from playground.values.scene import noun_of, word_set, words_of
from playground.values.shapes import Shape

_TRIES = 5
_FEW = 6
"""Most members of an answer that tells no more than what was made is called."""


def create(memory: Memory) -> Outcome | None:
    """Make a resource in a collection, or several where the answer lists them; `None` where nothing can be made."""
    several = memory.layout(several=True)
    if several.list_at == () and several.shape is not None:
        return create_several(memory, several.shape)
    layout = memory.layout(several=False)
    holder = layout if layout.shape is not None and memory.identity(layout.shape) else memory.item_layout
    if holder is layout and _tells_its_key_only(memory, layout):
        holder = memory.item_layout
    if holder.shape is None or ("object" not in holder.shape.types and not holder.shape.choice):
        return None
    if memory.parent_is_missing():
        return memory.missing()
    sent = memory.asked.body if isinstance(memory.asked.body, Mapping) else {}
    if (wrong := _unknown_reference(memory, sent, holder.shape)) is not None:
        return wrong
    made = _new(memory, holder, dict(sent))
    if isinstance(made, Outcome):
        return made
    record, resource = made
    outcome = memory.shown(record, resource)
    _locate(memory, outcome, record)
    return outcome


def _tells_its_key_only(memory: Memory, layout: Layout) -> bool:
    """Say whether what is made is answered by little more than its key, and read as a whole elsewhere."""
    item = memory.item_layout
    if item is layout or layout.shape is None or item.shape is None or memory.item_entry is None:
        return False
    few, many = len(layout.shape.members), len(item.shape.members)
    same = layout.kind != "" and layout.kind == item.kind
    return few <= _FEW and 2 * few <= many and not same and memory.identity(item.shape) is not None


def _new(memory: Memory, layout: Layout, sent: dict[str, Any]) -> tuple[Record, Resource] | Outcome:
    """Make one resource and keep it; the outcome of a conflict where one of its key is there."""
    shape = layout.shape
    if shape is None:
        return Outcome()
    collection, session = memory.place.collection, memory.session
    identity = memory.identity(shape)
    sent = unwrapped(sent, layout)
    files = [part for part in sent.values() if isinstance(part, FileValue)]
    given = identity_text(sent, identity)
    for turn in range(_TRIES):
        number = session.next_change
        make = memory.make.seeded(collection, number, turn)
        begun = _begun(memory, layout, make, sent)
        if not isinstance(begun, dict):
            return Outcome()
        value = _with_own_keys(memory, begun, make, shape, identity)
        value = Fitter(make=make, resolve=memory.fitter.resolve).merged(value, sent, shape)
        value = _settled(with_scope(value, memory.owners, shape, memory.fitter), sent, shape, memory.fitter)
        value = _numbered(memory, value, identity, shape, given)
        value = file_facts(value, files[0], shape, memory.fitter) if len(files) == 1 else value
        value = memory.placed(raise_version(stamp(value, session.now, created=True), number), begun)
        key = identity_text(value, identity) or str(number)
        before = session.get(collection, key)
        if before is None or before.gone:
            break
        if given and memory.item_entry is None:
            key = str(number)  # nothing reads one by what it is called, so two may be called the same
            break
        if given:
            return refused("conflict", f"body/{'/'.join(identity or ())}", f"names a {memory.place.noun} that exists")
    resource = Resource(value, sent)
    record = Record(
        collection=collection, key=key, kind=kind_of_shape(shape) or memory.place.noun, content=resource.content()
    )
    claim(memory, collection)
    return session.put(record), resource


def _begun(memory: Memory, layout: Layout, make: Making, sent: dict[str, Any]) -> Any:
    """Return a resource before anything sent is in it: the one of the answer's example, else a made one."""
    shape = layout.shape
    if shape is None:
        return None
    if layout.media_type is not None and layout.media_type.examples and not make.dynamic:
        return get_at(answer_value(layout.media_type, make, sent={}), layout.resource_at)
    value = make.value(shape.schema, kind=shape.kind or memory.place.noun, index=FRESH)
    if not isinstance(value, dict):
        return value
    routes, template = memory.asked.routes, memory.asked.route.segments
    is_kept = memory.item_entry is not None or any(route.method == "GET" for route in routes.at(template))
    return clear_unsent(value, sent, shape, asked_shape(memory), memory.identity(shape), is_kept=is_kept)


def _with_own_keys(
    memory: Memory, begun: dict[str, Any], make: Making, shape: Shape, identity: tuple[str, ...] | None
) -> dict[str, Any]:
    """Return a resource with identifiers of its own in the place of the example's."""
    value = dict(begun)
    for member in shape.members:
        if member.name not in value or member.inner:
            continue
        if identity == (member.name,) or (is_identifier(member.name) and not member.refers):
            own = make.seeded(member.name).value(member.shape.schema, member.name, kind=shape.kind, index=FRESH)
            if memory.fitter.fits(own, member.shape):
                value[member.name] = own
    return value


def unwrapped(sent: dict[str, Any], layout: Layout) -> dict[str, Any]:
    """Return what was sent of the resource itself: the request may wrap it as the answer does, or be a part of it."""
    inner = get_at(sent, layout.resource_at) if layout.resource_at else None
    if isinstance(inner, Mapping) and len(sent) == 1:
        return dict(inner)
    members = () if layout.shape is None else layout.shape.members
    if not sent or any(member.name in sent for member in members):
        return sent
    # What was sent is one part of it: the `Spec` of a service.
    parts = [member for member in members if sent.keys() <= {part.name for part in member.shape.members}]
    return {parts[0].name: sent} if len(parts) == 1 else sent


def _numbered(
    memory: Memory, value: dict[str, Any], identity: tuple[str, ...] | None, shape: Shape, given: str
) -> dict[str, Any]:
    """Return a resource with the next number, where its key is one that counts: `number` of an issue."""
    if identity is None or given or len(identity) > 1:
        return value
    member = next((member for member in shape.members if member.name == identity[0]), None)
    if member is None or member.shape.types != ("integer",) or words_of(member.name)[-1:] != ("number",):
        return value
    numbers = [int(record.key) for record in memory.session.records(memory.place.collection) if record.key.isdecimal()]
    return {**value, identity[0]: max(numbers, default=0) + 1}


def asked_shape(memory: Memory) -> Shape | None:
    """Return the shape of this operation's body."""
    media_type = memory.asked.received.media_type
    if media_type is None:
        body = memory.asked.entry.operation.request_body
        media_type = body.media_types[0] if body is not None and body.media_types else None
    return None if media_type is None else memory.make.shapes.of(media_type.schema)


def claim(memory: Memory, collection: str) -> None:
    """Note that a collection holds what was made; what it showed of its parent's is kept with it."""
    if memory.is_own(collection):
        return
    for key, resource in memory.derived() or ():
        kind = memory.item_layout.kind or memory.place.noun
        memory.session.put(Record(collection=collection, key=key, kind=kind, content=resource.content()))
    memory.session.put(Record(collection=OWN, key=collection, content=b""))


def _unknown_reference(memory: Memory, sent: Mapping[str, Any], shape: Shape) -> Outcome | None:
    """Return the refusal of a reference to something that does not exist, where resources of its kind were made."""
    for member in shape.members:
        value = sent.get(member.name)
        whole = next((branch for branch in member.shape.choice if branch.types == ("object",) and branch.kind), None)
        if not isinstance(value, str) or whole is None or not value:
            continue
        session = memory.session
        noun = noun_of(whole.kind)
        if session.of_kind(noun, 1) and session.find(noun, value) is None:
            return refused("parameter", f"body/{member.name}", f"names no {whole.kind} that exists")
    return None


def create_several(memory: Memory, shape: Shape) -> Outcome | None:
    """Add what a list in the request names, such as an issue's labels, and show all there is."""
    if memory.parent_is_missing():
        return memory.missing()
    sent = memory.asked.body
    if isinstance(sent, Mapping):
        lists = [value for value in sent.values() if isinstance(value, list)]
        sent = lists[0] if lists else [sent] if sent else []
    if not isinstance(sent, list):
        return None
    collection = memory.place.collection
    if memory.asked.route.method == "PUT":
        for record in memory.session.records(collection):
            memory.session.delete(collection, record.key)
    _add(memory, sent, shape)
    records = memory.session.records(collection)
    return Outcome(value=[as_item(memory, record, shape) for record in records], has_value=True)


def create_batch(memory: Memory) -> Outcome | None:
    """Make what a list in the request holds, and show it where the answer has a list: `POST /issues/bulk`."""
    sent = memory.asked.body
    if isinstance(sent, Mapping):
        lists = [value for value in sent.values() if isinstance(value, list)]
        sent = lists[0] if len(lists) == 1 else None
    item = memory.item_layout
    if not isinstance(sent, list) or not all(isinstance(value, Mapping) for value in sent):
        return None
    layout = memory.layout(several=True)
    shape = item.shape if item.shape is not None and memory.identity(item.shape) else layout.shape
    if shape is None or memory.identity(shape) is None:
        return None
    if memory.parent_is_missing():
        return memory.missing()
    records = _add(memory, sent, shape)
    if layout.list_at is None or layout.shape is None or layout.whole is None:
        return Outcome()
    items = [shown for record in records if (shown := as_item(memory, record, layout.shape)) is not NOTHING]
    if not layout.list_at:
        return Outcome(value=items, has_value=True)
    return Outcome(value=set_at(memory.make.value(layout.whole.schema), layout.list_at, items), has_value=True)


def _add(memory: Memory, sent: list[Any], shape: Shape) -> list[Record]:
    """Make one resource of each value that was sent, and return those that could be made."""
    collection = memory.place.collection
    claim(memory, collection)
    identity = memory.identity(shape)
    records: list[Record] = []
    for value in sent[:200]:
        number = memory.session.next_change
        fitter = Fitter(make=memory.make.seeded(collection, number), resolve=memory.fitter.resolve)
        made = fitter.fit(value, shape)
        if isinstance(value, Mapping) and isinstance(made, dict):
            whole = fitter.make.value(shape.schema, kind=shape.kind, index=FRESH)
            made = fitter.merged(whole, value, shape) if isinstance(whole, dict) else made
        if made is NOTHING:
            continue
        key = identity_text(made, identity) or (str(made) if isinstance(made, str | int) else str(number))
        kind = kind_of_shape(shape) or memory.place.noun
        record = Record(collection=collection, key=key, kind=kind, content=Resource(made).content())
        records.append(memory.session.put(record))
    return records


def _locate(memory: Memory, outcome: Outcome, record: Record) -> None:
    """Say where a new resource is, if there is an operation that reads it."""
    asked = memory.asked
    if memory.place.part == "collection" and asked.routes.at((*asked.route.segments, "{}")):
        above = asked.address.rstrip("/")
        if asked.route.role:  # it is not below the verb
            above = asked.base + "/".join(as_segment(segment) for segment in memory.place.collection.split("/"))
        slash = "/" if asked.entry.operation.path.endswith("/") else ""
        outcome.headers.append(("Location", f"{above}/{record.key}{slash}"))


_UNITS = ("unit_amount", "unit_price", "price", "amount", "unitAmount", "unitPrice")
_QUANTITIES = ("quantity", "qty")
_TOTALS = word_set(
    "amount_subtotal amount_total subtotal total total_amount amount line_total total_price subtotal_amount "
    "total_price_amount items_total order_total grand_total sub_total line_amount"
)
_NOTHING_MORE = word_set("amount_discount amount_tax discount tax tax_amount discount_amount amount_shipping total_tax")
_MOST = 500


def _settled(value: dict[str, Any], sent: Mapping[str, Any], shape: Shape, fitter: Fitter) -> dict[str, Any]:
    """Return a resource whose amounts are those of the items that were sent with it, where they have any."""
    whole: float = 0
    counted = False
    made = dict(value)
    for member in shape.members:
        if not isinstance(sent.get(member.name), list) or member.name not in made:
            continue
        part = made[member.name]
        items = items_in(made, member.name)
        if len(items) > _MOST:
            continue
        each = member.shape.items if isinstance(part, list) else _items_of(member.shape)
        for at, item in enumerate(items):
            amount = _amount(item)
            if amount is None or each is None:
                continue
            own = sent[member.name][at : at + 1]
            price = item.get("price")
            currency = price.get("currency") if isinstance(price, Mapping) else item.get("currency")
            items[at] = _in_currency(_with(item, amount, each, fitter, own), currency, own[0] if own else {})
            whole, counted = whole + amount, True
            made = _in_currency(made, currency, sent)
    return _with(made, whole, shape, fitter, [sent]) if counted else made


def _amount(item: Any) -> Any:
    """Return what an item costs: its quantity times the price of one."""
    if not isinstance(item, Mapping):
        return None
    quantity: Any = next((item[name] for name in _QUANTITIES if name in item), None)
    unit = _unit(item)
    if not _is_number(quantity) or not _is_number(unit):
        return None
    amount: Any = quantity * unit
    return round(amount, 2) if isinstance(amount, float) else amount


def _unit(item: Mapping[str, Any]) -> Any:
    for name in _UNITS:
        part = item.get(name)
        if isinstance(part, Mapping):
            part = next((part[inner] for inner in _UNITS if _is_number(part.get(inner))), None)
        if _is_number(part):
            return part
    return None


def _with(value: Any, amount: float, shape: Shape, fitter: Fitter, sent: list[Any]) -> Any:
    """Return an object with an amount in its totals that nobody sent."""
    own = sent[0] if sent and isinstance(sent[0], Mapping) else {}
    made = dict(value)
    for member in shape.members:
        plain = "_".join(words_of(member.name))
        new = amount if plain in _TOTALS else 0 if plain in _NOTHING_MORE else None
        before = made.get(member.name)
        if new is None or member.name in own or not (before is None or _is_number(before)):
            continue
        if (member.name in made or member.only_reading) and fitter.fits(new, member.shape):
            made[member.name] = new
    return made


def _in_currency(made: dict[str, Any], currency: Any, sent: Any) -> dict[str, Any]:
    """Return an object in the currency of its price, unless another one was sent."""
    told = isinstance(sent, Mapping) and "currency" in sent
    return {**made, "currency": currency} if isinstance(currency, str) and "currency" in made and not told else made


def _items_of(shape: Shape) -> Shape | None:
    inner = [member for member in shape.members if member.shape.types == ("array",)]
    return inner[0].shape.items if len(inner) == 1 else None


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
