"""PHP with its cURL extension."""

from __future__ import annotations

from playground.messages import Part
from playground.snippets.address import has_dot_segments
from playground.snippets.body import form_parts, is_plain_type
from playground.snippets.headers import after_name, has_header, without_header
from playground.snippets.languages.php.literals import PHP, comment, expression, query_expression, same_query
from playground.snippets.literals import Code
from playground.snippets.message import Message, message_of
from playground.snippets.target import Rendered, SnippetRequest, Target
from playground.snippets.text import Text, plain
from playground.snippets.urlencoded import readable_query
from playground.snippets.writer import Writer
from playground.text.visible import has_hidden


def render(request: SnippetRequest) -> Rendered:
    """Write the handle with its options, and one line that prints status and answer."""
    message = message_of(request)
    php = PHP()
    content, own_type, content_notes = _content(message, php)
    notes = (*message.notes, *content_notes, *_own_notes(message), *php.files.notes)

    code = Writer(unit="    ", note=comment)
    code.lines("<?php", "")
    code.comments(notes)
    if query := readable_query(message, same_query):
        code.line(f"$url = {query_expression(query, php)};")
        code.line("$curl = curl_init($url);")
    else:
        code.line(f"$curl = curl_init({php.text(message.url, encode=True)});")
    with code.indented("curl_setopt_array($curl, [", "]);"):
        code.lines(*_method(message, bool(content), php))
        if has_dot_segments(message):
            code.line("CURLOPT_PATH_AS_IS => true,")
        if message.basic is not None:
            code.line(f"CURLOPT_USERPWD => {php.text((message.basic.username, ':', message.basic.password))},")
        if headers := _headers(message, bool(content), own_type, php):
            with code.indented("CURLOPT_HTTPHEADER => [", "],"):
                code.lines(*headers)
        if content:
            code.verbatim(f"CURLOPT_POSTFIELDS => {content},")
        code.line("CURLOPT_RETURNTRANSFER => true,")
    code.line("$answer = curl_exec($curl);")
    with code.indented("if ($answer === false) {", "}"):
        code.line("throw new RuntimeException(curl_error($curl));")
    code.line("echo curl_getinfo($curl, CURLINFO_RESPONSE_CODE), ' ', $answer, PHP_EOL;")
    return Rendered(text=code.text, notes=notes)


def _method(message: Message, has_content: bool, php: PHP) -> list[str]:
    if message.method == "GET" and not has_content:
        return []
    if message.method == "HEAD" and not has_content:
        return ["CURLOPT_NOBODY => true,"]
    if message.method == "POST":
        return ["CURLOPT_POST => true,"] + ([] if has_content else ["CURLOPT_POSTFIELDS => '',"])
    return [f"CURLOPT_CUSTOMREQUEST => {php.string(message.method)},"]


def _headers(message: Message, has_content: bool, own_type: bool, php: PHP) -> list[str]:
    fields = without_header(message.headers, "content-type") if own_type else message.headers
    lines = [f"{_header(name, value, php)}," for name, value in fields]
    if (has_content or message.method == "POST") and not own_type and not has_header(message, "content-type"):
        lines.append("'Content-Type:',")  # cURL would say it is a form
    if not has_content and message.method in ("PUT", "PATCH"):
        lines.append("'Content-Length: 0',")
    return lines


def _header(name: str, value: Text, php: PHP) -> str:
    # "Name:" would remove the field.
    return php.string(f"{name};") if plain(value) == "" else php.text(after_name(name, value))


def _own_notes(message: Message) -> tuple[str, ...]:
    if message.method == "HEAD" and message.has_content:
        return ("cURL waits for content after HEAD with content, which never comes.",)
    return ()


def _content(message: Message, php: PHP) -> tuple[str, bool, tuple[str, ...]]:
    """Return the expression of the content, whether cURL writes the Content-Type by itself, and notes."""
    parts = form_parts(message, _same_part)
    if parts and len({part.name for part in parts}) == len(parts):  # an array holds one part a name
        return php.value({part.name: _part(part, php) for part in parts}, indent=4, used=26), True, ()
    written, notes = expression(message, php, used=26)
    return written, False, notes


def _part(part: Part, php: PHP) -> Code:
    if part.filename is None:
        return Code(php.bytes_of(part.data))
    local = php.files.local(part.filename, part.data).name
    arguments = [php.string(local), php.string(part.content_type or ""), php.string(part.filename)]
    return Code(f"new CURLFile({', '.join(arguments[: 2 if local == part.filename else 3])})")


def _same_part(part: Part) -> bool:
    if not part.name or part.headers or part.filename == "" or has_hidden(part.name, allow="\xa0"):
        return False
    if part.filename is None:
        return part.content_type is None
    return is_plain_type(part.content_type) and not has_hidden(part.filename)


TARGET = Target(id="php_curl", language="PHP", client="cURL", title="PHP", extension="php", lexer="php", render=render)
