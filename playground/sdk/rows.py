"""What the package's module knows of an API as data: a row for each operation, and where its credentials come from."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from playground import jsontext
from playground.catalog.model import Entry, Provider
from playground.request.arguments import inputs_of
from playground.schema.flatten import flatten
from playground.schema.mapping import schema_map
from playground.sdk.names import MOST_PARTS, OperationNames
from playground.secrets.schemes import Injection, injections, requirement_of
from playground.secrets.variables import own_secrets


def api_data(provider: Provider, entries: Iterable[tuple[Entry, OperationNames]]) -> dict[str, Any]:
    """Return the data that `client.js` reads as `API`, but for the gateway's address.

    A row is canonical name, alias, name on the wire, number of its credentials, whether it has an input `args`; `0`
    stands for "the same" or "no". A sixth member, where there is one, is the number of its secret parameters.
    """
    security: dict[str, int] = {}
    secrets: dict[str, int] = {}
    rows = []
    for entry, names in entries:
        credentials = jsontext.dumps(_credentials(entry))
        row: list[Any] = [
            names.canonical,
            names.alias or 0,
            0 if names.wire == names.canonical else names.wire,
            security.setdefault(credentials, len(security)),
            int(_declares_args(entry)),
        ]  # fmt: skip
        if secret := _secrets(entry):
            row.append(secrets.setdefault(jsontext.dumps(secret), len(secrets)))
        rows.append(row)
    return {
        "provider": provider.name,
        "path": quote(provider.name, safe=""),
        "mostParts": MOST_PARTS,
        "security": [jsontext.loads(one) for one in security],
        "secrets": [jsontext.loads(one) for one in secrets],
        "operations": rows,
    }


def variables_of(data: dict[str, Any]) -> list[str]:
    """Return the environment variables that any operation's credentials are read from, each once."""
    read = [name for found in data["security"] for one in found for scheme in one for name in scheme["variables"]]
    read += [variable for found in data["secrets"] for _, _, variable in found]
    return list(dict.fromkeys(read))


def _secrets(entry: Entry) -> list[list[Any]]:
    """Return name, wrapper (0: none) and variable of each parameter that is a secret no security scheme fills."""
    found = own_secrets(entry)
    if not found:
        return []
    inputs = inputs_of(entry, None)
    wrappers = {location: name for name, location in inputs.wrappers.items()}
    return [
        [one.name, wrappers[one.location] if len(inputs.locations[one.name]) > 1 else 0, variable]
        for one, variable in found
    ]


def _credentials(entry: Entry) -> list[list[dict[str, Any]]]:
    """Return the alternatives an operation accepts, the default one first; of an API that names none, each scheme."""
    provider, declared = entry.provider, entry.operation.security
    offered = [tuple(use.scheme for use in one) for one in declared or () if one]
    if not offered:
        # Nothing is asked for: what the visitor has is sent all the same, and used where it fits.
        offered = [(scheme.name,) for scheme in provider.security_schemes] if declared is None else []
    default = tuple(use.scheme for use in requirement_of(entry))
    offered.sort(key=lambda names: names != default)
    found = [[_scheme(injection) for injection in injections(entry, names)] for names in offered]
    return [one for one in found if one and all(scheme["variables"] for scheme in one)]


def _scheme(injection: Injection) -> dict[str, Any]:
    return {
        "scheme": injection.scheme.name,
        "kind": injection.kind,
        "name": injection.name,
        "location": injection.location,
        "variables": list(injection.variables),
    }


def _declares_args(entry: Entry) -> bool:
    """Say whether the gateway reads every call of this operation as flat, for its `args` are an input."""
    if any(parameter.name == "args" for parameter in entry.operation.parameters):
        return True
    body = entry.operation.request_body
    return any(
        "args" in schema_map(flatten(one.schema, entry.definitions), "properties")
        for one in (body.media_types if body is not None else ())
    )
