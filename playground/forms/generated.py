"""Values that are made on request: a UUID, the time now, an idempotency key, where format or name says so."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from datetime import UTC, datetime

from playground.forms.names import MAX_NAME
from playground.forms.shape import Shape
from playground.forms.state import FormState
from playground.schema.mapping import text_of

_UNIX = ("unix-time", "unixtime", "unix-timestamp", "timestamp", "epoch", "epoch-seconds", "unix")
_MILLIS = ("unix-time-ms", "timestamp-ms", "epoch-millis", "epoch-milliseconds", "unix-millis")
_KEY = re.compile(r"(idempoten(cy|t)[-_ ]?(key|token|id)|^x[-_]request[-_]id|^x[-_]correlation[-_]id)$", re.IGNORECASE)
_TIME = re.compile(r"(^|_)(unix_?time(stamp)?|timestamp|epoch)$", re.IGNORECASE)


def generated_kind(shape: Shape, label: str) -> str:
    """Return what can be made for a field: `uuid`, `now` (RFC 3339), `unix` (seconds), `millis`; empty for nothing."""
    written = text_of(shape.schema, "format").lower()
    if shape.kind == "text":
        if written in ("uuid", "guid") or (not written and _KEY.search(label)):
            return "uuid"
        return "now" if written in ("date-time", "datetime") else ""
    if shape.kind in ("integer", "number"):
        if written in _MILLIS:
            return "millis"
        return "unix" if written in _UNIX or _TIME.search(label) else ""
    return ""


def generate(kind: str) -> str:
    """Return a fresh value of a kind; the empty text for a kind that is none."""
    maker = _MAKERS.get(kind)
    return maker() if maker is not None else ""


def with_generated(state: FormState, wanted: str) -> FormState:
    """Return the state with a fresh value in one input; `wanted` is what the button says: a kind, a blank, the name."""
    kind, _, name = wanted.partition(" ")
    value = generate(kind)
    if not value or not name or len(name) > MAX_NAME:
        return state
    return FormState.of(
        [*(pair for pair in state.pairs if pair[0] not in (name, f"{name}~as")), (name, value)], state.files
    )


def _now() -> datetime:
    return datetime.now(UTC)


_MAKERS: dict[str, Callable[[], str]] = {
    "uuid": lambda: str(uuid.uuid4()),
    "now": lambda: _now().isoformat(timespec="seconds").replace("+00:00", "Z"),
    "unix": lambda: str(int(_now().timestamp())),
    "millis": lambda: str(int(_now().timestamp() * 1000)),
}
