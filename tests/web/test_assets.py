"""Assets are few, named by their content and kept by the browser for a year."""

from __future__ import annotations

import re

from flask import Flask
from flask.testing import FlaskClient

from playground.secrets.detect import NAME_PATTERN
from tests.support.needs import ROOT
from tests.support.pages import UPDATE, get, one


def test_a_page_asks_for_few_immutable_files(client: FlaskClient) -> None:
    html = client.get("/providers/stripe/postcheckoutsessionssession").text
    names = set(re.findall(r'(?:src|href)="/assets/([\w.-]+)', html))
    assert len(names) == 5
    assert sum(name.startswith("credentials-") for name in names) == 1, "asked for where some are kept"
    later = set(re.findall(r'data-[\w-]+="/assets/([\w.-]+)"', html))
    assert later, "what is fetched where it is needed"
    for name in names | later:
        answer = client.get(f"/assets/{name}", headers={"Accept-Encoding": "gzip"})
        assert answer.status_code == 200
        assert answer.headers["Content-Encoding"] == "gzip"
        assert "immutable" in answer.headers["Cache-Control"]
        assert re.search(r"-[0-9a-f]{12}\.(css|js)$", name)


def test_without_gzip_the_same_bytes_come_plain(client: FlaskClient) -> None:
    name = re.findall(r"/assets/(style-[\w.-]+)", client.get("/").text)[0]
    assert b":root" in client.get(f"/assets/{name}").data


def test_what_is_served_has_no_comments(client: FlaskClient) -> None:
    names = set(re.findall(r"/assets/((?:script|style|boot)-[\w.-]+)", client.get("/").text))
    assert len(names) == 3
    for name in names:
        served = client.get(f"/assets/{name}").text
        assert not re.search(r"^\s*(//|/\*)|^\s", served, re.MULTILINE), name
        assert "/** @" not in served
        assert len(served) > 1_000


def test_a_page_hands_the_pattern_of_secret_names_to_its_scripts(client: FlaskClient) -> None:
    form = one(get(client, UPDATE), "#request")
    assert form["data-secret-names"] == NAME_PATTERN
    source = "".join(path.read_text() for path in (ROOT / "static" / "js").rglob("*.js"))
    assert "passphrase" not in source, "the pattern is written once, in playground/secrets/detect.py"


def test_a_file_says_in_few_words_that_it_runs_nothing_alone(client: FlaskClient) -> None:
    name = re.findall(r"/assets/(style-[\w.-]+)", client.get("/").text)[0]
    headers = client.get(f"/assets/{name}").headers
    assert headers["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert sum(len(name) + len(value) + 4 for name, value in headers.items()) < 500


def test_assets_come_the_same_before_the_application_and_from_it(client: FlaskClient) -> None:
    app = client.application
    first = app.wsgi_app
    name = re.findall(r"/assets/(script-[\w.-]+)", client.get("/").text)[0]
    for method in ("GET", "HEAD"):
        for encoding in ("gzip", "identity"):
            asked = {"Accept-Encoding": encoding, "X-Request-ID": "one"}
            early = client.open(f"/assets/{name}", method=method, headers=asked)
            app.wsgi_app = Flask.wsgi_app.__get__(app)  # type: ignore[method-assign]
            late = client.open(f"/assets/{name}", method=method, headers=asked)
            app.wsgi_app = first  # type: ignore[method-assign]
            assert "X-Request-Id" in early.headers
            assert early.data == late.data
            same = {"Cache-Control"} if method == "HEAD" else set()
            assert {k: v for k, v in early.headers if k not in same} == {k: v for k, v in late.headers if k not in same}
    assert client.post(f"/assets/{name}").status_code in (403, 405)
    assert client.get("/assets/script-000000000000.js").status_code == 404
