"""Several files are read as one document: below one root, never above it, never from an address."""

from __future__ import annotations

import json
from typing import Any

import pytest

from playground.openapi.compile import Compiled, compile_document
from playground.openapi.join_files import Joined, UnreadableFileError, join_files, names_files
from playground.openapi.problems import LimitError, Limits
from tests.openapi.documents import document

USER = {"type": "object", "properties": {"id": {"type": "integer"}, "boss": {"$ref": "User.json"}}}


def _joined(main: dict[str, Any], files: dict[str, Any], name: str = "openapi.json", **options: Any) -> Joined:
    def read(path: str) -> bytes:
        if path not in files:
            raise UnreadableFileError("there is no such file.")
        content = files[path]
        return content if isinstance(content, bytes) else json.dumps(content).encode()

    return join_files(json.loads(json.dumps(main)), read, name=name, **options)


def _compiled(main: dict[str, Any], files: dict[str, Any], **options: Any) -> Compiled:
    joined = _joined(main, files, **options)
    return compile_document(joined.document, name="test", refused=joined.refused)


def _with_body(schema: Any) -> dict[str, Any]:
    return document({"/a": {"post": {"requestBody": {"content": {"application/json": {"schema": schema}}}}}})


def test_a_schema_in_a_file_is_followed_and_named_after_it() -> None:
    found = _compiled(_with_body({"$ref": "./schemas/User.json"}), {"schemas/User.json": USER})
    assert found.problems == ()
    assert found.catalog.definitions == {
        "User": {"type": "object", "properties": {"id": {"type": "integer"}, "boss": {"$ref": "#/$defs/User"}}}
    }


def test_paths_parameters_and_fragments_lie_where_they_like() -> None:
    main = document({"/a/{id}": {"$ref": "paths/a.json#/~1a~1{id}"}}, components={"schemas": {"S": {"type": "string"}}})
    files = {
        "paths/a.json": {
            "/a/{id}": {
                "parameters": [{"$ref": "../common/inputs.yaml#/parameters/id"}],
                "get": {"responses": {"200": {"$ref": "#/answers/ok"}}},
            },
            "answers": {"ok": {"description": "d", "content": {"text/plain": {"schema": {
                "$ref": "../openapi.json#/components/schemas/S"}}}}},
        },
        "common/inputs.yaml": b"parameters:\n  id: {name: id, in: path, required: true, schema: {type: integer}}\n",
    }  # fmt: skip
    found = _compiled(main, files)
    assert found.problems == ()
    (operation,) = found.catalog.operations
    assert [(parameter.name, parameter.schema) for parameter in operation.parameters] == [("id", {"type": "integer"})]
    assert operation.responses[0].media_types[0].schema == {"$ref": "#/$defs/S"}
    assert found.catalog.definitions == {"S": {"type": "string"}}


def test_files_of_one_name_make_two_definitions() -> None:
    files = {"a/x.json": {"title": "A"}, "b/x.json": {"title": "B"}, "odd ~1%.json": {"title": "C"}}
    schema = {"oneOf": [{"$ref": "a/x.json"}, {"$ref": "b/x.json"}, {"$ref": "odd%20~1%25.json"}]}
    found = _compiled(_with_body(schema), files)
    assert found.problems == ()
    assert [definition["title"] for definition in found.catalog.definitions.values()] == ["A", "B", "C"]  # type: ignore[index]


def test_a_discriminator_may_name_files() -> None:
    pet = {
        "oneOf": [{"$ref": "Cat.json"}],
        "discriminator": {"propertyName": "k", "mapping": {"cat": "Cat.json", "dog": "Dog", "own": "#/x"}},
    }
    joined = _joined(_with_body({"$ref": "Pet.json"}), {"Pet.json": pet, "Cat.json": {"type": "object"}})
    mapping = joined.document["x-playground-files"]["Pet.json"]["discriminator"]["mapping"]
    assert mapping == {
        "cat": "#/x-playground-files/Cat.json", "dog": "Dog", "own": "#/x-playground-files/Pet.json/x",
    }  # fmt: skip


def test_a_problem_in_a_file_names_the_file() -> None:
    found = _compiled(_with_body({"$ref": "s/U.json"}), {"s/U.json": {"type": "strange"}})
    assert [problem.pointer for problem in found.problems] == ["s/U.json#/type"]


@pytest.mark.parametrize(
    ("reference", "reason"),
    [
        ("http://127.0.0.1/a.json", "addresses are not fetched"),
        ("https://example.com/a.json#/b", "addresses are not fetched"),
        ("file:///etc/passwd", "addresses are not fetched"),
        ("C:/a.json", "addresses are not fetched"),
        ("//host/share.json", "addresses are not fetched"),
        ("\\\\host\\share.json", "relative to the file"),
        ("/etc/passwd", "relative to the file"),
        ("a\\..\\b.json", "relative to the file"),
        ("a%00.json", "relative to the file"),
        ("../secrets.yaml", "above"),
        ("..", "above"),
        ("a/../../b.json", "above"),
        ("%2e%2e/secrets.yaml", "above"),
        ("..%2fsecrets.yaml", "above"),
        ("missing.json", "no such file"),
        ("broken.json", "not valid JSON"),
        ("list.json", "a list"),
    ],
)
def test_a_reference_out_of_the_folder_is_refused_with_the_reason(reference: str, reason: str) -> None:
    found = _compiled(_with_body({"$ref": reference}), {"broken.json": b'{"a"', "list.json": []})
    (problem,) = found.problems
    assert problem.severity == "error"
    assert problem.pointer == "/paths/~1a/post/requestBody/content/application~1json/schema/$ref"
    assert reason in problem.message
    assert len(found.catalog.operations) == 1


def test_an_example_that_looks_like_a_reference_is_no_problem() -> None:
    assert _compiled(_with_body({"example": {"$ref": "missing.json"}}), {}).problems == ()


def test_files_in_a_circle_end() -> None:
    files = {"a.json": {"properties": {"b": {"$ref": "b.json"}}}, "b.json": {"properties": {"a": {"$ref": "a.json"}}}}
    found = _compiled(_with_body({"$ref": "a.json"}), files)
    assert set(found.catalog.definitions) == {"a", "b"}
    assert _compiled(_with_body({"$ref": "a.json"}), {"a.json": {"$ref": "a.json"}}).problems


def test_how_many_and_how_much_is_bounded() -> None:
    chain = {f"{index}.json": {"not": {"$ref": f"{index + 1}.json"}} for index in range(100)}
    chain["100.json"] = {}
    assert _joined(_with_body({"$ref": "0.json"}), chain).count == 101
    with pytest.raises(LimitError, match="files"):
        _joined(_with_body({"$ref": "0.json"}), chain, limits=Limits(files=50))
    with pytest.raises(LimitError, match="bytes"):
        _joined(_with_body({"$ref": "0.json"}), chain, limits=Limits(size=1000))
    with pytest.raises(LimitError, match="deep"):
        _joined(_with_body({"$ref": "a.json"}), {"a.json": b'{"a":' * 50 + b"1" + b"}" * 50}, limits=Limits(depth=40))


def test_what_was_joined_once_is_read_again() -> None:
    once = _joined(_with_body({"oneOf": [{"$ref": "a.json"}, {"$ref": "gone.json"}]}), {"a.json": {"title": "A"}})
    again = _joined(once.document, {})
    assert again.document == once.document
    assert (once.count, again.count) == (1, 0)
    found = compile_document(again.document, name="test", refused=again.refused)
    assert found.catalog.definitions == {"a": {"title": "A"}}
    assert len(found.problems) == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (b'{"$ref": "a.json"}', True), (b'{"$ref":"#/a"}', False), (b"$ref: a.yaml", True), (b"$ref: '#/a'", False),
        (b'$ref: "./a"', True), (b'"$ref" : \'a\'', True), (b"$ref: >-\n  a.yaml", True), (b'{"x": "$ref"}', False),
        (b'{"$ref": {"type": "string"}}', True),
    ],
)  # fmt: skip
def test_only_a_document_that_names_files_is_looked_through(text: bytes, expected: bool) -> None:
    assert names_files(text) is expected
