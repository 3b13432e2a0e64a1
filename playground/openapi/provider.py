"""A document's own facts: title, contact, tags, where relative links point (OpenAPI 3.1 sections 4.8.1 to 4.8.4)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from playground.catalog.model import ExternalDocs, NavigationGroup, Provider, SecurityScheme, Server, Tag
from playground.openapi.pointers import Where
from playground.openapi.reading import Reading, flag, link_text, text
from playground.openapi.servers import origin_of_server
from playground.origins import origin_of

_MOST_LINKS = 8


def read_provider(
    reading: Reading,
    *,
    name: str,
    title: str | None,
    specification: str,
    servers: tuple[Server, ...],
    security_schemes: tuple[SecurityScheme, ...],
    sandbox_first: bool,
) -> Provider:
    """Return the provider that a document describes."""
    document = reading.document
    info = reading.object_in(document, "info", None)
    place: Where = (None, "info")
    if "info" not in document:
        reading.problems.warn(None, 'The document has no "info": its title and version are unknown.')
    docs = reading.external_docs(document, None)
    return Provider(
        name=name,
        title=title or text(info.get("title")).strip() or name,
        version=text(info.get("version")),
        specification=specification,
        summary=text(info.get("summary")),
        description=text(info.get("description")),
        servers=servers,
        tags=_read_tags(reading),
        security_schemes=security_schemes,
        contact=_facts(reading.object_in(info, "contact", place), ("name", "url", "email")),
        license=_facts(reading.object_in(info, "license", place), ("name", "url", "identifier")),
        external_docs=docs,
        base_url=(origin_of(docs.url) if docs else "")
        or next(filter(None, map(origin_of_server, servers[:1])), "")
        or origin_of(reading.source_url or ""),
        sandbox_first=sandbox_first,
        groups=_read_groups(reading),
        links=_read_links(document, info),
    )


def _facts(value: dict[str, Any], keys: tuple[str, ...]) -> dict[str, str]:
    """Keep what a page shows: plain text, and an address only if a link may lead there."""
    found = {key: link_text(value.get(key)) if key == "url" else text(value.get(key)) for key in keys}
    return {key: fact for key, fact in found.items() if fact}


def _read_tags(reading: Reading) -> tuple[Tag, ...]:
    found: dict[str, Tag] = {}
    for index, value in enumerate(reading.list_in(reading.document, "tags", None)):
        followed = reading.follow(value, ((None, "tags"), index), "tag")
        name = text(followed[0].get("name")) if followed else ""
        if followed and name and name not in found:
            tag = followed[0]
            found[name] = Tag(
                name=name,
                # `summary` is 3.2's own key for what x-displayName has been.
                title=text(tag.get("x-displayName")) or text(tag.get("summary")),
                description=text(tag.get("description")),
                parent=text(tag.get("parent")),
                trait=flag(tag.get("x-traitTag")) or text(tag.get("kind")) == "badge",
            )
    return tuple(found.values())


def _read_groups(reading: Reading) -> tuple[NavigationGroup, ...]:
    found: list[NavigationGroup] = []
    for index, value in enumerate(reading.list_in(reading.document, "x-tagGroups", None)):
        place: Where = ((None, "x-tagGroups"), index)
        followed = reading.follow(value, place, "tag group")
        title = text(followed[0].get("name")).strip() if followed else ""
        if followed and title:
            tags = tuple(tag for tag in map(text, reading.list_in(followed[0], "tags", place)) if tag)
            found.append(NavigationGroup(title=title, tags=tags))
    return tuple(found) or _groups_of_tags(reading)


def _groups_of_tags(reading: Reading) -> tuple[NavigationGroup, ...]:
    """Return the groups that tags name themselves (`x-group`)."""
    members: dict[str, list[str]] = {}
    tags = reading.document.get("tags")
    for tag in tags if isinstance(tags, list) else ():
        if isinstance(tag, dict) and (group := text(tag.get("x-group")).strip()):
            members.setdefault(group, []).append(text(tag.get("name")))
    return tuple(NavigationGroup(title=title, tags=tuple(names)) for title, names in members.items())


def _read_links(document: Mapping[str, Any], info: Mapping[str, Any]) -> tuple[ExternalDocs, ...]:
    """Return the further addresses a description gives: what its pages would show in their corners elsewhere."""
    found: dict[str, str] = {}
    for holder in (document, info):
        for key in ("x-externalLinks", "x-scalar-links", "x-links"):
            listed = holder.get(key)
            for one in listed if isinstance(listed, list) else ():
                if isinstance(one, dict):
                    name = text(one.get("name") or one.get("label") or one.get("title"))
                    found.setdefault(link_text(one.get("url") or one.get("href")), name)
        found.setdefault(link_text(holder.get("x-feedbackLink")), "Feedback")
        logo = holder.get("x-logo")
        if isinstance(logo, dict):
            # The picture itself would be a request to somebody else's server.
            found.setdefault(link_text(logo.get("href")), text(logo.get("altText")))
    found.pop("", None)
    return tuple(ExternalDocs(url=url, description=name) for url, name in found.items())[:_MOST_LINKS]


def with_used_tags(provider: Provider, used: Iterable[str]) -> Provider:
    """Return the provider with a Tag for every tag that operations use, the declared ones first."""
    declared = {tag.name for tag in provider.tags}
    return replace(provider, tags=(*provider.tags, *(Tag(name=name) for name in used if name not in declared)))
