"""Amounts that follow from what was bought: of each item its quantity times its price, of an order their sum."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from playground.sandbox.fitting import Fitter
from playground.sandbox.things import items_in
from playground.values.scene import word_set, words_of
from playground.values.shapes import Shape

_UNITS = ("unit_amount", "unit_price", "price", "amount", "unitAmount", "unitPrice")
_QUANTITIES = ("quantity", "qty")
_TOTALS = word_set(
    "amount_subtotal amount_total subtotal total total_amount amount line_total total_price subtotal_amount "
    "total_price_amount items_total order_total grand_total sub_total line_amount"
)
_NOTHING_MORE = word_set("amount_discount amount_tax discount tax tax_amount discount_amount amount_shipping total_tax")
_MOST = 500


def settled(value: dict[str, Any], sent: Mapping[str, Any], shape: Shape, fitter: Fitter) -> dict[str, Any]:
    """Return a thing whose amounts are those of the items that were sent with it, where they have any."""
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
