"""Which parameters are credentials in truth: by their format, their name, or what the description says of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from playground.catalog.model import Definitions, Entry, Parameter
from playground.request.secret_names import is_secret_name
from playground.schema.merge import flatten

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
        one.name for one in entry.operation.parameters if one.location == location and is_secret(entry, one)
    )


def is_password(schema: Any, definitions: Definitions) -> bool:
    """Tell whether a schema says that its text is a password."""
    return isinstance(schema, Mapping) and flatten(schema, definitions).get("format") == "password"


def _may_be_text(schema: Any, definitions: Definitions) -> bool:
    if not isinstance(schema, Mapping):
        return True
    flat = flatten(schema, definitions)
    return flat.get("type", "string") in ("string", ["string", "null"]) and "enum" not in flat
