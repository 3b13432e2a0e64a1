"""Rules of paths, operations and parameters: each broken one is told with its place and a remedy."""

from __future__ import annotations

from typing import Any

import pytest

from tests.openapi.rules.whole import ABSENT, broken, found

POST = "/paths/~1a~1{id}/post"
PLAIN = {"type": "string"}
BODY = {"name": "b", "in": "body", "schema": {"type": "object"}}
PATH_ID = {"name": "id", "in": "path", "required": True, "schema": PLAIN}
QUERY = {"name": "q", "in": "query", "schema": PLAIN}
WHOLE_QUERY = {"name": "w", "in": "querystring", "content": {"application/json": {"schema": {}}}}
OK = {"responses": {"200": {"description": "d"}}}


B = "/paths/~1b/get/parameters/0"
IN_CONTENT = {"name": "c", "in": "query", "content": {"text/plain": {}}}
HEADER_2_0 = "/paths/~1a~1{id}/post/responses/200/headers/X"


def _item(*parameters: Any, **more: Any) -> dict[str, Any]:
    return {"get": {"parameters": list(parameters), **OK, **more}}


@pytest.mark.parametrize(
    ("family", "pointer", "value", "place", "piece"),
    [
        ("3.0", "/paths/~1b~1{x}~1{x}", _item({**PATH_ID, "name": "x"}), "/paths/~1b~1{x}~1{x}", "{x} twice"),
        ("2.0", "/paths/~1b~1{}", {"get": OK}, "/paths/~1b~1{}", "a variable without a name"),
        ("3.1", "/paths/~1a~1{key}", _item({**PATH_ID, "name": "key"}), "/paths/~1a~1{key}", "names of its variables"),
        ("3.0", "/paths/~1b", _item(PATH_ID), "/paths/~1b/get/parameters/0", "The path has no {id}"),
        ("3.0", "/paths/~1b", {"parameters": [PATH_ID], "get": OK}, "/paths/~1b/parameters/0", "The path has no {id}"),
        (
            "2.0",
            "/paths/~1b",
            {"get": {"parameters": [{"name": "id", "in": "path", "required": True, "type": "string"}], **OK}},
            "/paths/~1b/get/parameters/0",
            "The path has no {id}",
        ),
        (
            "3.0",
            "/paths/~1b~1{id}",
            _item({**PATH_ID, "required": False}),
            "/paths/~1b~1{id}/get/parameters/0",
            "required",
        ),
        ("2.0", "/paths/~1a~1{id}/parameters/0/required", ABSENT, "/paths/~1a~1{id}/parameters/0", "required: true"),
        ("3.2", "/paths/~1c/get", {"parameters": [QUERY, WHOLE_QUERY]}, "/paths/~1c/get/parameters/1", "whole query"),
        ("3.2", "/paths/~1c/get", {"parameters": [WHOLE_QUERY, QUERY]}, "/paths/~1c/get/parameters/1", "whole query"),
        (
            "3.2",
            "/paths/~1c",
            {"parameters": [QUERY], "get": {"parameters": [WHOLE_QUERY]}},
            "/paths/~1c/get/parameters/0",
            "whole query",
        ),
        (
            "3.2",
            "/paths/~1c/get",
            {"parameters": [WHOLE_QUERY, {**WHOLE_QUERY, "name": "v"}]},
            "/paths/~1c/get/parameters/1",
            "two querystring parameters",
        ),
        (
            "3.2",
            "/paths/~1c/get/parameters",
            [{"name": "w", "in": "querystring", "schema": PLAIN, "content": {"a/b": {}}}],
            "/paths/~1c/get/parameters/0/schema",
            "described by content",
        ),
        ("3.2", "/paths/~1c/additionalOperations", {"GET": OK}, "/paths/~1c/additionalOperations/GET", "rename it"),
        ("3.2", "/paths/~1c/additionalOperations", {"a b": OK}, "/paths/~1c/additionalOperations/a b", "rename it"),
        ("3.0", f"{POST}/responses", {}, f"{POST}/responses", "at least one response"),
        ("2.0", f"{POST}/responses", {"x-a": 1}, f"{POST}/responses", "at least one response"),
        ("3.0", f"{POST}/responses", ABSENT, POST, 'no "responses"'),
        ("2.0", f"{POST}/responses/2XX", {"description": "d"}, f"{POST}/responses/2XX", "no status code"),
        ("3.1", f"{POST}/responses/600", {"description": "d"}, f"{POST}/responses/600", "not a status"),
        ("3.0", "/paths/~1b/get", {**OK, "operationId": "op"}, "/paths/~1b/get/operationId", "used twice"),
        ("3.1", "/webhooks/w/post/operationId", "op", "/webhooks/w/post/operationId", "used twice"),
        ("3.0", "/paths/~1b", _item(QUERY, QUERY), "/paths/~1b/get/parameters/1", "listed twice"),
        (
            "3.0",
            "/paths/~1b",
            _item({**QUERY, "in": "header"}, {**QUERY, "in": "header", "name": "Q"}),
            "/paths/~1b/get/parameters/1",
            "listed twice",
        ),
        ("3.0", "/components/parameters/P/in", "query ", "/components/parameters/P/in", "correct it"),
        ("3.0", "/components/parameters/P/schema", ABSENT, "/components/parameters/P", "add a schema"),
        (
            "3.0",
            "/components/parameters/P/content",
            {"a/b": {}},
            "/components/parameters/P/content",
            "remove one of them",
        ),
        (
            "3.0",
            "/components/parameters/N",
            {"name": "n", "in": "query", "content": {"a/b": {}, "c/d": {}}},
            "/components/parameters/N/content",
            "one media type, not 2",
        ),
        (
            "3.1",
            "/components/parameters/N",
            {"name": "n", "in": "query", "style": "form", "content": {"a/b": {}}},
            "/components/parameters/N/style",
            "no effect on a parameter with content",
        ),
        (
            "3.0",
            "/components/parameters/N",
            {"name": "n", "in": "header", "schema": {}, "allowReserved": True},
            "/components/parameters/N/allowReserved",
            "no effect on a header parameter",
        ),
        (
            "3.0",
            "/components/parameters/N",
            {"name": "n", "in": "header", "schema": {}, "allowEmptyValue": True},
            "/components/parameters/N/allowEmptyValue",
            "for query parameters",
        ),
        (
            "3.2",
            "/components/parameters/N",
            {"name": "a b", "in": "header", "schema": {}},
            "/components/parameters/N/name",
            "header field",
        ),
        (
            "3.0",
            f"{POST}/responses/200/headers/X Y",
            {"schema": {}},
            f"{POST}/responses/200/headers/X Y",
            "header field",
        ),
        ("3.0", "/paths/~1b", _item({**IN_CONTENT, "example": 1}), f"{B}/example", "into its media type"),
        ("3.1", "/paths/~1b", _item({**IN_CONTENT, "examples": {}}), f"{B}/examples", "into its media type"),
        (
            "3.0",
            "/components/headers/N",
            {"content": {"text/plain": {}}, "example": 1},
            "/components/headers/N/example",
            "into its media type",
        ),
        (
            "2.0",
            "/paths/~1b",
            {"post": {"parameters": [{"name": "b", "in": "body", "schema": {}, "maximum": 1}], **OK}},
            "/paths/~1b/post/parameters/0/maximum",
            "move it into its schema",
        ),
        ("2.0", f"{HEADER_2_0}/collectionFormat", "multi", f"{HEADER_2_0}/collectionFormat", "write csv"),
        ("3.0", "/components/headers/H/schema", ABSENT, "/components/headers/H", "a schema or a content"),
        ("3.1", "/components/headers/H/name", "h", "/components/headers/H/name", "not a field of the Header Object"),
        ("3.1", "/components/headers/H/allowReserved", True, "/components/headers/H/allowReserved", "not a field"),
    ],
)
def test_a_broken_rule_of_operations_is_told(family: str, pointer: str, value: Any, place: str, piece: str) -> None:
    problems = found(broken(family, (pointer, value)))
    assert [(where, piece in message) for where, message in problems] == [(place, True)], problems


@pytest.mark.parametrize(
    ("family", "parameters", "place", "piece"),
    [
        ("2.0", [BODY, {**BODY, "name": "c"}], 1, "two body parameters"),
        ("2.0", [BODY, {"name": "f", "in": "formData", "type": "string"}], 1, "a body and form parameters"),
        ("2.0", [{"name": "f", "in": "formData", "type": "string"}, BODY], 0, "a body and form parameters"),
        ("2.0", [{"name": "f", "in": "formData", "type": "file"}], None, "must consume multipart/form-data"),
        ("2.0", [{"name": "a", "in": "query", "type": "array"}], 0, "An array needs items"),
        ("2.0", [{"name": "a", "in": "query", "type": "object"}], "0/type", "must be one of string, number"),
        ("2.0", [{"name": "a", "in": "query"}], 0, "has no type"),
        ("2.0", [{"name": "a", "in": "query", "type": "file"}], "0/type", "in formData only"),
        ("2.0", [{"name": "a", "in": "query", "type": "string", "schema": {}}], "0/schema", "Only a body parameter"),
        ("2.0", [{"name": "a", "in": "body"}], 0, "needs a schema"),
        ("2.0", [{"name": "a", "in": "body", "schema": {"type": "file"}}], "0/schema", "sent in formData"),
        ("2.0", [{"name": "a", "in": "body", "schema": {}, "type": "string"}], "0/type", "into its schema"),
        (
            "2.0",
            [{"name": "a", "in": "header", "type": "array", "items": {"type": "string"}, "collectionFormat": "multi"}],
            "0/collectionFormat",
            "write csv",
        ),
        (
            "2.0",
            [
                {
                    "name": "a",
                    "in": "query",
                    "type": "array",
                    "items": {"type": "array", "items": {"type": "string"}, "collectionFormat": "multi"},
                }
            ],
            "0/items/collectionFormat",
            "nested arrays",
        ),
    ],
)
def test_a_broken_rule_of_parameters_of_2_0_is_told(family: str, parameters: Any, place: Any, piece: str) -> None:
    problems = found(broken(family, ("/paths/~1b/get", {"parameters": parameters, **OK})))
    where = "/paths/~1b/get" + ("" if place is None else f"/parameters/{place}")
    assert [(pointer, piece in message) for pointer, message in problems] == [(where, True)], problems


def test_parameters_of_a_path_item_count_for_its_operations() -> None:
    item = {"parameters": [BODY], "post": {"parameters": [{**BODY, "name": "other"}], **OK}, "get": OK}
    problems = found(broken("2.0", ("/paths/~1b", item)))
    assert [place for place, _ in problems] == ["/paths/~1b/post/parameters/0"]
    item["post"]["parameters"] = [BODY]  # type: ignore[index]
    assert found(broken("2.0", ("/paths/~1b", item))) == []
    item = {"parameters": [{"name": "f", "in": "formData", "type": "file"}], "post": OK}
    (problem,) = found(broken("2.0", ("/paths/~1b", item)))
    assert problem[0] == "/paths/~1b/post"
    assert found(broken("2.0", ("/paths/~1b", item), ("/consumes", ["multipart/form-data"]))) == []


@pytest.mark.cpu(20)
def test_the_cost_is_linear_in_the_parameters() -> None:
    parameters = [{"name": f"p{number}", "in": "query", "schema": PLAIN} for number in range(20_000)]
    assert found(broken("3.0", ("/paths/~1b", _item(*parameters)))) == []
