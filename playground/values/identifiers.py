"""Identifiers in the shape that the description shows: its examples, its patterns, and what its text quotes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from playground.schema.mapping import text_of, values_of
from playground.values.draw import BASE58, BASE62, DIGITS, HEX, LOWER, Draw
from playground.values.scene import singular, words_of

_QUOTED = re.compile(
    r"[`'\"“‘(]([a-z][a-z0-9]{0,11}(?:[_-][a-z0-9]{1,11}){0,3}[_-])"
    r"(?:(?=[A-Za-z]*[0-9])[A-Za-z0-9]+|\.\.\.|…|\*|[xX]{3,})?[`'\"”’)]"
)
_PREFIXED = re.compile(
    r"(?:prefix(?:ed)?|begin(?:s|ning)?|start(?:s|ing)?)(?: (?:with|by|of|is|the|an?|string|prefix|letters?)){0,4}"
    r"[ :]+[`'\"“]?([A-Za-z][A-Za-z0-9]{0,11}[_-])",
    re.IGNORECASE,
)
_IDENTIFYING = re.compile(
    r"\b(?:ids?|uids?|identif\w+|prefix\w*|begin\w*|start\w*|tokens?|keys?|example|e\.g|uuid|unique|reference)\b",
    re.IGNORECASE,
)
"""What a text says of values that it quotes the beginning of; else it quotes the names of other properties."""
_PIECE = re.compile(r"[A-Za-z0-9]+|[^A-Za-z0-9]+")
_UUID = re.compile(r"[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}")
_LEAD = re.compile(r"\^?\(?([A-Za-z][A-Za-z0-9]{0,11}(?:[_-][a-z]{1,8})*[_-])")
_MOST_TEXT = 2000
_IDS = frozenset({"id", "ids", "uuid", "guid", "uid", "sid", "identifier", "gid", "arn", "pk"})
_SHORT = {
    "account": "acct", "balance": "bal", "card": "card", "charge": "ch", "check": "chk", "company": "co",
    "comment": "cmt", "coupon": "cpn", "credit": "cr", "customer": "cus", "dispute": "dp", "document": "doc",
    "event": "evt", "file": "file", "invoice": "in", "item": "it", "job": "job", "key": "key", "location": "loc",
    "member": "mem", "message": "msg", "order": "ord", "organization": "org", "payment": "pay", "payout": "po",
    "person": "per", "plan": "plan", "price": "price", "product": "prod", "project": "proj", "quote": "qt",
    "refund": "re", "request": "req", "session": "ses", "source": "src", "subscription": "sub", "task": "task",
    "team": "team", "token": "tok", "transaction": "txn", "transfer": "tr", "user": "usr", "video": "vid",
    "webhook": "wh", "workspace": "ws",
}  # fmt: skip
_SHORT_PAIRS = {
    "checkout_session": "cs", "payment_intent": "pi", "payment_method": "pm", "setup_intent": "seti",
    "promotion_code": "promo", "tax_rate": "txr", "payment_link": "plink", "invoice_item": "ii", "invoiceitem": "ii",
    "line_item": "li", "subscription_item": "si", "billing_portal": "bps", "shipping_rate": "shr",
}  # fmt: skip


def is_identifier(name: str) -> bool:
    """Say whether a name is an identifier's: `id`, `customer_id`, `accountSid`."""
    words = words_of(name)
    return bool(words) and words[-1] in _IDS


@lru_cache(maxsize=4096)
def owner_of(name: str) -> str:
    """Return what the thing is called that an identifier's name refers to (`customerId` a customer), or nothing."""
    words = words_of(name)
    if words and words[-1] in _IDS:
        words = words[:-1]
    return "_".join((*words[:-1], singular(words[-1]))) if words else ""


def is_reference(name: str) -> bool:
    """Say whether a text of this name is an identifier wherever the description has things that are called so."""
    return bool(_short_of(name)) and name not in _WRITTEN


def is_known_pair(name: str) -> bool:
    """Say whether a name is that of a thing which many APIs have by two words: a `checkout_session`."""
    return "_".join(words_of(name)[-2:]) in _SHORT_PAIRS


_WRITTEN = frozenset(("check", "comment", "company", "document", "event", "file", "key", "location", "message", "team"))
"""Names of texts that people write, though things may be called so."""


def refers(plain: Mapping[str, Any]) -> bool:
    """Say whether a description calls its property an identifier: `ID of the customer …`."""
    about = text_of(plain, "description")[:60].lower()
    return about.startswith(("id of", "the id of", "unique id", "identifier of", "the identifier", "the unique id"))


def prefix_of(plain: Mapping[str, Any]) -> str:
    """Return the beginning that a flat schema shows of its values (`cus_`), or an empty text.

    Its examples show it, else its pattern, else what its description quotes or says values start with.
    """
    for example in (plain.get("example"), *values_of(plain, "examples")[:3]):
        if isinstance(example, str) and (prefix := lead_of(example)):
            return prefix
    pattern = text_of(plain, "pattern")
    if pattern and (found := _LEAD.match(pattern)) and pattern.startswith("^"):
        return found[1]
    return _shown_in_text(text_of(plain, "description")[:_MOST_TEXT])


@lru_cache(maxsize=4096)
def lead_of(example: str) -> str:
    """Return the fixed beginning of an identifier (`cs_test_` of `cs_test_a1b2c3`), or an empty text."""
    pieces = _PIECE.findall(example[:200])
    if len(pieces) < 3 or pieces[1] not in ("_", "-") or "." in example:  # a host's name has no prefix
        return ""
    lead: list[str] = []
    for piece, mark in zip(pieces[::2], pieces[1::2], strict=False):
        if mark not in ("_", "-") or not _is_word(piece) or len(piece) > 12:
            break
        lead += [piece, mark]
    rest = example[len("".join(lead)) :]
    return (
        "".join(lead) if lead and rest and any(character.isdigit() or character.isupper() for character in rest) else ""
    )


@lru_cache(maxsize=4096)
def _shown_in_text(text: str) -> str:
    if ("_" not in text and "-" not in text) or _IDENTIFYING.search(text) is None:
        return ""
    found = _PREFIXED.search(text)
    if found is not None:
        return found[1]
    quoted = _QUOTED.search(text)
    return quoted[1] if quoted is not None else ""


def _is_word(piece: str) -> bool:
    """Say whether a piece of an identifier names something and stays the same in all of them."""
    return piece.isalpha() and (piece.islower() or piece.isupper() or piece.istitle())


def like(example: str, draw: Draw) -> str:
    """Return another identifier of the example's shape: words stay, digits and mixed letters are drawn again."""
    if _UUID.fullmatch(example):
        made = draw.uuid()
        return made.upper() if example.isupper() else made
    lead = lead_of(example)
    rest = example[len(lead) :]
    if rest and not any(character.isdigit() for character in rest) and _is_word(rest):
        return f"{lead}{draw.text(len(rest), LOWER)}" if lead else rest
    return lead + "".join(_again(piece, draw) for piece in _PIECE.findall(rest))


def _again(piece: str, draw: Draw) -> str:
    if not piece[0].isalnum() or (piece.isalpha() and _is_word(piece) and len(piece) <= 12):
        return piece
    if piece.isdigit():
        return draw.pick(DIGITS[1:]) + draw.text(len(piece) - 1, DIGITS)
    if len(piece) >= 7 and set(piece) <= set(HEX):
        return draw.text(len(piece), HEX)
    return "".join(_class_of(character, draw) for character in piece)


def _class_of(character: str, draw: Draw) -> str:
    if character.isdigit():
        return draw.pick(DIGITS)
    return draw.pick(LOWER.upper() if character.isupper() else LOWER)


def identifier(plain: Mapping[str, Any], name: str, noun: str, draw: Draw) -> str:
    """Return an identifier for a text property: in the shape its schema shows, else one short prefix and letters."""
    for example in (plain.get("example"), *values_of(plain, "examples")[:3]):
        if isinstance(example, str) and any(character.isdigit() for character in example):
            return like(example, draw)
    if prefix := prefix_of(plain):
        return prefix + draw.text(14, BASE62)
    text = text_of(plain, "description")[:_MOST_TEXT].lower()
    words = words_of(name)
    last = words[-1] if words else ""
    if last in ("uuid", "guid") or "uuid" in text or "guid" in text:
        return draw.uuid()
    if "numeric" in text or "integer" in text or " number" in text:
        return draw.pick(DIGITS[1:]) + draw.text(7, DIGITS)
    if "hex" in text or "sha" in words or "hash" in words:
        return draw.text(24, HEX)
    if last == "arn" or "amazon resource name" in text:
        return f"arn:aws:service:us-east-1:123456789012:{noun or 'resource'}/{draw.text(12, HEX)}"
    short = _short_of(noun)
    return f"{short}_{draw.text(14, BASE62)}" if short else draw.text(16, BASE58)


@lru_cache(maxsize=4096)
def _short_of(noun: str) -> str:
    """Return the short form of a noun that identifiers begin with (`cus` of `customer`), or an empty text."""
    words = words_of(noun)
    if not words:
        return ""
    pair = "_".join(words[-2:])
    return _SHORT_PAIRS.get(pair) or _SHORT.get(words[-1]) or ""
