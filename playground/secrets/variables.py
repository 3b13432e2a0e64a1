"""Environment variables of parameters that are credentials: snippets and the generated package read the same names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from playground.catalog.model import Entry, Parameter
from playground.secrets.detect import is_secret
from playground.secrets.schemes import filled_by_schemes, scheme_injections


@dataclass(frozen=True, slots=True)
class _SecretVariables:
    """Variable names by location and name of their parameters; as a class of its own it has a place in the cache."""

    names: Mapping[tuple[str, str], str]


def secret_variables(entry: Entry) -> Mapping[tuple[str, str], str]:
    """Return, by location and name, the variable that each secret parameter of an operation is read from.

    `SHOP_CLIENT_SECRET`: the provider and the parameter. Where another parameter, or a security scheme of another
    place, has that name, the location is put between: `SHOP_QUERY_ACCESS_TOKEN`.
    """
    return entry.cache.get(_SecretVariables, lambda: _SecretVariables(_secret_variables(entry))).names


def _secret_variables(entry: Entry) -> Mapping[tuple[str, str], str]:
    secret = [parameter for parameter in entry.operation.parameters if is_secret(entry, parameter)]
    if not secret:
        return {}
    taken = {
        variable: (scheme_injection.location, scheme_injection.name.lower())
        for scheme_injection in scheme_injections(entry)
        for variable in scheme_injection.variables
    }
    variables: dict[tuple[str, str], str] = {}
    for parameter in secret:
        place = (parameter.location, parameter.name.lower())
        short = _variable(entry.provider.name, parameter.name)
        name = short
        if taken.get(short, place) != place:
            name = _variable(entry.provider.name, parameter.location, parameter.name)
        number = 2
        while taken.get(name, place) != place:
            name = _variable(entry.provider.name, parameter.location, parameter.name, str(number))
            number += 1
        taken[name] = place
        variables[parameter.location, parameter.name] = name
    return variables


def variables_of_names(entry: Entry, names: Iterable[str]) -> dict[str, str]:
    """Return the variable that code reads each secret variable of a form from: none that a credential has."""
    taken = {variable for injection in scheme_injections(entry) for variable in injection.variables}
    taken |= set(secret_variables(entry).values())
    found: dict[str, str] = {}
    for name in names:
        variable, number = _variable(entry.provider.name, name), 2
        while variable in taken:
            variable = _variable(entry.provider.name, name, str(number))
            number += 1
        taken.add(variable)
        found[name] = variable
    return found


def own_secrets(entry: Entry) -> tuple[tuple[Parameter, str], ...]:
    """Return the secret parameters that no security scheme of the operation fills, each with its variable."""
    variables = secret_variables(entry)
    if not variables:
        return ()
    filled = filled_by_schemes(entry)
    return tuple(
        (parameter, variables[parameter.location, parameter.name])
        for parameter in entry.operation.parameters
        if (parameter.location, parameter.name) in variables
        and (parameter.location, parameter.name.lower()) not in filled
    )


def _variable(*words: str) -> str:
    text = re.sub(r"[^A-Z0-9]+", "_", " ".join(words).upper()).strip("_") or "API_KEY"
    return f"_{text}" if text[0].isdigit() else text
