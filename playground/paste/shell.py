"""A POSIX shell's text as words and operators (POSIX.1-2017 XCU 2; bash's `$'…'`, here-strings). Nothing is run.

A word is what the shell would pass to a program: quotes gone, known variables and substitutions in place. What is not
known stays as it is written (`$TOKEN`), and its spelling is kept in `Scope.unknown`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from playground.paste.escapes import ansi_c, closing, first_of
from playground.paste.message import Budget, UnreadableError
from playground.text.wording import say

MOST_WORDS = 20_000
_DEEPEST = 4
_LONGEST_NAME = 200
_MOST_UNKNOWN = 50
BLANKS = (
    " \t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u202f\u205f\u3000\ufeff"
)
"""Blanks between words: also those that web pages and word processors put into commands."""

_PLAIN = re.compile(rf"[^'\"$\\#\n|;&<>(){{}}`“”‘’„‚«»″′{BLANKS}]+")
_PLAIN_QUOTED = re.compile(r'[^"\\$`]+')
_PLAIN_HERE = re.compile(r"[^\\$`]+")
_LINE_END = re.compile(r"(?<!\\)\n")
_BRACES = re.compile(r"[{}]+")
_JOINED = re.compile(r"\\[ \t]*\n")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_BRACED = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)(?:(:?[-=?+])([^{}]*))?\}")
_SPECIAL = re.compile(r"\$(?:[0-9@*#?!$]|\{[^{}]*\})")
_ARRAY = re.compile(r"(\"?)\$\{([A-Za-z_]\w{0,99})\[[@*]\]\}\1")
_ARRAY_BEGINS = re.compile(r"[A-Za-z_]\w{0,99}\+?=")
_HERE = re.compile(r"<<(-?)[ \t]*(?:'([^'\n]+)'|\"([^\"\n]+)\"|\\?([^\s'\"<>|;&()]+))")
_DUPLICATE = re.compile(r"[<>]&(?:[0-9]+-?|-)")
_REDIRECT = re.compile(r"&>>?|>>|>\||>&|<>|[<>]")
_OPERATOR = re.compile(r"\|\||\|&|&&|;;|[|;&\n()]")
_BACKTICKS = re.compile(r"`((?:[^`\\]|\\.)*)`", re.DOTALL)
_IN_BACKTICKS = re.compile(r"\\([`$\\])")
_PAIRS = {"“": "”“", "‘": "’‘"}
_PAIRS_OF_WORDS = {"”": "”", "’": "’", "„": "“”", "‚": "‘’", "«": "»", "»": "«", "″": "″", "′": "′"}
"""Quotation marks that other languages begin with: inside a word each may be an apostrophe or a closing one."""


@dataclass(slots=True)
class Word:
    """One word, or an operator: `|`, `;`, a line end, `>`, `>>` and `<` before the name of a file (`2>` where it gets
    neither input nor output), `<<` with its text in `feed`, `<<<` before a word that is such a text, `name=` before the
    members of an array."""

    text: str
    operator: bool = False
    feed: bytes | None = None


@dataclass(slots=True)
class Scope:
    """What a script has set so far; `output` returns what commands in it write, where that is known.

    `is_typeset` says that quotation marks of a word processor were read as a shell's.
    """

    variables: dict[str, str] = field(default_factory=dict)
    arrays: dict[str, list[str]] = field(default_factory=dict)
    files: dict[str, bytes | None] = field(default_factory=dict)
    unknown: dict[str, None] = field(default_factory=dict)
    output: Callable[[Iterator[Word]], bytes | None] | None = None
    budget: Budget = field(default_factory=Budget)
    words: int = 0
    is_open: bool = False
    is_typeset: bool = False

    def output_of(self, words: Iterator[Word]) -> bytes | None:
        """Return what the commands write, `None` if that is not known; the words are read to their end."""
        if self.output is not None:
            return self.output(words)
        for _ in words:
            pass
        return None

    def leave(self, spelling: str) -> str:
        """Keep the spelling of what has no value here, and return it."""
        if len(self.unknown) < _MOST_UNKNOWN:
            self.unknown[spelling] = None
        return spelling


class Reader:
    """Gives the words of a text one by one, so that what one command sets is known to the next.

    `until` ends a command substitution: `)` or a backtick. `at` is the reader's position.
    """

    def __init__(self, text: str, scope: Scope | None = None, *, at: int = 0, until: str = "", depth: int = 0) -> None:
        self.text = text
        self.scope = scope or Scope()
        self.at = at
        self.closed = False
        self._until = until
        self._depth = depth
        self._open = 0
        self._last_close = max(text.rfind(")"), text.rfind("`")) if depth == 0 else len(text)
        self._pieces: list[str] | None = None
        self._in_here_string = False
        self._line_end = self._after_here = -1

    def __iter__(self) -> Iterator[Word]:
        text = self.text
        while self.at < len(text):
            letter = text[self.at]
            if letter == self._until and not (letter == ")" and self._open):
                self.closed = True
                break
            if plain := _PLAIN.match(text, self.at):
                self._add(plain[0])
                self.at = plain.end()
            elif letter in BLANKS:
                yield from self._end()
                self.at += 1
            elif letter == "#" and self._pieces is None:
                end = text.find("\n", self.at)
                self.at = len(text) if end < 0 else end
            elif text.startswith(("<(", ">("), self.at) and self._depth < _DEEPEST:
                self._add(self._process())
            elif array := _ARRAY.match(text, self.at):
                self.at = array.end()
                yield from self._end()
                yield from self._members(array)
            elif letter == "(" and self._sets_array():
                yield from self._end(operator=True)
                self.at += 1
                self._open += 1
            elif letter in "<>" or (letter == "&" and text.startswith("&>", self.at)):
                yield from self._redirect()
            elif (operator := _OPERATOR.match(text, self.at)) and not self._belongs():
                yield from self._end()
                self.at = operator.end()
                self._open += (operator[0] == "(") - (operator[0] == ")")
                if operator.start() == self._line_end:
                    self.at = self._after_here
                yield self._count(Word(operator[0], operator=True))
            elif letter in "{}":
                if self._stands_alone():
                    yield self._count(Word(letter, operator=True))
                    self.at += 1
                elif braces := _BRACES.match(text, self.at):
                    self._add(braces[0])
                    self.at = braces.end()
            elif letter == "\\":
                # A backslash before a line end goes on with the command, also where blanks follow it by mistake.
                joined = _JOINED.match(text, self.at)
                if joined is None:
                    self._add(text[self.at + 1 : self.at + 2])
                self.at = joined.end() if joined else self.at + 2
            elif letter in "$`":
                yield from self._dollar()
            else:
                self._quoted(letter)
        yield from self._end()

    def _add(self, text: str) -> None:
        if self._pieces is None:
            self._pieces = []
        self._pieces.append(text)

    def _end(self, *, operator: bool = False) -> Iterator[Word]:
        if self._pieces is not None:
            word = Word("".join(self._pieces), operator=operator)
            self._pieces, self._in_here_string = None, False
            yield self._count(word)

    def _sets_array(self) -> bool:
        return self._pieces is not None and _ARRAY_BEGINS.fullmatch("".join(self._pieces)) is not None

    def _members(self, array: re.Match[str]) -> Iterator[Word]:
        """Give each member of an array, `"${name[@]}"`, as a word."""
        members = self.scope.arrays.get(array[2])
        for member in [self.scope.leave(array[0].strip('"'))] if members is None else members:
            self.scope.budget.spend(len(member))
            yield self._count(Word(member))

    def _count(self, word: Word) -> Word:
        self.scope.words += 1
        if self.scope.words > MOST_WORDS:
            raise UnreadableError(say("The command has too many words: paste one request."))
        return word

    def _belongs(self) -> bool:
        """Say whether an operator is meant as text: a bracket inside a word, and the `&` of a URL nobody quoted."""
        if self._pieces is None:
            return False
        letter, following = self.text[self.at], self.text[self.at + 1 : self.at + 2]
        if letter in "()":
            return letter != self._until and not (letter == ")" and self._open)
        return letter == "&" and (following.isalnum() or following in ("_", "%", "["))

    def _stands_alone(self) -> bool:
        """Say whether a brace is a word by itself, and so groups commands; `{"a":1}` is text."""
        following = self.text[self.at + 1 : self.at + 2]
        return self._pieces is None and (not following or following in BLANKS or following in "\n;")

    def _quoted(self, letter: str) -> None:
        """Read a quoted piece, or a letter that is only itself here."""
        text, at = self.text, self.at
        if letter == "'":
            end = closing(text, "'", at + 1)
            self._add(text[at + 1 : end])
            self.at = end + 1
        elif letter == '"':
            self._add(self._double_quoted())
        elif (pair := self._closing_marks(letter)) and (end := first_of(text, pair, at + 1)) > 0:
            self._add(text[at + 1 : end])
            self.at = end + 1
            self.scope.is_typeset = True
        else:
            self._add(letter)
            self.at += 1

    def _closing_marks(self, letter: str) -> str:
        """Return the marks of a word processor that close what this one opens here, empty if it opens nothing."""
        return _PAIRS.get(letter, "") or (_PAIRS_OF_WORDS.get(letter, "") if self._pieces is None else "")

    def _dollar(self) -> Iterator[Word]:
        """Read an expansion, or one of bash's quotes; a value that is not quoted may end words."""
        text, at = self.text, self.at
        following = text[at + 1 : at + 2]
        if text[at] == "$" and following == "'":
            piece, self.at = ansi_c(text, at + 2)
            self._add(piece)
        elif text[at] == "$" and following == '"':
            self.at += 1
        else:
            value, is_known = self._expanded()
            if is_known and not self._is_assignment() and not self._in_here_string:
                yield from self._split(value)
            else:
                self._add(value)

    def _is_assignment(self) -> bool:
        return self._pieces is not None and re.match(r"[A-Za-z_]\w*=", self._pieces[0]) is not None

    def _split(self, value: str) -> Iterator[Word]:
        """Add an unquoted value: the shell makes words of it at its blanks (POSIX.1-2017 XCU 2.6.5)."""
        pieces = re.split(r"[ \t\n]+", value)
        for index, piece in enumerate(pieces):
            if index:
                yield from self._end()
            if piece:
                self._add(piece)

    def _double_quoted(self) -> str:
        text = self.text
        pieces: list[str] = []
        self.at += 1
        while self.at < len(text) and text[self.at] != '"':
            if plain := _PLAIN_QUOTED.match(text, self.at):
                pieces.append(plain[0])
                self.at = plain.end()
            elif text[self.at] == "\\" and self.at + 1 < len(text):
                following = text[self.at + 1]
                pieces.append("" if following == "\n" else following if following in '$`"\\' else "\\" + following)
                self.at += 2
            elif text[self.at] in "$`":
                pieces.append(self._expanded()[0])
            else:
                pieces.append(text[self.at])
                self.at += 1
        closing(text, '"', self.at)
        self.at += 1
        return "".join(pieces)

    def _expanded(self) -> tuple[str, bool]:
        """Read what begins with `$` or a backtick; return its text, and whether that is its value."""
        text, start = self.text, self.at
        if text.startswith("$(", start) or text[start] == "`":
            return self._substituted()
        braced = _BRACED.match(text, start, start + _LONGEST_NAME)
        name = _NAME.match(text, start + 1)
        if braced is not None:
            self.at = braced.end()
            value = self.scope.variables.get(braced[1])
            if value is None and braced[2] in (":-", "-", ":=", "="):
                value = braced[3]
                if braced[2].endswith("="):
                    self.scope.variables[braced[1]] = value
        elif name is not None:
            self.at = name.end()
            value = self.scope.variables.get(name[0])
        else:
            special = _SPECIAL.match(text, start, start + _LONGEST_NAME)
            self.at = special.end() if special else start + 1
            return self.scope.leave(special[0]) if special else text[start], False
        if value is None:
            return self.scope.leave(text[start : self.at]), False
        self.scope.budget.spend(len(value))
        return value, True

    def _substituted(self) -> tuple[str, bool]:
        """Read `$(…)` or backticks: what the commands inside write, where that can be known."""
        text, start = self.text, self.at
        opening = "$(" if text[start] == "$" else "`"
        if self._depth >= _DEEPEST or self.scope.is_open or start > self._last_close:
            self.at = start + len(opening)
            return opening, False
        if opening == "`" and (whole := _BACKTICKS.match(text, start)) is not None:
            # Between backticks the text is unescaped before it is read (POSIX.1-2017 XCU 2.6.3).
            inner = Reader(_IN_BACKTICKS.sub(r"\1", whole[1]), self.scope, depth=self._depth + 1)
            output, inner.closed, end = self.scope.output_of(iter(inner)), True, whole.end()
        else:
            inner = Reader(text, self.scope, at=start + len(opening), until=")", depth=self._depth + 1)
            output = self.scope.output_of(iter(inner)) if opening == "$(" else None
            end = inner.at + 1
        if not inner.closed:
            # What is not closed is text, and so is all that begins alike after it.
            self.at, self.scope.is_open = start + len(opening), True
            return opening, False
        self.at = end
        if output is None:
            return self.scope.leave(text[start : self.at]), False
        self.scope.budget.spend(len(output))
        return output.decode("utf-8", "replace").rstrip("\n"), True

    def _redirect(self) -> Iterator[Word]:
        """Read a redirection: its operator, and for a here-document the text that follows on the next lines."""
        text, number = self.text, ""
        if self._pieces is not None and "".join(self._pieces).isdecimal():
            number, self._pieces = self._pieces[0], None  # of a file: 2>&1
        yield from self._end()
        if text.startswith("<<<", self.at):
            self.at += 3
            self._in_here_string = True  # whose value is one word
            yield self._count(Word("<<<", operator=True))
        elif (here := _HERE.match(text, self.at)) is not None:
            self.at = here.end()
            quoted = here[2] or here[3]
            body = self._read_here(quoted or here[4], stripped=bool(here[1]))
            text = body if quoted or "\\" in here[0] else self._expand_here(body)
            yield self._count(Word("<<", operator=True, feed=text.encode("utf-8", "surrogatepass")))
        elif (duplicate := _DUPLICATE.match(text, self.at)) is not None:
            self.at = duplicate.end()
        elif (operator := _REDIRECT.match(text, self.at)) is not None:
            self.at = operator.end()
            kind = "<" if operator[0] in ("<", "<>") else ">>" if operator[0].endswith(">>") else ">"
            is_standard = number in ("", "0" if kind == "<" else "1")
            yield self._count(Word(kind if is_standard else "2>", operator=True))

    def _process(self) -> str:
        """Read a process substitution, `<(…)`: a file whose content is what the commands inside write."""
        inner = Reader(self.text, self.scope, at=self.at + 2, until=")", depth=self._depth + 1)
        output = self.scope.output_of(iter(inner))
        name = f"/dev/fd/{63 - len(self.scope.files)}"
        self.scope.files[name] = output
        self.at = inner.at + 1
        return name

    def _read_here(self, delimiter: str, *, stripped: bool) -> str:
        """Return the lines of a here-document, which begin on the next line, or where one before it has ended."""
        if self._line_end < self.at:
            end = _LINE_END.search(self.text, self.at)
            self._line_end = end.start() if end else len(self.text)
            self._after_here = self._line_end + 1
        lines: list[str] = []
        while self._after_here < len(self.text):
            end_of_line = self.text.find("\n", self._after_here)
            end_of_line = len(self.text) if end_of_line < 0 else end_of_line
            line = self.text[self._after_here : end_of_line]
            self._after_here = end_of_line + 1
            line = line.lstrip("\t") if stripped else line
            if line.rstrip("\r") == delimiter:
                break
            if self._until == ")" and (closed := _closes_here(line, delimiter)):
                # bash ends the here-document with the substitution around it.
                self._after_here = end_of_line - closed
                break
            lines.append(f"{line}\n")
        return "".join(lines)

    def _expand_here(self, body: str) -> str:
        reader = Reader(body, self.scope, depth=self._depth)
        pieces: list[str] = []
        while reader.at < len(body):
            if plain := _PLAIN_HERE.match(body, reader.at):
                pieces.append(plain[0])
                reader.at = plain.end()
            elif body[reader.at] == "\\":
                following = body[reader.at + 1 : reader.at + 2]
                escaped = following and following in "$`\\"
                pieces.append("" if following == "\n" else following if escaped else f"\\{following}")
                reader.at += 2
            else:
                pieces.append(reader._expanded()[0])
        return "".join(pieces)


def _closes_here(line: str, delimiter: str) -> int:
    """Return how long the rest of a line is that ends a here-document and the substitution around it; 0 for none."""
    return len(line) - len(delimiter) if line.startswith(f"{delimiter})") else 0
