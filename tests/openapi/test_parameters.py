from __future__ import annotations

from typing import Any

import pytest

from playground.catalog.model import Example, Parameter
from tests.openapi.documents import compiled, document, messages, operation

TEXT = {"type": "string"}


def parameters(*described: Any, common: Any = (), path: str = "/a", **more: Any) -> tuple[Parameter, ...]:
    return operation(
        document({path: {"parameters": [*common], "get": {"parameters": [*described]}}}, **more)
    ).parameters


def one(path: str = "/a", **described: Any) -> Parameter:
    (only,) = parameters({"name": "p", "schema": TEXT, **described}, path=path)
    return only


@pytest.mark.parametrize(
    ("location", "style", "explode"),
    [("path", "simple", False), ("query", "form", True), ("header", "simple", False), ("cookie", "form", True)],
)
def test_each_location_has_its_default_style(location: str, style: str, explode: bool) -> None:
    parameter = one(path="/{p}", **{"in": location}) if location == "path" else one(**{"in": location})
    assert (parameter.style, parameter.explode, parameter.required) == (style, explode, location == "path")


@pytest.mark.parametrize(
    ("location", "style"),
    [
        ("path", "matrix"),
        ("path", "label"),
        ("path", "simple"),
        ("query", "form"),
        ("query", "spaceDelimited"),
        ("query", "pipeDelimited"),
        ("query", "deepObject"),
        ("header", "simple"),
        ("cookie", "form"),
        ("cookie", "cookie"),
    ],
)
def test_styles_that_fit_their_location_are_kept(location: str, style: str) -> None:
    parameter = one(path="/{p}" if location == "path" else "/a", style=style, explode=True, **{"in": location})
    assert (parameter.style, parameter.explode) == (style, True)
    assert one(path="/{p}" if location == "path" else "/a", style=style, **{"in": location}).explode == (
        style in ("form", "cookie")
    )


@pytest.mark.parametrize("style", ["deepObject", "nonsense", 7, {}, []])
def test_a_style_illegal_for_its_place_is_a_warning(style: Any) -> None:
    value = document({"/a": {"get": {"parameters": [{"name": "p", "in": "header", "style": style, "schema": TEXT}]}}})
    assert operation(value).parameters[0].style == "simple"
    assert ["/style" in message for message in messages(value)] == [True]


def test_operations_override_what_the_path_gives_in_place() -> None:
    common = [{"name": "a", "in": "query", "schema": TEXT}, {"name": "b", "in": "query", "schema": TEXT}]
    own = [
        {"name": "c", "in": "query"},
        {"name": "a", "in": "query", "description": "own"},
        {"name": "a", "in": "header"},
    ]
    found = [
        (parameter.location, parameter.name, parameter.description) for parameter in parameters(*own, common=common)
    ]
    assert found == [("query", "a", "own"), ("query", "b", ""), ("query", "c", ""), ("header", "a", "")]


def test_header_names_compare_without_case_and_others_with() -> None:
    common = [{"name": "X-A", "in": "header"}, {"name": "q", "in": "query"}]
    found = parameters({"name": "x-a", "in": "header"}, {"name": "Q", "in": "query"}, common=common)
    assert [one.name for one in found] == ["x-a", "q", "Q"]


@pytest.mark.parametrize("name", ["Accept", "Content-Type", "Authorization"])
def test_headers_with_a_meaning_of_their_own_are_kept_as_described(name: str) -> None:
    (parameter,) = parameters({"name": name, "in": "header", "required": True, "schema": TEXT})
    assert (parameter.name, parameter.required) == (name, True)


@pytest.mark.parametrize(
    "name", ["", " ", "a[]", "$filter", "a b", 'x, use filters={"y":1}', "é", "__proto__", ".format"]
)
def test_names_are_kept_as_they_are(name: str) -> None:
    assert parameters({"name": name, "in": "query", "schema": TEXT})[0].name == name


def test_duplicates_are_dropped_with_a_warning() -> None:
    described = [
        {"name": "p", "in": "query", "description": "first"},
        {"name": "p", "in": "query", "description": "second"},
    ]
    value = document({"/a": {"get": {"parameters": [{**one, "schema": TEXT} for one in described]}}})
    assert [parameter.description for parameter in operation(value).parameters] == ["first"]
    assert messages(value) == [
        "warning /paths/~1a/get/parameters/1 "
        'The query parameter "p" is listed twice; the first one is used: remove the other.'
    ]


@pytest.mark.parametrize(
    "broken",
    [
        {"in": "query"},
        {"name": None, "in": "query"},
        {"name": [], "in": "query"},
        {"name": "p"},
        {"name": "p", "in": "body"},
        {"name": "p", "in": "formData"},
        {"name": "p", "in": []},
        {"name": "p", "in": {}},
        {"$ref": "#/components/parameters/missing"},
        {"$ref": "other.yaml"},
        {"$ref": 7},
        {"$ref": "#/components/parameters/circle"},
        "p",
        None,
        7,
        [],
    ],
)
def test_a_broken_parameter_is_a_problem_and_the_others_stay(broken: Any) -> None:
    value = document(
        {"/a": {"get": {"parameters": [broken, {"name": "good", "in": "query", "schema": TEXT}]}}},
        components={"parameters": {"circle": {"$ref": "#/components/parameters/circle"}}},
    )
    assert [parameter.name for parameter in operation(value).parameters] == ["good"]
    (message,) = messages(value)
    assert message.startswith("error /paths/~1a/get/parameters/0")


def test_references_are_followed_and_their_description_wins() -> None:
    components = {
        "parameters": {
            "p": {"$ref": "#/components/parameters/q"},
            "q": {"name": "q", "in": "query", "description": "theirs", "schema": TEXT},
        }
    }
    reference = {"$ref": "#/components/parameters/p"}
    assert parameters(reference, components=components)[0].description == "theirs"
    assert parameters({**reference, "description": "ours"}, components=components)[0].description == "ours"


@pytest.mark.cpu(10)
def test_a_chain_of_ten_thousand_references_ends() -> None:
    chain: dict[str, Any] = {f"p{i}": {"$ref": f"#/components/parameters/p{i + 1}"} for i in range(10_000)}
    chain["p10000"] = {"name": "end", "in": "query", "schema": TEXT}
    assert parameters({"$ref": "#/components/parameters/p0"}, components={"parameters": chain})[0].name == "end"


def test_a_shared_parameter_is_read_once() -> None:
    reference = {"parameters": [{"$ref": "#/components/parameters/p"}]}
    value = document(
        {"/a": {"get": reference}, "/b": {"get": reference}},
        components={"parameters": {"p": {"name": "p", "in": "query", "schema": TEXT}}},
    )
    first, second = compiled(value).catalog.operations
    assert first.parameters[0] is second.parameters[0]


def test_content_parameters_have_a_media_type() -> None:
    content = {"application/json": {"schema": {"type": "object"}, "example": {"a": 1}}}
    (parameter,) = parameters({"name": "p", "in": "query", "content": content})
    assert parameter.media_type == "application/json"
    assert parameter.schema == {"type": "object"}
    assert parameter.examples == (Example(name="", value={"a": 1}),)


@pytest.mark.parametrize(
    ("described", "media_type", "reason"),
    [
        ({"schema": TEXT, "content": {"a/b": {}}}, "", "the schema is used"),
        ({"content": {"a/b": {}, "c/d": {}}}, "a/b", "the first is used"),
        ({}, "", "neither schema nor content"),
        ({"content": {"a/b": 7}}, "a/b", "not an object"),
        ({"content": []}, "", "must be an object"),
    ],
)
def test_odd_contents_are_read_in_the_likeliest_way(described: Any, media_type: str, reason: str) -> None:
    value = document({"/a": {"get": {"parameters": [{"name": "p", "in": "query", **described}]}}})
    assert operation(value).parameters[0].media_type == media_type
    assert reason in messages(value)[0]


@pytest.mark.parametrize("extension", ["x-ms-skip-url-encoding", "x-multi-segment"])
def test_path_values_that_keep_their_slashes(extension: str) -> None:
    assert one(path="/{p}", required=True, **{"in": "path", extension: True}).allow_reserved
    assert not one(path="/{p}", required=True, **{"in": "path", extension: False}).allow_reserved
    assert one(**{"in": "query"}, allowReserved=True).allow_reserved


def test_path_parameters_are_always_required() -> None:
    value = document(
        {"/{p}": {"get": {"parameters": [{"name": "p", "in": "path", "required": False, "schema": TEXT}]}}}
    )
    assert operation(value).parameters[0].required
    assert "not marked as required" in messages(value)[0]


def test_path_variables_that_nothing_describes_become_parameters() -> None:
    found = parameters({"name": "a", "in": "path", "required": True, "schema": TEXT}, path="/{a}/{b:}/{}/x{c}{c}")
    assert [(one.name, one.location, one.required) for one in found] == [
        ("a", "path", True),
        ("b:", "path", True),
        ("c", "path", True),
    ]


def test_variables_of_a_query_in_the_path_may_be_query_parameters() -> None:
    found = parameters({"name": "term", "in": "query", "schema": TEXT}, path="/find?term={term}&n={n}")
    assert [(one.name, one.location) for one in found] == [("term", "query"), ("n", "path")]


def test_examples_come_named_and_unnamed() -> None:
    examples = {
        "a": {"value": 1, "summary": "one"},
        "b": {"$ref": "#/components/examples/b"},
        "c": {"externalValue": "http://127.0.0.1/x"},
        "d": {"$ref": "#/nowhere"},
        "e": {"value": {"$ref": "#/not/a/reference"}},
        "f": {"dataValue": None},
    }
    (parameter,) = parameters(
        {"name": "p", "in": "query", "schema": TEXT, "example": 0, "examples": examples},
        components={"examples": {"b": {"value": "two"}}},
    )
    assert parameter.examples == (
        Example(name="a", value=1, summary="one"),
        Example(name="b", value="two"),
        Example(name="e", value={"$ref": "#/not/a/reference"}),
        Example(name="f", value=None),
        Example(name="", value=0),
    )
