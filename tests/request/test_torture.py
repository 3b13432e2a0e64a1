"""The hardest operations of the real corpus, one test each: the exact request, written from the standards.

The numbers are those of the list the cases were picked by (parameters, bodies, servers). Texts of the expected requests
follow OpenAPI's style tables, RFC 3986 (paths, queries), WHATWG URL's urlencoded serialiser, RFC 7578 (multipart),
RFC 8259 (JSON). Where OpenAPI leaves a shape open, brackets by index are ours; that is said beside the case.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest

from playground.catalog.model import Entry
from playground.messages import HTTPRequest
from playground.openapi.compile import compile_document
from playground.openapi.parse import parse_document
from playground.request.build import build_request
from playground.request.errors import RequestError
from playground.request.model import ABSENT, FileValue, RequestModel
from tests.support.needs import need_spec


@dataclass(frozen=True)
class Case:
    """What is put into one operation, and what goes on the wire; `headers` are those that are looked at."""

    number: int
    document: str
    key: str
    url: str
    parameters: dict[Any, dict[str, Any]] = field(default_factory=dict)
    body: Any = ABSENT
    raw: str | None = None
    media_type: str | None = None
    server: str | None = None
    variables: dict[str, str] = field(default_factory=dict)
    headers: Mapping[str, str | None] = field(default_factory=dict)
    content: str = ""


def entry_of(document: str, key: str) -> Entry:
    """One operation of a real description, compiled alone."""
    whole = parse_document(need_spec(f"{document}.json").read_bytes())
    path = key.partition(" ")[2]
    catalog = compile_document({**whole, "paths": {path: whole["paths"][path]}}, name="x").catalog
    operation = next(one for one in catalog.operations if one.key == key)
    return Entry(provider=catalog.provider, operation=operation, definitions=catalog.definitions)


def sent(case: Case) -> HTTPRequest:
    model = RequestModel(
        server=case.server, server_variables=case.variables, parameters=case.parameters, media_type=case.media_type,
        body=case.body, raw=case.raw,
    )  # fmt: skip
    return build_request(entry_of(case.document, case.key), model, boundary="B")


def part(name: str, text: str, *, filename: str | None = None, kind: str | None = None) -> str:
    """One part as RFC 7578 has it."""
    head = f'--B\r\nContent-Disposition: form-data; name="{name}"' + (f'; filename="{filename}"' if filename else "")
    return f"{head}\r\n" + (f"Content-Type: {kind}\r\n" if kind else "") + f"\r\n{text}\r\n"


PNG = FileValue(filename="a.png", content=b"PNG", content_type="image/png")
JSON, FORM = {"Content-Type": "application/json"}, {"Content-Type": "application/x-www-form-urlencoded"}

CASES = [
    # deepObject with lists inside: by index (open in OpenAPI); a scalar beside it; an object-or-integer as an object,
    # which is an exploded form: its properties by their own names (style table, `R=100&G=200&B=150`).
    Case(1, "pandascore.co", "GET /videogames/{videogame_id_or_slug}/series",
         "https://api.pandascore.co/videogames/cs-go/series?filter%5Bid%5D%5B0%5D=1&filter%5Bid%5D%5B1%5D=2"
         "&search%5Bname%5D=a%20b&number=2&size=5",
         {"path": {"videogame_id_or_slug": "cs-go"},
          "query": {"filter": {"id": [1, 2]}, "search": {"name": "a b"}, "page": {"number": 2, "size": 5}}}),
    Case(1, "pandascore.co", "GET /videogames/{videogame_id_or_slug}/series",
         "https://api.pandascore.co/videogames/4/series?page=2",
         {"path": {"videogame_id_or_slug": 4}, "query": {"page": 2}}),
    # spaceDelimited, not exploded: %20 between encoded pieces.
    Case(2, "apideck.com/vault", "GET /vault/authorize/{service_id}/{application_id}",
         "https://unify.apideck.com/vault/authorize/s/a"
         "?state=x&redirect_uri=https%3A%2F%2Fc.test%2F%3Fa%3D1&scope=a%2Fb%20c",
         {"path": {"service_id": "s", "application_id": "a"},
          "query": {"state": "x", "redirect_uri": "https://c.test/?a=1", "scope": ["a/b", "c"]}}),
    # content: application/json, so a string has its quotes, in the path too.
    Case(3, "stream-io-api.com", "DELETE /users/{user_id}",
         "https://chat.stream-io-api.com/users/%22u%2F1%22?hard_delete=true",
         {"path": {"user_id": "u/1"}, "query": {"hard_delete": True}}),
    # A simple-style object in a header; the list inside is JSON (open in OpenAPI). A multipart file beside it.
    Case(4, "cloudmersive.com/ocr", "POST /ocr/photo/recognize/form",
         "https://api.cloudmersive.com/ocr/photo/recognize/form",
         {"header": {"formTemplateDefinition": {"FieldDefinitions": [{"FieldID": "a"}]}, "language": "ENG"}},
         {"imageFile": PNG},
         headers={"formTemplateDefinition": 'FieldDefinitions,[{"FieldID":"a"}]', "language": "ENG",
                  "Content-Type": "multipart/form-data; boundary=B"},
         content=part("imageFile", "PNG", filename="a.png", kind="image/png") + "--B--\r\n"),
    # A list of lists in the path: simple style, the inner ones as JSON (open in OpenAPI).
    Case(5, "gambitcomm.local/mimic", "GET /mimic/agent/{agentNum}/value/mget/{objInsVarArray}",
         "http://gambitcomm.local/mimic/agent/1/value/mget/%5B%22a%22%2C%22b%22%5D,%5B%22c%22%5D",
         {"path": {"agentNum": 1, "objInsVarArray": [["a", "b"], ["c"]]}}),
    # A path that is "/" and a fragment, which is dropped (RFC 3986 section 3.5).
    Case(6, "amazonaws.com/ec2", "GET /#Action=RunInstances",
         "https://ec2.eu-west-1.amazonaws.com/?MaxCount=1&MinCount=1&SecurityGroup=a&SecurityGroup=b&Action=RunInstances",
         {"query": {"MaxCount": 1, "MinCount": 1, "SecurityGroup": ["a", "b"], "Action": "RunInstances"}},
         variables={"region": "eu-west-1"}, headers={"Content-Type": None}),
    # A list in the path, exploded lists in the query.
    Case(7, "tfl.gov.uk", "GET /Road/{ids}/Disruption",
         "https://api.digital.tfl.gov.uk/Road/a1,a%2C2/Disruption?stripContent=false&severities=x&severities=y",
         {"path": {"ids": ["a1", "a,2"]}, "query": {"stripContent": False, "severities": ["x", "y"]}}),
    # A string whose enum lists integers: whichever is chosen, the text is the same.
    Case(9, "zoom.us", "GET /report/telephone",
         "https://api.zoom.us/v2/report/telephone?type=1&from=2024-01-02&to=2024-01-03",
         {"query": {"type": 1, "from": "2024-01-02", "to": "2024-01-03"}}),
    # One name in two places.
    Case(10, "fecru.local", "GET /rest-service-fecru/admin/permission-schemes/{name}/groups",
         "http://fecru.local/context/rest-service-fecru/admin/permission-schemes/p%20q/groups?name=r",
         {"path": {"name": "p q"}, "query": {"name": "r"}}),
    # A name with comma, blanks, quotes and braces; a server with a port.
    Case(11, "noosh.com", "GET /v1/workgroups/{workgroup_id}/quotes",
         "http://example.com:80/v1/v1/workgroups/7/quotes"
         "?quote_state_id%2C%20use%20filters%3D%7B%22quote_state_id%22%3A111111%7D=1",
         {"path": {"workgroup_id": "7"}, "query": {'quote_state_id, use filters={"quote_state_id":111111}': "1"}}),
    # Content-Type and Accept-Encoding as parameters; raw text of the other media type; a relative server.
    Case(13, "influxdata.com", "POST /query", "https://sandbox.invalid/api/v2/query?org=o",
         {"query": {"org": "o"}, "header": {"Accept-Encoding": "gzip", "Content-Type": "application/vnd.flux"}},
         raw="from(bucket: \"b\") |> range(start: -1h)", media_type="application/vnd.flux", server="sandbox",
         headers={"Content-Type": "application/vnd.flux", "Accept-Encoding": "gzip"},
         content="from(bucket: \"b\") |> range(start: -1h)"),
    # allowReserved on a path value: slashes and triplets stay, "?" and "#" cannot (RFC 6570 section 3.2.3).
    Case(15, "openpolicy.local", "POST /v1/data/{path}",
         "http://openpolicy.local/v1/data/example/a%2Fb/c%3Fd%23?pretty=true",
         {"path": {"path": "example/a%2Fb/c?d#"}, "query": {"pretty": True}}, {"input": {"user": "é"}},
         headers={"Content-Type": "application/x-yaml"}, content='{"input":{"user":"é"}}'),
    # Beyond 2^53, exactly.
    Case(16, "mastercard.com/MATCH", "GET /fraud/merchant/v3/termination-inquiry/{IRN}",
         "https://api.mastercard.com/fraud/merchant/v3/termination-inquiry/19962016070500348"
         "?PageOffset=0&PageLength=10&AcquirerId=1996",
         {"path": {"IRN": "19962016070500348"}, "query": {"PageOffset": 0, "PageLength": 10, "AcquirerId": "1996"}}),
    # Query values written into the path template, declared as path parameters.
    Case(17, "icons8.com",
         "GET /api/iconsets/v3/latest?term={term}&amount={amount}&offset={offset}"
         "&platform={platform}&language={language}",
         "https://api.icons8.com/api/iconsets/v3/latest?term=a%26b&amount=3&offset=0&platform=ios7&language=en-US",
         {"path": {"term": "a&b", "amount": 3, "offset": 0, "platform": "ios7", "language": "en-US"}}),
    # A variable whose name ends in a colon; "location[]" as it is named.
    Case(18, "rapidapi.com/idealspot-geodata", "GET /data/insights/{insight_id:}/query",
         "https://idealspot-geodata.p.rapidapi.com/api/v1/data/insights/pop/query?version=v1"
         "&location%5B%5D=%7B%22lat%22%3A1%7D",
         {"path": {"insight_id:": "pop"}, "query": {"version": "v1", "location[]": '{"lat":1}'}}),
    # Two variables in one segment, one called ".format"; a query parameter called "format".
    Case(19, "nasa.gov/asteroids_neows", "GET /api/projects/{id}{.format}",
         "https://techport.nasa.gov/api/api/projects/17.json?format=json",
         {"path": {"id": 17, ".format": ".json"}, "query": {"format": "json"}}, server="https://techport.nasa.gov/api"),
    # Parameters inside a segment that looks like a function call; the whole server is a variable.
    Case(20, "azure.com/batch-BatchService",
         "GET /certificates(thumbprintAlgorithm={thumbprintAlgorithm},thumbprint={thumbprint})",
         "https://me.batch.test/certificates(thumbprintAlgorithm=sha1,thumbprint=a%29b)?%24select=id&timeout=30",
         {"path": {"thumbprintAlgorithm": "sha1", "thumbprint": "a)b"}, "query": {"$select": "id", "timeout": 30},
          "header": {"ocp-date": "Tue, 15 Nov 1994 08:12:31 GMT", "return-client-request-id": True}},
         server="{batchUrl}", variables={"batchUrl": "https://me.batch.test/"},
         headers={"ocp-date": "Tue, 15 Nov 1994 08:12:31 GMT", "return-client-request-id": "true"}),
    # encoding.contentType makes one form field JSON; host and port are variables.
    Case(22, "seldon.local/wrapper", "POST /transform-output", "http://10.1.2.3:9000/transform-output",
         body={"json": {"data": {"names": ["a b"]}}}, server="http://{host}:{port}",
         variables={"host": "10.1.2.3", "port": "9000"}, headers=FORM,
         content="json=%7B%22data%22%3A%7B%22names%22%3A%5B%22a+b%22%5D%7D%7D"),
    # encoding per part: JSON and bytes.
    Case(23, "pdfbroker.io", "POST /api/pdf/pdftoimage", "https://sandbox.invalid/api/pdf/pdftoimage",
         body={"options": '{"height":1}', "pdfdocument": FileValue(filename="a.pdf", content=b"%PDF")},
         media_type="multipart/form-data", server="sandbox",
         headers={"Content-Type": "multipart/form-data; boundary=B"},
         content=part("options", '"{\\"height\\":1}"', kind="application/json")
         + part("pdfdocument", "%PDF", filename="a.pdf", kind="application/octet-stream") + "--B--\r\n"),
    # Several files of one name.
    Case(24, "truora.com", "POST /v1/reports/{report_id}/upload", "https://api.truora.com/v1/reports/r/upload",
         {"path": {"report_id": "r"}},
         {"file": [PNG, FileValue(filename="b.txt", content=b"b", content_type="text/plain")]},
         content=part("file", "PNG", filename="a.png", kind="image/png")
         + part("file", "b", filename="b.txt", kind="text/plain") + "--B--\r\n"),
    # The JSON part before the file, as the visitor (and the description) orders them; an operation's own server.
    Case(25, "box.com", "POST /files/{file_id}/content", "https://upload.box.com/api/2.0/files/1/content?fields=id,type",
         {"path": {"file_id": "1"}, "query": {"fields": ["id", "type"]}},
         {"attributes": {"name": "n"}, "file": PNG},
         content=part("attributes", '{"name":"n"}', kind="application/json")
         + part("file", "PNG", filename="a.png", kind="image/png") + "--B--\r\n"),
    # Of 14 binary media types the one that is chosen.
    Case(27, "whatsapp.local", "POST /media", "http://example.com/v1/media", body=PNG, media_type="application/pdf",
         server="http://example.com/v1", headers={"Content-Type": "application/pdf"}, content="PNG"),
    # A list of objects as text/plain; a server with a variable in its path.
    Case(28, "docker.com/engine", "POST /plugins/pull", "https://docker.com/1.40/plugins/pull?remote=r%3Alatest",
         {"query": {"remote": "r:latest"}}, [{"Name": "n", "Value": ["v"]}], server="https://docker.com/{version}",
         variables={"version": "1.40"}, headers=JSON, content='[{"Name":"n","Value":["v"]}]'),
    # XML by its hints; a flag in the query that also stands after the "#".
    Case(29, "amazonaws.com/s3", "PUT /{Bucket}#replication", "https://s3.eu-west-1.amazonaws.com/b?replication=true",
         {"path": {"Bucket": "b"}, "query": {"replication": True}},
         raw="<ReplicationConfiguration/>", server="https://s3{dash-or-dot}{region}.amazonaws.com",
         variables={"region": "eu-west-1"}, headers={"Content-Type": "text/xml"},
         content="<ReplicationConfiguration/>"),
    # A whole JSON body that is one string keeps its quotes.
    Case(30, "beezup.com", "POST /v2/public/security/lostpassword",
         "https://api.beezup.com/v2/public/security/lostpassword", body="a@b.test", headers=JSON, content='"a@b.test"'),
    # A list of lists of objects; a variable in the host; Accept and Content-Type as parameters.
    Case(31, "vtex.local/Payments-Gateway-API", "POST /api/pvt/transactions/{transactionId}/additional-data",
         "https://me.vtexpayments.com.br/api/pvt/transactions/T1/additional-data",
         {"path": {"transactionId": "T1"},
          "header": {"Accept": "application/json", "Content-Type": "application/json"}},
         [[{"name": "n", "value": '{"a":1}'}]], server="https://{accountName}.vtexpayments.com.br",
         variables={"accountName": "me"}, headers={**JSON, "Accept": "application/json"},
         content='[[{"name":"n","value":"{\\"a\\":1}"}]]'),
    # Nested objects in a form without any encoding: brackets (open in OpenAPI).
    Case(39, "clickmeter.com", "POST /account/guests", "https://apiv2.clickmeter.com:80/account/guests",
         body={"apiKey": "k", "conversionOptions": {"hideCost": True}},
         media_type="application/x-www-form-urlencoded", headers=FORM,
         content="apiKey=k&conversionOptions=%7B%22hideCost%22%3Atrue%7D"),
    # */* and raw text.
    Case(40, "apicurio.local/registry", "POST /groups/{groupId}/artifacts",
         "http://apicurio.local/groups/g/artifacts?ifExists=FAIL",
         {"path": {"groupId": "g"}, "query": {"ifExists": "FAIL"}},
         raw="openapi: 3.1.0\n", headers={"Content-Type": "text/plain"}, content="openapi: 3.1.0\n"),
    # The only media type is none: JSON is sent and says so; Authorization and Accept as parameters.
    Case(41, "loket.nl", "POST /providers/employers/employees/employments/{employmentId}/attachmentsofearnings",
         "https://api.loket.nl/v2/providers/employers/employees/employments/e/attachmentsofearnings",
         {"path": {"employmentId": "e"}, "header": {"Accept": "application/json;version=2018-01-01"}},
         {"description1": "d"}, headers={**JSON, "Accept": "application/json;version=2018-01-01"},
         content='{"description1":"d"}'),
    # Lines of JSON, typed as one object.
    Case(44, "maif.local/otoroshi", "PUT /api/data-exporter-configs/_bulk",
         "http://otoroshi-api.oto.tools/api/data-exporter-configs/_bulk", raw='{"id":1}\n{"id":2}\n',
         headers={"Content-Type": "application/ndjson"}, content='{"id":1}\n{"id":2}\n'),
    # Ranges of two with null; a variable in the server's path.
    Case(46, "openfigi.com", "POST /mapping", "https://api.openfigi.com/v3/mapping",
         body=[{"idType": "TICKER", "idValue": 7, "strike": [1, None]}], variables={"basePath": "v3"}, headers=JSON,
         content='[{"idType":"TICKER","idValue":7,"strike":[1,null]}]'),
    # A query name with a blank at its end.
    Case(50, "rapidapi.com/dynamicdocs", "POST /templates/{template-token}/compile",
         "https://dynamicdocs.p.rapidapi.com/templates/t/compile?latex-runs%20=2",
         {"path": {"template-token": "t"}, "query": {"latex-runs ": 2}}, {"a": 1}, headers=JSON, content='{"a":1}'),
    # A URL as a query value.
    Case(51, "azure.com/imds", "GET /identity/oauth2/token",
         "https://169.254.169.254/metadata/identity/oauth2/token"
         "?resource=https%3A%2F%2Fvault.azure.net&api-version=2018-02-01",
         {"header": {"Metadata": "true"},
          "query": {"resource": "https://vault.azure.net", "api-version": "2018-02-01"}},
         server="https://169.254.169.254/metadata", headers={"Metadata": "true"}),
    # One of several servers.
    Case(52, "traccar.org", "GET /positions", "https://demo2.traccar.org/api/positions?deviceId=1",
         {"query": {"deviceId": 1}}, server="https://demo2.traccar.org/api"),
    # The root path; an operation's own servers; an empty list in a body is sent.
    Case(53, "nebl.io", "POST /", "http://127.0.0.1:6326/",
         body={"jsonrpc": "1.0", "id": "i", "method": "getinfo", "params": []}, headers=JSON,
         content='{"jsonrpc":"1.0","id":"i","method":"getinfo","params":[]}'),
    # A header in its own form, and a token in the query.
    Case(55, "api.video", "POST /upload", "https://ws.api.video/upload?token=t",
         {"query": {"token": "t"}, "header": {"Content-Range": "bytes 0-2/3"}}, {"file": PNG},
         headers={"Content-Range": "bytes 0-2/3"},
         content=part("file", "PNG", filename="a.png", kind="image/png") + "--B--\r\n"),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.number}-{case.document}")
def test_the_request_of_a_hard_operation(case: Case) -> None:
    request = sent(case)
    assert request.method == case.key.partition(" ")[0]
    assert request.url == case.url
    for name, value in case.headers.items():
        assert request.headers.get(name) == value, name
    assert request.body.decode() == case.content


@pytest.mark.parametrize(
    ("document", "key", "said"),
    [
        ("brainbi.net", "GET /api/analyze/pricing", "no full address"),  # 12: the only server is ","
        ("icons8.com", "GET /api/iconsets/v3/total?since={since}", "needs a value"),
    ],
)
def test_a_request_that_cannot_be_is_refused_with_the_reason(document: str, key: str, said: str) -> None:
    with pytest.raises(RequestError, match=said):
        build_request(entry_of(document, key), RequestModel())


def test_a_get_may_carry_a_body() -> None:
    """12: octets on a GET, as the description says."""
    entry = entry_of("brainbi.net", "GET /api/analyze/pricing")
    model = RequestModel(server="sandbox", body=FileValue(filename="a", content=b"\x00\x01"))
    request = build_request(entry, model)
    assert (request.method, request.body) == ("GET", b"\x00\x01")
    assert request.headers.get("Content-Type") == "application/octet-stream"


@pytest.mark.parametrize("value", ["..", ".", "%2e%2e", "..;x"])
def test_a_path_value_that_leads_elsewhere_is_refused_with_the_reason(value: str) -> None:
    """14, 15, 60: values with slashes are fine where the description says so, dot segments nowhere."""
    entry = entry_of("openpolicy.local", "POST /v1/data/{path}")
    with pytest.raises(RequestError, match="would make the path lead elsewhere"):
        build_request(entry, RequestModel(parameters={"path": {"path": value}}))
