"""Real descriptions: operations drawn from all of them type-check, with the snippet of each, and their modules load."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest

from playground.catalog.model import Entry
from playground.request.model import RequestModel
from playground.schema.sample import sample
from playground.sdk.package import build_api, make_package
from playground.snippets.registry import make_snippet
from tests.needs import SPECS, need_spec
from tests.sdk.packages import catalog_of, compile_all, lay, package_of, run_module

OPERATIONS = 200
LARGEST = 1_900_000
"""Reading the largest documents takes longer than all the rest of this."""


def filled(entry: Entry, drawn: random.Random) -> RequestModel:
    """Return a model with every input given, by its example or a value that fits."""
    operation, definitions = entry.operation, entry.definitions
    parameters: dict[Any, dict[str, Any]] = {}
    for one in operation.parameters:
        parameters.setdefault(one.location, {})[one.name] = sample(one.schema, definitions, writing=True)
    if operation.request_body is None or not operation.request_body.media_types:
        return RequestModel(parameters=parameters)
    chosen = drawn.choice(operation.request_body.media_types)
    body = sample(chosen.schema, definitions, writing=True)
    return RequestModel(parameters=parameters, body=body, media_type=chosen.name)


@pytest.mark.slow
def test_drawn_operations_and_their_snippets_type_check_and_load(tmp_path: Path) -> None:
    paths = sorted(path for path in SPECS.rglob("*.json") if path.stat().st_size < LARGEST) if SPECS.is_dir() else []
    if not paths:
        pytest.skip("the real descriptions are not beside this checkout")
    drawn = random.Random(5)
    each, written = -(-OPERATIONS // len(paths)) + 1, 0
    loads = []
    for number, path in enumerate(paths):
        name = f"api{number}"
        catalog = catalog_of(path, name)
        operations = drawn.sample(catalog.operations, min(each, len(catalog.operations)))
        entries = [
            Entry(provider=catalog.provider, operation=one, definitions=catalog.definitions) for one in operations
        ]
        api = build_api(catalog.provider, entries, catalog.definitions)
        lay(make_package(f"@utdk/{name}", [api], None), tmp_path)
        loads.append(f"await import('@utdk/{name}');\n")
        for entry in entries:
            text = make_snippet(entry, filled(entry, drawn), target="typescript_utdk").text
            (tmp_path / f"snippet{written}.ts").write_text(f"// {path.name} {entry.operation.key}\n{text}\n", "utf-8")
            written += 1
    assert written >= OPERATIONS
    assert compile_all(tmp_path) == ""
    loaded = run_module(tmp_path, "".join(loads) + "console.log('ok');\n")
    assert loaded.stdout == "ok\n", loaded.stderr


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
