"""A command line as words: POSIX shells (with bash's `$'…'`), cmd.exe, PowerShell. Nothing is run and nothing expanded.

A variable stays as it is written (`$TOKEN`). The one substitution that is read is `$(printf '…')`, which is how a word
gets a character that cannot be typed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from playground.paste.message import UnreadableError
from playground.text.wording import say

MOST_WORDS = 20_000
_ANSI_C = {
    "a": "\a", "b": "\b", "e": "\x1b", "E": "\x1b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v",
    "\\": "\\", "'": "'", '"': '"', "?": "?",
}  # fmt: skip
_ESCAPE = re.compile(
    r"\\(?:x([0-9A-Fa-f]{1,2})|u([0-9A-Fa-f]{1,4})|U([0-9A-Fa-f]{1,8})|([0-7]{1,3})|c(.)|(.))", re.DOTALL
)
_PRINTF = re.compile(r"\$\(printf +'([^']*)'\)")
_PLAIN = re.compile(r"[^'\"$\\# \t\n|;&<>(){}]+")
_PLAIN_QUOTED = re.compile(r'[^"\\$]+')
_JOINED = re.compile(r"\\[ \t]*\n")
_TICKED = re.compile(r"`[ \t]*\n")
_SLASHES = re.compile(r"\\*")
_LONGEST_NAME = 200
_POWERSHELL = {"n": "\n", "r": "\r", "t": "\t", "0": "\0", "a": "\a", "b": "\b", "f": "\f", "v": "\v", "e": "\x1b"}
_OPERATORS = "|;&<>\n(){}"


@dataclass(frozen=True, slots=True)
class Word:
    """One word; an operator (`|`, `;`, a line end) is one of its own with `operator` set."""

    text: str
    operator: bool = False


def words_of(text: str) -> tuple[Word, ...]:
    """Return the words and operators of a command line in whichever shell's quoting it is written."""
    if re.search(r"\^[\"\n]", text):
        return tuple(_cmd(text))
    if re.search(r"`[ \t]*\n", text):
        return tuple(_powershell(text))
    return tuple(_posix(text))


class _Collector:
    """Collects characters into words."""

    def __init__(self) -> None:
        self.words: list[Word] = []
        self.pieces: list[str] | None = None

    def add(self, text: str) -> None:
        if self.pieces is None:
            self.pieces = []
        self.pieces.append(text)

    def end(self) -> None:
        if self.pieces is not None:
            self._keep(Word("".join(self.pieces)))
            self.pieces = None

    def operator(self, text: str) -> None:
        self._keep(Word(text, operator=True))

    def _keep(self, word: Word) -> None:
        if len(self.words) >= MOST_WORDS:
            raise UnreadableError(say("The command has too many words: paste one request."))
        self.words.append(word)


def _posix(text: str) -> list[Word]:
    words, at = _Collector(), 0
    while at < len(text):
        letter = text[at]
        if plain := _PLAIN.match(text, at):
            words.add(plain[0])
            at = plain.end()
        elif letter == "'":
            end = _closing(text, "'", at + 1)
            words.add(text[at + 1 : end])
            at = end + 1
        elif letter == '"':
            piece, at = _double_quoted(text, at + 1)
            words.add(piece)
        elif text.startswith("$'", at):
            piece, at = _ansi_c(text, at + 2)
            words.add(piece)
        elif text.startswith('$"', at):
            at += 1
        elif text.startswith("$(", at):
            piece, at = _substituted(text, at)
            words.add(piece)
        elif text.startswith("${", at) and (end := text.find("}", at, at + _LONGEST_NAME)) > 0:
            words.add(text[at : end + 1])
            at = end + 1
        elif letter == "\\":
            # A backslash before a line end goes on with the command, also where blanks follow it by mistake.
            joined = _JOINED.match(text, at)
            if joined is None:
                words.add(text[at + 1 : at + 2])
            at = joined.end() if joined else at + 2
        elif letter == "#" and words.pieces is None:
            end = text.find("\n", at)
            at = len(text) if end < 0 else end
        elif letter in " \t":
            words.end()
            at += 1
        elif letter in _OPERATORS and not (words.pieces is not None and _belongs(text, at)):
            words.end()
            words.operator(letter)
            at += 1
        else:
            words.add(letter)
            at += 1
    words.end()
    return words.words


def _belongs(text: str, at: int) -> bool:
    """Say whether an operator inside a word is meant as text: brackets, and the `&` of a URL nobody quoted."""
    following = text[at + 1 : at + 2]
    return text[at] in "{}()" or (text[at] == "&" and (following.isalnum() or following in "_%["))


def _closing(text: str, quote: str, at: int) -> int:
    end = text.find(quote, at)
    if end < 0:
        raise UnreadableError(say("A quotation mark in the command is never closed: paste all of it."))
    return end


def _double_quoted(text: str, at: int) -> tuple[str, int]:
    pieces: list[str] = []
    while at < len(text) and text[at] != '"':
        if plain := _PLAIN_QUOTED.match(text, at):
            pieces.append(plain[0])
            at = plain.end()
        elif text[at] == "\\" and at + 1 < len(text):
            following = text[at + 1]
            pieces.append("" if following == "\n" else following if following in '$`"\\' else "\\" + following)
            at += 2
        elif text.startswith("$(", at):
            piece, at = _substituted(text, at)
            pieces.append(piece)
        else:
            pieces.append(text[at])
            at += 1
    _closing(text, '"', at)
    return "".join(pieces), at + 1


def _ansi_c(text: str, at: int) -> tuple[str, int]:
    start = at
    while at < len(text) and text[at] != "'":
        at += 2 if text[at] == "\\" else 1
    _closing(text, "'", at)
    data = bytearray()
    place = start
    for match in _ESCAPE.finditer(text, start, at):
        data += text[place : match.start()].encode("utf-8", "surrogatepass")
        data += _escaped(match)
        place = match.end()
    data += text[place:at].encode("utf-8", "surrogatepass")
    return data.decode("utf-8", "replace"), at + 1


def _escaped(match: re.Match[str]) -> bytes:
    byte, short, long, octal, caret, letter = match.groups()
    if byte or octal:
        return bytes([(int(byte, 16) if byte else int(octal, 8)) & 0xFF])
    if short or long:
        number = int(short or long, 16)
        return (chr(number) if number < 0x110000 else "\ufffd").encode("utf-8", "replace")
    if caret:
        return bytes([ord(caret) & 0x1F])
    return _ANSI_C.get(letter, "\\" + letter).encode("utf-8", "surrogatepass")


def _substituted(text: str, at: int) -> tuple[str, int]:
    match = _PRINTF.match(text, at)
    if match is None:
        return "$", at + 1
    return printed(match[1]).decode("utf-8", "replace"), match.end()


def printed(form: str) -> bytes:
    """Return what `printf '…'` writes: backslash escapes and `%%`."""
    data = bytearray()
    place = 0
    for match in _ESCAPE.finditer(form):
        data += form[place : match.start()].replace("%%", "%").encode("utf-8", "surrogatepass")
        data += _escaped(match)
        place = match.end()
    return bytes(data + form[place:].replace("%%", "%").encode("utf-8", "surrogatepass"))


def _cmd(text: str) -> list[Word]:
    """Read cmd.exe's line (carets, then the C runtime's quotes: what a program's `argv` becomes)."""
    return _argv(_without_carets(text))


def _without_carets(text: str) -> str:
    pieces: list[str] = []
    quoted, at = False, 0
    while at < len(text):
        letter = text[at]
        if letter == "^" and not quoted and at + 1 < len(text):
            following = text[at + 1]
            if following == "\n":
                # A caret before a line end joins the lines; two line ends are a line end of the text.
                at += 2
                if text[at : at + 1] == "\n":
                    pieces.append("\n")
                    at += 1
                continue
            pieces.append(following)
            at += 2
            continue
        if letter == '"':
            quoted = not quoted
        pieces.append(letter)
        at += 1
    return "".join(pieces)


def _argv(text: str) -> list[Word]:
    words, quoted, at = _Collector(), False, 0
    while at < len(text):
        run = _SLASHES.match(text, at)
        slashes = run.end() - at if run else 0
        after = text[at + slashes : at + slashes + 1]
        if slashes:
            words.add("\\" * (slashes // 2 if after == '"' else slashes))
            at += slashes
            if after == '"' and slashes % 2:
                words.add('"')
                at += 1
            continue
        if text[at] == '"':
            if quoted and text[at + 1 : at + 2] == '"':
                words.add('"')
                at += 1
            else:
                quoted = not quoted
                words.add("")
        elif not quoted and text[at] in " \t":
            words.end()
        elif not quoted and text[at] in "|&\n":
            words.end()
            words.operator(text[at])
        else:
            words.add(text[at])
        at += 1
    if quoted:
        raise UnreadableError(say("A quotation mark in the command is never closed: paste all of it."))
    words.end()
    return words.words


def _powershell(text: str) -> list[Word]:
    words, at = _Collector(), 0
    while at < len(text):
        letter = text[at]
        joined = _TICKED.match(text, at)
        if joined is not None:
            at = joined.end()
        elif letter in "'\"":
            piece, at = _powershell_quoted(text, at)
            words.add(piece)
        elif letter == "`":
            words.add(text[at + 1 : at + 2])
            at += 2
        elif letter in " \t":
            words.end()
            at += 1
        elif letter in "|;\n":
            words.end()
            words.operator(letter)
            at += 1
        else:
            words.add(letter)
            at += 1
    words.end()
    return words.words


def _powershell_quoted(text: str, at: int) -> tuple[str, int]:
    quote, at = text[at], at + 1
    pieces: list[str] = []
    while at < len(text):
        if text.startswith(quote * 2, at):
            pieces.append(quote)
            at += 2
        elif text.startswith('\\"', at):  # for the C runtime of the program that is called
            pieces.append('"')
            at += 2
        elif text[at] == quote:
            return "".join(pieces), at + 1
        elif text[at] == "`" and quote == '"' and at + 1 < len(text):
            pieces.append(_POWERSHELL.get(text[at + 1], text[at + 1]))
            at += 2
        else:
            pieces.append(text[at])
            at += 1
    raise UnreadableError(say("A quotation mark in the command is never closed: paste all of it."))
