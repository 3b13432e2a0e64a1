"""Commands of cmd.exe and PowerShell as words. Nothing is run; variables that the text sets itself are in place."""

from __future__ import annotations

import re

from playground.paste.message import UnreadableError
from playground.paste.shell import BLANKS, MOST_WORDS, Word
from playground.text.wording import say

_TICKED = re.compile(r"`[ \t]*\n")
_SLASHES = re.compile(r"\\*")
_SET = re.compile(
    r"^[ \t]*@?set[ \t]+(?:\"(\w{1,100})=([^\"\n]*)\"|(\w{1,100})=([^\n]*?))[ \t]*$", re.IGNORECASE | re.MULTILINE
)
_CMD_VARIABLE = re.compile(r"%(\w{1,100})%")
_VARIABLE = re.compile(r"\$(?:\{((?:env:)?\w{1,100})\}|((?:env:)?\w{1,100}))", re.IGNORECASE)
_HERE = re.compile(r"@(['\"])[ \t]*\n(.*?)\n[ \t]*\1@", re.DOTALL)
_POWERSHELL = {"n": "\n", "r": "\r", "t": "\t", "0": "\0", "a": "\a", "b": "\b", "f": "\f", "v": "\v", "e": "\x1b"}


def is_cmd(text: str) -> bool:
    """Say whether a text is written for cmd.exe: it escapes with carets, or sets variables with `set`."""
    return re.search(r"\^[\"\n]", text) is not None or (
        _SET.search(text) is not None and _CMD_VARIABLE.search(text) is not None
    )


def is_powershell(text: str) -> bool:
    """Say whether a text is written for PowerShell: backticks join lines, or it sets variables there."""
    return re.search(r"`[ \t]*\n|^[ \t]*\$(?:env:)?\w+[ \t]*=|@['\"][ \t]*\n", text, re.MULTILINE) is not None


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


def cmd_words(text: str) -> list[Word]:
    """Read commands of cmd.exe (variables, carets, then the C runtime's quotes: what a program's `argv` becomes)."""
    variables = {(match[1] or match[3]).lower(): match[2] or match[4] or "" for match in _SET.finditer(text)}
    text = _CMD_VARIABLE.sub(lambda match: variables.get(match[1].lower(), match[0]), _SET.sub("", text))
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


def powershell_words(text: str) -> list[Word]:
    """Read commands of PowerShell; `$name = "text"` sets a variable for what follows."""
    words, at = _Collector(), 0
    variables: dict[str, str] = {}
    start = 0
    while at < len(text):
        letter = text[at]
        joined = _TICKED.match(text, at)
        here = _HERE.match(text, at) if letter == "@" else None
        variable = _VARIABLE.match(text, at) if letter == "$" else None
        if joined is not None:
            at = joined.end()
        elif here is not None:
            words.add(here[2] if here[1] == "'" else _filled(here[2], variables))
            at = here.end()
        elif variable is not None:
            words.add(variables.get(_name(variable), variable[0]))
            at = variable.end()
        elif letter in "'\"":
            piece, at = _powershell_quoted(text, at, variables)
            words.add(piece)
        elif letter == "`":
            words.add(text[at + 1 : at + 2])
            at += 2
        elif letter in BLANKS:
            words.end()
            at += 1
        elif letter in "|;\n":
            words.end()
            if letter != "|" and (assigned := _assigned(words.words[start:])) is not None:
                variables[assigned[0]] = assigned[1]
                del words.words[start:]
            words.operator(letter)
            start = len(words.words)
            at += 1
        else:
            words.add(letter)
            at += 1
    words.end()
    return words.words


def _assigned(words: list[Word]) -> tuple[str, str] | None:
    """Return name and value of `$name = "value"`, also without blanks around the sign."""
    texts = [word.text for word in words]
    if not texts or not texts[0].startswith("$"):
        return None
    name, equals, value = texts[0].partition("=")
    rest = texts[1:] if equals else texts[2:]
    if not equals and texts[1:2] != ["="]:
        return None
    return name[1:].lower(), " ".join([value, *rest] if value else rest)


def _name(match: re.Match[str]) -> str:
    return (match[1] or match[2]).lower()


def _filled(text: str, variables: dict[str, str]) -> str:
    return _VARIABLE.sub(lambda match: variables.get(_name(match), match[0]), text)


def _powershell_quoted(text: str, at: int, variables: dict[str, str]) -> tuple[str, int]:
    quote, at = text[at], at + 1
    pieces: list[str] = []
    while at < len(text):
        variable = _VARIABLE.match(text, at) if quote == '"' and text[at] == "$" else None
        if variable is not None:
            pieces.append(variables.get(_name(variable), variable[0]))
            at = variable.end()
        elif text.startswith(quote * 2, at):
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
