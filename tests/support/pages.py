"""Reading pages in tests: one element by selector, what a form would submit, a site with a description of one's own."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup, Tag
from flask import Flask
from flask.testing import FlaskClient

from playground.app import create_app
from playground.config import OpenedNetwork, Settings
from playground.environment import from_environ
from playground.openapi.compile import compile_document
from playground.store import open_store

HTMX = {"HX-Request": "true"}
UPDATE = "/providers/stripe/postcheckoutsessionssession"


def parsed(html: str) -> BeautifulSoup:
    """Read HTML."""
    return BeautifulSoup(html, "html.parser")


def get(client: FlaskClient, path: str, **headers: str) -> BeautifulSoup:
    """Fetch a page that has to be there."""
    answer = client.get(path, headers=headers)
    assert answer.status_code == 200, answer.text[:2000]
    return parsed(answer.text)


def post(client: FlaskClient, path: str, data: Any = None, *, htmx: bool = True, status: int = 200) -> BeautifulSoup:
    """Post a form, as htmx does or as a browser without it does."""
    answer = client.post(path, data=data or {}, headers=HTMX if htmx else {})
    assert answer.status_code == status, answer.text[:2000]
    return parsed(answer.text)


def one(where: Tag, selector: str) -> Tag:
    """Return the only element of a selector."""
    found = where.select(selector)
    assert len(found) == 1, f"{len(found)} elements are {selector}"
    return found[0]


def roots(fragment: BeautifulSoup) -> list[str]:
    """Return the ids of a fragment's outermost elements."""
    return [str(child.get("id")) for child in fragment.children if isinstance(child, Tag)]


def words(where: Tag) -> str:
    """Return an element's text with single blanks."""
    return " ".join(where.get_text(" ").split())


def links(page: Tag, selector: str) -> list[str]:
    """Return the addresses of all links of a selector."""
    return [str(link["href"]) for link in page.select(selector)]


def titles(page: Tag, where: str = ".provider-list") -> list[str]:
    """Return the titles of the cards in a list."""
    return [words(title) for title in page.select(f"{where} strong")]


def value_of(page: Tag, name: str) -> str:
    """Return what the control of that name would send, as a browser would (the first one of that name that sends)."""
    values = [text for field, text in submitted(page) if field == name]
    assert values, f"nothing named {name} would be sent"
    return values[0]


def submitted(page: Tag) -> list[tuple[str, str]]:
    """Return what pressing Send would submit, as HTML's form submission has it (files and buttons left out)."""
    pairs: list[tuple[str, str]] = []
    form = one(page, "form#request")
    for control in page.select("input[name], select[name], textarea[name]"):
        name, kind = str(control["name"]), str(control.get("type") or "text")
        owned = control.get("form") == "request" or any(parent is form for parent in control.parents)
        if not owned or control.has_attr("disabled") or kind in ("submit", "button", "file"):
            continue
        if kind in ("radio", "checkbox") and not control.has_attr("checked"):
            continue
        pairs.append((name, _text_of(control)))
    return pairs


def _text_of(control: Tag) -> str:
    if control.name == "select":
        options = control.select("option")
        chosen = next((option for option in options if option.has_attr("selected")), options[0] if options else None)
        return "" if chosen is None else str(chosen.get("value", chosen.get_text()))
    if control.name == "textarea":
        return control.get_text().removeprefix("\n")
    return str(control.get("value", ""))


def opened(port: int) -> tuple[OpenedNetwork, ...]:
    """Return the setting that opens one loopback port."""
    return from_environ({"PLAYGROUND_PRIVATE_NETWORKS": f"127.0.0.1/32:{port}"}).private_networks


@contextlib.contextmanager
def site_of(folder: Path, documents: Mapping[str, Mapping[str, Any]], **settings: Any) -> Iterator[Flask]:
    """Make a site whose catalogue holds these OpenAPI documents by provider."""
    with open_store(folder / "own.sqlite") as store:
        for name, document in documents.items():
            store.replace(compile_document(document, name=name).catalog, json.dumps(document).encode())
        yield create_app(Settings(catalog=folder / "own.sqlite", **settings), store)


def browser_of(app: Flask) -> FlaskClient:
    """Return a client that is a browser on the site's own pages."""
    client = app.test_client()
    client.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
    return client


def document(
    paths: Mapping[str, Any], *, server: str = "https://api.example.com", schemes: Mapping[str, Any] | None = None,
    security: Iterable[Mapping[str, Any]] = (), **info: Any,
) -> dict[str, Any]:  # fmt: skip
    """Return an OpenAPI document; operations without responses get one."""
    made: dict[str, Any] = {
        "openapi": "3.1.0",
        "info": {"title": "Example API", "version": "1", **info},
        "servers": [{"url": server}],
        "paths": paths,
        "components": {"securitySchemes": dict(schemes or {})},
    }
    listed = [dict(one) for one in security]
    return {**made, "security": listed} if listed else made
