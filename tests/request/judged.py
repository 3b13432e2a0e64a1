"""Where the judge reads our requests otherwise than they were put in: every operation of the sample, with who is right.

Each reason was looked up in the specification the judge follows; in none of them are the bytes wrong. The test asserts
that the list is exactly this one, so that neither a new difference nor a mended one goes unseen.
"""

from __future__ import annotations

REASONS = {
    "deep object": (
        "We are: OpenAPI describes deepObject for one level of scalars and leaves lists and deeper objects "
        "open (OpenAPI 3.1.1, 4.8.12.3 Style Values); the judge knows that level only. Our brackets are what these "
        "APIs document (`expand[0]=`, `range[at][0]=`)."
    ),
    "exploded object": (
        "We are: an exploded form object stands in the query by its properties' names (OpenAPI 3.1.1, 4.8.12.4 Style "
        "Examples: `R=100&G=200&B=150`); the judge looks for the parameter's own name."
    ),
    "list of objects": (
        "OpenAPI leaves open how objects inside a list stand in a query (OpenAPI 3.1.1, 4.8.12.3 "
        "Style Values); we write them in brackets, and the judge looks for the parameter's own name."
    ),
    "query in path": (
        "We are: the `?` of a path template begins the query (RFC 3986 section 3.4); the judge takes it for a path."
    ),
    "odd variable": (
        "We are: the template's variable is no identifier (`{.format}`, `{insight_id:}`), which OpenAPI 3.1.1, "
        "3.5 Path Templating allows, and on which the judge fails."
    ),
    "encoded content": (
        "We are: a path value is percent-encoded also where it is JSON (RFC 3986 section 3.3; OpenAPI 3.1.1, "
        "4.8.12.2.3); the judge reads JSON from the encoded text."
    ),
    "own content type": (
        "We are: the description has Content-Type as a parameter, and its sample value is what is sent (OpenAPI 3.1.1, "
        "4.8.12.2 leaves such a parameter out; these APIs mean it)."
    ),
    "no media type": (
        "The description errs: the name of its media type has no slash (RFC 9110 section 8.3.1); the judge finds none."
    ),
    "nested header": (
        "OpenAPI leaves lists inside a simple-style object open (OpenAPI 3.1.1, 4.8.12.3 Style Values); the judge "
        "splits our JSON at its commas."
    ),
    "typed items": (
        "The bytes are the same; the judge compares texts with an enum of numbers before it converts them "
        "(OpenAPI 3.1.1, 4.8.12.4: values are texts in a URL)."
    ),
    "defaults": (
        "The bytes are the same; the judge adds the schema's defaults to what it read (JSON Schema 2020-12 validation, "
        "9.2: a default changes no instance)."
    ),
    "bad default": "The description errs: a default of another type than its own schema, at which the judge stops.",
    "bad pattern": "The description errs: a pattern that is no text or no expression, at which the judge stops.",
    "text in a form": (
        "The description errs: a form whose schema is a text (WHATWG URL section 5: a form is pairs). It goes as "
        "it is; the judge stops."
    ),
    "untyped parts": (
        "We are: a part of a multipart body is text (RFC 7578 section 4.4), which the judge does not convert here."
    ),
    "sequence": (
        "We are: a line for each item (OpenAPI 3.2.0, 4.14.3.1 Sequential Media Types); the judge reads one text."
    ),
    "text of another type": (
        "The bytes are the same: the description has an object or a list for a type that is none of JSON or forms "
        "(`*/*`, `application/octet-stream`), and the judge reads text (RFC 9110 section 8.3: no type to read it by)."
    ),
    "yaml": "The judge reads no YAML; JSON text is YAML (YAML 1.2.2, 1.2).",
    "xml": (
        "The judge reads XML as a tree without types and compares that with the schema of the object (OpenAPI 3.1.1, "
        "4.8.26 XML Object)."
    ),
}
"""By name: who is right, and why."""

DIFFERENT: dict[str, tuple[str, ...]] = {
    "bad default": (
        "gsmtasks.com POST /route_optimizations/",
        "xero.com/xero_accounting PUT /Accounts",
    ),
    "text in a form": (
        "libretranslate.local POST /detect",
        "libretranslate.local POST /suggest",
        "libretranslate.local POST /translate",
    ),
    "deep object": (
        "pandascore.co GET /teams/{team_id_or_slug}/leagues",
        "pandascore.co GET /teams",
        "pandascore.co GET /series/{serie_id_or_slug}/matches/past",
        "pandascore.co GET /leagues/{league_id_or_slug}/series",
        "pandascore.co GET /tournaments/{tournament_id_or_slug}/players",
        "pandascore.co GET /leagues/{league_id_or_slug}/matches/upcoming",
        "pandascore.co GET /teams/{team_id_or_slug}/tournaments",
        "pandascore.co GET /tournaments/past",
        "pandascore.co GET /teams/{team_id_or_slug}/series",
        "pandascore.co GET /tournaments/running",
        "stripe GET /v1/transfers/{id}/reversals",
        "stripe GET /v1/exchange_rates/{rate_id}",
        "stripe POST /v1/tax_rates/{tax_rate}",
        "stripe GET /v1/invoiceitems/{invoiceitem}",
        "stripe GET /v1/identity/verification_sessions/{session}",
        "stripe GET /v1/tax/calculations/{calculation}/line_items",
        "stripe POST /v1/terminal/readers/{reader}/process_setup_intent",
        "stripe POST /v1/test_helpers/refunds/{refund}/expire",
        "stripe GET /v1/issuing/transactions",
        "stripe GET /v1/customers/{customer}",
        "stripe GET /v1/application_fees/{fee}/refunds/{id}",
    ),
    "defaults": (
        "graphhopper.com POST /vrp/optimize",
        "graphhopper.com POST /vrp",
        "graphhopper.com POST /route",
    ),
    "encoded content": (
        "stream-io-api.com PUT /segments/{id}",
        "stream-io-api.com POST /channels/{type}/{id}/stop-watching",
        "stream-io-api.com GET /channels/{type}/{id}/messages",
        "stream-io-api.com GET /blocklists/{name}",
        "stream-io-api.com PATCH /campaigns/{id}/stop",
    ),
    "exploded object": (
        "openpolicy.local GET /v1/data/{path}",
        "seldon.local/wrapper GET /transform-output",
        "seldon.local/wrapper GET /predict",
        "seldon.local/wrapper GET /send-feedback",
        "seldon.local/wrapper GET /aggregate",
        "seldon.local/wrapper GET /transform-input",
        "seldon.local/wrapper GET /route",
    ),
    "nested header": ("cloudmersive.com/ocr POST /ocr/photo/recognize/form",),
    "odd variable": (
        "nasa.gov/asteroids_neows GET /api/projects{.format}",
        "nasa.gov/asteroids_neows GET /api/projects/{id}{.format}",
        "rapidapi.com/idealspot-geodata GET /data/insights/{insight_id:}",
        "rapidapi.com/idealspot-geodata GET /data/insights/{insight_id:}/query",
    ),
    "own content type": ("amazonaws.com/mediastore-data PUT /{Path}",),
    "query in path": (
        "icons8.com GET /api/iconsets/v4/search?term={term}&amount={amount}&offset={offset}&platform={platform}&language={language}&exact_amount={exact_amount}",  # noqa: E501
        "icons8.com GET /api/iconsets/v3/categories?platform={platform}&language={language}",
        "icons8.com GET /api/iconsets/v3/latest?term={term}&amount={amount}&offset={offset}&platform={platform}&language={language}",  # noqa: E501
        "icons8.com GET /api/iconsets/v3/search?term={term}&amount={amount}&offset={offset}&platform={platform}&language={language}&exact_amount={exact_amount}",  # noqa: E501
        "icons8.com GET /api/iconsets/v3/category?category={category}&subcategory={subcategory}&amount={amount}&offset={offset}&platform={platform}&language={language}",  # noqa: E501
        "icons8.com GET /api/iconsets/v3/total?since={since}",
        "opensuse.org/obs GET /published/{project_name}/{repository_name}?view=status",
        "opensuse.org/obs GET /build/{project_name}/{repository_name}/{architecture_name}/{package_name}/{file_name}?view=fileinfo",  # noqa: E501
    ),
    "typed items": ("gettyimages.com GET /v3/search/videos/creative",),
    "untyped parts": (
        "openai.com POST /images/variations",
        "openai.com POST /audio/translations",
    ),
    "xml": (
        "amazonaws.com/s3 PUT /{Bucket}#object-lock",
        "amazonaws.com/s3 PUT /{Bucket}#notification&deprecated!",
        "opensuse.org/obs PUT /attribute/{namespace}/{attribute_name}/_meta",
    ),
    "yaml": (
        "openpolicy.local POST /v1/data/{path}",
        "openpolicy.local POST /v0/data/{path}",
        "openpolicy.local POST /v1/query",
    ),
}
"""The operations of the sample (document, method, path) by the reason of their difference."""
