"""The operation page as contract section 5 has it: order, wordings, hooks, names; the same for every visitor."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient

from playground.app import create_app
from playground.config import Settings
from playground.store import Store
from tests.support.pages import HTMX, UPDATE, browser_of, document, get, one, parsed, site_of, submitted, words

HOOKS = ("form#request", "#gateway-url", "#send", "#snippet", "#response", "#credentials")


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """Small APIs, each with something the bundled ones do not have."""
    responses: dict[str, Any] = {}
    body = {"content": {
        "application/json": {"schema": {"type": "object", "properties": {"a/b~c": {"type": "string"}}}},
        "text/plain": {"schema": {"type": "string"}}}}  # fmt: skip
    filters = {"type": "object", "properties": {"status": {"type": "string"}}}
    paths = {
        "/everything/{id}": {"post": {
            "operationId": "everything", "tags": ["One", "Two"], "responses": responses, "requestBody": body,
            "description": "Only here: **unmistakable**. [relative](docs/x)",
            "parameters": [
                {"name": "sid", "in": "cookie", "schema": {"type": "string"}},
                {"name": "X-Trace", "in": "header", "schema": {"type": "string"}},
                {"name": "filter", "in": "query", "style": "deepObject", "schema": filters},
                {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}},
            ]}},
        "/bare": {"get": {"responses": responses}},
    }  # fmt: skip
    linked = document(
        {"/x": {"get": {"operationId": "x", "description": "See [more](guide).", "responses": responses}}}
    )
    linked["externalDocs"] = {"url": "https://docs.example.com/api/"}
    nowhere = document(
        {
            "/x": {
                "get": {"operationId": "x", "description": "See [more](guide) and [all](/all).", "responses": responses}
            }
        }
    )
    del nowhere["servers"]
    two = document(paths)
    two["servers"] = [{"url": "https://one.example.com"}, {"url": "https://two.example.com", "description": "Second"}]
    documents = {"own": two, "linked": linked, "nowhere": nowhere, "google/books": document(paths)}
    with site_of(tmp_path_factory.mktemp("own"), documents) as app:
        yield app


def assert_in_order(text: str, wordings: list[str]) -> None:
    position = 0
    for wording in wordings:
        found = text.find(wording, position)
        assert found >= 0, f"{wording!r} is not behind {text[max(0, position - 60) : position]!r}"
        position = found + len(wording)


def main_of(page: BeautifulSoup) -> str:
    return words(one(page, "main")) + " " + words(one(page, "aside"))


def test_the_page_has_its_wordings_in_order(client: FlaskClient) -> None:
    page = get(client, UPDATE)
    assert_in_order(
        main_of(page),
        [
            "Playground", "Stripe API", "postcheckoutsessionssession",
            "provider", "POST", "/v1/checkout/sessions/{session}", "Checkout", "@utdk/stripe",
            "Update a Checkout Session", "Changes a session while its page is still open",
            "Try it",
            "Authentication", "Configured", "Configure credentials for Stripe API", "Using bearer authentication",
            "Gateway",
            "The gateway proxies requests and injects credentials server-side. Configure credentials above, then enter "
            "your gateway URL.",
            "Gateway URL", "Saved automatically to browser storage.",
            "postcheckoutsessionssession", "POST", "/v1/checkout/sessions/{session}",
            "Parameters", "session", "Input", "line_items",
            "Send", "Enter a gateway URL above to enable sending.",
            "Output",
            "Code snippet", "Copy", "Updates live as you fill in the form above.", "TypeScript", "curl",
        ],
    )  # fmt: skip


def test_the_snippet_is_the_first_of_the_contract(client: FlaskClient) -> None:
    text = one(get(client, UPDATE), "#snippet-text").get_text()
    assert text == "import stripe from '@utdk/stripe';\n\nawait stripe.postcheckoutsessionssession()"


def test_groups_stand_in_their_order(own: Flask) -> None:
    page = get(browser_of(own), "/providers/own/everything")
    titles = [words(heading) for heading in page.select("form#request h3")]
    assert titles == ["Parameters", "Query", "Headers", "Cookies", "Input"]


def test_the_hooks_stay_put(client: FlaskClient) -> None:
    for path in (UPDATE, "/providers/tour/ping", "/providers/tour/securitynone"):
        page = get(client, path)
        for hook in HOOKS:
            one(page, hook)
        assert one(page, "form#request")["method"] == "post"
        assert str(one(page, "form#request")["action"]) == f"{path}/send"
        assert one(page, "#gateway-url")["name"] == "gateway_url"


def test_inputs_have_the_contract_s_names(own: Flask) -> None:
    page = get(browser_of(own), "/providers/own/everything")
    names = {name for name, _ in submitted(page)}
    assert {
        "path.id", "query.filter/status", "header.X-Trace", "cookie.sid", "body/a~1b~0c", "body~raw", "body~mode",
        "server", "media_type", "target",
    } <= names  # fmt: skip


def test_every_control_of_the_form_has_a_label(client: FlaskClient) -> None:
    page = get(client, UPDATE)
    label = one(page, "label[for='f-path__session']")
    assert words(label) == "session"
    field = label.find_parent(class_="field")
    assert field is not None
    assert "required" in words(field)
    assert "string, up to 66 characters" in words(field)


def test_an_operation_without_inputs_says_so(client: FlaskClient) -> None:
    assert "This operation has no parameters." in words(one(get(client, "/providers/tour/ping"), "form#request"))
    assert "This operation has no parameters." not in words(get(client, UPDATE))


def test_the_description_stands_once_rendered_and_sanitised(own: Flask, client: FlaskClient) -> None:
    page = get(browser_of(own), "/providers/own/everything")
    assert str(one(page, "body")).count("<strong>unmistakable</strong>") == 1
    assert one(page, ".prose strong").get_text() == "unmistakable"
    prose = one(get(client, "/providers/tour/markdown"), ".operation-head .prose")
    assert prose.select("table td")
    assert one(prose, "b").get_text() == "HTML"
    assert not prose.select("script, [onclick]")
    assert "never" not in prose.get_text()
    assert "this text cannot be clicked" in prose.get_text()


def test_relative_links_follow_the_description_s_own_documents(own: Flask, client: FlaskClient) -> None:
    browser = browser_of(own)
    links = [
        (link.get_text(), str(link["href"]))
        for link in get(client, "/providers/tour/markdown").select(".operation-head .prose a")
    ]
    assert ("relative link", "https://docs.tour.example/pages/links") in links
    assert ("full link", "https://www.rfc-editor.org/rfc/rfc9110") in links
    assert ("relative link", "https://docs.tour.example/reference") in links
    assert one(get(browser, "/providers/linked/x"), ".prose a")["href"] == "https://docs.example.com/guide"
    assert str(one(get(browser, "/providers/own/everything"), ".prose a")["href"]).startswith(
        "https://one.example.com/"
    )


def test_a_relative_link_that_leads_nowhere_is_text(own: Flask) -> None:
    prose = one(get(browser_of(own), "/providers/nowhere/x"), ".operation-head .prose")
    assert not prose.select("a")
    assert words(prose) == "See more and all."


def test_every_link_of_a_description_is_safe_to_follow(client: FlaskClient) -> None:
    for link in get(client, "/providers/tour/markdown").select(".prose a, .help a"):
        assert set(link["rel"]) == {"noopener", "noreferrer", "nofollow"}


def test_a_deprecated_operation_says_so(client: FlaskClient) -> None:
    badges = one(get(client, "/providers/tour/oldway"), ".operation-head .badges")
    assert "deprecated" in words(badges)
    assert "deprecated" not in words(one(get(client, "/providers/tour/ping"), ".operation-head .badges"))


def test_tags_and_package_are_badges(own: Flask) -> None:
    browser = browser_of(own)
    assert_in_order(
        words(one(get(browser, "/providers/own/everything"), ".operation-head .badges")),
        ["provider", "POST", "/everything/{id}", "One", "Two", "@utdk/own"],
    )
    assert "@utdk/google" in words(one(get(browser, "/providers/google/books/everything"), ".operation-head .badges"))


def test_the_title_is_the_same_wherever_the_operation_is_named(own: Flask, client: FlaskClient) -> None:
    assert words(one(get(client, UPDATE), "h1")) == "Update a Checkout Session"
    browser = browser_of(own)
    for name, title in (("everything", "Only here: unmistakable. relative"), ("getBare", "Get bare")):
        page = get(browser, f"/providers/own/{name}")
        assert words(one(page, "h1")) == title
        assert words(one(page, "title")) == f"{title} · Example API · Playground"
        assert words(one(page, "nav.operations [aria-current=page]")).endswith(title)
        assert words(one(page, ".crumbs [aria-current]")) == name
        listed = get(browser, "/providers/own").select(f'.operation-list a[href="/providers/own/{name}"]')[0]
        assert words(one(listed, ".title")) == title
        found = get(browser, f"/search?q={name}", **HTMX, **{"HX-Target": "palette-found"})
        assert title in [words(option) for option in found.select(f'a[href="/providers/own/{name}"] .title')]
        assert browser.get(f"/providers/own/{name}.md").text.startswith(f"# {title}\n")


def test_a_description_that_the_title_says_is_not_said_again(tmp_path: Path) -> None:
    paths = {"/a": {"get": {"operationId": "makeOne", "description": "create a *Pod*."}}}
    with site_of(tmp_path, {"p": document(paths)}) as app:
        page = get(browser_of(app), "/providers/p/makeone")
        markdown = browser_of(app).get("/providers/p/makeone.md").text
    assert words(one(page, "h1")) == "Create a Pod"
    assert not page.select(".operation-head .prose")
    assert "create a" not in markdown


def test_crumbs_lead_home_and_to_the_provider(client: FlaskClient, own: Flask) -> None:
    crumbs = one(get(client, UPDATE), "nav[aria-label=Breadcrumb]")
    assert [str(link["href"]) for link in crumbs.select("a")] == ["/", "/providers/stripe"]
    assert words(one(crumbs, "[aria-current=page]")) == "postcheckoutsessionssession"
    nested = one(get(browser_of(own), "/providers/google/books/everything"), "nav[aria-label=Breadcrumb]")
    assert str(nested.select("a")[-1]["href"]) == "/providers/google/books"


def test_server_and_media_type_are_asked_where_there_is_a_choice(own: Flask, client: FlaskClient) -> None:
    page = get(browser_of(own), "/providers/own/everything")
    servers = [str(option["value"]) for option in page.select("select[name=server] option")]
    assert servers == ["https://one.example.com", "https://two.example.com", "sandbox", "other"]
    assert [str(option["value"]) for option in page.select("select[name=media_type] option")] == [
        "application/json",
        "text/plain",
    ]
    bundled = get(client, UPDATE)
    assert [str(option["value"]) for option in bundled.select("select[name=server] option")] == [
        "sandbox", "https://api.stripe.com", "other",
    ]  # fmt: skip
    assert not bundled.select("select[name=media_type]")
    assert "application/x-www-form-urlencoded" in words(one(bundled, "#body-views"))


@pytest.mark.parametrize("mode", ["off", "only"])
def test_the_sandbox_can_be_off_or_all_there_is(bundled_store: Store, mode: Any) -> None:
    app = create_app(Settings(catalog=Path("unused"), sandbox=mode), bundled_store)
    page = get(browser_of(app), UPDATE)
    if mode == "only":
        assert not page.select("select[name=server]") and one(page, "input[name=server]")["value"] == "sandbox"
    else:
        values = [str(option["value"]) for option in page.select("select[name=server] option")]
        assert values == ["https://api.stripe.com", "other"]


def test_the_gateway_field_starts_with_ours_or_the_operator_s(client: FlaskClient, bundled_store: Store) -> None:
    assert one(get(client, UPDATE), "#gateway-url")["value"] == "http://localhost/gateway"
    app = create_app(Settings(catalog=Path("unused"), gateway_url="https://gateway.example.com"), bundled_store)
    assert one(get(browser_of(app), UPDATE), "#gateway-url")["value"] == "https://gateway.example.com"


def test_no_link_can_set_what_is_sent_or_where(client: FlaskClient) -> None:
    plain = client.get(UPDATE)
    evil = "http://evil.example"
    links = [f"{name}={evil}" for name in ("gateway_url", "gateway", "utdk_gateway_url", "server", "url", "configUrl")]
    for query in [*links, "path.session=x", "credential=x"]:
        assert client.get(f"{UPDATE}?{query}").data == plain.data


def test_the_page_is_the_same_for_every_visitor_of_a_language(client: FlaskClient, app: Flask) -> None:
    first = client.get(UPDATE, headers={"Cookie": "session=a; x=y", "Accept-Language": "de", "User-Agent": "one"})
    other = app.test_client().get(
        UPDATE, headers={"User-Agent": "two", "X-Forwarded-For": "1.2.3.4", "Accept-Language": "de-CH,en;q=0.8"}
    )
    assert first.data == other.data
    assert first.headers["ETag"] == other.headers["ETag"]
    assert "Set-Cookie" not in first.headers
    names_of_secrets = str(one(parsed(first.text), "form#request")["data-secret-names"])
    assert "csrf" not in first.text.replace(names_of_secrets, "")


def test_a_page_changes_with_its_description_only(tmp_path: Path) -> None:
    from playground.openapi.compile import compile_document

    described = document({"/x": {"get": {"operationId": "x", "summary": "Before", "responses": {}}}})
    with site_of(tmp_path, {"api": described}) as app:
        store: Store = app.extensions["playground"].store
        client = browser_of(app)
        before = client.get("/providers/api/x")
        described["paths"]["/x"]["get"]["summary"] = "After"
        store.replace(compile_document(described, name="api").catalog, b"{}")
        after = client.get("/providers/api/x", headers={"If-None-Match": before.headers["ETag"]})
        assert after.status_code == 200
        assert "After" in after.text
        store.replace(compile_document(described, name="api").catalog, b"{}")
        assert client.get("/providers/api/x", headers={"If-None-Match": after.headers["ETag"]}).status_code == 304


def test_the_sidebar_shows_the_operations_beside_this_one(client: FlaskClient) -> None:
    aside = one(get(client, UPDATE), "nav.operations")
    assert words(one(aside, "[aria-current=page]")).endswith("Update a Checkout Session")
    assert "/providers/stripe/getcheckoutsessions" in [str(link["href"]) for link in aside.select("a")]


def test_pages_hold_nothing_inline(client: FlaskClient) -> None:
    page = get(client, UPDATE)
    assert not page.select("script:not([src]), style, [style]")
    assert not [name for element in page.find_all(True) for name in element.attrs if name.startswith("on")]
