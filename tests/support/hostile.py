"""A description that attacks its reader: the payloads of the security reference's rows 26 to 36 in every text field."""

from __future__ import annotations

from typing import Any

PAYLOADS = (
    "<script>hacked()</script>",
    "<img src=x onerror=hacked()>",
    "<svg onload=hacked()>",
    "<svg/onload=hacked()//",
    "<details open ontoggle=hacked()>d</details>",
    "<iframe srcdoc='<script>hacked()</script>'></iframe>",
    "<object data=javascript:hacked()></object>",
    "<embed src=javascript:hacked()>",
    "[a](javascript:hacked())",
    "<a href=JaVaScRiPt:hacked()>b</a>",
    "<a href='java&#115;cript:hacked()'>c</a>",
    "<a href='java\tscript:hacked()'>d</a>",
    "[e](data:text/html,<script>hacked()</script>)",
    "[f](vbscript:hacked())",
    "<a href='//evil.example'>g</a>",
    "[h](\\\\evil.example)",
    "![i](javascript:hacked())",
    "![k](https://evil.example/track.png)",
    "[r][r]\n\n[r]: javascript:hacked()\n",
    "<javascript:hacked()>",
    "```html\n<script>hacked()</script>\n```",
    "[[[[l](javascript:hacked())",
    "<math><mtext><table><mglyph><style><img src=x onerror=hacked()></style></mglyph></table></mtext></math>",
    "<noscript><p title='</noscript><img src=x onerror=hacked()>'></noscript>",
    "<svg><style><img src=x onerror=hacked()></style></svg>",
    "<template><script>hacked()</script></template>",
    "<!-- unclosed <img src=x onerror=hacked()>",
    "<style>@import 'https://evil.example/x.css';</style>",
    "<p style='background:url(https://evil.example)'>m</p>",
    "<p id=send name=gateway_url class=card>clobber</p>",
    "<form id=request><input name=action><button>n</button></form>",
    "<a id=htmx name=config>o</a>",
    "<div hx-get=/providers hx-trigger=load>p</div>",
    "<div data-hx-post=/x hx-swap-oob=true hx-on:click=hacked()>q</div>",
    "<hx-partial>r</hx-partial>",
    "<meta name=htmx-config content='{}'>",
    "<base href=https://evil.example>",
    "<link rel=stylesheet href=https://evil.example>",
    "{{7*7}}{% raw %}${7*7}#{7*7}<%= 7*7 %>%s{0}",
    "\"'`>\n\0<b onclick=hacked()>s</b>",
    '" autofocus onfocus=hacked() x="',
    "' onmouseover='hacked()",
    "</textarea><script>hacked()</script>",
    "</title><script>hacked()</script>",
    "</option></select><img src=x onerror=hacked()>",
    "\u202e\u2066\u200b\u001b[31m",
    "javascript:hacked()",
)
ALL = "\n\n".join(PAYLOADS)
SHORT = "\"'`><script>hacked()</script><img src=x onerror=hacked() id=send>"


def hostile_document() -> dict[str, Any]:
    """Return a description with every payload in every text field that a page could show."""
    schema: dict[str, Any] = {
        "type": "object",
        "title": SHORT,
        "description": ALL,
        "required": [SHORT],
        "properties": {
            SHORT: {
                "type": "string",
                "title": SHORT,
                "description": ALL,
                "format": SHORT,
                "pattern": SHORT,
                "default": ALL,
            },
            "enum": {"enum": [SHORT, ALL, "javascript:hacked()"], "default": SHORT, "description": ALL},
            "const": {"const": ALL, "title": SHORT},
            "list": {"type": "array", "title": SHORT, "items": {"type": "string", "title": SHORT, "examples": [ALL]}},
            "map": {"type": "object", "title": SHORT, "additionalProperties": {"type": "string", "title": SHORT}},
            "nested": {
                "type": "object",
                "properties": {SHORT: {"type": "object", "properties": {SHORT: {"type": "integer"}}}},
            },
            "choice": {
                "oneOf": [
                    {"type": "object", "title": SHORT, "properties": {"kind": {"const": SHORT}}},
                    {"type": "string", "title": ALL},
                ],
                "discriminator": {"propertyName": "kind", "mapping": {SHORT: "#/components/schemas/" + SHORT}},
            },
            "file": {"type": "string", "format": "binary", "description": ALL},
            "number": {"type": "number", "example": SHORT, "default": SHORT},
            **{payload: {"type": "string"} for payload in PAYLOADS},
        },
    }
    responses = {
        "200": {
            "description": ALL,
            "headers": {SHORT: {"description": ALL, "schema": {"type": "string", "example": SHORT}}},
            "content": {"application/json": {"schema": schema, "examples": {SHORT: {"summary": SHORT, "value": ALL}}}},
            "links": {SHORT: {"operationId": SHORT, "description": ALL}},
        }
    }
    parameters: list[dict[str, Any]] = [
        {
            "name": name,
            "in": location,
            "description": ALL,
            "required": location == "path",
            "deprecated": True,
            "example": ALL,
            "schema": {"type": "string", "default": SHORT, "enum": [SHORT, ALL], "title": SHORT},
        }
        for location in ("path", "query", "header", "cookie")
        for name in (SHORT, "x" + PAYLOADS[2])
    ]
    operation = {
        "operationId": "attack" + SHORT,
        "summary": SHORT,
        "description": ALL,
        "tags": [SHORT, "javascript:hacked()"],
        "parameters": parameters,
        "responses": responses,
        "x-" + SHORT: ALL,
        "x-codeSamples": [{"lang": SHORT, "label": SHORT, "source": ALL}, {"lang": "html", "source": ALL}],
        "externalDocs": {"url": "javascript:hacked()", "description": ALL},
        "requestBody": {
            "description": ALL,
            "content": {
                "application/json": {"schema": schema, "examples": {SHORT: {"summary": SHORT, "value": ALL}}},
                SHORT: {"schema": {"type": "string"}},
                "multipart/form-data": {"schema": schema},
            },
        },
        "callbacks": {SHORT: {SHORT: {"post": {"description": ALL, "responses": responses}}}},
        "security": [{SHORT: []}, {"basic": [], "key": []}, {"oauth": [SHORT]}],
        "servers": [
            {"url": "javascript:hacked()", "description": ALL},
            {
                "url": "https://{" + SHORT + "}.example.com/{b}",
                "description": SHORT,
                "variables": {
                    SHORT: {"default": SHORT, "description": ALL, "enum": [SHORT]},
                    "b": {"default": ALL, "description": ALL},
                },
            },
        ],
    }
    return {
        "openapi": "3.1.0",
        "info": {
            "title": SHORT,
            "version": SHORT,
            "summary": SHORT,
            "description": ALL,
            "termsOfService": "javascript:hacked()",
            "contact": {"name": SHORT, "url": "javascript:hacked()", "email": SHORT},
            "license": {"name": SHORT, "url": "javascript:hacked()", "identifier": SHORT},
        },
        "servers": [{"url": "javascript:hacked()", "description": ALL}],
        "externalDocs": {"url": "javascript:hacked()", "description": ALL},
        "tags": [{"name": SHORT, "description": ALL, "externalDocs": {"url": "javascript:hacked()"}}],
        "paths": {
            "/{" + SHORT + "}/" + PAYLOADS[1]: {"summary": SHORT, "description": ALL, "post": operation},
            "/plain": {"get": {**operation, "operationId": "plain", "servers": [{"url": "https://api.example.com"}]}},
            "/deep/" + SHORT: {"put": {**operation, "operationId": ""}},
        },
        "components": {
            "securitySchemes": {
                SHORT: {"type": "apiKey", "in": "header", "name": SHORT, "description": ALL},
                "key": {"type": "apiKey", "in": "query", "name": SHORT, "description": ALL},
                "basic": {"type": "http", "scheme": "basic", "description": ALL},
                "odd": {"type": "http", "scheme": SHORT, "description": ALL},
                "oauth": {
                    "type": "oauth2",
                    "description": ALL,
                    "flows": {
                        "implicit": {
                            "authorizationUrl": "javascript:hacked()",
                            "tokenUrl": "javascript:hacked()",
                            "scopes": {SHORT: ALL},
                        }
                    },
                },
                "open": {"type": "openIdConnect", "openIdConnectUrl": "javascript:hacked()", "description": ALL},
            },
        },
    }
