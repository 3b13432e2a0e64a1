"""The package as files and as a tarball, hostile descriptions included."""

from __future__ import annotations

import io
import json
import re
import tarfile
from pathlib import Path
from typing import Any

import pytest

from playground.catalog.model import Entry, Operation, Provider
from playground.catalog.names import package_name
from playground.sdk.package import (
    MOST_OPERATIONS,
    BuiltAPI,
    api_data,
    make_module,
    make_package,
    members_of,
    write_tarball,
)
from playground.sdk.types import name_operations
from tests.support.sdk.packages import GATEWAY, api_of, compile_all, document, lay, operation, package_of, run_module

SHOP = document({"/ping": {"get": operation("ping")}})


def test_the_package_is_what_npm_expects() -> None:
    package = package_of(SHOP)
    facts = json.loads(package.files["package.json"])
    assert facts["name"] == "@utdk/shop"
    assert re.fullmatch(r"0\.1\.0-h[0-9a-f]{16}", facts["version"])
    assert facts["exports"]["."] == {"types": "./index.d.ts", "default": "./index.js"}
    assert not facts.keys() & {"dependencies", "scripts", "bin"}
    assert {"index.js", "index.d.ts", "README.md"} <= package.files.keys()


def test_the_same_description_makes_the_same_bytes() -> None:
    first, second = write_tarball(package_of(SHOP)), write_tarball(package_of(SHOP))
    assert first == second
    with tarfile.open(fileobj=io.BytesIO(first)) as tar:
        members = tar.getmembers()
        assert {member.name.split("/")[0] for member in members} == {"package"}
        assert {(member.mtime, member.mode, member.uid, member.uname) for member in members} == {
            (499_162_500, 0o644, 0, "")
        }
        assert tar.extractfile("package/package.json")


def test_another_description_is_another_version() -> None:
    other = document({"/pong": {"get": operation("pong")}})
    assert package_of(SHOP).version != package_of(other).version
    assert package_of(SHOP).version != package_of(SHOP, gateway=None).version


def test_nested_providers_are_subpaths_of_one_package(tmp_path: Path) -> None:
    apis = [api_of(SHOP, "google"), api_of(SHOP, "google/books"), api_of(SHOP, "google/drive/v3")]
    lay(make_package("@utdk/google", apis, GATEWAY), tmp_path)
    names = ["@utdk/google", "@utdk/google/books", "@utdk/google/drive/v3"]
    code = "".join(f"import m{number} from '{name}';\nawait m{number}.ping();\n" for number, name in enumerate(names))
    (tmp_path / "all.ts").write_text(code)
    assert compile_all(tmp_path) == ""
    assert compile_all(tmp_path, module="esnext", moduleResolution="bundler") == ""
    found = run_module(tmp_path, f"await import('{names[2]}'); await import('{names[0]}'); console.log('ok')")
    assert found.stdout == "ok\n", found.stderr


def test_a_package_of_one_nested_provider_has_no_top(tmp_path: Path) -> None:
    facts = json.loads(package_of(SHOP, "google/books").files["package.json"])
    assert list(facts["exports"]) == ["./books", "./package.json"]
    assert "main" not in facts


def test_a_family_is_installed_as_one_unless_it_is_too_large() -> None:
    providers = {
        "stripe": 400,
        "google/books": 50,
        "google/drive": 60,
        "googles": 1,
        "big": 1,
        "big/one": MOST_OPERATIONS,
    }
    assert members_of("stripe", providers) == ("stripe",)
    assert members_of("google", providers) == ("google/books", "google/drive")
    assert members_of("google/books", providers) == ("google/books",)
    assert members_of("big", providers) == ("big",)
    assert members_of("nothing", providers) == members_of("goo", providers) == ()
    assert package_name("google/drive/v3") == "@utdk/google"


TEXTS = [
    "*/ globalThis.hacked = 1; /*",
    "@ts-nocheck\n@ts-ignore */ export const x: never = 1",
    "'; globalThis.hacked = 1; '",
    '"; globalThis.hacked = 1; "',
    "`${globalThis.hacked = 1}`",
    "</script><script>globalThis.hacked = 1</script>",
    "a\u2028globalThis.hacked = 1\u2029\r\n\x00\u202e",
    "\\",
    "\\u0027;globalThis.hacked=1//",
    "__proto__",
    "constructor",
    "toString",
    "then",
]
WORDS = [
    "new", "get", "set", "readonly", "static", "async", "await", "default", "import", "export", "in", "of", "enum",
    "type", "interface", "function", "class", "abstract", "declare", "unique", "keyof", "1", "-1", "", "length",
    "name", "call", "apply", "bind", "prototype", "arguments", "hasOwnProperty", "withOptions", "FileArgument",
    "Promise", "Record",
]  # fmt: skip


def hostile(text: str, number: int) -> dict[str, Any]:
    schema = {
        "title": text,
        "description": text,
        "type": "object",
        "properties": {
            text: {"enum": [text], "description": text},
            "more": {"$ref": f"#/components/schemas/s{number}"},
        },
        "required": [text],
    }
    return {
        "operationId": f"{text}{number}" if number % 2 else text,
        "summary": text,
        "description": text,
        "tags": [text],
        "parameters": [{"name": text, "in": "query", "description": text, "schema": {"enum": [text]}}],
        "requestBody": {"description": text, "content": {"application/json": {"schema": schema}}},
        "responses": {"200": {"description": text, "content": {"application/json": {"schema": schema}}}},
        "security": [{text or "none": []}],
    }


def hostile_document() -> dict[str, Any]:
    texts = [*TEXTS, *WORDS]
    scheme = {"type": "apiKey", "in": "header"}
    return {
        **document(
            {f"/{number}": {"post": hostile(text, number)} for number, text in enumerate(texts)},
            components={
                "schemas": {f"s{number}": {"properties": {text: True}} for number, text in enumerate(texts)}
                | {name: {"type": "string"} for name in WORDS if name},
                "securitySchemes": {text or "none": {**scheme, "name": f"X-{text}"} for text in texts},
            },
        ),
        "info": {"title": TEXTS[0], "description": TEXTS[1], "summary": TEXTS[0], "version": TEXTS[2]},
    }


@pytest.fixture(scope="module")
def hostile_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return lay(package_of(hostile_document()), tmp_path_factory.mktemp("hostile"))


def test_no_text_of_a_description_is_run(hostile_folder: Path) -> None:
    code = """
    const made = await import('@utdk/shop');
    const count = Object.keys(made.default).length;
    console.log(JSON.stringify([count, globalThis.hacked, ({}).hacked, Object.prototype.toString.call({})]));
    """
    done = run_module(hostile_folder, code)
    count, *rest = json.loads(done.stdout)
    assert rest == [None, None, "[object Object]"], done.stderr
    assert count > len(TEXTS)


def test_typescript_takes_a_hostile_description(hostile_folder: Path) -> None:
    (hostile_folder / "all.ts").write_text("import shop from '@utdk/shop';\nawait shop.then();\n")
    assert compile_all(hostile_folder) == ""


def test_no_order_to_the_compiler_survives(hostile_folder: Path) -> None:
    for path in (hostile_folder / "node_modules").rglob("*.d.ts"):
        text = path.read_text("utf-8")
        assert not re.search(r"^\s*/?\*.*(?<!\\)@ts-", text, re.M)
        assert not re.search("[\u2028\u2029\u202e\x00\r]", text)


def test_types_refuse_what_the_description_refuses(tmp_path: Path) -> None:
    body = {"properties": {"state": {"enum": ["on", "off"]}}, "required": ["state"]}
    given = {"required": True, "content": {"application/json": {"schema": body}}}
    paths = {"/lamp/{id}": {"put": operation("setLamp", requestBody=given)}}
    lay(package_of(document(paths)), tmp_path)
    wrong = {
        "shop.setlamp()": "TS2554",
        "shop.setlamp({ id: 'a' })": "TS2345",
        "shop.setlamp({ id: 'a', state: 'dim' })": "TS2322",
        "shop.setlamp({ id: 'a', state: 'on', colour: 1 })": "TS2353",
        "shop.nolamp()": "TS2339",
        "(await shop.setlamp({ id: 'a', state: 'on' })).x": "TS2532",
    }
    for number, line in enumerate([*wrong, "shop.setLamp({ id: 'a', state: 'on' }, { server: 'sandbox' })"]):
        (tmp_path / f"line{number}.ts").write_text(f"import shop from '@utdk/shop';\n{line};\n")
    errors = re.findall(r"^line(\d+)\.ts\S+ error (TS\d+)", compile_all(tmp_path), re.M)
    assert dict(errors) == {str(number): code for number, code in enumerate(wrong.values())}


def test_the_module_alone_is_the_packages(tmp_path: Path) -> None:
    package = package_of(SHOP)
    assert make_module(api_of(SHOP), GATEWAY) == package.files["index.js"]


def test_types_need_no_browser_and_no_node(tmp_path: Path) -> None:
    lay(package_of(SHOP), tmp_path)
    (tmp_path / "all.ts").write_text("import shop from '@utdk/shop';\nawait shop.ping();\n")
    assert compile_all(tmp_path, lib=["es2022"]) == ""


def test_the_platforms_own_fetch_and_signals_fit(tmp_path: Path) -> None:
    lay(package_of(SHOP), tmp_path)
    (tmp_path / "all.ts").write_text(
        "import shop, { createShopClient, SDKError, type ShopClient, type PingResult } from '@utdk/shop';\n"
        "const other: ShopClient = createShopClient({ fetch, credential: { type: 'basic', username: 'a' } });\n"
        "try { const done: PingResult = await other.ping({}, { signal: AbortSignal.timeout(5) }); }\n"
        "catch (error) { if (error instanceof SDKError) error.status.toFixed(); }\n"
        "await shop.withOptions({ credential: null }).ping();\n"
    )
    assert compile_all(tmp_path) == ""


def test_a_module_of_graph_s_size_is_ready_within_a_second(tmp_path: Path) -> None:
    """17,000 operations with names as long as Microsoft Graph's; processor time, for a machine may have other work."""
    provider = Provider(name="graph", title="Graph")
    entries = [
        Entry(
            provider=provider,
            operation=Operation(
                name=name,
                method="GET",
                path=f"/users/{{id}}/things{number}",
                operation_id=f"users.GetSubThing_{number}",
            ),
            definitions={},
        )
        for number in range(17_000)
        if (name := f"users.todo.lists.tasks.getsubthing{number}")
    ]
    named = name_operations((entry.operation.name, entry.operation.operation_id) for entry in entries)
    data = api_data(provider, zip(entries, named, strict=True))
    api = BuiltAPI(provider=provider, client="GraphClient", data=data, declarations={}, example="x")
    (tmp_path / "graph.mjs").write_bytes(make_module(api, GATEWAY))
    code = (
        "const before = process.cpuUsage();\n"
        "const { default: graph } = await import('./graph.mjs');\n"
        "const { user, system } = process.cpuUsage(before);\n"
        "console.log(typeof graph.users.todo.lists.tasks.getsubthing16999, (user + system) / 1e6);\n"
    )
    kind, seconds = run_module(tmp_path, code).stdout.split()
    assert kind == "function"
    assert float(seconds) < 1
