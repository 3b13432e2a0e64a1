"""The keys that work, in one place: the sheet behind `?`, its page for browsers without scripts, and docs/keyboard.md.

The scripts that listen are `static/js/page/shortcuts.js` and `static/js/palette/palette.js`. Keys without Ctrl or Cmd
rest while one types, and can be turned off (WCAG 2.2, 2.1.4).
"""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, Response, make_response, render_template

from playground.text.wording import say
from playground.web.site import wants_fragment


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortcut:
    """One line of the list of keys: combinations that do it, each a tuple of keys. `single` ones can be turned off."""

    keys: tuple[tuple[str, ...], ...]
    does: str
    where: str
    single: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ShortcutsPage:
    """`help/index.html`, `_list.html`, `_keys.html`: the keys that work, in order."""

    shortcuts: tuple[Shortcut, ...]


CTRL, ENTER = say("Ctrl"), say("Enter")
SHORTCUTS = (
    Shortcut(keys=((CTRL, ENTER),), does=say("Send"), where=say("On an operation, also while you type")),
    Shortcut(keys=((ENTER,),), does=say("Send"), where=say("In a field of one line")),
    Shortcut(keys=(("Esc",),), does=say("Cancel a Send"), where=say("On an operation")),
    Shortcut(keys=((CTRL, "."),), does=say("Copy the answer"), where=say("On an operation")),
    Shortcut(keys=((CTRL, "J"),), does=say("Download the answer"), where=say("On an operation")),
    Shortcut(
        keys=((CTRL, "S"),),
        does=say("Add the request to a scenario; save a scenario"),
        where=say("On an operation; on a scenario"),
    ),
    Shortcut(keys=((CTRL, "K"),), does=say("Search operations and APIs"), where=say("Everywhere")),
    Shortcut(
        keys=(("/",),), does=say("Search operations and APIs"), where=say("Everywhere but in a field"), single=True
    ),
    Shortcut(keys=(("↑",), ("↓",)), does=say("Choose a result; Enter opens it"), where=say("In the search")),
    Shortcut(keys=(("←",), ("→",)), does=say("Another language, another view"), where=say("In a row of choices")),
    Shortcut(keys=(("Esc",),), does=say("Close the open dialog or list"), where=say("Everywhere")),
    Shortcut(keys=((CTRL, "/"),), does=say("Show or close this list"), where=say("Everywhere")),
    Shortcut(keys=(("?",),), does=say("Show or close this list"), where=say("Everywhere but in a field"), single=True),
)

bp = Blueprint("shortcuts", __name__)


@bp.get("/shortcuts")
def page() -> Response:
    """Show the list as a page, or as what the sheet holds."""
    template = "_list" if wants_fragment() else "index"
    answer = make_response(render_template(f"help/{template}.html", page=ShortcutsPage(shortcuts=SHORTCUTS)))
    answer.vary.add("HX-Request")
    return answer


def as_markdown() -> str:
    """Return the list as the table of docs/keyboard.md."""
    lines = ["| Keys | do | where |", "|---|---|---|"]
    for shortcut in SHORTCUTS:
        keys = " or ".join("+".join(f"<kbd>{key}</kbd>" for key in combination) for combination in shortcut.keys)
        lines.append(f"| {keys} | {shortcut.does} | {shortcut.where} |")
    return "\n".join(lines) + "\n"
