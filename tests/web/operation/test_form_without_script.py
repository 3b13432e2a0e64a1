"""The form without a script: each button answers with the whole page, nothing is lost, the focus is where it was."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from bench import controls
from playground.jsontext import loads
from tests.support.pages import UPDATE, browser_of, document, get, one, post, site_of, words

WIDE = {"type": "object", "properties": {f"p{n:03}": {"type": "string"} for n in range(500)}}
SEAL = {"type": "object", "properties": {"seal": {"type": "string", "format": "byte"}}}
TAGS = {"type": "object", "additionalProperties": {"type": "string", "x-additionalPropertiesName": "tag"}}
IDS = {
    "name": "ids", "in": "query", "schema": {"type": "array", "items": {"type": "string"}},
    "examples": {"few": {"value": ["z"]}, "many": {"summary": "Many of them", "value": ["a", "b", "c"]}},
}  # fmt: skip
RANGE = {
    "name": "range", "in": "query", "style": "deepObject", "example": {"from": 5},
    "schema": {"type": "object", "properties": {"from": {"type": "integer"}}},
}  # fmt: skip
PLAIN = {"name": "plain", "in": "query", "schema": {"type": "array", "items": {"type": "string"}}}


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    def body(schema: Any) -> dict[str, Any]:
        return {"requestBody": {"content": {"application/json": {"schema": schema}}}}

    paths = {
        "/wide": {"post": {"operationId": "wide", **body(WIDE)}},
        "/deep": {"post": {"operationId": "deep", **body({"type": "object", "properties": {"inner": WIDE}})}},
        "/seal": {"post": {"operationId": "seal", **body(SEAL)}},
        "/listed": {"get": {"operationId": "listed", "parameters": [IDS, RANGE, PLAIN]}},
        "/tagged": {"post": {"operationId": "tagged", **body(TAGS)}},
    }
    with site_of(tmp_path_factory.mktemp("own"), {"own": document(paths)}) as app:
        yield browser_of(app)


def pressed(page: BeautifulSoup, button: str, value: str, **typed: str) -> dict[str, list[str]]:
    """What the browser posts when a button of the page is pressed after some typing."""
    assert page.select(f'button[name="{button}"][value="{value}"]'), (button, value)
    found: dict[str, list[str]] = {}
    for name, text in controls.submitted(str(page))[0]:
        found.setdefault(name, []).append(typed.get(name, text))
    assert typed.keys() <= found.keys()
    return {**found, button: [value]}


@pytest.mark.parametrize("operation", ["wide", "deep"])
def test_more_fields_open_stay_open_and_open_further(own: FlaskClient, operation: str) -> None:
    path, parent = f"/providers/own/{operation}", "body" if operation == "wide" else "body/inner"
    page = get(own, path)
    drawn = len(page.select("input[name*='/p']"))
    seen = {drawn}
    typed = {f"{parent}/p001": "kept"}
    for _ in range(6):
        more = page.select(".more button[name='~field']")
        if not more:
            break
        page = post(own, f"{path}/field", pressed(page, "~field", str(more[0]["value"]), **typed), htmx=False)
        seen.add(len(page.select("input[name*='/p']")))
        assert one(page, f'[name="{parent}/p001"]')["value"] == "kept"
    assert max(seen) == 500 > drawn
    # Whatever is pressed next, they are still there.
    data = pressed(page, "~fill", "required")
    del data["~fill"]
    assert len(post(own, f"{path}/snippet", data, htmx=False).select("input[name*='/p']")) == 500


def test_a_row_moves_keeps_its_values_and_the_focus(client: FlaskClient) -> None:
    name, page = "body/expand", get(client, UPDATE)
    for text in ("a", "b", "c"):
        page = post(client, f"{UPDATE}/field", pressed(page, "~add", name), htmx=False)
        field = page.select(f'input[name^="{name}/"]')[-1]
        assert field.has_attr("autofocus")
        data = pressed(page, "~add", name, **{str(field["name"]): text})
        del data["~add"]
        page = post(client, f"{UPDATE}/snippet", data, htmx=False)
    for button, order in (
        ("~up", ["a", "c", "b"]),
        ("~up", ["c", "a", "b"]),
        ("~up", ["c", "a", "b"]),
        ("~down", ["a", "c", "b"]),
    ):
        page = post(client, f"{UPDATE}/field", pressed(page, button, f"{name} 2"), htmx=False)
        assert [str(field["value"]) for field in page.select(f'input[name^="{name}/"]')] == order
        assert [(str(one["name"]), str(one["value"])) for one in page.select("button[autofocus]")] == [
            (button, f"{name} 2")
        ]
    page = post(client, f"{UPDATE}/field", pressed(page, "~remove", f"{name} 0"), htmx=False)
    assert loads(one(page, "#body-raw").get_text()) == {"expand": ["c", "b"]}


def test_a_fragment_says_where_the_row_is_now(client: FlaskClient) -> None:
    data = {"body/expand~item": ["0", "1"], "body/expand/0": "a", "body/expand/1": "b", "~up": "body/expand 1"}
    fragment = post(client, f"{UPDATE}/field", data)
    assert one(fragment, "[hx-swap-oob='innerHTML:#said']").get_text() == "Now row 1 of 2."
    one(get(client, UPDATE), "#said[role=status]")


def test_a_file_becomes_base64_text_of_its_field(own: FlaskClient) -> None:
    path = "/providers/own/seal"
    one(get(own, path), "[name='body/seal~bytes'][type=file]")
    data = {"body/seal": "", "body/seal~bytes": (io.BytesIO(b"\x00\xffseal"), "seal.bin")}
    page = post(own, f"{path}/snippet", data, htmx=False)
    assert one(page, "textarea[name='body/seal']").get_text().strip() == "AP9zZWFs"


def test_a_file_that_has_to_be_chosen_again_is_named(client: FlaskClient) -> None:
    path = "/providers/tour/bodymultipart"
    data = {"body/picture": (io.BytesIO(b"\x89PNG"), "cover.png")}
    page = post(client, f"{path}/snippet", data, htmx=False)
    assert "Chosen before: cover.png. See “Files you chose” below." in page.get_text()


def test_problems_stand_beside_their_fields_and_in_the_list(client: FlaskClient) -> None:
    data = {"path.session": "cs_1", "body/line_items~item": "0", "body/line_items/0/quantity": "two"}
    page = post(client, f"{UPDATE}/snippet", data, htmx=False)
    field = one(page, "[name='body/line_items/0/quantity']")
    assert field["aria-invalid"] == "true"
    told = one(page, f"#{str(field['aria-describedby']).split()[0]}").get_text()
    assert "integer" in told or "number" in told
    assert one(page, "#problems li span").get_text() == told
    assert not get(client, UPDATE).select(".problem, #problems li, [aria-invalid]")


@pytest.mark.parametrize("htmx", [False, True])
def test_a_list_parameter_is_filled_from_the_example_that_is_picked(own: FlaskClient, htmx: bool) -> None:
    path = "/providers/own/listed"
    page = get(own, path)
    picks = one(page, "select[name='query.ids~example']")
    assert [(option.get("value"), option.get_text()) for option in picks.select("option")] == [
        ("", "few"), ("1", "Many of them"),
    ]  # fmt: skip
    assert not page.select("select[name='query.range~example']")
    assert one(page, "button[name='~example'][value='query.range']").get_text() == "Fill in an example of range"
    assert not page.select("button[name='~example'][value='query.plain']")
    data = pressed(page, "~example", "query.ids", **{"query.ids~example": "1"})
    page = post(own, f"{path}/field", data, htmx=htmx)
    assert [field["value"] for field in page.select("input[name^='query.ids/']")] == ["a", "b", "c"]
    assert one(page, "select[name='query.ids~example'] [selected]").get_text() == "Many of them"
    if htmx:
        assert one(page, "[hx-swap-oob='innerHTML:#said']").get_text() == "The example is filled in."
        return
    assert [button["value"] for button in page.select("[autofocus]")] == ["query.ids"]
    page = post(own, f"{path}/field", pressed(page, "~example", "query.range"), htmx=False)
    assert one(page, "input[name='query.range/from']")["value"] == "5"
    assert len(page.select("input[name^='query.ids/']")) == 3
    # The first one again: what is there now is replaced.
    data = pressed(page, "~example", "query.ids", **{"query.ids~example": ""})
    page = post(own, f"{path}/field", data, htmx=False)
    assert [field["value"] for field in page.select("input[name^='query.ids/']")] == ["z"]
    assert one(page, "input[name='query.range/from']")["value"] == "5"


def test_the_key_of_a_map_is_called_as_the_description_says(own: FlaskClient) -> None:
    page = post(own, "/providers/own/tagged/field", {"~add": "body"})
    key = one(page, "input[name='body~key/0']")
    assert (key["placeholder"], key["aria-label"]) == ("tag", "tag")


PAGES = ("/", "/providers", "/search?q=a", "/providers/stripe", UPDATE, f"/embed{UPDATE}", "/scenarios", "/shortcuts")


@pytest.mark.parametrize("path", PAGES)
def test_no_button_is_shown_that_does_nothing(client: FlaskClient, path: str) -> None:
    # A button of no form works by a script alone, unless it opens a popover: it is shown with a script only.
    buttons = get(client, path).select("button[type=button]:not([popovertarget], [hidden], .script-only)")
    unseen = "template, dialog:not([open]), [hidden]"
    assert [words(button) for button in buttons if not any(parent.css.match(unseen) for parent in button.parents)] == []
