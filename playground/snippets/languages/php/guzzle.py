"""PHP with Guzzle 7."""

from __future__ import annotations

from playground.messages import FormContent
from playground.snippets.address import has_dot_segments, is_within
from playground.snippets.body import content_type
from playground.snippets.files import FileNames
from playground.snippets.headers import grouped_headers
from playground.snippets.languages.php import content as php_content
from playground.snippets.languages.php import literals as php
from playground.snippets.message import Message, message_of
from playground.snippets.query import Query, is_unique, readable_query, same_percent_encoded
from playground.snippets.target import Rendered, SnippetRequest, Target
from playground.snippets.writer import Writer


def render(given: SnippetRequest) -> Rendered:
    """Write the request, and one line that prints status and answer."""
    message = message_of(given)
    names = FileNames()
    option, own_type, content_notes = _content(message, names)
    notes = (*message.notes, *_address_notes(message), *content_notes, *names.notes)

    code = Writer(unit="    ")
    code.line("<?php")
    code.line()
    code.comments(("composer require guzzlehttp/guzzle", *map(php.comment, notes)))
    code.line("require 'vendor/autoload.php';")
    code.line()
    code.line("$client = new GuzzleHttp\\Client();")
    query = readable_query(message, lambda form: is_unique(form) and same_percent_encoded(form))
    options = _options(message, query, own_type)
    address = php.string(query.address) if query else php.template(message.url, encode=True)
    call = f"$response = $client->request({php.string(message.method)}, {address}"
    if options or option:
        with code.indented(f"{call}, [", "]);"):
            for line in options:
                code.line(line)
            if option:
                code.verbatim(f"{option},")
    else:
        code.line(f"{call});")
    code.line("echo $response->getStatusCode(), ' ', $response->getBody(), PHP_EOL;")
    return Rendered(text=code.text, notes=notes)


def _options(message: Message, query: Query | None, own_type: bool) -> list[str]:
    lines = []
    if query:
        lines.append(f"'query' => {php.literal(dict(query.form.pairs), used=16)},")
    if message.basic is not None:
        lines.append(f"'auth' => [{php.variable(message.basic.username)}, {php.variable(message.basic.password)}],")
    fields = {
        name: php.Code(php.template(values[0]))
        if len(values) == 1
        else [php.Code(php.template(value)) for value in values]
        for name, values in grouped_headers(message)
        if not (own_type and name.lower() == "content-type")
    }
    if fields:
        lines.append(f"'headers' => {php.literal(fields, used=16)},")
    if has_dot_segments(message):
        lines.append("'curl' => [CURLOPT_PATH_AS_IS => true],")
    return lines


def _content(message: Message, names: FileNames) -> tuple[str, bool, tuple[str, ...]]:
    """Return the option with the content, whether Guzzle writes the Content-Type by itself, and notes."""
    content = message.content
    if (
        isinstance(content, FormContent)
        and php_content.same_form(content)
        and content_type(message) == php_content.FORM
    ):
        return f"'form_params' => {php.literal(dict(content.pairs), indent=4, used=php.WIDTH)}", True, ()
    written, notes = php_content.expression(message, names, indent=4, used=14)
    return (f"'body' => {written}" if written else ""), False, notes


def _address_notes(message: Message) -> tuple[str, ...]:
    if not is_within(message):
        return ("Guzzle rewrites parts of this address: characters it wants percent-encoded.",)
    return ()


TARGET = Target(
    id="php_guzzle",
    language="PHP",
    client="Guzzle",
    title="PHP (Guzzle)",
    extension="php",
    lexer="php",
    vias=("direct", "gateway"),
    default=False,
    render=render,
)
