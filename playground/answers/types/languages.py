"""Shapes written as TypeScript, as Python (`TypedDict`, Pydantic) and as Go."""

from __future__ import annotations

import json
import keyword
import re
from collections.abc import Callable, Mapping
from typing import Final

from playground.answers.types.shape import Member, Shape, Shapes, type_name
from playground.text.visible import reveal

_LONGEST_TEXT = 160
_IDENTIFIER = re.compile(r"[A-Za-z_$][A-Za-z0-9_$]*")
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_RESERVED = frozenset(
    (
        "model_config", "copy", "json", "schema", "validate", "construct", "from_orm",
        "bool", "dict", "float", "int", "list", "str",
    )
)  # fmt: skip
"""Names of members that a model of Pydantic has, or that its annotations mean something else by."""


def _text(text: str) -> str:
    """Return a description as one line of a comment."""
    return reveal(text[:_LONGEST_TEXT]).replace("*/", "* /")


def typescript(shapes: Shapes) -> str:
    """Return interfaces, and the answer's own type where that is none."""
    pieces = [_interface(name, members) for name, members in shapes.objects.items()]
    if shapes.root.kind != "object":
        pieces.insert(0, f"export type {_root_name(shapes)} = {_typescript(shapes.root)};\n")
    return "\n".join(pieces)


def _interface(name: str, members: tuple[Member, ...]) -> str:
    lines = [f"export interface {name} {{"]
    for member in members:
        if member.text:
            lines.append(f"  /** {_text(member.text)} */")
        key = member.name if _IDENTIFIER.fullmatch(member.name) else _quoted(member.name)
        lines.append(f"  {key}{'?' if member.optional else ''}: {_typescript(member.shape)};")
    return "\n".join([*lines, "}", ""])


def _typescript(shape: Shape) -> str:
    match shape.kind:
        case "object":
            return shape.name
        case "list":
            inner = _typescript(shape.inner[0])
            return f"({inner})[]" if " | " in inner else f"{inner}[]"
        case "map":
            return f"Record<string, {_typescript(shape.inner[0])}>"
        case "union":
            return " | ".join(dict.fromkeys(map(_typescript, shape.inner)))
        case "str" if shape.literals:
            return " | ".join(map(_quoted, shape.literals))
        case kind:
            names = {"any": "unknown", "null": "null", "bool": "boolean", "int": "number", "float": "number"}
            return names.get(kind, "string")


def typed_dict(shapes: Shapes) -> str:
    """Return `TypedDict`s; one with a member that is no name of Python's is made by a call."""
    pieces = [_typed_dict(name, members) for name, members in shapes.objects.items()]
    if shapes.root.kind != "object":
        pieces.append(f'{_root_name(shapes)}: TypeAlias = "{_python(shapes.root)}"\n')
    body = "\n\n".join(pieces)
    typing = [name for name in ("Any", "Literal", "NotRequired", "TypeAlias", "TypedDict") if _uses(body, name)]
    return f"from __future__ import annotations\n\nfrom typing import {', '.join(typing)}\n\n\n{body}"


def _typed_dict(name: str, members: tuple[Member, ...]) -> str:
    if all(_is_python_name(member.name) for member in members):
        lines = [f"class {name}(TypedDict):"]
        for member in members:
            if member.text:
                lines.append(f"    # {_text(member.text)}")
            lines.append(f"    {member.name}: {_needed(member)}")
        return "\n".join(lines if members else [*lines, "    pass"]) + "\n"
    items = "".join(f"        {_quoted(member.name)}: {_quoted(_needed(member))},\n" for member in members)
    return f'{name} = TypedDict(\n    "{name}",\n    {{\n{items}    }},\n)\n'


def _needed(member: Member) -> str:
    text = _python(member.shape)
    return f"NotRequired[{text}]" if member.optional else text


def pydantic(shapes: Shapes) -> str:
    """Return Pydantic models (version 2); a member that is no name of Python's gets an alias."""
    pieces = [_model(name, members, frozenset(shapes.objects)) for name, members in shapes.objects.items()]
    if shapes.root.kind != "object":
        pieces.append(f"class {_root_name(shapes)}(RootModel[{_python(shapes.root)}]):\n    pass\n")
    body = "\n\n".join(pieces)
    typing = [name for name in ("Any", "Literal") if _uses(body, name)]
    imports = [name for name in ("BaseModel", "Field", "RootModel") if _uses(body, name)]
    lines = ["from __future__ import annotations", ""]
    lines += [f"from typing import {', '.join(typing)}", ""] if typing else []
    lines += [f"from pydantic import {', '.join(imports)}", "", "", body]
    return "\n".join(lines)


def _model(name: str, members: tuple[Member, ...], types: frozenset[str]) -> str:
    lines = [f"class {name}(BaseModel):"]
    taken = set(types)
    for member in members:
        own = _python_name(member.name, taken)
        text = _python(member.shape)
        if member.optional and "None" not in text.split(" | ") and text != "Any":
            text += " | None"
        default = ["default=None"] if member.optional else []
        alias = [f"alias={_quoted(member.name)}"] if own != member.name else []
        value = f" = Field({', '.join(default + alias)})" if alias else " = None" if default else ""
        if member.text:
            lines.append(f"    # {_text(member.text)}")
        lines.append(f"    {own}: {text}{value}")
    return "\n".join(lines if members else [*lines, "    pass"]) + "\n"


def _python(shape: Shape) -> str:
    match shape.kind:
        case "object":
            return shape.name
        case "list":
            return f"list[{_python(shape.inner[0])}]"
        case "map":
            return f"dict[str, {_python(shape.inner[0])}]"
        case "union":
            return " | ".join(dict.fromkeys(map(_python, shape.inner)))
        case "str" if shape.literals:
            return f"Literal[{', '.join(map(_quoted, shape.literals))}]"
        case kind:
            return {"any": "Any", "null": "None"}.get(kind, kind)


def go(shapes: Shapes) -> str:
    """Return structs; what may be one of several types is `any`."""
    pieces = [_struct(name, members) for name, members in shapes.objects.items()]
    if shapes.root.kind != "object":
        pieces.insert(0, f"type {_root_name(shapes)} {_go(shapes.root)}\n")
    return "package answer\n\n" + "\n".join(pieces)


def _struct(name: str, members: tuple[Member, ...]) -> str:
    lines = [f"type {name} struct {{"]
    taken: set[str] = set()
    for member in members:
        own, number = type_name(member.name), 2
        while own in taken:
            own, number = f"{type_name(member.name)}{number}", number + 1
        taken.add(own)
        if re.search(r'[",`\\\x00-\x1f\x7f]', member.name):
            continue  # no tag can name it
        kind = _go(member.shape)
        if member.optional and not kind.startswith(("*", "[]", "map[")) and kind != "any":
            kind = f"*{kind}"
        if member.text:
            lines.append(f"\t// {_text(member.text)}")
        lines.append(f'\t{own} {kind} `json:"{member.name}{",omitempty" if member.optional else ""}"`')
    return "\n".join([*lines, "}", ""])


def _go(shape: Shape) -> str:
    match shape.kind:
        case "object":
            return shape.name
        case "list":
            return f"[]{_go(shape.inner[0])}"
        case "map":
            return f"map[string]{_go(shape.inner[0])}"
        case "union":
            rest = [part for part in shape.inner if part.kind != "null"]
            if len(rest) != 1 or len(rest) == len(shape.inner):
                return "any"
            inner = _go(rest[0])
            return inner if inner.startswith(("[]", "map[")) or inner == "any" else f"*{inner}"
        case kind:
            return {"bool": "bool", "int": "int64", "float": "float64", "str": "string"}.get(kind, "any")


def _root_name(shapes: Shapes) -> str:
    name = "Answer"
    while name in shapes.objects:
        name += "Root"
    return name


def _uses(text: str, name: str) -> bool:
    return re.search(rf"\b{name}\b", text) is not None


def _is_python_name(name: str) -> bool:
    return _NAME.fullmatch(name) is not None and not keyword.iskeyword(name)


def _python_name(name: str, taken: set[str]) -> str:
    own = re.sub(r"\W", "_", name, flags=re.ASCII).strip("_") or "member"
    own = f"n{own}" if own[0].isdigit() else own
    own = f"{own}_" if keyword.iskeyword(own) or own in _RESERVED or own.startswith("model_") else own
    base, number = own, 2
    while own in taken:
        own, number = f"{base}_{number}", number + 1
    taken.add(own)
    return own


def _quoted(text: str) -> str:
    return json.dumps(text)


LANGUAGES: Final[Mapping[str, tuple[str, str, Callable[[Shapes], str]]]] = {
    "typescript": ("TypeScript", "ts", typescript),
    "typeddict": ("Python TypedDict", "py", typed_dict),
    "pydantic": ("Pydantic", "py", pydantic),
    "go": ("Go", "go", go),
}
"""By id: its name, the ending of its files, what writes it."""
