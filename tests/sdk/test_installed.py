"""A served tarball is installed by npm, the page's snippet is checked and run, and a request arrives."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from playground.bundled import documents
from playground.config import Settings
from playground.request.build import build_request
from playground.request.model import RequestModel, Value
from playground.snippets.registry import make_snippet
from playground.startup import open_catalog
from tests.cli.conftest import command, environment
from tests.support.needs import need_command, need_file
from tests.support.sdk.packages import TSC
from tests.support.sdk.sites import install, serving
from tests.support.servers import RecordingServer, http_answer

BODY: Value = {"metadata": {"order": "6735", "it's": "*/"}, "shipping_options": ""}


@dataclass(frozen=True, kw_only=True)
class Installed:
    """A folder with the package installed, the API it calls, and the site it came from."""

    folder: Path
    api: RecordingServer
    site: str
    snippet: str
    body: bytes


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installed]:
    """Stripe added with the recording server in its servers' place, served, and installed by npm."""
    npm, _ = need_command("npm"), need_file(TSC, "TypeScript")
    home = tmp_path_factory.mktemp("installed")
    catalog, folder = home / "catalog.sqlite", home / "empty"
    folder.mkdir()
    (home / "stripe.yaml").write_bytes(dict(documents())["stripe"])
    with RecordingServer() as api:
        opened = environment(catalog, PLAYGROUND_PRIVATE_NETWORKS=f"127.0.0.1/32:{api.port}")
        added = command("add", "stripe", str(home / "stripe.yaml"), "--server", f"{api.url}/")
        subprocess.run(added, env=opened, check=True, capture_output=True)
        model = RequestModel(parameters={"path": {"session": "cs_1"}}, body=BODY)
        with open_catalog(Settings(catalog=catalog)) as store:
            entry = store.entry("stripe", "postcheckoutsessionssession")
            body = build_request(entry, model).body
            snippet = make_snippet(entry, model, target="typescript_utdk").text
        with serving(opened) as site:
            install(npm, folder, f"{site}/sdk/stripe.tgz")
            yield Installed(folder=folder, api=api, site=site, snippet=snippet, body=body)


def node(folder: Path, file: str, **environ: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [need_command("node"), file], cwd=folder, env=environ, capture_output=True, text=True, check=False
    )


def test_the_snippet_of_the_page_type_checks_and_sends_the_request(installed: Installed) -> None:
    folder = installed.folder
    assert json.loads((folder / "package.json").read_text())["dependencies"].keys() == {"@utdk/stripe"}
    assert installed.snippet.startswith(
        "import stripe from '@utdk/stripe';\n\nawait stripe.postcheckoutsessionssession({"
    )
    (folder / "snippet.mts").write_text(installed.snippet)
    (folder / "shown.mts").write_text(
        installed.snippet.replace("await stripe", "const session = await stripe") + ";\nconsole.log(session);\n"
    )
    done = subprocess.run(
        [need_command("node"), str(TSC), "--noEmit", "--strict", "--skipDefaultLibCheck", "--module", "nodenext",
         "--target", "es2022", "snippet.mts", "shown.mts"],
        cwd=folder, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.stdout, done.returncode) == ("", 0)
    installed.api.requests.clear()
    installed.api.answer = http_answer({"id": "cs_1", "object": "checkout.session"})
    (folder / "snippet.mjs").write_text(installed.snippet)
    (folder / "shown.mjs").write_text((folder / "shown.mts").read_text())
    ran = node(folder, "shown.mjs", STRIPE_API_KEY="sk_test_1")
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "checkout.session" in ran.stdout
    request = installed.api.request
    assert (request.method, request.target) == ("POST", "/v1/checkout/sessions/cs_1")
    assert request.header("Authorization") == "Bearer sk_test_1"
    assert request.header("Content-Type") == "application/x-www-form-urlencoded"
    assert request.body == installed.body
    assert node(folder, "snippet.mjs", STRIPE_API_KEY="sk_test_1").returncode == 0
    assert len(installed.api.requests) == 2


def test_basic_credentials_of_the_environment_arrive(installed: Installed) -> None:
    installed.api.requests.clear()
    installed.api.answer = http_answer({"id": "cs_1"})
    (installed.folder / "snippet.mjs").write_text(installed.snippet)
    ran = node(installed.folder, "snippet.mjs", STRIPE_USERNAME="sk_test_2", STRIPE_PASSWORD="")
    assert (ran.returncode, ran.stderr) == (0, "")
    assert installed.api.request.header("Authorization") == "Basic c2tfdGVzdF8yOg=="


def test_an_error_of_the_api_is_thrown_without_the_secret(installed: Installed) -> None:
    installed.api.answer = http_answer({"error": {"message": "No such session"}}, "404 Not Found")
    (installed.folder / "caught.mjs").write_text(
        "import stripe, { SDKError } from '@utdk/stripe';\n"
        "try { await stripe.postcheckoutsessionssession({ session: 'none' }); }\n"
        "catch (error) {\n"
        "  const { status, body, requestId, stack } = error;\n"
        "  console.log(JSON.stringify([error instanceof SDKError, status, body, requestId, stack]));\n}\n"
    )
    ran = node(installed.folder, "caught.mjs", STRIPE_API_KEY="sk_test_secret")
    is_ours, status, body, request_id, shown = json.loads(ran.stdout)
    assert (is_ours, status, body) == (True, 404, {"error": {"message": "No such session"}})
    assert re.fullmatch(r"[0-9a-f-]{36}", request_id)
    assert "404 Not Found" in shown and "sk_test_secret" not in ran.stdout + ran.stderr


def test_the_module_alone_runs_too(installed: Installed) -> None:
    installed.api.answer = http_answer({"id": "cs_1"})
    code = (
        f"const source = await (await fetch('{installed.site}/sdk/stripe.mjs')).text();\n"
        "const { default: stripe } = await import('data:text/javascript,' + encodeURIComponent(source));\n"
        "console.log(JSON.stringify(await stripe.postCheckoutSessionsSession({ session: 'cs_1' })));\n"
    )
    (installed.folder / "alone.mjs").write_text(code)
    ran = node(installed.folder, "alone.mjs", STRIPE_API_KEY="sk_test_1")
    assert ran.stdout == '{"id":"cs_1"}\n', ran.stderr
