"""Schemas as TypeScript types (JSON Schema 2020-12), their comments, and the names of types and operations."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal, TypeAlias

from playground.catalog.model import Definitions, Schema
from playground.catalog.names import client_name
from playground.request.bodies.form import is_binary
from playground.schema.flatten import flatten, is_null, real_branches, reference_key, resolve
from playground.schema.mapping import as_mapping, names_of, schema_list, schema_map, text_of, values_of
from playground.schema.types import types_of
from playground.snippets.languages.javascript import literals as js
from playground.text.visible import has_hidden, is_hidden

Mode: TypeAlias = Literal["input", "output"]
"""Which way a value goes: requests have no read-only members, responses no write-only ones."""

UNKNOWN, NEVER, ANY_OBJECT = "unknown", "never", "{ [key: string]: unknown }"
_DEEPEST = 30
_MOST_LITERALS = 400
_INPUT_FILE, _OUTPUT_FILE = "FileArgument", "string"


@dataclass(frozen=True, slots=True, kw_only=True)
class Naming:
    """How types are written.

    `name(key, mode)` returns a definition's name; `barred(key, choice)` tells whether naming it here, as a branch of a
    choice or not, would make a type its own alias.
    """

    definitions: Definitions
    name: Callable[[str, Mode], str]
    barred: Callable[[str, bool], bool] = lambda key, choice: False
    mode: Mode = "output"

    def below(self) -> Naming:
        """Return the naming for members: TypeScript reads those only when needed, so nothing is barred."""
        return replace(self, barred=lambda key, choice: False)


def write_type(schema: Schema, naming: Naming, *, indent: str = "", depth: int = 0) -> str:
    """Return the type of a schema; lines after the first begin with `indent`. Never raises for a strange schema."""
    if schema is False:
        return NEVER
    plain = as_mapping(schema)
    if not plain or depth > _DEEPEST:
        return UNKNOWN
    literals = _literals(plain)
    if literals:
        return literals
    parts = [part for part in _parts(plain, naming, indent, depth) if part and part != UNKNOWN]
    parts = list(dict.fromkeys(parts)) or [_own(plain, naming, indent, depth, composed=False) or UNKNOWN]
    text = " & ".join(_grouped(part, "&") for part in parts) if len(parts) > 1 else parts[0] if parts else UNKNOWN
    if text == UNKNOWN:
        return "null" if plain.get("type") in ("null", ["null"]) else UNKNOWN
    return _with_null(text) if _says_null(plain, naming.definitions) else text


def write_members(
    properties: Mapping[str, Schema], required: frozenset[str], naming: Naming, *, indent: str, depth: int = 0
) -> str:
    """Return the lines of an object type's members, each with its comment; what the mode does not know is left out."""
    lines = []
    hidden = "readOnly" if naming.mode == "input" else "writeOnly"
    for name, schema in properties.items():
        plain = as_mapping(schema)
        shown = resolve(schema, naming.definitions) if "$ref" in plain else plain
        if shown.get(hidden) is True:
            continue
        lines.append(
            comment([text_of(plain, "description")], indent=indent, deprecated=plain.get("deprecated") is True)
        )
        text = write_type(schema, naming.below(), indent=indent, depth=depth + 1)
        lines.append(f"{indent}{member_name(name)}{'' if name in required else '?'}: {text};\n")
    return "".join(lines)


def member_name(name: str) -> str:
    """Return a member's name as TypeScript reads it, quoted where it is no plain identifier."""
    return name if name.isascii() and name.isidentifier() and name != "__proto__" else js.string(name)


def union(texts: list[str]) -> str:
    """Return the union of types, each once."""
    known = list(dict.fromkeys(texts))
    if UNKNOWN in known or not known:
        return UNKNOWN
    known = [text for text in known if text != NEVER] or [NEVER]
    return " | ".join(_grouped(text, "|") for text in known) if len(known) > 1 else known[0]


def _parts(plain: Mapping[str, Any], naming: Naming, indent: str, depth: int) -> list[str]:
    """Return the types that must all hold: the reference, the schema's own keywords, `allOf`, and each choice."""
    parts = []
    key = reference_key(plain)
    if key is not None and key in naming.definitions and not naming.barred(key, False):
        parts.append(naming.name(key, naming.mode))
    composed = key is not None or any(keyword in plain for keyword in ("allOf", "oneOf", "anyOf"))
    parts.append(_own(plain, naming, indent, depth, composed=composed))
    united = schema_list(plain, "allOf")
    parts += [write_type(member, naming, indent=indent, depth=depth + 1) for member in united]
    for keyword in ("oneOf", "anyOf"):
        branches = real_branches(plain, keyword, naming.definitions)
        if any(naming.barred(branch, True) for branch in map(reference_key, branches) if branch is not None):
            continue
        if branches:
            parts.append(union([write_type(branch, naming, indent=indent, depth=depth + 1) for branch in branches]))
    return parts


def _own(plain: Mapping[str, Any], naming: Naming, indent: str, depth: int, *, composed: bool) -> str:
    """Return the type of the schema's own `type` and its like; `composed`: only what adds to the other parts."""
    if is_binary({name: value for name, value in plain.items() if name != "$ref"}, naming.definitions):
        return _file(plain, naming)
    types = types_of(plain)
    if composed and types == ("array",) and "items" not in plain:
        return ""
    texts = []
    for kind in types:
        if kind == "array":
            texts.append(_array(plain, naming, indent, depth))
        elif kind == "object":
            texts.append(_object(plain, naming, indent, depth, composed=composed))
        else:
            texts.append("number" if kind == "integer" else kind)
    return union(texts) if texts and all(texts) else ""


def _file(plain: Mapping[str, Any], naming: Naming) -> str:
    text = _INPUT_FILE if naming.mode == "input" else _OUTPUT_FILE
    return f"{text}[]" if types_of(plain) == ("array",) else text


def _array(plain: Mapping[str, Any], naming: Naming, indent: str, depth: int) -> str:
    items = plain.get("items", True)
    if not isinstance(items, Mapping | bool):
        items = True
    return _grouped(write_type(items, naming.below(), indent=indent, depth=depth + 1), "[]") + "[]"


def _object(plain: Mapping[str, Any], naming: Naming, indent: str, depth: int, *, composed: bool) -> str:
    properties = schema_map(plain, "properties")
    demanded = _demanded(plain, properties, naming, composed=composed)
    extra = plain.get("additionalProperties")
    if not properties and not demanded:
        if isinstance(extra, Mapping) and extra:
            text = write_type(extra, naming.below(), indent=f"{indent}  ", depth=depth + 1)
            return f"{{ [key: string]: {text} }}"
        return "" if composed else ANY_OBJECT
    inner = f"{indent}  "
    required = frozenset(names_of(plain, "required"))
    lines = write_members(properties, required, naming, indent=inner, depth=depth)
    lines += "".join(f"{inner}{member_name(name)}: {UNKNOWN};\n" for name in demanded)
    if isinstance(extra, Mapping) or extra is True or schema_map(plain, "patternProperties"):
        # Any narrower type would have to fit every member named above.
        lines += f"{inner}[key: string]: {UNKNOWN};\n"
    return f"{{\n{lines}{indent}}}" if lines else ANY_OBJECT


def _demanded(
    plain: Mapping[str, Any], properties: Mapping[str, Schema], naming: Naming, *, composed: bool
) -> list[str]:
    """Return required names that another part describes: here they only stop being optional.

    A name that no part describes is not demanded: a slip in the description would make the operation unusable. A schema
    of `required` alone is a part of one that is not known here; for answers it is believed.
    """
    names = [name for name in names_of(plain, "required") if name not in properties]
    if not names or (not properties and not composed and naming.mode == "output"):
        return names
    whole = schema_map(flatten(plain, naming.definitions), "properties")
    one_way = "readOnly" if naming.mode == "input" else "writeOnly"
    return [
        name for name in names if name in whole and resolve(whole[name], naming.definitions).get(one_way) is not True
    ]


def _literals(plain: Mapping[str, Any]) -> str:
    values = (plain["const"],) if "const" in plain else values_of(plain, "enum")
    texts = []
    for value in values[: _MOST_LITERALS + 1]:
        if isinstance(value, str):
            texts.append(js.string(value))
        elif value is None or isinstance(value, bool):
            texts.append({None: "null", True: "true", False: "false"}[value])
        elif isinstance(value, int) and abs(value) < 2**53:
            texts.append(str(value))
        else:
            return ""
    if len(texts) > _MOST_LITERALS:
        return ""
    if texts and plain.get("nullable") is True:
        texts.append("null")
    return union(texts) if texts else ""


def _says_null(plain: Mapping[str, Any], definitions: Definitions) -> bool:
    named = plain.get("type")
    if plain.get("nullable") is True or named == "null" or (isinstance(named, list | tuple) and "null" in named):
        return True
    if None in values_of(plain, "enum"):
        return True
    branches = (*schema_list(plain, "oneOf"), *schema_list(plain, "anyOf"))
    return any(is_null(branch, definitions) for branch in branches)


def _with_null(text: str) -> str:
    return "null" if text == NEVER else f"{_grouped(text, '|')} | null"


def _grouped(text: str, operator: str) -> str:
    """Return the type in brackets where it would fall apart beside `operator` (`&`, `|`, `[]`)."""
    loose = _top_level(text)
    if operator == "|":
        return text
    apart = " | " in loose or (operator == "[]" and " & " in loose)
    return f"({text})" if apart else text


def _top_level(text: str) -> str:
    """Return a type's text without what is in brackets or quotation marks."""
    outside, depth, quoted, at = [], 0, False, 0
    while at < len(text):
        character = text[at]
        if quoted:
            if character == "\\":
                at += 1
            elif character == "'":
                quoted = False
        elif character == "'":
            quoted = True
        elif text.startswith("/*", at):
            at = text.index("*/", at) + 1
        elif character in "{([":
            depth += 1
        elif character in "})]":
            depth -= 1
        elif depth == 0:
            outside.append(character)
        at += 1
    return "".join(outside)


_TAG = re.compile(r"(?<![\w\\])@")
_LONGEST_LINE = 110


def comment(paragraphs: Iterable[str], *, indent: str = "", deprecated: bool = False, longest: int = 600) -> str:
    """Return a comment of these paragraphs with its line end, or an empty string where they are empty.

    Each paragraph is cut at `longest` characters and broken into lines. `*/` cannot appear, nor `@ts-…` or any other
    tag: TypeScript reads some of them even in a block comment.
    """
    blocks = [lines for lines in (_lines(text[: longest * 2], longest) for text in paragraphs) if lines]
    if deprecated:
        blocks.append(("@deprecated",))
    if not blocks:
        return ""
    lines = [line for position, block in enumerate(blocks) for line in (*([""] if position else []), *block)]
    if len(lines) == 1:
        return f"{indent}/** {lines[0]} */\n"
    body = "".join(f"{indent} * {line}".rstrip() + "\n" for line in lines)
    return f"{indent}/**\n{body}{indent} */\n"


@functools.lru_cache(maxsize=4096)  # large descriptions repeat one sentence for thousands of parameters
def _lines(text: str, longest: int) -> tuple[str, ...]:
    shown = "".join(" " if is_hidden(character) else character for character in text) if has_hidden(text) else text
    words = " ".join(shown.split())
    if len(words) > longest:
        words = words[:longest].rsplit(" ", 1)[0] + " …"
    safe = _TAG.sub(r"\\@", words.replace("*/", "*\\/"))
    lines: list[str] = []
    for word in safe.split():
        if lines and len(lines[-1]) + len(word) < _LONGEST_LINE:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return tuple(lines)


MOST_PARTS = 16
"""A dotted name with more parts is one method under the whole name, not that many nested objects."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OperationNames:
    """One operation's names.

    `alias` is the camel-split one, empty where it is the canonical one or another operation's. `wire` is the name in a
    gateway's address: one that UTDK gateways know too, unless it could mean another operation.
    """

    canonical: str
    alias: str
    wire: str


class Identifiers:
    """Makes type names that are identifiers and unique; `reserved` ones are never used."""

    def __init__(self, reserved: Iterable[str] = ()) -> None:
        self._taken = set(reserved)

    def take(self, name: str, suffixes: tuple[str, ...] = ("",)) -> str:
        """Return a name like this that is free, alone or with each of the suffixes."""
        base = pascal(name)[:200]
        identifier, number = base, 1
        while any(identifier + suffix in self._taken for suffix in suffixes):
            number += 1
            identifier = f"{base}_{number}"
        self._taken.update(identifier + suffix for suffix in suffixes)
        return identifier


def pascal(name: str) -> str:
    """Return a name as an ASCII type name: `checkout.session` -> `CheckoutSession`, `2fa` -> `_2fa`."""
    words = re.findall(r"[A-Za-z0-9]+", name)
    text = "".join(word[:1].upper() + word[1:] for word in words) or "Unnamed"
    return f"_{text}" if text[0].isdigit() else text


def client_type(provider: str) -> str:
    """Return the name of a provider's client type; `create` before it names the function that makes a client."""
    return f"{pascal(provider)}Client"


def name_operations(operations: Iterable[tuple[str, str]]) -> tuple[OperationNames, ...]:
    """Return the names of a provider's operations in their order; each is a canonical name and an operationId."""
    listed = [(name, raw, client_name(raw) if raw else "") for name, raw in operations]
    claims: dict[str, set[str]] = {}
    for name, raw, client in listed:
        for claimed in {name, raw, client} - {""}:
            claims.setdefault(claimed, set()).add(name)
    canonical = {name for name, _, _ in listed}
    aliases: set[str] = set()
    named = []
    for name, _, client in listed:
        alias = client if client and client not in canonical and client not in aliases else ""
        aliases.add(alias)
        wire = client if claims.get(client) == {name} else name
        named.append(OperationNames(canonical=name, alias=alias, wire=wire))
    return tuple(named)


def path_of(name: str) -> tuple[str, ...]:
    """Return the members a method's name goes through: `repos.list` is `list` of `repos`."""
    parts = tuple(name.split("."))
    return parts if len(parts) <= MOST_PARTS else (name,)
