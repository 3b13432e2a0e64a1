"""The files of `deploy/` for nginx, systemd and Kubernetes, each checked by the tool of its kind."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from playground.environment import from_environ
from tests.support.needs import ROOT, free_port, need_command
from tests.support.replicas import front_of

DEPLOY = ROOT / "deploy"
MANIFESTS = sorted((DEPLOY / "kubernetes").glob("*.yaml"))
UNITS = sorted(path for path in (DEPLOY / "systemd").iterdir() if path.suffix in (".service", ".timer"))


def resources() -> list[dict[str, Any]]:
    return [one for path in MANIFESTS for one in yaml.safe_load_all(path.read_text())]


def test_nginx_takes_its_configuration(tmp_path: Path) -> None:
    nginx = need_command("nginx")
    configuration = front_of(tmp_path / "nginx", (8001, 8002), free_port())
    command = [nginx, "-t", "-c", str(configuration), "-p", str(configuration.parent)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "warn" not in done.stderr


def test_nginx_takes_it_with_tls(tmp_path: Path) -> None:
    nginx, openssl = need_command("nginx"), need_command("openssl")
    configuration = front_of(tmp_path / "nginx", (8001, 8002), free_port())
    text = (DEPLOY / "nginx" / "nginx.conf").read_text()
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    made = [
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:P-256",
        "-nodes",
        "-subj",
        "/CN=try.example.com",
    ]
    subprocess.run([openssl, *made, "-keyout", key, "-out", certificate], check=True, capture_output=True)
    folder = configuration.parent
    for old, new in (
        ("/etc/nginx/tls/fullchain.pem", certificate), ("/etc/nginx/tls/privkey.pem", key),
        ("/run/nginx.pid", folder / "run" / "nginx.pid"), ("/var/", f"{folder}/"),
        ("listen 80 ", f"listen 127.0.0.1:{free_port()} "), ("listen 443 ", f"listen 127.0.0.1:{free_port()} "),
    ):  # fmt: skip
        assert old in text
        text = text.replace(old, str(new))
    configuration.write_text(text)
    done = subprocess.run([nginx, "-t", "-c", configuration, "-p", folder], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("unit", UNITS, ids=lambda path: path.name)
def test_systemd_takes_a_unit(unit: Path, tmp_path: Path) -> None:
    verify = need_command("systemd-analyze")
    for path in UNITS:
        # Programs are looked for as well: those of this machine stand for the installed ones.
        text = (
            path.read_text()
            .replace("/opt/playground/bin/gunicorn", "/bin/true")
            .replace("/opt/playground/bin/playground", "/bin/true")
        )
        (tmp_path / path.name).write_text(text)
    command = [verify, "verify", "--man=no", "--recursive-errors=no", str(tmp_path / unit.name)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""


def test_a_service_may_do_little() -> None:
    text = (DEPLOY / "systemd" / "playground.service").read_text()
    for line in ("ProtectSystem=strict", "NoNewPrivileges=yes", "CapabilityBoundingSet=", "StateDirectory=playground"):
        assert line in text.splitlines()


@pytest.mark.parametrize("manifest", MANIFESTS, ids=lambda path: path.name)
def test_kubernetes_takes_a_manifest(manifest: Path) -> None:
    pytest.importorskip("kubernetes_validate")
    command = [sys.executable, "-W", "ignore", "-m", "kubernetes_validate", "--strict", str(manifest)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert (done.stdout + done.stderr).count(" passed ") == len(list(yaml.safe_load_all(manifest.read_text())))


def test_pods_may_do_little_and_are_found_by_their_services() -> None:
    found = resources()
    pods = [one["spec"]["template"] for one in found if one["kind"] == "Deployment"]
    for pod in pods:
        assert pod["spec"]["securityContext"]["runAsNonRoot"] is True
        assert pod["spec"]["automountServiceAccountToken"] is False
        for container in (*pod["spec"].get("initContainers", []), *pod["spec"]["containers"]):
            context = container["securityContext"]
            assert context["readOnlyRootFilesystem"] is True
            assert context["allowPrivilegeEscalation"] is False
            assert context["capabilities"] == {"drop": ["ALL"]}
            assert "memory" in container["resources"]["limits"]
            mounted = {mount["name"] for mount in container["volumeMounts"]}
            assert mounted <= {volume["name"] for volume in pod["spec"]["volumes"]}
    for service in (one for one in found if one["kind"] == "Service"):
        assert any(service["spec"]["selector"].items() <= pod["metadata"]["labels"].items() for pod in pods)


def test_what_the_manifest_sets_is_a_setting_and_a_valid_one() -> None:
    (site,) = [one for one in resources() if one["metadata"]["name"] == "playground" and one["kind"] == "Deployment"]
    (container,) = site["spec"]["template"]["spec"]["containers"]
    named = {one["name"]: one.get("value", "a text of sixteen characters") for one in container["env"]}
    settings = from_environ(named)
    assert settings.proxy_hops == 1
    assert settings.redis_url == "redis://playground-redis:6379/0"
    probes = [container[f"{kind}Probe"]["httpGet"] for kind in ("startup", "liveness", "readiness")]
    assert [probe["path"] for probe in probes] == ["/healthz", "/healthz", "/readyz"]
    # Hosts it does not trust are not answered, probes neither.
    assert {header["value"] for probe in probes for header in probe["httpHeaders"]} <= set(settings.trusted_hosts)
