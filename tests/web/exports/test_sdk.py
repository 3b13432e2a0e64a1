"""`/sdk/<provider>.tgz` and `.mjs`: what is served, for which gateway, and after a description changed."""

from __future__ import annotations

import io
import json
import re
import tarfile
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from playground.app import create_app
from playground.config import Settings
from playground.startup import open_catalog
from tests.support.sdk.packages import catalog_of, document, operation


def files(data: bytes) -> dict[str, bytes]:
    with tarfile.open(fileobj=io.BytesIO(data)) as tar:
        return {getmember.name: tar.extractfile(getmember).read() for getmember in tar.getmembers()}  # type: ignore[union-attr]


def facts(data: bytes) -> dict[str, object]:
    read: dict[str, object] = json.loads(files(data)["package/package.json"])
    return read


def gateway_in(module: bytes) -> str | None:
    literal = re.search(rb"JSON\.parse\((.*)\);", module)
    assert literal is not None
    found: str | None = json.loads(json.loads(literal[1]))["gateway"]
    return found


def test_the_tarball_is_served_for_npm(client: FlaskClient) -> None:
    answer = client.get("/sdk/stripe.tgz")
    assert (answer.status_code, answer.mimetype) == (200, "application/gzip")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="utdk-stripe.tgz"'
    assert "Content-Encoding" not in answer.headers
    assert facts(answer.data)["name"] == "@utdk/stripe"
    assert client.get("/sdk/stripe.tgz").data == answer.data


def test_the_module_is_served_as_javascript(client: FlaskClient) -> None:
    answer = client.get("/sdk/stripe.mjs")
    assert (answer.status_code, answer.mimetype) == (200, "text/javascript")
    assert answer.data == files(client.get("/sdk/stripe.tgz").data)["package/index.js"]


def test_it_calls_the_site_it_came_from(client: FlaskClient) -> None:
    assert gateway_in(client.get("/sdk/stripe.mjs").data) == "http://localhost/gateway"
    other = client.get("/sdk/stripe.mjs", base_url="https://docs.example:8443")
    assert gateway_in(other.data) == "https://docs.example:8443/gateway"
    assert gateway_in(client.get("/sdk/stripe.mjs").data) == "http://localhost/gateway"


def test_an_unchanged_package_is_not_sent_again(client: FlaskClient) -> None:
    etag = client.get("/sdk/stripe.tgz").headers["ETag"]
    again = client.get("/sdk/stripe.tgz", headers={"If-None-Match": etag})
    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize("path", ["/sdk/nothing.tgz", "/sdk/nothing.mjs", "/sdk/stripe", "/sdk/.tgz", "/sdk/strip.tgz"])
def test_a_provider_that_is_not_there_is_404(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_a_changed_description_is_another_package_and_a_family_is_one(tmp_path: Path) -> None:
    with open_catalog(Settings(catalog=tmp_path / "catalog.sqlite")) as store:
        client = create_app(Settings(), store).test_client()
        for name in ("google/books", "google/drive"):
            store.replace(catalog_of(document({"/a": {"get": operation("first")}}), name), b"{}")
        before = client.get("/sdk/google/books.tgz").data
        assert facts(before)["name"] == "@utdk/google"
        assert "package/books/index.js" in files(before) and "package/drive/index.js" not in files(before)
        family = files(client.get("/sdk/google.tgz").data)
        assert {"package/books/index.d.ts", "package/drive/index.d.ts"} <= family.keys()
        assert client.get("/sdk/google.mjs").status_code == 404
        store.replace(catalog_of(document({"/a": {"get": operation("second")}}), "google/books"), b"{}")
        after = client.get("/sdk/google/books.tgz").data
        assert facts(before)["version"] != facts(after)["version"]
        assert b"second" in files(after)["package/books/index.js"]


def test_a_configured_gateway_is_the_default(tmp_path: Path) -> None:
    settings = Settings(catalog=tmp_path / "catalog.sqlite", gateway_url="https://gateway.example")
    with open_catalog(settings) as store:
        data = create_app(settings, store).test_client().get("/sdk/stripe.mjs").data
    assert gateway_in(data) == "https://gateway.example"


def test_the_page_says_how_to_install_what_its_snippet_imports(client: FlaskClient) -> None:
    for base in ("http://localhost", "https://docs.example"):
        page = client.get("/providers/stripe/postcheckoutsessionssession", base_url=base).text
        assert f"<code>npm install {base}/sdk/stripe.tgz</code>" in page
    other = client.post("/providers/stripe/postcheckoutsessionssession/snippet", data={"target": "shell_curl"})
    assert other.status_code == 200 and "npm install" not in other.text
