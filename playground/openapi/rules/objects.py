"""The objects of each version of OpenAPI: their fields, what each may hold, and which must be given.

A table has one line an object: `name:kind` for each field, `!` after a kind that must be given. Kinds are `text`,
`flag`, `url` (a URI reference, RFC 3986), `email`, `any`, `(one|of|these)`, the name of an object (`&`: or a Reference
Object), `[list]` and `{map}`; a field `*` means every name that does not begin with `x-`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

_3_0 = {
    "OpenAPI": "openapi:text! info:Info! servers:[Server] paths:Paths! components:Components "
    "security:[SecurityRequirement] tags:[Tag] externalDocs:ExternalDocumentation",
    "Info": "title:text! description:text termsOfService:url contact:Contact license:License version:text!",
    "Contact": "name:text url:url email:email",
    "License": "name:text! url:url",
    "Server": "url:text! description:text variables:{ServerVariable}",
    "ServerVariable": "enum:[text] default:text! description:text",
    "Components": "schemas:{Schema} responses:{Response&} parameters:{Parameter&} examples:{Example&} "
    "requestBodies:{RequestBody&} headers:{Header&} securitySchemes:{SecurityScheme&} links:{Link&} "
    "callbacks:{Callback&}",
    "Paths": "*:PathItem",
    "PathItem": "$ref:url summary:text description:text servers:[Server] parameters:[Parameter&] get:Operation "
    "put:Operation post:Operation delete:Operation options:Operation head:Operation patch:Operation trace:Operation",
    "Operation": "tags:[text] summary:text description:text externalDocs:ExternalDocumentation operationId:text "
    "parameters:[Parameter&] requestBody:RequestBody& responses:Responses! callbacks:{Callback&} deprecated:flag "
    "security:[SecurityRequirement] servers:[Server]",
    "ExternalDocumentation": "description:text url:url!",
    "Parameter": "name:text! in:(path|query|header|cookie)! description:text required:flag deprecated:flag "
    "allowEmptyValue:flag style:text explode:flag allowReserved:flag schema:Schema example:any examples:{Example&} "
    "content:{MediaType}",
    "RequestBody": "description:text content:{MediaType}! required:flag",
    "MediaType": "schema:Schema example:any examples:{Example&} encoding:{Encoding}",
    "Encoding": "contentType:text headers:{Header&} style:(form|spaceDelimited|pipeDelimited|deepObject) "
    "explode:flag allowReserved:flag",
    "Responses": "*:Response&",
    "Response": "description:text! headers:{Header&} content:{MediaType} links:{Link&}",
    "Callback": "*:PathItem",
    "Example": "summary:text description:text value:any externalValue:url",
    "Link": "operationRef:url operationId:text parameters:{any} requestBody:any description:text server:Server",
    "Header": "description:text required:flag deprecated:flag allowEmptyValue:flag style:(simple) explode:flag "
    "allowReserved:flag schema:Schema example:any examples:{Example&} content:{MediaType}",
    "Tag": "name:text! description:text externalDocs:ExternalDocumentation",
    "Schema": "title:text multipleOf:any maximum:any exclusiveMaximum:flag minimum:any exclusiveMinimum:flag "
    "maxLength:any minLength:any pattern:text maxItems:any minItems:any uniqueItems:flag maxProperties:any "
    "minProperties:any required:any enum:any type:(string|number|integer|boolean|array|object) not:Schema "
    "allOf:[Schema] oneOf:[Schema] anyOf:[Schema] items:Schema properties:{Schema} additionalProperties:Schema "
    "description:text format:text default:any nullable:flag discriminator:Discriminator readOnly:flag writeOnly:flag "
    "example:any externalDocs:ExternalDocumentation deprecated:flag xml:XML",
    "Discriminator": "propertyName:text! mapping:{text}",
    "XML": "name:text namespace:url prefix:text attribute:flag wrapped:flag",
    "SecurityScheme": "type:(apiKey|http|oauth2|openIdConnect)! description:text name:text in:(query|header|cookie) "
    "scheme:text bearerFormat:text flows:OAuthFlows openIdConnectUrl:url",
    "OAuthFlows": "implicit:OAuthFlow password:OAuthFlow clientCredentials:OAuthFlow authorizationCode:OAuthFlow",
    "OAuthFlow": "authorizationUrl:url tokenUrl:url refreshUrl:url scopes:{text}!",
    "SecurityRequirement": "*:[text]",
}

_3_1 = _3_0 | {
    "OpenAPI": "openapi:text! info:Info! jsonSchemaDialect:url servers:[Server] paths:Paths webhooks:{PathItem} "
    "components:Components security:[SecurityRequirement] tags:[Tag] externalDocs:ExternalDocumentation",
    "Info": "summary:text " + _3_0["Info"],
    "License": "identifier:text " + _3_0["License"],
    "Components": _3_0["Components"] + " pathItems:{PathItem}",
    "Operation": _3_0["Operation"].replace("Responses!", "Responses"),
    "Header": "description:text required:flag deprecated:flag style:(simple) explode:flag schema:Schema example:any "
    "examples:{Example&} content:{MediaType}",
    # JSON Schema takes any keyword; those listed here hold schemas or objects of OpenAPI.
    "Schema": "*:any not:Schema allOf:[Schema] oneOf:[Schema] anyOf:[Schema] prefixItems:[Schema] items:Schema "
    "contains:Schema properties:{Schema} patternProperties:{Schema} additionalProperties:Schema "
    "propertyNames:Schema dependentSchemas:{Schema} if:Schema then:Schema else:Schema unevaluatedItems:Schema "
    "unevaluatedProperties:Schema contentSchema:Schema $defs:{Schema} discriminator:Discriminator xml:XML "
    "externalDocs:ExternalDocumentation title:text description:text pattern:text readOnly:flag writeOnly:flag "
    "deprecated:flag",
    "SecurityScheme": _3_0["SecurityScheme"].replace("openIdConnect)", "openIdConnect|mutualTLS)"),
}

_3_2 = _3_1 | {
    "OpenAPI": "$self:url " + _3_1["OpenAPI"],
    "Server": "name:text " + _3_1["Server"],
    "Components": _3_1["Components"] + " mediaTypes:{MediaType&}",
    "PathItem": _3_1["PathItem"] + " query:Operation additionalOperations:{Operation}",
    "Parameter": _3_1["Parameter"].replace("(path|", "(querystring|path|").replace("{MediaType}", "{MediaType&}"),
    "RequestBody": _3_1["RequestBody"].replace("{MediaType}", "{MediaType&}"),
    "MediaType": "description:text itemSchema:Schema prefixEncoding:[Encoding] itemEncoding:Encoding "
    + _3_1["MediaType"],
    "Encoding": "encoding:{Encoding} prefixEncoding:[Encoding] itemEncoding:Encoding " + _3_1["Encoding"],
    "Response": "summary:text description:text headers:{Header&} content:{MediaType&} links:{Link&}",
    "Example": "dataValue:any serializedValue:text " + _3_1["Example"],
    "Header": _3_1["Header"].replace("{MediaType}", "{MediaType&}"),
    "Tag": "summary:text parent:text kind:text " + _3_1["Tag"],
    "Discriminator": "propertyName:text! mapping:{text} defaultMapping:text",
    "XML": "nodeType:(element|attribute|text|cdata|none) " + _3_1["XML"],
    "SecurityScheme": "deprecated:flag oauth2MetadataUrl:url " + _3_1["SecurityScheme"],
    "OAuthFlows": "deviceAuthorization:OAuthFlow " + _3_1["OAuthFlows"],
    "OAuthFlow": "deviceAuthorizationUrl:url " + _3_1["OAuthFlow"],
}

_ITEMS = (
    "format:text items:Items collectionFormat:(csv|ssv|tsv|pipes|multi) default:any maximum:any exclusiveMaximum:flag "
    "minimum:any exclusiveMinimum:flag maxLength:any minLength:any pattern:text maxItems:any minItems:any "
    "uniqueItems:flag enum:any multipleOf:any"
)
_2_0 = {
    "OpenAPI": "swagger:text! info:Info! host:text basePath:text schemes:[(http|https|ws|wss)] consumes:[text] "
    "produces:[text] paths:Paths! definitions:{Schema} parameters:{Parameter} responses:{Response} "
    "securityDefinitions:{SecurityScheme} security:[SecurityRequirement] tags:[Tag] "
    "externalDocs:ExternalDocumentation",
    **{name: _3_0[name] for name in ("Info", "Contact", "License", "ExternalDocumentation", "Tag", "Paths", "XML")},
    "PathItem": "$ref:url parameters:[Parameter&] get:Operation put:Operation post:Operation delete:Operation "
    "options:Operation head:Operation patch:Operation",
    "Operation": "tags:[text] summary:text description:text externalDocs:ExternalDocumentation operationId:text "
    "consumes:[text] produces:[text] parameters:[Parameter&] responses:Responses! "
    "schemes:[(http|https|ws|wss)] deprecated:flag security:[SecurityRequirement]",
    "Parameter": "name:text! in:(path|query|header|formData|body)! description:text required:flag schema:Schema "
    f"type:(string|number|integer|boolean|array|file) allowEmptyValue:flag {_ITEMS}",
    "Items": f"type:(string|number|integer|boolean|array)! {_ITEMS}",
    "Responses": "*:Response&",
    "Response": "description:text! schema:Schema headers:{Header} examples:{any}",
    "Header": f"description:text type:(string|number|integer|boolean|array)! {_ITEMS}",
    "Schema": "title:text multipleOf:any maximum:any exclusiveMaximum:flag minimum:any exclusiveMinimum:flag "
    "maxLength:any minLength:any pattern:text maxItems:any minItems:any uniqueItems:flag maxProperties:any "
    "minProperties:any required:any enum:any type:(string|number|integer|boolean|array|object|file|null) "
    "allOf:[Schema] items:Schema properties:{Schema} additionalProperties:Schema description:text format:text "
    "default:any discriminator:text readOnly:flag example:any externalDocs:ExternalDocumentation xml:XML",
    "SecurityScheme": "type:(basic|apiKey|oauth2)! description:text name:text in:(query|header) "
    "flow:(implicit|password|application|accessCode) authorizationUrl:url tokenUrl:url scopes:{text}",
    "SecurityRequirement": "*:[text]",
}

_TABLES = {"2.0": _2_0, "3.0": _3_0, "3.1": _3_1, "3.2": _3_2}


@dataclass(frozen=True, slots=True)
class Kind:
    """What a field may hold; `inner` is the kind of a list's or a map's members, `choices` the allowed texts.

    `reference` says that a Reference Object may be in an object's place.
    """

    form: Literal["text", "flag", "url", "email", "any", "choice", "object", "list", "map"]
    inner: Kind | None = None
    object: str = ""
    choices: tuple[str, ...] = ()
    reference: bool = False


@dataclass(frozen=True, slots=True)
class ObjectType:
    """An object of the specification; `others` is the kind of fields with names of the author's choice, if any."""

    name: str
    fields: Mapping[str, Kind]
    required: tuple[str, ...]
    others: Kind | None

    @property
    def title(self) -> str:
        """The object's name as the specification writes it: `Media Type Object`."""
        return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", self.name) + " Object"


@cache
def objects_of(family: str) -> Mapping[str, ObjectType]:
    """Return the objects of a family of versions (`3.1`) by name."""
    return {name: _read_object(name, line) for name, line in _TABLES[family].items()}


def families_with(name: str, field: str) -> tuple[str, ...]:
    """Return the families of versions in which an object of this name has the field."""
    tables = ((family, objects_of(family).get(name)) for family in _TABLES)
    return tuple(family for family, kind in tables if kind is not None and field in kind.fields)


def _read_object(name: str, line: str) -> ObjectType:
    fields: dict[str, Kind] = {}
    required: list[str] = []
    others: Kind | None = None
    for piece in line.split():
        field, _, kind = piece.partition(":")
        if kind.endswith("!"):
            required.append(field)
        if field == "*":
            others = _read_kind(kind)
        else:
            fields[field] = _read_kind(kind.rstrip("!"))
    return ObjectType(name, fields, tuple(required), others)


def _read_kind(text: str) -> Kind:
    if text[0] == "[":
        return Kind("list", inner=_read_kind(text[1:-1]))
    if text[0] == "{":
        return Kind("map", inner=_read_kind(text[1:-1]))
    if text[0] == "(":
        return Kind("choice", choices=tuple(text[1:-1].split("|")))
    if text[0].isupper():
        return Kind("object", object=text.rstrip("&"), reference=text.endswith("&"))
    forms: dict[str, Literal["text", "flag", "url", "email", "any"]] = {
        "text": "text", "flag": "flag", "url": "url", "email": "email", "any": "any",
    }  # fmt: skip
    return Kind(forms[text])
