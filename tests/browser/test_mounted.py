"""The recipes of docs/inside.md as they stand, each in its framework's own server, with Send through a real browser."""

from __future__ import annotations

import json
import os
import re
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.support.needs import ROOT, free_port
from tests.support.opened import opened
from tests.support.wheel import Installed

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

RECIPES = dict(
    re.findall(r"^<!-- file: (\S+) -->\n```python\n(.*?)^```", (ROOT / "docs" / "inside.md").read_text(), re.M | re.S)
)
OPENAPI = """
openapi: 3.1.0
info: {title: Shop, version: '1'}
paths:
  /orders/{number}:
    get:
      operationId: get_order
      parameters:
        - {name: number, in: path, required: true, schema: {type: integer}}
        - {name: status, in: query, schema: {type: string}}
      responses: {'200': {description: The order}}
"""
DJANGO = {
    "settings.py": """
SECRET_KEY, DEBUG, ROOT_URLCONF, WSGI_APPLICATION = "for tests", True, "urls", "wsgi.application"
INSTALLED_APPS = ["django.contrib.contenttypes", "django.contrib.auth", "rest_framework", "drf_spectacular"]
REST_FRAMEWORK = {"DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema", "DEFAULT_AUTHENTICATION_CLASSES": []}
SPECTACULAR_SETTINGS = {"TITLE": "Shop", "VERSION": "1"}
""",
    "urls.py": """
from django.urls import path
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.decorators import api_view
from rest_framework.response import Response


@extend_schema(operation_id="get_order", parameters=[OpenApiParameter("status", str)], responses={200: dict})
@api_view(["GET"])
def get_order(request, number):
    return Response({"number": number, "status": request.query_params.get("status")})


urlpatterns = [path("orders/<int:number>", get_order)]
""",
}
UVICORN = ["uvicorn", "main:app", "--port", "{port}", "--log-level", "warning"]
SERVERS = {
    "fastapi": UVICORN,
    "starlette": UVICORN,
    "litestar": UVICORN,
    "flask": ["flask", "--app", "main", "run", "--port", "{port}"],
    "blueprint": ["gunicorn", "main:app", "--bind", "127.0.0.1:{port}", "--threads", "8", "--log-level", "warning"],
    "django": ["django", "runserver", "--noreload", "{port}", "--settings", "settings"],
}


@contextmanager
def serving(name: str, folder: Path, installed: Installed) -> Iterator[str]:
    """Run a recipe in its framework's server, with Playground from the built wheel, and give its address."""
    pytest.importorskip({"blueprint": "gunicorn", "django": "drf_spectacular"}.get(name, name))
    files = {path.partition("/")[2]: text for path, text in RECIPES.items() if path.startswith(f"{name}/")}
    for file, text in {**files, **(DJANGO if name == "django" else {}), "openapi.yaml": OPENAPI}.items():
        (folder / file).write_text(text)
    port = free_port()
    command = [installed.python, "-m", *(word.format(port=port) for word in SERVERS[name])]
    kept = {key: text for key, text in os.environ.items() if not key.startswith(("PLAYGROUND_", "PYTHON"))}
    environ = {**kept, "PYTHONPATH": str(folder)}
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(command, cwd=folder, env=environ, stdout=log, stderr=subprocess.STDOUT)
        try:
            url = f"http://127.0.0.1:{port}"
            while not _answers(url):
                assert process.poll() is None, (folder / "log").read_text()
                time.sleep(0.1)
            yield url
        finally:
            process.terminate()
            process.wait()


def _answers(url: str) -> bool:
    try:
        urllib.request.urlopen(f"{url}/orders/1").close()
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
    return True


@pytest.mark.parametrize(
    "name",  # of each kind of server one in every run, and the frameworks alike in CI
    [name if name in ("fastapi", "django") else pytest.param(name, marks=pytest.mark.long) for name in SERVERS],
)
def test_send_reaches_the_api_around_the_site(page: Page, tmp_path: Path, installed: Installed, name: str) -> None:
    with serving(name, tmp_path, installed) as url:
        page.goto(f"{url}/docs/")
        expect(page.get_by_role("heading", level=1)).to_have_text("Shop")
        page.locator("#operations a", has_text=re.compile("order", re.IGNORECASE)).first.click()
        page.fill('[name="path.number"]', "7")
        page.fill('[name="query.status"]', "open")
        expect(page.locator("#snippet")).to_contain_text("open")
        page.click("#send")
        expect(page.locator("#response .pill").first).to_contain_text("200")
        expect(page.locator("#response")).to_contain_text("open")
        page.keyboard.press("Control+k")
        page.keyboard.type("order")
        expect(page.locator("#palette-found [role=option]").first).to_be_visible()
        page.goto("about:blank")  # before the server ends


def test_an_api_on_this_machine_is_opened_by_its_address_and_from_a_file(
    page: Page, tmp_path: Path, installed: Installed
) -> None:
    program = [installed.program()]
    with serving("fastapi", tmp_path, installed) as api:
        with opened(api, folder=tmp_path, program=program, path=None) as site:
            page.goto(site.url)
            _send_an_order(page)
            page.goto("about:blank")
        document = tmp_path / "saved.json"
        document.write_bytes(urllib.request.urlopen(f"{api}/openapi.json").read())
        with opened(document, folder=tmp_path, program=program, path=None) as site:
            page.goto(site.url)
            _send_an_order(page, typed=api)
            _save_with_a_parameter_more(document)
            page.get_by_role("button", name="Description changed – reload form").click()
            expect(page.locator('[name="query.added"]')).to_be_visible()
            expect(page.locator('[name="path.number"]')).to_have_value("7")
            page.goto("about:blank")


def _save_with_a_parameter_more(path: Path) -> None:
    document = json.loads(path.read_text())
    for item in document["paths"].values():
        for operation in item.values():
            parameters = operation.setdefault("parameters", [])
            parameters.append({"name": "added", "in": "query", "required": True, "schema": {"type": "string"}})
    path.write_text(json.dumps(document, indent=2))


def _send_an_order(page: Page, typed: str = "") -> None:
    page.locator("main a", has_text="Shop").first.click()
    page.locator("#operations a", has_text=re.compile("order", re.IGNORECASE)).first.click()
    page.fill('[name="path.number"]', "7")
    if typed:
        if page.locator("#server").count():
            page.select_option("#server", label="Other…")
        page.locator("#servers input[type=url]").fill(typed)
        page.keyboard.press("Tab")
    page.click("#send")
    expect(page.locator("#response .pill").first).to_contain_text("200")
    expect(page.locator("#response")).to_contain_text("number")


@pytest.mark.parametrize("name", RECIPES)
def test_a_recipe_takes_at_most_three_lines(name: str) -> None:
    lines = [
        line for line in RECIPES[name].splitlines() if re.search(r"playground|Playground|WSGIMiddleware\(|docs", line)
    ]
    own = [line for line in lines if not line.startswith(("import ", "from "))]
    assert 1 <= len(own) <= 3, own
