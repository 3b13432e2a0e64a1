"""What a list's envelope says of its page: how many things there are, and how to go on (RFC 8288 for Link fields)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import quote

from playground.sandbox.lists import LIMITS, OFFSETS, PAGES, Page, plain_name
from playground.values.scene import word_set
from playground.values.shapes import Shape

_MORE = word_set(
    "has_more has_next has_next_page more is_truncated truncated hasmore more_results has_more_items has_more_results"
)
_LESS = word_set("has_previous has_previous_page has_prev")
_TOTALS = word_set(
    "total total_count total_results total_items total_elements total_size totalcount total_records "
    "total_rows total_hits totalitems records_total item_count total_set_size odata_count num_results "
    "result_count results_count total_number_of_results"
)
_HERE = word_set("count size number_of_elements result_set_size key_count length returned page_count_items")
_PAGE_COUNTS = word_set("pages total_pages page_count num_pages totalpages")
_TOKENS = word_set(
    "next_cursor next_token next_page_token next_marker continuation_token continue next_page cursor "
    "next_continuation_token end_cursor"
)
_LINKS = word_set("next next_url next_page_uri next_uri next_link next_page_url next_href odata_next_link")
_BACK = word_set("previous prev previous_url previous_page_uri previous_uri prev_url previous_page_url previous_page")
_SELF = word_set("url self href uri self_link self_url self_uri")
ENVELOPES = word_set("meta metadata pagination paging page links page_info info response_metadata _links")


def link_header(page: Page, address: str, pairs: Sequence[tuple[str, str]]) -> str:
    """Return a Link field (RFC 8288) for a page: `next` and `prev` where they are."""
    links = [("next", page.after), ("prev", page.before)]
    return ", ".join(f'<{page_address(address, pairs, page, change)}>; rel="{rel}"' for rel, change in links if change)


def page_address(address: str, pairs: Sequence[tuple[str, str]], page: Page, change: Mapping[str, str]) -> str:
    """Return a list's address with the pairs of its query that say which page."""
    kept = [(name, value) for name, value in pairs if name not in change and name not in page.cursors]
    query = "&".join(f"{quote(name)}={quote(value, safe=',:')}" for name, value in (*kept, *change.items()))
    return f"{address}?{query}"


def tell_page(
    whole: Any, shape: Shape, page: Page, address: str, pairs: Sequence[tuple[str, str]], depth: int = 2
) -> None:
    """Write into a list's envelope what is true of the page: how many there are, and how to go on."""
    if not isinstance(whole, dict) or depth <= 0:
        return
    members = {member.name: member for member in shape.members}
    forward = page_address(address, pairs, page, page.after) if page.after else ""
    back = page_address(address, pairs, page, page.before) if page.before else ""
    for name, value in list(whole.items()):
        plain = plain_name(name)
        member = members.get(name)
        if isinstance(value, dict) and member is not None and plain in ENVELOPES:
            tell_page(value, member.shape, page, address, pairs, depth - 1)
        elif isinstance(value, bool):
            if plain in _MORE | _LESS:
                whole[name] = bool(page.after or page.token) if plain in _MORE else bool(page.before)
        elif isinstance(value, int | float):
            whole[name] = _counted(plain, value, page)
    for name, member in members.items():
        plain = plain_name(name)
        if plain in _TOKENS | _LINKS | _BACK and not member.inner and (name in whole or forward or back):
            _point(whole, name, plain, shape, page, forward, back)


def tell_address(whole: Any, shape: Shape, path: str, fits: Callable[[str, Shape], bool]) -> None:
    """Write into a list's envelope where the list is, if it has a member for that."""
    for member in shape.members:
        inner = whole.get(member.name)
        if plain_name(member.name) in ENVELOPES and isinstance(inner, dict):
            tell_address(inner, member.shape, path, fits)
        if plain_name(member.name) in _SELF and isinstance(whole.get(member.name), str) and fits(path, member.shape):
            whole[member.name] = path


def _counted(plain: str, value: Any, page: Page) -> Any:
    if plain in _TOTALS:
        return page.total
    if plain in _HERE:
        return len(page.items)
    if plain in _PAGE_COUNTS:
        return max(-(-page.total // page.limit), 1)
    if plain in PAGES:
        return page.number
    if plain in LIMITS:
        return page.limit
    if plain.startswith("remaining"):
        return max(page.total - page.offset - len(page.items), 0)
    return page.offset if plain in OFFSETS else value


def _point(whole: dict[str, Any], name: str, plain: str, shape: Shape, page: Page, forward: str, back: str) -> None:
    """Write how to go on into one member, or that nothing comes."""
    member = next(member for member in shape.members if member.name == name)
    value = whole.get(name)
    text: Any = back if plain in _BACK else forward
    if plain in _TOKENS:
        text = next(iter(page.after.values()), page.token) if page.after else page.token
        if "integer" in member.shape.types:
            text = int(text) if str(text).isdecimal() else ""
    if text or text == 0:
        whole[name] = text
    elif member.shape.nullable:
        whole[name] = None
    elif not member.needed:
        whole.pop(name, None)
    elif isinstance(value, str) and member.shape.text.least == 0 and not member.shape.text.format:
        whole[name] = ""
