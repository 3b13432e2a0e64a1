"""Pasting on a page fills the form, or leads to the operation; a pasted secret is in no answer, whatever is pasted."""

from __future__ import annotations

import base64
import json
import logging
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.support.pages import HTMX, browser_of, document, get, one, parsed, post, site_of, value_of, words

UPDATE = "/providers/stripe/postcheckoutsessionssession"
CANARY = "canary-4711/secret=="
SCHEMES = {
    "bearer": {"type": "http", "scheme": "bearer"},
    "basic": {"type": "http", "scheme": "basic"},
    "header": {"type": "apiKey", "in": "header", "name": "X-Own-Key"},
    "query": {"type": "apiKey", "in": "query", "name": "own_key"},
    "cookie": {"type": "apiKey", "in": "cookie", "name": "own_sid"},
}


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    parameters = [
        {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}},
        {"name": "limit", "in": "query", "schema": {"type": "integer"}},
        {"name": "X-Plain", "in": "header", "schema": {"type": "string"}},
        {"name": "Authorization", "in": "header", "schema": {"type": "string"}},
        {"name": "access_token", "in": "query", "schema": {"type": "string"}},
        {"name": "X-Client-Secret", "in": "header", "schema": {"type": "string"}},
    ]
    body = {"content": {"application/json": {"schema": {"type": "object", "properties": {"name": {"type": "string"}}}}}}
    file = {"type": "string", "format": "binary"}
    parts = {"type": "object", "properties": {"small": file, "large": file, "other": {}}}
    files = {"content": {"multipart/form-data": {"schema": parts}}}
    paths = {
        "/things/{id}": {
            "post": {"operationId": "change", "parameters": parameters, "requestBody": body},
            "get": {"operationId": "read", "parameters": parameters[:2]},
        },
        "/things/{id}/files": {"post": {"operationId": "upload", "parameters": parameters[:1], "requestBody": files}},
        "/things/search": {"get": {"operationId": "find", "parameters": [parameters[1]]}},
    }
    any_of: list[dict[str, list[str]]] = [{name: []} for name in SCHEMES]
    with site_of(tmp_path_factory.mktemp("paste"), {"api": document(paths, schemes=SCHEMES, security=any_of)}) as app:
        yield app


def pasted(client: FlaskClient, path: str, text: str, *, htmx: bool = True) -> str:
    answer = client.post(f"{path}/paste", data={"~paste": text}, headers=HTMX if htmx else {})
    assert answer.status_code == 200, answer.text[:500]
    return answer.text


@pytest.mark.parametrize("htmx", [True, False])
def test_a_curl_command_fills_the_form(client: FlaskClient, htmx: bool) -> None:
    command = (
        "curl https://api.stripe.com/v1/checkout/sessions/cs_1 -u sk_test_abcdefgh: -d 'metadata[order]=6735'"
        " -H 'X-Odd: 1' -H 'User-Agent: me'"
    )
    html = pasted(client, UPDATE, command, htmx=htmx)
    page = parsed(html)
    assert one(page, '[name="path.session"]')["value"] == "cs_1"
    assert one(page, '[name="body/metadata/order"], [name="body/metadata~value/0"]')["value"] == "6735"
    assert one(page, '[name="server"] [selected]')["value"] == "https://api.stripe.com"
    report = words(one(page, "#pasted"))
    assert "Filled in from a curl command: POST /v1/checkout/sessions/{session} . Nothing was sent." in report
    assert "The header “X-Odd”: this operation describes none of that name." in report
    assert "User-Agent" not in report
    assert "abcdefgh" not in html


def test_a_body_alone_leaves_the_rest_of_the_form(client: FlaskClient) -> None:
    data = {"~paste": '{"metadata": {"a": "1"}}', "path.session": "cs_kept", "body/metadata/b": "2"}
    page = post(client, f"{UPDATE}/paste", data)
    assert one(page, '[name="path.session"]')["value"] == "cs_kept"
    assert "2" not in [control.get("value") for control in page.select('[name^="body/metadata"]')]
    assert one(page, "#pasted").select("code")[0].get_text() == "POST /v1/checkout/sessions/{session}"


def test_another_operation_of_the_provider_is_gone_to(own: Flask) -> None:
    client = browser_of(own)
    for text, name in (
        ("https://api.example.com/things/7?limit=3", "read"),
        ("https://api.example.com/things/search", "find"),
        ("curl -X POST https://api.example.com/things/search -d x", "change"),
    ):
        for path in ("/providers/api", "/providers/api/find" if name != "find" else "/providers/api/read"):
            answer = client.post(f"{path}/paste", data={"~paste": text}, headers=HTMX)
            assert answer.headers["HX-Redirect"] == f"/providers/api/{name}", (text, path)
            assert answer.text == ""
            whole = parsed(pasted(client, path, text, htmx=False))
            assert one(whole, "#request")["data-operation"] == f"api/{name}"


def test_a_url_without_a_method_is_for_this_page_first(own: Flask) -> None:
    page = parsed(pasted(browser_of(own), "/providers/api/change", "https://api.example.com/things/7?limit=3"))
    assert one(page, '[name="path.id"]')["value"] == "7"
    assert one(page, '[name="query.limit"]')["value"] == "3"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("hello", "This is no curl command"),
        ("", "into the box first"),
        ("curl https://api.example.com/nothing/here/at/all", "Example API describes no operation for the GET request"),
        ('{"a": 1', "This is not valid JSON"),
    ],
)
@pytest.mark.parametrize("path", ["/providers/api", "/providers/api/change"])
@pytest.mark.parametrize("htmx", [True, False])
def test_what_cannot_be_read_is_said_in_place(own: Flask, text: str, said: str, path: str, htmx: bool) -> None:
    page = parsed(pasted(browser_of(own), path, text, htmx=htmx))
    assert said in words(one(page, "#pasted .notice"))
    assert one(page, "#pasted").get("hx-swap-oob") is None


def test_a_body_on_a_providers_page_says_what_is_missing(own: Flask) -> None:
    page = parsed(pasted(browser_of(own), "/providers/api", '{"name": "x"}'))
    assert "open the operation first" in words(one(page, "#pasted"))


BASIC = base64.b64encode(f"me:{CANARY}".encode()).decode()
THING = "https://api.example.com/things/1"
SECRETS = [
    (f"curl {THING} -d '{{}}' -H 'Authorization: Bearer {CANARY}'", "a bearer token", "bearer"),
    (f"curl {THING} -d '{{}}' -u 'me:{CANARY}'", "a user name and password", "basic"),
    (f"curl https://me:{quote(CANARY, safe='')}@api.example.com/things/1 -d '{{}}'", "a user name and", "basic"),
    (f"curl {THING} -d '{{}}' -H 'Authorization: Basic {BASIC}'", "user name", "basic"),
    (f"curl {THING} -d '{{}}' -H 'x-own-key: {CANARY}'", "a key in the x-own-key header", "header"),
    (f"curl '{THING}?own_key={quote(CANARY, safe='')}' -d '{{}}'", "the query (own_key)", "query"),
    (f"curl {THING} -d '{{}}' -b 'own_sid={CANARY}; other={CANARY}'", "the cookie own_sid", "cookie"),
    (f"POST /things/1 HTTP/1.1\nHost: api.example.com\nX-Access-Token: {CANARY}\n\n{{}}", "X-Access-Token header", ""),
    (f"POST /things/1 HTTP/1.1\nHost: api.example.com\nAuthorization: {CANARY}\n\n{{}}", "Authorization header", ""),
    (f"curl '{THING}?access_token={quote(CANARY, safe='')}' -d '{{}}'", "the query (access_token)", ""),
    (f"curl {THING} -d '{{}}' -H 'X-Client-Secret: {CANARY}'", "a key in the X-Client-Secret header", ""),
    (f"curl {THING} -d '{{}}' -H 'X-Whatever: {CANARY}'", "", None),
    (f"curl '{THING}?strange={quote(CANARY, safe='')}' -d '{{}}' -F", "", None),
    (f"curl 'https://api.example.com/nothing?own_key={quote(CANARY, safe='')}'", "", None),
    (f"curl 'https://{quote(CANARY, safe='')}.example.com/things/x/y/z' --proxy 'http://me:{CANARY}@p'", "", None),
    (f"nonsense {CANARY}", "", None),
    (f'{{"broken {CANARY}', "", None),
    (f'fetch("{THING}", {{"method":"POST","headers":{{"authorization":"Bearer {CANARY}"}}}})',
     "a bearer token", "bearer"),
    (json.dumps({"method": "POST", "url": THING,
                 "headers": [{"name": "Authorization", "value": f"Bearer {CANARY}"}]}), "a bearer token", "bearer"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "named", "scheme"), SECRETS, ids=range(len(SECRETS)))
@pytest.mark.parametrize("path", ["/providers/api/change", "/providers/api"])
@pytest.mark.parametrize("htmx", [True, False])
def test_a_pasted_secret_is_in_no_answer_and_no_log(
    own: Flask, caplog: pytest.LogCaptureFixture, text: str, named: str, scheme: str | None, path: str, htmx: bool
) -> None:
    caplog.set_level(logging.DEBUG)
    answer = browser_of(own).post(f"{path}/paste", data={"~paste": text}, headers=HTMX if htmx else {})
    assert answer.status_code == 200
    seen = answer.text + str(answer.headers) + caplog.text
    for spelled in (CANARY, quote(CANARY, safe=""), BASIC, CANARY.split("/")[0], json.dumps(CANARY)):
        assert spelled not in seen
    if named and not answer.headers.get("HX-Redirect"):
        page = parsed(answer.text)
        notice = one(page, "[data-secrets]")
        assert named in words(notice)
        (place,) = json.loads(str(notice["data-secrets"]))
        assert place.get("scheme", "") == scheme
        assert place["from"] < place["to"] <= len(text)
        taken = text[place["from"] : place["to"]]
        assert taken in (CANARY, quote(CANARY, safe=""), BASIC, f"me:{CANARY}", f"me:{quote(CANARY, safe='')}")


def test_places_count_as_browsers_do(own: Flask) -> None:
    text = f"curl https://api.example.com/things/😀 -H 'Authorization: Bearer {CANARY}' -d '{{}}'"
    page = parsed(pasted(browser_of(own), "/providers/api/change", text))
    (place,) = json.loads(str(one(page, "[data-secrets]")["data-secrets"]))
    units = text.encode("utf-16-le")
    assert units[2 * place["from"] : 2 * place["to"]].decode("utf-16-le") == CANARY


def test_a_variable_in_a_secrets_place_is_no_secret(own: Flask) -> None:
    command = "curl https://api.example.com/things/1 -H \"Authorization: Bearer $TOKEN\" -d '{}'"
    page = parsed(pasted(browser_of(own), "/providers/api/change", command))
    assert one(page, "[data-secrets]")["data-secrets"] == "[]"


def test_a_value_no_field_can_show_is_kept_beside_the_fields(own: Flask) -> None:
    command = """curl https://api.example.com/things/1 --json '{"name": {"deep": 1.0}}'"""
    page = parsed(pasted(browser_of(own), "/providers/api/change", command, htmx=False))
    assert value_of(page, "body~mode") == "form"
    assert value_of(page, "body/name~kept") == '{"deep":1.0}'
    assert json.loads(value_of(page, "body~raw")) == {"name": {"deep": 1.0}}


@pytest.mark.parametrize("htmx", [True, False])
def test_the_content_of_a_file_goes_into_its_input_or_is_told(own: Flask, htmx: bool) -> None:
    commands = (
        f"printf hi > a.txt; cat > b.txt <<< {'b' * 600_000}\n"
        "curl https://api.example.com/things/1/files -F small=@a.txt -F large=@b.txt -F other=@a.txt"
    )
    page = parsed(pasted(browser_of(own), "/providers/api/upload", commands, htmx=htmx))
    text = "aGk= application/octet-stream a.txt"
    if htmx:
        assert [held["value"] for held in page.select("[data-file]")] == [f"body/small~held {text}"]
    else:
        assert value_of(page, "body/small~held") == text
    assert words(one(page, "#pasted ul")) == (
        "“other” in the body: the form has no field for such a value. "
        "The content of “b.txt” is too long to fill in: choose the file in the form."
    )


def test_the_box_is_on_both_pages_and_not_in_an_embed(client: FlaskClient) -> None:
    for path in (UPDATE, "/providers/stripe"):
        form = one(get(client, path), ".paste form")
        assert (form["action"], form["method"]) == (f"{path}/paste", "post")
        assert one(form, "label[for=paste]").get_text() == (
            "Paste a curl command, HAR entry, raw HTTP message, URL or JSON body"
        )
    assert not get(client, f"/embed{UPDATE}").select(".paste")


def test_a_hostile_paste_is_text(own: Flask) -> None:
    hostile = '"><script>alert(1)</script><img src=x onerror=alert(1)>{{7*7}}'
    spelled = quote(hostile)
    command = f"curl 'https://api.example.com/things/{spelled}?{spelled}=1' -H 'X-{spelled}: 1' -d '{{}}'"
    for htmx in (True, False):
        html = pasted(browser_of(own), "/providers/api/change", command, htmx=htmx)
        assert "<script>alert" not in html
        assert "<img src=x" not in html
        assert one(parsed(html), '[name="path.id"]')["value"] == hostile


def test_strangers_pages_cannot_paste(stranger: FlaskClient) -> None:
    assert (
        stranger.post(f"{UPDATE}/paste", data={"~paste": "x"}, headers={"Origin": "https://evil.test"}).status_code
        == 403
    )
