"""Java and Kotlin literals: strings, text blocks, raw strings, text with environment variables.

Java Language Specification 17, section 3.10; Kotlin specification, Strings. Both may hold 65,535 bytes in a constant.
"""

from __future__ import annotations

import re
from typing import ClassVar

from playground.snippets.literals import Grammar, Literals, Quoting, backslashed, chunks, reads_better_raw, utf16
from playground.snippets.text import Text, Variable, plain

_LARGEST_CONSTANT = 60_000
_INDENT = " " * 8
_QUOTES = re.compile(r'"""|"\Z')
"""What would end a text block, in it or with the marks after it."""


class JVM(Literals):
    """What Java and Kotlin share; `used` are classes by their package."""

    charset: ClassVar[str]

    def variable(self, variable: Variable) -> str:
        """Return the expression that reads an environment variable."""
        return f'System.getenv("{variable.name}")'

    def encoded(self, expression: str, *, in_path: bool) -> str:
        """Return the expression of a text percent-encoded; in a path `+` is no blank."""
        escaped = f"{self.use('URLEncoder', 'java.net')}.encode({expression}, {self.utf_8()})"
        return f'{escaped}.replace("+", "%20")' if in_path else escaped

    def utf_8(self) -> str:
        """Return what names UTF-8 to `URLEncoder`."""
        raise NotImplementedError

    def long_string(self, text: str, *, indent: str = _INDENT) -> str:
        """Return an expression for text of any length, a line of text a line where it has several."""
        if not _fits_constant(text):
            return self.joined_by("", list(chunks(text, _LARGEST_CONSTANT)), indent=indent)
        return self.by_line(text, indent=indent)

    def joined_by(self, joint: str, texts: list[str], *, indent: str) -> str:
        """Return the expression that joins texts, one a line."""
        raise NotImplementedError

    def base64(self, text: str) -> str:
        """Return an expression of the bytes of a base64 text."""
        return f"{self.use('Base64', 'java.util')}.getDecoder().decode({self.long_string(text)})"


class Java(JVM):
    """Writes Java."""

    # Escapes of the language: a Unicode escape of a quotation mark is read before strings are, and ends the literal.
    grammar = Grammar(quoting=Quoting(spell=utf16))

    def utf_8(self) -> str:
        """Return what names UTF-8."""
        return f"{self.use('StandardCharsets', 'java.nio.charset')}.UTF_8"

    def joined_by(self, joint: str, texts: list[str], *, indent: str) -> str:
        """Return the expression that joins texts, one a line."""
        listed = ",".join(f"\n{indent}{self.string(text)}" for text in texts)
        return f'String.join("{joint}",{listed})'

    def readable(self, text: Text) -> str:
        """Return an expression for text as readable as it gets: a text block, formatted where it has variables."""
        known = plain(text)
        if known is not None:
            return _text_block(known) if _fits_block(known) else self.long_string(known)
        template = "".join("%s" if isinstance(piece, Variable) else piece.replace("%", "%%") for piece in text)
        if not _fits_block(template):
            return self.text(text)
        values = ", ".join(self.variable(piece) for piece in text if isinstance(piece, Variable))
        return f"{_text_block(template)}.formatted({values})"


class Kotlin(JVM):
    """Writes Kotlin."""

    grammar = Grammar(quoting=Quoting(escapes=backslashed('"$'), spell=utf16), interpolation="${%s}")

    def utf_8(self) -> str:
        """Return what names UTF-8."""
        return '"UTF-8"'

    def joined_by(self, joint: str, texts: list[str], *, indent: str) -> str:
        """Return the expression that joins texts, one a line."""
        listed = ",".join(f"\n{indent}{self.string(text)}" for text in texts)
        return f'listOf({listed}\n).joinToString("{joint}")'

    def readable(self, text: Text) -> str:
        """Return an expression for text as readable as it gets: a raw string, with templates where it has variables."""
        known = "".join("x" if isinstance(piece, Variable) else piece for piece in text)
        if not _fits_raw(known):
            whole = plain(text)
            return self.text(text) if whole is None else self.long_string(whole)
        shown = "".join(
            f"${{{self.variable(piece)}}}" if isinstance(piece, Variable) else piece.replace("$", "${'$'}")
            for piece in text
        )
        if "\n" not in known:
            return f'"""{shown}"""'
        body = "".join(f"\n    {line}" if line else "\n" for line in shown.split("\n"))
        return f'"""{body}\n""".trimIndent()'


def _fits_constant(text: str) -> bool:
    return len(text.encode("utf-8", "surrogatepass")) <= _LARGEST_CONSTANT


def _fits_block(text: str) -> bool:
    # Spaces at line ends, and those all lines begin with, would be stripped.
    lines = text.split("\n")
    return (
        reads_better_raw(text)
        and _fits_constant(text)
        and any(line and line[0] != " " for line in lines)
        and not any(line.endswith(" ") for line in lines)
    )


def _text_block(text: str) -> str:
    body = _QUOTES.sub(lambda marks: '\\"' * len(marks[0]), text.replace("\\", "\\\\"))
    shown = "".join(f"\n{_INDENT}{line}" if line else "\n" for line in body.split("\n"))
    return f'"""{shown}{_INDENT if text.endswith(chr(10)) else ""}"""'


def _fits_raw(text: str) -> bool:
    # trimIndent drops a blank first or last line, and the spaces all lines begin with.
    lines = text.split("\n")
    return (
        reads_better_raw(text)
        and '"""' not in text
        and not text.endswith('"')
        and text.count("$") <= 2
        and _fits_constant(text)
        and any(line and line[0] != " " for line in lines)
        and not any(line.strip() == "" for line in (lines[0], lines[-1]))
        and not any(line and not line.strip() for line in lines)
    )
