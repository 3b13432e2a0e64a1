"""Names of operations: canonical, client, and everything else that is accepted (docs/protocol.md)."""

from __future__ import annotations

import re

_WORD = re.compile(r"[^\W_]+")
_CAMEL = re.compile(r"[A-Z]+(?![a-z])|[A-Z][a-z]*|[a-z]+|\d+")
_NOT_WORD = re.compile(r"[^A-Za-z0-9]+")


def module_name(provider: str) -> str:
    """Return what code imports of a provider's npm package: `@utdk/stripe`, `@utdk/google/books`."""
    return f"@utdk/{provider}"


def package_name(provider: str) -> str:
    """Return the name of the npm package that holds a provider, two parts as npm asks: `@utdk/google`."""
    return module_name(provider.split("/", 1)[0])


def canonical_name(operation_id: str) -> str:
    """Return the name pages show: `PostCheckoutSessionsSession` -> `postcheckoutsessionssession`.

    Parts between `/` are joined with `.`; in each the first word is lower case, the others capitalised; empty is `_`.
    """
    return ".".join(_camel(_WORD.findall(part)) for part in operation_id.split("/"))


def client_name(operation_id: str) -> str:
    """Return the generated client's camel-split name: `PostCheckoutSessionsSession` -> `postCheckoutSessionsSession`.

    A part equal to the one before it is `call`, and a leading digit gets `_`.
    """
    parts: list[str] = []
    for part in operation_id.split("/"):
        name = _camel([word for run in _WORD.findall(part) for word in _split(run)])
        parts.append(f"_{name}" if name[:1].isdigit() else name)
    if len(parts) > 1 and parts[-1] == parts[-2]:
        parts[-1] = "call"
    return ".".join(parts)


def _split(run: str) -> list[str]:
    # Case means nothing certain outside ASCII, so such a word stays whole.
    return _CAMEL.findall(run) if run.isascii() else [run]


def name_without_id(method: str, path: str) -> str:
    """Return the canonical name of an operation without operationId: `POST /v1/charges/{id}` -> `postV1ChargesId`."""
    return _camel([method, *_NOT_WORD.sub(" ", path).split()])


def _camel(words: list[str]) -> str:
    if not words:
        return "_"
    first, *rest = words
    return first.lower() + "".join(word[:1].upper() + word[1:].lower() for word in rest)
