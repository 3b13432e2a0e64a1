"""What is a secret where no security scheme says so: by its name (`access_token`), its format or its description."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Mapping
from typing import Any

from playground import jsontext
from playground.catalog.model import Definitions, Entry, Parameter, Schema
from playground.request.model import ABSENT, RequestModel
from playground.schema.flatten import flatten
from playground.schema.mapping import as_mapping, schema_list
from playground.secrets.credentials import Credentials, secrets_of

SECRET_ENDING = r"secret|passw(?:or)?d|passphrase|authorization"  # noqa: S105 - the words themselves
NAME_PATTERN = (
    r"(^|[^a-z])(x[-_]?)?(api|access|auth|app|subscription|client|private|session|refresh|id|bearer|csrf|bot|user)"
    rf"[-_ ]?(key|token|secret)$|(^|[.~/ ])(token|pwd)$|({SECRET_ENDING})$"
)
"""Matched without case, and read by Python and by the page's script alike (the form carries it)."""

_NAME = re.compile(NAME_PATTERN, re.IGNORECASE)
_HARMLESS = frozenset({"clienttoken"})
"""Amazon's idempotency keys, one letter's case from a secret."""

_VAGUE = re.compile(r"(?:x-)?(?:key|token)", re.IGNORECASE)
_DESCRIBED = re.compile(r"\bapi[ -]?key|\baccess token|\bauth|\bbearer|\bcredential", re.IGNORECASE)

_SESSION = re.compile(r"sess|sid\b|auth|token|jwt|login|csrf|xsrf|remember", re.IGNORECASE)
_RANDOM = re.compile(r"(?=\S*[0-9])(?=\S*[A-Za-z])\S{16,}")
_IDENTIFIER = re.compile(
    r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-][\d:]+)?", re.IGNORECASE
)
"""UUIDs and times are long and no secrets."""

_DEEPEST = 24
_MOST_BELOW_ALTERNATIVES = 4_000
_SHORTEST = 4
"""Shorter texts are not searched for: that would redact half of every answer."""


def is_secret_name(name: str) -> bool:
    """Say whether a parameter, property or header of this name holds a secret."""
    return _NAME.search(name) is not None


def may_be_secret(location: str, name: str, text: str) -> bool:
    """Say whether a parameter that nobody describes may be a secret: by its name, or by a value that nobody types."""
    if is_secret_name(name) or (location == "cookie" and _SESSION.search(name) is not None):
        return True
    return _RANDOM.fullmatch(text) is not None and _IDENTIFIER.fullmatch(text) is None


def is_secret(entry: Entry, parameter: Parameter) -> bool:
    """Say whether a parameter's value is a credential: by its format, its name, or its description."""
    if is_password(parameter.schema, entry.definitions):
        return True
    if not _may_be_text(parameter.schema, entry.definitions):
        return False
    name = parameter.name.strip()
    for scheme in entry.provider.security_schemes:
        same = scheme.parameter.lower() == name.lower() if parameter.location == "header" else scheme.parameter == name
        if same and scheme.location == parameter.location:
            return True
    if is_secret_name(name):
        return name.lower() not in _HARMLESS
    return _VAGUE.fullmatch(name) is not None and _DESCRIBED.search(parameter.description) is not None


def secret_names(entry: Entry, location: str) -> frozenset[str]:
    """Return the names of an operation's secret parameters in one place."""
    return frozenset(
        parameter.name
        for parameter in entry.operation.parameters
        if parameter.location == location and is_secret(entry, parameter)
    )


def key_names(entry: Entry, location: str) -> frozenset[str]:
    """Return the names that hold a secret in one place: those of the provider's API keys, and secret parameters."""
    schemes = entry.provider.security_schemes
    keys = {scheme.parameter for scheme in schemes if scheme.type == "apiKey" and scheme.location == location}
    return secret_names(entry, location) | keys


def is_password(schema: Any, definitions: Definitions) -> bool:
    """Say whether a schema says that its text is a password."""
    return isinstance(schema, Mapping) and flatten(schema, definitions).get("format") == "password"


def _may_be_text(schema: Any, definitions: Definitions) -> bool:
    if not isinstance(schema, Mapping):
        return True
    flat = flatten(schema, definitions)
    return flat.get("type", "string") in ("string", ["string", "null"]) and "enum" not in flat


def secret_texts(entry: Entry, model: RequestModel, credentials: Credentials | None = None) -> tuple[str, ...]:
    """Return the secret texts of a model and of credentials, longest first, for redaction."""
    texts = {str(value) for _, value in secret_values(entry, model)} | set(passwords(entry, model))
    texts |= {text.partition(" ")[2] for text in texts if " " in text}
    texts = {text for text in texts if len(text) >= _SHORTEST}
    if credentials is not None:
        texts |= set(secrets_of(credentials))
    return tuple(sorted(texts, key=lambda text: (-len(text), text)))


def secret_values(entry: Entry, model: RequestModel) -> Iterator[tuple[Parameter, Any]]:
    """Yield the secret parameters that have a value, with it."""
    for parameter in entry.operation.parameters:
        value = model.parameter(parameter.location, parameter.name)
        if value is not ABSENT and value != "" and is_secret(entry, parameter):
            yield parameter, value


def passwords(entry: Entry, model: RequestModel) -> Iterator[str]:
    """Yield what the body holds in places that its schemas call passwords, raw text included where it is JSON."""
    body = entry.operation.request_body
    if body is None:
        return
    value = model.body
    if model.raw is not None:
        try:
            value = jsontext.loads(model.raw)
        except jsontext.JSONTextError:
            value = ABSENT
    if value is ABSENT:
        return
    for described in body.media_types:
        yield from _passwords_below(described.schema, value, entry.definitions)


def _passwords_below(schema: Schema, value: Any, definitions: Definitions) -> Iterator[str]:
    # What stands below alternatives has a bound of its own, shallow places first: they may lead back to themselves.
    waiting = deque([(schema, value, _DEEPEST, False)])
    left = _MOST_BELOW_ALTERNATIVES
    # By the schema's identity; the schema is held, so that its identity stays its own.
    flattened: dict[int, tuple[Any, Mapping[str, Any]]] = {}
    while waiting:
        schema, value, depth, is_below = waiting.popleft()
        left -= is_below
        if depth == 0 or left < 0 or not isinstance(schema, Mapping):
            continue
        if id(schema) not in flattened:
            flattened[id(schema)] = schema, flatten(schema, definitions)
        flat = flattened[id(schema)][1]
        if isinstance(value, str):
            if value and flat.get("format") == "password":
                yield value
        else:
            waiting.extend((described, member, depth - 1, is_below) for described, member in _members(flat, value))
        for keyword in ("oneOf", "anyOf"):
            waiting.extend((alternative, value, depth - 1, True) for alternative in schema_list(flat, keyword))


def _members(flat: Mapping[str, Any], value: Any) -> Iterator[tuple[Any, Any]]:
    """Yield what a value holds, each with every schema that may describe it."""
    if isinstance(value, Mapping):
        properties = as_mapping(flat.get("properties"))
        others = (*as_mapping(flat.get("patternProperties")).values(), flat.get("additionalProperties"))
        for name, member in value.items():
            if isinstance(member, str | Mapping | list):
                yield from ((schema, member) for schema in ([properties[name]] if name in properties else others))
    elif isinstance(value, list):
        first = schema_list(flat, "prefixItems")
        for at, member in enumerate(value):
            if isinstance(member, str | Mapping | list):
                yield first[at] if at < len(first) else flat.get("items"), member
