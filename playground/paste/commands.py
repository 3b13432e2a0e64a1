"""The calls of curl in a script, with what is piped into them: here-documents, `echo … |`, variables and files it sets.

Only commands whose output is known without running them count: `echo`, `printf`, `cat`, `base64`. What another command
writes is not known, and the message then says what is missing.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from playground.paste.escapes import printed, unescape
from playground.paste.message import Budget, UnreadableError
from playground.paste.shell import Reader, Scope, Word
from playground.paste.windows import cmd_words, is_cmd, is_powershell, powershell_words

MOST_CALLS = 20
_ASSIGNMENT = re.compile(r"([A-Za-z_]\w*)(\+?)=(.*)", re.DOTALL)
_CALLS = re.compile(r"(?:^|[\s|;&(`/\\='\"!])curl(?:\.exe)?(?=[\s\\^`'\"\u200b]|$)")
_BEGINS = re.compile(r"^[ \t]*(?:[\w./\\-]*[/\\])?curl(?:\.exe)?(?=[\s\\^`])", re.MULTILINE)
_PROMPT = re.compile(
    r"[ \t]*(?:PS(?:[ ][^>\n]{0,200})?>|[A-Za-z]:\\[^>\n]{0,200}>"
    r"|(?:\([\w.-]{1,60}\)[ ])?[\w.-]{1,60}@[\w.-]{1,60}[: ][^\n$#%>]{0,200}[$#%>]|\[[^\]\n]{1,100}\][$#%>]"
    r"|➜[^\n]{1,100}?(?=[ \t]curl)|(?:[0-9]{1,3}[.)]|[-*•]|RUN|(?:-[ ])?run:)(?=[ \t]+curl)|[$%>❯➜»])[ \t]+"
    r"|[ \t]*!(?=curl)"
)
"""What stands before a command: a shell's prompt, a notebook's mark, a list's, a Dockerfile's."""
_CELL = re.compile(r"\A%%(?:bash|sh|script[^\n]{0,60})[ \t]*\n")
_PREFIXES = frozenset(
    """
    sudo doas time env exec command nohup builtin nice coproc then do else elif if while until ! { } ( )
    """.split()  # noqa: SIM905 - a list to read
)
_RUNNERS = frozenset(
    """
    chronic docker docker-compose flock ionice kubectl parallel podman retry setsid ssh stdbuf timeout unbuffer watch
    wsl xargs
    """.split()  # noqa: SIM905 - a list to read
)
"""Commands that run the command that they are given, after options of their own."""
_FENCE = re.compile(r"^[ \t]*(?:```|~~~)[^`\n]*$", re.MULTILINE)
_REDIRECTIONS = {"<": "source", ">": "target", ">>": "appended", "2>": "other", "<<<": "string"}
_SETTERS = ("export", "declare", "local", "readonly", "typeset")
_HARMLESS = frozenset(
    """
    : . [ [[ alias apt apt-get awk base64 basename bg break brew cargo case cat cd chmod clear column continue cp cut
    date diff dirname dnf docker docker-compose done echo egrep esac eval exit false fg fi find fold for function
    getopts git go grep gunzip gzip head hexdump hostname iconv id jobs jq java kill kubectl let ln ls make md5sum
    mkdir mktemp mv node npm npx nslookup od openssl paste pidof ping pip pkill podman popd printenv printf ps pushd
    pwd python python3 read return rev rm ruby scp sed select seq service set sha1sum sha256sum shasum shift shopt
    shuf sleep sort source ssh stty sync systemctl tail tar tee test touch tput tr trap true ulimit umask uname uniq
    unset unzip uuidgen wait wc wget which whoami xargs xxd yarn yes yum yq zip
    """.split()  # noqa: SIM905 - a list to read
)
"""Commands that a script may run before it calls curl; a text with others only mentions curl."""
_SHELLS = ("bash", "sh", "zsh", "dash", "ksh")
_KNOWN = _HARMLESS.union(_SETTERS, _SHELLS)
_DEEPEST = 4
_COUNTED = re.compile(r"(^|[;&|\n]|\bdo\b)([ \t]*)(?:for[ \t]*)?\(\((?:[^\n()]|\([^\n()]*\))*\)\)", re.MULTILINE)
"""Arithmetic that stands alone, or counts a loop: nothing here depends on it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One call of curl: its words, what is piped in, the files that the script has written, what has no value there.

    `source` names the file that is piped in where its content is not in the text.
    """

    words: tuple[str, ...]
    feed: bytes | None = None
    source: str = ""
    files: Mapping[str, bytes | None] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    """Files that are read before, and whose content is not in the text."""
    is_typeset: bool = False
    budget: Budget = field(default_factory=Budget)


@dataclass(slots=True)
class _Command:
    words: list[str] = field(default_factory=list)
    here: Word | None = None
    string: str | None = None
    source: str | None = None
    target: str | None = None
    appended: str | None = None
    other: str | None = None
    group: bytes | None = b""


def curl_calls(text: str) -> tuple[Call, ...]:
    """Return the calls of curl in a script, at most 20; none if the text is no script that calls it.

    Raises `UnreadableError` for a command that is broken off.
    """
    if _CALLS.search(text) is None:
        return ()
    script = Script()
    # A line that only begins or ends code in Markdown is no command.
    prompt, text = _without_prompts(_COUNTED.sub(r"\1\2true", _CELL.sub("", _FENCE.sub("", text))))
    try:
        script.run(words_of(text, script.scope, prompt=prompt))
    except UnreadableError:
        if not script.calls and _BEGINS.search(text) is not None:
            raise
        if not script.calls:
            return ()
    return tuple(script.calls)


def words_of(text: str, scope: Scope | None = None, *, prompt: str = "") -> Iterator[Word]:
    """Give the words and operators of commands, in the quoting of the shell that they are written for."""
    if is_cmd(text):
        return iter(cmd_words(text, scope))
    is_shell = not prompt.startswith("PS") and not is_powershell(text)
    return iter(Reader(text, scope) if is_shell else powershell_words(text, scope))


def _is_curl(word: str) -> bool:
    """Say whether a word calls curl, by any path."""
    return re.fullmatch(r"(?:.*[/\\])?curl(?:\.exe)?", word, re.DOTALL) is not None


def _without_prompts(text: str) -> tuple[str, str]:
    """Return the prompt that the first line begins with, and the commands without prompts."""
    lines = text.split("\n")
    first = next((line for line in lines if line.strip()), "")
    prompt = _PROMPT.match(first)
    if prompt is None:
        return "", text
    continued = re.compile(r"[ \t]*>{1,2}[ \t]+" if not first.lstrip().startswith(">") else r"(?!)")
    cleaned = (continued.sub("", _PROMPT.sub("", line, count=1), count=1) for line in lines)
    return prompt[0].strip(), "\n".join(cleaned)


class Script:
    """Goes through commands in order and keeps the calls of curl."""

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self.scope = Scope(output=self._output_of)
        self._absent: dict[str, None] = {}
        self._functions: dict[str, bytes | None] = {}
        self._is_prose = False
        self._depth = 0

    def _output_of(self, words: Iterable[Word]) -> bytes | None:
        """Return what commands inside a word write; not known if it depends on a file that is not here."""
        absent, is_prose = len(self._absent), self._is_prose
        output = self.run(words)
        self._is_prose = is_prose
        return output if len(self._absent) == absent else None

    def run(self, words: Iterable[Word]) -> bytes | None:
        """Go through commands; return what they write, `None` if that is not known."""
        outer: list[tuple[str, str, bytes | None]] = []
        output: bytes | None = b""
        function = ""
        command, piped, expected, array = _Command(), None, "", ""
        for word in _ended(words):
            if not word.operator and expected:
                setattr(command, expected, word.text)
                expected = ""
            elif not word.operator:
                command.words.append(word.text)
            elif word.text == "<<":
                command.here = word
            elif word.text in _REDIRECTIONS:
                expected = _REDIRECTIONS[word.text]
            elif word.text.endswith("="):
                array = word.text.removesuffix("=")
            elif array:
                if word.text == ")":
                    self._set_array(array, command.words)
                    array, command.words = "", []
            elif word.text in ("{", "("):
                if name := _function_name(command.words, word.text):
                    # Its body is read as if it were called here; what it writes is written where it is called.
                    command, function = _Command(), name
                outer.append((word.text, function, output))
                output, function = b"", "" if word.text == "{" else function
            elif word.text == ")" and (not outer or outer[-1][0] == "{"):
                command = _Command()  # the pattern of a case
            elif word.text in ("}", ")"):
                if outer:
                    group = self._joined(output, self._finish(command, piped, is_piped=False))
                    _, name, output = outer.pop()
                    if name and word.text == "}":
                        self._functions[name], group = group, b""
                    command, piped = _Command(group=group), None
            else:
                is_piped = word.text in ("|", "|&")
                written = self._finish(command, piped, is_piped=is_piped)
                output, piped = (output, written) if is_piped else (self._joined(output, written), None)
                command, expected = _Command(), ""
        return output

    def _set_array(self, name: str, members: list[str]) -> None:
        before = self.scope.arrays.get(name.removesuffix("+"), []) if name.endswith("+") else []
        self.scope.arrays[name.removesuffix("+")] = [*before, *members]

    def _finish(self, command: _Command, piped: bytes | None, *, is_piped: bool) -> bytes | None:
        words = self._without_prefixes(command.words)
        feed = piped
        if command.string is not None:
            feed = f"{command.string}\n".encode("utf-8", "surrogatepass")
        elif command.here is not None:
            feed = command.here.feed
        elif command.source is not None:
            feed = self.scope.files.get(command.source)
        if words:
            is_known = words[0] in _KNOWN or words[0] in self._functions or _is_curl(words[0])
            if not is_piped and not is_known and not self.calls:
                self._is_prose = True
            source = command.source if feed is None and command.source is not None else ""
            written = self._call(words, feed, source)
        else:
            if command.source is not None and feed is None:
                self._absent[command.source] = None
            written = feed if command.source is not None and not command.words else command.group
        self.scope.budget.spend(len(written or b""))
        if command.appended is not None:
            self.scope.files[command.appended] = self._joined(self.scope.files.get(command.appended, b""), written)
        elif command.target is not None:
            self.scope.files[command.target] = written
        else:
            return written
        return b""

    def _without_prefixes(self, words: list[str]) -> list[str]:
        """Return the words of the program that is called; variables set before it are kept."""
        while words:
            if assigned := _ASSIGNMENT.fullmatch(words[0]):
                before = self.scope.variables.get(assigned[1], "") if assigned[2] else ""
                self.scope.budget.spend(len(before))
                self.scope.variables[assigned[1]] = before + assigned[3]
                words = words[1:]
            elif words[0] in _PREFIXES:
                takes = {"sudo": ("-u", "-g"), "env": ("-u",), "nice": ("-n",)}.get(words[0], ())
                words = words[1:]
                while words and words[0].startswith("-"):
                    words = words[2 if words[0] in takes else 1 :]
            elif words[0] == "function":
                words = words[2:]
            elif words[0] == "case" or words[0].endswith(")"):
                pattern = next((at for at, word in enumerate(words, 1) if word.endswith(")")), len(words))
                words = words[pattern:]
            elif words[0] in _RUNNERS and (places := [at for at, word in enumerate(words) if _is_curl(word)]):
                if words[0] in ("xargs", "parallel"):
                    self.scope.leave("{}")
                return words[places[0] :]
            else:
                return words
        return words

    def _call(self, words: list[str], feed: bytes | None, source: str = "") -> bytes | None:
        name, arguments = words[0], words[1:]
        if _is_curl(name):
            if not self._is_prose and len(self.calls) < MOST_CALLS:
                texts = (*arguments, (feed or b"").decode("utf-8", "replace"))
                unknown = [spelling for spelling in self.scope.unknown if any(spelling in text for text in texts)]
                self.calls.append(
                    Call(
                        words=tuple(arguments),
                        feed=feed,
                        source=source,
                        files=dict(self.scope.files),
                        unknown=tuple(unknown),
                        absent=tuple(self._absent),
                        is_typeset=self.scope.is_typeset,
                        budget=self.scope.budget,
                    )
                )
            return None
        if name in _SETTERS:
            self._without_prefixes([word for word in arguments if not word.startswith("-")])
            return b""
        if name == "for" and arguments[1:2] == ["in"] and arguments[2:]:
            self.scope.variables[arguments[0]] = arguments[2]
            return b""
        if name == "read" and feed is not None:
            return self._read(arguments, feed.decode("utf-8", "replace"))
        if (nested := _nested(name, arguments, feed)) is not None and self._depth < _DEEPEST:
            self._depth += 1
            self.scope.budget.spend(len(nested))
            output = self.run(words_of(nested, self.scope))
            self._depth -= 1
            return output
        if name in self._functions:
            return self._functions[name]
        if name == "cat":
            return self._cat(arguments, feed)
        if name == "tee":
            self.scope.files |= {file: feed for file in arguments if not file.startswith("-")}
            return feed
        return _output(name, arguments, feed)

    def _read(self, arguments: list[str], feed: str) -> bytes:
        """Set the variable that `read` names to the first line that it is given, or to all of it (`-d ''`)."""
        whole, names = False, list[str]()
        while arguments:
            word, arguments = arguments[0], arguments[1:]
            if word.startswith("-") and word[-1] in "adinNptu":
                whole, arguments = whole or (word[-1] == "d" and arguments[:1] == [""]), arguments[1:]
            elif not word.startswith("-"):
                names.append(word)
        if len(names) == 1:
            text = feed if whole else feed.partition("\n")[0]
            self.scope.variables[names[0]] = text if self.scope.variables.get("IFS") == "" else text.strip()
        return b""

    def _cat(self, names: list[str], feed: bytes | None) -> bytes | None:
        output: bytes | None = b""
        for name in names or ["-"]:
            content = feed if name == "-" else self.scope.files.get(name)
            if content is None and name != "-":
                self._absent[name] = None
                content = b""
            output = self._joined(output, content)
        return output

    def _joined(self, first: bytes | None, second: bytes | None) -> bytes | None:
        if not first or second is None:
            return first if first is None else second
        self.scope.budget.spend(len(first) + len(second))
        return first + second


def _nested(name: str, arguments: list[str], feed: bytes | None) -> str | None:
    """Return the script that a command runs: `eval`, `sh -c`, or what is piped into a shell."""
    if name == "eval":
        return " ".join(arguments)
    if name not in _SHELLS:
        return None
    for at, word in enumerate(arguments):
        if word.startswith("-") and word.endswith("c"):
            return " ".join(arguments[at + 1 : at + 2])
    return feed.decode("utf-8", "replace") if feed is not None and not arguments else None


def _function_name(words: list[str], opening: str) -> str:
    """Return the name of the function whose body, or pair of parentheses, begins here; empty if none does."""
    if words[:1] == ["function"] and len(words) == 2:
        return words[1].removesuffix("()")
    if len(words) == 1 and (opening == "(" or words[0].endswith("()")):
        return words[0].removesuffix("()")
    return ""


def _ended(words: Iterable[Word]) -> Iterator[Word]:
    yield from words
    yield Word(";", operator=True)


def _output(name: str, arguments: list[str], feed: bytes | None) -> bytes | None:
    """Return what a command writes whose output is known without running it."""
    if name == "echo":
        return _echo(arguments)
    if name == "printf":
        arguments = arguments[arguments[:1] == ["--"] :]
        return printed(arguments[0], arguments[1:]) if arguments else b""
    if name == "base64" and feed is not None:
        return _base64(arguments, feed)
    if name == "tr" and feed is not None and arguments[:1] == ["-d"] and len(arguments) == 2:
        removed = unescape(arguments[1])
        return bytes(byte for byte in feed if byte not in removed)
    return b"" if name in (":", "true", "set", "cd", "done", "fi", "unset", "shopt", "source", ".", "mkdir") else None


def _echo(arguments: list[str]) -> bytes:
    options = ""
    while arguments and re.fullmatch(r"-[neE]+", arguments[0]):
        options, arguments = options + arguments[0], arguments[1:]
    text = " ".join(arguments)
    data = unescape(text) if "e" in options else text.encode("utf-8", "surrogatepass")
    return data if "n" in options else data + b"\n"


def _base64(arguments: list[str], feed: bytes) -> bytes | None:
    if any(word in ("-d", "-D", "--decode") for word in arguments):
        try:
            return base64.b64decode(feed, validate=False)
        except (binascii.Error, ValueError):
            return None
    return base64.b64encode(feed) + b"\n"
