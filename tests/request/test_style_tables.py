"""The "Style Examples" tables of OpenAPI 3.0.0 to 3.2.0, every cell, from a document of that version to the bytes sent.

The values are the specification's (3.0.3 and 3.1.0 section "Style Examples"; corrected in 3.0.4, 3.1.1 and 3.2.0): name
`color`; empty text, "blue", ["blue", "black", "brown"], {"R": 100, "G": 200, "B": 150}. "n/a" cells expect nothing.
Where the older tables contradict RFC 6570 or RFC 3986, which they refer to, the corrected ones count: `OLDER` lists
each such cell with its reason.
"""

from __future__ import annotations

from typing import Any

import pytest

from playground.catalog.model import Entry
from playground.openapi.compile import compile_document
from playground.request.build import build_request
from playground.request.errors import MissingParameter, UnsafePathValue
from playground.request.model import ABSENT, RequestModel
from tests.support.rows import each

VERSIONS = ("3.0.0", "3.0.3", "3.0.4", "3.1.0", "3.1.1", "3.2.0")
VALUES: dict[str, Any] = {
    "empty": "",
    "string": "blue",
    "array": ["blue", "black", "brown"],
    "object": {"R": 100, "G": 200, "B": 150},
}
NA = None

# location, style, explode: empty, string, array, object
TABLE: list[tuple[str, str, bool, tuple[str | None, ...]]] = [
    ("path", "matrix", False, (";color", ";color=blue", ";color=blue,black,brown", ";color=R,100,G,200,B,150")),
    ("path", "matrix", True, (";color", ";color=blue", ";color=blue;color=black;color=brown", ";R=100;G=200;B=150")),
    # "." alone would be a dot segment, so the empty label is refused: see below.
    ("path", "label", False, (NA, ".blue", ".blue,black,brown", ".R,100,G,200,B,150")),
    ("path", "label", True, (NA, ".blue", ".blue.black.brown", ".R=100.G=200.B=150")),
    # An empty path segment leads elsewhere, so the empty simple value is refused: see below.
    ("path", "simple", False, (NA, "blue", "blue,black,brown", "R,100,G,200,B,150")),
    ("path", "simple", True, (NA, "blue", "blue,black,brown", "R=100,G=200,B=150")),
    ("header", "simple", False, ("", "blue", "blue,black,brown", "R,100,G,200,B,150")),
    ("header", "simple", True, ("", "blue", "blue,black,brown", "R=100,G=200,B=150")),
    ("query", "form", False, ("color=", "color=blue", "color=blue,black,brown", "color=R,100,G,200,B,150")),
    ("query", "form", True, ("color=", "color=blue", "color=blue&color=black&color=brown", "R=100&G=200&B=150")),
    ("query", "spaceDelimited", False, (NA, NA, "color=blue%20black%20brown", "color=R%20100%20G%20200%20B%20150")),
    ("query", "pipeDelimited", False, (NA, NA, "color=blue%7Cblack%7Cbrown", "color=R%7C100%7CG%7C200%7CB%7C150")),
    ("query", "deepObject", True, (NA, NA, NA, "color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150")),
    ("cookie", "form", False, ("color=", "color=blue", "color=blue,black,brown", "color=R,100,G,200,B,150")),
    # The table joins by "&", as in a query; a Cookie field has "; " between its pairs (RFC 6265 section 4.2.1).
    ("cookie", "form", True, ("color=", "color=blue", "color=blue; color=black; color=brown", "R=100; G=200; B=150")),
]  # fmt: skip
SINCE_3_2 = [
    ("cookie", "cookie", False, ("color=", "color=blue", "color=blue,black,brown", "color=R,100,G,200,B,150")),
    ("cookie", "cookie", True, ("color=", "color=blue", "color=blue; color=black; color=brown", "R=100; G=200; B=150")),
]

OLDER = {
    ("label", False, "array"): (".blue.black.brown", "RFC 6570 {.list}: the comma parts what is not exploded; 3.0.4"),
    ("label", False, "object"): (".R.100.G.200.B.150", "RFC 6570 {.keys}: the comma parts what is not exploded; 3.0.4"),
    ("pipeDelimited", False, "array"): ("blue|black|brown", "RFC 3986 has no raw | in a query; 3.1.1"),
    ("pipeDelimited", False, "object"): ("R|100|G|200|B|150", "RFC 3986 has no raw | in a query; 3.1.1"),
    ("deepObject", True, "object"): ("color[R]=100&color[G]=200&color[B]=150", "RFC 3986 has no raw [ ]; 3.1.1"),
}
"""What the tables before 3.0.4 and 3.1.1 say where we do not follow them, and why."""

SCHEMAS = {
    "empty": {"type": "string"},
    "string": {"type": "string"},
    "array": {"type": "array", "items": {"type": "string"}},
    "object": {"type": "object", "properties": {name: {"type": "integer"} for name in "RGB"}},
}


def entry_for(version: str, location: str, schema: object, **more: object) -> Entry:
    """The one operation of a document of that version with the parameter `color`."""
    parameter = {"name": "color", "in": location, "required": location == "path", "schema": schema, **more}
    document = {
        "openapi": version,
        "info": {"title": "t", "version": "1"},
        "servers": [{"url": "https://x.test"}],
        "paths": {
            "/c/{color}" if location == "path" else "/c": {
                "get": {"operationId": "go", "parameters": [parameter], "responses": {"200": {"description": "ok"}}}
            }
        },
    }
    catalog = compile_document(document, name="t").catalog
    return Entry(provider=catalog.provider, operation=catalog.operations[0], definitions=catalog.definitions)


def sent(entry: Entry, location: Any, value: Any) -> str | None:
    """What the request holds at the parameter's place."""
    parameters = {} if value is ABSENT else {location: {"color": value}}
    request = build_request(entry, RequestModel(parameters=parameters))
    if location == "path":
        return request.url.removeprefix("https://x.test/c/")
    if location == "query":
        return request.url.partition("?")[2] if "?" in request.url else None
    return request.headers.get("color" if location == "header" else "Cookie")


CELLS = [
    (version, location, style, explode, shape, expected)
    for version in VERSIONS
    for location, style, explode, row in (*TABLE, *(SINCE_3_2 if version >= "3.2" else ()))
    for shape, expected in zip(VALUES, row, strict=True)
    if expected is not None
]


@each("version, location, style, explode, shape, expected", CELLS)
def test_every_cell(version: str, location: str, style: str, explode: bool, shape: str, expected: str) -> None:
    entry = entry_for(version, location, SCHEMAS[shape], style=style, explode=explode)
    assert sent(entry, location, VALUES[shape]) == expected
    if (style, explode, shape) in OLDER:
        older, reason = OLDER[style, explode, shape]
        assert expected.removeprefix("color=") != older, f"a deviation that is none: {reason}"


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize(
    ("location", "array"),
    [("path", "blue,black,brown"), ("header", "blue,black,brown"), ("query", "color=blue&color=black&color=brown"),
     ("cookie", "color=blue; color=black; color=brown")],
)  # fmt: skip
def test_the_default_of_a_location_is_the_specifications(version: str, location: str, array: str) -> None:
    """`simple` for path and header, `form` for query and cookie; `form` is exploded by default, nothing else is."""
    entry = entry_for(version, location, SCHEMAS["array"])
    assert sent(entry, location, VALUES["array"]) == array


@pytest.mark.parametrize("style", ["spaceDelimited", "pipeDelimited"])
def test_a_style_other_than_form_is_not_exploded_by_default(style: str) -> None:
    delimiter = {"spaceDelimited": "%20", "pipeDelimited": "%7C"}[style]
    entry = entry_for("3.1.1", "query", SCHEMAS["array"], style=style)
    assert sent(entry, "query", VALUES["array"]) == f"color=blue{delimiter}black{delimiter}brown"


@pytest.mark.parametrize(("location", "style", "explode"), [(one[0], one[1], one[2]) for one in (*TABLE, *SINCE_3_2)])
def test_an_absent_value_is_absent(location: str, style: str, explode: bool) -> None:
    """RFC 6570 section 2.3: an undefined variable makes no output; only a path cannot do without."""
    if location == "path":
        return
    entry = entry_for("3.2.0", location, SCHEMAS["string"], style=style, explode=explode)
    assert sent(entry, location, ABSENT) is None


@pytest.mark.parametrize("style", ["simple", "label"])
@pytest.mark.parametrize("explode", [True, False])
def test_an_empty_path_value_that_would_change_the_path_is_refused_with_the_reason(style: str, explode: bool) -> None:
    entry = entry_for("3.1.1", "path", SCHEMAS["string"], style=style, explode=explode)
    with pytest.raises((MissingParameter, UnsafePathValue), match="color"):
        sent(entry, "path", "")


def test_a_query_string_of_3_2_is_the_whole_query() -> None:
    """3.2.0, "Parameter Locations": `in: querystring` with content; a form's pairs stand as they are."""
    parameter = {
        "name": "all", "in": "querystring",
        "content": {"application/x-www-form-urlencoded": {"schema": {"type": "object"}}},
    }  # fmt: skip
    document = {
        "openapi": "3.2.0", "info": {"title": "t", "version": "1"}, "servers": [{"url": "https://x.test"}],
        "paths": {"/c": {"get": {"parameters": [parameter], "responses": {"200": {"description": "ok"}}}}},
    }  # fmt: skip
    catalog = compile_document(document, name="t").catalog
    entry = Entry(provider=catalog.provider, operation=catalog.operations[0], definitions=catalog.definitions)
    name = entry.operation.parameters[0].name
    request = build_request(entry, RequestModel(parameters={"query": {name: {"a": "b c", "d": "é&"}}}))
    assert request.url in ("https://x.test/c?a=b+c&d=%C3%A9%26", "https://x.test/c?a=b%20c&d=%C3%A9%26")
