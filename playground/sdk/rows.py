"""The data of an API in the package's module: a row for each operation, and where its credentials come from."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from playground import jsontext
from playground.catalog.model import Entry, Provider
from playground.request.arguments import inputs_of
from playground.schema.flatten import flatten
from playground.schema.mapping import schema_map
from playground.sdk.types import MOST_PARTS, OperationNames
from playground.secrets.schemes import Injection, injections, requirement_of
from playground.secrets.variables import own_secrets


def api_data(provider: Provider, entries: Iterable[tuple[Entry, OperationNames]]) -> dict[str, Any]:
    """Return the data that `client.js` reads as `API`, but for the gateway's address.

    A row is canonical name, alias, name on the wire, number of its credentials, whether it has an input `args`; `0`
    means "the same" or "no". A sixth member, if there is one, is the number of its secret parameters.
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
        "security": list(map(jsontext.loads, security)),
        "secrets": list(map(jsontext.loads, secrets)),
        "operations": rows,
    }


def variables_of(data: dict[str, Any]) -> list[str]:
    """Return the environment variables that any operation's credentials are read from, each once."""
    schemes = [scheme for alternatives in data["security"] for schemes in alternatives for scheme in schemes]
    names = [name for scheme in schemes for name in scheme["variables"]]
    names += [variable for secrets in data["secrets"] for _, _, variable in secrets]
    return list(dict.fromkeys(names))


def _secrets(entry: Entry) -> list[list[Any]]:
    """Return name, wrapper (0: none) and variable of each parameter that is a secret no security scheme fills."""
    secrets = own_secrets(entry)
    if not secrets:
        return []
    inputs = inputs_of(entry, None)
    wrappers = {location: name for name, location in inputs.wrappers.items()}
    return [
        [secret.name, wrappers[secret.location] if len(inputs.locations[secret.name]) > 1 else 0, variable]
        for secret, variable in secrets
    ]


def _credentials(entry: Entry) -> list[list[dict[str, Any]]]:
    """Return the alternatives that an operation accepts, the default first; of an API that names none, each scheme."""
    provider, declared = entry.provider, entry.operation.security
    offered = [tuple(use.scheme for use in alternative) for alternative in declared or () if alternative]
    if not offered:
        # Nothing is asked for: what the visitor has is sent all the same, and used where it fits.
        offered = [(scheme.name,) for scheme in provider.security_schemes] if declared is None else []
    default = tuple(use.scheme for use in requirement_of(entry))
    offered.sort(key=lambda names: names != default)
    alternatives = [[_scheme(injection) for injection in injections(entry, names)] for names in offered]
    return [schemes for schemes in alternatives if schemes and all(scheme["variables"] for scheme in schemes)]


def _scheme(injection: Injection) -> dict[str, Any]:
    return {
        "scheme": injection.scheme.name,
        "kind": injection.kind,
        "name": injection.name,
        "location": injection.location,
        "variables": list(injection.variables),
    }


def _declares_args(entry: Entry) -> bool:
    """Tell whether the gateway reads every call of this operation as flat, since `args` is an input of it."""
    if any(parameter.name == "args" for parameter in entry.operation.parameters):
        return True
    body = entry.operation.request_body
    return any(
        "args" in schema_map(flatten(media_type.schema, entry.definitions), "properties")
        for media_type in (body.media_types if body is not None else ())
    )
