"""Rules of the document itself, its servers, tags, bodies, responses, examples, links and security."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from playground.openapi.pointers import Where
from playground.openapi.problems import quoted
from playground.openapi.rules.walk import TOKEN, Rule, Walk
from playground.openapi.values import text

_COMPONENT_NAME = re.compile(r"[A-Za-z0-9._-]+")
_VARIABLE = re.compile(r"\{([^{}]*)\}")
_HOST = re.compile(r"[^{}/ :\\]+(?::\d+)?")
_MEDIA_RANGE = re.compile(r"\s*[^\s/;,]+/[^\s/;,]+\s*(;.*)?", re.DOTALL)
_EXCLUSIVE_VALUES = (
    ("value", "externalValue"),
    ("value", "dataValue"),
    ("value", "serializedValue"),
    ("serializedValue", "externalValue"),
)
_SCHEME_FIELDS = {
    "apiKey": ("name", "in"), "http": ("scheme",), "oauth2": ("flows",), "openIdConnect": ("openIdConnectUrl",),
}  # fmt: skip
_SCHEMES = {
    "apiKey": ("name", "in"),
    "http": ("scheme", "bearerFormat"),
    "oauth2": ("flows", "oauth2MetadataUrl"),
    "openIdConnect": ("openIdConnectUrl",),
    "mutualTLS": (),
}
_SCHEMES_OF_2_0 = {
    "basic": (), "apiKey": ("name", "in"), "oauth2": ("flow", "authorizationUrl", "tokenUrl", "scopes"),
}  # fmt: skip
"""The fields that a security scheme of a type may have, apart from those of all."""
_ADDRESSES = frozenset(("authorizationUrl", "tokenUrl", "deviceAuthorizationUrl"))
_FLOW_FIELDS = {
    "implicit": ("authorizationUrl",),
    "password": ("tokenUrl",),
    "clientCredentials": ("tokenUrl",),
    "authorizationCode": ("authorizationUrl", "tokenUrl"),
    "deviceAuthorization": ("deviceAuthorizationUrl", "tokenUrl"),
    "application": ("tokenUrl",),
    "accessCode": ("authorizationUrl", "tokenUrl"),
}
_SCOPED = ("oauth2", "openIdConnect")


def check_document(walk: Walk, document: dict[str, Any], where: Where) -> None:
    """Check the fields of the document against each other, and its tags and operationIds."""
    if walk.family in ("3.1", "3.2") and not any(key in document for key in ("paths", "webhooks", "components")):
        walk.error(where, "The document has no paths, webhooks or components: add one of them.")
    if "#" in text(document.get("$self")):
        walk.warn((where, "$self"), "The address of a document has no fragment: remove what follows the #.")
    if walk.family == "2.0":
        _check_2_0(walk, document, where)
    _check_tags(walk, document, where)


def _check_2_0(walk: Walk, document: Mapping[str, Any], where: Where) -> None:
    host, base = document.get("host"), document.get("basePath")
    if isinstance(host, str) and host and not _HOST.fullmatch(host):
        walk.warn(
            (where, "host"), "The host is a name with an optional port: move scheme and path to schemes and basePath."
        )
    if isinstance(base, str) and not base.startswith("/"):
        walk.warn((where, "basePath"), "The basePath must begin with a slash: write one before it.")
    for key in ("consumes", "produces"):
        for index, name in enumerate(_list(document.get(key))):
            _check_media_range(walk, text(name), ((where, key), index))


def _check_tags(walk: Walk, document: Mapping[str, Any], where: Where) -> None:
    parents: dict[str, tuple[str, Where]] = {}
    for index, tag in enumerate(_list(document.get("tags"))):
        place: Where = ((where, "tags"), index)
        name = tag.get("name") if isinstance(tag, dict) else None
        if isinstance(name, str) and name in parents:
            walk.warn((place, "name"), f"The tag {quoted(name)} is declared twice: remove one of them.")
        elif isinstance(name, str):
            parents[name] = text(tag.get("parent")), place
    ended: set[str] = set()
    for name, (parent, place) in parents.items():
        if parent and parent not in parents:
            walk.warn(
                (place, "parent"), f"The parent {quoted(parent)} is no declared tag: declare it, or correct the name."
            )
        chain: dict[str, None] = {}
        while name in parents and name not in chain and name not in ended:
            chain[name] = None
            name = parents[name][0]
        if name in chain:
            walk.warn(
                (parents[name][1], "parent"),
                f"The tag {quoted(name)} is its own ancestor: give one of the tags another parent.",
            )
        ended.update(chain)


def check_info(walk: Walk, license_: dict[str, Any], where: Where) -> None:
    """Check that a license has one address."""
    if license_.get("identifier") is not None and license_.get("url") is not None:
        walk.warn(where, "A license has an identifier or a url, not both: remove one of them.")


def check_server(walk: Walk, server: dict[str, Any], where: Where) -> None:
    """Check a server's template against its variables."""
    url = text(server.get("url"))
    names = _VARIABLE.findall(url)
    described = server.get("variables")
    for name in dict.fromkeys(names):
        if names.count(name) > 1:
            walk.warn((where, "url"), f"The url has {{{name}}} twice, which one value cannot fill: rename one of them.")
        if not isinstance(described, dict) or name not in described:
            walk.warn(
                (where, "variables"), f"The server variable {quoted(name)} is not described: add it to variables."
            )
    for name in described if url and isinstance(described, dict) else ():
        if name not in names:
            walk.warn(
                ((where, "variables"), name),
                f"The url has no {{{name}}}, so this variable has no effect: add it, or remove it.",
            )
    if walk.family == "3.2" and re.search(r"[?#]", url):
        walk.warn((where, "url"), "The url of a server has no query or fragment: move them to the operations.")


def check_server_names(walk: Walk, holder: dict[str, Any], where: Where) -> None:
    """Check that servers side by side have different names (3.2)."""
    seen: set[str] = set()
    for index, server in enumerate(_list(holder.get("servers"))):
        name = server.get("name") if isinstance(server, dict) else None
        if isinstance(name, str) and name in seen:
            walk.warn(
                (((where, "servers"), index), "name"), f"Two servers are named {quoted(name)}: rename one of them."
            )
        elif isinstance(name, str):
            seen.add(name)


def check_server_variable(walk: Walk, variable: dict[str, Any], where: Where) -> None:
    """Check a server variable's values."""
    choices = variable.get("enum")
    if choices == []:
        walk.warn((where, "enum"), "The enum of a server variable must not be empty: add its values, or remove it.")
    elif isinstance(choices, list) and isinstance(default := variable.get("default"), str) and default not in choices:
        walk.warn(
            (where, "default"), f"The default {quoted(default)} is not among its values: add it, or choose one of them."
        )


def check_components(walk: Walk, components: dict[str, Any], where: Where) -> None:
    """Check the names of components."""
    for field, members in components.items():
        for name in members if isinstance(members, dict) and not field.startswith("x-") else ():
            if not _COMPONENT_NAME.fullmatch(name):
                walk.warn(
                    ((where, field), name),
                    f"The component name {quoted(name)} may hold letters, digits, '.', '_' and '-' only: rename it.",
                )


def check_content(walk: Walk, holder: dict[str, Any], where: Where) -> None:
    """Check the names of media types."""
    content = holder.get("content")
    for name in content if isinstance(content, dict) else ():
        _check_media_range(walk, name, ((where, "content"), name))


def _check_media_range(walk: Walk, name: str, where: Where) -> None:
    if not _MEDIA_RANGE.fullmatch(name):
        walk.warn(where, f"{quoted(name)} is no media type: write one like application/json.")


def check_header_names(walk: Walk, holder: dict[str, Any], where: Where) -> None:
    """Check that the names of headers are those of header fields (RFC 9110 section 5.1)."""
    headers = holder.get("headers")
    for name in headers if isinstance(headers, dict) else ():
        if not TOKEN.fullmatch(name):
            walk.warn(((where, "headers"), name), f"{quoted(name)} cannot be the name of a header field: correct it.")


def check_body(walk: Walk, body: dict[str, Any], where: Where) -> None:
    """Check that a body has a media type."""
    if body.get("content") == {}:
        walk.warn((where, "content"), "This request body has no media type, so nothing is sent: add one.")
    check_content(walk, body, where)


def check_examples(walk: Walk, holder: dict[str, Any], where: Where) -> None:
    """Check that there is one way of giving examples."""
    if "example" in holder and holder.get("examples") is not None:
        walk.warn(where, "There is an example and examples: keep one of the two fields.")


def check_media_type(walk: Walk, media_type: dict[str, Any], where: Where) -> None:
    """Check a media type's encodings against its schema and each other."""
    _check_encodings(walk, media_type, where)
    encoding, schema = media_type.get("encoding"), walk.resolve(media_type.get("schema"))
    properties = schema.get("properties")
    if not isinstance(encoding, dict) or not isinstance(properties, dict):
        return
    if any(key in schema for key in ("allOf", "anyOf", "oneOf", "patternProperties", "additionalProperties", "if")):
        return
    for name in encoding:
        if name not in properties:
            walk.warn(
                ((where, "encoding"), name),
                f"The schema has no property {quoted(name)}, so this encoding has no effect: correct the name.",
            )


def _check_encodings(walk: Walk, holder: dict[str, Any], where: Where) -> None:
    for key in ("prefixEncoding", "itemEncoding"):
        if holder.get("encoding") is not None and holder.get(key) is not None:
            walk.warn((where, key), f"encoding is for parts with names, {key} for parts without: keep one kind.")


def check_example(walk: Walk, example: dict[str, Any], where: Where) -> None:
    """Check that an example has one value."""
    for first, second in _EXCLUSIVE_VALUES:
        if first in example and second in example and walk.has_field("Example", second):
            walk.warn((where, second), f"An example has {first} or {second}, not both: remove one of them.")


def check_link(walk: Walk, link: dict[str, Any], where: Where) -> None:
    """Check that a link names one operation that exists."""
    operation_id, reference = link.get("operationId"), link.get("operationRef")
    if (operation_id is None) == (reference is None):
        walk.warn(
            where, "A link names an operation by operationId or operationRef, one of them: add it, or remove the other."
        )
    elif isinstance(operation_id, str) and operation_id not in walk.operation_ids:
        walk.warn(
            (where, "operationId"), f"There is no operation with the operationId {quoted(operation_id)}: correct it."
        )


def check_callback(walk: Walk, callback: dict[str, Any], where: Where) -> None:
    """Check that the expressions of a callback can be evaluated."""
    for expression in callback:
        for inner in re.findall(r"\{(\$[^{}]*)\}", expression) or ([expression] if expression.startswith("$") else []):
            if not re.fullmatch(
                r"\$(url|method|statusCode|(request|response)\.(body(#.*)?|(header|query|path)\..+))", inner
            ):
                walk.warn(
                    (where, expression), f"{quoted(inner)} is no runtime expression: write one like $request.body#/url."
                )


def check_security_scheme(walk: Walk, scheme: dict[str, Any], where: Where) -> None:
    """Check that a security scheme has the fields of its type."""
    kind = text(scheme.get("type"))
    needed = _SCHEME_FIELDS.get(kind, ())
    if walk.family == "2.0" and kind == "oauth2":
        needed = ("flow", *_FLOW_FIELDS.get(text(scheme.get("flow")), ()))
        walk.require(scheme, "scopes", where, "This OAuth flow has no")
    for key in needed:
        walk.require(scheme, key, where, f"A security scheme of type {kind} needs")
    _check_scheme_fields(walk, scheme, kind, where)
    if scheme.get("bearerFormat") is not None and text(scheme.get("scheme")).lower() not in ("", "bearer"):
        walk.warn((where, "bearerFormat"), "bearerFormat is for the scheme bearer only: remove it.")


def _check_scheme_fields(walk: Walk, scheme: Mapping[str, Any], kind: str, where: Where) -> None:
    """Check that a security scheme has no fields of another type, and one of OAuth a flow."""
    of_type = _SCHEMES_OF_2_0 if walk.family == "2.0" else _SCHEMES
    own = of_type.get(kind)
    others = {field for fields in of_type.values() for field in fields}.difference(own or ())
    if own is not None:
        if kind == "oauth2" and walk.family == "2.0":
            others |= _ADDRESSES.difference(_FLOW_FIELDS.get(text(scheme.get("flow")), _ADDRESSES))
        for key in scheme:
            if key in others:
                walk.warn(
                    (where, key),
                    f"A security scheme of type {kind} has no {quoted(key)}: remove it, or correct the type.",
                )
    if kind == "oauth2" and scheme.get("flows") == {}:
        walk.warn((where, "flows"), "This security scheme names no flow, so nobody can sign in: add one.")


def check_flow(walk: Walk, flow: dict[str, Any], where: Where) -> None:
    """Check that an OAuth flow has the addresses of its kind."""
    name = text(where[1]) if where else ""
    for key in _FLOW_FIELDS.get(name, ()):
        walk.require(flow, key, where, f"The OAuth flow {name} needs")
    for key in sorted(_ADDRESSES.intersection(flow).difference(_FLOW_FIELDS.get(name, _ADDRESSES))):
        walk.warn((where, key), f"The OAuth flow {name} has no {quoted(key)}: remove it.")


def check_requirement(walk: Walk, requirement: dict[str, Any], where: Where) -> None:
    """Check that a security requirement names declared schemes, and scopes only where there are any."""
    schemes = walk.security_schemes
    for name, scopes in requirement.items():
        scheme = walk.resolve(schemes.get(name))
        # A scheme may be named by its address since 3.2.
        if name not in schemes and not (walk.family == "3.2" and re.search(r"[/#.:]", name)):
            walk.warn(
                (where, name), f"The security scheme {quoted(name)} is not declared: declare it, or correct the name."
            )
        elif scopes and walk.family in ("2.0", "3.0") and text(scheme.get("type")) not in ("", *_SCOPED):
            walk.warn(
                (where, name),
                f"Scopes are for oauth2 and openIdConnect; {quoted(name)} is neither: write an empty list.",
            )


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


RULES: dict[str, tuple[Rule, ...]] = {
    "OpenAPI": (check_document, check_server_names),
    "License": (check_info,),
    "Server": (check_server,),
    "ServerVariable": (check_server_variable,),
    "Components": (check_components,),
    "PathItem": (check_server_names,),
    "Operation": (check_server_names,),
    "Parameter": (check_examples, check_content),
    "Header": (check_examples, check_content),
    "RequestBody": (check_body,),
    "Response": (check_content, check_header_names),
    "MediaType": (check_examples, check_media_type),
    "Encoding": (_check_encodings, check_header_names),
    "Example": (check_example,),
    "Link": (check_link,),
    "Callback": (check_callback,),
    "SecurityScheme": (check_security_scheme,),
    "OAuthFlow": (check_flow,),
    "SecurityRequirement": (check_requirement,),
}
