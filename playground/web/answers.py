"""Kept answers on the page: another view, another slice, find and filter, asked of the bytes that the server keeps.

Every address takes a POST with the answer's token, so no token is in an address, and answers a fragment for htmx and a
page of its own without it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from flask import Blueprint, make_response, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from playground.answers import filter as filters
from playground.answers.find import Match, find
from playground.answers.keep import Kept
from playground.contentviews.registry import body_of, fitting, show
from playground.contentviews.table import csv_text, whole_table
from playground.contentviews.view import MAX_SHOWN, Body, Table, Text, View, Window
from playground.filenames import attachment, safe_name
from playground.mediatypes import OCTETS
from playground.text.wording import say
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
    is how many values a filter selects.
    """

    view: View
    views: tuple[tuple[str, str], ...]
    token: str = ""
    query: str = ""
    find: Match | None = None
    filter: str = ""
    problem: str = ""
    count: int | None = None
    text: str = ""
    """What Copy takes where the view itself holds no text."""


def first_view(data: bytes, content_type: str, *, truncated: bool, about: dict[str, str]) -> AnswerView:
    """Return the best view of an answer that has just come, and keep the answer for what is asked of it next."""
    body = body_of(data, content_type, truncated=truncated)
    token = this_site().answers.put(visitor(), data, content_type, about, truncated=truncated)
    shown = show(body)
    return AnswerView(view=shown, views=_views(body), token=token or "", text=_text_to_copy(body, shown))


def _text_to_copy(body: Body, shown: View) -> str:
    if isinstance(shown.content, Text) or body.is_binary:
        return ""
    return body.loose_text[0][:MAX_SHOWN]


def _views(body: Body) -> tuple[tuple[str, str], ...]:
    views = [(view.name, view.title) for view in fitting(body)] if body.data else []
    return tuple(sorted(views, key=lambda view: _ORDER.index(view[0])))


@bp.post("/view")
def view() -> ResponseReturnValue:
    """Show a kept answer by the view and order that are asked for, what a filter selects of it, a place in it."""
    kept = _kept()
    expression, query = request.form.get("filter", "").strip(), request.form.get("find", "")[:1_000]
    body, problem, count = kept.body, "", None
    if expression:
        try:
            filtered = filters.apply(kept.body, expression)
            body, count = body_of(filtered.text.encode(), "application/json"), filtered.count
        except filters.FilterError as error:
            problem = str(error)
    page = AnswerView(
        view=show(body, request.form.get("view", "table" if "sort" in request.form else ""), _window()),
        views=_views(body),
        token=_token(),
        filter=expression,
        problem=problem,
        count=count,
        query=query,
    )
    page = replace(page, text=_text_to_copy(body, page.view))
    if query:
        page = _found(page, body, query)
    template = "answer/_view.html" if wants_fragment() else "answer/index.html"
    return make_response(render_template(template, page=page))


def _found(page: AnswerView, body: Body, query: str) -> AnswerView:
    number = request.form.get("number", "1")
    try:
        match = find(body, query, number=int(number) if number.isdecimal() and len(number) < 10 else 1)
    except ValueError:
        return replace(page, problem=say("Only text can be searched."))
    return replace(page, find=match)


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
    shown = show(body, request.form.get("place", "").partition(" ")[0], _window())
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


def _window() -> Window:
    """Return what part is asked for: `place` is a view's name, a start and an address or `@` with a column."""
    _, start, place = (*request.form.get("place", "").split(" ", 2), "", "", "")[:3]
    order = place[1:] if place.startswith("@") else request.form.get("sort", "")
    column = int(order) if re.fullmatch(r"-?\d{1,4}", order, re.ASCII) else None
    return Window(
        address="" if place.startswith("@") else place[:400],
        start=int(start) if start.isascii() and start.isdecimal() and len(start) < 10 else 0,
        sorted_by=column,
    )
