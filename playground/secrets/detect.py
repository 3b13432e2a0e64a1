"""Names that say a value is a secret, where no security scheme does: `access_token`, `X-Api-Key`, `clientSecret`.

A page hands the pattern to its scripts (`data-secret-names`), so that neither a draft nor a link keeps such a value.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from playground import jsontext
from playground.catalog.model import Definitions, Entry, Parameter
from playground.request.model import ABSENT, RequestModel
from playground.request.text import percent_encode
from playground.schema.flatten import flatten
from playground.schema.mapping import as_mapping, schema_list

PATTERN = (
    r"(^|[^a-z])(x[-_]?)?(api|access|auth|app|subscription|client|private|session|refresh|id|bearer|csrf|bot|user)"
    r"[-_ ]?(key|token|secret)$|(^|[.~/ ])(token|pwd)$|(secret|passw(or)?d|passphrase|authorization)$"
)
_PATTERN = re.compile(PATTERN, re.IGNORECASE)


def is_secret_name(name: str) -> bool:
    """Say whether a parameter, property or header of this name holds a secret."""
    return _PATTERN.search(name) is not None


_HARMLESS = frozenset({"clienttoken"})
"""Amazon's idempotency keys, one letter's case from a secret."""

_VAGUE = re.compile(r"(?:x-)?(?:key|token)", re.IGNORECASE)
_SAYS_SO = re.compile(r"\bapi[ -]?key|\baccess token|\bauth|\bbearer|\bcredential", re.IGNORECASE)


def is_secret(entry: Entry, parameter: Parameter) -> bool:
    """Tell whether a parameter's value is a credential, by its format, its name, or what the description says of it."""
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
    return _VAGUE.fullmatch(name) is not None and _SAYS_SO.search(parameter.description) is not None


def secret_names(entry: Entry, location: str) -> frozenset[str]:
    """Return the names of an operation's secret parameters in one place."""
    return frozenset(
        parameter.name
        for parameter in entry.operation.parameters
        if parameter.location == location and is_secret(entry, parameter)
    )


def is_password(schema: Any, definitions: Definitions) -> bool:
    """Tell whether a schema says that its text is a password."""
    return isinstance(schema, Mapping) and flatten(schema, definitions).get("format") == "password"


def _may_be_text(schema: Any, definitions: Definitions) -> bool:
    if not isinstance(schema, Mapping):
        return True
    flat = flatten(schema, definitions)
    return flat.get("type", "string") in ("string", ["string", "null"]) and "enum" not in flat


PLACEHOLDER = "<password>"
_DEEPEST = 24
_MOST_BELOW_ALTERNATIVES = 4_000
_SHORTEST = 4


def secret_texts(entry: Entry, model: RequestModel) -> tuple[str, ...]:
    """Return the secret texts that a model holds, as typed and as a URL has them, for redaction."""
    found = {str(value) for _, value in _parameters(entry, model)} | set(_passwords(entry, model))
    found |= {text.partition(" ")[2] for text in found if " " in text}
    found |= {percent_encode(text) for text in found}
    return tuple(sorted((text for text in found if len(text) >= _SHORTEST), key=lambda text: (-len(text), text)))


def without_secrets(entry: Entry, model: RequestModel) -> RequestModel:
    """Return the model as pages may show it: secret parameters absent, a password inside the body a placeholder."""
    model = _without_passwords(entry, model)
    secret = [parameter for parameter, _ in _parameters(entry, model)]
    if not secret:
        return model
    parameters = {location: dict(values) for location, values in model.parameters.items()}
    for one in secret:
        del parameters[one.location][one.name]
    return replace(model, parameters=parameters)


def with_markers(entry: Entry, model: RequestModel) -> tuple[RequestModel, Mapping[str, Parameter]]:
    """Return the model with a marker for each secret parameter's value, and whose marker each is.

    A marker is made of letters, digits and `_`, which nothing escapes, and occurs nowhere else in the model. A password
    inside the body becomes a placeholder.
    """
    model = _without_passwords(entry, model)
    secret = [parameter for parameter, _ in _parameters(entry, model)]
    if not secret:
        return model, {}
    parameters = {location: dict(values) for location, values in model.parameters.items()}
    stem, shown = "PLAYGROUND_SECRET_", repr(model)
    while stem in shown:
        stem += "_"
    markers: dict[str, Parameter] = {}
    for index, parameter in enumerate(secret):
        marker = f"{stem}{index}_"
        markers[marker] = parameter
        parameters[parameter.location][parameter.name] = marker
    return replace(model, parameters=parameters), markers


def _without_passwords(entry: Entry, model: RequestModel) -> RequestModel:
    passwords = tuple(dict.fromkeys(_passwords(entry, model)))
    if not passwords:
        return model
    raw = model.raw
    for text in passwords:
        raw = None if raw is None else raw.replace(jsontext.dumps(text)[1:-1], PLACEHOLDER)
    return replace(model, body=_replaced(model.body, frozenset(passwords)), raw=raw)


def _parameters(entry: Entry, model: RequestModel) -> Iterator[tuple[Parameter, Any]]:
    for parameter in entry.operation.parameters:
        value = model.parameter(parameter.location, parameter.name)
        if value is not ABSENT and value != "" and is_secret(entry, parameter):
            yield parameter, value


def _passwords(entry: Entry, model: RequestModel) -> Iterator[str]:
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
        yield from _inside(described.schema, value, entry.definitions)


def _inside(schema: Any, value: Any, definitions: Definitions) -> Iterator[str]:
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
            waiting.extend((one, member, depth - 1, is_below) for one, member in _members(flat, value))
        for keyword in ("oneOf", "anyOf"):
            waiting.extend((one, value, depth - 1, True) for one in schema_list(flat, keyword))


def _members(flat: Mapping[str, Any], value: Any) -> Iterator[tuple[Any, Any]]:
    """Yield what a value holds, each with every schema that may describe it."""
    if isinstance(value, Mapping):
        properties = as_mapping(flat.get("properties"))
        others = (*as_mapping(flat.get("patternProperties")).values(), flat.get("additionalProperties"))
        for name, member in value.items():
            if isinstance(member, str | Mapping | list):
                yield from ((one, member) for one in ([properties[name]] if name in properties else others))
    elif isinstance(value, list):
        first = schema_list(flat, "prefixItems")
        for at, member in enumerate(value):
            if isinstance(member, str | Mapping | list):
                yield first[at] if at < len(first) else flat.get("items"), member


def _replaced(value: Any, passwords: frozenset[str]) -> Any:
    if isinstance(value, str):
        return PLACEHOLDER if value in passwords else value
    if isinstance(value, Mapping):
        return {name: _replaced(member, passwords) for name, member in value.items()}
    return [_replaced(member, passwords) for member in value] if isinstance(value, list) else value
