"""Our rules of what breaks beside those of oasdiff, by the public cases of its own tests, which its checkout holds.

A case is a test of one check: two documents, some of them changed by statements, and the rules it expects, each with
the level that its list of rules gives. The statements are Go; those that set, or delete, one member are understood.
Nothing of oasdiff is run or kept.
"""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playground.changes.compare import compare
from playground.changes.model import Comparison
from playground.openapi.compile import compile_document
from playground.openapi.parse import parse_document
from playground.openapi.problems import DocumentError

_RULE = re.compile(r"newBackwardCompatibilityRule\((\w+), (\w+), [^\n]*(Kind\w+), \w+\)")
_NAMED = re.compile(r"^\s*(\w+)\s*=\s*(\"[^\"\n]*\"|`[^`\n]*`)", re.M)
_TEST = re.compile(r"^func (Test\w+)\(t \*testing\.T\) \{\n(.*?)^\}", re.M | re.S)
_OPENED = re.compile(r"(\w+), err :?= open\((\"[^\"]+\"|\w+\(\"[^\"]+\"\))", re.M)
_NUMBERED = re.compile(r"^\s*(\w+) := l\(t, (\d+)\)", re.M)
_FOLDER = re.compile(r"^\s*(\w+)\s*= dataFileFn\(\"([^\"]+)\"\)", re.M)
_STEP = re.compile(r"\.(\w+)(?:\(([^()]*)\))?|\[([^\]]+)\]")
_MEMBERS = {"Min": "minimum", "Max": "maximum", "OperationID": "operationId", "ExclusiveMin": "exclusiveMinimum",
            "ExclusiveMax": "exclusiveMaximum"}  # fmt: skip
_SAME = frozenset(("Value", "Spec", "Extensions"))


class _NotReadError(Exception):
    """A statement that is not understood."""


@dataclass(frozen=True, kw_only=True)
class Case:
    """One of their tests: its two documents, and the rules it expects with their levels."""

    name: str
    before: dict[str, Any]
    after: dict[str, Any]
    expected: Mapping[str, str]

    @property
    def breaks(self) -> bool:
        """Whether they say that a caller may fail."""
        return "ERR" in self.expected.values()

    @property
    def undecided(self) -> bool:
        """Whether they say that nobody can tell."""
        return not self.breaks and "WARN" in self.expected.values()

    def judged(self, comparison: Comparison) -> bool:
        """Return whether we say that a caller may fail, in the direction that their check looks at."""
        sides = {rule.partition("-")[0] for rule in self.expected}
        if comparison.removed or not sides <= {"request", "response"} or len(sides) != 1:
            return comparison.breaking
        answers = sides == {"response"}
        return any(
            change.breaking and change.place.startswith("response") == answers
            for operation in comparison.changed
            for change in operation.changes
        )


def report(folder: Path) -> tuple[str, bool]:
    """Return how many cases are judged alike, and those that are not by their rules; sound if nine of ten are."""
    alike = asked = 0
    ours, theirs, unread = dict[str, list[str]](), dict[str, list[str]](), Counter[str]()
    for case in cases(folder, unread):
        comparison = _compared(case)
        if comparison is None:
            unread["no description for us"] += 1
            continue
        asked += 1
        if case.undecided or case.judged(comparison) == case.breaks:
            alike += 1
            continue
        rules = ", ".join(sorted(rule for rule, level in case.expected.items() if not case.breaks or level == "ERR"))
        listed = theirs if case.breaks else ours
        listed.setdefault(rules or "none", []).append(f"{case.name}: {_told(comparison)}")
    lines = [f"{alike} of {asked} cases judged alike"]
    for title, found in (("they alone say it breaks", theirs), ("we alone say it breaks", ours)):
        lines += [f"{title}: {sum(map(len, found.values()))}"]
        lines += [
            f"  {rules}\n" + "\n".join(f"    {case}" for case in listed) for rules, listed in sorted(found.items())
        ]
    lines += [f"not read: {count} ({reason})" for reason, count in unread.most_common()]
    return "\n".join(lines), alike >= 0.9 * asked


def cases(folder: Path, unread: Counter[str]) -> Iterator[Case]:
    """Yield the cases below a checkout of oasdiff; `unread` counts the reasons of those that are not understood."""
    sources = {path: path.read_text() for path in sorted((folder / "checker").glob("*.go"))}
    named = {name: text[1:-1] for source in sources.values() for name, text in _NAMED.findall(source)}
    folders = {name: place for source in sources.values() for name, place in _FOLDER.findall(source)}
    named |= {f"{name}()": f"../data/{place}/" for name, place in folders.items()}
    rules = (folder / "checker" / "rules.go").read_text()
    # When an API has to announce what, by sunset dates and stability, is the policy of its owner.
    levels = {
        named[name]: level for name, level, kind in _RULE.findall(rules) if name in named and kind != "KindLifecycle"
    }
    for path, source in sources.items():
        for name, body in _TEST.findall(source) if path.name.startswith("check_") else ():
            try:
                yield _case(folder / "checker", name, body, named, levels)
            except _NotReadError as error:
                unread[str(error)] += 1


def _case(folder: Path, name: str, body: str, named: Mapping[str, str], levels: Mapping[str, str]) -> Case:
    if "CheckBackwardCompatibility" not in body or "range" in body or "t.Run" in body:
        raise _NotReadError("no single comparison")
    files = {variable: _file(opened, named) for variable, opened in _OPENED.findall(body)}
    files |= {variable: f"../data/openapi-test{number}.yaml" for variable, number in _NUMBERED.findall(body)}
    compared = re.search(r"GetWithOperationsSourcesMap\(\w+(?:\.\w+\(\))?, (\w+), (\w+)\)", body)
    if compared is None or any(variable not in files for variable in compared.groups()):
        raise _NotReadError("documents made otherwise")
    documents = {variable: _document(folder / file) for variable, file in files.items()}
    values: dict[str, str] = {}
    for line in body[: body.rindex("\n", 0, compared.start())].splitlines():
        _run(line.strip(), documents, values, named)
    rest = body[compared.end() :]
    expected = {
        named[rule]: levels.get(named[rule], "") for rule in re.findall(r"checker\.(\w+)\b", rest) if rule in named
    }
    expected = {rule: level for rule, level in expected.items() if level}
    # That one check finds nothing says nothing of the others.
    if not expected and ("require.Empty(t, errs)" not in rest or "singleCheckConfig" in rest):
        raise _NotReadError("no rule of the list is expected")
    return Case(name=name, before=documents[compared[1]], after=documents[compared[2]], expected=expected)


def _file(opened: str, named: Mapping[str, str]) -> str:
    function, _, name = opened.rstrip(")").rpartition("(")
    return (_text(f"{function}()", named) if function else "") + name.strip('"')


def _document(path: Path) -> dict[str, Any]:
    try:
        return parse_document(path.read_bytes())
    except (OSError, DocumentError):
        raise _NotReadError("a document that is not there or not read") from None


def _run(line: str, documents: dict[str, dict[str, Any]], values: dict[str, str], named: Mapping[str, str]) -> None:
    """Do what one statement does to a document."""
    if not line or line.startswith(("//", "require.", "if ", "}")) or re.match(r"\w+, err :?= open|\w+ := l\(", line):
        return
    if found := re.fullmatch(r"(\w+) := (.+)", line):
        values[found[1]] = found[2]
        return
    alias = line.partition(".")[0]
    if ".Spec" in values.get(alias, ""):
        line = values[alias] + line[len(alias) :]
    if found := re.fullmatch(r"(?:delete\((\w+)((?:\.Spec.*)), (.+)\)|(\w+)(\.Spec.*)\.Delete\((.+)\))", line):
        variable, path, key = (found[1], found[2], found[3]) if found[1] else (found[4], found[5], found[6])
        holder = _at(documents[variable], documents[variable], _steps(path, named))
        holder.pop(_text(key, named), None)
        return
    found = re.fullmatch(r"(\w+)(\.Spec.*?) = (.+)", line)
    if found is None or found[1] not in documents:
        raise _NotReadError("a statement of another kind")
    document, value = documents[found[1]], _value(found[3], values, named)
    *steps, last = _steps(found[2], named)
    holder = _at(document, document, steps)
    if isinstance(holder, dict) and isinstance(last, str):
        holder[last] = value
        if value is None and last != "default":
            del holder[last]
    elif isinstance(holder, list) and isinstance(last, int) and last < len(holder):
        holder[last] = value
    else:
        raise _NotReadError("a statement about another place")


def _steps(path: str, named: Mapping[str, str]) -> list[str | int | tuple[str, str]]:
    steps: list[str | int | tuple[str, str]] = []
    for name, given, index in _STEP.findall(path):
        if index:
            steps.append(int(index) if index.isdecimal() else _text(index, named))
        elif name == "GetByInAndName":
            location, _, key = given.partition(", ")
            steps.append((location.rpartition("ParameterIn")[2].lower(), _text(key, named)))
        elif given:
            steps.append(_text(given, named).lower() if name == "GetOperation" else _text(given, named))
        elif name not in _SAME:
            steps.append(_MEMBERS.get(name, name[:1].lower() + name[1:]))
    return steps


def _at(document: dict[str, Any], value: Any, steps: list[Any]) -> Any:
    for step in steps:
        value = _followed(document, value)
        try:
            if isinstance(step, tuple):
                several = (_followed(document, parameter) for parameter in value)
                value = next(parameter for parameter in several if (parameter["in"], parameter["name"]) == step)
            else:
                value = value[step]
        except (KeyError, IndexError, TypeError, StopIteration):
            raise _NotReadError("a statement about another place") from None
    return _followed(document, value)


def _followed(document: dict[str, Any], value: Any) -> Any:
    while isinstance(value, dict) and isinstance(value.get("$ref"), str):
        value = _at(document, document, value["$ref"].removeprefix("#/").split("/"))
    return value


def _text(written: str, named: Mapping[str, str]) -> str:
    if written[:1] in ('"', "`"):
        return written[1:-1]
    known = named.get(written.rpartition(".")[2])
    if known is None:
        raise _NotReadError("a text that is computed")
    return known


def _value(written: str, values: Mapping[str, str], named: Mapping[str, str]) -> Any:
    written = values.get(written.removeprefix("&"), written)
    if found := re.fullmatch(r"&?(?:openapi3\.Types|\[\](?:any|string))\{(.*)\}", written):
        parts = [_value(part, values, named) for part in re.findall(r'"[^"]*"|[^,\s]+', found[1])]
        return parts[0] if "Types" in written and len(parts) == 1 else parts
    if found := re.fullmatch(r"[\w.]+\((.+)\)", written):
        return _value(found[1], values, named)
    if written in ("nil", "true", "false"):
        return {"nil": None, "true": True, "false": False}[written]
    try:
        return ast.literal_eval(written)
    except (ValueError, SyntaxError):
        return _text(written, named)


def _compared(case: Case) -> Comparison | None:
    try:
        before, after = (compile_document(document, name="compared").catalog for document in (case.before, case.after))
    except DocumentError:
        return None
    return compare(before, after)


def _told(comparison: Comparison) -> str:
    """Return the rules by which we judge a case."""
    found = {
        f"{'!' if change.breaking else ''}{change.rule}"
        for operation in comparison.changed
        for change in operation.changes
    }
    found |= {"!removed"} if comparison.removed else set()
    return ", ".join(sorted(found | ({"added"} if comparison.added else set()))) or "nothing"
