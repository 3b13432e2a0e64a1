"""A provider's page, whatever its size: what is drawn at once is limited, the rest is fetched as it is asked for."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from urllib.parse import urlencode

from playground.catalog.model import Provider
from playground.store import TagCount
from playground.text.wording import say, say_many
from playground.web.catalogue.cards import cards_below, crumbs_above
from playground.web.catalogue.contexts import GroupSection, OperationGroup, OperationList, OperationsPart, ProviderPage
from playground.web.catalogue.facts import facts_of
from playground.web.operation.contexts import Pasted
from playground.web.operation.links import Outgoing, outgoing
from playground.web.site import provider_url, this_site

DRAWN = 60
"""A provider with at most this many operations is drawn open; the groups of a larger one load as they open."""
FIRST = 20
"""Operations of a larger provider that are drawn at once in its first groups, so that the page begins with some."""
OPENED = 500
"""Operations that are drawn where all groups are opened, as many of each."""
PER_FETCH = 100
"""Operations that one fetch brings."""
GROUPS = 200
"""Groups that are drawn at once, closed."""
COUNTED = 500
"""Matches of a filter are counted up to here."""
CHILDREN = 12
WEBHOOKS = 60
"""Webhooks that are drawn; the JSON of the description has all."""


def build_page(provider: Provider, part: OperationsPart, pasted: Pasted | None = None) -> ProviderPage:
    """Return the whole page around a list of operations, with the result of pasting if a text was pasted."""
    store, name = this_site().store, provider.name
    parent = store.parent(name)
    sent, more_sent = _webhooks(name)
    children = cards_below(store.children(name), name)
    return ProviderPage(
        provider=provider,
        count=count_of(name),
        schemas=len(store.definitions(name)),
        part=part,
        facts=facts_of(provider),
        above=crumbs_above(name, parent),
        children=children[:CHILDREN],
        more_children=max(0, len(children) - CHILDREN),
        webhooks=sent,
        more_webhooks=more_sent,
        topics=tuple(tag for tag in provider.tags if tag.trait and tag.description),
        pasted=pasted,
    )


def _webhooks(name: str) -> tuple[tuple[Outgoing, ...], int]:
    listed, definitions = this_site().store.webhooks(name)
    shown = tuple(
        replace(outgoing(webhook, definitions, webhook.path), compose=(("webhook", webhook.path),))
        for webhook in listed[:WEBHOOKS]
    )
    return shown, len(listed) - len(shown)


def count_of(name: str) -> int:
    """Return how many operations a provider lists; one with several tags counts once."""
    # The nearest provider above any name below this one is this one.
    summary = this_site().store.parent(f"{name}/-")
    return summary.operations if summary else 0


def all_groups(name: str, offset: int = 0, *, opened: bool = False) -> OperationsPart:
    """Return the provider's groups from `offset` on.

    Those of a small provider are drawn open. Of a larger one the first are, and the others are closed and empty; with
    `opened` all are drawn open with their first operations.
    """
    store, count = this_site().store, count_of(name)
    tags = store.tags(name)
    titled = [(group.title, tag) for group in store.tag_groups(name) for tag in group.tags]
    listed = titled or [("", tag) for tag in tags]
    shown = listed[offset : offset + GROUPS]
    lone = len(listed) == 1
    is_small = lone or sum(tag.count for tag in tags) <= DRAWN
    drawn = [DRAWN if is_small else max(2, OPENED // len(shown)) if opened else 0] * len(shown)
    if not offset and not is_small and not opened:
        left = FIRST
        for place, (_, tag) in enumerate(shown):
            drawn[place], left = max(0, left), left - tag.count
    groups = [
        (title, tag_group(name, tag, drawn=count, lone=lone)) for (title, tag), count in zip(shown, drawn, strict=True)
    ]
    sections = tuple(
        GroupSection(title=title, groups=tuple(group for _, group in pairs))
        for title, pairs in groupby(groups, key=lambda pair: pair[0])
    )
    left = len(listed) - offset - len(shown)
    more = {"groups": offset + GROUPS, **({"open": "all"} if opened else {})}
    return OperationsPart(
        provider=name,
        base=base_of(name),
        count_text=_counted(count),
        query="",
        sections=sections,
        offset=offset,
        more_groups=left,
        more_url=_url(name, **more) if left > 0 else "",
        open_url="" if is_small or opened else _url(name, open="all"),
        close_url=provider_url(name) if opened and not is_small else "",
    )


def one_group(name: str, tag: str, offset: int = 0) -> OperationsPart | None:
    """Return the group of one tag, open; `None` if the provider has no such tag."""
    for count in this_site().store.tags(name):
        if count.name == tag:
            groups = (tag_group(name, count, drawn=PER_FETCH, offset=offset),)
            return OperationsPart(
                provider=name,
                base=base_of(name),
                count_text=_counted(count.count),
                query="",
                sections=(GroupSection(title="", groups=groups),),
                alone=True,
            )
    return None


def matches(name: str, query: str, offset: int = 0) -> OperationsPart:
    """Return the operations that match a filter, with their number."""
    operations = this_site().store.operations(name, query=query, limit=COUNTED + 1, offset=offset)
    count_text = _counted(len(operations) + offset)
    if len(operations) > COUNTED:
        count_text = say("more than %(count)s operations", count=COUNTED)
    listed = OperationList(
        operations=operations[:DRAWN],
        left=len(operations) - DRAWN,
        more_url=_url(name, q=query, offset=offset + DRAWN) if len(operations) > DRAWN else "",
    )
    group = OperationGroup(name="", title="", count=0, url="", description="", listed=listed)
    sections = (GroupSection(title="", groups=(group,)),) if operations or offset else ()
    return OperationsPart(provider=name, base=base_of(name), count_text=count_text, query=query, sections=sections)


def tag_group(name: str, tag: TagCount, *, drawn: int, offset: int = 0, lone: bool = False) -> OperationGroup:
    """Return one group with its first `drawn` operations from `offset` on; without any, they load as it opens."""
    store = this_site().store
    listed = None
    if drawn:
        left = tag.count - offset - drawn
        listed = OperationList(
            operations=store.operations(name, tag=tag.name, limit=drawn, offset=offset),
            left=left,
            more_url=_url(name, tag=tag.name, offset=offset + drawn) if left > 0 else "",
        )
    description = ""
    if listed and not offset:
        descriptions = {described.name: described.description for described in store.provider(name).tags}
        description = descriptions.get(tag.name, "")
    return OperationGroup(
        name=tag.name,
        title=tag.title or tag.name or (say("Operations") if lone else say("Other")),
        count=tag.count,
        url=_url(name, tag=tag.name),
        description=description,
        listed=listed,
    )


def base_of(name: str) -> str:
    """Return where relative links of the provider's descriptions point."""
    return this_site().store.provider(name).base_url


def _counted(count: int) -> str:
    return say_many("%(num)s operation", "%(num)s operations", count)


def _url(name: str, **arguments: object) -> str:
    return f"{provider_url(name)}?{urlencode(arguments)}"
