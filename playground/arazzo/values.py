"""The values that a step sends, with its expressions and selectors replaced."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from playground import jsontext
from playground.arazzo.criteria import ConditionError, selected
from playground.arazzo.document import Parameter, Step
from playground.arazzo.expressions import MISSING, Found, Scope, descend, evaluate, fill, is_expression, set_at


def value_of(value: Any, scope: Scope, missing: list[str]) -> Any:
    """Return a value with its expressions, or its selectors (1.1), replaced."""
    if isinstance(value, Mapping) and isinstance(value.get("selector"), str) and isinstance(value.get("context"), str):
        found = _selected(value, scope)
        if found is MISSING:
            missing.append(value["selector"])
            return None
        return found
    if isinstance(value, Mapping):
        return {name: value_of(member, scope, missing) for name, member in value.items()}
    if isinstance(value, list):
        return [value_of(member, scope, missing) for member in value]
    return fill(value, scope, missing)


def _selected(value: Mapping[str, Any], scope: Scope) -> Found:
    kind = value.get("type")
    kind = kind.get("type") if isinstance(kind, Mapping) else kind
    context = evaluate(value["context"], scope)
    if context is MISSING:
        return MISSING
    if kind == "jsonpointer":
        return descend(context, "#" + value["selector"])
    if kind != "jsonpath":
        return MISSING
    try:
        found = selected(value["selector"], context)
    except ConditionError:
        return MISSING
    return MISSING if not found else found[0] if len(found) == 1 else found


def payload_of(step: Step, scope: Scope, missing: list[str]) -> Any:
    """Return what a step sends as content: JSON written as a text is read first, so that values keep their types."""
    if step.body is None:
        return MISSING
    payload = step.body.payload
    kind = (step.body.content_type or "json").lower()
    if isinstance(payload, str) and not is_expression(payload) and "json" in kind and payload.strip()[:1] in ("{", "["):
        try:
            payload = jsontext.loads(payload)
        except jsontext.JSONTextError:
            payload = step.body.payload
    value = _without_gone(payload, scope, missing)
    for target, new in step.body.replacements:
        gone: list[str] = []
        put = value_of(new, scope, gone)
        missing += gone
        if not gone:
            try:
                value = set_at(None if value is MISSING else value, target, put)
            except KeyError:
                missing.append(target)
    return value


def _without_gone(payload: Any, scope: Scope, missing: list[str]) -> Any:
    """Return the payload with its expressions replaced; a member whose expression has no value is left out."""
    if isinstance(payload, Mapping) and "selector" not in payload:
        members = {}
        for name, member in payload.items():
            gone: list[str] = []
            value = _without_gone(member, scope, gone)
            missing += gone
            if value is not MISSING:
                members[name] = value
        return members
    gone = []
    value = value_of(payload, scope, gone)
    missing += gone
    return MISSING if gone and value is None else value


def defaults_of(schema: Mapping[str, Any]) -> dict[str, Any]:
    """Return the default values that a schema of inputs gives."""
    properties = schema.get("properties")
    members = properties.items() if isinstance(properties, Mapping) else ()
    return {name: member["default"] for name, member in members if isinstance(member, Mapping) and "default" in member}


def parameter_values(
    parameters: tuple[Parameter, ...], scope: Scope, missing: list[str]
) -> list[tuple[Parameter, Any]]:
    """Return the parameters that have a value; expressions without one are added to `missing`."""
    values = []
    for parameter in parameters:
        gone: list[str] = []
        value = value_of(parameter.value, scope, gone)
        missing += [name for name in gone if name not in missing]
        if not gone or value is not None:
            values.append((parameter, value))
    return values
