"""Ruby with Faraday 1 and 2."""

from __future__ import annotations

import re
from urllib.parse import quote_plus, unquote_plus

from playground.snippets.address import PATH, is_within, target_of
from playground.snippets.files import FileNames
from playground.snippets.headers import has_header, joined_headers
from playground.snippets.languages.ruby import content as ruby_content
from playground.snippets.languages.ruby import literals as ruby
from playground.snippets.message import Message, message_of
from playground.snippets.query import readable_query
from playground.snippets.target import Rendered, SnippetRequest, Target
from playground.snippets.text import Variable
from playground.snippets.writer import Writer

_WITH_PARAMS = frozenset({"GET", "DELETE", "HEAD"})
_METHODS = frozenset({"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"})
_IN_QUERY = PATH.replace("'", "") + r"?\[\]\\^{}|"


def render(given: SnippetRequest) -> Rendered:
    """Write the call, and one line that prints status and answer."""
    message = message_of(given)
    names = FileNames()
    content, content_notes = ruby_content.expression(message, names, indent=2)
    headers, header_notes = joined_headers(message, "Faraday")
    notes = (*message.notes, *header_notes, *content_notes, *_own_notes(message), *names.notes)

    code = Writer(comment="#")
    code.comments(("gem install faraday", *notes))
    code.line("require 'faraday'")
    if content.startswith("JSON.generate("):
        code.line("require 'json'")
    code.line()
    client = "Faraday"
    if not _keeps_query(message):
        code.line("# Faraday would sort and encode the query anew; this keeps it as it is.")
        with code.indented("module QueryAsItIs", "end"):
            code.line("def self.decode(query) = { query => nil }")
            code.line("def self.encode(params) = params.keys.first")
        code.line()
        code.line("connection = Faraday.new(request: { params_encoder: QueryAsItIs })")
        client = "connection"
    lines = _inside(message, content, [(name, ruby.template(value)) for name, value in headers])
    verb = message.method.lower() if message.method in _METHODS else "post"
    query = readable_query(message, lambda _: message.method in _WITH_PARAMS and _keeps_query(message))
    address = ruby.template((query.address,) if query else message.url, encode=True)
    params = f", {ruby_content.pairs(query.form, indent=0, used=50)}" if query else ""
    call = f"response = {client}.{verb}({address}{params})"
    if lines:
        with code.indented(f"{call} do |request|", "end"):
            for line in lines:
                code.verbatim(line)
    else:
        code.line(call)
    code.line("puts response.status, response.body")
    return Rendered(text=code.text, notes=notes)


def _inside(message: Message, content: str, headers: list[tuple[str, str]]) -> list[str]:
    lines = []
    if message.method not in _METHODS:
        lines.append(f"request.http_method = {ruby.string(message.method)}")
    if message.basic is not None:
        pair = ruby.template((message.basic.username, ":", message.basic.password))
        lines.append(f"request.headers['Authorization'] = \"Basic #{{[{pair}].pack('m0')}}\"")
    lines += [f"request.headers[{ruby.string(name)}] = {value}" for name, value in headers]
    if content:
        lines.append(f"request.body = {content}")
    return lines


def _keeps_query(message: Message) -> bool:
    """Tell whether Faraday's own encoder gives back the query: plain names, sorted, each once."""
    mark, query = target_of(message).partition("?")[1:]
    if not mark:
        return True
    if any(isinstance(piece, Variable) for piece in message.url[1:]):
        query += "x"
    fields = [field.partition("=") for field in query.split("&")]
    names = [unquote_plus(name) for name, _, _ in fields]
    return (
        all(re.fullmatch(r"[\w.~-]+", name, re.ASCII) for name in names)
        and names == sorted(set(names))
        and all(equals and quote_plus(unquote_plus(value)) == value for _, equals, value in fields)
    )


def _own_notes(message: Message) -> tuple[str, ...]:
    notes = []
    if not is_within(message, query=_IN_QUERY):
        notes.append("Faraday rewrites or refuses parts of this address: characters it wants percent-encoded.")
    sends = message.has_content or message.method in ("POST", "PUT", "PATCH")
    if sends and not has_header(message, "content-type"):
        notes.append("Net::HTTP adds a Content-Type of its own: application/x-www-form-urlencoded.")
    return tuple(notes)


TARGET = Target(
    id="ruby_faraday",
    language="Ruby",
    client="Faraday",
    title="Ruby (Faraday)",
    extension="rb",
    lexer="ruby",
    vias=("direct", "gateway"),
    default=False,
    render=render,
)
