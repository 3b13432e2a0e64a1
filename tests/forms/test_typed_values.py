"""Whatever is typed into a field of any kind comes back from a page that stays whole, and is sent in its place."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from bench import controls
from playground.catalog.model import Entry, Parameter
from playground.forms.names import is_typable
from playground.forms.parse import parse
from playground.forms.state import FormState
from playground.request.build import build_request
from playground.request.errors import RequestError
from tests.forms.browser import drawn
from tests.forms.strategies import entry_of

ATTACKS = (
    '"><script>x()</script>', "'\"><b id=x>", "</textarea><b>", "</select><option>", "<!--", "]]>", "&amp;", "&lt",
    "&#0;", "{{ 7 }}", "{% x %}", "\n\nx", "\nx\n", "a\r\nX-Evil: 1", "\x1b[0m", "%0d%0a", "%25", "?a=b&c#d", "//x/",
    "+ +",
    "\u2028", "\u202e", "\ufeff", "\U0001f600", "1e999", "true", "null", '"', "\\", "`",
)  # fmt: skip
# No browser can send a NUL or half of a pair from a control; a CR alone becomes a line break there.
typed = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), min_size=1, max_size=12)
values = (typed | st.sampled_from(ATTACKS) | st.tuples(st.sampled_from(ATTACKS), typed).map("".join)).map(
    lambda text: text.replace("\r\n", "\n").replace("\r", "\n")
)
KINDS: dict[str, tuple[Any, str]] = {
    "text": ({"type": "string"}, ""),
    "password": ({"type": "string", "format": "password"}, ""),
    "email": ({"type": "string", "format": "email"}, ""),
    "url": ({"type": "string", "format": "uri"}, ""),
    "date": ({"type": "string", "format": "date"}, ""),
    "uuid": ({"type": "string", "format": "uuid"}, ""),
    "long text": ({"type": "string", "format": "markdown"}, ""),
    "base64": ({"type": "string", "format": "byte"}, ""),
    "integer": ({"type": "integer"}, ""),
    "number": ({"type": "number"}, ""),
    "boolean": ({"type": "boolean"}, ""),
    "options": ({"enum": ["a", "b"]}, ""),
    "many options": ({"enum": [f"o{number}" for number in range(40)]}, ""),
    "mixed options": ({"enum": [1, "1", None, [2]]}, ""),
    "anything": (True, ""),
    "choice": ({"oneOf": [{"type": "integer"}, {"type": "string"}]}, ""),
    "item": ({"type": "array", "items": {"type": "string"}}, "/0"),
    "member": ({"type": "object", "properties": {"m": {"type": "string"}}}, "/m"),
    "entry": ({"type": "object", "additionalProperties": {"type": "string"}}, "~value/0"),
    "key": ({"type": "object", "additionalProperties": {"type": "string"}}, "~key/0"),
}
PLACES = ("path.p", "query.p", "header.p", "cookie.p", "body")
SENT_AS_TYPED = ("text", "password", "email", "url", "uuid", "long text", "base64", "options", "many options", "item")


@cache
def entry(kind: str, place: str) -> Entry:
    schema = KINDS[kind][0]
    if place == "body":
        return entry_of(body=schema)
    location: Any = place.partition(".")[0]
    style = "form" if location in ("query", "cookie") else "simple"
    made = entry_of(Parameter(name="p", location=location, schema=schema, style=style, explode=location == "query"))
    return replace(made, operation=replace(made.operation, path="/do/{p}" if location == "path" else "/do"))


def filled(kind: str, place: str, text: str) -> FormState:
    typed_here = (place + KINDS[kind][1], text)
    if kind == "entry":
        return FormState.of([(f"{place}~row", "0"), (f"{place}~key/0", "k"), typed_here])
    if kind == "key":
        return FormState.of([(f"{place}~row", "0"), typed_here, (f"{place}~value/0", "v")])
    return FormState.of([typed_here])


def outline(html: str) -> list[tuple[str, list[str]]]:
    """Return the page's elements with their attributes' names, in order.

    Options follow the value, and so does what is told of it.
    """
    told = ("aria-describedby", "aria-invalid")
    found = LexborHTMLParser(html).css("*:not(option):not(p.problem)")
    return [(one.tag or "", sorted(name for name in one.attributes if name not in told)) for one in found]


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=12, deadline=None)
@given(place=st.sampled_from(PLACES), text=values)
@example(place="body", text=ATTACKS[0])
@example(place="query.p", text='"\' autofocus onfocus="x()')
def test_what_is_typed_comes_back_and_nothing_else_of_the_page_changes(kind: str, place: str, text: str) -> None:
    # A key has one line, in which nobody can type a line break.
    text = text.replace("\n", " ") if kind == "key" else text
    html = drawn(entry(kind, place), filled(kind, place, text))
    back = FormState.submitted(controls.submitted(html)[0])
    assert text in back.get_all(place + KINDS[kind][1])
    # A number and a text are fields of two kinds where there is a choice of both.
    # Nor is a value that no line can hold unchanged typed into the line of many options: it is one of a list.
    if kind != "choice" and not (kind == "many options" and not is_typable(text)):
        harmless = re.sub(r"[^\s\w]", "x", text)
        assert outline(html) == outline(drawn(entry(kind, place), filled(kind, place, harmless)))


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=30, deadline=None)
@given(place=st.sampled_from(PLACES), text=values)
def test_what_is_typed_stays_in_its_place_of_the_request(kind: str, place: str, text: str) -> None:
    operation = entry(kind, place)
    try:
        request = build_request(operation, parse(operation, filled(kind, place, text)).model)
    except RequestError as error:
        assert str(error)
        return
    assert re.fullmatch(r"(?:[!$&-;=?-\[\]_a-z~]|%[0-9A-F]{2})+", request.url)
    for name, value in request.headers:
        assert re.fullmatch(r"[!-9;-~]+", name)
        assert not re.search(r"[\x00-\x08\x0a-\x1f\x7f]", value)
    if kind not in SENT_AS_TYPED:
        return
    parts = urlsplit(request.url)
    if place == "path.p":
        assert unquote(parts.path.rpartition("/")[2]) == text
    elif place == "query.p":
        assert parse_qsl(parts.query, keep_blank_values=True) == [("p", text)]
    elif place == "cookie.p":
        assert unquote((request.headers.get("Cookie") or "").removeprefix("p=")) == text
