"""Under a structured field stands what it comes to on the wire."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from playground.catalog.model import Encoding, Entry, MediaType, Operation, Parameter, Provider, RequestBody
from playground.request.build import wire_texts
from playground.request.model import RequestModel


def entry(*parameters: Parameter, media_type: MediaType | None = None) -> Entry:
    body = RequestBody(media_types=(media_type,)) if media_type else None
    operation = Operation(name="x", method="POST", path="/x", parameters=parameters, request_body=body)
    return Entry(provider=Provider(name="p", title="P"), operation=operation, definitions={})


@pytest.mark.parametrize(
    ("parameter", "value", "text"),
    [
        (Parameter(name="f", location="query", style="deepObject", explode=True), {"a": {"b": 1}}, "f%5Ba%5D%5Bb%5D=1"),
        (Parameter(name="f", location="query", style="form", explode=False), ["a", "b c"], "f=a,b%20c"),
        (Parameter(name="f", location="path", style="matrix"), ["a", "b"], ";f=a,b"),
        (Parameter(name="F", location="header", style="simple"), {"a": 1}, "F: a,1"),
        (Parameter(name="f", location="cookie", style="form", explode=True), ["a", "b"], "f=a; f=b"),
    ],
)
def test_parameters(parameter: Parameter, value: Any, text: str) -> None:
    model = RequestModel(parameters={parameter.location: {parameter.name: value}})
    assert wire_texts(entry(parameter), model) == {(parameter.location, parameter.name): text}


def test_properties_of_a_form_body() -> None:
    described = MediaType(
        name="application/x-www-form-urlencoded", encoding={"m": Encoding(style="deepObject", explode=True)}
    )
    model = RequestModel(body={"m": {"k": "v & w"}, "n": "x", "items": [{"price": {"currency": "usd"}}]})
    assert wire_texts(entry(media_type=described), model) == {
        ("body", "m"): "m[k]=v+%26+w",
        ("body", "items"): "items=%7B%22price%22%3A%7B%22currency%22%3A%22usd%22%7D%7D",
    }
    assert wire_texts(entry(media_type=described), replace(model, form_objects="brackets")) == {
        ("body", "m"): "m[k]=v+%26+w",
        ("body", "items"): "items[0][price][currency]=usd",
    }


def test_scalars_json_bodies_and_what_cannot_be_written_have_none() -> None:
    plain = Parameter(name="f", location="query")
    assert wire_texts(entry(plain), RequestModel(parameters={"query": {"f": "a"}})) == {}
    json = entry(media_type=MediaType(name="application/json"))
    assert wire_texts(json, RequestModel(body={"a": [1]})) == {}
    header = Parameter(name="F", location="header")
    assert wire_texts(entry(header), RequestModel(parameters={"header": {"F": ["a\r\nX: y"]}})) == {}
