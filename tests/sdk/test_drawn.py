"""Real descriptions: operations drawn from all of them type-check, with the snippet of each, and their modules load."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from playground.catalog.model import Catalog, Entry, Parameter
from playground.openapi.compile import compile_document
from playground.openapi.parse import parse_document
from playground.request.build import build_request
from playground.request.built import BuiltRequest
from playground.request.errors import RequestError
from playground.request.model import RequestModel
from playground.schema.sample import sample
from playground.sdk.package import build_api, make_package
from playground.secrets.schemes import filled_by_schemes
from playground.secrets.variables import secret_variables
from playground.snippets.registry import make_snippet
from playground.store import open_store
from tests.cli.conftest import environment
from tests.support.needs import SPECS, need_command, need_spec
from tests.support.sdk.packages import compile_all, entries_of, lay, package_of, run_module
from tests.support.sdk.sites import install, serving
from tests.support.servers import RecordingServer

OPERATIONS = 200
LARGEST = 1_900_000
"""Reading the largest documents takes longer than all the rest of this."""


def filled(entry: Entry, drawn: random.Random) -> RequestModel:
    """Return a model with every input given, by its example or one that fits, and a body of any of its media types."""
    operation, definitions = entry.operation, entry.definitions
    parameters: dict[Any, dict[str, Any]] = {}
    for parameter in operation.parameters:
        parameters.setdefault(parameter.location, {})[parameter.name] = sample(
            parameter.schema, definitions, writing=True
        )
    model = RequestModel(parameters=parameters)
    if operation.request_body is not None and operation.request_body.media_types:
        chosen = drawn.choice(operation.request_body.media_types)
        body = sample(chosen.schema, definitions, writing=True)
        model = RequestModel(parameters=parameters, body=body, media_type=chosen.name)
    # A password inside a body is a placeholder in every snippet. A parameter that a security scheme fills is left to
    # the scheme's own credential; every other one that is a credential is given a value that has to be encoded.
    places = filled_by_schemes(entry)
    marked = BuiltRequest(entry=entry, model=model).marked.without(places)
    given = {location: dict(values) for location, values in marked.model.parameters.items()}
    for parameter in marked.markers.values():
        given[parameter.location][parameter.name] = secret_of(entry, parameter)
    return replace(marked.model, parameters=given)


def secret_of(entry: Entry, parameter: Parameter) -> str:
    """Return the secret that a parameter is given, other than any other one's of its operation."""
    return f"s3cret/{secret_variables(entry)[parameter.location, parameter.name]}"


def environment_of(entry: Entry) -> dict[str, str]:
    """Return the environment that the snippet of an operation reads its secret parameters from."""
    places = filled_by_schemes(entry)
    return {
        secret_variables(entry)[parameter.location, parameter.name]: secret_of(entry, parameter)
        for parameter in entry.operation.parameters
        if (parameter.location, parameter.name) in secret_variables(entry)
        and (parameter.location, parameter.name.lower()) not in places
    }


def drawn_catalogs(seed: int, server: str | None = None) -> tuple[list[Catalog], random.Random]:
    """Return the real descriptions with a few operations each, and the source of more draws."""
    paths = sorted(path for path in SPECS.rglob("*.json") if path.stat().st_size < LARGEST) if SPECS.is_dir() else []
    if not paths:
        pytest.skip("the real descriptions are not beside this checkout")
    drawn = random.Random(seed)
    each = -(-OPERATIONS // len(paths)) + 1
    catalogs = []
    for number, path in enumerate(paths):
        catalog = compile_document(parse_document(path.read_bytes()), name=f"api{number}", server=server).catalog
        kept = tuple(drawn.sample(catalog.operations, min(each, len(catalog.operations))))
        catalogs.append(replace(catalog, operations=kept))
    return catalogs, drawn


@pytest.mark.slow
@pytest.mark.long
def test_drawn_operations_and_their_snippets_type_check_and_load(tmp_path: Path) -> None:
    catalogs, drawn = drawn_catalogs(5)
    written = 0
    for catalog in catalogs:
        entries = entries_of(catalog)
        api = build_api(catalog.provider, entries, catalog.definitions)
        lay(make_package(catalog.provider.package, [api], None), tmp_path)
        for entry in entries:
            text = make_snippet(entry, filled(entry, drawn), target="typescript_utdk").text
            (tmp_path / f"snippet{written}.ts").write_text(f"// {entry.operation.key}\n{text}\n", "utf-8")
            written += 1
    assert written >= OPERATIONS
    assert compile_all(tmp_path) == ""
    loads = "".join(f"await import('{one.provider.package}');\n" for one in catalogs)
    loaded = run_module(tmp_path, f"{loads}console.log('ok');\n")
    assert loaded.stdout == "ok\n", loaded.stderr


@pytest.mark.slow
@pytest.mark.long
def test_drawn_operations_arrive_as_they_are_built(tmp_path: Path) -> None:
    npm = need_command("npm")
    file, folder = tmp_path / "catalog.sqlite", tmp_path / "empty"
    folder.mkdir()
    with RecordingServer() as api:
        catalogs, drawn = drawn_catalogs(6, f"{api.url}/base")
        with open_store(file) as store:
            for catalog in catalogs:
                store.replace(catalog, b"{}")
        expected = []
        for entry in (one for catalog in catalogs for one in entries_of(catalog)):
            model = filled(entry, drawn)
            try:
                expected.append((entry, build_request(entry, model)))
            except RequestError:
                continue  # its own example cannot be sent
            text = make_snippet(entry, model, target="typescript_utdk").text
            (folder / f"snippet{len(expected) - 1}.mjs").write_text(text, "utf-8")
        assert len(expected) >= OPERATIONS * 0.9
        secret = [environment_of(entry) for entry, _ in expected]
        assert sum(map(bool, secret)) >= 5, "too few of the drawn operations have a parameter that is a credential"
        opened = environment(file, PLAYGROUND_PRIVATE_NETWORKS=f"127.0.0.1/32:{api.port}")
        with serving(opened) as site:
            install(npm, folder, *(f"{site}/sdk/{one.provider.name}.tgz" for one in catalogs))
            code = (
                f"const results = [], secret = {json.dumps(secret)};\n"
                f"for (let at = 0; at < {len(expected)}; at += 1) {{\n"
                "  Object.assign(process.env, secret[at]);\n"
                "  results.push(await import(`./snippet${at}.mjs`).then(() => 'ok', (error) => `${error.stack}`));\n"
                "  for (const name of Object.keys(secret[at])) delete process.env[name];\n"
                "}\nconsole.log(JSON.stringify(results));\n"
            )
            done = run_module(folder, code)
    results = json.loads(done.stdout)
    failed = [
        (entry.operation.key, words) for (entry, _), words in zip(expected, results, strict=True) if words != "ok"
    ]
    assert not failed
    wrong = []
    for (entry, message), arrived in zip(expected, api.requests, strict=True):
        target = message.url.removeprefix(api.url)
        same_body = message.body == arrived.body or (message.headers.get("content-type") or "").startswith("multipart/")
        if (message.method, target) != (arrived.method, arrived.target) or not same_body:
            wrong.append((entry.operation.key, message.method, target, message.body, arrived))
    assert not wrong


@pytest.mark.slow
def test_all_of_stripe_type_checks(tmp_path: Path) -> None:
    lay(package_of(need_spec("stripe.json"), "stripe"), tmp_path)
    (tmp_path / "all.ts").write_text(
        "import stripe from '@utdk/stripe';\n"
        "const session = await stripe.postCheckoutSessionsSession({ session: 'cs_1', metadata: { order: '6735' } });\n"
        "const id: string = session.id;\n"
        "const charge = await stripe.getchargescharge({ charge: 'ch_1' });\n"
        "const customer = charge.customer;\n"
        "if (customer && typeof customer !== 'string' && 'email' in customer) customer.email?.toLowerCase();\n"
    )
    assert compile_all(tmp_path) == ""
    package = tmp_path / "node_modules" / "@utdk" / "stripe"
    assert sum(path.stat().st_size for path in package.glob("*.d.ts")) < 4_000_000
    assert (package / "index.js").stat().st_size < 150_000
