from __future__ import annotations

from typing import Any

import pytest

from playground.catalog.model import Encoding, Example, MediaType, Operation, RequestBody, Response, ResponseHeader
from tests.openapi.documents import compiled, messages, operation, swagger


def of(*parameters: Any, common: Any = (), more: Any = None, **document: Any) -> Operation:
    item = {"parameters": [*common], "post": {"parameters": [*parameters], **(more or {})}}
    return operation(swagger({"/a": item}, **document))


def test_types_on_a_parameter_become_its_schema() -> None:
    described = {
        "name": "p", "in": "query", "description": "d", "type": "integer", "format": "int32", "minimum": 1,
        "exclusiveMinimum": True, "default": 5, "enum": [5, 6], "x-nullable": True, "required": True, "x-example": 6,
        "allowEmptyValue": True,
    }  # fmt: skip
    (parameter,) = of(described).parameters
    assert parameter.schema == {
        "type": ["integer", "null"],
        "format": "int32",
        "exclusiveMinimum": 1,
        "default": 5,
        "enum": [5, 6],
    }
    assert (parameter.required, parameter.description, parameter.allow_empty_value) == (True, "d", True)
    assert parameter.examples == (Example(name="", value=6),)


@pytest.mark.parametrize(
    ("location", "collection", "style", "explode", "warned"),
    [
        ("query", None, "form", False, False),
        ("query", "csv", "form", False, False),
        ("query", "multi", "form", True, False),
        ("query", "ssv", "spaceDelimited", False, False),
        ("query", "pipes", "pipeDelimited", False, False),
        ("query", "tsv", "tabDelimited", False, False),
        ("header", "csv", "simple", False, False),
        ("header", "pipes", "pipeDelimited", False, False),
        ("header", "ssv", "spaceDelimited", False, False),
        ("path", "tsv", "tabDelimited", False, False),
        ("query", "spaces", "form", False, True),
        ("path", None, "simple", False, False),
        ("path", "multi", "simple", False, True),
    ],
)
def test_collection_formats_become_styles(
    location: str, collection: str, style: str, explode: bool, warned: bool
) -> None:
    described = {"name": "p", "in": location, "type": "array", "items": {"type": "string"}, "required": True}
    if collection:
        described["collectionFormat"] = collection
    value = swagger({"/{p}" if location == "path" else "/a": {"get": {"parameters": [described]}}})
    (parameter,) = operation(value).parameters
    assert (parameter.style, parameter.explode) == (style, explode)
    assert parameter.schema == {"type": "array", "items": {"type": "string"}}
    assert bool(messages(value)) is warned


def test_a_body_parameter_becomes_the_body_of_each_consumed_type() -> None:
    body = {"name": "b", "in": "body", "required": True, "description": "d", "schema": {"$ref": "#/definitions/Pet"}}
    definitions = {"Pet": {"type": "object", "discriminator": "kind"}}
    consumes = ["application/json", "application/xml"]
    schema = {"$ref": "#/$defs/Pet"}
    expected = RequestBody(
        media_types=tuple(MediaType(name=name, schema=schema) for name in consumes), required=True, description="d"
    )
    assert of(body, definitions=definitions, consumes=consumes).request_body == expected
    assert of(body, definitions=definitions, more={"consumes": consumes}, consumes=["a/b"]).request_body == expected
    found = of(body, definitions=definitions).request_body
    assert found is not None
    assert [media_type.name for media_type in found.media_types] == ["application/json"]
    value = swagger({"/a": {"post": {"parameters": [body]}}}, definitions=definitions)
    assert compiled(value).catalog.definitions == {"Pet": {"type": "object", "discriminator": {"propertyName": "kind"}}}


def form(name: str, **described: Any) -> dict[str, Any]:
    return {"name": name, "in": "formData", "type": "string", **described}


def test_form_parameters_become_one_object() -> None:
    found = of(
        form("a", required=True, description="d"),
        form("list", type="array", items={"type": "integer"}, collectionFormat="multi"),
        form("csv", type="array", items={"type": "integer"}),
        common=[form("common"), form("a", description="overridden")],
    ).request_body
    schema = {
        "type": "object",
        "properties": {
            "common": {"type": "string"},
            "a": {"type": "string", "description": "d"},
            "list": {"type": "array", "items": {"type": "integer"}},
            "csv": {"type": "array", "items": {"type": "integer"}},
        },
        "required": ["a"],
    }
    encoding = {"list": Encoding(style="form", explode=True), "csv": Encoding(style="form", explode=False)}
    name = "application/x-www-form-urlencoded"
    assert found is not None
    assert found.required
    assert [(media_type.name, media_type.encoding) for media_type in found.media_types] == [(name, encoding)]
    read = found.media_types[0].schema
    assert isinstance(read, dict)
    assert sorted(read["properties"]) == sorted(schema["properties"])
    assert {**read, "properties": {}} == {**schema, "properties": {}}
    assert read["properties"] == schema["properties"]


def test_what_stands_on_a_form_parameter_reaches_its_property() -> None:
    described = {"x-deprecated": True, "x-example": 5, "description": "d"}
    found = of(form("a", **described), form("b", schema={"type": "integer"}, type=None)).request_body
    assert found is not None
    schema = found.media_types[0].schema
    assert isinstance(schema, dict)
    assert schema["properties"]["a"] == {"type": "string", "description": "d", "deprecated": True, "example": 5}


def test_examples_of_a_list_parameter_keep_their_names_and_its_own_default_stays() -> None:
    more = {"x-examples": {"few": ["a"], "many": {"summary": "Many", "value": ["a", "b"]}}, "x-example": "a,b"}
    read = of({"name": "q", "in": "query", "type": "array", "items": {"type": "string"}, "x-default": ["z"], **more})
    (parameter,) = read.parameters
    assert [(example.name, example.summary, example.value) for example in parameter.examples] == [
        ("few", "", ["a"]), ("many", "Many", ["a", "b"]), ("", "", "a,b"),
    ]  # fmt: skip
    assert parameter.schema == {"type": "array", "items": {"type": "string"}, "x-default": ["z"]}


@pytest.mark.parametrize(
    ("consumes", "file", "names"),
    [
        (None, False, ["application/x-www-form-urlencoded"]),
        (None, True, ["multipart/form-data"]),
        (["application/json", "multipart/form-data"], False, ["multipart/form-data"]),
        (["application/x-www-form-urlencoded", "multipart/form-data"], True, ["multipart/form-data"]),
        (
            ["application/x-www-form-urlencoded", "multipart/form-data"],
            False,
            ["application/x-www-form-urlencoded", "multipart/form-data"],
        ),
        (["application/json"], True, ["multipart/form-data"]),
    ],
)
def test_forms_are_sent_as_forms(consumes: Any, file: bool, names: list[str]) -> None:
    more = {"consumes": consumes} if consumes else {}
    found = of(form("f", type="file") if file else form("f"), more=more).request_body
    assert found is not None
    assert [media_type.name for media_type in found.media_types] == names
    schema = found.media_types[0].schema
    assert isinstance(schema, dict)
    assert schema["properties"]["f"] == ({"type": "string", "format": "binary"} if file else {"type": "string"})


def test_an_operations_own_body_stands_above_the_paths_form_and_the_other_way_round() -> None:
    body = {"name": "b", "in": "body", "schema": {"type": "object"}}
    first = of(body, common=[form("f")]).request_body
    second = of(form("f"), common=[body]).request_body
    assert first is not None
    assert second is not None
    assert [first.media_types[0].name, second.media_types[0].name] == [
        "application/json",
        "application/x-www-form-urlencoded",
    ]
    both = swagger({"/a": {"post": {"parameters": [body, form("f")]}}})
    assert "form parameters are left out" in messages(both)[0]


def test_parameters_by_reference_of_every_kind() -> None:
    shared = {
        "q": {"name": "q", "in": "query", "type": "string"},
        "b": {"name": "b", "in": "body", "schema": {"type": "object"}},
        "f": form("f"),
    }
    for name in shared:
        value = swagger({"/a": {"post": {"parameters": [{"$ref": f"#/parameters/{name}"}]}}}, parameters=shared)
        assert messages(value) == []
        found = operation(value)
        assert bool(found.parameters) is (name == "q")
        assert bool(found.request_body) is (name != "q")
    assert len(messages(swagger({"/a": {"post": {"parameters": [{"$ref": "#/parameters/x"}]}}}))) == 1


@pytest.mark.parametrize(
    "broken", [7, {}, {"name": "p"}, {"name": "p", "in": "cookie"}, {"name": [], "in": "formData"}, {"in": []}]
)
def test_broken_parameters_are_problems(broken: Any) -> None:
    value = swagger({"/a": {"post": {"parameters": [broken, {"name": "q", "in": "query", "type": "string"}]}}})
    assert [parameter.name for parameter in operation(value).parameters] == ["q"]
    assert messages(value)


def test_responses_have_the_produced_types() -> None:
    responses = {
        "200": {
            "description": "ok",
            "schema": {"type": "string"},
            "headers": {"X-A": {"type": "integer", "description": "d"}},
            "examples": {"text/csv": "a,b", "application/json": {"a": 1}},
        },
        "204": {"description": "none"},
        "default": {"$ref": "#/responses/error"},
    }
    shared = {"error": {"description": "bad", "schema": {"type": "file"}}}
    found = of(more={"responses": responses, "produces": ["application/json"]}, responses=shared).responses
    text = {"type": "string"}
    assert found == (
        Response(
            status="200",
            description="ok",
            media_types=(
                MediaType(name="application/json", schema=text, examples=(Example(name="", value={"a": 1}),)),
                MediaType(name="text/csv", schema=text, examples=(Example(name="", value="a,b"),)),
            ),
            headers=(ResponseHeader(name="X-A", schema={"type": "integer"}, description="d"),),
        ),
        Response(status="204", description="none"),
        Response(
            status="default",
            description="bad",
            media_types=(MediaType(name="application/json", schema={"type": "string", "format": "binary"}),),
        ),
    )
    binary = of(more={"responses": {"200": {"schema": {"type": "file"}}}}).responses
    assert [media_type.name for media_type in binary[0].media_types] == ["application/octet-stream"]
    plain = of(more={"responses": {"200": {"schema": {"type": "object"}}}}).responses
    assert [media_type.name for media_type in plain[0].media_types] == ["application/json"]


def test_slashes_in_path_values() -> None:
    described = {"name": "p", "in": "path", "type": "string", "required": True, "x-ms-skip-url-encoding": True}
    value = swagger({"/{p}": {"get": {"parameters": [described]}}})
    assert operation(value).parameters[0].allow_reserved
