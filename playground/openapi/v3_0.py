"""OpenAPI 3.0: operations with parameters, request bodies and responses of their own (OpenAPI 3.0.3, section 4.7)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from playground.catalog.model import Parameter, RequestBody, Response
from playground.openapi.content import read_request_body, read_response, status_of
from playground.openapi.parameters import merge_parameters, read_parameter, read_parameter_list
from playground.openapi.pointers import Where
from playground.openapi.reading import Reading
from playground.openapi.security import read_security_schemes
from playground.openapi.servers import read_servers
from playground.openapi.version import Inputs, Version, operations_by_method


def _read_common(reading: Reading, item: Mapping[str, Any], where: Where) -> tuple[Parameter, ...]:
    return read_parameter_list(reading, item, where, partial(read_parameter, reading))


def _read_inputs(reading: Reading, common: tuple[Parameter, ...], operation: Mapping[str, Any], where: Where) -> Inputs:
    own = read_parameter_list(reading, operation, where, partial(read_parameter, reading))
    body: RequestBody | None = None
    if operation.get("requestBody") is not None:
        place: Where = (where, "requestBody")
        body = reading.shared(operation["requestBody"], place, "request body", partial(read_request_body, reading))
    return merge_parameters(common, own), body


def _read_responses(reading: Reading, operation: Mapping[str, Any], where: Where) -> tuple[Response, ...]:
    found: list[Response] = []
    for name, value, place in reading.members(operation, "responses", where):
        status = status_of(reading, name, place) if not name.startswith("x-") else None
        if status is not None:
            response = reading.shared(value, place, "response", partial(read_response, reading))
            if response is not None:
                found.append(replace(response, status=status))
    return tuple(found)


VERSION = Version(
    name="3.0",
    all_siblings=False,
    operations_of=operations_by_method,
    read_common=_read_common,
    read_inputs=_read_inputs,
    read_responses=_read_responses,
    read_servers=read_servers,
    read_security_schemes=read_security_schemes,
)
