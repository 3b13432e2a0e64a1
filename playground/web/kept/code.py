"""A kept answer as code: its types, the whole exchange, the example that its description could have."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from flask import Blueprint, make_response, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from playground.answers.keep import Kept
from playground.answers.record import Record
from playground.answers.types.languages import LANGUAGES
from playground.answers.types.shape import Shapes, from_schema, from_value
from playground.answers.written import example_patch, exchange_text
from playground.catalog.model import SANDBOX, Entry, MediaType
from playground.contract.described import (
    content_of,
    described_status,
    is_streamed,
    item_description,
    items_of,
    read_json,
)
from playground.mediatypes import lexer
from playground.messages import Headers, HTTPResponse
from playground.request.errors import RequestError
from playground.schema.mapping import as_mapping
from playground.snippets.registry import make_snippet
from playground.text.wording import say
from playground.web.errors import ErrorPage, answer_error
from playground.web.kept.records import entry_of, model_of, record_of_kept
from playground.web.kept.shown import request_text
from playground.web.site import this_site, wants_fragment

bp = Blueprint("code", __name__)

_LARGEST = 4_000_000
_MOST_ITEMS = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class CodePage:
    """`kept/_code.html` and `kept/code.html`: code made of an answer, where it comes from, the name of its file."""

    title: str
    text: str
    lexer: str
    filename: str
    note: str = ""


@bp.post("/answers/code")
def code() -> ResponseReturnValue:
    """Answer with a kept answer as code: types in a language, `exchange`, or `example`."""
    kept = this_site().answers.get(request.form.get("answer", ""))
    record = None if kept is None else record_of_kept(kept)
    if kept is None or record is None:
        raise NotFound(say("This answer is not kept any longer: press Send again."))
    entry, wanted = entry_of(record), request.form.get("as", "")
    if wanted in LANGUAGES:
        page = _types(kept, record, entry, wanted)
    else:
        page = _WRITERS.get(wanted, _exchange)(kept, record, entry)
    return make_response(render_template("kept/_code.html" if wants_fragment() else "kept/code.html", page=page))


def _types(kept: Kept, record: Record, entry: Entry | None, language: str) -> CodePage:
    title, ending, write = LANGUAGES[language]
    content = None if entry is None else content_of(entry, _response(record))
    streamed = is_streamed(record.content_type)
    if entry is not None and content is not None and as_mapping(_schema(entry, content, streamed=streamed)):
        shapes = from_schema(_schema(entry, content, streamed=streamed), entry.definitions, "Answer")
        note = say("From the schema of the description.")
    else:
        shapes = _inferred(kept, streamed=streamed)
        note = say("Read from this answer, since the description has no schema for it.")
    return CodePage(title=title, text=write(shapes), lexer=_LEXERS[ending], filename=f"answer.{ending}", note=note)


_LEXERS = {"ts": "typescript", "py": "python", "go": "go"}


def _schema(entry: Entry, content: MediaType, *, streamed: bool) -> Any:
    return item_description(entry, content) if streamed else content.schema


def _inferred(kept: Kept, *, streamed: bool) -> Shapes:
    if kept.body.is_binary or len(kept.body.data) > _LARGEST:
        raise NotFound(say("Only JSON has types, up to %(size)s MB of it.", size=_LARGEST // 1_000_000))
    if not streamed:
        return from_value(_json(kept), "Answer")
    items = [item for _, item in zip(range(_MOST_ITEMS), items_of(kept.body, whole_events=False), strict=False)]
    shapes = from_value(items, "Answers")
    return replace(shapes, root=shapes.root.inner[0]) if shapes.root.inner else shapes


def _json(kept: Kept) -> Any:
    try:
        return read_json(kept.body.text.removeprefix("\ufeff"))
    except (ValueError, RecursionError):
        raise NotFound(say("This answer is no JSON.")) from None


def _exchange(kept: Kept, record: Record, entry: Entry | None) -> CodePage:
    text = None if kept.body.is_binary else record.body.decode("utf-8", "replace")
    return CodePage(
        title=say("Exchange"),
        text=exchange_text(record, _command(record, entry), text),
        lexer="",
        filename="exchange.txt",
        note=say("Without secrets: the command reads them from the environment."),
    )


def _command(record: Record, entry: Entry | None) -> str:
    """Return the curl command, or what was sent where there is none."""
    if entry is None or record.arguments is None:
        return request_text(record)
    try:
        model = model_of(entry, record)
        model = replace(model, server=None) if model.server == SANDBOX else model
        return make_snippet(entry, model, target="shell_curl", via="direct").text
    except RequestError:
        return request_text(record)


def _example(kept: Kept, record: Record, entry: Entry | None) -> CodePage:
    if entry is None:
        raise NotFound(say("The operation of this answer is not in the catalogue any longer."))
    content = content_of(entry, _response(record))
    text = record.body.decode("utf-8", "replace")
    try:
        value: Any = read_json(text)
    except (ValueError, RecursionError):
        value = text
    if kept.body.is_binary or len(record.body) > _LARGEST:
        raise NotFound(say("Only text can be an example, up to %(size)s MB of it.", size=_LARGEST // 1_000_000))
    patch = example_patch(
        path=entry.operation.path,
        method=entry.operation.method,
        status=described_status(entry, record.status) or str(record.status),
        media_type=record.content_type.partition(";")[0].strip() if content is None else content.name,
        name=request.form.get("name", "").strip()[:100] or say("answer"),
        summary=say("An answer of %(date)s", date=record.at[:10]),
        value=value,
        old=entry.provider.specification.startswith("2"),
    )
    note = say("Add it to the description, below what is there already; secrets are taken out.")
    return CodePage(
        title=say("Example"), text=patch, lexer=lexer("application/yaml"), filename="example.yaml", note=note
    )


_WRITERS: Mapping[str, Callable[[Kept, Record, Entry | None], CodePage]] = {
    "exchange": _exchange,
    "example": _example,
}


def _response(record: Record) -> HTTPResponse:
    headers = Headers.of(record.headers).replacing("Content-Type", record.content_type)
    return HTTPResponse(status=record.status, headers=headers)


@bp.errorhandler(NotFound)
def gone(error: NotFound) -> ResponseReturnValue:
    """Say in the place of code why there is none."""
    if not wants_fragment():
        return answer_error(404, error.description)
    return make_response(
        render_template("answer/_gone.html", page=ErrorPage(title="", sentence=str(error.description)))
    )
