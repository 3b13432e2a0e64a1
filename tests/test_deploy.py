"""The example of a site and its gateway on two hosts: what each is told, and what it then does."""

from __future__ import annotations

import ipaddress
import re
from contextlib import ExitStack
from typing import Any

import yaml

from playground.config import Settings, from_environ
from playground.gateway.limits import Limits
from playground.transport.addresses import Verdict, classify
from tests.support.needs import ROOT

FOLDER = ROOT / "deploy" / "separate"
GIVEN = {
    "PLAYGROUND_SECRET_KEY": "a text of sixteen characters",
    "PLAYGROUND_GATEWAY_URL": "http://10.0.1.5:4000",
    "GATEWAY_ADDRESS": "10.0.1.5",
}


def service(name: str) -> Any:
    return yaml.safe_load((FOLDER / f"{name}.yaml").read_text())["services"][name]


def settings(name: str) -> Settings:
    """Return what the service is told, with variables filled in as compose does."""

    def fill(match: re.Match[str]) -> str:
        variable, _, rest = match[1].partition(":")
        return GIVEN.get(variable) or rest.removeprefix("-")

    environ = service(name)["environment"]
    return from_environ({key: re.sub(r"\$\{([^}]*)\}", fill, text) for key, text in environ.items()})


def test_the_site_names_the_gateway_and_the_gateway_answers_to_that_name() -> None:
    site, gateway = settings("site"), settings("gateway")
    assert site.gateway_url == GIVEN["PLAYGROUND_GATEWAY_URL"]
    assert gateway.trusted_hosts == ("10.0.1.5",)
    assert gateway.gateway_url is None
    assert not site.private_networks and not gateway.private_networks


def test_the_gateway_counts_the_site_for_all_its_visitors() -> None:
    limits = Limits(caps=settings("gateway").concurrency)
    with ExitStack() as stack:
        for _ in range(500):
            stack.enter_context(limits.admit("10.0.1.4", "api.example", "api"))


def test_the_gateway_listens_on_its_private_address_and_can_do_little_else() -> None:
    gateway = service("gateway")
    assert [one.split(":")[-2:] for one in gateway["ports"]] == [["4000", "4000"]]
    assert all(one.startswith("${GATEWAY_ADDRESS:?") for one in gateway["ports"])
    assert gateway["command"][-1] == "playground.app:gateway_application()"
    assert gateway["read_only"] is True
    assert gateway["cap_drop"] == ["ALL"]


def test_the_wall_stops_what_the_program_would_not_call() -> None:
    rules = (FOLDER / "egress.nft").read_text()
    blocked: dict[int, list[Any]] = {4: [], 6: []}
    for version in blocked:
        elements = re.search(rf"set special{version} \{{.*?elements = \{{(.*?)\}}", rules, re.DOTALL)
        assert elements is not None
        blocked[version] = [ipaddress.ip_network(one.strip()) for one in elements[1].split(",")]
    for network in (*blocked[4], *blocked[6]):
        assert classify(str(network[0])) is not Verdict.PUBLIC, network
    for text in ("10.1.2.3", "127.0.0.1", "169.254.169.254", "168.63.129.16", "100.100.100.200", "192.168.1.1"):
        assert any(ipaddress.ip_address(text) in one for one in blocked[4]), text
    assert not any(ipaddress.ip_address("8.8.8.8") in one for one in blocked[4])
