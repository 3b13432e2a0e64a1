"""PHP with Guzzle 7."""

from __future__ import annotations

from playground.messages import FormContent
from playground.snippets.address import AddressRules, has_dot_segments, rewrites
from playground.snippets.body import FORM
from playground.snippets.headers import content_type, grouped_headers
from playground.snippets.languages.php.literals import PHP, comment, expression, same_form
from playground.snippets.literals import Code
from playground.snippets.message import Message, message_of
from playground.snippets.target import Rendered, SnippetRequest, Target
from playground.snippets.urlencoded import Query, is_unique, readable_query, same_percent_encoded
from playground.snippets.writer import Writer

_ADDRESS = AddressRules(sentence=rewrites("Guzzle", dots=False), dots="")


def render(request: SnippetRequest) -> Rendered:
    """Write the request, and one line that prints status and answer."""
    message = message_of(request)
    php = PHP()
    option, own_type, content_notes = _content(message, php)
    notes = (*message.notes, *_ADDRESS.notes(message), *content_notes, *php.files.notes)

    code = Writer(unit="    ", note=comment)
    code.lines("<?php", "")
    code.comments(("composer require guzzlehttp/guzzle", *notes))
    code.lines("require 'vendor/autoload.php';", "", "$client = new GuzzleHttp\\Client();")
    query = readable_query(message, lambda form: is_unique(form) and same_percent_encoded(form))
    options = _options(message, query, own_type, php)
    address = php.string(query.address) if query else php.text(message.url, encode=True)
    call = f"$response = $client->request({php.string(message.method)}, {address}"
    if options or option:
        with code.indented(f"{call}, [", "]);"):
            code.lines(*options)
            if option:
                code.verbatim(f"{option},")
    else:
        code.line(f"{call});")
    code.line("echo $response->getStatusCode(), ' ', $response->getBody(), PHP_EOL;")
    return Rendered(text=code.text, notes=notes)


def _options(message: Message, query: Query | None, own_type: bool, php: PHP) -> list[str]:
    lines = []
    if query:
        lines.append(f"'query' => {php.value(dict(query.form.pairs), used=16)},")
    if message.basic is not None:
        lines.append(f"'auth' => [{php.variable(message.basic.username)}, {php.variable(message.basic.password)}],")
    fields = {
        name: Code(php.text(values[0])) if len(values) == 1 else [Code(php.text(value)) for value in values]
        for name, values in grouped_headers(message)
        if not (own_type and name.lower() == "content-type")
    }
    if fields:
        lines.append(f"'headers' => {php.value(fields, used=16)},")
    if has_dot_segments(message):
        lines.append("'curl' => [CURLOPT_PATH_AS_IS => true],")
    return lines


def _content(message: Message, php: PHP) -> tuple[str, bool, tuple[str, ...]]:
    """Return the option with the content, whether Guzzle writes the Content-Type by itself, and notes."""
    content = message.content
    if isinstance(content, FormContent) and same_form(content) and content_type(message) == FORM:
        fields = php.value(dict(content.pairs), indent=4, used=php.grammar.width)
        return f"'form_params' => {fields}", True, ()
    written, notes = expression(message, php, used=14)
    return (f"'body' => {written}" if written else ""), False, notes


TARGET = Target(
    id="php_guzzle", language="PHP", client="Guzzle", title="PHP (Guzzle)", extension="php", lexer="php", render=render
)
