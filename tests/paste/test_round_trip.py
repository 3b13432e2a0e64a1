"""What our own snippets write, pasted back, is the same request: curl, HAR, HTTP message and .http file.

Models are sampled from the schemas and go through the form first. Two of them count as the same when they differ only
in what their wire cannot say: an empty list or object, or null, in a form or a query leaves no trace there, and a file
is named by a snippet but not held by it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest

from playground import bundled
from playground.catalog.model import Entry
from playground.forms.fill import fill
from playground.forms.parse import parse
from playground.paste.match import match_message
from playground.paste.read import read_message
from playground.paste.recognise import recognise
from playground.request.bodies.form import is_binary, property_schema
from playground.request.build import build_request
from playground.request.errors import RequestError
from playground.request.model import ABSENT, FileValue, RequestModel
from playground.schema.flatten import flatten
from playground.schema.sample import sample
from playground.secrets.mask import mask_model
from playground.snippets.registry import make_snippet
from tests.paste.finding import Described, described
from tests.support.needs import need_spec

OWN = ("accept", "content-type")
"""Header parameters that only repeat what is sent anyway: a message does not tell who said so."""
TARGETS = ("shell_curl", "har", "raw_http", "http_file")


def sampled(entry: Entry) -> RequestModel | None:
    """A model as our snippets show it: `filled` without passwords and parameters that are credentials.

    No snippet shows those, so none can be read back.
    """
    model = filled(entry)
    return None if model is None else mask_model(entry, model)


def filled(entry: Entry) -> RequestModel | None:
    """A model with every input filled, as the form would submit it; `None` if it is no request that can be sent."""
    parameters: dict[Any, dict[str, Any]] = {}
    for parameter in entry.operation.parameters:
        value = sample(parameter.schema, entry.definitions, writing=True)
        parameters.setdefault(parameter.location, {})[parameter.name] = value if value not in ("", None) else "x1"
    described_body, body = entry.operation.request_body, ABSENT
    if described_body is not None and described_body.media_types:
        schema = described_body.media_types[0].schema
        body = with_files(sample(schema, entry.definitions, writing=True), schema, entry)
    model = parse(entry, fill(entry, RequestModel(parameters=parameters, body=body))).model
    try:
        build_request(entry, model)
    except RequestError:
        return None
    return model


def with_files(value: Any, schema: Any, entry: Entry) -> Any:
    """The body with a file wherever the description says bytes; a sample has text there."""
    if is_binary(schema, entry.definitions):
        file = FileValue(filename="a.bin", content=b"\x00\x01")
        return [file] if isinstance(value, list) else file
    if isinstance(value, dict):
        plain = flatten(schema, entry.definitions)
        return {key: with_files(member, property_schema(plain, key), entry) for key, member in value.items()}
    return value


def without_traces(value: Any) -> Any:
    """The value as the wire can say it."""
    if isinstance(value, FileValue):
        return "a file"
    if isinstance(value, dict):
        members = {key: without_traces(member) for key, member in value.items()}
        return {key: member for key, member in members.items() if member not in ({}, []) and member is not None}
    if isinstance(value, list):
        return [one for one in map(without_traces, value) if one not in ({}, [])]
    return value


def said(model: RequestModel) -> tuple[Any, ...]:
    """What two models are compared by; the server is compared by itself."""
    parameters = without_traces(dict(model.parameters))
    headers = {name: value for name, value in parameters.pop("header", {}).items() if name.lower() not in OWN}
    return parameters, headers, without_traces(model.body), model.raw


def lost(place: Described, entry: Entry, model: RequestModel) -> Iterator[str]:
    """Give what is not the same after each of the four snippets was pasted on the provider's page."""
    name = place.catalog.provider.name
    for target in TARGETS:
        text = make_snippet(entry, model, target=target, via="direct", gateway_url=None).text
        (message,) = recognise(text)
        match = match_message(
            message, place.catalog.provider.servers, lambda *asked: place.store.routes(name, *asked), here=None
        )
        if (
            match is None
            or place.entry(match.name).operation.key.partition("#")[0] != entry.operation.key.partition("#")[0]
        ):
            yield f"{target} {entry.operation.key}: matched {match}"
            continue
        reading = read_message(entry, message, match.base)
        again = parse(entry, fill(entry, replace(reading.model, server=None))).model
        # XML and lines of JSON stay text, whose bytes count.
        kept_as_text = again.raw is not None and build_request(entry, again).body == build_request(entry, model).body
        if said(again) != said(model) and not kept_as_text:
            yield f"{target} {entry.operation.key}: {said(model)} became {said(again)}"
        if reading.secrets and any(secret.text for secret in reading.secrets):
            yield f"{target} {entry.operation.key}: the snippet's variable was taken for a secret"


@pytest.mark.parametrize("name", [name for name, _ in bundled.documents()])
def test_every_bundled_operation_comes_back(name: str, tmp_path: Path) -> None:
    with described(dict(bundled.documents())[name], tmp_path, name) as place:
        tried = 0
        for operation in place.catalog.operations:
            entry = place.entry(operation.name)
            model = sampled(entry)
            if model is not None:
                tried += 1
                assert list(lost(place, entry, model)) == []
        assert tried


@pytest.mark.slow
@pytest.mark.parametrize(("name", "count"), [("stripe.json", 120), ("kubernetes.io.json", 40), ("slack.com.json", 40)])
def test_operations_of_real_descriptions_come_back(name: str, count: int, tmp_path: Path) -> None:
    with described(need_spec(name).read_bytes(), tmp_path) as place:
        operations = list(place.catalog.operations)
        Random(4).shuffle(operations)
        found = [line for operation in operations[:count] for line in _lost(place, operation.name)]
        assert found == []


def _lost(place: Described, name: str) -> list[str]:
    entry = place.entry(name)
    model = sampled(entry)
    return list(lost(place, entry, model)) if model is not None else []
