"""Commands of cmd.exe and PowerShell as words. Nothing is run; variables that the text sets itself are in place."""

from __future__ import annotations

import re

from playground.paste.message import UnreadableError
from playground.paste.shell import BLANKS, MOST_WORDS, Scope, Word
from playground.text.wording import say

_TICKED = re.compile(r"`[ \t]*\n")
_SLASHES = re.compile(r"\\*")
_SET = re.compile(
    r"^[ \t]*@?set[ \t]+(?:\"(\w{1,100})=([^\"\n]*)\"|(\w{1,100})=([^\n]*?))[ \t]*$", re.IGNORECASE | re.MULTILINE
)
_EVERYWHERE = re.compile(r'(?<!\^)"[^"\n]*\^\\\^"')
"""A caret before the backslash of a quotation mark: browsers that write so mean every caret as an escape."""
_CMD_VARIABLE = re.compile(r"%(\w{1,100})%")
_ENCODED = re.compile(r"%[0-9A-F]{2}", re.IGNORECASE)
_VARIABLE = re.compile(r"\$(?:\{((?:env:)?\w{1,100})\}|((?:env:)?[a-z_]\w{0,99})|(\([^()\n]{1,200}\)))", re.IGNORECASE)
"""A variable by its name, or an expression in parentheses, which has no value here."""
_ASSIGNMENT = re.compile(r"\$\{?((?:env:)?\w{1,100})\}?[ ]?(\+?)=[ ]?", re.IGNORECASE)
_BECOMES = re.compile(r"[ \t]*\+?=")
_HERE = re.compile(r"@(['\"])[ \t]*\n(.*?)\n[ \t]*\1@", re.DOTALL)
_POWERSHELL = {"n": "\n", "r": "\r", "t": "\t", "0": "\0", "a": "\a", "b": "\b", "f": "\f", "v": "\v", "e": "\x1b"}


_ESCAPED = {"&": "\ue026", "|": "\ue07c"}
"""Operators behind a caret, which are text, by characters that no text has."""
_PLAIN = {escaped: plain for plain, escaped in _ESCAPED.items()}


def is_cmd(text: str) -> bool:
    """Say whether a text is written for cmd.exe: it escapes with carets, or sets variables with `set`."""
    # What a shell has in single quotation marks is an expression for grep or sed: '^"id"'.
    unquoted = re.sub(r"(?<=[\s=])'[^'\n]*'(?=[\s|;)]|$)", "", text)
    return re.search(r"\^[\"\n]|[^\s\^\"'\[]\^[&|]", unquoted) is not None or (
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

    def is_at(self, start: int) -> bool:
        """Say whether nothing has come after a number of words."""
        return len(self.words) == start and self.pieces is None

    def operator(self, text: str) -> None:
        self._keep(Word(text, operator=True))

    def _keep(self, word: Word) -> None:
        if len(self.words) >= MOST_WORDS:
            raise UnreadableError(say("The command has too many words: paste one request."))
        self.words.append(word)


def _value(name: str, spelling: str, scope: Scope) -> str:
    """Return the value of a variable, whose name is the same in small letters; its spelling if it has none."""
    value = scope.variables.get(name.lower())
    if value is None:
        return spelling if _ENCODED.match(spelling) else scope.leave(spelling)
    scope.budget.spend(len(value))
    return value


def cmd_words(text: str, scope: Scope | None = None) -> list[Word]:
    """Read commands of cmd.exe (variables, carets, then the C runtime's quotes: what a program's `argv` becomes)."""
    known = scope or Scope()
    for match in _SET.finditer(text):
        known.variables[(match[1] or match[3]).lower()] = match[2] or match[4] or ""
    text = _CMD_VARIABLE.sub(lambda match: _value(match[1], match[0], known), _SET.sub("", text))
    return _argv(_without_carets(text))


def _without_carets(text: str) -> str:
    pieces: list[str] = []
    quoted, at = False, 0
    everywhere = _EVERYWHERE.search(text) is not None
    while at < len(text):
        letter = text[at]
        if letter == "^" and (everywhere or not quoted) and at + 1 < len(text):
            following = text[at + 1]
            if following == "\n":
                # A caret before a line end joins the lines; two line ends are a line end of the text.
                at += 2
                if text[at : at + 1] == "\n":
                    pieces.append("\n")
                    at += 1
                continue
            pieces.append(following if quoted else _ESCAPED.get(following, following))
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
            words.add(_PLAIN.get(text[at], text[at]))
        at += 1
    if quoted:
        raise UnreadableError(say("A quotation mark in the command is never closed: paste all of it."))
    words.end()
    return words.words


def powershell_words(text: str, scope: Scope | None = None) -> list[Word]:
    """Read commands of PowerShell; `$name = "text"` sets a variable for what follows."""
    words, at = _Collector(), 0
    scope = scope or Scope()
    start = 0
    while at < len(text):
        letter = text[at]
        joined = _TICKED.match(text, at)
        here = _HERE.match(text, at) if letter == "@" else None
        variable = _VARIABLE.match(text, at) if letter == "$" else None
        if joined is not None:
            at = joined.end()
        elif here is not None:
            words.add(here[2] if here[1] == "'" else _VARIABLE.sub(lambda match: _filled(match, scope), here[2]))
            at = here.end()
        elif variable is not None:
            is_set = words.is_at(start) and _BECOMES.match(text, variable.end())
            words.add(variable[0] if is_set else _filled(variable, scope))
            at = variable.end()
        elif letter in "'\"":
            piece, at = _powershell_quoted(text, at, scope)
            words.add(piece)
        elif letter == "`":
            words.add(text[at + 1 : at + 2])
            at += 2
        elif letter in BLANKS:
            words.end()
            at += 1
        elif letter in "|;\n":
            words.end()
            if letter != "|" and _assign(words.words[start:], scope):
                del words.words[start:]
            words.operator(letter)
            start = len(words.words)
            at += 1
        else:
            words.add(letter)
            at += 1
    words.end()
    return words.words


def _assign(words: list[Word], scope: Scope) -> bool:
    """Set a variable where the words are `$name = "value"`, also without blanks around the sign, or `+=`."""
    text = " ".join(word.text for word in words)
    if not words or (assignment := _ASSIGNMENT.match(text)) is None:
        return False
    name = assignment[1].lower()
    before = scope.variables.get(name, "") if assignment[2] else ""
    scope.budget.spend(len(before))
    scope.variables[name] = before + text[assignment.end() :]
    return True


def _filled(match: re.Match[str], scope: Scope) -> str:
    return _value(match[1] or match[2] or match[3], match[0], scope)


def _powershell_quoted(text: str, at: int, scope: Scope) -> tuple[str, int]:
    quote, at = text[at], at + 1
    pieces: list[str] = []
    while at < len(text):
        variable = _VARIABLE.match(text, at) if quote == '"' and text[at] == "$" else None
        if variable is not None:
            pieces.append(_filled(variable, scope))
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
