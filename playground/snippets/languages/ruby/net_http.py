"""Ruby with `Net::HTTP` of its standard library."""

from __future__ import annotations

import re

from playground.messages import FormContent, MultipartContent, Part
from playground.snippets.address import QUERY, is_within, split_address
from playground.snippets.body import content_type
from playground.snippets.fetch_rules import same_as_search_params
from playground.snippets.files import FileNames
from playground.snippets.headers import has_header, joined_headers, without_header
from playground.snippets.languages.ruby import content as ruby_content
from playground.snippets.languages.ruby import literals as ruby
from playground.snippets.message import Message, message_of
from playground.snippets.query import readable_query
from playground.snippets.target import Rendered, SnippetRequest, Target
from playground.snippets.text import Text
from playground.snippets.writer import Writer

_CLASSES = frozenset({"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE"})
_PLAIN_NAME = re.compile(r"[\w .@$&+,:-]+")


def render(given: SnippetRequest) -> Rendered:
    """Write the request, its exchange, and one line that prints status and answer."""
    message = message_of(given)
    names = FileNames()
    statement, own_type, content_notes = _content(message, names)
    notes = (*message.notes, *content_notes, *_own_notes(message), *names.notes)

    code = Writer(comment="#")
    code.comments(notes)
    if "JSON.generate(" in statement[:40]:
        code.line("require 'json'")
    code.line("require 'net/http'")
    code.line()
    readable = is_within(message, query=QUERY.replace("'", "")) or not split_address(message)[0]
    scheme, authority, path = split_address(message)
    address: Text = message.url if readable else (f"{scheme}://{authority}",)
    query = readable_query(message, same_as_search_params) if readable else None
    code.line(f"uri = URI({ruby.template((query.address,) if query else address, encode=True)})")
    if query:
        code.line(f"uri.query = URI.encode_www_form({ruby_content.pairs(query.form, indent=0, used=36)})")
    # An address that URI refuses is no less a request's target.
    target = "uri" if readable else ruby.template((path, *message.url[1:]), encode=True)
    if message.method in _CLASSES:
        code.line(f"request = Net::HTTP::{message.method.capitalize()}.new({target})")
    else:
        sends = "true" if message.has_content else "false"
        code.line(f"request = Net::HTTPGenericRequest.new({ruby.string(message.method)}, {sends}, true, {target})")
    if message.basic is not None:
        username, password = ruby.variable(message.basic.username), ruby.variable(message.basic.password)
        code.line(f"request.basic_auth({username}, {password})")
    for line in _headers(message, own_type):
        code.line(line)
    if statement:
        code.verbatim(statement)
    code.line()
    with code.indented(
        "response = Net::HTTP.start(uri.host, uri.port, use_ssl: uri.scheme == 'https') do |http|", "end"
    ):
        code.line("http.request(request)")
    code.line("puts response.code, response.body")
    return Rendered(text=code.text, notes=notes)


def _headers(message: Message, own_type: bool) -> list[str]:
    joined, _ = joined_headers(message, "Net::HTTP")
    fields = without_header(joined, "content-type") if own_type else joined
    return [f"request[{ruby.string(name)}] = {ruby.template(value)}" for name, value in fields]


def _content(message: Message, names: FileNames) -> tuple[str, bool, tuple[str, ...]]:
    """Return the statement that sets the content, whether it sets the Content-Type as well, and notes."""
    content = message.content
    if (
        isinstance(content, FormContent)
        and content.pairs
        and same_as_search_params(content)
        and content_type(message) == ruby_content.FORM
    ):
        return f"request.set_form_data({ruby_content.pairs(content, indent=0)})", True, ()
    if isinstance(content, MultipartContent) and _simple(content, message):
        parts = [[ruby.string(part.name), *_part(part, names)] for part in content.parts]
        written = ruby.literal([[ruby.Code(code) for code in part] for part in parts], used=40)
        return f"request.set_form({written}, 'multipart/form-data')", True, ()
    written, notes = ruby_content.expression(message, names, indent=0)
    return (f"request.body = {written}" if written else ""), False, notes


def _part(part: Part, names: FileNames) -> list[str]:
    if part.filename is None:
        return [ruby.string(part.data.decode())]
    opened = f"File.open({ruby.string(names.local(part.filename, part.data).name)}, 'rb')"
    about = {"filename": part.filename, "content_type": part.content_type}
    return [opened, ruby.literal(about)]


def _simple(content: MultipartContent, message: Message) -> bool:
    return (
        bool(content.parts)
        and content_type(message).startswith("multipart/form-data")
        and all(map(_simple_part, content.parts))
    )


def _simple_part(part: Part) -> bool:
    if not _PLAIN_NAME.fullmatch(part.name) or part.headers:
        return False
    if part.filename is not None:
        return _PLAIN_NAME.fullmatch(part.filename) is not None and part.content_type is not None
    try:
        part.data.decode()
    except UnicodeDecodeError:
        return False
    return part.content_type is None


def _own_notes(message: Message) -> tuple[str, ...]:
    _, notes = joined_headers(message, "Net::HTTP")
    sends = message.has_content or message.method in ("POST", "PUT", "PATCH")
    if sends and not has_header(message, "content-type"):
        return (*notes, "Net::HTTP adds a Content-Type of its own: application/x-www-form-urlencoded.")
    return notes


TARGET = Target(
    id="ruby_net_http",
    language="Ruby",
    client="Net::HTTP",
    title="Ruby",
    extension="rb",
    lexer="ruby",
    vias=("direct", "gateway"),
    default=False,
    render=render,
)
