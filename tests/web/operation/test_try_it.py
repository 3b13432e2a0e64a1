"""What the form posts to: fragments for htmx, the whole page without it, and nothing typed is ever lost."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from bench import controls as browser
from playground.jsontext import loads
from tests.support.pages import (
    HTMX,
    UPDATE,
    browser_of,
    document,
    get,
    one,
    post,
    roots,
    site_of,
    submitted,
    value_of,
    words,
)

TYPED = {
    "path.session": "cs_1",
    "body/line_items/0/price_data/currency": "usd",
    "body/line_items~item": "0",
    "body/metadata~key/0": "k",
    "body/metadata~value/0": "v",
    "body/metadata~row": "0",
    "body~mode": "form",
    "body~shown": "form",
    "gateway_url": "https://gateway.example.com",
    "target": "shell_curl",
    "via": "gateway",
}
SEVERAL = "/providers/tour/bodyseveral"


def kept(page: BeautifulSoup, typed: dict[str, str] = TYPED) -> None:
    """The whole page still says everything that was typed."""
    sent = submitted(page)
    for name, text in typed.items():
        if name not in ("body~shown",):
            assert (name, text) in sent, name


@pytest.mark.parametrize(
    ("action", "ids"),
    [
        ("snippet", ["snippet", "live-url", "body-raw"]),
        ("field", ["f-body-line_5f_items-field"]),
        ("body", ["body-views"]),
        ("servers", ["servers"]),
        ("send", ["response"]),
    ],
)
def test_a_fragment_s_root_is_what_it_replaces(client: FlaskClient, action: str, ids: list[str]) -> None:
    fragment = post(client, f"{UPDATE}/{action}", {**TYPED, "~field": "body/line_items"})
    assert [root for root in roots(fragment) if root in ids] == ids
    assert not fragment.select("html, body, head")
    page = get(client, UPDATE)
    for root in ids:
        one(page, f"#{root}")


@pytest.mark.parametrize("action", ["snippet", "field", "body", "servers", "send"])
def test_without_htmx_the_whole_page_keeps_what_was_typed(client: FlaskClient, action: str) -> None:
    page = post(client, f"{UPDATE}/{action}", {**TYPED, "~field": "body/line_items"}, htmx=False)
    one(page, "h1")
    kept(page)
    assert "line_items" in one(page, "#snippet-text").get_text()


def test_what_the_page_submits_again_means_the_same(client: FlaskClient) -> None:
    first = post(client, f"{UPDATE}/snippet", TYPED, htmx=False)
    again = post(client, f"{UPDATE}/snippet", dict(submitted(first)), htmx=False)
    assert submitted(first) == submitted(again)
    assert one(first, "#snippet").get_text() == one(again, "#snippet").get_text()


def test_an_untouched_form_submits_nothing_that_is_sent(client: FlaskClient) -> None:
    """What a visitor leaves empty is absent: the page as it is opened is the empty request."""
    for path in (UPDATE, "/providers/tour/fieldstext", "/providers/tour/queryobjects", "/providers/tour/headers"):
        untouched = post(client, f"{path}/snippet", submitted_dict(get(client, path)))
        assert "()" in one(untouched, "#snippet-text").get_text(), path


def controls(part: BeautifulSoup) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, text in browser.submitted(str(part))[0]:
        found.setdefault(name, []).append(text)
    return found


def submitted_dict(page: BeautifulSoup) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, text in submitted(page):
        found.setdefault(name, []).append(text)
    return found


def test_the_snippet_follows_with_its_url_and_raw_text(client: FlaskClient) -> None:
    fragment = post(client, f"{UPDATE}/snippet", {**TYPED, "target": "typescript_utdk"})
    text = one(fragment, "#snippet-text").get_text()
    assert "session: 'cs_1'" in text
    assert "currency: 'usd'" in text
    live = one(fragment, "#live-url")
    assert live["hx-swap-oob"] == "true"
    assert words(live).endswith("/v1/checkout/sessions/cs_1")
    raw = one(fragment, "#body-raw")
    assert raw["hx-swap-oob"] == "true"
    assert loads(raw.get_text()) == {"line_items": [{"price_data": {"currency": "usd"}}], "metadata": {"k": "v"}}


def test_at_a_key_the_snippet_and_its_url_come_alone(client: FlaskClient) -> None:
    typed = {"path.session": "x" * 80}
    whole = post(client, f"{UPDATE}/snippet", typed)
    brief = post(client, f"{UPDATE}/snippet", {**typed, "~brief": "typed"})
    roots = [str(root["id"]) for root in brief.find_all(id=True, recursive=False)]
    assert roots == ["snippet", "live-url"]
    for root in roots:
        assert one(brief, f"#{root}") == one(whole, f"#{root}")
    assert one(whole, "#problems summary")


def test_while_the_raw_editor_is_used_it_is_not_replaced(client: FlaskClient) -> None:
    fragment = post(
        client, f"{UPDATE}/snippet", {"body~mode": "raw", "body~shown": "raw", "body~raw": '{"expand": ["a"]}'}
    )
    assert not fragment.select("#body-raw")
    assert "expand: ['a']" in one(fragment, "#snippet-text").get_text()


def test_a_path_value_that_is_missing_stays_a_hole_in_the_url(client: FlaskClient) -> None:
    assert "{session}" in words(one(post(client, f"{UPDATE}/snippet"), "#live-url"))


def test_rows_are_added_and_removed(client: FlaskClient) -> None:
    fragment = post(client, f"{UPDATE}/field", {**TYPED, "~add": "body/metadata"})
    names = {str(control["name"]) for control in fragment.select("[name]")}
    assert {"body/metadata~key/0", "body/metadata~key/1", "body/metadata~value/1"} <= names
    assert one(fragment, "[name='body/metadata~value/0']")["value"] == "v"
    less = post(client, f"{UPDATE}/field", {**TYPED, "~remove": "body/metadata 0"})
    assert not less.select("[name^='body/metadata~key/']")
    page = post(client, f"{UPDATE}/field", {**TYPED, "~add": "body/line_items"}, htmx=False)
    assert [text for name, text in submitted(page) if name == "body/line_items~item"] == ["0", "1"]
    kept(page)


def test_a_change_of_fields_lets_the_snippet_follow(client: FlaskClient) -> None:
    answer = client.post(f"{UPDATE}/field", data={"~add": "body/metadata"}, headers=HTMX)
    assert answer.headers["HX-Trigger-After-Settle"] == "refresh"


def test_the_body_itself_is_replaced_with_all_around_it(client: FlaskClient) -> None:
    answer = client.post(
        "/providers/tour/structuresoneof/field", data={"body~choice": "1", "~field": "body"}, headers=HTMX
    )
    assert roots(BeautifulSoup(answer.text, "html.parser")) == ["body-views"]
    assert answer.headers["HX-Retarget"] == "#body-views"


def test_a_choice_brings_its_own_fields(client: FlaskClient) -> None:
    typed = {**TYPED, "body/metadata~choice": "1", "~field": "body/metadata"}
    fragment = post(client, f"{UPDATE}/field", typed)
    assert not fragment.select("[name='~add']")
    selected = one(fragment, "[name='body/metadata~choice'] option[selected]")
    assert selected["value"] == "1"


def test_deeper_fields_are_fetched(client: FlaskClient) -> None:
    address = "body/collected_information/shipping_details/address"
    fragment = post(client, f"{UPDATE}/field", {"~field": address})
    assert fragment.select(f"[name='{address}/city']")
    assert roots(fragment)[0].endswith("-field")
    page = post(client, f"{UPDATE}/field", {"~field": address}, htmx=False)
    assert page.select(f"[name='{address}/city']")


def test_a_tree_goes_as_deep_as_it_is_opened(client: FlaskClient) -> None:
    path, name = "/providers/tour/structuresrecursive", "body"
    page = get(client, path)
    for _ in range(6):
        adding = [
            str(button["value"])
            for button in page.select("button[name='~add']")
            if str(button["value"]).startswith(name)
        ]
        assert adding
        name = adding[-1]
        page = post(client, f"{path}/field", {**submitted_one(page), "~add": name}, htmx=False)
        assert page.select(f"[name^='{name}/0']"), name
        name = f"{name}/0"


def submitted_one(page: BeautifulSoup) -> dict[str, Any]:
    return dict(submitted_dict(page))


@pytest.mark.parametrize("htmx", [True, False])
@pytest.mark.parametrize("control", ["~field", "~add", "~remove"])
def test_a_field_that_is_not_there_is_told_so(client: FlaskClient, htmx: bool, control: str) -> None:
    for name in ("body/nope", "query.nope", "nope", "body/" + "a/" * 90, "\x00", "body~raw"):
        value = f"{name} 0" if control == "~remove" else name
        answer = client.post(f"{UPDATE}/field", data={control: value}, headers=HTMX if htmx else {})
        assert answer.status_code in (404, 200), name
        assert "Something went wrong" not in answer.text
        if htmx:
            assert answer.status_code == 404, (control, name)
            assert "no field" in answer.text


def test_raw_and_form_keep_in_step(client: FlaskClient) -> None:
    raw = post(client, f"{UPDATE}/body", {**TYPED, "body~mode": "raw"})
    text = one(raw, "#body-raw").get_text()
    assert loads(text) == {"line_items": [{"price_data": {"currency": "usd"}}], "metadata": {"k": "v"}}
    assert one(raw, "[name='body~mode'][value=raw]").has_attr("checked")
    back = {"body~mode": "form", "body~shown": "raw", "body~raw": '{"metadata": {"order": "6735"}}'}
    form = post(client, f"{UPDATE}/body", back)
    assert one(form, "[name='body/metadata~value/0']")["value"] == "6735"
    assert one(form, "[name='body~mode'][value=form]").has_attr("checked")


def test_a_password_is_in_the_raw_text_only_for_who_asks_for_it(client: FlaskClient) -> None:
    typed = {"body/plain": "Ada", "body/secret": "canary-typed", "body~mode": "form", "body~shown": "form"}
    path = "/providers/tour/fieldstext"
    updates = post(client, f"{path}/snippet", {**typed, "target": "shell_curl"})
    assert loads(one(updates, "#body-raw").get_text()) == {"plain": "Ada", "secret": "<password>"}
    assert "canary" not in str(updates)
    page = post(client, f"{path}/snippet", typed, htmx=False)
    assert loads(value_of(page, "body~raw")) == {"plain": "Ada", "secret": "<password>"}
    assert value_of(page, "body/secret") == "canary-typed"
    asked = post(client, f"{path}/body", {**typed, "body~mode": "raw"})
    assert loads(one(asked, "#body-raw").get_text()) == {"plain": "Ada", "secret": "canary-typed"}


def test_raw_text_that_is_not_json_stays(client: FlaskClient) -> None:
    broken = {"path.session": "cs_1", "body~mode": "form", "body~shown": "raw", "body~raw": '{"metadata": '}
    fragment = post(client, f"{UPDATE}/body", broken)
    assert "not valid JSON" in words(one(fragment, "[role=alert]"))
    assert one(fragment, "#body-raw").get_text() == '\n{"metadata": '
    page = post(client, f"{UPDATE}/body", broken, htmx=False)
    assert "not valid JSON" in words(one(page, "#body-views [role=alert]"))
    assert value_of(page, "body~raw") == '{"metadata": '
    assert value_of(page, "path.session") == "cs_1"


@pytest.mark.parametrize("htmx", [True, False])
def test_what_the_form_has_no_field_for_is_kept_named_and_dropped_on_request(client: FlaskClient, htmx: bool) -> None:
    typed = {"body~mode": "form", "body~shown": "raw", "body~raw": '{"surprise": {"a": [1]}, "expand": 7}'}
    fragment = post(client, f"{UPDATE}/body", typed, htmx=htmx)
    assert one(fragment, "[name='body~mode'][value=form]").has_attr("checked")
    notice = one(fragment, "#body-views [role=status]")
    assert [link["href"] for link in notice.select("a")] == ["#f-body-expand-field", "#f-body-surprise-field"]
    for link in notice.select("a"):
        assert "sent as it was written" in words(one(fragment, str(link["href"])))
    kept = submitted_dict(get(client, UPDATE)) | controls(fragment)
    shown = post(client, f"{UPDATE}/snippet", {**kept, "target": "shell_curl"})
    assert loads(one(shown, "#body-raw").get_text()) == {"expand": 7, "surprise": {"a": [1]}}
    left = post(client, f"{UPDATE}/field", {**kept, "~drop": "body/surprise"}, htmx=htmx)
    assert not left.select("[name='body/surprise~kept']")


def test_leading_line_breaks_of_raw_text_survive(client: FlaskClient) -> None:
    typed = {"body~mode": "raw", "body~shown": "raw", "body~raw": '\n\n{"expand": []}\n'}
    page = post(client, f"{UPDATE}/snippet", typed, htmx=False)
    assert value_of(page, "body~raw") == '\n\n{"expand": []}\n'


def test_another_media_type_keeps_the_fields(client: FlaskClient) -> None:
    typed = {"body/title": "Milk", "media_type": "application/xml", "body~mode": "form", "body~shown": "form"}
    fragment = post(client, f"{SEVERAL}/body", typed)
    assert one(fragment, "[name='body/title']")["value"] == "Milk"
    assert one(fragment, "[name=media_type] option[selected]")["value"] == "application/xml"
    snippet = post(client, f"{SEVERAL}/snippet", {**typed, "target": "shell_curl"})
    assert "application/xml" in one(snippet, "#snippet-text").get_text()


def test_an_example_fills_the_body_and_nothing_else(client: FlaskClient) -> None:
    fragment = post(client, f"{SEVERAL}/body", {"~example": "long", "body/title": "typed"})
    assert one(fragment, "[name='body/title']")["value"] == "Trip"
    page = post(client, f"{UPDATE}/body", {**TYPED, "~example": ""}, htmx=False)
    assert value_of(page, "path.session") == "cs_1"
    assert [text for name, text in submitted(page) if name.startswith("body/") and text]


def test_an_example_can_be_sent(client: FlaskClient) -> None:
    page = post(client, f"{SEVERAL}/body", {"~example": "short"}, htmx=False)
    answer = post(client, f"{SEVERAL}/send", submitted_dict(page))
    assert words(one(answer, ".pill")) == "200 OK"
    assert not answer.select("[role=alert]")


def test_posts_that_are_not_of_a_form_break_nothing(client: FlaskClient) -> None:
    form = "application/x-www-form-urlencoded"
    bodies = [
        (b"{}", "application/json"),
        (b"\xff\x00", form),
        (b"--x", "multipart/form-data; boundary=x"),
        (b"a" * 100_000, "text/plain"),
        (b"&&==%zz&a", form),
    ]
    for data, kind in bodies:
        for action in ("snippet", "field", "body", "servers", "send"):
            answer = client.post(f"{UPDATE}/{action}", data=data, content_type=kind)
            assert answer.status_code in (200, 400, 404), (kind, action)


def test_an_action_of_an_unknown_operation_is_not_found(client: FlaskClient) -> None:
    for action in ("snippet", "send"):
        assert client.post(f"/providers/stripe/nope/{action}", headers=HTMX).status_code == 404
        assert client.post(f"/providers/nope/nope/{action}", headers=HTMX).status_code == 404


def test_any_accepted_name_takes_the_form(client: FlaskClient) -> None:
    fragment = post(client, "/providers/stripe/PostCheckoutSessionsSession/snippet", TYPED)
    assert "cs_1" in one(fragment, "#snippet-text").get_text()


def test_the_gateway_url_typed_is_in_the_gateway_snippet(client: FlaskClient) -> None:
    text = one(post(client, f"{UPDATE}/snippet", TYPED), "#snippet-text").get_text()
    assert "https://gateway.example.com/tools/stripe/" in text
    assert json.dumps("usd") in text


def test_a_fresh_value_without_a_script_is_written_and_nothing_is_sent(client: FlaskClient) -> None:
    page = get(client, "/providers/tour/fieldstext")
    buttons = page.select('button[name="~new"]')
    assert [str(button["value"]).partition(" ")[0] for button in buttons] == ["uuid"]
    for button in buttons:
        name = str(button["value"]).partition(" ")[2]
        answered = post(client, "/providers/tour/fieldstext/send", {"~new": button["value"]}, htmx=False)
        assert value_of(answered, name)
        assert "Documented answers" in words(one(answered, "#response"))


def test_the_final_url_stands_in_the_send_bar_and_follows_server_and_variables(tmp_path: Path) -> None:
    own = {"url": "https://{region}.own.test/{base}", "variables": {
        "region": {"default": "eu", "enum": ["eu", "us"]}, "base": {"default": "v1"}}}  # fmt: skip
    described = document(
        {
            "/own/{id}": {"get": {"operationId": "own", "servers": [own, {"url": "https://other.test"}], "parameters": [
                {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}},
                {"name": "q", "in": "query", "schema": {"type": "string"}}]}},
            "/all": {"get": {"operationId": "all"}},
        }
    )  # fmt: skip
    with site_of(tmp_path, {"api": described}) as app:
        client = browser_of(app)
        page = get(client, "/providers/api/own")
        assert words(one(page, "#live-url")) == "GET https://eu.own.test/v1/own/{id}"
        assert one(page, ".send-bar #live-url")
        region, base = one(page, '[name="server.region"]'), one(page, '[name="server.base"]')
        assert (region.name, [option.get_text() for option in region.select("option")]) == ("select", ["eu", "us"])
        assert (base.name, base["value"]) == ("input", "v1")
        typed = {"server": own["url"], "server.region": "us", "server.base": "v2", "path.id": "a/b", "query.q": "c d"}
        changed = post(client, "/providers/api/own/snippet", typed)
        assert words(one(changed, "#live-url")) == "GET https://us.own.test/v2/own/a%2Fb?q=c%20d"
        refused = post(client, "/providers/api/own/snippet", {**typed, "server.region": "evil.test/"})
        assert "must be one of its listed values" in words(one(refused, "#live-url"))
        other = post(client, "/providers/api/own/servers", {"server": "https://other.test"})
        assert not other.select('[name^="server."]')
        assert words(one(get(client, "/providers/api/all"), "#live-url")) == "GET https://api.example.com/all"
