"""Ruby with `Net::HTTP` of its standard library."""

from __future__ import annotations

import re

from playground.messages import FormContent, Part
from playground.snippets.address import QUERY, is_within, split_address
from playground.snippets.body import FORM, decoded, form_parts
from playground.snippets.headers import content_type, joined_headers, without_header
from playground.snippets.languages.ruby.literals import Ruby, expression, pairs
from playground.snippets.literals import Code
from playground.snippets.message import Message, message_of
from playground.snippets.notes import type_notes
from playground.snippets.target import Rendered, SnippetRequest, Target
from playground.snippets.text import Text
from playground.snippets.urlencoded import readable_query, same_search_params
from playground.snippets.writer import Writer

_CLASSES = frozenset({"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE"})
_PLAIN_NAME = re.compile(r"[\w .@$&+,:-]+")


def render(request: SnippetRequest) -> Rendered:
    """Write the request, its exchange, and one line that prints status and answer."""
    message = message_of(request)
    ruby = Ruby()
    statement, own_type, content_notes = _content(message, ruby)
    headers, header_notes = joined_headers(message, "Net::HTTP")
    if own_type:
        headers = without_header(headers, "content-type")
    sends = message.has_content or message.method in ("POST", "PUT", "PATCH")
    added = type_notes(message, "Net::HTTP", FORM, sends=sends)
    notes = (*message.notes, *content_notes, *header_notes, *added, *ruby.files.notes)

    code = Writer(comment="#")
    code.comments(notes)
    code.lines(*ruby.requires(), "require 'net/http'", "")
    scheme, authority, path = split_address(message)
    readable = is_within(message, query=QUERY.replace("'", "")) or not scheme
    address: Text = message.url if readable else (f"{scheme}://{authority}",)
    query = readable_query(message, same_search_params) if readable else None
    code.line(f"uri = URI({ruby.text((query.address,) if query else address, encode=True)})")
    if query:
        code.line(f"uri.query = URI.encode_www_form({pairs(query.form, ruby, indent=0, used=36)})")
    # An address that URI refuses is no less a request's target.
    target = "uri" if readable else ruby.text((path, *message.url[1:]), encode=True)
    if message.method in _CLASSES:
        code.line(f"request = Net::HTTP::{message.method.capitalize()}.new({target})")
    else:
        has_content = "true" if message.has_content else "false"
        code.line(
            f"request = Net::HTTPGenericRequest.new({ruby.string(message.method)}, {has_content}, true, {target})"
        )
    if message.basic is not None:
        username, password = ruby.variable(message.basic.username), ruby.variable(message.basic.password)
        code.line(f"request.basic_auth({username}, {password})")
    for name, value in headers:
        code.line(f"request[{ruby.string(name)}] = {ruby.text(value)}")
    if statement:
        code.verbatim(statement)
    code.line()
    with code.indented(
        "response = Net::HTTP.start(uri.host, uri.port, use_ssl: uri.scheme == 'https') do |http|", "end"
    ):
        code.line("http.request(request)")
    code.line("puts response.code, response.body")
    return Rendered(text=code.text, notes=notes)


def _content(message: Message, ruby: Ruby) -> tuple[str, bool, tuple[str, ...]]:
    """Return the statement that sets the content, whether it sets the Content-Type as well, and notes."""
    content = message.content
    if isinstance(content, FormContent) and content.pairs and content_type(message) == FORM:
        if same_search_params(content):
            return f"request.set_form_data({pairs(content, ruby, indent=0)})", True, ()
    elif parts := form_parts(message, _same_part):
        written = ruby.value([_part(part, ruby) for part in parts], used=40)
        return f"request.set_form({written}, 'multipart/form-data')", True, ()
    written, notes = expression(message, ruby, indent=0)
    return (f"request.body = {written}" if written else ""), False, notes


def _part(part: Part, ruby: Ruby) -> list[str | Code]:
    if part.filename is None:
        return [part.name, part.data.decode()]
    opened = f"File.open({ruby.string(ruby.files.local(part.filename, part.data).name)}, 'rb')"
    about = ruby.value({"filename": part.filename, "content_type": part.content_type})
    return [part.name, Code(opened), Code(about)]


def _same_part(part: Part) -> bool:
    if not _PLAIN_NAME.fullmatch(part.name) or part.headers:
        return False
    if part.filename is not None:
        return _PLAIN_NAME.fullmatch(part.filename) is not None and part.content_type is not None
    return part.content_type is None and decoded(part.data) is not None


TARGET = Target(
    id="ruby_net_http", language="Ruby", client="Net::HTTP", title="Ruby", extension="rb", lexer="ruby", render=render
)
