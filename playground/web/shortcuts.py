"""The keys that work, in one place: the sheet behind `?`, its page for browsers without scripts, and docs/keyboard.md.

The scripts that listen are `static/js/shortcuts.js` and `static/js/palette.js`. Keys without Ctrl or Cmd rest while one
types, and can be turned off (WCAG 2.2, 2.1.4).
"""

from __future__ import annotations

from flask import Blueprint, Response, make_response, render_template, request

from playground.web.contexts import Shortcut, ShortcutsPage

SHORTCUTS = (
    Shortcut(keys=(("Ctrl", "Enter"),), does="Send", where="On an operation, also while you type"),
    Shortcut(keys=(("Enter",),), does="Send", where="In a field of one line"),
    Shortcut(keys=(("Esc",),), does="Give up a Send that is under way", where="On an operation"),
    Shortcut(keys=(("Ctrl", "."),), does="Copy the answer", where="On an operation"),
    Shortcut(keys=(("Ctrl", "J"),), does="Download the answer", where="On an operation"),
    Shortcut(
        keys=(("Ctrl", "S"),),
        does="Add the request to a scenario; save a scenario",
        where="On an operation; on a scenario",
    ),
    Shortcut(keys=(("Ctrl", "K"),), does="Search operations and APIs", where="Everywhere"),
    Shortcut(keys=(("/",),), does="Search operations and APIs", where="Everywhere but in a field", single=True),
    Shortcut(keys=(("↑",), ("↓",)), does="Choose among what was found; Enter opens it", where="In the search"),
    Shortcut(keys=(("←",), ("→",)), does="Another language, another view", where="In a row of choices"),
    Shortcut(keys=(("Esc",),), does="Close what stands above the page", where="Everywhere"),
    Shortcut(keys=(("Ctrl", "/"),), does="Show or close this list", where="Everywhere"),
    Shortcut(keys=(("?",),), does="Show or close this list", where="Everywhere but in a field", single=True),
)

bp = Blueprint("shortcuts", __name__)


@bp.get("/shortcuts")
def page() -> Response:
    """Show the list as a page, or as what the sheet holds."""
    template = "_list" if request.headers.get("HX-Request") == "true" else "index"
    answer = make_response(render_template(f"shortcuts/{template}.html", page=ShortcutsPage(shortcuts=SHORTCUTS)))
    answer.vary.add("HX-Request")
    return answer


def as_markdown() -> str:
    """Return the list as the table of docs/keyboard.md."""
    lines = ["| Keys | do | where |", "|---|---|---|"]
    for one in SHORTCUTS:
        keys = " or ".join("+".join(f"<kbd>{key}</kbd>" for key in combination) for combination in one.keys)
        lines.append(f"| {keys} | {one.does} | {one.where} |")
    return "\n".join(lines) + "\n"
