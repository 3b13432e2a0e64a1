"""Every operation page there is: answers, small enough, sound HTML; and a description that attacks its reader."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag
from flask import Flask
from flask.testing import FlaskClient

from playground.app import create_app
from playground.config import Settings
from playground.openapi.compile import compile_document
from playground.openapi.parse import parse_document
from playground.store import Store, open_store
from tests.support.hostile import ALL, SHORT, hostile_document
from tests.support.needs import need_spec
from tests.support.pages import browser_of, parsed, post, site_of

OWN_FILES = ("/assets/", "data:,", "http://localhost/oembed?url=http%3A%2F%2Flocalhost%2F")
LARGEST = 150_000
"""Bytes of a page's HTML, uncompressed, at first load."""


_REFERENCES = ("for", "aria-labelledby", "aria-describedby", "list", "form")
_CONTROLS = frozenset({"input", "select", "textarea", "button"})


def problems_of(page: BeautifulSoup) -> list[str]:
    """Return what is unsound in a page: repeated ids, references that lead nowhere, controls without a name to them.

    In one walk over all elements: a selector each would take ten times as long, and there are many pages.
    """
    elements = page.find_all(True)
    ids = Counter(str(element["id"]) for element in elements if "id" in element.attrs)
    found = [f"the id {name} stands {count} times" for name, count in ids.items() if count > 1]
    found += [f"the id {name!r} holds a blank" for name in ids if re.search(r"\s", name) or not name]
    labelled = {str(element["for"]) for element in elements if element.name == "label" and "for" in element.attrs}
    for element in elements:
        for attribute in element.attrs.keys() & _REFERENCES:
            for reference in str(element[attribute]).split():
                if reference not in ids:
                    found.append(f"{element.name}[{attribute}={reference}] leads nowhere")
        target = str(element.attrs.get("hx-target", ""))
        if target.startswith("#") and target.removeprefix("#") not in ids:
            found.append(f"hx-target {target} leads nowhere")
        is_shown = element.attrs.get("type") != "hidden" and "hidden" not in element.attrs
        if element.name in _CONTROLS and is_shown and not _is_named(element, labelled):
            found.append(f"{words_of(element)} has no accessible name")
    return found


def _is_named(control: Tag, labelled: set[str]) -> bool:
    if control.get("aria-label") or control.get("aria-labelledby") or control.get("id") in labelled:
        return True
    if any(parent.name == "label" for parent in control.parents):
        return True
    return control.name == "button" and any(text.strip() for text in control.find_all(string=True))


def test_what_is_unsound_is_found() -> None:
    unsound = parsed(
        '<i id="a b"></i><i id="c"></i><i id="c"></i><label for="d">x</label><input id="e"><select form="f"></select>'
        '<button hx-target="#g"></button><button>ok</button><label><textarea></textarea></label><input type="hidden">'
        '<label for="h">h</label><input id="h" aria-describedby="c i"><p hx-target="closest li" list="c"></p>'
    )
    assert sorted(problems_of(unsound)) == [
        '<button hx-target="#g"></button> has no accessible name',
        '<input id="e"/> has no accessible name',
        '<select form="f"></select> has no accessible name',
        "hx-target #g leads nowhere",
        "input[aria-describedby=i] leads nowhere",
        "label[for=d] leads nowhere",
        "select[form=f] leads nowhere",
        "the id 'a b' holds a blank",
        "the id c stands 2 times",
    ]


def words_of(element: Tag) -> str:
    return str(element)[:120]


def check_all(client: FlaskClient, store: Store, provider: str) -> tuple[int, str]:
    """Open every operation page of a provider and return the largest size and its operation."""
    wrong: dict[str, list[str]] = {}
    sizes: list[tuple[int, str]] = []
    for operation in store.operations(provider):
        answer = client.get(f"/providers/{provider}/{operation.name}")
        assert answer.status_code == 200, (operation.name, answer.text[:500])
        sizes.append((len(answer.data), operation.name))
        problems = problems_of(parsed(answer.text))
        if problems:
            wrong[operation.name] = problems[:5]
    assert not wrong, dict(list(wrong.items())[:10])
    size, name = max(sizes)
    print(f"\n{provider}: {len(sizes)} pages, the largest is {name} with {size:,} bytes")
    assert size <= LARGEST, [(count, each) for count, each in sorted(sizes, reverse=True) if count > LARGEST]
    return size, name


@pytest.mark.parametrize("provider", ["stripe", "tour"])
def test_every_bundled_operation_has_a_sound_page(client: FlaskClient, bundled_store: Store, provider: str) -> None:
    check_all(client, bundled_store, provider)


@pytest.mark.slow
@pytest.mark.long
def test_every_operation_of_the_real_stripe_has_a_sound_page(tmp_path: Path) -> None:
    source = need_spec("stripe.json").read_bytes()
    with open_store(tmp_path / "catalog.sqlite") as store:
        store.replace(compile_document(parse_document(source), name="stripe").catalog, source)
        client = browser_of(create_app(Settings(catalog=tmp_path / "catalog.sqlite"), store))
        assert len(store.operations("stripe")) > 450
        check_all(client, store, "stripe")


OWN_SETTINGS = '{"includeIndicatorStyles":false}'
OWN_LINKS = ("/", "#", "https://", "http://", "mailto:", "data:,")


def attacks_in(page: BeautifulSoup) -> list[str]:
    """Return every active element or attribute that a description could have brought in."""
    found = [f"an inline {script}" for script in page.select("script:not([src])")]
    found += [f"a foreign {one}" for one in page.select("script[src]") if not str(one["src"]).startswith("/assets/")]
    found += [
        words_of(one) for one in page.select("iframe, object, embed, base, math, style, frame, applet, form form")
    ]
    found += [words_of(one) for one in page.select("meta") if one.get("http-equiv")]
    found += [words_of(one) for one in page.select("svg:not(.icon, body > .sprite, .waterfall .bar > svg), img")]
    found += [words_of(one) for one in page.select("link") if not str(one["href"]).startswith(OWN_FILES)]
    settings = page.select("meta[name=htmx-config]")  # htmx reads the first one
    if settings and (
        settings != page.select("head > meta[name=htmx-config]") or settings[0]["content"] != OWN_SETTINGS
    ):
        found.append("settings of htmx")
    for element in page.find_all(True):
        for name, value in element.attrs.items():
            text = " ".join(value) if isinstance(value, list) else str(value)
            if name.lower().startswith("on") or name in ("style", "srcdoc", "autofocus", "ping"):
                found.append(f"{name} on {words_of(element)}")
            if name in ("href", "src", "action", "formaction", "hx-get", "hx-post") and not text.startswith(OWN_LINKS):
                found.append(f"{name}={text[:80]}")
            if name in ("href", "src", "action", "formaction", "hx-get", "hx-post") and text.startswith("//"):
                found.append(f"{name}={text[:80]}")
            if name.startswith(("hx-", "data-hx-")) and name not in OWN_HTMX:
                found.append(f"{name} on {words_of(element)}")
    for prose in page.select(".prose, .help"):
        for element in prose.find_all(True):
            allowed = {"href", "rel", "start", "colspan", "rowspan"}
            if element.name in ("pre", "table"):  # ours: what may scroll sideways can be reached by keyboard
                allowed.add("tabindex")
            if not set(element.attrs) <= allowed:
                found.append(f"{sorted(set(element.attrs) - allowed)} in prose: {words_of(element)}")
            if element.name in ("input", "button", "form", "select", "textarea", "img", "svg", "template"):
                found.append(f"{element.name} in prose")
    return found


OWN_HTMX = {
    "hx-get",
    "hx-post",
    "hx-trigger",
    "hx-target",
    "hx-swap",
    "hx-sync",
    "hx-encoding",
    "hx-disable",
    "hx-history",
    "hx-include",
    "hx-swap-oob",
    "hx-preserve",
}


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    with site_of(tmp_path_factory.mktemp("hostile"), {"hostile": hostile_document()}) as app:
        yield app


def hostile_pages(app: Flask) -> list[str]:
    store: Store = app.extensions["playground"].store
    names = [operation.name for operation in store.operations("hostile")]
    assert len(names) == 3
    client = browser_of(app)
    listed = parsed(client.get("/providers/hostile").text).select(".operation-list a")
    links = [str(one["href"]) for one in listed]
    assert len(set(links)) == len(names)
    return [
        "/",
        "/providers",
        "/search?q=script",
        "/search?q=hacked",
        "/providers/hostile",
        "/providers/hostile?q=hacked",
        *links,
    ]


def test_a_hostile_description_stays_text(hostile: Flask) -> None:
    client = browser_of(hostile)
    for path in hostile_pages(hostile):
        answer = client.get(path)
        assert answer.status_code == 200, path
        page = parsed(answer.text)
        assert attacks_in(page) == [], path
        assert "49" not in [text.strip() for text in page.stripped_strings if "{{" in text]
        if path.startswith("/providers/hostile/"):
            assert problems_of(page) == [], path
            # Untouched: every hook is ours alone.
            for hook in ("form#request", "#gateway-url", "#send", "#snippet", "#response", "#credentials"):
                assert len(page.select(hook)) == 1, (path, hook)


def test_hostile_fragments_stay_text(hostile: Flask) -> None:
    client = browser_of(hostile)
    for path in hostile_pages(hostile):
        if not path.startswith("/providers/hostile/"):
            continue
        page = parsed(client.get(path).text)
        assert attacks_in(post(client, f"{path}/snippet", {"path.x": ALL})) == []
        assert attacks_in(post(client, f"{path}/body", {"~example": SHORT})) == []
        assert attacks_in(post(client, f"{path}/servers", {"server": "javascript:hacked()"})) == []
        assert attacks_in(post(client, f"{path}/send", {"server": "sandbox"})) == []
        for button in page.select("button[name='~field'], button[name='~add']")[:30]:
            assert attacks_in(post(client, f"{path}/field", {str(button["name"]): str(button["value"])})) == []


def test_what_a_visitor_types_stays_text(client: FlaskClient) -> None:
    path = "/providers/stripe/postcheckoutsessionssession"
    typed = {
        "path.session": SHORT,
        "body/metadata~key/0": SHORT,
        "body/metadata~value/0": ALL,
        "gateway_url": SHORT,
        "target": SHORT,
        "via": SHORT,
        "security": SHORT,
        "body~row": "0",
        "server": SHORT,
        "body~mode": SHORT,
    }
    for action in ("snippet", "field", "body", "servers", "send"):
        for htmx in (True, False):
            page = post(client, f"{path}/{action}", {**typed, "~field": "body/metadata"}, htmx=htmx)
            assert attacks_in(page) == [], (action, htmx)
    assert attacks_in(parsed(client.get("/search", query_string={"q": SHORT}).text)) == []
    assert attacks_in(parsed(client.get("/providers", query_string={"q": SHORT}).text)) == []
    assert attacks_in(parsed(client.get("/providers/stripe", query_string={"q": SHORT, "tag": SHORT}).text)) == []
    assert attacks_in(parsed(client.get("/providers/" + SHORT.replace("/", "%2F")).text)) == []
