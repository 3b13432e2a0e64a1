"""ES modules of `static/js` joined into one script.

A page asks for few files, so what is loaded together is sent together. The modules stay modules: they run in Node and
are checked by TypeScript as they are. In the joined script they follow each other in the order of their imports, inside
one function, so that nothing is a global name: what holds credentials can be reached by no other script, as a module
with an address of its own could. A module that exports nothing is a block; the names at the top of those that export
are common to the script, and no two may be the same. Only `import {...}` of a relative path and exported declarations
of constants, functions and classes are understood: anything else stops the start.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

_IMPORT = re.compile(r'^import (?:\{(?P<names>[^{}]*)\} from )?"(?P<path>\.[^"]*)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:const|class|function|async function) (\w+))", re.MULTILINE)
_DECLARED = re.compile(r"^(?:const|let|class|function|async function) (\w+|[{\[])", re.MULTILINE)
_OTHER = re.compile(r"^(?:import|export)\b(?!\()", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Module:
    """A module's path below `static/js`, its code without imports and the word `export`, and what it names.

    `names` are those at its top that another module of the same script must not have: all, where it exports any.
    """

    path: str
    code: str
    imports: tuple[str, ...]
    exports: tuple[str, ...]
    names: tuple[str, ...]


def read_module(root: Path, path: str) -> Module:
    """Read a module below `root`. Raises `ValueError` for a form of import or export that is not understood."""
    source = (root / path).read_text("utf-8")
    imports = tuple(_resolve(path, found["path"]) for found in _IMPORT.finditer(source))
    if any(" as " in (found["names"] or "") for found in _IMPORT.finditer(source)):
        raise ValueError(f"{path} imports something under another name")
    exports = tuple(found[1] for found in _EXPORT.finditer(source))
    code = _EXPORT.sub("", _IMPORT.sub("", source))
    if other := _OTHER.search(code):
        line = code[other.start() :].partition("\n")[0]
        raise ValueError(f"{path} has an import or export that cannot be joined: {line}")
    names = tuple(_DECLARED.findall(code)) if exports else ()
    if not {"{", "["}.isdisjoint(names):
        raise ValueError(f"{path} exports something, so each name at its top needs a declaration of its own")
    return Module(path=path, code=code, imports=imports, exports=exports, names=names)


def join_modules(root: Path, entries: Iterable[str], *, shrink: Callable[[str], str], is_module: bool) -> str:
    """Return one script of the modules `entries` (paths below `root`) and of all that they import.

    `shrink` is given each module's code. With `is_module` the script is itself a module that exports what the entries
    export; else it is a classic script that leaves no name behind. Raises `ValueError` for imports in a circle and for
    a name that two of the modules have in common.
    """
    entries = tuple(entries)
    modules = _in_order(root, entries)
    names = [name for module in modules for name in module.names]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise ValueError(f"two modules of one script name something {', '.join(twice)}")
    codes = [(module.exports, shrink(module.code)) for module in modules]
    joined = "\n".join(code if exports else f"{{{code}}}" for exports, code in codes)
    if not is_module:
        return f'(()=>{{"use strict";{joined}}})();'
    exported = ",".join(name for module in modules if module.path in entries for name in module.exports)
    return f"{joined}\nexport{{{exported}}};"


def _in_order(root: Path, entries: Iterable[str]) -> tuple[Module, ...]:
    done: dict[str, Module] = {}

    def visit(path: str, importing: tuple[str, ...]) -> Iterator[Module]:
        if path in importing:
            raise ValueError(f"modules import each other: {' -> '.join((*importing, path))}")
        if path in done:
            return
        module = read_module(root, path)
        for imported in module.imports:
            yield from visit(imported, (*importing, path))
        done[path] = module
        yield module

    return tuple(module for path in entries for module in visit(path, ()))


def _resolve(path: str, relative: str) -> str:
    parts: list[str] = []
    for part in (*PurePosixPath(path).parent.parts, *PurePosixPath(relative).parts):
        if part == "..":
            parts.pop()
        elif part != ".":
            parts.append(part)
    return "/".join(parts)
