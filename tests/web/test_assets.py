"""Assets are few, named by their content and kept by the browser for a year."""

from __future__ import annotations

import re

from flask import Flask
from flask.testing import FlaskClient

from tests.support.needs import ROOT


def test_a_page_asks_for_few_immutable_files(client: FlaskClient) -> None:
    html = client.get("/providers/stripe/postcheckoutsessionssession").text
    names = set(re.findall(r'(?:src|href)="/assets/([\w.-]+)', html))
    assert len(names) == 4
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


def test_a_line_of_ours_is_no_part_of_a_string() -> None:
    # Served files lose indentation and lines that are comments; inside a text over several lines that would change it.
    ours = [
        path for kind in ("css", "js") for path in (ROOT / "static").rglob(f"*.{kind}") if "vendor" not in path.parts
    ]
    assert len(ours) > 30
    for path in ours:
        text = path.read_text()
        for line in (re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL) if path.suffix == ".css" else text).splitlines():
            assert line.count("`") % 2 == 0, (path, line)
            assert not line.endswith("\\"), (path, line)


def test_what_is_served_has_no_comments_and_all_the_code(client: FlaskClient) -> None:
    names = set(re.findall(r"/assets/((?:script|style|boot)-[\w.-]+)", client.get("/").text))
    assert len(names) == 3
    served = {name.partition("-")[0]: client.get(f"/assets/{name}").text for name in names}
    for name, text in served.items():
        assert not re.search(r"^(//|\s)", text, re.MULTILINE), name
    assert "/*" not in served["style"]
    source = (ROOT / "static" / "js" / "theme.js").read_text().splitlines()
    code = [line.strip() for line in source if line.strip() and not line.startswith("//")]
    assert "\n".join(code) in served["script"]


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
