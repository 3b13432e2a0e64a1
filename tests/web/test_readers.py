"""Readers who are signed in: a crawler with each group's rights finds nothing hidden, in any address."""

from __future__ import annotations

import gzip
import io
import json
import re
import time
from collections.abc import Iterator
from dataclasses import replace
from ipaddress import ip_network
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import EnvironBuilder

from playground.app import create_app, create_gateway_app
from playground.config import Settings, SettingsError
from playground.environment import from_environ
from playground.gateway.operator import Reader
from playground.imports.earlier import judge
from playground.openapi.compile import compile_document
from playground.store import Store, open_store, pack
from playground.web.agents.prompts import prompts
from playground.web.readers import Readers
from playground.web.signin.cookies import READER as COOKIE
from playground.web.signin.cookies import SignInCookies
from tests.support.pages import browser_of

PROXY = "10.1.0.5"
KEY = "a-secret-key-of-two-workers"
RULES = {
    "*": {"readers": ["@signed-in"]},
    "open": {"readers": ["*"]},
    "payroll": {"readers": ["hr", "user:ada"], "lend": ["hr"]},
    "group/*": {"readers": ["ops"]},
}
SEES = {
    "": {"open"},
    "eve": {"open", "shop"},
    "eve hr": {"open", "shop", "payroll"},
    "ada": {"open", "shop", "payroll"},
    "eve ops,sales": {"open", "shop", "group/one", "group/two"},
}
NAMES = ("open", "shop", "payroll", "group/one", "group/two")


def canary(name: str) -> str:
    return f"canary{name.replace('/', '')}"


def document(name: str, more: str = "") -> dict[str, Any]:
    word = canary(name)
    content = {"application/json": {"schema": {"$ref": f"#/components/schemas/{word}Schema"}}}
    return {
        "openapi": "3.1.0",
        "info": {"title": f"{word} API", "version": "1", "description": f"{word} words{more}"},
        "servers": [{"url": f"https://{word}.example.com"}],
        "tags": [{"name": f"{word}-tag"}],
        "paths": {
            f"/{word}/items": {
                "get": {"operationId": f"{word}List", "summary": f"{word} lists", "tags": [f"{word}-tag"],
                        "parameters": [{"name": f"{word}Filter", "in": "query", "schema": {"type": "string"}}],
                        "responses": {"200": {"description": "ok", "content": content}}},
                "post": {"operationId": f"{word}Add", "requestBody": {"content": content}},
            }
        },
        "webhooks": {f"{word}Hook": {"post": {"requestBody": {"content": content}}}},
        "components": {
            "schemas": {f"{word}Schema": {"type": "object", "properties": {f"{word}Field": {"type": "string"}}}},
            "securitySchemes": {"key": {"type": "http", "scheme": "bearer"}},
        },
        "security": [{"key": []}],
    }  # fmt: skip


def put(store: Store, name: str, more: str = "") -> None:
    value = document(name, more)
    if more:
        value["paths"][f"/{canary(name)}/items"]["get"]["parameters"] = []
    written = store.write(pack(compile_document(value, name=name).catalog, json.dumps(value).encode()))
    judge(store, name, written)


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    folder = tmp_path_factory.mktemp("readers")
    (folder / "rules.json").write_text(json.dumps(RULES))
    keys = {name: {"type": "bearer_token", "token": f"lent-secret-{name}"} for name in NAMES}
    (folder / "keys.json").write_text(json.dumps(keys))
    settings = Settings(
        catalog=folder / "catalog.sqlite", rules=folder / "rules.json", credentials=folder / "keys.json",
        reader_headers=("X-User", "X-Groups"), reader_proxies=(ip_network(PROXY),),
        shared_cache=600, add=True,
    )  # fmt: skip
    with open_store(settings.catalog) as store:
        for name in NAMES:
            put(store, name)
            put(store, name, " and more")
        yield create_app(settings, store)


@pytest.fixture(scope="module")
def signing_in(app: Flask) -> Flask:
    """The same site, at which readers sign in themselves."""
    site = app.extensions["playground"]
    settings = replace(
        site.settings, reader_headers=(), reader_proxies=(), secret_key=KEY, oidc_issuer="https://id.example.com",
        oidc_client_id="docs",
    )  # fmt: skip
    return create_app(settings, site.store)


def signed_in(app: Flask, who: str) -> FlaskClient:
    client, site = browser_of(app), app.extensions["playground"]
    name, _, groups = who.partition(" ")
    if who:
        cookies = SignInCookies(site.settings, site.calls.rules, time.time)
        client.set_cookie(COOKIE, cookies.write_reader(Reader(name=name, groups=frozenset(groups.split(",")))))
    return client


def reader(app: Flask, who: str) -> FlaskClient:
    client = app.test_client()
    client.environ_base |= {"REMOTE_ADDR": PROXY, "HTTP_SEC_FETCH_SITE": "same-origin"}
    name, _, groups = who.partition(" ")
    if who:
        client.environ_base |= {"HTTP_X_USER": name, "HTTP_X_GROUPS": groups}
    return client


def addresses(name: str) -> list[str]:
    word, low = canary(name), canary(name).lower()
    operation = f"/providers/{name}/{low}list"
    return [
        f"/providers/{name}", f"/providers/{name}?tag={word}-tag", f"/providers/{name}?q=list", operation,
        f"{operation}.md",
        f"/providers/{name}.md", f"/embed{operation}", f"/providers/{name}/openapi.json", f"/providers/{name}/changes",
        f"/providers/{name}/changes.md", f"/providers/{name}/changes.atom", f"/providers/{name}/schemas",
        f"/providers/{name}/schemas/{word}Schema", f"/catalog/p/{name}.json", f"/sdk/{name}.tgz", f"/sdk/{name}.mjs",
        f"/providers/{name}/llms-full.txt", f"/events/{name}?webhook={word}Hook", f"/live?path={name}/{low}list",
        f"/sandbox/{name}/{word}/items", f"/oembed?url=http://localhost{operation}",
        f"/providers/{name}/resolve?link=%23/{low}list", f"/providers/{name}/GET%20/{word}/items",
        f"/sandbox/{name}/~data",
    ]  # fmt: skip


GENERAL = [
    "/", "/providers", "/llms.txt", "/catalog/index.json", "/catalog/ops.json", "/metrics", "/scenarios", "/history",
    "/mcp", "/gateway/tools", "/gateway/config", "/gateway/health", "/healthz", "/readyz", "/live", "/robots.txt",
    "/sitemap.xml",
    "/providers/group", "/sdk/group.tgz", "/search?q=canary", "/providers?q=canary", "/gateway/tools/search?q=canary",
    "/help", "/added", "/openapi.json", "/signin", "/shortcuts", "/owner", "/oauth/callback", "/csrf",
]  # fmt: skip


def posts(name: str) -> list[tuple[str, dict[str, Any]]]:
    word, low = canary(name), canary(name).lower()
    operation = f"/providers/{name}/{low}list"
    step = {"playground": "scenario", "version": 1, "title": "t", "steps": [{"operation": f"{name}/{low}list"}]}
    operation_of = {"operation": f"{name}/{low}list"}
    tools = [
        {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": tool, "arguments": arguments}}
        for tool, arguments in (("describe", operation_of), ("call", operation_of), ("snippet", operation_of),
                                ("search", {"query": "canary"}), ("search", {"query": f"{name} {word} items"}))
    ]  # fmt: skip
    mcp = {"Accept": "application/json, text/event-stream", "MCP-Protocol-Version": "2025-06-18"}
    return [
        *((f"{operation}/{action}", {"data": {"server": "sandbox"}})
          for action in ("send", "snippet", "form", "body", "servers", "field", "step", "download", "sandbox")),
        ("/scenarios", {"data": {"scenario": json.dumps(step)}}),
        ("/paste", {"data": {"text": f"curl https://{word}.example.com/{word}/items"}}),
        (f"/gateway/tools/{name}/{low}list", {"json": {"args": {}, "options": {"server": "sandbox"}}}),
        (f"/gateway/tools/{name}/{low}list", {"json": {}}),
        *(("/mcp", {"json": tool, "headers": mcp}) for tool in tools),
        (f"/sandbox/{name}/{word}/items", {"json": {}}),
    ]  # fmt: skip


def everything(name: str, client: FlaskClient) -> Iterator[tuple[str, str]]:
    """Yield what each address answers, without what the request itself held."""
    for address in (*GENERAL, *(one for other in NAMES for one in addresses(other))):
        answer = client.get(address)
        yield address, said(answer, address)
        if answer.status_code == 200:
            fragment = client.get(address, headers={"HX-Request": "true"})
            yield f"{address} as a fragment", said(fragment, address)
    for address, given in (one for other in NAMES for one in posts(other)):
        yield f"POST {address}", said(client.post(address, **given), address)


def said(answer: Any, address: str) -> str:
    body = answer.get_data()
    if address.endswith(".tgz") and answer.status_code == 200:
        body = gzip.decompress(body)
    answer.close()
    return f"{answer.status_code} {dict(answer.headers)} {body.decode('utf-8', 'replace')}"


@pytest.mark.parametrize("who", SEES, ids=lambda who: who or "nobody")
def test_a_crawler_finds_nothing_hidden_in_any_address(app: Flask, who: str) -> None:
    crawl(reader(app, who), who)


@pytest.mark.parametrize("who", ["", "eve hr", "eve ops,sales"], ids=lambda who: who or "nobody")
def test_a_crawler_that_has_signed_in_finds_nothing_hidden_either(signing_in: Flask, who: str) -> None:
    client = signed_in(signing_in, who)
    crawl(client, who)
    account = client.get("/signin")
    assert (">Signed in</a>" in account.text, account.headers["Cache-Control"]) == (bool(who), "no-store")
    # Nobody is named by a field where readers sign in.
    client.environ_base |= {"HTTP_X_USER": "ada", "REMOTE_ADDR": PROXY}
    assert client.get("/providers/payroll").status_code == (200 if "payroll" in SEES[who] else 404)


def crawl(client: FlaskClient, who: str) -> None:
    hidden = set(NAMES) - SEES[who]
    for address, text in everything(who, client):
        for name in hidden:
            # What a request names may be named in its refusal; nothing else of the API is there.
            assert f"{canary(name)} API" not in text, address
            assert f"{canary(name)} words" not in text, address
            assert f"{canary(name)}Field" not in text, address
            assert f"{canary(name)}Filter" not in text, address
            assert f"lent-secret-{name}" not in text, address
            if address.split(" ")[0] in GENERAL:
                assert canary(name) not in text.casefold(), address
    for name in SEES[who]:
        assert client.get(f"/providers/{name}").status_code == 200
        assert f"{canary(name)} API" in client.get("/providers").text
        assert client.get(addresses(name)[3]).status_code == 200
    told = client.post(posts("open")[-2][0], **posts("open")[-2][1]).text
    assert "open" in (found := {name for name in NAMES if canary(name) in told.casefold()}) and found <= SEES[who]


@pytest.mark.parametrize("who", ["", "eve"])
def test_a_hidden_address_answers_as_one_that_does_not_exist(app: Flask, who: str) -> None:
    client = reader(app, who)
    nothing = {one.replace("payroll", "nothing") for one in addresses("payroll")}
    assert len(nothing) == len(addresses("payroll"))
    for address in addresses("payroll"):
        hidden, none = client.get(address), client.get(address.replace("payroll", "nothing"))
        assert hidden.status_code == none.status_code, address
        assert hidden.get_data(as_text=True).replace("payroll", "nothing") == none.get_data(as_text=True), address
        for field in ("Cache-Control", "Vary", "Content-Type"):
            assert hidden.headers.get(field) == none.headers.get(field), address
    for address, given in posts("payroll"):
        if address in ("/scenarios", "/paste", "/mcp"):
            continue
        hidden = client.post(address, **given)
        none = client.post(address.replace("payroll", "nothing"), **given)
        assert hidden.status_code == none.status_code, address
        assert hidden.get_data(as_text=True).replace("payroll", "nothing") == none.get_data(as_text=True), address


@pytest.mark.parametrize("who", ["", "eve"])
def test_a_record_or_a_draft_of_a_hidden_api_opens_on_no_page_of_it(app: Flask, signing_in: Flask, who: str) -> None:
    operation = "/providers/payroll/canarypayrolllist"
    sent = reader(app, "eve hr").post(f"{operation}/send", data={"server": "sandbox"})
    token = re.search(r'name="answer" value="([^"]+)"', sent.text)
    assert token is not None
    record = reader(app, "eve hr").post("/answers/record", data={"answer": token[1]}).get_data()

    def opened(client: FlaskClient) -> str:
        pane = client.post("/answers/open", data={"record": record.decode(), "from": "history"})
        return pane.text + client.post("/answers/open", data={"file": (io.BytesIO(record), "record.json")}).text

    assert f'action="{operation}' in opened(reader(app, "eve hr"))
    for client in (reader(app, who), signed_in(signing_in, who)):
        # What the record itself says is its owner's; nothing of the catalogue is beside it.
        assert f'action="{operation}' not in opened(client) and 'id="request"' not in opened(client)
        assert client.post(f"{operation}/form", data={}).status_code == 404


def test_no_shared_cache_keeps_what_one_reader_saw(app: Flask) -> None:
    eve, nobody = reader(app, "eve hr"), reader(app, "")
    for address in (
        "/",
        "/providers",
        "/providers/payroll",
        addresses("payroll")[3],
        "/llms.txt",
        "/catalog/index.json",
    ):
        seen = eve.get(address)
        assert seen.status_code == 200 and seen.get_data()
        assert seen.headers["Cache-Control"].startswith(("private", "no-store"))
        assert "Cache-Tag" not in seen.headers and "s-maxage" not in seen.headers["Cache-Control"]
        assert "X-User" in ", ".join(seen.headers.getlist("Vary"))
        etag = seen.headers.get("ETag", "")
        again = nobody.get(address, headers={"If-None-Match": etag})
        assert again.status_code in (200, 404)
        assert "canarypayroll API" not in again.text
    style = re.search(r'href="(/assets/[^"]+)"', eve.get("/").text)
    assert style is not None
    assert "immutable" in eve.get(style[1]).headers["Cache-Control"]


def test_the_operators_key_is_lent_to_those_who_are_named(app: Flask) -> None:
    page = addresses("payroll")[3]
    assert "key of this site" in reader(app, "eve hr").get(page).text
    assert "key of this site" not in reader(app, "ada").get(page).text


@pytest.mark.parametrize(
    "fields", [{"X-User": "eve"}, {"X-Groups": "hr"}, {"X-User": "ada", "X-Groups": "hr"}, {"X-User": ""}]
)
def test_a_name_from_another_address_is_refused(app: Flask, fields: dict[str, str]) -> None:
    for address in ("203.0.113.9", "::1", "", "10.1.0.6"):
        client = app.test_client()
        client.environ_base["REMOTE_ADDR"] = address
        answer = client.get("/", headers={**fields, "X-Forwarded-For": PROXY})
        assert (answer.status_code, answer.headers["Cache-Control"]) == (403, "no-store")
        assert "its own proxy alone" in answer.text
        assert client.get("/providers").status_code == 200
    assert reader(app, "eve").get("/", environ_overrides={"REMOTE_ADDR": f"::ffff:{PROXY}"}).status_code == 200


@pytest.mark.parametrize(
    "fields",
    [{"X-User": "eve, ada"}, {"X-User": "x" * 300}, {"X-User": "eve", "X-Groups": ",".join(["g"] * 201)},
     {"X-User": "eve", "X-Groups": "g" * 300}],
)  # fmt: skip
def test_fields_that_cannot_be_right_are_refused(app: Flask, fields: dict[str, str]) -> None:
    client = app.test_client()
    client.environ_base["REMOTE_ADDR"] = PROXY
    assert client.get("/", headers=fields).status_code == 403


@pytest.mark.parametrize("groups", ["*", "@signed-in", "user:ada", "hr"])
def test_groups_say_nothing_that_only_the_rules_may(app: Flask, groups: str) -> None:
    client = app.test_client()
    client.environ_base |= {"REMOTE_ADDR": PROXY, "HTTP_X_GROUPS": groups}
    assert client.get("/providers/payroll").status_code == 404
    client.environ_base |= {"HTTP_X_USER": "eve"}
    assert client.get("/providers/payroll").status_code == (200 if groups == "hr" else 404)


def test_a_recipe_with_a_hidden_api_is_no_prompt(app: Flask, tmp_path: Path) -> None:
    for name in ("open", "payroll"):
        step = {"operation": f"{name}/{canary(name)}list"}
        recipe = {"playground": "scenario", "version": 1, "title": f"{canary(name)} recipe", "steps": [step]}
        (tmp_path / f"{name}.json").write_text(json.dumps(recipe))
    given: list[dict[str, Any]] = []

    def inner(environ: dict[str, Any], _: Any) -> list[bytes]:
        given.append(environ)
        return []

    site = app.extensions["playground"]
    settings = replace(site.settings, scenarios=tmp_path)
    app.extensions["playground"] = replace(site, calls=replace(site.calls, settings=settings))
    try:
        for who, seen in (("", ["open"]), ("ada", ["open", "payroll"])):
            client = reader(app, who)
            Readers(app, inner, settings, Path)(
                EnvironBuilder("/", environ_base=client.environ_base).get_environ(), lambda *_: print
            )
            with app.request_context(given[-1]):
                assert [prompt.name for prompt in prompts()] == seen
    finally:
        app.extensions["playground"] = site


def test_the_gateway_alone_knows_no_more(tmp_path: Path) -> None:
    (tmp_path / "rules.json").write_text(json.dumps(RULES))
    settings = Settings(catalog=tmp_path / "catalog.sqlite", rules=tmp_path / "rules.json")
    with open_store(settings.catalog) as store:
        for name in NAMES:
            put(store, name)
        client = create_gateway_app(settings, store).test_client()
        assert client.get("/tools").text.count("canaryopen") > 0
        assert "canarypayroll" not in client.get("/tools").text
        assert client.post("/tools/payroll/canarypayrolllist", json={}).status_code == 404


def test_a_mistake_in_the_settings_or_the_rules_stops_the_start(tmp_path: Path) -> None:
    rules = tmp_path / "rules.json"
    with open_store(tmp_path / "catalog.sqlite") as store:
        settings = Settings(catalog=store.path, reader_headers=("X-User",))
        with pytest.raises(SettingsError, match="needs PLAYGROUND_READER_PROXIES"):
            create_app(settings, store)
        for wrong in ({"shop": {"readers": "hr"}}, {"shop": {"readers": [1]}}, {"shop": {"reader": ["hr"]}}):
            rules.write_text(json.dumps(wrong))
            with pytest.raises(SettingsError, match="PLAYGROUND_RULES, provider “shop”"):
                create_app(Settings(catalog=store.path, rules=rules), store)
    for variable, text in (("PLAYGROUND_READER_HEADERS", "a b c"), ("PLAYGROUND_READER_HEADERS", "X_User"),
                           ("PLAYGROUND_READER_PROXIES", "proxy.local")):  # fmt: skip
        with pytest.raises(SettingsError, match=variable):
            from_environ({variable: text})
