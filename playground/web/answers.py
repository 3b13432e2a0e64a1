"""Kept answers on the page: another view, another slice, find and filter, asked of the bytes that the server keeps.

Every address takes a POST with the answer's token, so no token is in an address, and answers a fragment for htmx and a
page of its own without it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from flask import Blueprint, make_response, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from playground.answers import filter as filters
from playground.answers.find import Match, find
from playground.answers.keep import Kept
from playground.contentviews.registry import body_of, fitting, show
from playground.contentviews.table import csv_text, whole_table
from playground.contentviews.view import MAX_SHOWN, Body, ContentView, Marks, Table, Text, View, Window
from playground.contract.verdict import Verdict
from playground.filenames import attachment, safe_name
from playground.mediatypes import OCTETS
from playground.text.wording import say
from playground.web.checked import check_again, kept_marks
from playground.web.errors import ErrorPage, answer_error
from playground.web.site import this_site, wants_fragment
from playground.web.visitor import visitor

bp = Blueprint("answers", __name__, url_prefix="/answers")

_ORDER = ("tree", "table", "rows", "parts", "text", "raw", "preview", "hex")


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerView:
    """`answer/_view.html` and `answer/index.html`: one view of an answer and what else can be asked of it.

    `token` names the kept answer, empty where none is kept; then there is nothing to ask. `views` are names and titles.
    `find` is the place of what was looked for, `filter` an expression, `problem` why it could not be applied. `count`
    is how many values a filter selects. `wrap` and `wide` are how the visitor wants it shown: long lines wrapped, over
    the whole page.
    """

    view: View
    views: tuple[tuple[str, str], ...]
    token: str = ""
    query: str = ""
    find: Match | None = None
    filter: str = ""
    problem: str = ""
    count: int | None = None
    wrap: bool = False
    wide: bool = False
    text: str = ""
    """What Copy takes where the view itself holds no text."""

    @classmethod
    def of_none(cls) -> AnswerView:
        """Return the view of an answer that has not come yet."""
        return cls(view=show(body_of(b"", "")), views=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """`answer/_verdict.html` and `answer/checked.html`: what the description says of the answer that `token` names.

    `whole` says that all of it was checked; otherwise a button asks for that where something was left out.
    """

    verdict: Verdict | None
    token: str = ""
    whole: bool = False


def first_view(body: Body, content_type: str, *, about: dict[str, Any], marks: Marks | None = None) -> AnswerView:
    """Return the best view of an answer that has just come, and keep the answer for what is asked of it next."""
    token = this_site().answers.put(visitor(), Kept(body=body, content_type=content_type, about=about))
    views = fitting(body) if body.data else ()
    shown = show(body, window=Window(marks=marks or {}), views=views)
    return AnswerView(view=shown, views=_titles(views), token=token or "", text=_text_to_copy(body, shown))


def _text_to_copy(body: Body, shown: View) -> str:
    if isinstance(shown.content, Text) or body.is_binary:
        return ""
    text = body.loose_text[0]
    return text if len(text) <= MAX_SHOWN else ""


def _views(body: Body) -> tuple[tuple[str, str], ...]:
    return _titles(fitting(body)) if body.data else ()


def _titles(views: Iterable[ContentView]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(((view.name, view.title) for view in views), key=lambda view: _ORDER.index(view[0])))


@bp.post("/view")
def view() -> ResponseReturnValue:
    """Show a kept answer by the view and order that are asked for, what a filter selects of it, a place in it."""
    kept, finding = _kept(), _count(request.form.get("finding", ""))
    filtered = _filtered(kept, "" if finding else request.form.get("filter", "").strip())
    query = "" if finding else request.form.get("find", "")[:1_000]
    match, problem = _match(filtered.body, query, filtered.problem)
    name = request.form.get("view", "table" if "sort" in request.form else request.form.get("shown", ""))
    window = _window(kept) if not filtered.expression else _window()
    if finding:
        name, window = _at(filtered.body, finding, window)
    elif match is not None and match.address is not None:
        window = replace(window, focus=match.address)
    page = AnswerView(
        view=show(filtered.body, name, window),
        views=_views(filtered.body),
        token=_token(),
        filter=filtered.expression,
        problem=problem,
        count=filtered.count,
        query=query,
        find=match,
        wrap="wrap" in request.form,
        wide="wide" in request.form,
    )
    page = replace(page, text=_text_to_copy(filtered.body, page.view))
    template = "answer/_view.html" if wants_fragment() else "answer/index.html"
    return make_response(render_template(template, page=page))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Selected:
    """What a filter leaves of an answer: all of it where there is none, or where it cannot be applied (`problem`)."""

    body: Body
    expression: str = ""
    problem: str = ""
    count: int | None = None


def _filtered(kept: Kept, expression: str) -> _Selected:
    if not expression:
        return _Selected(body=kept.body)
    try:
        selected = filters.apply(kept.body, expression)
    except filters.FilterError as error:
        return _Selected(body=kept.body, expression=expression, problem=str(error))
    body = body_of(selected.text.encode(), "application/json")
    return _Selected(body=body, expression=expression, count=selected.count)


def _match(body: Body, query: str, problem: str) -> tuple[Match | None, str]:
    number = request.form.get("number", "1")
    if not query:
        return None, problem
    try:
        return find(body, query, number=int(number) if number.isdecimal() and len(number) < 10 else 1), problem
    except ValueError:
        return None, say("Only text can be searched.")


def _at(body: Body, finding: int, window: Window) -> tuple[str, Window]:
    """Return the view and window that show the first node a finding is about."""
    nodes = (node for node, marks in window.marks.items() if finding in (number for number, _ in marks))
    item, pointer = next(nodes, (None, ""))
    if item is not None:
        return "rows", replace(window, start=item)
    try:
        node = body.json.follow(pointer)
    except (ValueError, RecursionError):
        node = None
    return "tree", window if node is None else replace(window, focus=node.address)


@bp.post("/check")
def check() -> ResponseReturnValue:
    """Compare all of a kept answer with its description."""
    kept = _kept()
    page = Checked(verdict=check_again(kept), token=_token(), whole=True)
    return make_response(
        render_template("answer/_verdict.html" if wants_fragment() else "answer/checked.html", page=page)
    )


@bp.post("/part")
def part() -> ResponseReturnValue:
    """Show more of a kept answer: a node's children, further rows or pieces."""
    kept, body = _kept(), None
    if expression := request.form.get("filter", "").strip():
        try:
            body = body_of(filters.apply(kept.body, expression).text.encode(), "application/json")
        except filters.FilterError as error:
            raise NotFound(str(error)) from None
    body = body or kept.body
    window = _window() if expression else _window(kept)
    shown = show(body, request.form.get("place", "").partition(" ")[0], window)
    page = AnswerView(view=shown, views=(), token=_token(), filter=expression)
    if wants_fragment():
        return make_response(render_template("answer/_part.html", page=page))
    return make_response(render_template("answer/index.html", page=replace(page, views=_views(body))))


@bp.post("/save")
def save() -> ResponseReturnValue:
    """Answer with all bytes that were kept, as a file that never runs on our origin."""
    kept = _kept()
    name = str(kept.about.get("file", "")) or None
    response = make_response(kept.body.data)
    response.headers["Content-Type"] = OCTETS
    response.headers["Content-Disposition"] = attachment(safe_name(name, kept.content_type, "answer"))
    response.headers["Content-Security-Policy"] = "sandbox"
    return response


@bp.post("/csv")
def csv() -> ResponseReturnValue:
    """Answer with the table that is shown, filtered and sorted, as comma-separated values, for copying or saving."""
    body = _kept().body
    try:
        if expression := request.form.get("filter", "").strip():
            body = body_of(filters.apply(body, expression).text.encode(), "application/json")
        table: Table = whole_table(body, _window().sorted_by)
    except (ValueError, RecursionError, filters.FilterError):
        raise NotFound(say("There is no table in this answer.")) from None
    response = make_response(csv_text(table))
    response.headers["Content-Type"] = "text/csv; charset=utf-8"
    response.headers["Content-Disposition"] = 'attachment; filename="answer.csv"'
    return response


@bp.errorhandler(NotFound)
def gone(error: NotFound) -> ResponseReturnValue:
    """Say in the place of a part why it is not there; htmx shows no answer that is an error."""
    if not wants_fragment():
        return answer_error(404, error.description)
    page = ErrorPage(title="", sentence=str(error.description))
    return make_response(render_template("answer/_gone.html", page=page))


def _token() -> str:
    return request.form.get("answer", "")


def _kept() -> Kept:
    kept = this_site().answers.get(_token())
    if kept is None:
        raise NotFound(say("This answer is not kept any longer: press Send again."))
    return kept


def _window(kept: Kept | None = None) -> Window:
    """Return what part is asked for: `place` is a view's name, a start and an address or `@` with a column.

    The start may be followed by `-` and where the part ends.
    """
    _, part, place = (*request.form.get("place", "").split(" ", 2), "", "", "")[:3]
    start, _, stop = part.partition("-")
    order = place[1:] if place.startswith("@") else request.form.get("sort", "")
    column = int(order) if re.fullmatch(r"-?\d{1,4}", order, re.ASCII) else None
    return Window(
        address="" if place.startswith("@") else place[:400],
        start=_count(start),
        stop=_count(stop),
        sorted_by=column,
        marks={} if kept is None else kept_marks(kept.about),
    )


def _count(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0
