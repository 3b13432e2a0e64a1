"""One bound for every kind of form, checked before it is parsed: fields, names, levels and bytes.

Each field costs some hundred times its bytes: 31 MB of `a&a&a&…` hold a core for a minute and take 3.9 GB if they are
parsed. So fields are counted and names measured in the bytes as they come, in one pass.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import IO, TYPE_CHECKING, Any, cast

from flask import Request
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.formparser import FormDataParser

from playground.text.percent import form_decoded
from playground.text.wording import say

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

MOST_FIELDS = 10_000
LONGEST_NAME = 4_000
"""Bytes of a field's name, as it is sent."""
DEEPEST = 100
"""Levels of a name: the slashes of `body/a/0/b`."""
LONGEST_PART_HEAD = 16_384
"""Bytes of the header fields of one part of `multipart/form-data`."""
PIECE = 65_536
"""Bytes read at once."""

_QUOTED = "werkzeug.url_quote"
"""How Werkzeug decodes what is no UTF-8: it stays percent-encoded."""
_SLASH = re.compile(rb"/|%2[fF]")


class FormTooLarge(RequestEntityTooLarge):
    """A form exceeds one of the bounds; `sentence` tells which."""

    def __init__(self, sentence: str) -> None:
        super().__init__()
        self.sentence = sentence


class BoundedRequest(Request):
    """A request whose form is checked before it is parsed, and whose content is there wholly or not at all."""

    def __init__(self, environ: WSGIEnvironment, populate_request: bool = True, shallow: bool = False) -> None:
        """Take a request as the server gives it."""
        # A server that ends the content by itself (gunicorn) does so too where the client goes away in the middle, and
        # half a form would be sent. Werkzeug tells the two apart by the length.
        if environ.get("CONTENT_LENGTH"):
            environ.pop("wsgi.input_terminated", None)
        super().__init__(environ, populate_request, shallow)

    @property
    def form_data_parser_class(self) -> type[FormDataParser]:  # type: ignore[override]
        """The parser of this request's form."""
        return BoundedParser


class BoundedParser(FormDataParser):
    """Parses forms within the bounds. Raises `FormTooLarge`."""

    def parse(
        self, stream: IO[bytes], mimetype: str, content_length: int | None, options: dict[str, str] | None = None
    ) -> Any:
        """Return the stream, the fields and the files."""
        if mimetype == "application/x-www-form-urlencoded":
            fields = self.cls(_pairs(_checked(stream, self.max_form_memory_size)))
            _check_names(name.encode("utf-8", "replace") for name in fields if name)
            return stream, fields, self.cls()
        if mimetype == "multipart/form-data":
            stream = cast(IO[bytes], _PartHeads(stream, (options or {}).get("boundary", "")))
        parsed = super().parse(stream, mimetype, content_length, options)
        _, fields, files = parsed
        _check_names(name.encode("utf-8", "replace") for name in (*fields, *files) if name)
        return parsed


def _pairs(form: bytes) -> list[tuple[str, str]]:
    """Return names and values of an urlencoded form as Werkzeug reads them; none where it is no text in UTF-8."""
    try:
        pairs = form.decode().split("&")
    except UnicodeDecodeError:
        return []
    halves = (pair.partition("=") for pair in pairs if pair)
    return [(form_decoded(name, _QUOTED), form_decoded(value, _QUOTED)) for name, _, value in halves]


def _checked(stream: IO[bytes], most: int | None) -> bytes:
    """Return an urlencoded form whose bytes are within the bounds."""
    # In small pieces: Werkzeug's stream makes room for all that is asked for, 32 MB at each key that somebody types.
    pieces: list[bytes] = []
    length = 0
    while piece := stream.read(PIECE):
        pieces.append(piece)
        length += len(piece)
        if most is not None and length > most:
            raise RequestEntityTooLarge()
    data = b"".join(pieces)
    if data.count(b"&") >= MOST_FIELDS:
        raise _too_many()
    _check_names(pair.partition(b"=")[0] for pair in data.split(b"&"))
    return data


def _check_names(names: Iterable[bytes]) -> None:
    for name in names:
        if len(name) > LONGEST_NAME:
            raise FormTooLarge(say("A name in this form is longer than %(most)s characters.", most=LONGEST_NAME))
        if len(name) > DEEPEST and len(_SLASH.findall(name)) > DEEPEST:
            raise FormTooLarge(say("A name in this form has more than %(most)s levels.", most=DEEPEST))


def _too_many() -> FormTooLarge:
    return FormTooLarge(
        say(
            "This form has more than %(most)s fields. Send such a body from the raw editor, or with a program.",
            most=MOST_FIELDS,
        )
    )


class _PartHeads:
    """A stream of a multipart form that ends with `FormTooLarge` at one part too many, or a part's head too long."""

    def __init__(self, stream: IO[bytes], boundary: str) -> None:
        self._stream = stream
        self._mark = b"\n--" + boundary.encode("latin-1", "replace")
        self._tail = b"\n"  # the first boundary needs no line break before it
        self._parts = 0
        self._head = 0
        """Bytes of the head that is being read, 0 outside of one."""

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes."""
        piece = self._stream.read(size)
        self._look(self._tail + piece)
        return piece

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    def _look(self, data: bytes) -> None:
        """Count the parts that begin in new data and measure their heads; what may continue is kept for the next."""
        at = 0
        while True:
            if self._head:
                end = data.find(b"\r\n\r\n", at)
                length = (end if end >= 0 else len(data)) - at
                self._head += length
                if self._head > LONGEST_PART_HEAD:
                    most = LONGEST_PART_HEAD
                    raise FormTooLarge(say("The head of a part in this form is longer than %(most)s bytes.", most=most))
                if end < 0:
                    self._keep(data, max(at, len(data) - 3))
                    self._head -= len(self._tail)
                    return
                at, self._head = end, 0
            start = data.find(self._mark, at)
            if start < 0:
                self._keep(data, max(at, len(data) - len(self._mark) + 1))
                return
            at = start + len(self._mark)
            self._parts += 1
            if self._parts > MOST_FIELDS + 1:  # the last boundary ends the form
                raise _too_many()
            self._head = 1

    def _keep(self, data: bytes, start: int) -> None:
        self._tail = data[start:]
