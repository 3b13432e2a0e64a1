"""JavaScript with `fetch`: in a browser's page, and in Node.js (18 and newer, an ECMAScript module)."""

from __future__ import annotations

from playground.httpsyntax import REFUSED_METHODS
from playground.messages import BinaryContent, FormContent, JSONContent, MultipartContent
from playground.request.model import ABSENT
from playground.snippets.headers import has_header, repeated
from playground.snippets.languages.javascript.content import (
    FETCH,
    exact,
    form_data,
    json_call,
    long_form,
    multipart_bytes,
    number_notes,
)
from playground.snippets.languages.javascript.literals import JavaScript, Page, key, search_params, string
from playground.snippets.message import Message, message_of
from playground.snippets.notes import content_notes
from playground.snippets.target import Rendered, SnippetRequest, Target
from playground.snippets.urlencoded import readable_query, same_search_params
from playground.snippets.writer import Writer

_REFUSED = frozenset({"connection", "expect", "keep-alive", "transfer-encoding", "upgrade", "content-length"})
_FORBIDDEN_IN_PAGES = _REFUSED | {
    "accept-charset", "accept-encoding", "access-control-request-headers", "access-control-request-method", "cookie",
    "date", "dnt", "host", "origin", "referer", "set-cookie", "te", "trailer", "via",
}  # fmt: skip


def render_fetch(request: SnippetRequest, js: JavaScript, *last: str) -> Rendered:
    """Write the fetch call, and the lines that print status and answer."""
    message = message_of(request)
    call = _Call(message, js)
    lines = call.write()
    files = js.files.notes
    if call.in_page and js.files.names:
        files = (f"Choose {', '.join(js.files.names)} in the page's file input, in this order.",)
    notes = (*message.notes, *_fetch_notes(message, in_page=call.in_page), *number_notes(message.json), *files)

    code = Writer()
    code.comments(notes)
    for block in (js.imports(), [*js.declarations(), *call.prelude], [lines], last):
        code.lines(*block, *([""] if block else []))
    return Rendered(text=code.text, notes=notes)


class _Call:
    """A call of `fetch`; `prelude` are the lines that it needs before it."""

    def __init__(self, message: Message, js: JavaScript) -> None:
        self.message = message
        self.js = js
        self.in_page = isinstance(js, Page)
        self.prelude: list[str] = []

    def write(self) -> str:
        """Return the call's code."""
        message, js = self.message, self.js
        body, own_type = self._body() if _sends_content(message) else ("", False)
        address = js.text(message.url, encode=True)
        if query := readable_query(message, same_search_params):
            self.prelude.append(f"const query = {search_params(query.form.pairs)};")
            address = f"`{js.grammar.quoting.inside(query.address + '?')}${{query}}`"
        headers = self._headers(skip="content-type" if own_type else None)
        code = Writer()
        if message.method == "GET" and not headers and not body:
            code.line(f"const response = await fetch({address});")
        else:
            with code.indented(f"const response = await fetch({address}, {{", "});"):
                code.line(f"method: {string(message.method)},")
                if headers:
                    opening, closing = ("headers: [", "],") if repeated(message) else ("headers: {", "},")
                    with code.indented(opening, closing):
                        code.lines(*headers)
                if body:
                    code.line(f"body: {body},")
        return code.text

    def _headers(self, *, skip: str | None) -> list[str]:
        fields: list[tuple[str, str]] = []
        if self.message.basic is not None:
            pair = self.js.text((self.message.basic.username, ":", self.message.basic.password))
            fields.append(("Authorization", f"`Basic ${{{self.js.to_base64(pair)}}}`"))
        for name, value in self.message.headers:
            if name.lower() != skip and not _is_refused(name, self.in_page):
                fields.append((name, self.js.header(value)))
        if repeated(self.message):
            return [f"[{string(name)}, {value}]," for name, value in fields]
        return [f"{key(name)}: {value}," for name, value in fields]

    def _body(self) -> tuple[str, bool]:
        """Return the body's expression, and whether fetch writes the Content-Type by itself."""
        message, content, js = self.message, self.message.content, self.js
        if message.json is not ABSENT:
            return f"JSON.stringify({js.value(message.json, used=24)})", False
        if isinstance(content, MultipartContent):
            if lines := form_data(message, js):
                self.prelude += lines
                return "form", True
            return multipart_bytes(content, js), False
        if isinstance(content, BinaryContent) and content.filename is not None:
            return js.read(js.files.local(content.filename, content.data).name), False
        if not has_header(message, "content-type"):
            return js.bytes_of(content.body), False  # fetch adds a Content-Type to a string, and none to bytes
        if isinstance(content, FormContent) and content.pairs and same_search_params(content):
            return search_params(content.pairs), False
        if isinstance(content, JSONContent) and (written := json_call(content.text, js)):
            return written, False
        return long_form(content, js) or exact(content.body, js), False


def _sends_content(message: Message) -> bool:
    return message.has_content and message.method.upper() not in ("GET", "HEAD")


def _is_refused(name: str, in_page: bool) -> bool:
    """Tell whether fetch lets no program set this header field, or no page (forbidden request-header)."""
    if not in_page:
        return name.lower() in _REFUSED
    return name.lower() in _FORBIDDEN_IN_PAGES or name.lower().startswith(("proxy-", "sec-"))


def _fetch_notes(message: Message, *, in_page: bool) -> tuple[str, ...]:
    notes = list(content_notes(message, "fetch", sends=_sends_content(message)))
    if message.method.upper() in REFUSED_METHODS:
        notes.append(f"fetch refuses the method {message.method}.")
    notes += FETCH.notes(message)
    seen: set[str] = set()
    for name, _ in message.headers:
        if in_page and _is_refused(name, in_page):
            notes.append(f"A browser does not let a page set {name}; it is left out here.")
        elif _is_refused(name, False):
            notes.append(f"fetch does not let a program set {name}; it is left out here.")
        if name.lower() in seen:
            notes.append(f"fetch joins the repeated header field {name} into one.")
        seen.add(name.lower())
    return tuple(dict.fromkeys(notes))


_LAST = "console.log(response.status, await response.text());"
PAGE = Target(
    id="javascript_fetch",
    language="JavaScript",
    client="fetch",
    title="JavaScript",
    extension="js",
    lexer="javascript",
    render=lambda request: render_fetch(request, Page(), _LAST),
)
NODE = Target(
    id="node_fetch",
    language="Node.js",
    client="fetch",
    title="Node.js",
    extension="mjs",
    lexer="javascript",
    default=True,
    render=lambda request: render_fetch(request, JavaScript(), _LAST),
)
