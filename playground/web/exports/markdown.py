"""Pages as Markdown, for pasting and for language models: the content of a page without its form.

Descriptions stay as they were written; everything else is escaped so that it cannot end a table cell or a code block.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from flask import make_response, request
from werkzeug.wrappers import Response

from playground.catalog.model import Entry, OperationSummary, SecurityRequirement
from playground.catalog.titles import description_beyond
from playground.forms.buttons import with_example
from playground.forms.fields import DescribedField, Field
from playground.forms.operation_form import build_form
from playground.forms.parse import parse
from playground.forms.state import FormState
from playground.request.model import RequestModel
from playground.schema.sample import sample
from playground.snippets.registry import make_snippet
from playground.text.markdown import plain_text
from playground.web.catalogue.facts import Fact, facts_of
from playground.web.operation.links import Outgoing, callbacks_of, links_of, outgoing
from playground.web.site import operation_url, provider_url, site_url, this_site

LISTED = 500
"""Operations that a provider's page lists; the JSON export has all."""
ROWS = 200
WEBHOOKS = 60
LONG_CALL = 24
"""Lines."""
TITLES = {"path": "Parameters", "query": "Query", "header": "Headers", "cookie": "Cookies", "body": "Input"}


def operation_markdown(entry: Entry) -> Response:
    """Answer with an operation's page as Markdown."""
    return _answer(entry.provider.name, "\n\n".join(_operation(entry)))


def provider_markdown(name: str) -> Response:
    """Answer with a provider's page as Markdown: its facts and its operations by tag."""
    return _answer(name, "\n\n".join(_provider(name)))


def _answer(name: str, text: str) -> Response:
    response = make_response(text + "\n")
    response.headers["Content-Type"] = "text/markdown; charset=utf-8"
    response.add_etag(weak=True)
    response.headers["Cache-Control"] = "public, no-cache"
    return response.make_conditional(request)


def _operation(entry: Entry) -> Iterator[str]:
    operation, provider = entry.operation, entry.provider
    here = request.host_url.rstrip("/")
    yield f"# {line(operation.title)}"
    if operation.deprecated:
        yield "**Deprecated.**"
    if operation.notice:
        yield operation.notice
    if operation.badges:
        yield ", ".join(line(badge) for badge in operation.badges)
    yield f"{code(f'{operation.method} {operation.path}')}"
    if description := description_beyond(operation.title, operation.description):
        yield description.strip()
    yield "\n".join(
        (
            f"- API: [{line(provider.title)}]({here}{provider_url(provider.name)}.md)",
            f"- Operation: {code(operation.name)} of {code(provider.package)}",
            *(f"- Server: {code(server.url)}" for server in (operation.servers or provider.servers)[:3]),
            f"- Try it: {here}{operation_url(provider.name, operation.name)}",
            f"- Authentication: {_security(operation.security, [scheme.name for scheme in provider.security_schemes])}",
        )
    )
    form = build_form(entry, FormState())
    for group in form.groups:
        fields = list(_rows(group.fields))
        if fields:
            yield f"## {TITLES.get(group.location, group.title)}"
            yield table(("Name", "Type", "Required", "Description"), fields[:ROWS])
        elif group.location == "body":
            yield f"## {TITLES['body']}"
        if group.location == "body":
            yield f"Sent as {code(form.media_type)}." if form.media_type else "Sent as it is typed."
    if form.is_empty:
        yield "This operation has no parameters."
    yield "## Example"
    yield fenced(_curl(entry), "sh")
    if operation.responses:
        yield "## Responses"
        rows = [
            (
                code(response.status),
                ", ".join(code(media.name) for media in response.media_types[:4]),
                cell(response.description),
            )
            for response in operation.responses
        ]
        yield table(("Status", "Content", "Description"), rows)
    yield from _leads_on(entry, here)


def _leads_on(entry: Entry, here: str) -> Iterator[str]:
    links, callbacks = links_of(entry), callbacks_of(entry)
    if links:
        yield "## Next operations"
        yield "\n".join(
            f"- {code(link.status)} "
            + (f"[{line(link.title)}]({here}{link.url}.md)" if link.url else code(link.title))
            + "".join(f", {code(name)} from {code(value)}" for name, value in link.values)
            + (f": {cell(link.description)}" if link.description else "")
            for link in links
        )
    if callbacks:
        yield "## Callbacks"
        yield from _outgoing(callbacks)


def _outgoing(calls: Iterable[Outgoing]) -> Iterator[str]:
    for call in calls:
        yield f"### {line(call.title or call.name)}"
        yield code(f"{call.method} {call.place}")
        if call.description:
            yield call.description.strip()
        if call.media_type:
            yield f"Carries {code(call.media_type)}{f': {line(call.type)}' if call.type else ''}."
        if call.fields:
            rows = [
                (code(field.name), cell(field.type), "yes" if field.required else "", cell(field.description))
                for field in call.fields
            ]
            yield table(("Name", "Type", "Required", "Description"), rows)
            if call.more:
                yield f"And {call.more} more."


def _rows(fields: Iterable[Field], above: str = "") -> Iterator[tuple[str, ...]]:
    for field in fields:
        name = f"{above}.{field.label}" if above else field.label
        if field.kind == "more":
            yield ("…", "", "", cell(field.label))
            continue
        # A body that is an object is its fields; it has no row of its own.
        if isinstance(field, DescribedField) and (field.name != "body" or field.kind != "object"):
            limits = ", ".join(text for text in (field.type_text, field.limits_text) if text)
            default = f" Default: {code(field.default_text)}." if field.default_text else ""
            words = cell(field.description) + default
            marks = ("yes" if field.required else "") + (" deprecated" if field.deprecated else "")
            yield (code(name), cell(limits), marks.strip(), words.strip())
        if field.kind == "object":
            yield from _rows(field.children, "" if field.name == "body" else name)


def _security(alternatives: tuple[SecurityRequirement, ...] | None, schemes: list[str]) -> str:
    if alternatives is None:
        return " or ".join(code(name) for name in schemes) or "none"
    return (
        " or ".join(" and ".join(code(use.scheme) for use in alternative) or "none" for alternative in alternatives)
        or "none"
    )


def _curl(entry: Entry) -> str:
    """Return the call with the body's example, or with what it requires where the whole example is long."""
    model = parse(entry, with_example(entry, None, FormState())).model
    text = make_snippet(entry, model, target="shell_curl", via="direct").text
    body = entry.operation.request_body
    if body is None or text.count("\n") < LONG_CALL:
        return text
    small = sample(body.media_types[0].schema, entry.definitions, writing=True, required_only=True)
    return make_snippet(entry, RequestModel(body=small), target="shell_curl", via="direct").text


def _provider(name: str) -> Iterator[str]:
    store, here = this_site().store, request.host_url.rstrip("/")
    provider = store.provider(name)
    yield f"# {line(provider.title)}"
    if provider.description or provider.summary:
        yield (provider.description or provider.summary).strip()
    facts = (*facts_of(provider), Fact(label="Package", items=()))
    yield "\n".join(
        f"- {fact.label}: {', '.join(code(item.text) if item.code else line(item.text) for item in fact.items)}"
        if fact.items
        else f"- Package: {code(provider.package)}"
        for fact in facts
    )
    below = store.children(name)
    if below:
        yield "## APIs below"
        yield "\n".join(f"- [{line(api.title)}]({here}{provider_url(api.name)}.md)" for api in below[:LISTED])
    yield from _webhooks(name)
    left = LISTED
    for tag in store.tags(name):
        if left <= 0:
            yield f"All operations as JSON: {site_url()}/catalog/p/{name}.json"
            return
        listed = store.operations(name, tag=tag.name, limit=left)
        left -= len(listed)
        yield f"## {line(tag.title or tag.name or 'Operations')}"
        yield "\n".join(_listed(operation, here) for operation in listed)


def _webhooks(name: str) -> Iterator[str]:
    listed, definitions = this_site().store.webhooks(name)
    if listed:
        yield "## Webhooks"
        yield from _outgoing(outgoing(webhook, definitions, webhook.path) for webhook in listed[:WEBHOOKS])


def _listed(operation: OperationSummary, here: str) -> str:
    note = " (deprecated)" if operation.deprecated else ""
    address = f"{here}{operation_url(operation.provider, operation.name)}.md"
    return f"- [{line(operation.title)}]({address}): {code(f'{operation.method} {operation.path}')}{note}"


def line(text: str) -> str:
    """Return text as one line of Markdown in which nothing is markup."""
    return re.sub(r"([\\`*_\[\]<>#|&])", r"\\\1", " ".join(text.split()))


def cell(text: str) -> str:
    """Return a description as one table cell: plain words, nothing that ends the cell or makes markup."""
    return line(plain_text(text, 400))


def code(text: str) -> str:
    """Return text as a code span that its own backquotes cannot end (CommonMark 6.1); empty text stays empty."""
    plain = " ".join(text.split()).replace("|", "\\|")
    if not plain:
        return ""
    ticks = "`" * (_longest_run(plain) + 1)
    pad = " " if plain.startswith("`") or plain.endswith("`") else ""
    return f"{ticks}{pad}{plain}{pad}{ticks}"


def fenced(text: str, language: str) -> str:
    """Return text as a code block that nothing inside ends."""
    ticks = "`" * max(3, _longest_run(text) + 1)
    return f"{ticks}{language}\n{text}\n{ticks}"


def table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """Return a table (GitHub's Markdown); the cells are Markdown already."""
    lines = (heads, tuple("---" for _ in heads), *rows)
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)


def _longest_run(text: str) -> int:
    return max((len(run) for run in re.findall(r"`+", text)), default=0)
