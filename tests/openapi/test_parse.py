from __future__ import annotations

import codecs
import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.openapi.join_files import join_files
from playground.openapi.parse import parse_document, read_text
from playground.openapi.problems import MAX_PROBLEMS, DocumentError, LimitError, Limits
from playground.text.wording import Said
from tests.openapi.documents import compiled

SMALL = Limits(size=1000, depth=5, nodes=20, aliases=3, repeated=10, string=40)


def test_json_and_yaml_of_the_same_document_are_equal() -> None:
    json = b'{"openapi": "3.0.0", "paths": {"/a": {"get": {"responses": {"200": {"description": "ok"}}}}}}'
    yaml = b"openapi: 3.0.0\npaths:\n  /a:\n    get:\n      responses:\n        200: {description: ok}\n"
    assert parse_document(json) == parse_document(yaml)


@pytest.mark.parametrize(
    "data",
    [
        codecs.BOM_UTF8 + b'{"a": "\xc3\xa9"}',
        '\ufeff{"a": "é"}'.encode("utf-16-le"),
        "\ufeffa: é".encode("utf-16-be"),
        '\ufeff{"a": "é"}'.encode("utf-32-le"),
        b"{a: \xc3\xa9}",
        b" \n  { a : \xc3\xa9 , }",
    ],
)
def test_encodings_with_a_mark_and_flow_mappings_are_read(data: bytes) -> None:
    assert parse_document(data) == {"a": "é"}


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b'{"a": 1,\n "b" 2}', r"not valid JSON: .* \(line 2, column 6\)\."),
        (b'{"a": NaN}', r"not valid JSON: .* \(line 1, column 7\)"),
        (b"a: 1\nb: [1", r"not valid YAML: .* \(line \d+, column \d+\)"),
        (b"a:\n\t- b", r"not valid YAML: .* \(line 2, column 1\)"),
        (b"a: \xff", "not valid YAML: .*UTF-8"),
        (b"a: \x00", "not valid YAML"),
        (b"", "is empty"),
        (b"  \n", "is empty"),
        (b"# only a comment", "null; an OpenAPI document is an object"),
        (b"hello", "text; an OpenAPI document is an object"),
        (b"[1, 2]", "a list; an OpenAPI document is an object"),
        (b"3", "a number; an OpenAPI document is an object"),
        (b"<!DOCTYPE html><html></html>", "HTML or XML page"),
        (b"\xff\xfe\x00", "not valid UTF-16"),
    ],
)
def test_what_is_no_document_is_named_in_one_sentence(data: bytes, sentence: str) -> None:
    with pytest.raises(DocumentError, match=sentence) as caught:
        parse_document(data)
    assert "\n" not in str(caught.value) and isinstance(str(caught.value), Said)


@pytest.mark.parametrize(
    ("limit", "json", "yaml"),
    [
        ("size", b'{"a": "' + b"x" * 1000 + b'"}', b"a: " + b"x " * 1000),
        ("depth", b'{"a":' * 6 + b"1" + b"}" * 6, b"a: " + b"[" * 5 + b"]" * 5),
        ("nodes", b'{"a": [' + b"1," * 30 + b"1]}", b"a: [" + b"1," * 30 + b"]"),
        ("string", b'{"a": "' + b"x" * 41 + b'"}', b"a: " + b"x" * 41),
        ("string", b'{"' + b"x" * 41 + b'": 1}', b"? " + b"x" * 41 + b"\n: 1"),
        ("aliases", None, b"a: &a 1\nb: [*a, *a, *a, *a]"),
        ("repeated", None, b"a: &a [1, 2, 3, 4]\nb: [*a, *a, *a]"),
    ],
)
def test_each_limit_has_an_error_that_names_it(limit: str, json: bytes | None, yaml: bytes) -> None:
    for data in filter(None, (json, yaml)):
        with pytest.raises(LimitError, match="limit") as caught:
            parse_document(data, limits=SMALL)
        assert caught.value.limit == limit


def test_a_document_at_its_limits_is_read() -> None:
    assert parse_document(b'{"a":' * 5 + b"1" + b"}" * 5, limits=SMALL)
    assert parse_document(b"a: " + b"[" * 4 + b"]" * 4, limits=SMALL)
    assert parse_document(b'{"a": "' + b"x" * 40 + b'"}', limits=replace(SMALL, size=60))


@pytest.mark.parametrize(
    "data",
    [
        b"[" * 200_000,
        b'{"a":' * 200_000,
        b"a: " + b"[" * 200_000,
        b"a: " + b"{a: " * 200_000,
        b"- " * 100_000,
        b"".join(b" " * level + b"a:\n" for level in range(3000)),
        b"a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n"
        + b"".join(b"a%d: &a%d [%s]\n" % (i, i, b",".join([b"*a%d" % (i - 1)] * 10)) for i in range(1, 10)),
        b"a0: &a0 {x: 1}\n"
        + b"".join(b"a%d: &a%d {<<: [*a%d, *a%d], k%d: 1}\n" % (i, i, i - 1, i - 1, i) for i in range(1, 25)),
        b"a: &a " + b"x" * 1_000_000 + b"\nb: [" + b"*a," * 1000 + b"]",
    ],
    ids=["lists", "objects", "yaml lists", "yaml maps", "dashes", "indents", "alias bomb", "merge bomb", "long text"],
)
@pytest.mark.cpu(10)
def test_a_hostile_document_is_refused_at_once(data: bytes) -> None:
    with pytest.raises(LimitError, match="limit"):
        parse_document(data)


@pytest.mark.cpu(10)
def test_a_million_keys_are_read() -> None:
    assert len(parse_document(b"{" + b",".join(b'"%d":1' % i for i in range(1_000_000)) + b"}")) == 1_000_000


def test_keys_that_mean_something_to_other_languages_are_plain_keys() -> None:
    assert parse_document(b'{"__proto__": 1, "constructor": 2, "Constructor": 3}') == {
        "__proto__": 1,
        "constructor": 2,
        "Constructor": 3,
    }


def _repeated(text: str) -> list[str]:
    return ["/".join(tokens) for tokens in read_text(text.encode()).repeated]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ('{"a": 1, "b": {"a": 2}}', []),
        ('{"a": 1, "a": 2}', ["a"]),
        ('{"a": 1, "a": 2, "a": 3}', ["a"]),
        ('{"a" : 1,\n"a"\n: 2}', ["a"]),
        ('{"a": 1, "\\u0061": 2}', ["a"]),
        ('{"a": {"b": 1, "c": [0, [], {"d": 1}, {"d": [1, 2], "d": {}}]}}', ["a/c/3/d"]),
        ('{"a": {"x": 1, "x": 2}, "b": {"y": {}, "y": {}}}', ["a/x", "b/y"]),
        # Texts that look like keys, and keys that look like marks.
        ('{"a": ":", "b": "\\":", "c": [":a", "{\\"a\\":1,\\"a\\":2}"], "{": "}", "[,": ",]"}', []),
        ('{"a": ": ,", "a": "\\\\", "b": "\\"a\\":"}', ["a"]),
        ('{"a": " \\": \\" :", "b" : 1}', []),
        ('{"": 1, "": 2}', [""]),
        # As many marks in what is kept as in the text, by another spelling.
        (r'{"a": "\u0022:", "a": "\u0022:"}', ["a"]),
        (r'{"a": "\"\u003a \"\u003A", "b": 1, "b": 2}', ["b"]),
        (r'{"a": "\":", "b": {"c": "\":"}}', []),
        (r'{"a": "\":", "b": {"c": "\":", "c": 1}}', ["b/c"]),
    ],
)
def test_keys_that_stand_twice_are_found_with_their_places(text: str, places: list[str]) -> None:
    assert _repeated(text) == places


VALUES = st.recursive(
    st.sampled_from([0, None, "", ":", '":', "\\", '\\"', "{", ",", "é"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["", ":", '"', "a", "\\"]), inner),
    max_leaves=20,
)


@given(st.dictionaries(st.text(max_size=3), VALUES, max_size=4), st.sampled_from([None, 1]), st.booleans())
def test_nothing_is_found_where_nothing_stands_twice(value: Any, indent: int | None, apart: bool) -> None:
    text = json.dumps(value, indent=indent, separators=(",", " : " if apart else ":"), ensure_ascii=False)
    assert _repeated(text) == []
    # And in the same one twice, everything right below.
    assert set(_repeated(f'{{"a": {text}, "a": {text}}}')) == {"a"}


def test_not_more_are_read_than_are_listed() -> None:
    text = "{" + ",".join(f'"k{number // 2}":1' for number in range(4 * MAX_PROBLEMS)) + "}"
    assert len(_repeated(text)) == MAX_PROBLEMS


def test_each_is_a_problem_in_its_file_too() -> None:
    main = read_text(b'{"openapi": "3.1.0", "paths": {"/a": {"$ref": "a.json"}}, "info": {"title": "A", "title": "B"}}')
    joined = join_files(main.document, {"a.json": b'{"get": {}, "get": {"summary": "s"}}'}.__getitem__, name="m.json")
    found = compiled(joined.document, repeated=(*main.repeated, *joined.repeated))
    assert [(problem.severity, problem.pointer) for problem in found.problems] == [
        ("error", "/info/title"),
        ("error", "a.json#/get"),
    ]
    assert "keep one of them" in found.problems[0].message
    assert found.catalog.provider.title == "B"
    assert found.catalog.operations[0].summary == "s"
