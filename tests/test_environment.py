"""Settings come from the environment; a wrong value names its variable and the accepted form."""

from __future__ import annotations

from pathlib import Path

import pytest

from playground.config import Bucket, SettingsError
from playground.environment import from_environ, read_origin


def test_everything_is_optional() -> None:
    settings = from_environ({})
    assert settings.sandbox == "on"
    assert settings.send_timeout == 30
    assert settings.gateway_url is None
    assert len(settings.secret_key) > 30


def test_values_are_read(tmp_path: Path) -> None:
    file = tmp_path / "credentials.json"
    file.write_text("{}")
    settings = from_environ(
        {
            "PLAYGROUND_CATALOG": "/x/y.sqlite",
            "PLAYGROUND_GATEWAY_URL": "http://127.0.0.1:4000/",
            "PLAYGROUND_GATEWAYS": "https://a.example, *",
            "PLAYGROUND_UPSTREAMS": "https://b.example:443",
            "PLAYGROUND_PRIVATE_NETWORKS": "127.0.0.1/32:9000 [::1]/128:80 10.0.0.0/8:*",
            "PLAYGROUND_CREDENTIALS": str(file),
            "PLAYGROUND_SANDBOX": "only",
            "PLAYGROUND_FRAME_ANCESTORS": "https://docs.example https://*.example.org",
            "PLAYGROUND_RATE_LIMIT": "60/minute",
            "PLAYGROUND_SEND_TIMEOUT": "5",
            "PLAYGROUND_LOG": "json",
        }
    )
    assert settings.catalog == Path("/x/y.sqlite")
    assert settings.gateway_url == "http://127.0.0.1:4000"
    assert settings.gateways == ("https://a.example", "*")
    assert settings.upstreams == ("https://b.example",)
    assert [str(private_network) for private_network in settings.private_networks] == [
        "127.0.0.1/32:9000",
        "::1/128:80",
        "10.0.0.0/8:*",
    ]
    assert settings.sandbox == "only"
    assert settings.rate_limit is not None
    assert (settings.rate_limit.count, settings.rate_limit.seconds) == (60, 60)
    assert settings.log == "json"


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("PLAYGROUND_SECRET_KEY", "short"),
        ("PLAYGROUND_GATEWAY_URL", "ftp://x"),
        ("PLAYGROUND_GATEWAYS", "https://a.example/path"),
        ("PLAYGROUND_UPSTREAMS", "a.example"),
        ("PLAYGROUND_PRIVATE_NETWORKS", "10.0.0.0/8"),
        ("PLAYGROUND_PRIVATE_NETWORKS", "10.0.0.0/8:99999"),
        ("PLAYGROUND_CREDENTIALS", "/does/not/exist"),
        ("PLAYGROUND_SANDBOX", "maybe"),
        ("PLAYGROUND_FRAME_ANCESTORS", "docs.example"),
        ("PLAYGROUND_PROXY_HOPS", "-1"),
        ("PLAYGROUND_RATE_LIMIT", "60/fortnight"),
        ("PLAYGROUND_RATE_LIMIT", "0/minute"),
        ("PLAYGROUND_SEND_TIMEOUT", "0"),
        ("PLAYGROUND_MAX_RESPONSE_BYTES", "10"),
        ("PLAYGROUND_LOG", "xml"),
    ],
)
def test_a_wrong_value_names_the_variable_and_the_form(variable: str, value: str) -> None:
    with pytest.raises(SettingsError, match=f"^{variable} has a value that cannot be used: write .*\\.$"):
        from_environ({variable: value})


def test_a_wrong_value_is_not_repeated() -> None:
    with pytest.raises(SettingsError) as caught:
        from_environ({"PLAYGROUND_SECRET_KEY": "canary"})
    assert "canary" not in str(caught.value)
    assert caught.value.__cause__ is None


def test_an_empty_value_counts_as_not_set() -> None:
    assert from_environ({"PLAYGROUND_SANDBOX": " "}).sandbox == "on"


def test_origins_are_canonical() -> None:
    assert read_origin("https://A.example:443/") == "https://a.example"
    assert read_origin("http://[::1]:80") == "http://[::1]"
    with pytest.raises(ValueError, match="origin"):
        read_origin("https://user@a.example")


@pytest.mark.parametrize(
    ("url", "bucket"),
    [
        ("s3://answers", Bucket(name="answers")),
        ("s3://answers/of/playground/", Bucket(name="answers", prefix="of/playground/")),
        (
            "s3://answers/p?endpoint=https%3A%2F%2Fstorage.example.com%3A9000&region=eu-central-1",
            Bucket(name="answers", prefix="p/", endpoint="https://storage.example.com:9000", region="eu-central-1"),
        ),
        ("s3://answers?endpoint=http://minio:9000", Bucket(name="answers", endpoint="http://minio:9000")),
    ],
)
def test_answers_can_be_in_a_bucket(url: str, bucket: Bucket) -> None:
    assert from_environ({"PLAYGROUND_ANSWERS": url}).answers == bucket


@pytest.mark.parametrize(
    "url",
    [
        "s3://",
        "s3:///prefix",
        "s3://key:secret@answers",
        "s3://a nswers",
        "s3://answers?endpoint=file:///etc",
        "s3://answers?endpoint=https://key:secret@storage.example.com",
        "s3://answers?endpoint",
        "s3://answers?endpoint=http://a&endpoint=http://b",
        "s3://answers?secret=x",
        "s3://answers#x",
    ],
)
def test_a_bucket_that_is_none_is_refused_without_quoting_it(url: str) -> None:
    with pytest.raises(SettingsError) as refused:
        from_environ({"PLAYGROUND_ANSWERS": url})
    assert "PLAYGROUND_ANSWERS" in str(refused.value)
    assert "secret" not in str(refused.value)
