"""Requests that depend on what is there: idempotency keys, `If-Match` and `If-None-Match` (RFC 9110 section 13)."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import replace

from playground import jsontext
from playground.catalog.model import Entry
from playground.messages import Headers, HTTPResponse
from playground.sandbox.asked import Outcome, refused
from playground.sandbox.generate import shapes_of
from playground.sandbox.memory import Memory
from playground.sandbox.negotiate import described, reason_of
from playground.sandbox.reply import Reply
from playground.sandbox.resources import entity_tag
from playground.sandbox.write import write_described
from playground.store.sandbox_session import Record

_KEYS = "~idempotency"
_READING = frozenset(("GET", "HEAD"))
_NAMES = ("idempotency-key", "x-idempotency-key", "idempotence-key", "idempotency_key", "x-request-idempotency")
_LONGEST = 256


class Conditions:
    """The conditions of one request."""

    def __init__(self, memory: Memory) -> None:
        """Read the header fields that the operation describes, or whose meaning HTTP itself gives."""
        self.memory = memory
        self.request = memory.asked.request
        self.reading = self.request.method.upper() in _READING

    def _key(self) -> str:
        if self.reading:
            return ""
        return next((value[:_LONGEST] for name in _NAMES if (value := self.request.headers.get(name))), "")

    def _digest(self) -> str:
        target = self.request.url.partition("://")[2].partition("/")[2]
        text = f"{self.request.method.upper()} {target}\n".encode() + self.request.body
        return hashlib.blake2b(text, digest_size=16).hexdigest()

    def _record_key(self) -> str:
        return hashlib.blake2b(self._key().encode("utf-8", "replace"), digest_size=16).hexdigest()

    def stored(self) -> HTTPResponse | None:
        """Return the answer that an earlier request of the same idempotency key had."""
        if not self._key():
            return None
        record = self.memory.session.get(_KEYS, self._record_key())
        if record is None:
            return None
        kept = jsontext.loads(record.content.decode("utf-8"))
        if kept["digest"] != self._digest():
            return None
        return HTTPResponse(
            status=kept["status"], reason=reason_of(kept["status"]),
            headers=Headers.of((name, value) for name, value in kept["headers"]).adding("Idempotent-Replayed", "true"),
            body=base64.b64decode(kept["body"]), origin="sandbox",
        )  # fmt: skip

    def refusal(self) -> Outcome | None:
        """Return why a condition keeps the request from being carried out, or `None`."""
        if self._key():
            record = self.memory.session.get(_KEYS, self._record_key())
            if record is not None:
                return refused("idempotency", "header/Idempotency-Key", "was sent before with another request")
        if self.reading or self.memory.place.part not in ("item", "single"):
            return None
        match, unless = self.request.headers.get("If-Match"), self.request.headers.get("If-None-Match")
        if match is None and unless is None:
            return None
        tag = self._tag()
        if match is not None and (tag == "" or (tag is not None and match.strip() != "*" and tag not in _tags(match))):
            return refused("precondition", "header/If-Match", "does not name the present state")
        if unless is not None and tag != "" and (unless.strip() == "*" or tag in _tags(unless)):
            return refused("precondition", "header/If-None-Match", "names what is there")
        return None

    def _tag(self) -> str | None:
        """Return the current entity tag of what the path names; empty for nothing, `None` where no client knows it."""
        memory = self.memory
        record, resource = memory.find(made_up=self.request.headers.get("If-None-Match") is None)
        if resource is None:
            return ""
        if record is not None and record.media_type:
            return entity_tag(record.content)
        entry = memory.item_entry
        outcome = memory.shown(record, resource, entry)
        layout = memory.item_layout
        if not outcome.has_value or layout.media_type is None or entry is None:
            return None
        return entity_tag(write_described(outcome.value, layout.media_type, shapes_of(entry))[1])

    def applied(self, reply: Reply) -> Reply:
        """Return the reply with its entity tag, as 304 where the client has it; keep it under its idempotency key."""
        response = reply.response
        if self._key() and response.status < 400 and reply.pieces is None:
            self._keep(response)
        if not self.reading or response.status != 200 or reply.pieces is not None or not response.body:
            return reply
        if not self._describes_tags():
            return reply
        tag = entity_tag(response.body)
        headers = response.headers.replacing("ETag", tag)
        unless = self.request.headers.get("If-None-Match") if describes_unchanged(self.memory.asked.entry) else None
        if unless is not None and (unless.strip() == "*" or tag in _tags(unless)):
            headers = headers.without("Content-Type")
            response = replace(response, status=304, reason=reason_of(304), body=b"")
        return replace(reply, response=replace(response, headers=headers))

    def _describes_tags(self) -> bool:
        operation = self.memory.asked.entry.operation
        if any(response.status.strip() == "304" for response in operation.responses):
            return True
        if any(header.name.lower() == "etag" for response in operation.responses for header in response.headers):
            return True
        names = {parameter.name.lower() for parameter in operation.parameters_in("header")}
        return bool(names & {"if-none-match", "if-match"})

    def _keep(self, response: HTTPResponse) -> None:
        kept = {
            "digest": self._digest(),
            "status": response.status,
            "headers": [list(pair) for pair in response.headers],
            "body": base64.b64encode(response.body).decode("ascii"),
        }
        content = jsontext.dumps(kept).encode("utf-8", "surrogatepass")
        self.memory.session.put(Record(collection=_KEYS, key=self._record_key(), content=content))


def describes_unchanged(entry: Entry) -> bool:
    """Say whether 304 is an answer to an operation: described itself, or by the condition that it answers."""
    names = {parameter.name.lower() for parameter in entry.operation.parameters_in("header")}
    return "if-none-match" in names or described(entry, 304) is not None


def _tags(text: str) -> set[str]:
    return {tag.strip().removeprefix("W/") for tag in text[:4000].split(",")}
