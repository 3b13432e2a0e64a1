"""Hard operations of the real corpus written by hand: arguments, and the form a browser submits, to the exact request.

The numbers are those of the list the cases were picked by. Each description is a few lines with the difficulty of the
real one, so that these run everywhere; `test_torture.py` holds the real ones. Expected requests are written from
OpenAPI's style tables, RFC 3986, RFC 4180 (CSV), RFC 7578, RFC 8259 and the XML Object of OpenAPI.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest

from playground.catalog.model import Entry
from playground.forms.fill import fill
from playground.forms.parse import parse
from playground.messages import HTTPRequest
from playground.openapi.compile import compile_document
from playground.request.arguments import from_arguments
from playground.request.build import build_request
from playground.request.model import RequestModel
from tests.forms.browser import submit
from tests.request.entries import FORM

JSON, XML = "application/json", '<?xml version="1.0" encoding="UTF-8"?>'
STRING: dict[str, Any] = {"type": "string"}
API = "https://api.test"


def an_object(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties}


def takes(name: str, location: str = "path", schema: Any = None, **more: Any) -> dict[str, Any]:
    required = {"required": True} if location == "path" else {}
    return {"name": name, "in": location, "schema": STRING if schema is None else schema, **required, **more}


def holds(schema: Any, *media_types: str) -> dict[str, Any]:
    """An operation's `requestBody`: one schema, offered as each media type."""
    return {"requestBody": {"content": {name: {"schema": schema} for name in media_types or (JSON,)}}}


@dataclass(frozen=True, kw_only=True)
class Case:
    """A description of one operation, what is put in, and all that goes on the wire."""

    number: int
    key: str
    operation: dict[str, Any] = field(default_factory=dict)
    parameters: list[dict[str, Any]] = field(default_factory=list)
    more: dict[str, Any] = field(default_factory=dict)  # more of the document
    item: dict[str, Any] = field(default_factory=dict)  # more of the path item
    servers: list[dict[str, Any]] | None = field(default_factory=lambda: [{"url": API}])
    arguments: dict[str, Any] = field(default_factory=dict)
    media_type: str | None = None
    server: str | None = None
    variables: dict[str, str] = field(default_factory=dict)
    url: str
    headers: Mapping[str, str | None] = field(default_factory=dict)
    content: str = ""


def entry_of(case: Case) -> Entry:
    method, _, path = case.key.partition(" ")
    document = {
        "openapi": "3.1.0", "info": {"title": "T", "version": "1"},
        **({} if case.servers is None else {"servers": case.servers}), **case.more,
        "paths": {
            **case.more.get("paths", {}),
            path: {**case.item, method.lower(): {"parameters": case.parameters, "responses": {}, **case.operation}},
        },
    }  # fmt: skip
    catalog = compile_document(document, name="x").catalog
    operation = next(one for one in catalog.operations if one.key == case.key)
    return Entry(provider=catalog.provider, operation=operation, definitions=catalog.definitions)


def model_of(case: Case) -> RequestModel:
    return from_arguments(
        entry_of(case), case.arguments, server=case.server, server_variables=case.variables, media_type=case.media_type
    )


def parts(*named: tuple[str, str]) -> str:
    """Parts of text as RFC 7578 has them."""
    heads = [f'--B\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{text}\r\n' for name, text in named]
    return "".join(heads) + "--B--\r\n"


CONDITION = {"oneOf": [
    an_object(nodeType={"const": "compound"}, operator={"enum": ["AND", "OR"]},
              conditions={"type": "array", "items": {"$ref": "#/components/schemas/Condition"}}),
    an_object(nodeType={"const": "simple"}, type=STRING),
]}  # fmt: skip
ACCOUNT: dict[str, Any] = {
    **an_object(id={**STRING, "readOnly": True}, name=STRING, address=an_object(city=STRING)),
    "required": ["id", "name"],
}
PATCH: dict[str, Any] = {
    "number": 38, "key": "PATCH /accounts/{id}/", "servers": None, "server": "sandbox", "parameters": [takes("id")],
    "operation": holds({"$ref": "#/components/schemas/Account"}, JSON, FORM, "multipart/form-data"),
    "more": {"components": {"schemas": {"Account": ACCOUNT}}},
    "arguments": {"id": "7", "name": "é", "address": {"city": "a b"}},
    "url": "https://sandbox.invalid/accounts/7/",
}  # fmt: skip
WAYBACK: dict[str, Any] = {
    "number": 21, "key": "POST /available", "url": f"{API}/available",
    "operation": holds({"type": "array", "items": an_object(url=STRING, tag=STRING)}, JSON, FORM, "text/csv"),
    "arguments": {"body": [{"url": "https://a.test/?b=1,2", "tag": 'say "x"'}, {"url": "c"}]},
}  # fmt: skip
RULE = an_object(ID={**STRING, "xml": {"attribute": True}}, Status=STRING, Prefix=STRING)
RULES = {"type": "array", "items": {"$ref": "#/components/schemas/Rule"}, "xml": {"wrapped": False}}
REPLICATION = {
    **an_object(Role=STRING, Rules={"allOf": [{"$ref": "#/components/schemas/Rules"}, {"xml": {"name": "Rule"}}]}),
    "xml": {"namespace": "http://s3.test/doc/2006-03-01/"},
}
POD = an_object(
                metadata=an_object(name=STRING, labels={"type": "object", "additionalProperties": STRING}),
                status=an_object(phase=STRING, conditions={"type": "array", "items": an_object(type=STRING)}),
)  # fmt: skip
SCHEMA = an_object(
    **{
        "$ref": STRING,
        "$schema": STRING,
        "not": {"$ref": "#/components/schemas/Props"},
        "items": {},
        "properties": {"type": "object", "additionalProperties": {"$ref": "#/components/schemas/Props"}},
    }
)

CASES = [
    # An enum of a boolean holds texts, a default is a number on a string; what is chosen is sent as it is written.
    Case(number=8, key="GET /chart",
         operation={"responses": {"200": {"description": "", "content": {"image/png": {}, "image/gif": {}}}}},
         parameters=[takes("chd", "query"), takes("chbh", "query", {"type": "string", "default": 10}),
                     takes("icwt", "query", {"type": "boolean", "enum": ["0", "1", True, False], "default": False}),
                     takes("icff", "query", {"enum": [f"Font {n}" for n in range(960)]})],
         arguments={"chd": "t:10,20|30", "icwt": True, "icff": "Font 959"},
         url=f"{API}/chart?chd=t%3A10%2C20%7C30&icwt=true&icff=Font%20959",
         headers={"Accept": "image/png", "Content-Type": None}),
    # Without allowReserved a slash in a path value is encoded, whatever its pattern allows (OpenAPI 3.1, "in": path).
    Case(number=14, key="PUT /{Path}", operation=holds({**an_object(Body=STRING), "required": ["Body"]}),
         parameters=[takes("Path", schema={"type": "string", "pattern": "(?:[A-Za-z0-9]+/){0,10}[A-Za-z0-9]+"}),
                     takes("Content-Type", "header")],
         servers=[{"url": "http://data.{region}.test", "variables": {"region": {"default": "us", "enum": ["us"]}}}],
         arguments={"Path": "premium/canada", "Body": "AAEC", "Content-Type": "application/json"},
         url="http://data.us.test/premium%2Fcanada", headers={"Content-Type": JSON}, content='{"Body":"AAEC"}'),
    # A list of objects: JSON, and as CSV a header line and records that end with CRLF (RFC 4180).
    Case(**WAYBACK, headers={"Content-Type": JSON},
         content='[{"url":"https://a.test/?b=1,2","tag":"say \\"x\\""},{"url":"c"}]'),
    Case(**WAYBACK, media_type="text/csv", headers={"Content-Type": "text/csv"},
         content='url,tag\r\n"https://a.test/?b=1,2","say ""x"""\r\nc,\r\n'),
    # XML by its hints: attribute, namespace, an unwrapped list whose items have the list's hinted name; the only
    # property of a body without a name is its root. The query's flag also stands after "#", which is not sent.
    Case(number=29, key="PUT /{Bucket}#replication",
         operation=holds({**an_object(ReplicationConfiguration={"$ref": "#/components/schemas/Replication"}),
                          "required": ["ReplicationConfiguration"]}, "text/xml"),
         parameters=[takes("Bucket"), takes("replication", "query", {"type": "boolean", "enum": [True]},
                                            allowEmptyValue=True, required=True)],
         more={"components": {"schemas": {"Rule": RULE, "Rules": RULES, "Replication": REPLICATION}}},
         servers=[{"url": "https://s3{dash-or-dot}{region}.test", "variables": {
             "dash-or-dot": {"default": "."}, "region": {"default": "us"}}}],
         arguments={"Bucket": "b", "replication": True, "ReplicationConfiguration": {
             "Role": "r&s", "Rules": [{"ID": 'a"b', "Status": "Enabled"}, {"Prefix": "<p>"}]}},
         variables={"dash-or-dot": "-", "region": "eu"}, url="https://s3-eu.test/b?replication=true",
         headers={"Content-Type": "text/xml"},
         content=f'{XML}<ReplicationConfiguration xmlns="http://s3.test/doc/2006-03-01/"><Role>r&amp;s</Role>'
         "<Rule ID='a\"b'><Status>Enabled</Status></Rule><Rule><Prefix>&lt;p&gt;</Prefix></Rule>"
         "</ReplicationConfiguration>"),
    # A discriminator whose mapping leads out of the document; references into #/paths with %7B.
    Case(number=32, key="POST /ips/{ip}/actions", parameters=[
             {"$ref": "#/paths/~1ips~1%7Bip%7D/get/parameters/0"}],
         more={"paths": {"/ips/{ip}": {"get": {"parameters": [takes("ip")], "responses": {}}}}},
         operation=holds({
             "anyOf": [{"allOf": [an_object(type={"enum": ["assign", "unassign"]}), {"required": ["type"]}]},
                       {"allOf": [{"$ref": "#/paths/~1ips~1%7Bip%7D~1actions/post/requestBody/content/"
                                           "application~1json/schema/anyOf/0/allOf/0"},
                                  {**an_object(droplet_id={"type": "integer"}), "required": ["droplet_id"]}]}],
             "discriminator": {"propertyName": "type", "mapping": {"assign": "models/a.yml#/assign"}}}),
         arguments={"ip": "45.5.6.7", "body": {"type": "assign", "droplet_id": 758604968}},
         url=f"{API}/ips/45.5.6.7/actions", headers={"Content-Type": JSON},
         content='{"type":"assign","droplet_id":758604968}'),
    # Two lists of what is required over one set of properties.
    Case(number=33, key="POST /dbrps", servers=[{"url": "/api/v2"}], server="sandbox",
         operation=holds({**an_object(org=STRING, orgID=STRING, database=STRING, default={"type": "boolean"}),
                          "oneOf": [{"required": ["orgID", "database"]}, {"required": ["org", "database"]}]}),
         arguments={"body": {"org": "o", "database": "d", "default": False}},
         url="https://sandbox.invalid/api/v2/dbrps", headers={"Content-Type": JSON},
         content='{"org":"o","database":"d","default":false}'),
    # 3.1: a body without a type, a list without items, examples that are lists; a host that is one variable.
    Case(number=34, key="POST /uploads/complete.json",
         operation=holds({"additionalProperties": False, "required": ["id", "parts"], "properties": {
             "parts": {"type": "array", "examples": [[{"etag": "0c", "part_number": 1}]]}, "id": STRING}}),
         servers=[{"url": API},
                  {"url": "https://{defaultHost}", "variables": {"defaultHost": {"default": "d.test"}}}],
         server="https://{defaultHost}", arguments={"parts": [{"etag": "0c", "part_number": 1}], "id": "66e8"},
         url="https://d.test/uploads/complete.json", headers={"Content-Type": JSON},
         content='{"parts":[{"etag":"0c","part_number":1}],"id":"66e8"}'),
    # JSON Schema inside JSON Schema; */* alone, so an object is JSON and says so.
    Case(number=35, key="POST /crds", operation=holds({"$ref": "#/components/schemas/Props"}, "*/*"),
         more={"components": {"schemas": {"Props": SCHEMA}}},
         arguments={"body": {"$ref": "#/a", "$schema": "s", "not": {"$ref": "b"},
                             "properties": {"$ref": {"items": 1}}}},
         url=f"{API}/crds", headers={"Content-Type": JSON},
         content='{"$ref":"#/a","$schema":"s","not":{"$ref":"b"},"properties":{"$ref":{"items":1}}}'),
    # Dozens of lists of objects with dozens of fields each; one field of the last is given.
    Case(number=36, key="PUT /tabs",
         operation=holds(an_object(**{f"list{n}": {"type": "array", "items": an_object(
             **{f"f{m}": STRING for m in range(155)})} for n in range(39)})),
         arguments={"list38": [{"f154": "x"}]}, url=f"{API}/tabs", headers={"Content-Type": JSON},
         content='{"list38":[{"f154":"x"}]}'),
    # allOf, offered as octets too; a map whose values are one empty object; a property called additionalProperties.
    Case(number=37, key="POST /containers/create", parameters=[takes("name", "query")],
         operation=holds({"allOf": [
             {"$ref": "#/components/schemas/Config"},
             an_object(Ports={"type": "object", "additionalProperties": {"enum": [{}], "default": {}}})]},
             JSON, "application/octet-stream"),
         more={"components": {"schemas": {"Config": an_object(Cmd={"type": "array", "items": STRING},
                                                              additionalProperties=STRING)}}},
         servers=[{"url": "/v1"}, {"url": "https://d.test/{version}", "variables": {"version": {"default": "1.33"}}}],
         server="https://d.test/{version}",
         arguments={"name": "/c", "body": {"Cmd": ["date"], "additionalProperties": "a", "Ports": {"22/tcp": {}}}},
         url="https://d.test/1.33/containers/create?name=%2Fc", headers={"Content-Type": JSON},
         content='{"Cmd":["date"],"additionalProperties":"a","Ports":{"22/tcp":{}}}'),
    # What is required and read-only is not sent; one nested schema as JSON, form (objects are JSON) and multipart.
    Case(**PATCH, headers={"Content-Type": JSON}, content='{"name":"é","address":{"city":"a b"}}'),
    Case(**PATCH, media_type=FORM, headers={"Content-Type": FORM},
         content="name=%C3%A9&address=%7B%22city%22%3A%22a+b%22%7D"),
    Case(**PATCH, media_type="multipart/form-data", headers={"Content-Type": "multipart/form-data; boundary=B"},
         content=parts(("name", "é")).removesuffix("--B--\r\n")
         + '--B\r\nContent-Disposition: form-data; name="address"\r\nContent-Type: application/json\r\n\r\n'
         '{"city":"a b"}\r\n--B--\r\n'),
    # Parameters of the path item, an operation's own server, */* for an object.
    Case(number=42, key="PUT /ns/{ns}/pods/{name}/status", operation={**holds({"$ref": "#/components/schemas/Pod"},
         "*/*"), "servers": [{"url": "https://k.test/base/"}]}, parameters=[takes("dryRun", "query")],
         item={"parameters": [takes("ns"), takes("name")]}, more={"components": {"schemas": {"Pod": POD}}},
         arguments={"ns": "default", "name": "p:1", "dryRun": "All",
                    "body": {"metadata": {"labels": {"a/b": "c"}}, "status": {"conditions": [{"type": "Ready"}]}}},
         url="https://k.test/base/ns/default/pods/p%3A1/status?dryRun=All", headers={"Content-Type": JSON},
         content='{"metadata":{"labels":{"a/b":"c"}},"status":{"conditions":[{"type":"Ready"}]}}'),
    # An object where the schema says list, as the description's own example has it.
    Case(number=43, key="POST /Payslip/{id}", parameters=[takes("id")],
         operation=holds({"type": "array", "items": an_object(NumberOfUnits={"type": "number"})}),
         arguments={"id": "4ff1", "body": {"Payslip": {"NumberOfUnits": 10}}}, url=f"{API}/Payslip/4ff1",
         headers={"Content-Type": JSON}, content='{"Payslip":{"NumberOfUnits":10}}'),
    # A default that is the empty text is not sent unasked; the empty text itself is "name=" (style table, form).
    Case(number=45, key="GET /collections", parameters=[takes("search", "query", {"type": "string", "default": ""})],
         url=f"{API}/collections", headers={"Content-Type": None}),
    Case(number=45, key="GET /collections", parameters=[takes("search", "query", {"type": "string", "default": ""})],
         arguments={"search": ""}, url=f"{API}/collections?search="),
    # Lists of an enum, not exploded: a comma between encoded pieces. No servers.
    Case(number=47, key="GET /videos/{id}/similar", servers=None, server="sandbox",
         parameters=[takes("id"), takes("fields", "query", {"type": "array", "items": {
             "enum": [f"field_{n}" for n in range(31)]}}, explode=False)],
         arguments={"id": "a b", "fields": ["field_0", "field_30"]},
         url="https://sandbox.invalid/videos/a%20b/similar?fields=field_0,field_30"),
    # Text to the letter; what looks encoded already is a value like any other, so its "%" is encoded.
    Case(number=49, key="POST /authn-k8s/{service_id}/inject",
         parameters=[takes("service_id", example="a%2Fb"), takes("Host-Id-Prefix", "header")],
         operation=holds(STRING, "text/plain"),
         arguments={"service_id": "a%2Fb", "Host-Id-Prefix": "host/c", "body": "-----BEGIN X-----\nAb+/=\n-----END\n"},
         url=f"{API}/authn-k8s/a%252Fb/inject", headers={"Content-Type": "text/plain", "Host-Id-Prefix": "host/c"},
         content="-----BEGIN X-----\nAb+/=\n-----END\n"),
    # Conditions inside conditions.
    Case(number=54, key="POST /workflow", operation=holds(an_object(rules={"$ref": "#/components/schemas/Condition"})),
         more={"components": {"schemas": {"Condition": CONDITION}}},
         arguments={"rules": {"nodeType": "compound", "operator": "OR", "conditions": [
             {"nodeType": "compound", "operator": "AND", "conditions": []}, {"nodeType": "simple", "type": "t"}]}},
         url=f"{API}/workflow", headers={"Content-Type": JSON},
         content='{"rules":{"nodeType":"compound","operator":"OR","conditions":['
         '{"nodeType":"compound","operator":"AND","conditions":[]},{"nodeType":"simple","type":"t"}]}}'),
    # A query beside a long description; false is sent when it is said.
    Case(number=56, key="GET /geocode", servers=[{"url": f"{API}/api/1"}],
         operation={"description": "![Geocoding](./img/g.png) [more](./more)"},
         parameters=[takes("q", "query"), takes("reverse", "query", {"type": "boolean", "default": False}),
                     takes("point", "query")],
         arguments={"q": "Berlin Mitte", "reverse": False, "point": "52.5,13.4"},
         url=f"{API}/api/1/geocode?q=Berlin%20Mitte&reverse=false&point=52.5%2C13.4"),
    # JSON is asked for before a stream of events; the server ends with a slash, the path begins with one.
    Case(number=57, key="GET /live/{id}", servers=[{"url": f"{API}/"}], parameters=[takes("id")],
         operation={"responses": {"200": {"description": "", "content": {"text/event-stream": {}, JSON: {}}}}},
         arguments={"id": "global"}, url=f"{API}/live/global", headers={"Accept": JSON}),
    # A path equivalent to another's; an operationId beyond ASCII; a file's name in the path.
    Case(number=59, key="GET /Orders/{OrderID}/Attachments/{FileName}",
         parameters=[takes("OrderID"), takes("FileName"), takes("contentType", "header")],
         operation={"operationId": "getOrder\u2260Attachment", "responses": {"200": {
             "description": "", "content": {"application/octet-stream": {}}}}},
         more={"paths": {"/Orders/{OrderID}/Attachments/{AttachmentID}": {"get": {
             "parameters": [takes("OrderID"), takes("AttachmentID")], "responses": {}}}}},
         arguments={"OrderID": "0", "FileName": "\u2260 a.jpg", "contentType": "image/jpg"},
         url=f"{API}/Orders/0/Attachments/%E2%89%A0%20a.jpg",
         headers={"Accept": "application/octet-stream", "contentType": "image/jpg", "Content-Type": None}),
    # References into #/paths with ~1 and %7B; a list in the path; "plain/text", which is a media type of nobody.
    Case(number=60, key="PUT /build/{project}/{package}/{file}", servers=[{"url": "/"}], server="sandbox",
         parameters=[{"$ref": "#/paths/~1build~1%7Bproject%7D/get/parameters/0"}, takes("file"),
                     takes("package", schema={"type": "array", "items": {"type": "string"}})],
         more={"paths": {"/build/{project}": {"get": {"parameters": [takes("project")], "responses": {}}}}},
         operation=holds({"type": "string", "properties": {"file": {"type": "string", "format": "binary"}}},
                         "plain/text"),
         arguments={"project": "home:me", "package": ["_repository", "a b"], "file": "f.spec",
                    "body": "Name: x\n"},
         url="https://sandbox.invalid/build/home%3Ame/_repository,a%20b/f.spec", headers={"Content-Type": "plain/text"},
         content="Name: x\n"),
]  # fmt: skip


def check(case: Case, request: HTTPRequest) -> None:
    assert request.method == case.key.partition(" ")[0]
    assert request.url == case.url
    for name, value in case.headers.items():
        assert request.headers.get(name) == value, name
    assert request.body.decode() == case.content


def titled(case: Case) -> str:
    return f"{case.number}-{case.key}-{case.media_type or ''}"


@pytest.mark.parametrize("case", CASES, ids=titled)
def test_arguments_become_the_request(case: Case) -> None:
    check(case, build_request(entry_of(case), model_of(case), boundary="B"))


@pytest.mark.parametrize("case", CASES, ids=titled)
def test_the_form_a_browser_submits_becomes_the_same_request(case: Case) -> None:
    entry = entry_of(case)
    state = submit(entry, fill(entry, model_of(case)))
    check(case, build_request(entry, parse(entry, state).model, boundary="B"))
