"""Members of one object that speak of each other are made to agree: counts and lists, what comes next, sums."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from playground.schema.mapping import as_mapping
from playground.schema.types import types_of
from playground.values.numbers import fits_number
from playground.values.scene import singular, word_set, words_of
from playground.values.shapes import Shape

_COUNTS = word_set(
    "total total_count count total_results total_items result_count results_count num_results number_of_results "
    "total_elements number_of_elements size length items_count total_size totalcount total_records record_count "
    "total_rows row_count total_hits hits num_items item_count total_set_size result_set_size odata_count "
    "resultcount totalitems current_item_count end_position records_total records_filtered"
)
_PAGES = frozenset("pages total_pages page_count num_pages last_page number_of_pages totalpages".split())  # noqa: SIM905
_NO_MORE = word_set(
    "has_more has_next has_next_page more incomplete_results is_truncated truncated has_more_items "
    "has_more_results has_previous_page has_previous has_prev hasmore more_results"
)
_NOTHING_NEXT = word_set(
    "next next_page next_url next_cursor next_token next_page_token next_uri next_link next_marker previous "
    "prev previous_page prev_page previous_uri previous_url prev_url previous_page_token next_page_uri "
    "odata_next_link previous_page_uri next_page_url prev_page_url continuation_token continue next_sync_token"
)


def agree(shape: Shape, made: dict[str, Any]) -> None:
    """Change members of an object that was made for a schema, so that they agree with its lists.

    A change that the member's own schema forbids is not made.
    """
    _sum_up(made, shape)
    name_kind(made, shape)
    if shape.addresses:
        _readdress(made, shape)
    lists = {name: value for name, value in made.items() if isinstance(value, list)}
    settled = _settle(made, shape, lists)
    plain = shape.plain
    members = {member.name: member.shape.plain for member in shape.members}
    if not lists:
        for name in [
            name for name in made if "_".join(words_of(name)) in _NOTHING_NEXT and isinstance(made[name], str)
        ]:
            _end(made, name, members.get(name, {}), name in _required(plain))
        return
    # What has an identifier is a thing, whose `size` is not that of its only list.
    main = next(iter(lists.values())) if len(lists) == 1 and shape.identity is None else None
    for name, member in list(made.items()):
        words = words_of(name)
        joined = "_".join(words)
        if isinstance(member, bool):
            if joined in _NO_MORE:
                _put(made, name, False, members.get(name, {}))
        elif isinstance(member, int | float) and name not in settled:
            count = len(main) if main is not None and joined in _COUNTS else _counted(words, lists)
            if count is None and joined in _PAGES and main is not None:
                count = 1
            if count is not None:
                _put(made, name, count, members.get(name, {}))
        elif isinstance(member, str) and joined in _NOTHING_NEXT:
            _end(made, name, members.get(name, {}), name in _required(plain))


_QUANTITIES = ("quantity", "qty")
_UNITS = ("unit_amount", "unit_price", "unitAmount", "unitPrice", "price")
_LINES = word_set("line_total amount amount_subtotal amount_total subtotal total total_price line_amount total_amount")
_WHOLES = word_set(
    "amount_subtotal amount_total subtotal total total_amount total_price grand_total order_total sub_total"
)
_NOTHING_MORE = word_set("amount_discount amount_tax discount tax tax_amount discount_amount total_tax")


def _settle(made: dict[str, Any], shape: Shape, lists: Mapping[str, list[Any]]) -> set[str]:
    """Let items that say how many of what price cost that, and the whole what they cost; return what was settled."""
    members = {member.name: member.shape for member in shape.members}
    whole: float = 0
    for name, items in lists.items():
        costs = [_cost(item) for item in items] if name in members else []
        if not any(costs):
            continue
        inner = {member.name: member.shape.plain for member in members[name].items.members}
        pairs = zip(items, costs, strict=True)
        made[name] = [item if cost is None else _costing(item, cost, inner) for item, cost in pairs]
        whole += sum(cost or 0 for cost in costs)
    settled: set[str] = set()
    for name in list(made) if whole else ():
        joined = "_".join(words_of(name))
        value = round(whole, 2) if joined in _WHOLES else 0 if joined in _NOTHING_MORE else None
        if value is not None and isinstance(made[name], int | float) and not isinstance(made[name], bool):
            _put(made, name, value, members[name].plain if name in members else {})
            settled.add(name)
    return settled


def _costing(item: Mapping[str, Any], cost: float, members: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    made = dict(item)
    for part in item:
        if "_".join(words_of(part)) in _LINES and part not in _UNITS and isinstance(item[part], int | float):
            _put(made, part, cost, members.get(part, {}))
    return made


def _cost(item: Any) -> int | float | None:
    """Return what an item costs, if it says how many there are and what one of them does."""
    if not isinstance(item, Mapping):
        return None
    quantity: Any = next((item[name] for name in _QUANTITIES if name in item), None)
    unit: Any = next((item[name] for name in _UNITS if name in item), None)
    if isinstance(unit, Mapping):
        unit = next((unit[name] for name in _UNITS if name in unit), None)
    if any(isinstance(part, bool) or not isinstance(part, int | float) for part in (quantity, unit)):
        return None
    cost = quantity * unit
    return round(cost, 2) if isinstance(cost, float) else int(cost)


def _sum_up(made: dict[str, Any], shape: Shape) -> None:
    """Let a total be its parts together: `amount_subtotal` less `amount_discount`, with `amount_tax`."""
    for name in [name for name in made if name.endswith(("subtotal", "Subtotal"))]:
        head = name[: -len("subtotal")]
        total = f"{head}{'total' if name.endswith('subtotal') else 'Total'}"
        parts = {part: made.get(f"{head}{part}") for part in ("subtotal", "tax", "discount", "shipping")}
        parts["subtotal"] = made[name]
        if total not in made or any(isinstance(part, bool | str | dict | list) for part in parts.values()):
            continue
        member = next((member.shape.plain for member in shape.members if member.name == total), {})
        tax = parts["tax"]
        if isinstance(tax, int | float) and isinstance(made[name], int | float) and tax > made[name]:
            parts["tax"] = made[f"{head}tax"] = made[name] // 10 if isinstance(tax, int) else round(made[name] / 10, 2)
        whole = sum(parts[part] or 0 for part in ("subtotal", "tax", "shipping")) - (parts["discount"] or 0)
        _put(made, total, whole if isinstance(whole, int) else round(whole, 2), member)


def name_kind(made: dict[str, Any], shape: Shape) -> None:
    """Write the kind and version that Kubernetes' descriptions name in an extension."""
    kinds = shape.plain.get("x-kubernetes-group-version-kind")
    if not isinstance(kinds, list) or not kinds or not isinstance(kinds[0], Mapping):
        return
    group, version, kind = (kinds[0].get(name) for name in ("group", "version", "kind"))
    if isinstance(kind, str) and isinstance(version, str) and "kind" in made and "apiVersion" in made:
        made["kind"] = kind
        made["apiVersion"] = f"{group}/{version}" if group else version


def _readdress(made: dict[str, Any], shape: Shape) -> None:
    """Write addresses as their examples show them, with this thing's own values where the examples name others.

    Where `login` is shown as `octocat` and `url` as `…/users/octocat`, the `url` of `mona` is `…/users/mona`.
    """
    renamed = {
        str(example): str(made[name])
        for name, example in shape.shown.items()
        if name in made and isinstance(made[name], str | int) and str(made[name]) != str(example)
    }
    if not renamed:
        return
    for name, example in shape.addresses.items():
        if isinstance(made.get(name), str):
            pieces = _BETWEEN.split(example)
            if any(piece in renamed for piece in pieces[1::2]):
                made[name] = "".join(quote(renamed[piece]) if piece in renamed else piece for piece in pieces)


_BETWEEN = re.compile(r"((?<=[/=.:])[^/?&=#{}.:]+)")


def _counted(words: tuple[str, ...], lists: Mapping[str, list[Any]]) -> int | None:
    """Return how long the list is that a name counts: `comments_count` and `total_comments` those of `comments`."""
    if len(words) < 2 or not ({"count", "total", "num", "number", "size"} & {words[0], words[-1]}):
        return None
    left = [word for word in words if word not in ("count", "total", "num", "number", "of", "size")]
    for name, value in lists.items():
        of = words_of(name)
        if left and [singular(word) for word in of] == [singular(word) for word in left]:
            return len(value)
    return None


def _required(plain: Mapping[str, Any]) -> frozenset[str]:
    names = plain.get("required")
    return (
        frozenset(name for name in names if isinstance(name, str)) if isinstance(names, list | tuple) else frozenset()
    )


def _put(made: dict[str, Any], name: str, value: Any, schema: Mapping[str, Any]) -> None:
    if "const" in schema or schema.get("enum"):
        return
    if isinstance(value, bool) or (fits_number(value, schema) and set(types_of(schema)) & {"integer", "number"}):
        made[name] = value


def _end(made: dict[str, Any], name: str, schema: Mapping[str, Any], required: bool) -> None:
    """Say that nothing comes next: null where that is allowed, else by leaving it out, else with an empty text."""
    named = schema.get("type")
    if schema.get("nullable") is True or (isinstance(named, list | tuple) and "null" in named):
        made[name] = None
    elif not required:
        del made[name]
    elif not as_mapping(schema).keys() & {"minLength", "format", "pattern", "enum", "const"}:
        made[name] = ""
