"""The controls a browser submits from a page's form, by the HTML Standard ("constructing the entry list").

The page is parsed as browsers parse it (Lexbor); values are sanitised by their input's type, files are those a visitor
chose: a page cannot bring any.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeVar

from selectolax.lexbor import LexborHTMLParser, LexborNode

FileT = TypeVar("FileT")
Pair = tuple[str, str]

_SUBMITTABLE = "button, input, select, textarea"
_NO_TEXT = ("button", "image", "reset", "submit")
_ONE_LINE = ("text", "search", "tel", "url", "email", "password")
_BLANKS = "\t\n\f\r "
_DATE = re.compile(r"(\d{4,})-(\d{2})-(\d{2})")
_FLOAT = re.compile(r"-?(\d+|\d*\.\d+)([eE][+-]?\d+)?")


def submitted(
    html: str, chosen: Mapping[str, Sequence[FileT]] | None = None, *, form: str = "request"
) -> tuple[list[Pair], list[tuple[str, FileT]]]:
    """Return the texts and the files a form submits, in tree order, without a button.

    `chosen` are the files a visitor picked, by the name of their input; one that takes a single file takes the first.
    A page without that form counts as a part of it: every control in it belongs to the form.
    """
    root = LexborHTMLParser(html)
    owner = root.css_first(f"form#{form}")
    pairs: list[Pair] = []
    files: list[tuple[str, FileT]] = []
    picked = {name: list(some) for name, some in (chosen or {}).items()}
    for control in root.css(_SUBMITTABLE):
        name = control.attributes.get("name")
        if not name or _is_disabled(control) or (owner is not None and not _belongs(control, form)):
            continue
        if control.tag == "input" and _type_of(control) == "file":
            waiting = picked.get(name, [])
            taken = waiting if "multiple" in control.attributes else waiting[:1]
            files += [(name, file) for file in taken]
            picked[name] = waiting[len(taken) :]
        else:
            pairs += [(name, text) for text in _texts(control)]
    return pairs, files


def _belongs(control: LexborNode, form: str) -> bool:
    if "form" in control.attributes:
        return control.attributes["form"] == form
    parent = control.parent
    while parent is not None:
        if parent.tag == "form":
            return parent.attributes.get("id") == form
        parent = parent.parent
    return False


def _is_disabled(control: LexborNode) -> bool:
    if "disabled" in control.attributes:
        return True
    child, parent = control, control.parent
    while parent is not None:
        if parent.tag in ("datalist", "template"):
            return True
        if parent.tag == "fieldset" and "disabled" in parent.attributes:
            legend = next((child for child in parent.iter() if child.tag == "legend"), None)
            if legend is None or legend.mem_id != child.mem_id:
                return True
        child, parent = parent, parent.parent
    return False


def _type_of(control: LexborNode) -> str:
    return (control.attributes.get("type") or "text").lower()


def _texts(control: LexborNode) -> Iterator[str]:
    if control.tag == "select":
        yield from _selected(control)
    elif control.tag == "textarea":
        yield _with_crlf(control.text(deep=True, strip=False))
    elif control.tag == "input" and _type_of(control) not in _NO_TEXT:
        kind, value = _type_of(control), control.attributes.get("value")
        if kind in ("checkbox", "radio"):
            if "checked" in control.attributes:
                yield "on" if value is None and "value" not in control.attributes else value or ""
        else:
            yield _with_crlf(_sanitised(kind, value or ""))


def _with_crlf(text: str) -> str:
    """Normalise line breaks as the entry list of `multipart/form-data` has them."""
    return re.sub(r"\r\n|\r|\n", "\r\n", text)


def _sanitised(kind: str, value: str) -> str:
    """Apply the value sanitisation algorithm of an input's type."""
    if kind in _ONE_LINE:
        value = re.sub(r"[\r\n]", "", value)
        return value.strip(_BLANKS) if kind in ("url", "email") else value
    if kind == "date":
        return value if _is_date(value) else ""
    if kind in ("number", "range"):
        return value if _FLOAT.fullmatch(value) else ""
    return value


def _is_date(value: str) -> bool:
    found = _DATE.fullmatch(value)
    if found is None:
        return False
    year, month, day = map(int, found.groups())
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    days = (31, 29 if leap else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
    return year > 0 and 1 <= month <= 12 and 1 <= day <= days[month - 1]


def _selected(select: LexborNode) -> Iterator[str]:
    options = select.css("option")
    chosen = [option for option in options if "selected" in option.attributes]
    if "multiple" not in select.attributes:
        enabled = [option for option in options if "disabled" not in option.attributes]
        chosen = chosen[-1:] or enabled[:1]
    for control in chosen:
        if "disabled" not in control.attributes:
            yield _value_of(control)


def _value_of(option: LexborNode) -> str:
    if "value" in option.attributes:
        return option.attributes["value"] or ""
    return " ".join(option.text(deep=True, strip=False).split())
