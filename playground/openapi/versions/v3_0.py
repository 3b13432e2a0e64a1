"""OpenAPI 3.0: operations with parameters, request bodies and responses of their own (OpenAPI 3.0.3, section 4.7)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from playground.catalog.model import Parameter, RequestBody, Response
from playground.openapi.content import read_request_body, read_response, status_of
from playground.openapi.document import DocumentReader
from playground.openapi.parameters import merge_parameters, read_parameter, read_parameter_list
from playground.openapi.pointers import Where
from playground.openapi.security import read_security_schemes
from playground.openapi.servers import read_servers
from playground.openapi.versions.base import Inputs, ReadInputs, Version, operations_by_method


def _read_item(reader: DocumentReader, item: Mapping[str, Any], where: Where) -> ReadInputs:
    common = read_parameter_list(reader, item, where, partial(read_parameter, reader))
    return partial(_read_inputs, reader, common)


def _read_inputs(
    reader: DocumentReader, common: tuple[Parameter, ...], operation: Mapping[str, Any], where: Where
) -> Inputs:
    own = read_parameter_list(reader, operation, where, partial(read_parameter, reader))
    body: RequestBody | None = None
    if operation.get("requestBody") is not None:
        place: Where = (where, "requestBody")
        body = reader.shared(operation["requestBody"], place, "request body", partial(read_request_body, reader))
    return merge_parameters(common, own), body


def _read_responses(reader: DocumentReader, operation: Mapping[str, Any], where: Where) -> tuple[Response, ...]:
    responses: list[Response] = []
    for name, value, place in reader.members(operation, "responses", where):
        status = status_of(reader, name, place) if not name.startswith("x-") else None
        if status is not None:
            response = reader.shared(value, place, "response", partial(read_response, reader, status))
            if response is not None:
                # What several share by a reference has the status of the first.
                responses.append(response if response.status == status else replace(response, status=status))
    return tuple(responses)


VERSION = Version(
    name="3.0",
    all_siblings=False,
    operations_of=operations_by_method,
    read_item=_read_item,
    read_responses=_read_responses,
    read_servers=read_servers,
    read_security_schemes=read_security_schemes,
)
