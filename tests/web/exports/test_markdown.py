"""Pages as Markdown: what they hold, and that nothing a description says breaks out of its place."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from playground.store import Store
from playground.web.exports.markdown import cell, code, fenced, line, table
from tests.support.pages import browser_of, document, site_of

PARSER = MarkdownIt("commonmark").enable("table")
PIECES = [*"ab `|\\*_[]<>#\n~&-$", "&copy;", "http://x"]
TEXTS = st.lists(st.sampled_from(PIECES), max_size=20).map("".join)


def test_an_operation_is_there_as_markdown(client: FlaskClient) -> None:
    answer = client.get("/providers/stripe/postcheckoutsessionssession.md")
    assert answer.mimetype == "text/markdown"
    text = answer.text
    assert text.startswith("# Update a Checkout Session\n\n`POST /v1/checkout/sessions/{session}`\n")
    assert "| `session` | string, up to 66 characters | yes | The session's ID. |" in text
    assert "| `line_items` | list of objects |" in text
    assert "```sh\n" in text
    assert "curl --request POST" in text
    assert "| `200` | `application/json` | The session. |" in text
    assert "- Authentication: `bearerAuth` or `basicAuth`" in text
    assert client.get(
        "/providers/stripe/postcheckoutsessionssession.md", headers={"If-None-Match": answer.headers["ETag"]}
    ).status_code == 304  # fmt: skip


def test_a_provider_is_there_as_markdown(client: FlaskClient) -> None:
    text = client.get("/providers/stripe.md").text
    assert text.startswith("# Stripe API\n")
    assert "- Package: `@utdk/stripe`" in text
    assert "(http://localhost/providers/stripe/getcustomers.md): `GET /v1/customers`" in text


def test_every_bundled_page_is_there_as_markdown(client: FlaskClient, bundled_store: Store) -> None:
    for provider in bundled_store.providers():
        for operation in bundled_store.operations(provider.name):
            answer = client.get(f"/providers/{provider.name}/{operation.name}.md")
            assert answer.status_code == 200, operation.name
            assert len(answer.data) < 150_000
            PARSER.parse(answer.text)


def test_an_operation_that_is_called_md_keeps_its_page(tmp_path: Path) -> None:
    paths = {"/a": {"get": {"operationId": "notes/md"}}, "/b": {"get": {"operationId": "notes"}}}
    with site_of(tmp_path, {"p": document(paths)}) as app:
        client = browser_of(app)
        assert client.get("/providers/p/notes.md").mimetype == "text/html"
        assert client.get("/providers/p/notes.md.md").text.startswith("# Notes md\n")


@pytest.fixture
def hostile(tmp_path: Path) -> Iterator[FlaskClient]:
    parameter = {"name": "a`|b", "in": "query", "description": "x | y\n\n# z", "schema": {"enum": ["```", "|"]}}
    operation = {
        "summary": "A ](javascript:1) <b> `",
        "parameters": [parameter],
        "responses": {"200": {"description": "|"}},
    }
    with site_of(tmp_path, {"h": document({"/`a`/{x|y}": {"get": operation}}, title="[x](javascript:1)")}) as app:
        yield browser_of(app)


def test_a_hostile_description_stays_in_its_place(hostile: FlaskClient) -> None:
    for path in ("/providers/h.md", "/providers/h/getAXY.md", "/llms.txt"):
        answer = hostile.get(path)
        assert answer.status_code == 200, answer.text
        html = PARSER.render(answer.text)
        assert 'href="javascript' not in html
        assert "<b>" not in html
        assert html.count("<h1>") == 1


@given(TEXTS)
def test_a_line_is_text_and_nothing_else(text: str) -> None:
    plain = " ".join(text.split())
    inline = PARSER.parse(f"# x{line(text)}x")[1]
    assert {token.type for token in inline.children or ()} <= {"text", "text_special"}
    assert "".join(token.content for token in inline.children or ()) == f"x{plain}x"


@given(TEXTS)
def test_code_comes_back_as_it_is(text: str) -> None:
    plain = " ".join(text.split())
    (inline,) = [token for token in PARSER.parse(f"x {code(text)} y") if token.type == "inline"]
    found = [token.content for token in inline.children or () if token.type == "code_inline"]
    assert found == ([plain.replace("|", "\\|")] if plain else [])


@given(st.lists(TEXTS, min_size=1, max_size=4))
def test_a_row_has_as_many_cells_as_it_was_given(texts: list[str]) -> None:
    rows = [(code(text) or "-", cell(text)) for text in texts]
    tokens = PARSER.parse(table(("One", "Two"), rows))
    assert sum(token.type == "td_open" for token in tokens) == 2 * len(texts)


@given(TEXTS)
def test_a_block_ends_where_it_should(text: str) -> None:
    (token,) = PARSER.parse(fenced(text, "sh"))
    assert token.content == text + "\n"
