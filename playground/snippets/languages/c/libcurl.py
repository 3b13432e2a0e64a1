"""C with libcurl (7.81 and newer; asprintf, which glibc, musl, macOS and the BSDs have)."""

from __future__ import annotations

import re

from playground.messages import MultipartContent
from playground.snippets.address import has_dot_segments
from playground.snippets.body import Body, BytesBody, FileBody, PartsBody, PiecesBody, TextBody, exact_body
from playground.snippets.headers import Fields, content_type, is_bearer, usable_headers
from playground.snippets.literals import Grammar, Literals, Quoting, comment, octets
from playground.snippets.message import Message, message_of
from playground.snippets.notes import secret_notes
from playground.snippets.target import Rendered, SnippetRequest, Target
from playground.snippets.text import Text, Variable, plain
from playground.snippets.writer import Writer


class C(Literals):
    """Writes C; a string is its bytes in UTF-8."""

    grammar = Grammar(
        quoting=Quoting(
            # Octal escapes end after three digits; hexadecimal ones run on into what follows.
            spell=octets("\\%03o"),
            guards=((re.compile(r"\?(?=\?)"), "\\?"),),  # which two would begin a trigraph
        )
    )

    def variable(self, variable: Variable) -> str:
        """Return the expression that reads an environment variable."""
        return f'getenv("{variable.name}")'

    def lines(self, text: str) -> str:
        """Return adjacent literals of exactly this text, one for each of its lines."""
        return self.by_line(text, indent="  ", joint="")

    def format(self, text: Text) -> str:
        """Return a printf format for text, `%s` where its variables go."""
        return self.lines("".join("%s" if isinstance(piece, Variable) else piece.replace("%", "%%") for piece in text))


_REFUSED = frozenset({"content-length", "transfer-encoding"})


def render(request: SnippetRequest) -> Rendered:
    """Write a program that sends the request and lets libcurl print the answer."""
    message = message_of(request)
    program = _Program(message)
    headers, lost = usable_headers(message.headers, _REFUSED, "libcurl")
    code = program.write(headers)
    notes = (
        *message.notes, *lost, *_own_notes(message, program.body), *secret_notes(message), *program.c.files.notes
    )  # fmt: skip

    head = Writer(note=comment)
    head.comments(notes)
    if program.c.uses("asprintf"):
        head.line("#define _GNU_SOURCE")
    for name in ("stdio.h", "stdlib.h", "curl/curl.h"):
        head.line(f"#include <{name}>")
    return Rendered(text=f"{head.text}\n\n{code}", notes=notes)


class _Program:
    """The function `main` of one message; `owned` are the statements that free what it allocates."""

    def __init__(self, message: Message) -> None:
        self.message = message
        self.c = C()
        self.body = self._body()
        self.code = Writer()
        self.owned: list[str] = []

    def _body(self) -> Body | None:
        content, files = self.message.content, self.c.files
        if isinstance(content, MultipartContent) and content.parts and all("\0" not in p.name for p in content.parts):
            for part in content.parts:
                if part.filename is not None:
                    files.local(part.filename, part.data)
            return PartsBody(content.parts)
        body = exact_body(self.message, files)
        return BytesBody(content.body) if isinstance(body, PiecesBody) else body  # of no parts, so of no files

    def write(self, headers: Fields) -> str:
        """Return the function's code."""
        code = self.code
        code.line("int main(void)")
        with code.indented("{", "}"):
            code.line("CURL *curl = curl_easy_init();")
            with code.indented("if(!curl)", ""):
                code.line("return EXIT_FAILURE;")
            listed = self._write_headers(headers)
            self._write_address()
            self._write_method()
            if listed:
                code.line("curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);")
            if self.body is not None:
                self._write_body(self.body)
            code.line()
            code.line("CURLcode result = curl_easy_perform(curl);")
            code.line("long status = 0;")
            code.line("curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);")
            with code.indented("if(result != CURLE_OK)", "else"):
                code.line('fprintf(stderr, "%s\\n", curl_easy_strerror(result));')
            code.line('  printf("\\n%ld\\n", status);')
            code.line()
            code.lines(*(["curl_slist_free_all(headers);"] if listed else []), *self.owned)
            code.line("curl_easy_cleanup(curl);")
            code.line("return result == CURLE_OK ? EXIT_SUCCESS : EXIT_FAILURE;")
        return code.text.replace("\n\n\n", "\n\n")

    def _set(self, option: str, value: str) -> None:
        self.code.line(f"curl_easy_setopt(curl, CURLOPT_{option}, {value});")

    def _write_headers(self, headers: Fields) -> bool:
        """Write the list of header fields; returns whether there is one."""
        c, lines, made = self.c, list[str](), 0
        media_type = content_type(self.message)
        for name, field_value in headers:
            value = field_value
            if isinstance(self.body, PartsBody) and name.lower() == "content-type":
                if media_type.startswith("multipart/form-data"):
                    continue
                value = (media_type.split(";")[0],)
            known = plain(value)
            if known is not None:
                # "Name:" would remove the field.
                field = c.string(f"{name}: {known}" if known else f"{name};")
                lines.append(f"headers = curl_slist_append(headers, {field});")
            elif not is_bearer(name, value):
                made += 1
                variable = f"header{made if made > 1 else ''}"
                lines += self._asprintf(variable, (f"{name}: ", *value))
                lines.append(f"headers = curl_slist_append(headers, {variable});")
        if not media_type and (self.body is not None or self.message.method in ("POST", "PUT", "PATCH")):
            lines.append('headers = curl_slist_append(headers, "Content-Type:");')
        if lines:
            self.code.lines("struct curl_slist *headers = NULL;", *lines, "")
        return bool(lines)

    def _asprintf(self, name: str, text: Text, values: tuple[str, ...] = ()) -> list[str]:
        read = values or tuple(self.c.variable(piece) for piece in text if isinstance(piece, Variable))
        self.owned.append(f"free({name});")
        template = self.c.format(text)
        first = "\n  " if "\n" in template else " "
        return [
            f"char *{name};",
            f"if({self.c.use('asprintf')}(&{name},{first}{template}, {', '.join(read)}) < 0)",
            "  return EXIT_FAILURE;",
        ]

    def _write_address(self) -> None:
        message, c = self.message, self.c
        known = plain(message.url)
        if known is not None:
            self._set("URL", c.string(known))
        else:
            values: list[str] = []
            for at, piece in enumerate(message.url):
                if isinstance(piece, Variable) and at:
                    escaped = f"escaped{len(values) + 1 if values else ''}"
                    self.code.line(f"char *{escaped} = curl_easy_escape(curl, {c.variable(piece)}, 0);")
                    self.owned.append(f"curl_free({escaped});")
                    values.append(escaped)
                elif isinstance(piece, Variable):
                    values.append(c.variable(piece))
            self.code.lines(*self._asprintf("url", message.url, tuple(values)))
            self._set("URL", "url")
        if has_dot_segments(message):
            self._set("PATH_AS_IS", "1L")
        if message.basic is not None:
            self._set("USERNAME", c.variable(message.basic.username))
            self._set("PASSWORD", c.variable(message.basic.password))
        for name, value in message.headers:
            if is_bearer(name, value) and isinstance(value[1], Variable):
                self._set("HTTPAUTH", "CURLAUTH_BEARER")
                self._set("XOAUTH2_BEARER", c.variable(value[1]))

    def _write_method(self) -> None:
        method, body = self.message.method, self.body
        if method == "HEAD" and body is None:
            self._set("NOBODY", "1L")
            return
        own = "GET" if body is None else "PUT" if isinstance(body, FileBody) else "POST"
        if body is None and method in ("POST", "PUT", "PATCH"):
            self._set("POSTFIELDS", '""')
            own = "POST"
        if method != own:
            self._set("CUSTOMREQUEST", self.c.string(method))

    def _write_body(self, body: Body) -> None:
        code, c = self.code, self.c
        code.line()
        if isinstance(body, PartsBody):
            self._write_parts(body)
        elif isinstance(body, FileBody):
            code.line(f'FILE *file = fopen({c.string(body.name)}, "rb");')
            with code.indented("if(!file)", ""):
                code.line("return EXIT_FAILURE;")
            code.lines("fseek(file, 0, SEEK_END);", "long size = ftell(file);", "rewind(file);")
            self._set("UPLOAD", "1L")
            self._set("READDATA", "file")
            self._set("INFILESIZE_LARGE", "(curl_off_t)size")
            self.owned.append("fclose(file);")
        elif isinstance(body, TextBody) and plain(body.text) is None:
            code.lines(*self._asprintf("body", body.text))
            self._set("POSTFIELDS", "body")
        elif isinstance(body, TextBody):
            text = plain(body.text) or ""
            fields = [field + ("&" if at < len(body.fields) - 1 else "") for at, field in enumerate(body.fields)]
            self._write_string("\n  ".join(map(c.string, fields)) if fields else c.lines(text), whole="\0" not in text)
        elif isinstance(body, BytesBody):
            self._write_string(c.octets(body.data), whole=b"\0" not in body.data)

    def _write_string(self, literal: str, *, whole: bool) -> None:
        if whole:
            self.code.line(f"const char *body =\n  {literal};" if "\n" in literal else f"const char *body = {literal};")
        else:
            self.code.line(f"static const char body[] = {literal};")
            self._set("POSTFIELDSIZE_LARGE", "(curl_off_t)(sizeof(body) - 1)")
        self._set("POSTFIELDS", "body")

    def _write_parts(self, body: PartsBody) -> None:
        code, c = self.code, self.c
        code.line("curl_mime *form = curl_mime_init(curl);")
        self.owned.append("curl_mime_free(form);")
        for at, part in enumerate(body.parts):
            code.line(f"{'' if at else 'curl_mimepart *'}part = curl_mime_addpart(form);")
            code.line(f"curl_mime_name(part, {c.string(part.name)});")
            if part.filename is None:
                size = "CURL_ZERO_TERMINATED" if b"\0" not in part.data else str(len(part.data))
                code.line(f"curl_mime_data(part, {c.octets(part.data)}, {size});")
            else:
                local = c.files.local(part.filename, part.data).name
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
        self._set("MIMEPOST", "form")


def _own_notes(message: Message, body: Body | None) -> tuple[str, ...]:
    notes = ["Compile with: cc main.c -lcurl"]
    if message.method == "HEAD" and body is not None:
        notes.append("libcurl waits for content after HEAD here; it ends when the server closes.")
    for part in body.parts if isinstance(body, PartsBody) else ():
        if part.filename == "":
            notes.append("libcurl gives a file without a name the name of the one it reads.")
        if part.filename is not None and part.content_type is None:
            notes.append(f"libcurl gives {part.filename} a Content-Type that it guesses.")
    return tuple(dict.fromkeys(notes))


TARGET = Target(id="c_libcurl", language="C", client="libcurl", title="C", extension="c", lexer="c", render=render)
