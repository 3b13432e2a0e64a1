"""What a gateway computes from the finished message: an AWS signature before it leaves, a Digest after a challenge."""

from __future__ import annotations

import logging
import re
from dataclasses import replace
from urllib.parse import urlsplit

from playground.messages import Headers, HTTPRequest, HTTPResponse
from playground.request.errors import CredentialError
from playground.secrets.credentials import AwsKeys, Digest, Signer
from playground.secrets.digest import answer_challenge
from playground.text.wording import say

_HOST = re.compile(
    r"(?:.+\.)?(?P<service>(?!dualstack\.|[a-z]{2}(?:-[a-z]+)+-\d+\.)[a-z0-9-]+)"
    r"\.(?:dualstack\.)?(?:(?P<region>[a-z]{2}(?:-[a-z]+)+-\d+)\.)?"
    r"(?:amazonaws\.com(?:\.cn)?|api\.aws)",
    re.IGNORECASE,
)
_SIGNING_NAMES = {"email": "ses", "email-smtp": "ses", "queue": "sqs", "dkr": "ecr"}
"""Where the name in a signature is not the host's first word."""

_SIGNED = ("content-type",)
_ADDED = ("authorization", "x-amz-date", "x-amz-security-token", "x-amz-content-sha256")


def sign(request: HTTPRequest, signer: Signer | None) -> HTTPRequest:
    """Return the request signed with AWS keys; any other one as it is. Raises `CredentialError` without a region."""
    if not isinstance(signer, AwsKeys):
        return request
    service, region = aws_scope(request.url)
    region, service = signer.region or region, signer.service or service
    if not region or not service:
        region_said, service_said = (
            say("An AWS signature needs a region: fill it in."),
            say("An AWS signature needs a service: fill it in."),
        )
        raise CredentialError(service_said if region else region_said, field="credential")
    return _sign_for_aws(request, signer, region, service)


def meet_challenge(request: HTTPRequest, response: HTTPResponse, signer: Signer | None) -> HTTPRequest | None:
    """Return the request to send next, if the response is a challenge that the signer can meet."""
    if not isinstance(signer, Digest) or response.status != 401:
        return None
    return answer_challenge(request, response.headers.get_all("www-authenticate"), signer)


def aws_scope(url: str) -> tuple[str, str]:
    """Return service and region as an Amazon host names them, empty where it does not; no region is `us-east-1`."""
    match = _HOST.fullmatch(urlsplit(url).hostname or "")
    if match is None:
        return "", ""
    service = match["service"].lower()
    service = "s3" if service.startswith("s3-") else service
    return _SIGNING_NAMES.get(service, service), (match["region"] or "us-east-1").lower()


def _sign_for_aws(request: HTTPRequest, keys: AwsKeys, region: str, service: str) -> HTTPRequest:
    # Imported here: it takes a sixth of a second, and most sites never sign anything.
    from botocore.auth import S3SigV4Auth, SigV4Auth
    from botocore.awsrequest import AWSRequest
    from botocore.credentials import Credentials

    # Its debug lines hold the canonical request, and so the session token.
    logging.getLogger("botocore.auth").setLevel(logging.WARNING)
    headers = request.headers
    for name in _ADDED:
        headers = headers.without(name)
    # Only what has to be signed is: a field that is added or changed on the way does not break the signature.
    fields = {name: text for name, text in headers if name.lower().startswith("x-amz-") or name.lower() in _SIGNED}
    signed = AWSRequest(method=request.method, url=request.url.partition("#")[0], headers=fields, data=request.body)
    credentials = Credentials(keys.access_key, keys.secret_key, keys.session_token or None)
    signer = S3SigV4Auth if service == "s3" else SigV4Auth
    signer(credentials, service, region).add_auth(signed)
    added = [(name, text) for name, text in signed.headers.items() if name.lower() in _ADDED]
    return replace(request, headers=Headers.of((*added, *headers)))
