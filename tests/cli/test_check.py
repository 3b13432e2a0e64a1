"""`playground check` on what real descriptions never hold: the problem with its pointer, in bounded time and memory.

The documents run in child processes with limits on memory and CPU time; a child that dies fails its test.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import ROOT

BODY = "/paths/~1a/post/requestBody/content/application~1json"


def _document(paths: Mapping[str, Any], **more: Any) -> dict[str, Any]:
    return {"openapi": "3.1.0", "info": {"title": "T", "version": "1"}, "paths": dict(paths), **more}


def _body(schema: Any, schemas: Mapping[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    content = {"application/json": {"schema": schema, **more}}
    return _document({"/a": {"post": {"requestBody": {"content": content}}}}, components={"schemas": schemas or {}})


def _parameters(*listed: Any, path: str = "/a") -> dict[str, Any]:
    return _document({path: {"get": {"parameters": list(listed)}}})


def _parameter(place: str = "query", **more: Any) -> dict[str, Any]:
    return {"name": "p", "in": place, "schema": {"type": "string"}, **more}


def _servers(*urls: str, **more: Any) -> dict[str, Any]:
    return _document({"/a": {"get": {}}}, servers=[{"url": url, **more} for url in urls])


def _multipart(**encoding: Any) -> dict[str, Any]:
    schema = {"type": "object", "properties": {"f": {"type": "string"}}}
    content = {"multipart/form-data": {"schema": schema, "encoding": {"f": encoding}}}
    return _document({"/a": {"post": {"requestBody": {"content": content}}}})


_FLOW = "/components/securitySchemes/o/flows/authorizationCode"
_QUERY = "/paths/~1a/get/parameters"

pytestmark = pytest.mark.xdist_group("check")  # documents are checked together, once

NEVER: dict[str, tuple[dict[str, Any], tuple[str, ...]]] = {
    "cookie": (_parameters(_parameter("cookie")), ()),
    "matrix": (_parameters(_parameter("path", style="matrix", required=True), path="/a/{p}"), ()),
    "label": (_parameters(_parameter("path", style="label", required=True), path="/a/{p}"), ()),
    "style illegal for its place": (_parameters(_parameter(style="matrix")), (f"warning {_QUERY}/0/style",)),
    "neither schema nor content": (_parameters({"name": "p", "in": "query"}), (f"warning {_QUERY}/0",)),
    "schema and content": (_parameters(_parameter(content={"a/b": {}})), (f"warning {_QUERY}/0/content",)),
    "parameter twice": (_parameters(_parameter(), _parameter()), (f"warning {_QUERY}/1",)),
    "in body": (_parameters(_parameter("body")), (f"error {_QUERY}/0/in",)),
    "path not required": (
        _parameters(_parameter("path"), path="/a/{p}"), ("warning /paths/~1a~1{p}/get/parameters/0",),
    ),
    "encoding headers": (_multipart(headers={"X-A": {"schema": {"type": "string"}}}), ()),
    "externalValue": (
        _body({}, examples={"e": {"externalValue": "http://127.0.0.1/x"}}), (f"warning {BODY}/examples/e",),
    ),
    "patternProperties": (_body({"patternProperties": {"^(a+)+$": {"type": "string"}}}), ()),
    "prefixItems": (_body({"prefixItems": [{"type": "string"}]}), ()),
    "items as a list": (
        _body({"type": "array", "items": [{"type": "string"}, {}]}), (f"warning {BODY}/schema/items",),
    ),
    "if, then, else": (_body({"if": {"required": ["a"]}, "then": {"required": ["b"]}, "else": False}), ()),
    "names of objects": (_body({"properties": {"__proto__": {}, "constructor": {}, "": {}}}), ()),
    "not, const, true and false": (_body({"not": {}, "properties": {"a": {"const": 1}, "b": True, "c": False}}), ()),
    "external reference": (_body({"$ref": "missing.json#/a"}), (f"error {BODY}/schema/$ref",)),
    "broken reference": (_body({"$ref": "#/components/schemas/No"}), (f"error {BODY}/schema/$ref",)),
    "null reference": (_body({"$ref": None}), (f"error {BODY}/schema/$ref",)),
    "bare cycle": (
        _body({"$ref": "#/components/schemas/A"},
              {"A": {"$ref": "#/components/schemas/B"}, "B": {"$ref": "#/components/schemas/A"}}),
        ("error /components/schemas/A",),
    ),
    "reference beyond ASCII": (
        _body({"$ref": "#/components/schemas/Größe"}, {"Größe": {}}), ("warning /components/schemas/Größe",),
    ),
    "operationId twice": (
        _document({"/a": {"get": {"operationId": "x"}, "post": {"operationId": "x"}}}),
        ("warning /paths/~1a/post/operationId",),
    ),
    "body of TRACE": (
        _document({"/a": {"trace": {"requestBody": {"content": {"a/b": {}}}}}}),
        ("warning /paths/~1a/trace/requestBody",),
    ),
    "undeclared scheme": (
        _document({"/a": {"get": {"security": [{"no": []}]}}}), ("warning /paths/~1a/get/security/0/no",),
    ),
    "OAuth flow without addresses": (
        _document({}, components={"securitySchemes": {"o": {"type": "oauth2", "flows": {"authorizationCode": {}}}}}),
        (
            f"warning {_FLOW}/authorizationUrl",
            f"warning {_FLOW}/tokenUrl",
            f"warning {_FLOW}",
        ),
    ),
    "server variable undeclared": (_servers("https://{h}/x"), ("warning /servers/0/variables",)),
    "server variable without default": (
        _servers("https://{h}/x", variables={"h": {"enum": ["a"]}}), ("warning /servers/0/variables/h/default",),
    ),
    "server with a password": (_servers("https://u:secret@a.example/x"), ("warning /servers/0/url",)),
    "server with a query": (_servers("https://a.example/x?k=v"), ("warning /servers/0/url",)),
    "ws server": (_servers("ws://a.example", "https://a.example"), ("error /servers/0/url",)),
    "unbalanced braces": (_document({"/a/{b": {"get": {}}}), ("warning /paths/~1a~1{b",)),
    "odd paths": (_document({"/a%2Fb/*/[c]/é": {"get": {}}, "/%": {"get": {}}}), ()),
    "no paths": ({"openapi": "3.0.0", "info": {"title": "T", "version": "1"}}, ("error ",)),
    "javascript link": (
        _document({}, externalDocs={"url": "javascript:alert(1)"}), ("warning /externalDocs/url",),
    ),
    "hx attributes": (_document({"/a": {"get": {"description": "<b hx-get='/x'>x</b>"}}}), ()),
}  # fmt: skip


def _check(*paths: Path) -> list[dict[str, Any]]:
    command = [sys.executable, "-m", "tests.cli.checking", *map(str, paths)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.fixture(scope="module")
def never(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """Every document of the table, checked in one child process."""
    folder = tmp_path_factory.mktemp("never")
    paths = [folder / f"{index}.json" for index in range(len(NEVER))]
    for path, (document, _) in zip(paths, NEVER.values(), strict=True):
        path.write_text(json.dumps(document))
    return dict(zip(NEVER, _check(*paths), strict=True))


@pytest.mark.parametrize("name", list(NEVER))
def test_what_real_descriptions_never_hold_is_read_or_told(never: dict[str, dict[str, Any]], name: str) -> None:
    expected = NEVER[name][1]
    answer = never[name]
    assert tuple(f"{severity} {pointer}" for severity, pointer, _ in answer["problems"]) == expected
    assert answer["status"] == int(any(one.startswith("error") for one in expected))
    assert answer["work"] < 300
    assert "secret" not in json.dumps(answer)


_BOMB = "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"a{index}: &a{index} [{','.join([f'*a{index - 1}'] * 10)}]\n" for index in range(1, 25)
)
_MERGES = "a0: &a0 {k: v}\n" + "".join(
    f"a{index}: &a{index} {{<<: [{', '.join([f'*a{index - 1}'] * 8)}]}}\n" for index in range(1, 25)
)
_TOP = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths: {}\n"
_CHAIN = {f"S{index}": {"$ref": f"#/components/schemas/S{index + 1}"} for index in range(10_000)} | {"S10000": {}}
_FAN = {
    f"S{index}": {"oneOf": [{"$ref": f"#/components/schemas/S{index + 1}"}] * 10} for index in range(30)
} | {"S30": {}}  # fmt: skip
_CYCLES = {
    "Self": {"properties": {"a": {"$ref": "#/components/schemas/Self"}}},
    "One": {"allOf": [{"$ref": "#/components/schemas/Two"}]},
    "Two": {"items": {"$ref": "#/components/schemas/Three"}, "allOf": [{"$ref": "#/components/schemas/One"}]},
    "Three": {"additionalProperties": {"$ref": "#/components/schemas/One"}},
}


def _references(schemas: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return _body({"oneOf": [{"$ref": f"#/components/schemas/{name}"} for name in names]}, schemas)


def _pairs(count: int) -> str:
    return "{" + ",".join(f'"k{index}":1' for index in range(count)) + "}"


# security.md, the table of hostile inputs, rows 47 to 52: a text, the exit status, words of the first error.
HOSTILE: dict[str, tuple[Callable[[], Any], int, str]] = {
    "47 alias bomb": (lambda: _TOP + _BOMB, 1, "limit"),
    "47 merge bomb": (lambda: _TOP + _MERGES, 1, "limit"),
    "47 brackets": (lambda: "[" * 200_000, 1, "limit of 200 levels"),
    "47 nested maps": (lambda: "".join(" " * index + "a:\n" for index in range(3000)), 1, "limit of 200 levels"),
    "47 tags": (lambda: _TOP + "x: !!python/object/apply:os.system [id]\n", 1, "tag"),
    "47 complex key": (lambda: _TOP + "? [a, b]\n: c\n", 1, "key"),
    "47 anchor in a key": (lambda: _TOP + "&k key: *k\n", 0, ""),
    "47 several documents": (lambda: _TOP + "---\n" + _TOP, 1, "second document"),
    "47 tabs": (lambda: _TOP + "\tx: 1\n", 1, "YAML"),
    "47 words of 1.1": (lambda: _TOP + "x-a: [no, on, 012, 1:30, 0o17, .inf]\n", 0, ""),
    "48 many keys": (lambda: '{"openapi":"3.1.0","paths":{},"x":' + _pairs(1_000_000) + "}", 0, ""),
    "48 keys of objects": (
        lambda: '{"openapi":"3.1.0","paths":{},"__proto__":{},"constructor":1,"Paths":2,"PATHS":3}',
        0,
        "",
    ),
    "48 keys twice": (
        lambda: '{"openapi":"3.1.0","paths":{},"x":{' + '"k":{"a":1},' * 2_000_000 + '"z":1}}',
        1,
        "stands twice",
    ),
    "48 brackets": (lambda: '{"a":' + "[" * 100_000, 1, "JSON"),
    "49 size": (lambda: _TOP + "x: " + "a" * 101_000_000, 1, "100,000,000 bytes"),
    "49 operations": (lambda: _document({f"/{index}": {"get": {}} for index in range(20_000)}), 0, ""),
    "49 too many operations": (lambda: _document({f"/{index}": {"get": {}} for index in range(50_001)}), 1, "50,000"),
    "49 parameters": (
        lambda: _parameters(*({"name": f"p{index}", "in": "query", "schema": {}} for index in range(5000))),
        0,
        "",
    ),
    "49 description": (lambda: _document({"/a": {"get": {"description": "*a" * 500_000}}}), 0, ""),
    "49 long text": (lambda: _document({"/a": {"get": {"description": "a" * 5_000_001}}}), 1, "limit of 5,000,000"),
    "49 enum": (lambda: _body({"enum": ["x" * 100] * 100_000}), 0, ""),
    "50 cycles": (lambda: _references(_CYCLES, *_CYCLES), 0, ""),
    "50 chain": (lambda: _references(_CHAIN, "S0"), 0, ""),
    "51 references fanning out": (lambda: _references(_FAN, "S0"), 0, ""),
    "51 allOf": (lambda: _body({"allOf": [{"properties": {f"p{index}": {}}} for index in range(1000)]}), 0, ""),
    "51 oneOf": (lambda: _body({"oneOf": [{"const": index} for index in range(10_000)]}), 0, ""),
    "51 dynamic references": (lambda: _body({"$dynamicAnchor": "a", "items": {"$dynamicRef": "#a"}}), 0, ""),
    "not JSON": (lambda: '{"openapi": "3.1.0", "paths": {},}', 1, "not valid JSON"),
    "52 file": (lambda: _body({"$ref": "file:///etc/passwd"}), 1, "not followed"),
    "52 above": (lambda: _body({"$ref": "../secrets.yaml"}), 1, "not followed"),
    "52 above, encoded": (lambda: _body({"$ref": "%2e%2e%2fsecrets.yaml#/a"}), 1, "not followed"),
    "52 absolute": (lambda: _body({"$ref": "/etc/passwd"}), 1, "not followed"),
    "52 address": (lambda: _body({"$ref": "http://127.0.0.1/a.json"}), 1, "not followed"),
    "52 UNC": (lambda: _body({"$ref": "\\\\host\\share\\a.json"}), 1, "not followed"),
    "52 missing": (lambda: _body({"$ref": "missing.json"}), 1, "not followed"),
    "52 pointer": (lambda: _body({"$ref": "#/paths/~1.."}), 1, "points at nothing"),
    "52 encoded pointer": (lambda: _body({"$ref": "#/components/schemas/%41"}, {"A": {}}), 0, ""),
}


LARGE = frozenset(name for name in HOSTILE if name.startswith(("48", "49")))


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], dict[str, Any]]:
    """Check a document of the table: a large one in a child process of its own, the others in one together."""
    folder = tmp_path_factory.mktemp("hostile")
    known: dict[str, dict[str, Any]] = {}

    def answer(name: str) -> dict[str, Any]:
        if name not in known:
            together = [name] if name in LARGE else [one for one in HOSTILE if one not in LARGE]
            paths = [folder / f"{index}.yaml" for index in range(len(together))]
            for path, one in zip(paths, together, strict=True):
                content = HOSTILE[one][0]()
                path.write_text(content if isinstance(content, str) else json.dumps(content))
            known.update(zip(together, _check(*paths), strict=True))
        return known[name]

    return answer


@pytest.mark.parametrize("name", list(HOSTILE))
def test_a_hostile_document_ends_in_bounded_time_and_memory(
    hostile: Callable[[str], dict[str, Any]], name: str
) -> None:
    _, status, words = HOSTILE[name]
    answer = hostile(name)
    assert answer["status"] == status, answer
    errors = [message for severity, _, message in answer["problems"] if severity == "error"]
    assert bool(errors) is bool(status)
    assert words in "".join(errors[:1])
    # What cannot be read at all is a problem of the document; a reference is one of its own place.
    pointers = [pointer for severity, pointer, _ in answer["problems"] if severity == "error"]
    place = f"{BODY}/schema/$ref" if name.startswith("52") else "/x/k" if name == "48 keys twice" else ""
    assert pointers == [place] * status
    assert answer["work"] < 1000
