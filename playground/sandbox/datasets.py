"""Data sets: what a visitor keeps of an API as one JSON document, to be looked at, saved and loaded again.

`{"provider": "shop", "collections": {"/v1/customers": [{"id": "cus_1", …}], …}}`; a file's content is in base64, beside
its key and media type. `examples` are recorded exchanges.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from playground import jsontext
from playground.messages import HTTPRequest
from playground.sandbox.layouts import identity_member, kind_of_shape, layout_of
from playground.sandbox.memory import OWN
from playground.sandbox.places import Place, place_of, segments_in
from playground.sandbox.recording import Recording, read_written, record, recordings, written
from playground.sandbox.resources import Resource, identity_text
from playground.store.sandbox_session import Record, StateFull

if TYPE_CHECKING:
    from playground.sandbox.service import Sandbox

MOST = 2000
"""Resources of one data set."""


class DataSetError(ValueError):
    """A data set cannot be read; the text is one sentence that says what to write."""


def dump(sandbox: Sandbox, provider: str, visitor: str) -> dict[str, Any]:
    """Return what a visitor keeps of an API, by collection."""
    collections: dict[str, list[Any]] = {}
    identities: dict[str, tuple[str, ...] | None] = {}
    with sandbox.session(visitor, provider, writing=False) as session:
        for record in session.everything():
            if record.collection == OWN:
                collections.setdefault(record.key, [])
            elif not record.collection.startswith("~"):
                if record.collection not in identities:
                    identities[record.collection] = _place(sandbox, provider, record.collection)[2]
                shown = _shown(record, identities[record.collection])
                collections.setdefault(record.collection, []).append(shown)
        examples = [written(recording) for recording in recordings(session)]
    return {"provider": provider, "collections": collections, **({"examples": examples} if examples else {})}


def _shown(record: Record, identity: tuple[str, ...] | None) -> Any:
    if record.media_type:
        content = base64.b64encode(record.content).decode("ascii")
        return {"~key": record.key, "~media_type": record.media_type, "~content": content}
    value = Resource.of(record).value
    says_its_key = isinstance(value, Mapping) and _key_in(value, identity) == record.key != ""
    return value if says_its_key else {"~key": record.key, "~value": value}


def _key_in(value: Any, identity: tuple[str, ...] | None) -> str:
    return identity_text(value, identity) or identity_text(value, ("id",)) or identity_text(value, ("name",))


def load(sandbox: Sandbox, provider: str, visitor: str, content: bytes) -> int:
    """Put a data set in the place of what a visitor keeps of an API; return its length. Raises `DataSetError`."""
    collections = read(content)
    examples = _examples(content)
    count = 0
    try:
        with sandbox.session(visitor, provider, writing=True) as session:
            session.clear()
            for collection, values in collections.items():
                place, kind, identity = _place(sandbox, provider, collection)
                session.put(Record(collection=OWN, key=collection, content=b""))
                for index, value in enumerate(values):
                    session.put(_record(collection, value, kind or place, identity, index))
                    count += 1
            for example in examples:
                record(session, example)
    except StateFull as error:
        raise DataSetError(f"This data set is too large: {error}") from None
    return count


def read(content: bytes) -> dict[str, list[Any]]:
    """Return a data set's collections by path. Raises `DataSetError`."""
    try:
        document = jsontext.loads(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, jsontext.JSONTextError) as error:
        raise DataSetError(f"A data set is a JSON document: {error}") from None
    collections = document.get("collections") if isinstance(document, Mapping) else None
    if not isinstance(collections, Mapping):
        raise DataSetError('Write {"collections": {"/path": [{…}]}}: an object with lists of things by path.')
    made: dict[str, list[Any]] = {}
    for path, values in collections.items():
        if not str(path).startswith("/") or not isinstance(values, list):
            raise DataSetError(f"“{str(path)[:60]}” must be a path, and hold a list of things.")
        made[str(path).rstrip("/") or "/"] = values
    if sum(map(len, made.values())) > MOST:
        raise DataSetError(f"A data set holds at most {MOST} things.")
    return made


def _examples(content: bytes) -> list[Recording]:
    """Return a data set's recorded exchanges. Raises `DataSetError`."""
    examples = jsontext.loads(content.decode("utf-8-sig")).get("examples", [])
    if not isinstance(examples, list) or len(examples) > MOST:
        raise DataSetError(f"“examples” must be a list of at most {MOST} recorded exchanges.")
    try:
        return [read_written(example) for example in examples]
    except ValueError as error:
        raise DataSetError(f"“examples” cannot be read: {error}.") from None


def _place(sandbox: Sandbox, provider: str, collection: str) -> tuple[str, str, tuple[str, ...] | None]:
    """Return the noun, the kind and the key's place of a collection's resources, as the description has them."""
    routes = sandbox.routes(provider)
    path = quote(collection, safe="/")
    noun = Place(part="collection", collection=collection).noun or collection.rpartition("/")[2] or "thing"
    for below in (path, f"{path.rstrip('/')}/1"):
        request = HTTPRequest(method="GET", url=f"https://sandbox.invalid{below}")
        route = routes.match(request, below).route
        place = None if route is None else place_of(route, routes, segments_in(below))
        if route is None or place is None:
            continue
        route = routes.meaning(route)
        several = place.part == "collection"
        layout = layout_of(sandbox.source.entry(provider, route.name), place.noun, several=several)
        if layout.shape is not None and (not several or layout.list_at is not None):
            variable = place.variable or next(
                (item.segments[-1].strip("{}") for item in routes.at((*route.segments, "{}"))), "id"
            )
            return place.noun, kind_of_shape(layout.shape), identity_member(layout.shape, variable, place.noun)
    return noun, "", None


def _record(collection: str, value: Any, kind: str, identity: tuple[str, ...] | None, index: int) -> Record:
    if isinstance(value, Mapping) and isinstance(value.get("~content"), str):
        try:
            data = base64.b64decode(value["~content"], validate=True)
        except (binascii.Error, ValueError):
            raise DataSetError(f"A file's ~content in {collection[:60]} is not base64.") from None
        media_type = str(value.get("~media_type") or "application/octet-stream")
        return Record(collection=collection, key=str(value.get("~key", index + 1)), kind=kind, content=data,
                      media_type=media_type)  # fmt: skip
    if isinstance(value, Mapping) and "~value" in value:
        resource = Resource(value["~value"])
        return Record(
            collection=collection, key=str(value.get("~key", index + 1)), kind=kind, content=resource.content()
        )
    key = _key_in(value, identity) or str(index + 1)
    return Record(collection=collection, key=key, kind=kind, content=Resource(value).content())
