"""Parameter serialisation: the specification's own table, and what the specification leaves open."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.catalog.model import Location, Parameter
from playground.jsontext import NumberText
from playground.request.errors import HeaderRefused, MissingParameter, UnsafePathValue
from playground.request.model import ABSENT
from playground.request.parameters import cookie_pairs, expand_path, header_text, path_text, query_pairs

ARRAY = ["blue", "black", "brown"]
OBJECT = {"R": 100, "G": 200, "B": 150}


def parameter(location: Location, style: str, explode: bool = False, **more: Any) -> Parameter:
    return Parameter(name="color", location=location, style=style, explode=explode, **more)


# OpenAPI 3.1.1, section 4.8.12.4, "Style Examples": style, explode, string, array, object.
PATH_TABLE = [
    ("matrix", False, ";color=blue", ";color=blue,black,brown", ";color=R,100,G,200,B,150"),
    ("matrix", True, ";color=blue", ";color=blue;color=black;color=brown", ";R=100;G=200;B=150"),
    ("label", False, ".blue", ".blue,black,brown", ".R,100,G,200,B,150"),
    ("label", True, ".blue", ".blue.black.brown", ".R=100.G=200.B=150"),
    ("simple", False, "blue", "blue,black,brown", "R,100,G,200,B,150"),
    ("simple", True, "blue", "blue,black,brown", "R=100,G=200,B=150"),
]
QUERY_TABLE = [
    ("form", False, "color=blue", "color=blue,black,brown", "color=R,100,G,200,B,150"),
    ("form", True, "color=blue", "color=blue&color=black&color=brown", "R=100&G=200&B=150"),
    ("spaceDelimited", False, "color=blue", "color=blue%20black%20brown", "color=R%20100%20G%20200%20B%20150"),
    ("spaceDelimited", True, "color=blue", "color=blue&color=black&color=brown", "R=100&G=200&B=150"),
    ("pipeDelimited", False, "color=blue", "color=blue%7Cblack%7Cbrown", "color=R%7C100%7CG%7C200%7CB%7C150"),
    ("pipeDelimited", True, "color=blue", "color=blue&color=black&color=brown", "R=100&G=200&B=150"),
    (
        "deepObject", True, "color=blue", "color%5B0%5D=blue&color%5B1%5D=black&color%5B2%5D=brown",
        "color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150",
    ),
]  # fmt: skip


def query(one: Parameter, value: Any) -> str:
    return "&".join(f"{name}={text}" for name, text in query_pairs(one, value))


@pytest.mark.parametrize(("style", "explode", "string", "array", "obj"), PATH_TABLE)
def test_path_styles_follow_the_specifications_table(
    style: str, explode: bool, string: str, array: str, obj: str
) -> None:
    one = parameter("path", style, explode)
    assert [path_text(one, value) for value in ("blue", ARRAY, OBJECT)] == [string, array, obj]


@pytest.mark.parametrize(("style", "explode", "string", "array", "obj"), QUERY_TABLE)
def test_query_styles_follow_the_specifications_table(
    style: str, explode: bool, string: str, array: str, obj: str
) -> None:
    one = parameter("query", style, explode)
    assert [query(one, value) for value in ("blue", ARRAY, OBJECT)] == [string, array, obj]


def test_empty_values_follow_the_specifications_table() -> None:
    assert path_text(parameter("path", "matrix"), "") == ";color"
    assert path_text(parameter("path", "label"), "") == "."
    assert query(parameter("query", "form"), "") == "color="
    assert query(parameter("query", "form", True), "") == "color="


def test_an_empty_list_or_object_says_nothing_exploded_and_is_empty_text_otherwise() -> None:
    assert query(parameter("query", "form", True), []) == ""
    assert query(parameter("query", "form", True), {}) == ""
    assert query(parameter("query", "deepObject", True), {}) == ""
    assert query(parameter("query", "form"), []) == "color="
    assert query(parameter("query", "pipeDelimited"), {}) == "color="


@pytest.mark.parametrize(
    ("value", "text"),
    [(True, "true"), (False, "false"), (None, ""), (0, "0"), (-1, "-1"), (1.5, "1.5"), (NumberText("1.0"), "1.0"),
     (2**70, str(2**70)), ("", ""), ("a b", "a%20b"), ("a+b", "a%2Bb"), ("100%", "100%25"), ("%20", "%2520"),
     ("&=#?/", "%26%3D%23%3F%2F"), ("é", "%C3%A9"), ("😀", "%F0%9F%98%80"), ("\x00", "%00"), ("a~b-c._", "a~b-c._"),
     ("\ud800", "%EF%BF%BD"), ("[]", "%5B%5D")],
)  # fmt: skip
def test_a_scalar_is_encoded_exactly_once(value: Any, text: str) -> None:
    assert query(parameter("query", "form", True), value) == f"color={text}"


def test_delimiters_inside_values_are_encoded() -> None:
    assert query(parameter("query", "form"), ["a,b", "c"]) == "color=a%2Cb,c"
    assert query(parameter("query", "pipeDelimited"), ["a|b", "c"]) == "color=a%7Cb%7Cc"
    assert path_text(parameter("path", "matrix", True), {"a;b": "c=d"}) == ";a%3Bb=c%3Dd"


def test_deeper_values_are_written_with_brackets_and_lists_by_index() -> None:
    deep = {"a": {"b": 1}, "c": ["x", {"d": "y"}]}
    assert [unquote(query(parameter("query", "deepObject", True), deep))] == [
        "color[a][b]=1&color[c][0]=x&color[c][1][d]=y"
    ]
    assert unquote(query(parameter("query", "form", True), deep)) == "a[b]=1&c[0]=x&c[1][d]=y"
    assert unquote(query(parameter("query", "form", True), [{"a": 1}, {"a": 2}])) == "color[0][a]=1&color[1][a]=2"
    assert unquote(query(parameter("query", "form"), ["x", {"a": 1}])) == 'color=x,{"a":1}'


def test_a_content_parameter_is_json_so_a_string_gets_its_quotes() -> None:
    one = parameter("query", "form", media_type="application/json; charset=utf-8")
    assert query(one, "blue") == "color=%22blue%22"
    assert unquote(query(one, {"a": [1, None]})) == 'color={"a":[1,null]}'
    assert query(parameter("query", "form", media_type="text/plain"), "blue") == "color=blue"
    assert path_text(parameter("path", "simple", media_type="application/json"), ["a"]) == "%5B%22a%22%5D"


def test_names_are_encoded_too() -> None:
    assert query_pairs(Parameter(name="a b[]&", location="query", style="form"), "x") == (("a%20b%5B%5D%26", "x"),)
    assert query_pairs(Parameter(name="", location="query", style="form"), "x") == (("", "x"),)


def test_allow_reserved_keeps_what_a_query_may_hold_and_nothing_that_ends_the_value() -> None:
    one = parameter("query", "form", True, allow_reserved=True)
    assert query(one, "a/b?c:d@e,f;g=h!$'()*") == "color=a/b?c:d@e,f;g=h!$'()*"
    assert query(one, "a&b#c+d[e] f") == "color=a%26b%23c%2Bd%5Be%5D%20f"
    assert query(one, "a%2Fb%zz") == "color=a%2Fb%25zz"


# Header values


@pytest.mark.parametrize(
    ("explode", "value", "text"),
    [(False, "blue", "blue"), (False, ARRAY, "blue,black,brown"), (False, OBJECT, "R,100,G,200,B,150"),
     (True, OBJECT, "R=100,G=200,B=150"), (False, "a b%é", "a b%é"), (False, "  x\t", "x"), (False, True, "true")],
)  # fmt: skip
def test_headers_are_simple_and_not_percent_encoded(explode: bool, value: Any, text: str) -> None:
    assert header_text(parameter("header", "simple", explode), value) == text


def test_a_json_header_is_written_in_ascii() -> None:
    one = parameter("header", "simple", media_type="application/json")
    assert header_text(one, {"a": "é😀\n"}) == '{"a":"\\u00e9\\ud83d\\ude00\\n"}'


@pytest.mark.parametrize("value", ["a\r\nX-Evil: 1", "a\nb", "a\x00b", "a\x1bb", "\x7f", "\x85", "\ud800"])
def test_header_values_with_control_characters_are_refused(value: str) -> None:
    with pytest.raises(HeaderRefused) as caught:
        header_text(parameter("header", "simple"), value)
    assert caught.value.field == "header.color"
    assert value not in str(caught.value)


# Cookies


def test_cookies_encode_only_what_a_cookie_cannot_hold() -> None:
    assert cookie_pairs(parameter("cookie", "form", True), 'a b;c,d"e\\f%g') == (
        ("color", "a%20b%3Bc%2Cd%22e%5Cf%25g"),
    )
    assert cookie_pairs(parameter("cookie", "form", True), "YWJj==+/") == (("color", "YWJj==+/"),)
    assert cookie_pairs(parameter("cookie", "form"), ARRAY) == (("color", "blue,black,brown"),)
    assert cookie_pairs(parameter("cookie", "form", True), OBJECT) == (("R", "100"), ("G", "200"), ("B", "150"))
    assert cookie_pairs(Parameter(name="a=b;c", location="cookie", style="form"), 1) == (("a%3Db%3Bc", "1"),)


@pytest.mark.parametrize("value", ["a;b", "a,b", "a\r\nb", 'a"b', "a b", "é"])
def test_a_cookie_of_style_cookie_is_sent_as_it_is_or_refused(value: str) -> None:
    with pytest.raises(HeaderRefused):
        cookie_pairs(parameter("cookie", "cookie", True), value)
    assert cookie_pairs(parameter("cookie", "cookie", True), "a%20b") == (("color", "a%20b"),)


# Paths


def path(template: str, *, reserved: bool = False, placeholders: bool = False, **values: Any) -> str:
    known = {
        name: (Parameter(name=name, location="path", required=True, allow_reserved=reserved), value)
        for name, value in values.items()
    }
    return expand_path(template, known, placeholders=placeholders)[0]


def test_path_values_are_encoded_once_and_unknown_variables_stay() -> None:
    assert path("/a/{id}/b/{other}", id="x/y?z#%") == "/a/x%2Fy%3Fz%23%25/b/{other}"
    assert path("/a/{id}.{id}", id="é") == "/a/%C3%A9.%C3%A9"
    assert path("/with blank/é/%41/%/{id}", id="1") == "/with%20blank/%C3%A9/%41/%25/1"


def test_a_reserved_path_value_keeps_its_slashes_and_triplets() -> None:
    assert path("/{id}/x", id="subscriptions/1/re source%2F?", reserved=True) == "/subscriptions/1/re%20source%2F%3F/x"


def test_a_fragment_is_dropped_and_a_written_query_is_split_off() -> None:
    known = {"id": (Parameter(name="id", location="path"), "a&b")}
    assert expand_path("/x?Action=List&acl&y={id}#frag", known) == (
        "/x",
        (("Action", "Action=List"), ("acl", "acl"), ("y", "y=a%26b")),
    )
    assert expand_path("/#X-Amz-Target=Foo", {}) == ("/", ())


@pytest.mark.parametrize(
    "value",
    [".", "..", "%2e", "%2E%2e", ".%2e", "%252e%252e", "%25252e.", "..;x=1", "..%3Bx", "%2e%2e;a"],
)
def test_dot_segments_are_refused_however_they_are_spelled(value: str) -> None:
    with pytest.raises(UnsafePathValue) as caught:
        path("/users/{id}/keys", id=value)
    assert caught.value.field == "path.id"


@pytest.mark.parametrize("value", ["a/../b", "../x", "a/.", "a/%2e%2e/b"])
def test_dot_segments_inside_a_reserved_value_are_refused(value: str) -> None:
    with pytest.raises(UnsafePathValue):
        path("/{id}", id=value, reserved=True)


@pytest.mark.parametrize("value", ["...", ".a", "a.", "..a", "a..b", ".git", "1.0"])
def test_dots_that_are_no_segment_of_their_own_are_sent(value: str) -> None:
    assert path("/users/{id}", id=value) == f"/users/{value}"


def test_a_dot_made_by_the_template_is_refused_too() -> None:
    with pytest.raises(UnsafePathValue):
        path("/users/.{id}", id=".")
    label = {"id": (Parameter(name="id", location="path", style="label"), "")}
    with pytest.raises(UnsafePathValue):
        expand_path("/users/{id}", label)


@pytest.mark.parametrize("value", [ABSENT, None, "", []])
def test_a_hole_in_the_path_is_refused_or_shown(value: Any) -> None:
    with pytest.raises(MissingParameter) as caught:
        path("/users/{id}", id=value)
    assert caught.value.field == "path.id"
    assert path("/users/{id}", id=value, placeholders=True) == "/users/{id}"


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_any_path_value_stays_one_segment_and_decodes_to_itself(value: str) -> None:
    try:
        filled = path("/a/{id}/b", id=value)
    except UnsafePathValue:
        return
    before, one, after = filled.lstrip("/").split("/")
    assert (before, after) == ("a", "b")
    assert unquote(one) == value
    assert one.isascii()
    assert not set(one) & set('?#[]{} "<>\\^`|')


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_query_value_decodes_to_itself(value: str) -> None:
    ((_, text),) = query_pairs(parameter("query", "form", True), value)
    assert unquote(text) == value
    assert not set(text) & set("&=+#[] ")
