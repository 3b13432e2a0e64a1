"""The sandbox's memory: what a visitor made is there when it is asked for, in lists and alone, as the description says.

A collection is made up until something is created in it: it then holds what was put there, and nothing else. A made-up
resource that is changed or deleted stays changed or deleted.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from typing import Any

from playground.catalog.model import Entry
from playground.sandbox.asked import Asked, Outcome, refused
from playground.sandbox.events import latest_keys
from playground.sandbox.fitting import NOTHING, Fitter
from playground.sandbox.generate import FRESH, answer_value, making
from playground.sandbox.layouts import Layout, identity_member, identity_members, keys_taken, layout_of, tells_of_files
from playground.sandbox.places import owners_of
from playground.sandbox.resources import (
    Resource,
    belongs,
    bytes_facts,
    changed_names,
    clear_unsent,
    entity_tag,
    get_at,
    identity_text,
    items_in,
    names_in_examples,
    relocate,
    renamed,
    set_at,
    weight_of,
    with_children,
    with_scope,
)
from playground.store.sandbox_session import Record, Session
from playground.values.draw import seed_of, today
from playground.values.scene import noun_of, singular, words_of
from playground.values.shapes import Shape

OWN = "~own"
"""The collection that notes which collections hold what visitors made."""
MOST_SEARCHED = 500
MADE_UP = 48
"""Resources that are made up for a collection beside those of its list."""


class Memory:
    """What one request reads and changes of a visitor's resources."""

    def __init__(self, asked: Asked, session: Session) -> None:
        """Look at a visitor's resources for one request."""
        self.asked = asked
        self.session = session
        self.place = asked.place
        self._resolved = 0
        make = replace(asked.make, known=self._known)
        self.make = make
        self.fitter = Fitter(make=make, resolve=self._resolve)

    # What there is

    def layout(self, *, several: bool) -> Layout:
        """Return how this operation's answer holds resources."""
        return layout_of(self.asked.entry, self.place.noun, several=several)

    def is_own(self, collection: str) -> bool:
        """Say whether a collection holds what was made, and nothing made up."""
        return self.session.get(OWN, collection) is not None

    @cached_property
    def item_layout(self) -> Layout:
        """How the operation that reads one resource shows it; this operation's own where there is none."""
        if self.place.part == "item" and self.asked.route.method == "GET":
            return self.layout(several=False)
        entry = self.item_entry
        return self.layout(several=False) if entry is None else layout_of(entry, self.place.noun, several=False)

    @cached_property
    def item_entry(self) -> Entry | None:
        """The operation that reads one resource of this collection."""
        template = self.asked.route.segments
        if self.place.part == "collection":
            template = (*template, "{}")
        elif self.place.part == "action" and ":" not in template[-1]:
            template = template[:-1]
        elif self.place.part == "action":
            template = (*template[:-1], "{}")
        route = next((route for route in self.asked.routes.at(template) if route.method == "GET"), None)
        return None if route is None else self.asked.entry_of(route.name)

    @cached_property
    def variable(self) -> str:
        """What the path of one resource calls its key."""
        if self.place.variable:
            return self.place.variable
        for route in self.asked.routes.at((*self.asked.route.segments, "{}")):
            return route.segments[-1].partition("{")[2].partition("}")[0]
        return "id"

    @cached_property
    def owners(self) -> dict[tuple[str, ...], str]:
        """What the path says that its resources belong to, by the words of members that say so."""
        return owners_of(self.asked.route.segments, self.place.scope)

    def identity(self, shape: Shape) -> tuple[str, ...] | None:
        """Return where a resource has its key."""
        return identity_member(shape, self.variable, self.place.noun)

    def key_in(self, value: Any) -> str:
        """Return a listed resource's key, empty where it says none."""
        shape = self._item_shape()
        return "" if shape is None else identity_text(value, self.identity(shape))

    def at(self, **changes: Any) -> Memory:
        """Return what the same request finds at another place."""
        return Memory(replace(self.asked, place=replace(self.place, **changes)), self.session)

    def find(self, *, made_up: bool = True) -> tuple[Record | None, Resource | None]:
        """Return the record and the resource that the path names; a made-up resource has no record.

        Nothing at all if it is gone, or was never made in a collection that holds what was made.
        """
        place = self.place
        record = self.session.get(place.collection, place.key)
        if record is not None:
            return (None, None) if record.gone else (record, Resource.of(record))
        found = self._otherwise_called() or self._elsewhere()
        if found is not None:
            return found, Resource.of(found)
        if self.is_own(place.collection) or self.parent_is_missing() or not made_up:
            return None, None
        derived = self.derived()
        if derived is not None:
            return None, next((resource for key, resource in derived if key == place.key), None)
        return None, self.made_up_resource()

    def _otherwise_called(self) -> Record | None:
        """Return the resource of this collection by another of its keys, where its parameter takes "ID or name"."""
        shape = self.item_layout.shape
        if shape is None or self.session.is_empty:
            return None
        keys = keys_taken(self.asked.entry, self.variable, shape, self.place.noun)
        for record in self.session.records(self.place.collection) if keys else ():
            value = Resource.of(record).value
            if self.place.key in {identity_text(value, identity) for identity in keys}:
                return record
        return None

    def _elsewhere(self) -> Record | None:
        """Return a resource of this kind that was made in another collection: under this key, or as the path says."""
        kind = self.item_layout.kind
        if not kind or self.session.is_empty or self.is_own(self.place.collection):
            return None
        found = self.session.find(kind.partition(" ")[0], self.place.key)
        if found is not None:
            return found
        shape = self.item_layout.shape
        identities = [] if shape is None else identity_members(shape, self.variable, self.place.noun)
        for record in self.session.of_kind(kind.partition(" ")[0], MOST_SEARCHED) if identities else ():
            value = Resource.of(record).value
            keys = {identity_text(value, identity) for identity in identities}
            if self.place.key in keys and belongs(value, self.owners):
                return record
        return None

    def parent_is_missing(self) -> bool:
        """Say whether what this collection belongs to was deleted, or was never made where others were."""
        for template, segments in self._parents():
            collection, key = "/" + "/".join(segments[:-1]), segments[-1]
            record = self.session.get(collection, key)
            if record is None and self.is_own(collection) and "{" in template[-1]:
                return True
            if record is not None and record.gone:
                return True
        return False

    def _parents(self) -> list[tuple[tuple[str, ...], list[str]]]:
        template, segments = self.asked.route.segments, self.place.collection.lstrip("/").split("/")
        return [
            (template[:at], segments[:at])
            for at in range(2, min(len(template), len(segments) + 1))
            if "{" in template[at - 1] and at <= len(segments)
        ]

    def derived(self) -> list[tuple[str, Resource]] | None:
        """Return what a collection holds by what its parent was sent: a session's `line_items`; `None` if nothing."""
        segments = self.place.collection.lstrip("/").split("/")
        folder = self.session.get("/" + "/".join(segments[:-1]), segments[-1])
        if folder is not None and not folder.gone:
            return []  # it was made, as a bucket is, and nothing was put into it
        if len(segments) < 3:
            return None
        parent = self.session.get("/" + "/".join(segments[:-2]), segments[-2])
        if parent is None or parent.gone:
            return None
        whole = Resource.of(parent)
        sent = whole.sent.get(segments[-1])
        shape = self._item_shape()
        if shape is None:
            return None
        shown = items_in(whole.value, segments[-1])
        identity = self.identity(shape)
        resources: list[tuple[str, Resource]] = []
        for index, value in enumerate(sent if isinstance(sent, list) else ()):
            made = self.fitter.through(shown[index], shape) if index < len(shown) else NOTHING
            made = self._made_of(value, shape, index) if made is NOTHING else made
            if made is not None:
                resources.append((identity_text(made, identity) or str(index + 1), Resource(made)))
        return resources

    def _made_of(self, value: Any, shape: Shape, index: int) -> Any:
        make = self.make.seeded(self.place.collection, index)
        fitter = Fitter(make=make, resolve=self._resolve)
        if not isinstance(value, Mapping):
            fitted = fitter.fit(value, shape)
            return None if fitted is NOTHING else fitted
        made = make.value(shape.schema, kind=shape.kind or self.place.noun, index=FRESH)
        if not isinstance(made, dict):
            return made
        merged = fitter.merged(clear_unsent(made, value, shape, None, self.identity(shape)), value, shape)
        return merged if fitter.fits(merged, shape) else made

    def _item_shape(self) -> Shape | None:
        layout = self.layout(several=True)
        return layout.shape if layout.list_at is not None else self.item_layout.shape

    # What is made up

    def made_up(self) -> list[tuple[str, Resource]]:
        """Return the made-up resources of a collection: the same ones for its list and for each alone."""
        listing = self._listing()
        if listing is None:
            return []
        entry, layout = listing
        asked, place = self.asked, self.place
        seed = self.make.seed if asked.preferences.seed else 0
        key = (asked.entry.provider.name, asked.generation, entry.operation.name, place.collection, seed,
               self.make.dynamic, today(), place.variable, tuple(sorted(place.scope.items())))  # fmt: skip
        known: list[tuple[str, Resource]] | None = asked.made_up.get(key)
        if known is None:
            known = self._listed(entry, layout, seed)
            asked.made_up.put(key, known, weight_of([resource.value for _, resource in known]))
        return known

    def _listed(self, entry: Entry, layout: Layout, seed: int | str) -> list[tuple[str, Resource]]:
        if layout.list_at is None or layout.media_type is None or layout.shape is None:
            return []
        make = making(entry, seed=seed, dynamic=self.make.dynamic, now=self.make.now).seeded(self.place.collection)
        whole = answer_value(layout.media_type, make, sent={})
        items = get_at(whole, layout.list_at)
        identity = self.identity(layout.shape)
        resources: list[tuple[str, Resource]] = []
        for index, value in enumerate(items if isinstance(items, list) else ()):
            if isinstance(value, dict):
                value = with_scope(value, self.owners, layout.shape, self.fitter)
            resources.append((identity_text(value, identity) or str(index + 1), Resource(value)))
        return resources

    def _listing(self) -> tuple[Entry, Layout] | None:
        """Return the operation that lists this collection, with its layout."""
        template = self.asked.route.segments
        if self.place.part != "collection":
            template = template[:-1] if self.place.part == "item" else template[:-2]
        route = next((route for route in self.asked.routes.at(template) if route.method == "GET"), None)
        if route is None:
            return None
        entry = self.asked.entry if route is self.asked.route else self.asked.entry_of(route.name)
        return entry, layout_of(entry, self.place.noun, several=True)

    def made_up_resource(self) -> Resource | None:
        """Return the made-up resource of the path's key: the one of the list, else one made for the key."""
        layout = self.item_layout
        if layout.shape is None or layout.media_type is None:
            return Resource({})  # there is nothing to show of it, as of a star
        for key, resource in self.made_up():
            if key == self.place.key:
                shown = self.fitter.through(resource.value, layout.shape)
                return resource if shown is NOTHING else Resource(shown, shape=layout.shape)
        value = self._made_alone(layout)
        if isinstance(value, dict):
            value = self._with_key(value, layout.shape) if self.place.key else value
            value = with_scope(value, self.owners, layout.shape, self.fitter)
        return Resource(value, shape=layout.shape)

    def _made_alone(self, layout: Layout) -> Any:
        """Return one of the collection's made-up resources that are in no list; which of them it is the key decides."""
        asked, place = self.asked, self.place
        entry = asked.entry if asked.route.method == "GET" else self.item_entry or asked.entry
        seed = asked.preferences.seed or 0
        turn = seed_of(place.collection, place.key) % MADE_UP
        key = (asked.entry.provider.name, asked.generation, entry.operation.name, place.collection, turn, seed,
               self.make.dynamic, today(), place.variable)  # fmt: skip
        known = None if self._latest else asked.made_up.get(key)
        if known is None and layout.media_type is not None:
            make = making(entry, seed=seed_of(seed, place.collection, turn), dynamic=self.make.dynamic)
            make = replace(make, known=self._known)
            known = get_at(answer_value(layout.media_type, make, sent={}), layout.resource_at)
            if not self._latest:  # else it may refer to what this visitor made
                asked.made_up.put(key, known, weight_of(known))
        return known

    def _with_key(self, value: dict[str, Any], shape: Shape) -> dict[str, Any]:
        """Return a resource with the path's key at the first place that can hold it."""
        for identity in identity_members(shape, self.variable, self.place.noun):
            keyed = set_at(value, identity, self.place.key)
            merged = self.fitter.merged(value, {identity[0]: keyed[identity[0]]}, shape)
            if identity_text(merged, identity) == self.place.key and self.fitter.stays_whole(merged, value, shape):
                whole: dict[str, Any] = renamed(merged, identity_text(value, identity), self.place.key)
                return dict(self.fitter.placed(whole, merged, shape, self.place.key))
        return value

    # What is shown

    def shown(self, record: Record | None, resource: Resource, entry: Entry | None = None) -> Outcome:
        """Return the outcome that shows one resource as this operation (or another) answers."""
        layout = self.layout(several=False) if entry is None else layout_of(entry, self.place.noun, several=False)
        if record is not None and record.media_type:
            if not tells_of_files(layout, entry or self.asked.entry, record.media_type):
                return Outcome(content=record.content, media_type=record.media_type, tag=entity_tag(record.content))
            made = self.make.seeded(record.collection, record.key).value(layout.shape.schema if layout.shape else {})
            resource = Resource(made if layout.shape is None else bytes_facts(made, record, layout.shape, self.fitter))
        if layout.shape is None or layout.whole is None or layout.media_type is None:
            return Outcome()
        value = self._with_children(resource.value, layout.shape)
        known = resource.shape is layout.shape if record is None else record.kind == layout.kind
        if value is not resource.value or not known:
            value = self.fitter.through(value, layout.shape)
        if value is NOTHING:
            return Outcome()
        whole = value
        if layout.resource_at:
            made = self.make.value(layout.whole.schema)
            whole = set_at(made, layout.resource_at, value)
        return Outcome(value=whole, has_value=True)

    def _with_children(self, value: Any, shape: Shape) -> Any:
        """Return a resource whose counts and lists agree with what was made below it: `comments`, `labels`."""
        if not isinstance(value, dict) or self.place.part not in ("item", "action"):
            return value
        path = f"{self.place.collection.rstrip('/')}/{self.place.key}"
        return with_children(value, shape, path, self.session.below(path), self.fitter)

    def missing(self) -> Outcome:
        """Return the outcome for what is not there."""
        noun = self.place.noun or "thing"
        name = self.variable if self.place.key else next(reversed(self.place.scope), "id")
        if not self.place.key and name in self.place.scope:  # it is what the collection belongs to that is missing
            owners = owners_of(self.asked.route.segments, {name: self.place.scope[name]})
            words = next(reversed(owners), words_of(name))
            noun = noun_of("_".join(words[:-1] if len(words) > 1 else words))
        return refused("missing", f"path/{name}", f"names no {noun} that exists")

    # What refers to what

    def _known(self, name: str) -> Any:
        """Return the key of the latest resource that a name may refer to."""
        latest = self._latest
        words = words_of(name)
        if not latest or not words:
            return None
        return latest.get("_".join(words)) or latest.get(singular(words[-1]))

    @cached_property
    def _latest(self) -> dict[str, str]:
        return latest_keys(self.session)

    def _resolve(self, kind: str, key: str) -> Mapping[str, Any] | None:
        """Return the resource of a kind and key, if it was made; at most a hundred in one answer."""
        self._resolved += 1
        if self._resolved > 100:
            return None
        record = self.session.find(noun_of(kind), key)
        value = None if record is None else Resource.of(record).value
        return value if isinstance(value, Mapping) else None

    def placed(self, value: Any, before: Any = None) -> Any:
        """Return a new resource whose addresses say where it is, and no longer where the description's example was.

        `before` is the example that it was made from.
        """
        template = self.asked.route.segments
        if self.place.part == "collection":
            template = (*template, f"{{{self.variable}}}")
        shown = names_in_examples(before if before is not None else value, template)
        own = dict(self.place.scope)
        identity = None if self.item_layout.shape is None else self.identity(self.item_layout.shape)
        key = identity_text(value, identity)
        if key:
            own[self.variable] = key
        renamed = {text: own[name] for name, text in shown.items() if name in own and own[name] != text}
        placed = relocate(value, {**changed_names(before, value), **renamed})
        shape = self.item_layout.shape
        return placed if shape is None else self.fitter.placed(placed, value, shape, self.place.key)
