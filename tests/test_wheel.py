"""The built wheel, installed into an empty environment, serves the whole site; nothing is left in the checkout."""

from __future__ import annotations

import http.client
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from tests.support.needs import ROOT, need_program, need_registry
from tests.support.opened import opened
from tests.support.wheel import Installed

DOCUMENT = "openapi: 3.1.0\ninfo: {title: Shop, version: '1'}\npaths: {/a: {get: {operationId: geta}}}\n"
OPERATION = "/providers/stripe/postcheckoutsessionssession"

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("wheel")]


@pytest.fixture
def elsewhere(tmp_path: Path) -> dict[str, str]:
    """A process environment that knows nothing of the checkout."""
    kept = {name: text for name, text in os.environ.items() if not name.startswith(("PLAYGROUND_", "PYTHON", "COV"))}
    return {**kept, "XDG_DATA_HOME": str(tmp_path / "data"), "HOME": str(tmp_path)}


def _command(installed: Installed, *arguments: str) -> list[str]:
    return [installed.program(), *arguments]


def _output(command: list[str], elsewhere: dict[str, str], cwd: Path) -> str:
    done = subprocess.run(command, env=elsewhere, cwd=cwd, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


@contextmanager
def _serving(installed: Installed, elsewhere: dict[str, str], cwd: Path) -> Iterator[int]:
    command = _command(installed, "serve", "--port", "0")
    with subprocess.Popen(command, env=elsewhere, cwd=cwd, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            yield int(server.stdout.readline().rpartition(":")[2])
        finally:
            server.terminate()
            server.wait()


def _get(port: int, path: str) -> tuple[int, str]:
    with closing(http.client.HTTPConnection("127.0.0.1", port)) as connection:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()


def test_the_installed_copy_is_what_runs(installed: Installed, elsewhere: dict[str, str], tmp_path: Path) -> None:
    program = "import playground.app as app; print(app.__file__); print(app.assets_root())"
    lines = _output([installed.python, "-c", program], elsewhere, tmp_path).splitlines()
    assert all(Path(line).is_relative_to(installed.environment) for line in lines), lines
    root = Path(lines[1])
    for kind in ("templates", "static"):
        shipped = {path.relative_to(root) for path in (root / kind).rglob("*") if path.is_file()}
        assert shipped == {path.relative_to(ROOT) for path in (ROOT / kind).rglob("*") if path.is_file()}


@pytest.mark.long
def test_a_user_s_script_is_checked_with_its_types(
    installed: Installed, elsewhere: dict[str, str], tmp_path: Path
) -> None:
    # The example of docs/python.md, and what tells mypy that the types are there: py.typed is in the wheel.
    page = (ROOT / "docs" / "python.md").read_text()
    script = re.search(r"<!-- run: python -->\n```python\n(.*?)^```", page, re.M | re.S)
    assert script is not None
    wrong = "request.url.nothing\nplayground.wsgi(document=5)\nplayground.snippet(api, 'createOrder')\n"
    (tmp_path / "fine.py").write_text(script[1])
    (tmp_path / "wrong.py").write_text(f"{script[1]}\n{wrong}")
    mypy = [sys.executable, "-m", "mypy", "--strict", "--python-executable", installed.python, "--no-error-summary"]
    for name, status in (("fine.py", 0), ("wrong.py", 1)):
        command = [*mypy, "--cache-dir", str(tmp_path / "cache"), name]
        done = subprocess.run(command, env=elsewhere, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode == status, done.stdout
    assert len(done.stdout.splitlines()) == 3, done.stdout


def test_commands_work_from_anywhere(installed: Installed, elsewhere: dict[str, str], tmp_path: Path) -> None:
    assert re.fullmatch(
        r"playground, version \d+\.\d+\.\d+\n", _output(_command(installed, "--version"), elsewhere, tmp_path)
    )
    listed = _output(_command(installed, "list"), elsewhere, tmp_path)
    assert "stripe" in listed and "tour" in listed


def test_it_serves_pages_and_every_asset_they_name(
    installed: Installed, elsewhere: dict[str, str], tmp_path: Path
) -> None:
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
    installed: Installed, elsewhere: dict[str, str], tmp_path: Path
) -> None:
    # `uvx tryit-playground openapi.yaml` and `pipx run tryit-playground openapi.yaml` start this program.
    (tmp_path / "openapi.yaml").write_text(DOCUMENT)
    command = [installed.program("tryit-playground"), "openapi.yaml", "--no-browser", "--port", "0"]
    with subprocess.Popen(command, env=elsewhere, cwd=tmp_path, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            assert server.stdout.readline() == "Shop: 1 operation.\n"
            port = int(server.stdout.readline().rpartition(":")[2])
            assert _get(port, "/providers/shop/geta")[0] == 200
            assert _get(port, "/providers/stripe")[0] == 404
        finally:
            server.terminate()
            server.wait()


@pytest.mark.long
@pytest.mark.parametrize("tool", ["uvx", "pipx"])
def test_a_tool_that_runs_programs_without_installing_them_opens_a_description(
    installed: Installed, tmp_path: Path, tool: str
) -> None:
    # With the wheel in the place of the name: what `uvx tryit-playground openapi.yaml` starts once it is published.
    program = need_program(tool)
    need_registry(tmp_path)
    choose = ["--from", str(installed.wheel)] if tool == "uvx" else ["run", "--spec", str(installed.wheel)]
    (tmp_path / "openapi.yaml").write_text(DOCUMENT)
    own = {"UV_CACHE_DIR": "uv", "PIPX_HOME": "pipx", "PIPX_BIN_DIR": "programs", "TMPDIR": "temporary"}
    environ = {name: str(tmp_path / place) for name, place in own.items()}
    (tmp_path / "temporary").mkdir()
    with opened(
        "openapi.yaml", folder=tmp_path, program=[program, *choose, "tryit-playground"], path=None, command="",
        environ={**environ, "HOME": os.environ.get("HOME", "")},
    ) as site:  # fmt: skip
        assert "Shop: 1 operation.\n" in site.told
        port = int(site.url.rpartition(":")[2])
        assert _get(port, "/providers/shop/geta")[0] == 200
    assert not list((tmp_path / "temporary").glob("playground-*")), "nothing stays behind"
