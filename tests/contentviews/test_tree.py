"""JSON trees: what is drawn at once, how a tree grows, and what texts in answers turn out to be."""

from __future__ import annotations

import base64
import json

import pytest

from playground.contentviews.tree import BUDGET, SLICE, SLICE_BUDGET, explanation, grow
from playground.contentviews.view import Branch, Tree, Window
from tests.support.views import body, shown


def root(text: str, window: Window | None = None) -> Branch:
    content = shown(text.encode(), "application/json", "tree", window=window).content
    assert isinstance(content, Tree)
    return content.root


def drawn(branch: Branch) -> int:
    return 1 + sum(map(drawn, branch.children))


def test_values_keep_their_spelling() -> None:
    members = root('{"big":12345678901234567890123,"e":1E5,"dup":1,"dup":2,"t":"a\\/b"}').children
    assert [(member.name, member.text) for member in members] == [
        ("big", "12345678901234567890123"), ("e", "1E5"), ("dup", "1"), ("dup", "2"), ("t", '"a\\/b"'),
    ]  # fmt: skip


def test_a_long_list_comes_in_slices() -> None:
    text = json.dumps(list(range(250)))
    first = root(text)
    assert (len(first.children), first.left) == (SLICE, 150)
    second = root(text, Window(start=first.next))
    assert [child.text for child in second.children][:2] == ["100", "101"]


def test_a_tree_draws_no_more_than_its_budget() -> None:
    assert drawn(root(json.dumps([[[n] * 90 for n in range(90)] for _ in range(90)]))) <= BUDGET + SLICE + 1


def test_a_further_slice_draws_less_of_what_is_closed() -> None:
    rows = json.dumps([{"id": n, "inner": {"x": n}, "tags": [n] * 3} for n in range(300)])
    first, further = root(rows), root(rows, Window(start=SLICE))
    assert len(further.children) == len(first.children) == SLICE
    assert drawn(further) <= SLICE_BUDGET + 4 < drawn(first)


def test_a_node_is_drawn_by_its_address() -> None:
    text = '{"a":{"b":[1,2,{"c":3}]}}'
    assert root(text, Window(address=".".join("002"))).children[0].text == "3"


def test_links_are_harmless_ones_and_times_are_explained() -> None:
    text = '{"u":"https://a.example/x","j":"javascript:alert(1)","created":1795971200,"count":1795971200}'
    members = {member.name: member for member in root(text).children}
    assert members["u"].link == "https://a.example/x"
    assert members["j"].link == ""
    assert members["created"].hint == "2026-11-29 16:53:20 UTC"
    assert members["count"].hint == ""


def test_marked_nodes_are_open_on_the_way() -> None:
    whole = body(b'{"a":{"b":{"c":{"d":1}}}}', "application/json")
    tree = grow(whole.json, whole.json.root, Window(marks={(None, "/a/b/c/d"): ((1, "error"),)}))
    deepest = tree.children[0].children[0].children[0].children[0]
    assert deepest.marks == ((1, "error"),)
    assert tree.children[0].children[0].children[0].open


HEADER, CLAIMS = (base64.urlsafe_b64encode(text).decode().rstrip("=") for text in (b'{"alg":"HS256"}', b'{"sub":"1"}'))
PNG = base64.b64encode(b"\x89PNG\r\n\x1a\n" + bytes(40)).decode()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (base64.b64encode("Grüße, Welt!".encode()).decode(), ("base64", "Grüße, Welt!")),
        (base64.urlsafe_b64encode(b"?>?>?>?>?>?>?>?>").decode(), ("base64", "?>?>?>?>?>?>?>?>")),
        (f"{HEADER}.{CLAIMS}.c2ln", ("JSON Web Token", '{"alg":"HS256"}\n{"sub":"1"}')),
        (PNG, ("base64", "PNG image, 48 bytes")),
        (f"data:image/png;base64,{PNG}", ("base64", "PNG image, 48 bytes")),
        (base64.b64encode("a\u202eb and more".encode()).decode(), None),
        ("internationalization", None),
        ("cus_NffrFeUfNV2Hib", None),
        ("3fa85f64-5717-4562-b3fc-2c963f66afa6", None),
        ("4242424242424242", None),
        ("eyJhbGciOiJIUzI1NiJ9.bm90.c2ln", None),
        ("", None),
    ],
)
def test_only_what_is_certain_is_explained(text: str, expected: tuple[str, str] | None) -> None:
    assert explanation(text) == expected


def test_a_long_text_is_cut() -> None:
    found = explanation(base64.b64encode(b"word " * 1_000).decode())
    assert found is not None
    assert len(found[1]) == 601
