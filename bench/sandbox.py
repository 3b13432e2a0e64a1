"""Every operation of the real descriptions served by the sandbox: are sampled requests taken, and do answers fit?

Sampled requests go through the sandbox as bytes; another library judges the answers against the document as written.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import cache, partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import orjson

from bench.pieces import Piece, pieces_of, worked
from bench.sandbox_judges import Judge, Judgement
from playground.catalog.model import SANDBOX, Catalog, Entry, Operation
from playground.mediatypes import essence, is_json, kind_of
from playground.messages import HTTPRequest, HTTPResponse
from playground.openapi.compile import compile_document
from playground.openapi.parse import parse_document
from playground.request.build import build_request
from playground.request.errors import RequestError
from playground.request.model import ABSENT, FileValue, RequestModel
from playground.request.server import expand_server
from playground.sandbox.refusal import REASON
from playground.sandbox.service import Call, Sandbox
from playground.sandbox.source import MemorySource
from playground.secrets.credentials import ApiKey, Basic, Bearer, Credentials
from playground.secrets.schemes import signing_of
from playground.values.believable import Context, believable
from playground.values.files import file_for
from playground.values.fit import fits, without_misfits
from playground.values.shapes import Shapes

MOST = 120
"""Exceptions that are listed, one of each kind."""
GOAL = 0.995
"""The share of operations that is taken and answered as described, at least; each exception is listed."""
_LEFT_OUT = frozenset(("if-match", "if-none-match", "if-modified-since", "watch", "prefer", "content-type", "accept",
                        "content-length"))  # fmt: skip
"""Parameters that change what the answer is: they have tests of their own."""
_SECRET = "test_1"  # noqa: S105 - the sandbox knows none
_JUDGED_DOCUMENTS, _JUDGED_ANSWERS = 20, 300


def report(folder: Path, *, workers: int = 2, notes: Path | None = None, every: int = 1) -> tuple[str, bool]:
    """Return the shares of operations that are taken and answered as described, the exceptions, and the judgement.

    Only every n-th operation of each description is asked where `every` says so.
    """
    totals: Counter[str] = Counter()
    exceptions: dict[str, tuple[int, str]] = {}
    judged: Counter[str] = Counter()
    remarks: list[str] = []
    for piece, found in worked(pieces_of(folder, "*.json"), partial(_work, every=every), workers=workers, notes=notes):
        totals.update(found["totals"])
        judged.update(found["judged"])
        remarks += [f"{piece.name}: {remark}" for remark in found["remarks"]]
        for key, words in found["exceptions"]:
            kind = f"{piece.name}: {_kind(words)}"
            count, example = exceptions.get(kind, (0, f"{key}: {words}"))
            exceptions[kind] = count + 1, example
    operations = totals["operations"]
    lines = [
        f"{operations:,} operations of {totals['documents']} documents",
        f"{totals['sent']:,} requests sampled and sent ({operations - totals['sent']:,} cannot be sent)",
        f"{totals['routed']:,} lead back to their operation",
        f"{totals['accepted']:,} are taken ({_share(totals['accepted'], totals['sent'])})",
        f"{totals['valid']:,} answers fit their schema by another library "
        f"({_share(totals['valid'], totals['accepted'])})",
        "",
        f"judgement over {judged['answers']} answers of {judged['documents']} documents:",
        f"{judged['texts']:,} texts, {judged['placeholders']} of them the word `string`",
        f"{judged['lists']:,} lists, {judged['equal']} with two equal items",
        f"{judged['identifiers']:,} identifiers with a prefix shown, {judged['unprefixed']} without it",
        f"{judged['dates']:,} dates, {judged['far']} more than two years off",
    ]
    lines += [f"  {remark}" for remark in remarks[:40]]
    ordered = sorted(exceptions.values(), key=lambda pair: -pair[0])
    lines += ["", "exceptions:"]
    lines += [f"{count:6,}  {example}\n        {_contradiction(example)}" for count, example in ordered[:MOST]]
    good = (
        totals["valid"] >= GOAL * totals["sent"] and not judged["placeholders"] + judged["equal"] + judged["unprefixed"]
    )
    return "\n".join(lines), good


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.2f} %" if whole else "none"


def _kind(words: str) -> str:
    return re.sub(r"[\w.$\[\]'/-]*/[\w.$\[\]'/{}~-]+|'[^']*'|[0-9]+", "…", words)[:100]


_CONTRADICTIONS = (
    (r": oneOf: ", "alternatives of a oneOf overlap, or its discriminator names none of them"),
    (r"write-only property", "a member is required and writeOnly, or readOnly and writeOnly"),
    (
        r"allows no others|Additional properties",
        "additionalProperties: false beside alternatives with members of their own",
    ),
    (r"A (?:multipart|form) body must be|cannot be read as a form", "the schema of a form is no object"),
    (
        r"(?:path|header)/\S+/\S+ is of the type string, not array",
        "a list inside of a list or object has no form there",
    ),
    (r"is of the type \w+, not \w+|is not one of", "the enum's values are not of the type beside it"),
    (r"does not match the pattern .*\S\^", "the pattern asks for the beginning in its middle"),
    (r"query/\S+ must be one of", "two exploded objects in the query have a member of one name"),
    (r"400: body/\w+/\d+ must be one of", "two lists in XML, neither wrapped, have items of one name"),
    (r"status 426", "no status but 101 is described"),
    (r"body/\S+ is required", "what is required is neither described nor allowed"),
    (r": type: ", "the format or the example is none of the type, or allOf asks for two types"),
    (r": required: ", "a member is required, and hidden in answers as in requests"),
    (r"header name", "a header's name holds what none can"),
)
"""What an exception's words say of its description."""


def _contradiction(words: str) -> str:
    return next((reason for pattern, reason in _CONTRADICTIONS if re.search(pattern, words)), "to be looked at")


def _work(piece: Piece, every: int = 1) -> dict[str, Any]:
    text = piece.path.read_bytes()
    raw = orjson.loads(text)
    catalog = compile_document(parse_document(text), name="real").catalog
    judge = Judge(raw)
    sandbox = Sandbox(MemorySource(catalog))
    shapes = Shapes(catalog.definitions)
    totals: Counter[str] = Counter(documents=int(piece.part == 0))
    exceptions: list[tuple[str, str]] = []
    judged = Judgement(text)
    per_document = _JUDGED_ANSWERS // _JUDGED_DOCUMENTS
    operations = piece.of(catalog.operations)[::every]
    step = max(len(operations) // per_document, 1)
    for index, operation in enumerate(operations):
        totals["operations"] += 1
        entry = Entry(provider=catalog.provider, operation=operation, definitions=catalog.definitions)
        sampled = _request(entry, shapes)
        if isinstance(sampled, str):
            if sampled:
                exceptions.append((operation.key, sampled))
            continue
        totals["sent"] += 1
        request, path = sampled
        found = sandbox.find("real", request, path)
        totals["routed"] += found.entry is not None and found.entry.operation.name == operation.name
        reply = sandbox.respond(Call(entry=entry, request=request, path=path)).whole()
        if (reason := reply.headers.get(REASON)) is not None:
            exceptions.append((operation.key, f"refused with {reply.status}: {reason}"))
            continue
        totals["accepted"] += 1
        problem = judge.problem(operation, reply)
        if problem:
            exceptions.append((operation.key, problem))
        else:
            totals["valid"] += 1
        if piece.part == 0 and index % step == 0 and reply.body and is_json(reply.media_type):
            judged.look(reply, entry, operation, request)
    return {
        "totals": totals, "exceptions": exceptions, "judged": judged.counts, "remarks": judged.remarks[:10],
    }  # fmt: skip


def _request(entry: Entry, shapes: Shapes) -> tuple[HTTPRequest, str] | str:
    """Return a sampled request and its path below the server's, or why there is none; nothing where none can be."""
    operation = entry.operation
    if operation.method.upper() in ("TRACE", "CONNECT"):
        return ""
    context = Context(definitions=entry.definitions, writing=True, seed=operation.key, shapes=shapes)
    parameters: dict[Any, dict[str, Any]] = {}
    for parameter in operation.parameters:
        if parameter.name.lower() in _LEFT_OUT:
            if parameter.name.lower() == "if-match" and parameter.required:
                parameters.setdefault("header", {})[parameter.name] = "*"
            continue
        value = believable(parameter.schema, parameter.name, context)
        if not parameter.required and value in ("", None, [], {}):
            continue
        if not parameter.required and not fits(value, parameter.schema, entry.definitions, writing=True):
            continue  # nothing fits, and a client leaves it out
        if parameter.location == "path" and isinstance(value, str):
            value = value.replace("/", "-") or "x"
        parameters.setdefault(parameter.location, {})[parameter.name] = value
    body: Any = ABSENT
    media_type = None
    if operation.request_body is not None and operation.request_body.media_types:
        types = operation.request_body.media_types
        # Descriptions call a JSON Patch an object, and a list of operations is what the standard says it is.
        described = next((one for one in types if essence(one.name) != "application/json-patch+json"), types[0])
        media_type = described.name
        body = without_misfits(
            believable(described.schema, "", context), described.schema, entry.definitions, writing=True
        )
        kind = kind_of(essence(described.name) or "application/json")
        is_object = "*" in described.name and isinstance(body, dict | list)  # whatever it is called, it is JSON
        if kind in ("binary", "image", "unknown") and not is_object:
            name, content = file_for(essence(described.name))
            body = FileValue(filename="file", content=content, content_type=name)
        elif kind == "multipart" and isinstance(body, dict):
            body = {name: _file_if_binary(value, described.schema, name, entry) for name, value in body.items()}
    model = RequestModel(server=SANDBOX, parameters=parameters, body=body, media_type=media_type)
    try:
        message = build_request(entry, model, _credentials(entry))
        base = expand_server(entry, model)
    except RequestError as error:
        return f"cannot be built: {error}"
    if any(signing_of(entry, scheme) == "aws_sigv4" for scheme in entry.provider.security_schemes):
        signed = "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260101/us-east-1/service/aws4_request"
        message = replace(message, headers=message.headers.replacing("Authorization", signed))
    path = urlsplit(message.url[len(base) :]).path or "/"
    return message, path


def _credentials(entry: Entry) -> Credentials:
    """Return a credential of the right kind for each security scheme."""
    schemes: dict[str, Any] = {}
    for scheme in entry.provider.security_schemes:
        if scheme.type == "apiKey":
            schemes[scheme.name] = ApiKey(value=_SECRET)
        elif scheme.type == "http" and scheme.scheme.lower() == "basic":
            schemes[scheme.name] = Basic(username="ada", password=_SECRET)
        else:
            schemes[scheme.name] = Bearer(token=_SECRET)
    return Credentials(schemes=schemes)


def _file_if_binary(value: Any, schema: Any, name: str, entry: Entry) -> Any:
    plain = Shapes(entry.definitions).of(schema)
    member = next((member for member in plain.members if member.name == name), None)
    if member is not None and member.shape.plain.get("format") == "binary":
        return FileValue(filename="file.bin", content=b"bytes", content_type="application/octet-stream")
    return value


@cache
def catalog_of(path: Path, name: str) -> Catalog:
    """Return a compiled description."""
    return compile_document(parse_document(path.read_bytes()), name=name).catalog


def every_answer(catalog: Catalog, step: int = 1) -> Iterator[tuple[Operation, HTTPResponse]]:
    """Yield the answer to a sampled request of every `step`-th operation that one can be built for."""
    sandbox, shapes = Sandbox(MemorySource(catalog)), Shapes(catalog.definitions)
    for operation in catalog.operations[::step]:
        entry = Entry(provider=catalog.provider, operation=operation, definitions=catalog.definitions)
        sampled = _request(entry, shapes)
        if not isinstance(sampled, str):
            yield operation, sandbox.respond(Call(entry=entry, request=sampled[0], path=sampled[1])).whole()
