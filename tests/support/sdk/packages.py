"""Packages made of documents, laid where Node and TypeScript find them, and what these two say of them."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from playground.catalog.model import Catalog, Entry
from playground.openapi.compile import compile_document
from playground.openapi.parse import parse_document
from playground.sdk.package import BuiltAPI, Package, build_api, make_package
from tests.support.needs import ROOT, need_command, need_file

TSC = ROOT / ".ci" / "cache" / "node_modules" / "typescript" / "bin" / "tsc"
GATEWAY = "http://127.0.0.1:9/gateway"


def document(paths: Mapping[str, Any], **more: Any) -> dict[str, Any]:
    """Return a small description with these paths; `components` and the rest as given."""
    return {
        "openapi": "3.1.0",
        "info": {"title": "Shop API", "version": "1"},
        "servers": [{"url": "https://shop.example"}],
        "paths": paths,
        **more,
    }


def operation(operation_id: str, **more: Any) -> dict[str, Any]:
    return {"operationId": operation_id, "responses": {"204": {"description": "done"}}, **more}


def catalog_of(described: Mapping[str, Any] | Path, name: str = "shop") -> Catalog:
    data = described.read_bytes() if isinstance(described, Path) else json.dumps(described).encode()
    return compile_document(parse_document(data), name=name).catalog


def entries_of(catalog: Catalog) -> list[Entry]:
    return [
        Entry(provider=catalog.provider, operation=one, definitions=catalog.definitions) for one in catalog.operations
    ]


def api_of(described: Mapping[str, Any] | Path, name: str = "shop") -> BuiltAPI:
    catalog = catalog_of(described, name)
    return build_api(catalog.provider, entries_of(catalog), catalog.definitions)


def package_of(described: Mapping[str, Any] | Path, name: str = "shop", gateway: str | None = GATEWAY) -> Package:
    return make_package(f"@utdk/{name.split('/')[0]}", [api_of(described, name)], gateway)


def lay(package: Package, folder: Path) -> Path:
    """Write a package to the folder's `node_modules`, and make the folder one of modules."""
    for path, data in package.files.items():
        target = folder / "node_modules" / package.name / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    (folder / "package.json").write_text('{"type": "module", "private": true}')
    return folder


def compile_all(folder: Path, **options: Any) -> str:
    """Type-check the folder's `.ts` files with everything they import, strictly; return what the compiler says."""
    node, tsc = need_command("node"), need_file(TSC, "TypeScript")
    strict = {"noEmit": True, "strict": True, "module": "nodenext", "target": "es2022", "types": []}
    strict["skipDefaultLibCheck"] = True  # the compiler's own declarations take longer than ours, which are checked
    settings = {"compilerOptions": {**strict, **options}, "include": ["*.ts"]}
    (folder / "tsconfig.json").write_text(json.dumps(settings))
    done = subprocess.run([node, tsc, "-p", "."], cwd=folder, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr


def run_module(folder: Path, code: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """Run JavaScript as a module in the folder, with nothing in the environment but what is given."""
    node = need_command("node")
    (folder / "run.mjs").write_text(code)
    return subprocess.run([node, "run.mjs"], cwd=folder, env=environ, capture_output=True, text=True, check=False)
