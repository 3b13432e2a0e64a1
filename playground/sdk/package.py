"""An API as an npm package: the module that runs, its declarations, `package.json`, a README; and as npm takes it."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import tarfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from typing import Any

from playground.catalog.model import Definitions, Entry, Provider
from playground.sdk.rows import api_data, variables_of
from playground.sdk.signatures import write_declarations
from playground.sdk.types import client_type, name_operations, path_of
from playground.snippets.languages.javascript import literals as js
from playground.text.visible import one_line


@dataclass(frozen=True, slots=True, kw_only=True)
class BuiltAPI:
    """One API's part of a package, whatever gateway it will call: data for the module, declarations by file name."""

    provider: Provider
    client: str
    data: Mapping[str, Any]
    declarations: Mapping[str, str]
    example: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """A package ready to be written; `files` by path inside it."""

    name: str
    version: str
    files: Mapping[str, bytes]


def build_api(provider: Provider, entries: Sequence[Entry], definitions: Definitions) -> BuiltAPI:
    """Return an API's part of a package: all its operations, in their order."""
    named = name_operations((entry.operation.name, entry.operation.operation_id) for entry in entries)
    pairs = list(zip(entries, named, strict=True))
    client = client_type(provider.name)
    return BuiltAPI(
        provider=provider,
        client=client,
        data=api_data(provider, pairs),
        declarations=write_declarations(provider, pairs, definitions, client),
        example=named[0].canonical if named else "",
    )


def make_module(api: BuiltAPI, gateway: str | None) -> bytes:
    """Return the API's client as one ES module that calls this gateway unless its options name another."""
    data = {**api.data, "gateway": gateway}
    # As a string within the string: engines parse that much faster than a literal, and no text of it is code.
    literal = json.dumps(json.dumps(data, separators=(",", ":")))
    folder = resources.files("playground.sdk")
    # The client's last line makes a client, so what it calls comes before it.
    code = folder.joinpath("streams.js").read_text("utf-8") + folder.joinpath("client.js").read_text("utf-8")
    return (
        "// A generated client: it calls a gateway, POST {gateway}/tools/{provider}/{operation}.\n"
        f"const API = JSON.parse({literal});\n\n{code}export {{ createClient as create{api.client} }};\n"
    ).encode()


def make_package(name: str, apis: Sequence[BuiltAPI], gateway: str | None) -> Package:
    """Return the package of that npm name: the API of the same name at its top, nested ones as `/subpaths`.

    The version holds a digest of the content, so that a changed description is another version.
    """
    files: dict[str, bytes] = {}
    exports: dict[str, Any] = {}
    for api in apis:
        below = api.provider.module.removeprefix(name).strip("/")
        folder = f"{below}/" if below else ""
        files[f"{folder}index.js"] = make_module(api, gateway)
        for file, text in api.declarations.items():
            files[folder + file] = text.encode("utf-8", "replace")
        # Paths relative to the package; "types" must come first.
        exports[f"./{below}" if below else "."] = {
            "types": f"./{folder}index.d.ts", "default": f"./{folder}index.js",
        }  # fmt: skip
    files["README.md"] = _readme(apis, gateway).encode("utf-8", "replace")
    version = f"0.1.0-h{_digest(files)}"
    facts: dict[str, Any] = {
        "name": name,
        "version": version,
        "description": one_line(", ".join(api.provider.title for api in apis))[:200],
        "type": "module",
        "sideEffects": False,
        "engines": {"node": ">=18"},
        "exports": {**exports, "./package.json": "./package.json"},
    }
    if "." in exports:
        facts |= {"main": "./index.js", "types": "./index.d.ts"}
    files["package.json"] = (json.dumps(facts, indent=2) + "\n").encode()
    return Package(name=name, version=version, files=dict(sorted(files.items())))


def _digest(files: Mapping[str, bytes]) -> str:
    digest = hashlib.sha256()
    for path, data in sorted(files.items()):
        digest.update(f"{path}\0{len(data)}\0".encode() + data)
    return digest.hexdigest()[:16]


def _readme(apis: Sequence[BuiltAPI], gateway: str | None) -> str:
    return "\n".join(_about(api, gateway) for api in apis)


def _about(api: BuiltAPI, gateway: str | None) -> str:
    module = api.provider.module
    variables = ", ".join(f"`{name}`" for name in variables_of(dict(api.data))) or "none"
    access = "".join(js.member(part) for part in path_of(api.example))
    return f"""# {module}

A typed client, generated from an OpenAPI description. It calls the API through a gateway.

```js
import {{ create{api.client} }} from '{module}';

const client = create{api.client}();
const answer = await client{access}({{}});
```

- Gateway: the option `gatewayUrl`, else `PLAYGROUND_GATEWAY_URL`{f", else {gateway}" if gateway else ""}.
- Credentials: the option `credential`, for parameters that are secrets `secrets`, else these environment variables:
  {variables}.
- An API's own 4xx or 5xx is thrown as `SDKError` with `status`, `body` and `requestId`.
"""


_TIME = 499_162_500
"""1985-10-26, which npm itself writes into every package: a tar cannot leave it out, and zero upsets some tools."""


def write_tarball(package: Package) -> bytes:
    """Return the package's `.tgz`."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w", format=tarfile.USTAR_FORMAT) as tar:
        for path, data in package.files.items():
            member = tarfile.TarInfo(f"package/{path}")
            member.size, member.mtime, member.mode = len(data), _TIME, 0o644
            tar.addfile(member, io.BytesIO(data))
    return gzip.compress(packed.getvalue(), 6, mtime=0)


MOST_OPERATIONS = 5000
"""So large a package still installs in a moment; of a larger family each member is installed by its own name."""


def members_of(name: str, providers: Mapping[str, int]) -> tuple[str, ...]:
    """Return the names of the `providers`, which have their number of operations, that a package holds.

    That is the provider of the name itself; a name of one part brings all below it as well, unless they are too many
    together. The result is empty where there is no such provider.
    """
    own = (name,) if name in providers else ()
    if "/" in name:
        return own
    family = (*own, *sorted(provider for provider in providers if provider.startswith(f"{name}/")))
    return family if sum(providers[member] for member in family) <= MOST_OPERATIONS else own
