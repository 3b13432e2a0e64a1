"""What operations and types are called in a package: canonical and client names, and identifiers nobody else has."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from playground.catalog.names import client_name

MOST_PARTS = 16
"""A dotted name with more parts is one method under the whole name, not that many nested objects."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OperationNames:
    """One operation's names: `canonical`, `alias` (the camel-split one, empty when it is the same or another's), and
    `wire`, which the gateway is called with: what a UTDK gateway knows too, unless it could mean another operation."""

    canonical: str
    alias: str
    wire: str


class Identifiers:
    """Gives type names that are identifiers and unique; `reserved` ones are never given."""

    def __init__(self, reserved: Iterable[str] = ()) -> None:
        self._taken = set(reserved)

    def take(self, name: str, suffixes: tuple[str, ...] = ("",)) -> str:
        """Return a name like this one that is free, alone or with each of the suffixes."""
        base = pascal(name)[:200]
        found, number = base, 1
        while any(found + suffix in self._taken for suffix in suffixes):
            number += 1
            found = f"{base}_{number}"
        self._taken.update(found + suffix for suffix in suffixes)
        return found


def pascal(name: str) -> str:
    """Return a name as an ASCII type name: `checkout.session` -> `CheckoutSession`, `2fa` -> `_2fa`."""
    words = re.findall(r"[A-Za-z0-9]+", name)
    text = "".join(word[:1].upper() + word[1:] for word in words) or "Unnamed"
    return f"_{text}" if text[0].isdigit() else text


def name_operations(operations: Iterable[tuple[str, str]]) -> tuple[OperationNames, ...]:
    """Return the names of a provider's operations, given as (canonical name, operationId), in that order."""
    listed = [(name, raw, client_name(raw) if raw else "") for name, raw in operations]
    claims: dict[str, set[str]] = {}
    for name, raw, client in listed:
        for claimed in {name, raw, client} - {""}:
            claims.setdefault(claimed, set()).add(name)
    canonical = {name for name, _, _ in listed}
    given: set[str] = set()
    named = []
    for name, _, client in listed:
        alias = client if client and client not in canonical and client not in given else ""
        given.add(alias)
        wire = client if claims.get(client) == {name} else name
        named.append(OperationNames(canonical=name, alias=alias, wire=wire))
    return tuple(named)


def path_of(name: str) -> tuple[str, ...]:
    """Return the members a method's name goes through: `repos.list` is `list` of `repos`."""
    parts = tuple(name.split("."))
    return parts if len(parts) <= MOST_PARTS else (name,)
