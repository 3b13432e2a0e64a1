"""A pasted message read for its operation: a request model, and sentences about what has no place in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import unquote

from playground.catalog.model import LOCATIONS, Entry, Location
from playground.httpsyntax import is_reserved
from playground.mediatypes import FORM, JSON, essence
from playground.paste.body import read_body, read_querystring
from playground.paste.compare import differences
from playground.paste.credentials import Secret, take_secrets
from playground.paste.match import Address, Base, split_url
from playground.paste.message import PastedMessage
from playground.paste.parameters import Pairs, read_header_value, read_pairs, read_path_value
from playground.paste.values import lists_of, split_key
from playground.request.errors import shown
from playground.request.headers import cookie_text
from playground.request.media_types import accept
from playground.request.model import RequestModel, Value
from playground.request.undescribed import with_undescribed
from playground.secrets.detect import may_be_secret
from playground.text.wording import say

_VARIABLE = re.compile(r"\{([^{}]*)\}")
_OWN_FIELDS = frozenset(
    """
    accept-encoding connection content-length content-type dnt expect host http2-settings keep-alive priority
    proxy-connection te trailer transfer-encoding upgrade upgrade-insecure-requests user-agent
    """.split()  # noqa: SIM905 - a list to read
)
"""Header fields that frame a message, or that clients write by themselves whatever is asked for."""
_BROWSER_FIELDS = frozenset(
    """
    accept accept-charset accept-language cache-control if-none-match origin pragma referer x-requested-with
    """.split()  # noqa: SIM905 - a list to read
)
"""Further ones that browsers write: who writes them by hand means something."""
_MOST_ADDED = 60
"""Parameters that a request may have in one place when more are added to it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A message read for its operation.

    `unplaced` are sentences, without any pasted value, about what the description does not have, what is not filled in
    and what is sent otherwise.
    """

    model: RequestModel
    unplaced: tuple[str, ...]
    secrets: tuple[Secret, ...]


def _pattern(template: str) -> re.Pattern[str]:
    """Return the expression that a filled path fits; a variable may hold slashes only if nothing else fits."""
    path = template.partition("#")[0].partition("?")[0]
    pieces, at = [], 0
    for match in _VARIABLE.finditer(path):
        pieces += [_literal(path[at : match.start()]), "(.+?)"]
        at = match.end()
    return re.compile("".join([*pieces, _literal(path[at:])]), re.DOTALL)


def _literal(text: str) -> str:
    """Return an expression for template text that matches its characters encoded or not."""
    return "".join(
        re.escape(letter) if re.fullmatch(r"[\w/.~-]", letter, re.ASCII)
        else f"(?:{re.escape(letter)}|{''.join(f'%{byte:02X}' for byte in letter.encode('utf-8', 'replace'))})"
        for letter in text
    )  # fmt: skip


def read_message(entry: Entry, message: PastedMessage, base: Base) -> Reading:
    """Read a message for an operation. What has no place in it is named in `unplaced`; secrets are taken out first."""
    message, secrets = take_secrets(entry, message)
    address = split_url(message.url) if message.url else Address(scheme="", host="", path="", query="")
    parameters: dict[Location, dict[str, Value]] = {location: {} for location in LOCATIONS}
    unplaced: list[str] = [*message.missing, *_without_value(message)]
    if message.url and not base.known:
        unplaced.append(say("It names a host that is none of this API's servers: the chosen server stays."))
    slashes = _read_path(entry, base.path, parameters["path"])
    unplaced += slashes
    pairs = Pairs.of(address.query)
    if message.kind == "form body" and entry.operation.request_body is None:
        pairs = Pairs.of((message.content or b"").decode("utf-8", "replace"))
        message = PastedMessage(kind=message.kind)
    _drop_written(entry, pairs)
    keys = [(split_key(name)[1], name) for name, _ in pairs.left]
    _take(entry, "query", pairs, parameters)
    rest = [(name, pairs.decode(text)) for name, text in pairs.left]
    unplaced += _add(entry, "query", rest, parameters)
    named = {name for name, _ in rest if name not in parameters["query"]}
    unplaced += _add(entry, "cookie", _read_cookies(entry, message, parameters), parameters)
    unplaced += _add(entry, "header", _read_headers(entry, message, parameters["header"]), parameters)
    body = read_body(entry, message)
    unplaced += body.unplaced
    if _is_type_alone(entry, message):
        unplaced.append(say("The type of a body: there is no body, so it is not sent."))
    model = RequestModel(
        server=base.server,
        server_variables=dict(base.variables),
        parameters={location: values for location, values in parameters.items() if values},
        media_type=body.media_type,
        body=body.value,
        raw=body.raw,
        brackets=body.nesting.lists if body.nesting.lists != "index" else lists_of(keys),
        form_objects=body.nesting.objects,
    )
    path = "" if slashes else base.path
    whole = with_undescribed(entry, model)
    unplaced += differences(whole, model, message, path=path, named=named, body=not body.unplaced)
    return Reading(
        model=model,
        unplaced=tuple(dict.fromkeys(unplaced)),
        secrets=secrets,
    )


def _without_value(message: PastedMessage) -> list[str]:
    """Return sentences about variables and commands of a script whose value is not in the text.

    Those in credentials are gone by now: a variable is what should stand there.
    """
    content = message.content or b""
    parts = b"".join(part.data for part in message.parts or ())
    texts = [message.url, *(value for _, value in message.headers), (content + parts).decode("utf-8", "replace")]
    used = [spelling for spelling in message.unknown if any(spelling in text for text in texts)]
    names = [spelling for spelling in used if not spelling.startswith(("$(", "`"))]
    sentences: list[str] = [
        say("The variable %(name)s has no value in the text: its name is where it is used.", name=shown(name))
        for name in names
    ]
    if len(names) < len(used):
        # The command itself is not quoted: it may hold a secret.
        sentences.append(say("What a command in the text writes is not known: the command is where it is used."))
    return sentences


def _read_path(entry: Entry, path: str, values: dict[str, Value]) -> list[str]:
    """Read the path variables; return a sentence where the path and the operation's differ in a slash at the end."""
    template = entry.operation.path.partition("#")[0].partition("?")[0]
    names = _VARIABLE.findall(template)
    pattern = _pattern(template)
    cut = path.rstrip("/") if not template.endswith("/") else f"{path.rstrip('/')}/"
    match = pattern.fullmatch(cut) or pattern.fullmatch(path)
    declared = {parameter.name: parameter for parameter in entry.operation.parameters_in("path")}
    for name, raw in zip(names, match.groups() if match else (), strict=False):
        # A snippet of an empty form leaves the variable as it is in the template.
        if name in declared and unquote(raw) != f"{{{name}}}":
            values.setdefault(name, read_path_value(declared[name], raw, entry.definitions))
    if match is None or path in ("", "/") or match.string == path:
        return []
    if path.endswith("/"):
        return [say("The slash at the end of the path: this operation's path has none.")]
    return [say("The path has no slash at its end: this operation's path has one.")]


def _read_cookies(
    entry: Entry, message: PastedMessage, parameters: dict[Location, dict[str, Value]]
) -> list[tuple[str, str]]:
    """Read cookie parameters; return the other cookies.

    A cookie has no encoding of its own (RFC 6265 section 4.1.1). It is decoded only where it would be encoded again,
    and never where its parameter is sent as it is (3.2, style `cookie`).
    """
    described = entry.operation.parameters_in("cookie")
    pairs = Pairs.of(message.header("cookie"), separator=";", decode=str)
    exact = [parameter for parameter in described if parameter.style == "cookie"]
    values = {parameter.name: value for parameter, value in read_pairs(exact, pairs, entry.definitions)}
    rest = Pairs([(_decoded_cookie(name), text) for name, text in pairs.left], _decoded_cookie)
    encoded = [parameter for parameter in described if parameter.style != "cookie"]
    values |= {parameter.name: value for parameter, value in read_pairs(encoded, rest, entry.definitions)}
    names = (parameter.name for parameter in described if parameter.name in values)
    parameters["cookie"].update((name, values[name]) for name in names)
    return [(name, rest.decode(text)) for name, text in rest.left]


def _decoded_cookie(text: str) -> str:
    """Return the value that is sent as this text; where none is, the one that a server reads from it."""
    return text if cookie_text(text) == text else unquote(text)


def _drop_written(entry: Entry, pairs: Pairs) -> None:
    """Take out what the path template itself writes into the query (`?action=list`), and read its path variables."""
    _, _, query = entry.operation.path.partition("#")[0].partition("?")
    for piece in query.split("&"):
        name, _, text = piece.partition("=")
        if piece and "{" not in text:
            pairs.take(unquote(name).__eq__)


def _take(entry: Entry, location: Location, pairs: Pairs, parameters: dict[Location, dict[str, Value]]) -> None:
    if location == "query":
        _, _, written = entry.operation.path.partition("#")[0].partition("?")
        declared = {parameter.name: parameter for parameter in entry.operation.parameters_in("path")}
        for name, _, text in (piece.partition("=") for piece in written.split("&")):
            variable = _VARIABLE.fullmatch(text)
            if variable is not None and variable[1] in declared:
                taken = pairs.take(unquote(name).__eq__)
                if taken and unquote(taken[0][1]) != text:
                    value = read_path_value(declared[variable[1]], taken[0][1], entry.definitions)
                    parameters["path"].setdefault(variable[1], value)
    wanted = list(entry.operation.parameters_in(location))
    whole = next((parameter for parameter in wanted if parameter.style == "querystring"), None)
    if whole is not None and pairs.left:
        text = "&".join(f"{name}={value}" if value else name for name, value in pairs.encoded())
        pairs.left = []
        parameters[location][whole.name] = read_querystring(whole, text, entry.definitions)
        return
    values = {parameter.name: value for parameter, value in read_pairs(wanted, pairs, entry.definitions)}
    parameters[location].update(
        {parameter.name: values[parameter.name] for parameter in wanted if parameter.name in values}
    )


def _read_headers(entry: Entry, message: PastedMessage, values: dict[str, Value]) -> list[tuple[str, str]]:
    """Read header parameters; return the fields that are none and were not written by a client by itself."""
    declared = {parameter.name.lower(): parameter for parameter in reversed(entry.operation.parameters_in("header"))}
    rest: list[tuple[str, str]] = []
    texts: dict[str, str] = {}
    for name, text in message.headers:
        lowered = name.lower()
        if lowered in declared and not is_reserved(lowered):
            texts[lowered] = f"{texts[lowered]},{text}" if lowered in texts else text
        elif not _is_client_written(lowered, text, message, entry):
            rest.append((name, text))
    for parameter in entry.operation.parameters_in("header"):
        text = texts.get(parameter.name.lower(), "")
        if (
            parameter.name.lower() in texts
            and parameter.name not in values
            and not _is_own(parameter.name, text, entry)
        ):
            values[parameter.name] = read_header_value(parameter, text, entry.definitions)
    return rest


def _is_client_written(name: str, text: str, message: PastedMessage, entry: Entry) -> bool:
    """Say whether a field that is no parameter says nothing of what was asked for."""
    if name == "host":
        return text.lower() == split_url(message.url).host
    if name == "cookie" or name in _OWN_FIELDS or name.startswith("sec-"):
        return True
    if not message.by_hand:
        return name in _BROWSER_FIELDS
    # `--json` asks for JSON by itself.
    return name == "accept" and (text in ("*/*", accept(entry)) or (text, accept(entry)) == (JSON, "*/*"))


def _is_type_alone(entry: Entry, message: PastedMessage) -> bool:
    """Say whether the type of a body is there without one, and no parameter takes it."""
    declared = any(parameter.name.lower() == "content-type" for parameter in entry.operation.parameters_in("header"))
    # An empty form is one; of any other type nothing is left to be sent.
    is_form = message.content is not None and essence(message.header("content-type")) == FORM
    body = bool(message.content or message.file) or message.parts is not None or is_form
    return bool(message.header("content-type")) and not body and not declared


def _is_own(name: str, text: str, entry: Entry) -> bool:
    """Say whether a field says only what the playground writes there by itself."""
    if name.lower() == "accept":
        return text == accept(entry)
    body = entry.operation.request_body
    names = [media_type.name for media_type in body.media_types] if body is not None else []
    return name.lower() == "content-type" and (text in names or "boundary=" in text)


def _add(
    entry: Entry, location: Location, pairs: Sequence[tuple[str, str]], parameters: dict[Location, dict[str, Value]]
) -> list[str]:
    """Add what the description does not have to the request; return a sentence about each.

    They have names only, since a value might be a secret. What looks like one is never added: it would come back in
    the page.
    """
    declared = {parameter.name for parameter in entry.operation.parameters_in(location)}
    texts: dict[str, list[str]] = {}
    for name, text in pairs:
        texts.setdefault(name, []).append(text)
    unplaced: list[str] = []
    added = parameters[location]
    for name, all_of_it in texts.items():
        if name in declared:
            unplaced.append(_repeated(location, shown(name)))
        elif location == "header" and is_reserved(name):
            unplaced.append(say("The header %(name)s is written by the playground itself.", name=shown(name)))
        elif not name or not all(all_of_it):
            unplaced.append(say("%(name)s has no value, so it is not filled in.", name=shown(name)))
        elif any(may_be_secret(location, name, text) for text in all_of_it):
            unplaced.append(_secret(location, shown(name)))
        elif len(added) >= _MOST_ADDED:
            unplaced.append(say("There are too many parameters: %(name)s is not filled in.", name=shown(name)))
        else:
            unplaced.append(_unknown(location, shown(name)))
            several = ", ".join(all_of_it) if location == "header" else list(all_of_it)
            added[name] = all_of_it[0] if len(all_of_it) == 1 else several
    return unplaced[:20]


def _repeated(location: Location, name: str) -> str:
    if location == "cookie":
        return say("The cookie %(name)s is given more than once: its first value was read.", name=name)
    return say("The query parameter %(name)s is given more than once: its first value was read.", name=name)


def _secret(location: Location, name: str) -> str:
    if location == "cookie":
        return say("The cookie %(name)s may be a secret, so it is not filled in: add it yourself.", name=name)
    return say("The parameter %(name)s may be a secret, so it is not filled in: add it yourself.", name=name)


def _unknown(location: Location, name: str) -> str:
    if location == "query":
        return say("The query parameter %(name)s: this operation describes none of that name.", name=name)
    if location == "cookie":
        return say("The cookie %(name)s: this operation describes none of that name.", name=name)
    return say("The header %(name)s: this operation describes none of that name.", name=name)
