"""References inside one document: found, followed, never leaving it (OpenAPI 3.1 section 4.8.23, RFC 6901)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from playground.openapi.pointers import Where, decoded_fragments, fragment_tokens, where_of
from playground.openapi.problems import Problems, kind_of, quoted

MAX_HOPS = 50
"""So many references may lie on the way of one pointer; a pointer through itself would never end."""


class BrokenReferenceError(ValueError):
    """A reference leads nowhere; `str()` is one sentence."""


class References:
    """Finds what `$ref` texts of one document point at; `refused` says of some why they lead nowhere (files.py)."""

    def __init__(self, document: Mapping[str, Any], problems: Problems, refused: Mapping[str, str]) -> None:
        self._document = document
        self._problems = problems
        self._refused = refused

    def find(self, reference: str) -> tuple[tuple[str, ...], Any]:
        """Return the tokens and the value a reference names. Raises `BrokenReferenceError`.

        Only `#/…` is read: another file or address is never opened. A reference on the pointer's way is followed.
        """
        return self._find(reference, [MAX_HOPS])

    def _find(self, reference: str, hops: list[int]) -> tuple[tuple[str, ...], Any]:
        if not reference.startswith("#"):
            if reference in self._refused:
                raise BrokenReferenceError(self._refused[reference])
            raise BrokenReferenceError(
                f"The reference {quoted(reference)} points outside this document; put its target inside and use #/…."
            )
        if reference in ("#", "#/") or hops[0] < 0:
            raise BrokenReferenceError(f"The reference {quoted(reference)} points at itself or at the whole document.")
        if reference[1] != "/" and not reference.startswith("#%2F"):
            raise BrokenReferenceError(
                f"The reference {quoted(reference)} is not a JSON Pointer, and no schema has it as its $anchor: "
                "write it as #/…."
            )
        for fragment in decoded_fragments(reference[1:]):
            tokens = fragment_tokens(fragment)
            found, value = self._walk(tokens, hops)
            if found:
                return tokens, value
        raise BrokenReferenceError(
            f"The reference {quoted(reference)} points at nothing in this document: correct it, or add its target."
        )

    def _walk(self, tokens: tuple[str, ...], hops: list[int]) -> tuple[bool, Any]:
        value: Any = self._document
        for token in tokens:
            while not _has(value, token):
                link = value.get("$ref") if isinstance(value, dict) else None
                if not isinstance(link, str):
                    return False, None
                # One count for the whole search: pointers through pointers would otherwise double at each.
                hops[0] -= 1
                _, value = self._find(link, hops)
            value = value[int(token)] if isinstance(value, list) else value[token]
        return True, value

    def follow(self, value: Any, where: Where, what: str) -> tuple[dict[str, Any], Where] | None:
        """Return an object after its chain of `$ref`s with the place it stands at, or `None` with a problem reported.

        `summary` and `description` beside a reference win over the target's.
        """
        beside: dict[str, Any] = {}
        start, seen = where, set[tuple[str, ...]]()
        while isinstance(value, dict) and "$ref" in value:
            link = value["$ref"]
            if not isinstance(link, str):
                self._problems.error(
                    start,
                    f"This {what} has a $ref that is {kind_of(link)}, not text; it is left out: write where it leads.",
                )
                return None
            beside = {key: value[key] for key in ("summary", "description") if key in value} | beside
            try:
                tokens, value = self.find(link)
            except BrokenReferenceError as error:
                self._problems.error(start, f"{error} The {what} is left out.")
                return None
            if tokens in seen:
                self._problems.error(
                    start, f"The reference {quoted(link)} leads in a circle; the {what} is left out: let it end at one."
                )
                return None
            seen.add(tokens)
            where = where_of(tokens)
        if not isinstance(value, dict):
            self._problems.error(start, f"This {what} is {kind_of(value)}, not an object; it is left out.")
            return None
        return (value | beside if beside else value), where


def _has(value: Any, token: str) -> bool:
    if isinstance(value, dict):
        return token in value
    if isinstance(value, list):
        # As RFC 6901 writes indexes: no sign, no leading zero; ten digits are beyond any list.
        return (
            token.isascii()
            and token.isdigit()
            and len(token) < 10
            and str(int(token)) == token
            and int(token) < len(value)
        )
    return False
