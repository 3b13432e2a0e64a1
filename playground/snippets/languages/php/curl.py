"""PHP with its cURL extension."""

from __future__ import annotations

import re

from playground.messages import MultipartContent, Part
from playground.snippets.address import has_dot_segments
from playground.snippets.body import content_type
from playground.snippets.files import FileNames
from playground.snippets.headers import has_header, without_header
from playground.snippets.languages.php import content as php_content
from playground.snippets.languages.php import literals as php
from playground.snippets.message import Message, message_of
from playground.snippets.query import readable_query
from playground.snippets.target import Rendered, SnippetRequest, Target
from playground.snippets.text import Text, plain
from playground.snippets.writer import Writer
from playground.text.visible import has_hidden


def render(given: SnippetRequest) -> Rendered:
    """Write the handle with its options, and one line that prints status and answer."""
    message = message_of(given)
    names = FileNames()
    content, own_type, content_notes = _content(message, names)
    notes = (*message.notes, *content_notes, *_own_notes(message), *names.notes)

    code = Writer(unit="    ")
    code.line("<?php")
    code.line()
    code.comments(tuple(map(php.comment, notes)))
    if query := readable_query(message, php_content.same_query):
        code.line(f"$url = {php_content.query_expression(query)};")
        code.line("$curl = curl_init($url);")
    else:
        code.line(f"$curl = curl_init({php.template(message.url, encode=True)});")
    with code.indented("curl_setopt_array($curl, [", "]);"):
        for line in _method(message, bool(content)):
            code.line(line)
        if has_dot_segments(message):
            code.line("CURLOPT_PATH_AS_IS => true,")
        if message.basic is not None:
            pair = php.template((message.basic.username, ":", message.basic.password))
            code.line(f"CURLOPT_USERPWD => {pair},")
        headers = _headers(message, bool(content), own_type)
        if headers:
            with code.indented("CURLOPT_HTTPHEADER => [", "],"):
                for line in headers:
                    code.line(line)
        if content:
            code.verbatim(f"CURLOPT_POSTFIELDS => {content},")
        code.line("CURLOPT_RETURNTRANSFER => true,")
    code.line("$answer = curl_exec($curl);")
    with code.indented("if ($answer === false) {", "}"):
        code.line("throw new RuntimeException(curl_error($curl));")
    code.line("echo curl_getinfo($curl, CURLINFO_RESPONSE_CODE), ' ', $answer, PHP_EOL;")
    return Rendered(text=code.text, notes=notes)


def _method(message: Message, has_content: bool) -> list[str]:
    if message.method == "GET" and not has_content:
        return []
    if message.method == "HEAD" and not has_content:
        return ["CURLOPT_NOBODY => true,"]
    if message.method == "POST":
        return ["CURLOPT_POST => true,"] + ([] if has_content else ["CURLOPT_POSTFIELDS => '',"])
    return [f"CURLOPT_CUSTOMREQUEST => {php.string(message.method)},"]


def _headers(message: Message, has_content: bool, own_type: bool) -> list[str]:
    fields = without_header(message.headers, "content-type") if own_type else message.headers
    lines = [f"{_header(name, value)}," for name, value in fields]
    if (has_content or message.method == "POST") and not own_type and not has_header(message, "content-type"):
        lines.append("'Content-Type:',")  # cURL would say it is a form
    if not has_content and message.method in ("PUT", "PATCH"):
        lines.append("'Content-Length: 0',")
    return lines


def _header(name: str, value: Text) -> str:
    if plain(value) == "":
        return php.string(f"{name};")  # "Name:" would remove the field
    first, *rest = value
    return php.template((f"{name}: {first}", *rest) if isinstance(first, str) else (f"{name}: ", *value))


def _own_notes(message: Message) -> tuple[str, ...]:
    if message.method == "HEAD" and message.has_content:
        return ("cURL waits for content after HEAD with content, which never comes.",)
    return ()


def _content(message: Message, names: FileNames) -> tuple[str, bool, tuple[str, ...]]:
    """Return the expression of the content, whether cURL writes the Content-Type by itself, and notes."""
    content = message.content
    if isinstance(content, MultipartContent) and _simple(content, message):
        return php.literal({part.name: _part(part, names) for part in content.parts}, indent=4, used=26), True, ()
    written, notes = php_content.expression(message, names, indent=4, used=26)
    return written, False, notes


def _part(part: Part, names: FileNames) -> php.Code:
    if part.filename is None:
        return php.Code(php.bytes_of(part.data))
    local = names.local(part.filename, part.data).name
    given = [php.string(local), php.string(part.content_type or ""), php.string(part.filename)]
    return php.Code(f"new CURLFile({', '.join(given[: 2 if local == part.filename else 3])})")


def _simple(content: MultipartContent, message: Message) -> bool:
    # cURL writes the same parts from an array, boundary and Content-Type included: one part a name, and no extras.
    names = [part.name for part in content.parts]
    return (
        bool(names)
        and len(set(names)) == len(names)
        and content_type(message).startswith("multipart/form-data")
        and all(map(_simple_part, content.parts))
    )


def _simple_part(part: Part) -> bool:
    if not part.name or part.headers or part.filename == "" or has_hidden(part.name, allow="\xa0"):
        return False
    if part.filename is None:
        return part.content_type is None
    plain_type = re.fullmatch(r"[\w.+-]+/[\w.+-]+", part.content_type or "", re.ASCII)
    return plain_type is not None and not has_hidden(part.filename)


TARGET = Target(
    id="php_curl",
    language="PHP",
    client="cURL",
    title="PHP",
    extension="php",
    lexer="php",
    vias=("direct", "gateway"),
    default=False,
    render=render,
)
