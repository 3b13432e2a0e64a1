"""Reads string literals of languages that cannot run here, by grammars and rules the product does not share."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

from tree_sitter_language_pack import get_parser

Reader: TypeAlias = Callable[[str], list[str]]
_VARIABLE = re.compile(rb"\b[A-Z][A-Z0-9_]+\b")
_SIMPLE = {"n": "\n", "r": "\r", "t": "\t", "0": "\0"}


def read_swift(source: str) -> list[str]:
    """Return each string literal's text; `<NAME>` is where one reads an environment variable."""
    found = []
    for node in _nodes("swift", source, {"line_string_literal", "raw_string_literal"}):
        if node.type == "raw_string_literal":
            shown = re.fullmatch(r'(#+)(?:"""\n(.*)\n"""|"(.*)")\1', node.text.decode(), re.DOTALL)
            assert shown is not None, node.text
            text = shown[2] if shown[2] is not None else shown[3]
            found.append(re.sub(rf'\\{shown[1]}\(environment\["(\w+)"\]!\)', r"<\1>", text))
            continue
        pieces = []
        for child in node.children[1:-1]:
            if child.type == "line_str_text":
                pieces.append(child.text.decode())
            elif child.type == "str_escaped_char":
                pieces.append(_unescaped(child.text.decode(), "\\"))
            elif child.type == "interpolated_expression":
                pieces.append(_named(child))
        found.append("".join(pieces))
    return found


def read_dart(source: str) -> list[str]:
    """Return each string literal's text; `<NAME>` is where one reads an environment variable."""
    found = []
    for node in _nodes("dart", source, {"string_literal"}):
        text = node.text.decode()
        if text.startswith("r'''"):
            found.append(re.sub(r"\A[ \t]*\n", "", text[4:-3]))
        elif text.startswith("r"):
            found.append(text[2:-1])
        else:
            found.append(_between(node, {"escape_sequence": "\\", "template_substitution": ""}, node.text[:1]))
    return found


def read_powershell(source: str) -> list[str]:
    """Return each string literal's text; `<NAME>` is where one reads an environment variable."""
    found = []
    for node in _nodes("powershell", source, {"string_literal"}):
        [inner] = node.children
        text = inner.text.decode()
        if inner.type == "verbatim_here_string_characters":
            found.append(text.removeprefix("@'\n").removesuffix("\n'@"))
        elif inner.type == "expandable_here_string_literal":
            shown = _between(inner, {"variable": "", "sub_expression": ""}, b'@"\n')
            found.append(re.sub(r"`(.)", r"\1", shown))
        elif inner.type == "verbatim_string_characters":
            assert not re.search("(?<!['‘’‚‛])['‘’‚‛](?:['‘’‚‛]{2})*(?!['‘’‚‛])", text[1:-1]), "it ends early"
            found.append(re.sub("(['‘’‚‛])['‘’‚‛]", r"\1", text[1:-1]))
        else:
            assert inner.type == "expandable_string_literal"
            spelled = _between(inner, {"variable": "", "sub_expression": ""}, b'"')
            found.append(
                re.sub(r"`(?:u\{[0-9A-Fa-f]+\}|.)", lambda one: _unescaped(one[0], "`"), spelled, flags=re.DOTALL)
            )
    return found


def has_errors(language: Any, source: str) -> bool:
    """Tell whether the grammar finds anything wrong."""
    return bool(get_parser(language).parse(source.encode()).root_node.has_error)


def _nodes(language: Any, source: str, kinds: set[str]) -> Iterator[Any]:
    waiting = [get_parser(language).parse(source.encode()).root_node]
    while waiting:
        node = waiting.pop()
        if node.type in kinds:
            yield node
        else:
            waiting.extend(reversed(node.children))


def _between(node: Any, kinds: dict[str, str], quote: bytes) -> str:
    """Join the text between a literal's children, which the grammar has no nodes for, with what its children say."""
    start = node.start_byte
    pieces, at = [], len(quote)
    for child in node.children:
        if child.type in kinds:
            pieces.append(node.text[at : child.start_byte - start].decode())
            escape = kinds[child.type]
            pieces.append(_unescaped(child.text.decode(), escape) if escape else _named(child))
            at = child.end_byte - start
    return "".join([*pieces, node.text[at : len(node.text) - len(quote)].decode()])


def _named(node: Any) -> str:
    names = _VARIABLE.findall(node.text)
    assert len(names) <= 1, node.text
    return f"<{names[0].decode()}>" if names else "<variable of the program>"


def _unescaped(spelled: str, mark: str) -> str:
    assert spelled.startswith(mark)
    code = re.fullmatch(r"u\{([0-9A-Fa-f]+)\}", spelled[1:])
    return chr(int(code[1], 16)) if code else _SIMPLE.get(spelled[1:], spelled[1:])
