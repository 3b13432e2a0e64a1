"""Schemathesis against descriptions that the sandbox serves: no undocumented status, no schema violation, no crash.

Each is tried twice: as the sandbox serves it (`/openapi.json`), strict, with every check and phase; and as it was
written, with `--lenient`, where no answer may be one that the description does not have. What is found beside is a
fault, unless the description contradicts itself there; then it is listed with the contradiction.
"""

from __future__ import annotations

import re
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import Any

import orjson
from werkzeug.serving import WSGIRequestHandler, make_server

from bench.sandbox_speed import cut
from playground.catalog.model import Catalog, SecurityScheme
from playground.openapi.compile import compile_document
from playground.openapi.parse import parse_document
from playground.sandbox.service import Sandbox
from playground.sandbox.source import MemorySource
from playground.web.sandbox_api import Serving, create_sandbox_app

DESCRIPTIONS = (
    ("traccar.org.json", ""), ("api.video.json", ""), ("openai.com.json", ""), ("spotify.com.json", "/me/albums"),
    ("stripe.json", "/v1/customers/cus_1"), ("github.com/api.github.com.json", "/repos/o/r/issues/1"),
    ("kubernetes.io.json", "/api/v1/namespaces/n/configmaps/c"), ("docker.com/engine.json", "/volumes/v"),
)  # fmt: skip
"""Files, and the path around which a description is cut where it is long."""
EXAMPLES = 2
"""Cases of each operation in the phases that make them up."""
OF_ANSWERS = (
    "not_a_server_error", "status_code_conformance", "content_type_conformance", "response_headers_conformance",
    "response_schema_conformance", "allow_header_conformance",
)  # fmt: skip
"""Checks of what is answered, whatever was asked."""
_KEY = "test_1"


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found: its name, the operation, what it says, and the contradiction that it rests on, if any."""

    check: str
    operation: str
    words: str
    reason: str


def report(folder: Path) -> tuple[str, bool]:
    """Return what is found in the six descriptions and more, and whether all of it is explained."""
    lines, sound = [], True
    for name, around in DESCRIPTIONS:
        path = folder / name
        if not path.is_file():
            continue
        document = orjson.loads(path.read_bytes())
        document = cut(document, around) if around else document
        for lenient in (False, True):
            cases, phases, findings = tried(document, lenient=lenient)
            how = "as written, lenient" if lenient else "as served, strict"
            unknown = [finding for finding in findings if not finding.reason]
            lines.append(f"{name}{', cut' if around else ''}, {how}: {cases:,} cases ({', '.join(phases)}), "
                         f"{len(unknown)} found")  # fmt: skip
            reasons = Counter(finding.reason for finding in findings if finding.reason)
            lines += [f"    {count:4,}  {reason}" for reason, count in reasons.most_common()]
            lines += [f"    {one.check}: {one.operation}: {one.words[:900]}" for one in unknown[:20]]
            sound = sound and not unknown and cases > 0
    return "\n".join(lines), sound and bool(lines)


def tried(
    document: Mapping[str, Any], *, lenient: bool, examples: int = EXAMPLES
) -> tuple[int, tuple[str, ...], list[Finding]]:
    """Return how many cases were sent to the sandbox of a document, in which phases, and what was found."""
    # Only here: a library of the tests, which the other figures do without.
    import schemathesis
    from schemathesis.config import HealthCheck
    from schemathesis.engine import from_schema
    from schemathesis.engine.events import FatalError, NonFatalError, PhaseFinished, ScenarioFinished

    catalog = compile_document(parse_document(orjson.dumps(document)), name="api").catalog
    with tempfile.TemporaryDirectory() as folder:
        sandbox = Sandbox(MemorySource(catalog, document), Path(folder) / "state.sqlite")
        serving = Serving(sandbox=sandbox, provider="api", shared=True, described_only=lenient)
        server = make_server("127.0.0.1", 0, create_sandbox_app(serving, loopback=True), threaded=True,
                             request_handler=_Quiet)  # fmt: skip
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        address = f"http://127.0.0.1:{server.server_port}"
        if lenient:
            schema = schemathesis.openapi.from_dict(dict(document))
        else:
            schema = schemathesis.openapi.from_url(f"{address}/openapi.json")
        schema.config.checks.update(included_check_names=list(OF_ANSWERS) if lenient else ["all"])
        schema.config.update(headers=_key_headers(catalog), suppress_health_check=list(HealthCheck),
                             request_timeout=60)  # fmt: skip
        schema.config.update(base_url=address, continue_on_failure=True)
        schema.config.generation.update(max_examples=examples)
        schema.config.seed = 1
        cases, phases, findings = 0, dict[str, None](), dict[tuple[str, str, str], Finding]()
        for event in from_schema(schema).execute():
            if isinstance(event, FatalError):
                raise RuntimeError(str(event.exception))
            if isinstance(event, NonFatalError):
                said = f"{event.info}"
                found = Finding("error", str(event.label), said[:300], _reason("error", said, None, ""))
                findings.setdefault((found.check, found.operation, found.words), found)
            if isinstance(event, PhaseFinished) and event.status.value not in ("skip", "interrupted"):
                phases[event.phase.name.value] = None
            if isinstance(event, ScenarioFinished):
                cases += len(event.recorder.cases)
                for found in _found(event.recorder):
                    findings.setdefault((found.check, found.operation, found.words.partition(" (")[0]), found)
        server.shutdown()
        thread.join()
        server.server_close()
        sandbox.close()
    return cases, tuple(phases), list(findings.values())


class _Quiet(WSGIRequestHandler):
    """Logs nothing, and keeps connections open."""

    protocol_version = "HTTP/1.1"

    def log(self, type: str, message: str, *args: Any) -> None:  # noqa: A002 - werkzeug's name for it
        """Say nothing."""


def _found(recorder: Any) -> Iterator[Finding]:
    """Yield what the checks of one scenario found."""
    answers = {case: node.response for case, node in recorder.interactions.items()}
    for case, results in recorder.checks.items():
        for check in results:
            if check.failure_info is None:
                continue
            failure = check.failure_info.failure
            words = f"{failure.title}: {failure.message}".replace("\n", " ")[:400]
            answer = answers.get(case)
            sent = recorder.interactions[case].request if case in recorder.interactions else None
            kind = "" if sent is None else " ".join(sent.headers.get("Content-Type", ()))
            if answer is not None and sent is not None:
                words += f" ({sent.method} {sent.uri}: {answer.status_code} {answer.content[:200]!r})"
            yield Finding(check.name, failure.operation, words, _reason(check.name, words, answer, kind))


_REASONS = (
    ("ignored_auth", r"invalid auth|invalid credentials|generated auth",
     "the sandbox knows no keys: a credential of the right kind is right"),
    ("ignored_auth|missing_required_header", r"400 Bad Request|Got 400",
     "of 4xx the description has 400 alone: what has no credential gets it"),
    ("positive_data_acceptance", r"Valid data should have been accepted",
     "of 4xx the description has 400 alone: what names nothing that exists gets it"),
    ("positive_data_acceptance", r"does not match the pattern 0\.", "the pattern is the number 0, no text"),
    ("positive_data_acceptance", r"Content-Range", "the example breaks its own pattern"),
    ("negative_data_rejection", r"/labels: 2.. b'\[\]",
     "alternatives of a oneOf all take {}: no server tells them apart"),
    (".*", r"[?&]watch=true|watch=true'", "a watch is a stream of events, and described as a list"),
    ("positive_data_acceptance|negative_data_rejection", r"\(POST [^ ]*/build\?",
     "a header parameter Content-type beside a body of another type: it is ignored (OpenAPI 3.1, 4.8.12.1)"),
    ("positive_data_acceptance", r"must be a list of operations",
     "a JSON Patch is a list of operations (RFC 6902, 3), and described as an object"),
    (".*", r"discriminator property", "a discriminator without mapping, whose values are no names of schemas"),
)  # fmt: skip
"""Checks, what they say, and why it is no fault of the sandbox."""
_FORM = re.compile("multipart/|x-www-form-urlencoded")
_MISSING = re.compile(rb"names no .{1,60} that exists")


def _reason(check: str, words: str, answer: Any, kind: str) -> str:
    """Return what contradicts what where a check fails, nothing if the sandbox is at fault."""
    content = b"" if answer is None else answer.content
    if check == "negative_data_rejection" and _FORM.search(kind) and "was string" in words:
        return "in a form every value is text: a number is one as well"
    if (
        check == "negative_data_rejection"
        and _FORM.search(kind)
        and re.search("Missing required|Incorrect type", words)
    ):
        return "in a form a list of one is a text, and an object with nothing in it is not written"
    if check == "positive_data_acceptance" and _FORM.search(kind) and re.search("/0 is of the type string, not", words):
        return "the tool writes a form's list of objects as the names of their members"
    for name, pattern, reason in _REASONS:
        if "names nothing" in reason and not _MISSING.search(content):
            continue
        if re.fullmatch(name, check) and re.search(pattern, words):
            return reason
    if answer is not None and answer.status_code in (101, 204, 205, 304) and not content:
        return "content is described for a status that has none (RFC 9110, 15.3.5)"
    return ""


def _key_headers(catalog: Catalog) -> dict[str, str]:
    """Return header fields with a credential of the kind that the description asks for."""
    headers: dict[str, str] = {}
    for scheme in catalog.provider.security_schemes:
        name, value = _key_header(scheme)
        if name:
            headers.setdefault(name, value)
    return headers


def _key_header(scheme: SecurityScheme) -> tuple[str, str]:
    if scheme.type == "apiKey":
        return (scheme.parameter, _KEY) if scheme.location == "header" else ("", "")
    if scheme.type == "http" and scheme.scheme.lower() == "basic":
        return "Authorization", "Basic YTpi"
    return ("Authorization", f"Bearer {_KEY}") if scheme.type != "mutualTLS" else ("", "")
