"""Exceptions become HTTP responses here and nowhere else: a page for people, one sentence for programs."""

from __future__ import annotations

import errno
import logging
from dataclasses import dataclass
from functools import partial

from flask import Flask, Response, jsonify, make_response, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, MethodNotAllowed, SecurityError

from playground.catalog.model import OperationSummary
from playground.forms.fields import FieldNotFound
from playground.imports.earlier import OperationGone, find_removed
from playground.store import OperationNotFound, ProviderNotFound, StoreError
from playground.text.wording import Said, say
from playground.web.security import REFUSAL
from playground.web.site import frame_parents, operation_url, this_site

log = logging.getLogger("playground.web")

SENTENCES = {
    400: (say("That request is not complete"), say("Something in it could not be read. Go back and try again.")),
    403: (say("Refused"), REFUSAL),
    404: (say("There is nothing at this address"), say("Check the address, or look for the operation by name.")),
    405: (say("That does not work here"), say("This address does not take that method.")),
    413: (say("That is too large"), say("The form and its files may hold 32 MB together. Choose a smaller file.")),
    429: (say("Too many requests"), say("Wait a moment, then try again.")),
    500: (
        say("Something went wrong on our side"),
        say("It has been logged. Try again, or report it with the time it happened."),
    ),
    507: (
        say("There is no room for that"),
        say("This server has no room for a file that large right now. Try a smaller one, or later."),
    ),
    503: (say("The catalogue cannot be read right now"), say("Try again in a moment.")),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorPage:
    """`error.html` and `embed/error.html`: a title and one sentence that says what to do.

    `ways` are operations that may be the one that is asked for, each with its address.
    """

    title: str
    sentence: str
    ways: tuple[tuple[str, OperationSummary], ...] = ()


ANOTHER_HOST = "This site does not answer to that name: PLAYGROUND_TRUSTED_HOSTS lists those it has.\n"


def answer_error(
    status: int, sentence: str | None = None, *, as_json: bool = False,
    ways: tuple[tuple[str, OperationSummary], ...] = (),
) -> Response:  # fmt: skip
    """Return one error as JSON for programs, as a page otherwise."""
    title, standard = SENTENCES.get(status, SENTENCES[500 if status >= 500 else 400])
    text = sentence or standard
    if as_json or request.path.startswith("/gateway/"):
        return make_response(jsonify({"error": text}), status)
    page = ErrorPage(title=title, sentence=text, ways=ways)
    if request.path.startswith("/embed/"):
        return make_response(render_template("embed/error.html", page=page, parents=frame_parents()), status)
    return make_response(render_template("error.html", page=page), status)


def map_errors(app: Flask, *, as_json: bool = False) -> None:
    """Register the handlers; `as_json` where only programs call."""
    answer = partial(answer_error, as_json=as_json)

    @app.errorhandler(ProviderNotFound)
    def not_found(error: ProviderNotFound) -> Response:
        return answer(404, str(error))

    @app.errorhandler(OperationNotFound)
    def no_operation(error: OperationNotFound) -> Response:
        removed = (
            error.removed
            if isinstance(error, OperationGone)
            else find_removed(this_site().store, error.provider, error.name)
        )
        if removed is None:
            return answer(404, str(error))
        ways = [removed.same] if removed.same is not None else removed.likely
        return answer(404, removed.sentence, ways=tuple((operation_url(way.provider, way.name), way) for way in ways))

    @app.errorhandler(FieldNotFound)
    def no_field(error: FieldNotFound) -> Response:
        return answer(404, str(error))

    @app.errorhandler(StoreError)
    def no_store(error: StoreError) -> Response:
        log.error("catalogue: %s", error)
        return answer(503)

    @app.errorhandler(CSRFError)
    def no_token(error: CSRFError) -> Response:
        return answer(403, REFUSAL)

    @app.errorhandler(SecurityError)
    def another_host(error: SecurityError) -> Response:
        # No page: there are no addresses of ours under a name that is not ours.
        return Response(ANOTHER_HOST, status=400, mimetype="text/plain")

    @app.errorhandler(HTTPException)
    def known(error: HTTPException) -> Response:
        status = error.code or 500
        if error.response is not None or 300 <= status < 400:
            return make_response(error.get_response())  # redirects
        # A sentence of ours says more than the status; any other description may hold what a visitor sent.
        ours = error.description if isinstance(error.description, Said) else None
        response = answer(status, getattr(error, "sentence", ours))
        if isinstance(error, MethodNotAllowed) and error.valid_methods:
            response.headers["Allow"] = ", ".join(sorted(error.valid_methods))  # RFC 9110, 15.5.6
        return response

    @app.errorhandler(OSError)
    def full_disk(error: OSError) -> Response:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            return unknown(error)
        log.error("no room for an upload: %s", errno.errorcode[error.errno])
        return answer(507)

    @app.errorhandler(Exception)
    def unknown(error: Exception) -> Response:
        # The exception's text may hold what a visitor typed; its type and the path are enough to find the cause.
        log.error("unexpected %s at %s %s", type(error).__name__, request.method, request.path, exc_info=app.debug)
        return answer(500)
