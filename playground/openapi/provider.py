"""A document's own facts: title, contact, tags, where relative links point (OpenAPI 3.1 sections 4.8.1 to 4.8.4)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from playground.catalog.model import ExternalDocs, NavigationGroup, Operation, Provider, SecurityScheme, Server, Tag
from playground.openapi.document import DocumentReader
from playground.openapi.pointers import Where
from playground.openapi.servers import origin_of_server
from playground.openapi.values import flag, link_text, text
from playground.origins import origin_of

_MOST_LINKS = 8
_VERSION = re.compile(r"v?\d+(\.\d+)*([a-z]+\d*)?", re.IGNORECASE)
_JOINT = re.compile(r"[_\-.]+")


def read_provider(
    reader: DocumentReader,
    *,
    name: str,
    title: str | None,
    specification: str,
    servers: tuple[Server, ...],
    security_schemes: tuple[SecurityScheme, ...],
    sandbox_first: bool,
) -> Provider:
    """Return the provider that a document describes."""
    document = reader.document
    info = reader.object_in(document, "info", None)
    place: Where = (None, "info")
    if "info" not in document:
        reader.problems.warn(None, 'The document has no "info": its title and version are unknown.')
    docs = reader.external_docs(document, None)
    return Provider(
        name=name,
        title=title or text(info.get("title")).strip() or name,
        version=text(info.get("version")),
        specification=specification,
        summary=text(info.get("summary")),
        description=text(info.get("description")),
        servers=servers,
        tags=_read_tags(reader),
        security_schemes=security_schemes,
        contact=_facts(reader.object_in(info, "contact", place), ("name", "url", "email")),
        license=_facts(reader.object_in(info, "license", place), ("name", "url", "identifier")),
        external_docs=docs,
        base_url=(origin_of(docs.url) if docs else "")
        or next(filter(None, map(origin_of_server, servers[:1])), "")
        or origin_of(reader.source_url or ""),
        sandbox_first=sandbox_first,
        groups=_read_groups(reader),
        links=_read_links(document, info),
    )


def _facts(value: dict[str, Any], keys: tuple[str, ...]) -> dict[str, str]:
    """Keep what a page shows: plain text, and an address only if a link may lead there."""
    facts = {key: link_text(value.get(key)) if key == "url" else text(value.get(key)) for key in keys}
    return {key: fact for key, fact in facts.items() if fact}


def _read_tags(reader: DocumentReader) -> tuple[Tag, ...]:
    tags: dict[str, Tag] = {}
    for index, value in enumerate(reader.list_in(reader.document, "tags", None)):
        followed = reader.follow(value, ((None, "tags"), index), "tag")
        name = text(followed[0].get("name")) if followed else ""
        if followed and name and name not in tags:
            tag = followed[0]
            tags[name] = Tag(
                name=name,
                # `summary` is 3.2's own key for what x-displayName has been.
                title=text(tag.get("x-displayName")) or text(tag.get("summary")),
                description=text(tag.get("description")),
                parent=text(tag.get("parent")),
                trait=flag(tag.get("x-traitTag")) or text(tag.get("kind")) == "badge",
            )
    return tuple(tags.values())


def _read_groups(reader: DocumentReader) -> tuple[NavigationGroup, ...]:
    groups: list[NavigationGroup] = []
    for index, value in enumerate(reader.list_in(reader.document, "x-tagGroups", None)):
        place: Where = ((None, "x-tagGroups"), index)
        followed = reader.follow(value, place, "tag group")
        title = text(followed[0].get("name")).strip() if followed else ""
        if followed and title:
            tags = tuple(tag for tag in map(text, reader.list_in(followed[0], "tags", place)) if tag)
            groups.append(NavigationGroup(title=title, tags=tags))
    return tuple(groups) or _groups_of_tags(reader)


def _groups_of_tags(reader: DocumentReader) -> tuple[NavigationGroup, ...]:
    """Return the groups that tags name themselves (`x-group`)."""
    members: dict[str, list[str]] = {}
    tags = reader.document.get("tags")
    for tag in tags if isinstance(tags, list) else ():
        if isinstance(tag, dict) and (group := text(tag.get("x-group")).strip()):
            members.setdefault(group, []).append(text(tag.get("name")))
    return tuple(NavigationGroup(title=title, tags=tuple(names)) for title, names in members.items())


def _read_links(document: Mapping[str, Any], info: Mapping[str, Any]) -> tuple[ExternalDocs, ...]:
    """Return the further addresses of a description, from the extensions of several tools."""
    links: dict[str, str] = {}
    for holder in (document, info):
        for key in ("x-externalLinks", "x-scalar-links", "x-links"):
            listed = holder.get(key)
            for link in listed if isinstance(listed, list) else ():
                if isinstance(link, dict):
                    name = text(link.get("name") or link.get("label") or link.get("title"))
                    links.setdefault(link_text(link.get("url") or link.get("href")), name)
        links.setdefault(link_text(holder.get("x-feedbackLink")), "Feedback")
        logo = holder.get("x-logo")
        if isinstance(logo, dict):
            # The picture itself would be a request to somebody else's server.
            links.setdefault(link_text(logo.get("href")), text(logo.get("altText")))
    links.pop("", None)
    return tuple(ExternalDocs(url=url, description=name) for url, name in links.items())[:_MOST_LINKS]


def with_used_tags(provider: Provider, used: Iterable[str]) -> Provider:
    """Return the provider with a Tag for every tag that operations use, the declared ones first."""
    declared = {tag.name for tag in provider.tags}
    return replace(provider, tags=(*provider.tags, *(Tag(name=name) for name in used if name not in declared)))


def group_by_path(operations: Sequence[Operation]) -> tuple[tuple[Operation, ...], tuple[Tag, ...]]:
    """Return the operations with a tag each and the tags; unchanged if any has a tag or one group would hold all.

    `/v1/payment_intents/{intent}/confirm` is in `payment_intents`, titled `Payment intents`.
    """
    if any(operation.tags for operation in operations):
        return tuple(operations), ()
    names, tags = group_paths([operation.path for operation in operations])
    grouped = (
        replace(operation, tags=(name,)) if name else operation
        for operation, name in zip(operations, names, strict=True)
    )
    return tuple(grouped), tags


def group_paths(paths: Sequence[str]) -> tuple[list[str], tuple[Tag, ...]]:
    """Return the group of each path and the groups as tags; no names at all if one group would hold all."""
    words = [_words(path) for path in paths]
    shared = _shared(words)
    names = [rest[0] if (rest := path[shared:]) else "" for path in words]
    if len(set(names)) < 2:
        return [""] * len(paths), ()
    return names, tuple(Tag(name=name, title=_title(name)) for name in dict.fromkeys(names) if name)


def _words(path: str) -> list[str]:
    """Return the path's segments up to the first template variable, without versions."""
    words: list[str] = []
    for segment in path.partition("#")[0].partition("?")[0].split("/"):
        if "{" in segment:
            break
        if segment and not _VERSION.fullmatch(segment):
            words.append(segment)
    return words


def _shared(words: list[list[str]]) -> int:
    """Return how many leading words all paths share, so that each path with words keeps at least one."""
    count = 0
    while all(len(path) > count + 1 for path in words) and len({path[count] for path in words}) == 1:
        count += 1
    return count


def _title(name: str) -> str:
    text = _JOINT.sub(" ", name).strip() or name
    return text[:1].upper() + text[1:]
