"""The built wheel, installed into an empty environment, serves the whole site; nothing is left in the checkout."""

from __future__ import annotations

import http.client
import os
import re
import subprocess
import sys
import sysconfig
import time
import venv
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import expect, sync_playwright

from tests.support.needs import free_port, need_chromium
from tests.support.opened import opened

ROOT = Path(__file__).parent.parent
OPERATION = "/providers/stripe/postcheckoutsessionssession"

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("wheel"), pytest.mark.timeout(300)]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment with the wheel in it, the dependencies of this interpreter, and nothing of the checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True, timeout=200)
    (wheel,) = folder.glob("*.whl")
    environment = folder / "environment"
    venv.create(environment, with_pip=False, symlinks=True)
    packages = Path(sysconfig.get_path("purelib", vars={"base": str(environment), "platbase": str(environment)}))
    pip = [sys.executable, "-m", "pip", "--python", str(environment), "install", "--no-index", "--no-deps", str(wheel)]
    subprocess.run([*pip, "--disable-pip-version-check"], check=True, capture_output=True, timeout=100)
    # Folders a .pth names are searched, but their own .pth files, the editable install's among them, are not read.
    (packages / "dependencies.pth").write_text(f"{sysconfig.get_path('purelib')}\n{sysconfig.get_path('platlib')}\n")
    return environment


@pytest.fixture
def elsewhere(tmp_path: Path) -> dict[str, str]:
    """A process environment that knows nothing of the checkout."""
    kept = {name: text for name, text in os.environ.items() if not name.startswith(("PLAYGROUND_", "PYTHON", "COV"))}
    return {**kept, "XDG_DATA_HOME": str(tmp_path / "data"), "HOME": str(tmp_path)}


def _command(installed: Path, *arguments: str) -> list[str]:
    return [str(installed / "bin" / "playground"), *arguments]


def _output(command: list[str], elsewhere: dict[str, str], cwd: Path) -> str:
    done = subprocess.run(command, env=elsewhere, cwd=cwd, capture_output=True, text=True, timeout=100, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


@contextmanager
def _serving(installed: Path, elsewhere: dict[str, str], cwd: Path) -> Iterator[int]:
    command = _command(installed, "serve", "--port", "0")
    with subprocess.Popen(command, env=elsewhere, cwd=cwd, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            yield int(server.stdout.readline().rpartition(":")[2])
        finally:
            server.terminate()
            server.wait(30)


def _get(port: int, path: str) -> tuple[int, str]:
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()


def test_the_installed_copy_is_what_runs(installed: Path, elsewhere: dict[str, str], tmp_path: Path) -> None:
    program = "import playground.app as app; print(app.__file__); print(app.assets_root())"
    lines = _output([str(installed / "bin" / "python"), "-c", program], elsewhere, tmp_path).splitlines()
    assert all(Path(line).is_relative_to(installed) for line in lines), lines
    root = Path(lines[1])
    for kind in ("templates", "static"):
        shipped = {path.relative_to(root) for path in (root / kind).rglob("*") if path.is_file()}
        assert shipped == {path.relative_to(ROOT) for path in (ROOT / kind).rglob("*") if path.is_file()}


def test_commands_work_from_anywhere(installed: Path, elsewhere: dict[str, str], tmp_path: Path) -> None:
    assert re.fullmatch(
        r"playground, version \d+\.\d+\.\d+\n", _output(_command(installed, "--version"), elsewhere, tmp_path)
    )
    listed = _output(_command(installed, "list"), elsewhere, tmp_path)
    assert "stripe" in listed and "tour" in listed


def test_it_serves_pages_and_every_asset_they_name(installed: Path, elsewhere: dict[str, str], tmp_path: Path) -> None:
    with _serving(installed, elsewhere, tmp_path) as port:
        answers = [_get(port, path) for path in ("/", OPERATION)]
        assets = {path for _, html in answers for path in re.findall(r'(?:src|href)="(/assets/[^"#?]+)', html)}
        statuses = {path: _get(port, path)[0] for path in assets}
    assert [status for status, _ in answers] == [200, 200]
    assert "Update a Checkout Session" in answers[1][1]
    assert 'value="de" lang="de"' in answers[1][1], "the catalogues of messages came along"
    assert {path.rsplit(".", 1)[1] for path in statuses} >= {"css", "js"} and len(statuses) >= 4
    assert set(statuses.values()) == {200}, statuses


def test_the_name_of_the_distribution_opens_a_description(
    installed: Path, elsewhere: dict[str, str], tmp_path: Path
) -> None:
    # `uvx tryit-playground openapi.yaml` and `pipx run tryit-playground openapi.yaml` start this program.
    (tmp_path / "openapi.yaml").write_text(
        "openapi: 3.1.0\ninfo: {title: Shop, version: '1'}\npaths: {/a: {get: {operationId: geta}}}\n"
    )
    command = [str(installed / "bin" / "tryit-playground"), "openapi.yaml", "--no-browser", "--port", "0"]
    with subprocess.Popen(command, env=elsewhere, cwd=tmp_path, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            assert server.stdout.readline() == "Shop: 1 operation.\n"
            port = int(server.stdout.readline().rpartition(":")[2])
            assert _get(port, "/providers/shop/geta")[0] == 200
            assert _get(port, "/providers/stripe")[0] == 404
        finally:
            server.terminate()
            server.wait(30)


STORY = """
import playground
from a2wsgi import WSGIMiddleware
from fastapi import FastAPI

app = FastAPI(title="Shop", docs_url=None)
app.mount("/docs", WSGIMiddleware(playground.wsgi(app.openapi)))


@app.get("/orders/{number}")
def get_order(number: int) -> dict[str, int]:
    return {"order": number}
"""


def _send_from(chromium: str, places: list[str]) -> None:
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page()
        for place in places:
            page.goto(f"{place}/providers/shop/getOrderOrdersNumberGet")
            page.fill('[name="path.number"]', "7")
            page.click("#send")
            expect(page.locator("#response")).to_contain_text("200 OK")
            expect(page.locator("#response")).to_contain_text("order")
        browser.close()


@pytest.mark.browser
def test_an_application_of_fastapi_is_opened_and_mounted(
    installed: Path, elsewhere: dict[str, str], tmp_path: Path
) -> None:
    pytest.importorskip("fastapi")
    chromium = need_chromium()
    (tmp_path / "main.py").write_text(STORY)
    port = free_port()
    python = str(installed / "bin" / "python")
    api = [python, "-m", "uvicorn", "main:app", "--port", str(port), "--log-level", "warning"]
    with subprocess.Popen(api, env=elsewhere, cwd=tmp_path) as server:
        try:
            while True:
                try:
                    assert _get(port, "/orders/1") == (200, '{"order":1}')
                    break
                except OSError:
                    assert server.poll() is None
                    time.sleep(0.1)
            program = [str(installed / "bin" / "playground")]
            with (
                opened(f"http://127.0.0.1:{port}", folder=tmp_path, program=program, path=None) as site,
                ThreadPoolExecutor(1) as apart,  # this thread may have a browser of the other tests open
            ):
                apart.submit(_send_from, chromium, [site.url, f"http://127.0.0.1:{port}/docs"]).result()
        finally:
            server.terminate()
            server.wait(30)
