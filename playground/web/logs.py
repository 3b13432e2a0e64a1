"""The log: one line a request, as text or JSON (`PLAYGROUND_LOG`). A line holds no query, no header and no body.

Paths are a visitor's text, so line breaks and terminal controls in them are escaped (OWASP ASVS 5.0, 16.4.1).
"""

from __future__ import annotations

import json
import logging
import re
import sys
import uuid
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, TextIO

from flask import Flask, Response, g, request

from playground.config import Settings
from playground.secrets.redact import redact_line
from playground.web.timing import Stopwatch, this_stopwatch

log = logging.getLogger("playground.access")
slow_log = logging.getLogger("playground.slow")
_IDENTIFIER = re.compile(r"[A-Za-z0-9._-]{1,64}")


class JSONFormatter(logging.Formatter):
    """Writes a record as one JSON object; `extra={"fields": {…}}` are its members."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        written: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": redact_line(record.getMessage()),
            **{
                name: redact_line(value) if isinstance(value, str) else value for name, value in _fields(record).items()
            },
        }
        return json.dumps(written)


def _fields(record: logging.LogRecord) -> dict[str, Any]:
    fields: dict[str, Any] = getattr(record, "fields", {})
    return fields


class TextFormatter(logging.Formatter):
    """Writes a record as a line for a person; what is not printable is escaped."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        moment = datetime.fromtimestamp(record.created).astimezone().strftime("%H:%M:%S")
        text = redact_line(record.getMessage())
        return f"{moment} " + "".join(
            character if character.isprintable() else ascii(character)[1:-1] for character in text
        )


def start_logging(settings: Settings, stream: TextIO | None = None) -> None:
    """Send the `playground` loggers to a stream (standard error) in the chosen form; for what starts a process."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(JSONFormatter() if settings.log == "json" else TextFormatter())
    logger = logging.getLogger("playground")
    logger.handlers[:] = [handler]
    logger.setLevel(logging.INFO)
    logger.propagate = False


def request_id_of(sent: str) -> str:
    """Return the id of a request: the one that was sent, if it is fit for a log, else a new one."""
    return sent if _IDENTIFIER.fullmatch(sent) else str(uuid.uuid4())


def log_requests(app: Flask, slow: float) -> None:
    """Log every request with its status, its time in milliseconds and an id, which the answer carries too.

    One that takes `slow` seconds or more of our own time has a second line, which names the step that took longest.
    """

    @app.before_request
    def begin() -> None:
        g.request_id = request_id_of(request.headers.get("X-Request-ID", ""))

    @app.after_request
    def end(response: Response) -> Response:
        identifier = getattr(g, "request_id", "")
        response.headers["X-Request-ID"] = identifier
        if not request.path.startswith(("/assets/", "/healthz", "/readyz", "/metrics", "/live")):
            log_answer(request.method, request.path, response.status_code, identifier, this_stopwatch(), slow)
        return response


def log_answer(method: str, path: str, status: int, identifier: str, stopwatch: Stopwatch, slow: float) -> None:
    """Log one answer, as `log_requests` does."""
    seconds = stopwatch.elapsed()
    duration = _milliseconds(seconds)
    fields = {"method": method, "path": path, "status": status, "ms": duration, "request_id": identifier}
    log.info("%s %s %s %s ms", status, method, path, duration, extra={"fields": fields})
    if (own := seconds - stopwatch.waited()) >= slow:
        _log_slow(own, stopwatch.steps(), fields)


def _log_slow(own: float, steps: Mapping[str, float], fields: dict[str, Any]) -> None:
    """Log where the time of a request went, the wait for an API left out."""
    took = {name: _milliseconds(seconds) for name, seconds in steps.items() if name != "send"}
    longest = max(took, key=took.__getitem__)
    slow_log.warning(
        "slow: %s %s took %s ms of ours, %s ms of it for %s (%s)",
        fields["method"],
        fields["path"],
        _milliseconds(own),
        took[longest],
        longest,
        ", ".join(f"{name} {milliseconds}" for name, milliseconds in took.items()),
        extra={"fields": {**fields, "own_ms": _milliseconds(own), "step": longest, "steps": took}},
    )


def _milliseconds(seconds: float) -> float:
    return round(seconds * 1000, 1)
