"""An API as an npm package: the module that runs, its declarations, `package.json`, a README; and as npm takes it."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import tarfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from typing import Any
from urllib.parse import quote

from playground import jsontext
from playground.catalog.model import Definitions, Entry, Provider
from playground.request.arguments import inputs_of
from playground.schema.flatten import flatten
from playground.schema.mapping import schema_map
from playground.sdk.signatures import write_declarations
from playground.sdk.types import MOST_PARTS, OperationNames, client_type, name_operations, path_of
from playground.secrets.schemes import Injection, injections, requirement_of
from playground.secrets.variables import own_secrets
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
    variables = ", ".join(f"`{name}`" for name in _variables_of(dict(api.data))) or "none"
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


def api_data(provider: Provider, entries: Iterable[tuple[Entry, OperationNames]]) -> dict[str, Any]:
    """Return the data that `client.js` reads as `API`, but for the gateway's address.

    A row is canonical name, alias, name on the wire, number of its credentials, whether it has an input `args`; `0`
    means "the same" or "no". A sixth member, if there is one, is the number of its secret parameters.
    """
    security: dict[str, int] = {}
    secrets: dict[str, int] = {}
    rows = []
    for entry, names in entries:
        credentials = jsontext.dumps(_credentials(entry))
        row: list[Any] = [
            names.canonical,
            names.alias or 0,
            0 if names.wire == names.canonical else names.wire,
            security.setdefault(credentials, len(security)),
            int(_declares_args(entry)),
        ]  # fmt: skip
        if secret := _secrets(entry):
            row.append(secrets.setdefault(jsontext.dumps(secret), len(secrets)))
        rows.append(row)
    return {
        "provider": provider.name,
        "path": quote(provider.name, safe=""),
        "mostParts": MOST_PARTS,
        "security": list(map(jsontext.loads, security)),
        "secrets": list(map(jsontext.loads, secrets)),
        "operations": rows,
    }


def _variables_of(data: dict[str, Any]) -> list[str]:
    """Return the environment variables that any operation's credentials are read from, each once."""
    schemes = [scheme for alternatives in data["security"] for schemes in alternatives for scheme in schemes]
    names = [name for scheme in schemes for name in scheme["variables"]]
    names += [variable for secrets in data["secrets"] for _, _, variable in secrets]
    return list(dict.fromkeys(names))


def _secrets(entry: Entry) -> list[list[Any]]:
    """Return name, wrapper (0: none) and variable of each parameter that is a secret no security scheme fills."""
    secrets = own_secrets(entry)
    if not secrets:
        return []
    inputs = inputs_of(entry, None)
    wrappers = {location: name for name, location in inputs.wrappers.items()}
    return [
        [secret.name, wrappers[secret.location] if len(inputs.locations[secret.name]) > 1 else 0, variable]
        for secret, variable in secrets
    ]


def _credentials(entry: Entry) -> list[list[dict[str, Any]]]:
    """Return the alternatives that an operation accepts, the default first; of an API that names none, each scheme."""
    provider, declared = entry.provider, entry.operation.security
    offered = [tuple(use.scheme for use in alternative) for alternative in declared or () if alternative]
    if not offered:
        # Nothing is asked for: what the visitor has is sent all the same, and used where it fits.
        offered = [(scheme.name,) for scheme in provider.security_schemes] if declared is None else []
    default = tuple(use.scheme for use in requirement_of(entry))
    offered.sort(key=lambda names: names != default)
    alternatives = [[_scheme(injection) for injection in injections(entry, names)] for names in offered]
    return [schemes for schemes in alternatives if schemes and all(scheme["variables"] for scheme in schemes)]


def _scheme(injection: Injection) -> dict[str, Any]:
    return {
        "scheme": injection.scheme.name,
        "kind": injection.kind,
        "name": injection.name,
        "location": injection.location,
        "variables": list(injection.variables),
    }


def _declares_args(entry: Entry) -> bool:
    """Tell whether the gateway reads every call of this operation as flat, since `args` is an input of it."""
    if any(parameter.name == "args" for parameter in entry.operation.parameters):
        return True
    body = entry.operation.request_body
    return any(
        "args" in schema_map(flatten(media_type.schema, entry.definitions), "properties")
        for media_type in (body.media_types if body is not None else ())
    )
