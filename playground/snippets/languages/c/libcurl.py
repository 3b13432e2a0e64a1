"""C with libcurl (7.81 and newer; asprintf, which glibc, musl, macOS and the BSDs have)."""

from __future__ import annotations

from playground.messages import MultipartContent, Part
from playground.snippets.address import has_dot_segments
from playground.snippets.body import (
    Body,
    BytesBody,
    FileBody,
    PartsBody,
    PiecesBody,
    TextBody,
    body_of,
    content_type,
    secret_notes,
    usable_headers,
)
from playground.snippets.files import FileNames
from playground.snippets.languages.c import literals as c
from playground.snippets.literals import comment
from playground.snippets.message import Message, message_of
from playground.snippets.target import Rendered, SnippetRequest, Target
from playground.snippets.text import Text, Variable, plain
from playground.snippets.writer import Writer

_REFUSED = frozenset({"content-length", "transfer-encoding"})


def render(given: SnippetRequest) -> Rendered:
    """Write a program that sends the request and lets libcurl print the answer."""
    message = message_of(given)
    names = FileNames()
    body = _body(message, names)
    headers, lost = usable_headers(message, _REFUSED, "libcurl")
    notes = (*message.notes, *lost, *_own_notes(message, body), *secret_notes(message), *names.notes)

    code = Writer()
    code.line("int main(void)")
    with code.indented("{", "}"):
        code.line("CURL *curl = curl_easy_init();")
        with code.indented("if(!curl)", ""):
            code.line("return EXIT_FAILURE;")
        owned: list[str] = []
        listed = _write_headers(message, headers, body, code, owned)
        _write_address(message, code, owned)
        _write_method(message, body, code)
        if listed:
            code.line("curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);")
        if body is not None:
            _write_body(body, code, owned, names)
        code.line()
        code.line("CURLcode result = curl_easy_perform(curl);")
        code.line("long status = 0;")
        code.line("curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);")
        with code.indented("if(result != CURLE_OK)", "else"):
            code.line('fprintf(stderr, "%s\\n", curl_easy_strerror(result));')
        code.line('  printf("\\n%ld\\n", status);')
        code.line()
        for line in (*(["curl_slist_free_all(headers);"] if listed else []), *owned):
            code.line(line)
        code.line("curl_easy_cleanup(curl);")
        code.line("return result == CURLE_OK ? EXIT_SUCCESS : EXIT_FAILURE;")
    program = code.text.replace("\n\n\n", "\n\n")

    head = Writer()
    head.comments(tuple(map(comment, notes)))
    if "asprintf(" in program:
        head.line("#define _GNU_SOURCE")
    for name in ("stdio.h", "stdlib.h", "curl/curl.h"):
        head.line(f"#include <{name}>")
    return Rendered(text=f"{head.text}\n\n{program}", notes=notes)


def _body(message: Message, names: FileNames) -> Body | None:
    content = message.content
    if isinstance(content, MultipartContent) and content.parts and not any("\0" in part.name for part in content.parts):
        for part in content.parts:
            if part.filename is not None:
                names.local(part.filename, part.data)
        return PartsBody(content)
    found = body_of(message, names)
    if isinstance(found, PiecesBody):  # of no parts, so of no files
        return BytesBody(content.body)
    return found


def _write_headers(
    message: Message, headers: tuple[tuple[str, Text], ...], body: Body | None, code: Writer, owned: list[str]
) -> bool:
    """Write the list of header fields; returns whether there is one."""
    lines: list[str] = []
    made = 0
    for name, value in headers:
        if isinstance(body, PartsBody) and name.lower() == "content-type":
            if content_type(message).startswith("multipart/form-data"):
                continue
            value = (content_type(message).split(";")[0],)
        known = plain(value)
        if known is not None:
            # "Name:" would remove the field.
            lines.append(
                f"headers = curl_slist_append(headers, {c.string(f'{name}: {known}' if known else f'{name};')});"
            )
        elif not _is_bearer(name, value):
            made += 1
            field = f"header{made if made > 1 else ''}"
            lines += _asprintf(field, (f"{name}: ", *value), owned)
            lines.append(f"headers = curl_slist_append(headers, {field});")
    if not content_type(message) and (body is not None or message.method in ("POST", "PUT", "PATCH")):
        lines.append('headers = curl_slist_append(headers, "Content-Type:");')
    if not lines:
        return False
    code.line("struct curl_slist *headers = NULL;")
    for line in lines:
        code.line(line)
    code.line()
    return True


def _is_bearer(name: str, value: Text) -> bool:
    return name.lower() == "authorization" and len(value) == 2 and value[0] == "Bearer "


def _asprintf(name: str, text: Text, owned: list[str], values: tuple[str, ...] = ()) -> list[str]:
    read = values or tuple(c.variable(piece) for piece in text if isinstance(piece, Variable))
    owned.append(f"free({name});")
    template = c.lines(c.format_of(text), indent="  ")
    first = "\n  " if "\n" in template else " "
    return [
        f"char *{name};",
        f"if(asprintf(&{name},{first}{template}, {', '.join(read)}) < 0)",
        "  return EXIT_FAILURE;",
    ]


def _write_address(message: Message, code: Writer, owned: list[str]) -> None:
    known = plain(message.url)
    if known is not None:
        code.line(f"curl_easy_setopt(curl, CURLOPT_URL, {c.string(known)});")
    else:
        values: list[str] = []
        for at, piece in enumerate(message.url):
            if isinstance(piece, Variable) and at:
                escaped = f"escaped{len(values) + 1 if values else ''}"
                code.line(f"char *{escaped} = curl_easy_escape(curl, {c.variable(piece)}, 0);")
                owned.append(f"curl_free({escaped});")
                values.append(escaped)
            elif isinstance(piece, Variable):
                values.append(c.variable(piece))
        for line in _asprintf("url", message.url, owned, tuple(values)):
            code.line(line)
        code.line("curl_easy_setopt(curl, CURLOPT_URL, url);")
    if has_dot_segments(message):
        code.line("curl_easy_setopt(curl, CURLOPT_PATH_AS_IS, 1L);")
    if message.basic is not None:
        code.line(f"curl_easy_setopt(curl, CURLOPT_USERNAME, {c.variable(message.basic.username)});")
        code.line(f"curl_easy_setopt(curl, CURLOPT_PASSWORD, {c.variable(message.basic.password)});")
    for name, value in message.headers:
        if _is_bearer(name, value) and isinstance(value[1], Variable):
            code.line("curl_easy_setopt(curl, CURLOPT_HTTPAUTH, CURLAUTH_BEARER);")
            code.line(f"curl_easy_setopt(curl, CURLOPT_XOAUTH2_BEARER, {c.variable(value[1])});")


def _write_method(message: Message, body: Body | None, code: Writer) -> None:
    if message.method == "HEAD" and body is None:
        code.line("curl_easy_setopt(curl, CURLOPT_NOBODY, 1L);")
        return
    own = (
        "POST" if isinstance(body, TextBody | BytesBody | PartsBody) else "PUT" if isinstance(body, FileBody) else "GET"
    )
    if body is None and message.method in ("POST", "PUT", "PATCH"):
        code.line('curl_easy_setopt(curl, CURLOPT_POSTFIELDS, "");')
        own = "POST"
    if message.method != own:
        code.line(f"curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, {c.string(message.method)});")


def _write_body(body: Body, code: Writer, owned: list[str], names: FileNames) -> None:
    if isinstance(body, PartsBody):
        _write_parts(body, code, owned, names)
        return
    if isinstance(body, FileBody):
        code.line()
        code.line(f'FILE *file = fopen({c.string(body.name)}, "rb");')
        with code.indented("if(!file)", ""):
            code.line("return EXIT_FAILURE;")
        for line in ("fseek(file, 0, SEEK_END);", "long size = ftell(file);", "rewind(file);"):
            code.line(line)
        code.line("curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);")
        code.line("curl_easy_setopt(curl, CURLOPT_READDATA, file);")
        code.line("curl_easy_setopt(curl, CURLOPT_INFILESIZE_LARGE, (curl_off_t)size);")
        owned.append("fclose(file);")
        return
    if isinstance(body, TextBody) and plain(body.text) is None:
        code.line()
        for line in _asprintf("body", body.text, owned):
            code.line(line)
        code.line("curl_easy_setopt(curl, CURLOPT_POSTFIELDS, body);")
        return
    if isinstance(body, TextBody):
        text = plain(body.text) or ""
        fields = [field + ("&" if at < len(body.fields) - 1 else "") for at, field in enumerate(body.fields)]
        value = "\n  ".join(map(c.string, fields)) if fields else c.lines(text, indent="  ")
        whole = "\0" not in text
    else:
        data = getattr(body, "data", b"")
        value, whole = c.string_of_bytes(data), b"\0" not in data
    code.line()
    if whole:
        code.line(f"const char *body =\n  {value};" if "\n" in value else f"const char *body = {value};")
    else:
        code.line(f"static const char body[] = {value};")
        code.line("curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)(sizeof(body) - 1));")
    code.line("curl_easy_setopt(curl, CURLOPT_POSTFIELDS, body);")


def _write_parts(body: PartsBody, code: Writer, owned: list[str], names: FileNames) -> None:
    code.line()
    code.line("curl_mime *form = curl_mime_init(curl);")
    owned.append("curl_mime_free(form);")
    for at, part in enumerate(body.content.parts):
        code.line(f"{'' if at else 'curl_mimepart *'}part = curl_mime_addpart(form);")
        code.line(f"curl_mime_name(part, {c.string(part.name)});")
        if part.filename is None:
            size = "CURL_ZERO_TERMINATED" if b"\0" not in part.data else str(len(part.data))
            code.line(f"curl_mime_data(part, {c.string_of_bytes(part.data)}, {size});")
        else:
            local = names.local(part.filename, part.data).name
            code.line(f"curl_mime_filedata(part, {c.string(local)});")
            if local != part.filename:
                code.line(f"curl_mime_filename(part, {c.string(part.filename)});")
        if part.content_type is not None:
            code.line(f"curl_mime_type(part, {c.string(part.content_type)});")
        if part.headers:
            extra = f"extra{at}"
            code.line(f"struct curl_slist *{extra} = NULL;")
            for name, value in part.headers:
                code.line(f"{extra} = curl_slist_append({extra}, {c.string(f'{name}: {value}')});")
            code.line(f"curl_mime_headers(part, {extra}, 1);")
    code.line("curl_easy_setopt(curl, CURLOPT_MIMEPOST, form);")


def _own_notes(message: Message, body: Body | None) -> tuple[str, ...]:
    notes = ["Compile with: cc main.c -lcurl"]
    if message.method == "HEAD" and body is not None:
        notes.append("libcurl waits for content after HEAD here; it ends when the server closes.")
    parts: tuple[Part, ...] = body.content.parts if isinstance(body, PartsBody) else ()
    for part in parts:
        if part.filename == "":
            notes.append("libcurl gives a file without a name the name of the one it reads.")
        if part.filename is not None and part.content_type is None:
            notes.append(f"libcurl gives {part.filename} a Content-Type that it guesses.")
    return tuple(dict.fromkeys(notes))


TARGET = Target(
    id="c_libcurl",
    language="C",
    client="libcurl",
    title="C",
    extension="c",
    lexer="c",
    vias=("direct", "gateway"),
    default=False,
    render=render,
)
