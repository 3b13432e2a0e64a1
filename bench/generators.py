"""Other snippet generators, by the runner of our own: what they write is executed, and what arrives is compared.

They get the request as they take it best: the whole address with its query, form fields as fields, secrets as plain
text. Cases their input cannot express (bytes that are no text, a part's own header fields, a form spelled otherwise)
are not asked. Each snippet runs in a process of its own with the packages and files it names beside it; what only needs
a `<?php` or an asynchronous function around it gets that.
"""

from __future__ import annotations

import concurrent.futures
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from bench.snippets import RAN, RIGHT, UNASKED, Row, judged, table
from playground.messages import BinaryContent, FormContent, MultipartContent
from tests.support.servers import RecordingServer, http_answer
from tests.support.snippets.case import Case
from tests.support.snippets.cases import CASES
from tests.support.snippets.execution import Batch

ROOT = Path(__file__).parents[1]
INSTALLED = ROOT / "bench" / ".cache" / "generators"
PACKAGES = (
    "httpsnippet@3.0.10", "@readme/httpsnippet@11.1.0", "@scalar/snippetz@0.6.19", "postman-code-generators@2.1.1",
    "postman-collection@5.3.1", "axios@1.21.1", "node-fetch@2.7.0", "form-data@4.0.4",
)  # fmt: skip
CLIENTS: Mapping[str, Mapping[str, str]] = {
    "httpsnippet": {
        "shell/curl": "sh", "shell/wget": "sh", "shell/httpie": "sh", "python/python3": "py", "python/requests": "py",
        "javascript/fetch": "js", "node/fetch": "js", "node/axios": "js", "node/native": "js", "php/curl": "php",
        "ruby/native": "rb", "go/native": "go",
    },
    "@readme/httpsnippet": {
        "shell/curl": "sh", "shell/wget": "sh", "shell/httpie": "sh", "python/requests": "py",
        "javascript/fetch": "js", "node/fetch": "js", "node/axios": "js", "node/native": "js", "php/curl": "php",
        "ruby/native": "rb", "go/native": "go",
    },
    "@scalar/snippetz": {
        "shell/curl": "sh", "shell/wget": "sh", "shell/httpie": "sh", "python/python3": "py", "python/requests": "py",
        "js/fetch": "js", "node/fetch": "js", "node/axios": "js", "php/curl": "php", "ruby/native": "rb",
        "go/native": "go",
    },
    "postman-code-generators": {
        "curl/cURL": "sh", "shell/wget": "sh", "shell/Httpie": "sh", "python/http.client": "py",
        "python/Requests": "py", "javascript/Fetch": "js", "nodejs/Axios": "js", "nodejs/Native": "js",
        "php/cURL": "php", "ruby/Net::HTTP": "rb", "go/Native": "go",
    },
}  # fmt: skip
COMMANDS = {"sh": ["sh"], "py": [sys.executable], "js": ["node"], "php": ["php"], "rb": ["ruby"], "go": ["go", "run"]}
_ANSWER = http_answer({"ok": True}, headers={"Connection": "close"})
_NOT_ASKED = frozenset(
    {
        "binary_named", "binary_unnamed", "binary_with_basic", "form_open_brackets", "form_spelled_otherwise",
        "multipart_binary_after_file", "multipart_binary_alone", "multipart_file_alone", "multipart_odd_names",
        "multipart_same_file_name", "multipart_typed_parts",
        # They know no variables.
        "file_with_secret_in_address", "form_with_secret_in_address", "secret_at_the_end", "secret_in_address",
        "secret_in_fields", "secret_to_encode",
    }
)  # fmt: skip
_SECONDS = 20


ASKED = tuple(case for case in CASES if case.runs)


def report() -> str:
    """Return a table for each generator, and its sums first; a sentence instead where there is no npm."""
    npm = shutil.which("npm")
    if npm is None:
        return "Other generators are skipped: they are fetched with npm, which is not on this machine."
    if not (INSTALLED / "node_modules" / "form-data").is_dir():
        options = ["--silent", "--no-fund", "--no-audit", "--prefix", str(INSTALLED)]
        subprocess.run([npm, "install", *options, *PACKAGES], check=True, timeout=600)
    parts = []
    for generator, rows in _measure().items():
        right = sum(row.marks.count(RIGHT) for row in rows)
        ran = sum(row.marks.count(RAN) for row in rows)
        asked = sum(len(row.marks) - row.marks.count(UNASKED) for row in rows)
        version = json.loads((INSTALLED / "node_modules" / generator / "package.json").read_text())["version"]
        head = f"{generator} {version}: {right} of {asked} right ({right / asked:.0%}), {ran} executed a value as code"
        parts.append(f"{head}\n\n{table([replace(row, reasons=()) for row in rows], [case.name for case in ASKED])}")
    return "\n\n".join(parts)


def _measure() -> dict[str, list[Row]]:
    with RecordingServer(_ANSWER) as server:
        asked = {case.name: plain(case) for case in ASKED if case.name not in _NOT_ASKED}
        written = _written({name: har(case, f"{server.url}/{name}") for name, case in asked.items()})
        rows: dict[str, list[Row]] = {}
        for generator, clients in CLIENTS.items():
            for client, ending in clients.items():
                server.requests.clear()
                row = _run(asked, written[generator][client], ending, server, client)
                print(f"{generator} {client}: {row.marks}", file=sys.stderr, flush=True)
                rows.setdefault(generator, []).append(row)
        return rows


def _run(
    asked: Mapping[str, Case], codes: Mapping[str, str | None], ending: str, server: RecordingServer, client: str
) -> Row:
    with tempfile.TemporaryDirectory() as scratch, concurrent.futures.ThreadPoolExecutor(2) as pool:
        folder = Path(scratch)
        ran = dict(
            zip(asked, pool.map(lambda name: _execute(folder, asked[name], codes[name], ending), asked), strict=True)
        )
        batch = Batch(server.requests, "", folder)
        marks = [
            UNASKED if case.name not in asked else RAN if ran[case.name] else judged(asked[case.name], batch)[0]
            for case in ASKED
        ]
    return Row(name=client, how="executed", marks="".join(marks))


def _execute(folder: Path, case: Case, code: str | None, ending: str) -> bool:
    """Run one snippet in a folder of its own; tell whether it executed a value."""
    if not code:
        return False
    home = folder / case.name
    home.mkdir()
    for part in case.content.parts if isinstance(case.content, MultipartContent) else ():
        if part.filename is not None:
            (home / part.filename).write_bytes(part.data)
    (home / "node_modules").symlink_to(INSTALLED / "node_modules")
    kind = ("cjs" if "require(" in code else "mjs") if ending == "js" else ending
    text = f"<?php\n{code}" if ending == "php" and "<?php" not in code else code
    if kind == "cjs" and re.search(r"\bawait ", code):
        text = f"(async () => {{\n{code}\n}})();"
    (home / f"snippet.{kind}").write_text(text, encoding="utf-8", errors="surrogatepass", newline="")
    inherited = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ}
    keyboard, terminal = os.openpty()  # HTTPie would take anything else for content
    try:
        subprocess.run(
            [*COMMANDS[ending], f"snippet.{kind}"], cwd=home, env={**inherited, "LC_ALL": "C.UTF-8", "NO_PROXY": "*"},
            stdin=terminal, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=_SECONDS, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        pass
    finally:
        os.close(keyboard)
        os.close(terminal)
    return bool(list(home.glob("canary*")))


def plain(case: Case) -> Case:
    """Return the case with its credentials as plain header fields, query or cookie: they know no variables."""
    case = case.sent
    headers, target = dict(case.headers), case.target
    for injection in case.injections:
        if injection.location == "query":
            target += ("&" if "?" in target else "?") + urlencode({injection.name: "key-123"})
        elif injection.location == "cookie":
            headers["Cookie"] = "; ".join(filter(None, [headers.get("Cookie"), f"{injection.name}=key-123"]))
        else:
            headers[injection.name] = f"{injection.prefix}sk_test_123"
    fields = case.headers if dict(case.headers) == headers else tuple(headers.items())
    return replace(case, headers=fields, target=target, injections=())


def har(case: Case, base: str) -> dict[str, Any]:
    """Return the request in the shape of HAR 1.2."""
    content = case.content
    mime = next((value for name, value in case.headers if name.lower() == "content-type"), "text/plain")
    shape: dict[str, Any] = {
        "method": case.method,
        "url": base + case.target,
        "httpVersion": "HTTP/1.1",
        "headers": [{"name": name, "value": value} for name, value in case.headers],
        "queryString": [],
        "cookies": [],
        "headersSize": -1,
        "bodySize": -1,
    }
    if isinstance(content, FormContent):
        fields = [{"name": name, "value": value} for name, value in content.pairs]
        shape["postData"] = {"mimeType": mime, "params": fields}
    elif isinstance(content, MultipartContent):
        shape["headers"] = [header for header in shape["headers"] if header["name"] != "Content-Type"]
        shape["postData"] = {"mimeType": "multipart/form-data", "params": [_part(part) for part in content.parts]}
    elif content.body and not isinstance(content, BinaryContent):
        shape["postData"] = {"mimeType": mime, "text": content.body.decode("utf-8", "surrogatepass")}
    return shape


def _part(part: Any) -> dict[str, Any]:
    shape: dict[str, Any] = {"name": part.name}
    if part.filename is None:
        shape["value"] = part.data.decode("utf-8", "replace")
    else:
        shape |= {"fileName": part.filename, "contentType": part.content_type}
    return shape


def _written(requests: Mapping[str, Any]) -> dict[str, dict[str, dict[str, str | None]]]:
    asked = {"clients": {name: list(clients) for name, clients in CLIENTS.items()}, "requests": requests}
    done = subprocess.run(
        ["node", str(ROOT / "bench" / "generators.mjs")],
        cwd=INSTALLED,
        input=json.dumps(asked).encode(),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        check=True,
        timeout=600,
    )
    codes: dict[str, dict[str, dict[str, str | None]]] = json.loads(done.stdout)
    return codes
