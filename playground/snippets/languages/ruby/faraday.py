"""Ruby with Faraday 1 and 2."""

from __future__ import annotations

import re
from urllib.parse import quote_plus, unquote_plus

from playground.snippets.address import PATH, is_within, target_of
from playground.snippets.headers import joined_headers
from playground.snippets.languages.ruby.literals import Ruby, expression, pairs
from playground.snippets.message import Message, message_of
from playground.snippets.notes import type_notes
from playground.snippets.target import Rendered, SnippetRequest, Target
from playground.snippets.text import Variable
from playground.snippets.urlencoded import readable_query
from playground.snippets.writer import Writer

_WITH_PARAMS = frozenset({"GET", "DELETE", "HEAD"})
_METHODS = frozenset({"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"})
_IN_QUERY = PATH.replace("'", "") + r"?\[\]\\^{}|"


def render(request: SnippetRequest) -> Rendered:
    """Write the call, and one line that prints status and answer."""
    message = message_of(request)
    ruby = Ruby()
    content, content_notes = expression(message, ruby, indent=2)
    headers, header_notes = joined_headers(message, "Faraday")
    notes = (*message.notes, *header_notes, *content_notes, *_own_notes(message), *ruby.files.notes)

    code = Writer(comment="#")
    code.comments(("gem install faraday", *notes))
    code.lines("require 'faraday'", *ruby.requires(), "")
    client = "Faraday"
    if not _keeps_query(message):
        code.line("# Faraday would sort and encode the query anew; this keeps it as it is.")
        with code.indented("module QueryAsItIs", "end"):
            code.line("def self.decode(query) = { query => nil }")
            code.line("def self.encode(params) = params.keys.first")
        code.lines("", "connection = Faraday.new(request: { params_encoder: QueryAsItIs })")
        client = "connection"
    lines = _inside(message, content, [(name, ruby.text(value)) for name, value in headers], ruby)
    verb = message.method.lower() if message.method in _METHODS else "post"
    query = readable_query(message, lambda _: message.method in _WITH_PARAMS and _keeps_query(message))
    address = ruby.text((query.address,) if query else message.url, encode=True)
    params = f", {pairs(query.form, ruby, indent=0, used=50)}" if query else ""
    call = f"response = {client}.{verb}({address}{params})"
    if lines:
        with code.indented(f"{call} do |request|", "end"):
            for line in lines:
                code.verbatim(line)
    else:
        code.line(call)
    code.line("puts response.status, response.body")
    return Rendered(text=code.text, notes=notes)


def _inside(message: Message, content: str, headers: list[tuple[str, str]], ruby: Ruby) -> list[str]:
    lines = []
    if message.method not in _METHODS:
        lines.append(f"request.http_method = {ruby.string(message.method)}")
    if message.basic is not None:
        pair = ruby.text((message.basic.username, ":", message.basic.password))
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
    return (*notes, *type_notes(message, "Net::HTTP", "application/x-www-form-urlencoded", sends=sends))


TARGET = Target(
    id="ruby_faraday",
    language="Ruby",
    client="Faraday",
    title="Ruby (Faraday)",
    extension="rb",
    lexer="ruby",
    render=render,
)
