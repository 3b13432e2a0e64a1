"""Assets are few, named by their content and kept by the browser for a year."""

from __future__ import annotations

import re

from flask.testing import FlaskClient


def test_a_page_asks_for_few_immutable_files(client: FlaskClient) -> None:
    html = client.get("/providers/stripe/postcheckoutsessionssession").text
    names = set(re.findall(r'(?:src|href)="/assets/([\w.-]+)', html))
    assert len(names) == 5
    later = set(re.findall(r'data-[\w-]+="/assets/([\w.-]+)"', html))
    assert later, "what is fetched where it is needed"
    for name in names | later:
        answer = client.get(f"/assets/{name}", headers={"Accept-Encoding": "gzip"})
        assert answer.status_code == 200
        assert answer.headers["Content-Encoding"] == "gzip"
        assert "immutable" in answer.headers["Cache-Control"]
        assert re.search(r"-[0-9a-f]{12}\.(css|js|svg)$", name)


def test_without_gzip_the_same_bytes_come_plain(client: FlaskClient) -> None:
    name = re.findall(r"/assets/(style-[\w.-]+)", client.get("/").text)[0]
    assert b":root" in client.get(f"/assets/{name}").data
