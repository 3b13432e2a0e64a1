"""What `deploy/` starts: what each container is told, what it may do, and that it runs with no more than that."""

from __future__ import annotations

import contextlib
import fnmatch
import http.client
import ipaddress
import json
import os
import re
import shutil
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement

from playground.config import Settings
from playground.environment import from_environ
from playground.gateway.limits import Limits
from playground.transport.addresses import Verdict, classify
from tests.support.needs import ROOT, free_port, need_command

FOLDER = ROOT / "deploy" / "separate"
COMPOSED = [ROOT / "deploy" / "compose.yaml", FOLDER / "site.yaml", FOLDER / "gateway.yaml"]
DOCKERFILE = (ROOT / "deploy" / "Dockerfile").read_text()
OURS = {"playground", "site", "gateway"}
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
    assert [port.split(":")[-2:] for port in gateway["ports"]] == [["4000", "4000"]]
    assert all(port.startswith("${GATEWAY_ADDRESS:?") for port in gateway["ports"])
    assert gateway["command"][-1] == "playground.app:gateway_application()"


def test_the_wall_stops_what_the_program_would_not_call() -> None:
    rules = (FOLDER / "egress.nft").read_text()
    blocked: dict[int, list[Any]] = {4: [], 6: []}
    for version in blocked:
        elements = re.search(rf"set special{version} \{{.*?elements = \{{(.*?)\}}", rules, re.DOTALL)
        assert elements is not None
        blocked[version] = [ipaddress.ip_network(network.strip()) for network in elements[1].split(",")]
    for network in (*blocked[4], *blocked[6]):
        assert classify(str(network[0])) is not Verdict.PUBLIC, network
    for text in ("10.1.2.3", "127.0.0.1", "169.254.169.254", "168.63.129.16", "100.100.100.200", "192.168.1.1"):
        assert any(ipaddress.ip_address(text) in network for network in blocked[4]), text
    assert not any(ipaddress.ip_address("8.8.8.8") in network for network in blocked[4])


@pytest.mark.parametrize("path", COMPOSED, ids=lambda path: path.name)
def test_a_container_can_do_nothing_but_its_work(path: Path) -> None:
    composed = yaml.safe_load(path.read_text())
    internal = {name for name, network in composed["networks"].items() if network and network.get("internal")}
    for name, container in composed["services"].items():
        assert container["read_only"] is True, name
        assert container["cap_drop"] == ["ALL"], name
        assert "cap_add" not in container and "privileged" not in container, name
        assert container["security_opt"] == ["no-new-privileges:true"], name
        assert container["mem_limit"] in ("2g", "256m") and container["pids_limit"] <= 2048, name
        assert container["tmpfs"] and all("size=" in mount and "noexec" in mount for mount in container["tmpfs"]), name
        if name in OURS:
            assert container["tmpfs"][0].startswith("/tmp:")  # noqa: S108
            assert container["volumes"] == ["catalog:/data"]
        else:
            assert container["user"] == "redis"
            assert set(container["networks"]) <= internal
            assert not container.get("ports") and not container.get("volumes")


@pytest.mark.parametrize("path", COMPOSED, ids=lambda path: path.name)
def test_a_container_is_given_the_time_that_calls_under_way_need(path: Path) -> None:
    for name, container in yaml.safe_load(path.read_text())["services"].items():
        if name in OURS:
            assert int(container["stop_grace_period"].removesuffix("s")) > Settings().send_timeout + 15


def copied() -> list[str]:
    """Return what the image holds of the checkout."""
    return [name for line in re.findall(r"^COPY (.*) \S+$", DOCKERFILE, re.MULTILINE) for name in line.split()]


def test_the_image_is_made_of_what_it_needs_and_runs_as_nobody() -> None:
    sent = [line for line in (ROOT / "deploy" / "Dockerfile.dockerignore").read_text().splitlines() if line[:1] in "*!"]
    assert sent[0] == "*"
    assert {line[1:] for line in sent if line[0] == "!"} == set(copied())
    assert all((ROOT / name).exists() for name in copied())
    user = re.search(r"^USER (\d+)$", DOCKERFILE, re.MULTILINE)
    assert user is not None and f"--uid {user[1]} " in DOCKERFILE
    assert set(re.findall(r"PLAYGROUND_\w+=(/\w+)/", DOCKERFILE)) == {"/data"}


@pytest.fixture(scope="module")
def image(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the files that the image has of the checkout."""
    folder = tmp_path_factory.mktemp("image")
    folder.chmod(0o755)
    for name in copied():
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, folder / name)
    return folder


def test_everything_that_the_image_installs_is_pinned() -> None:
    pinned = {canonical(line.partition("==")[0]) for line in (ROOT / "constraints.txt").read_text().splitlines()}
    waiting, seen = [("tryit-playground", frozenset({"gunicorn", "redis"}))], set()
    while waiting:
        name, extras = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        for line in metadata.requires(name) or ():
            requirement = Requirement(line)
            wanted = (
                [requirement.marker.evaluate({"extra": extra}) for extra in (*extras, "")]
                if requirement.marker
                else [True]
            )
            if any(wanted):
                waiting.append((canonical(requirement.name), frozenset(requirement.extras)))
    assert len(seen) > 30
    assert seen - {"tryit-playground"} <= pinned


def canonical(name: str) -> str:
    """Return the name of a package as registries compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


@pytest.mark.slow
def test_the_files_of_the_image_make_the_whole_wheel(image: Path, tmp_path: Path) -> None:
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(tmp_path), str(image)]
    subprocess.run(build, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    for pattern in ("playground/app.py", "playground/templates/base.html", "playground/static/js/*", "*/METADATA"):
        assert fnmatch.filter(names, pattern), pattern


@pytest.mark.slow
def test_the_site_runs_with_what_compose_gives_it(image: Path) -> None:
    with hardened(image) as port:
        prove(port)


@contextmanager
def hardened(image: Path) -> Iterator[int]:
    """Run the command of the image as compose does, without Docker: a read-only root, no capability, nobody's user.

    `/srv` takes the place of `/app`, and `/mnt` that of `/data`: a root that is read-only has no room for new folders.
    """
    if subprocess.run([need_command("unshare"), "--mount", "true"], capture_output=True, check=False).returncode:
        pytest.skip("only root can take a file system away from a process")
    port, command = free_port(), json.loads(re.findall(r"^CMD (.*)$", DOCKERFILE, re.MULTILINE)[0])
    command[0] = str(Path(sys.executable).parent / command[0])
    environ = dict(re.findall(r"\b([A-Z_]+)=(\S+)", re.findall(r"^ENV (.*)$", DOCKERFILE, re.MULTILINE)[0]))
    environ = {name: text.replace("/data", "/mnt") for name, text in environ.items()} | {
        "PORT": str(port),
        "PATH": os.environ["PATH"],
        "PLAYGROUND_SECRET_KEY": GIVEN["PLAYGROUND_SECRET_KEY"],
        "PLAYGROUND_TRUSTED_HOSTS": "localhost",
    }
    script = (
        f"mount --bind {image} /srv && mount -t tmpfs -o size=64m,mode=1777,noexec,nosuid,nodev tmpfs /tmp"
        " && mount -t tmpfs -o size=64m,mode=700,uid=10001 tmpfs /mnt && mount -o remount,bind,ro /srv"
        " && mount -o remount,bind,ro / && cd /srv"
        f" && exec {need_command('setpriv')} --reuid=10001 --regid=10001 --clear-groups --no-new-privs"
        ' --bounding-set=-all --inh-caps=-all -- "$@"'
    )
    shell = [need_command("unshare"), "--mount", "--propagation", "private", "sh", "-c", script, "sh", *command]
    process = subprocess.Popen(shell, env=environ, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        for _ in range(600):
            with contextlib.suppress(OSError):
                ask(port, "GET", "/readyz")
                break
            assert process.poll() is None, process.communicate()[0]
            time.sleep(0.1)
        yield port
    finally:
        process.terminate()
        output, _ = process.communicate()
    assert process.returncode == 0, output
    assert "Traceback" not in output and "Read-only" not in output, output


def prove(port: int) -> None:
    """Ask for a page, an answer that is kept, an upload that needs room on disk, and the metrics of all workers."""
    assert ask(port, "GET", "/readyz")[0] == 200
    assert b'id="request"' in ask(port, "GET", "/providers/tour/shelfbooks")[1]
    status, pane = ask(port, "POST", "/providers/tour/shelfbooks/send", "server=sandbox&path.shelf=1")
    token = re.search(rb'name="answer" value="([^"]+)"', pane)
    assert status == 200 and token is not None
    for _ in range(4):  # whichever worker is asked
        status, saved = ask(port, "POST", "/answers/save", f"answer={token[1].decode()}")
        assert status == 200 and json.loads(saved)
    boundary = '--b\r\nContent-Disposition: form-data; name="body"; filename="a"\r\n\r\n'
    upload = boundary + "x" * 5_000_000 + "\r\n--b--\r\n"
    assert ask(port, "POST", "/providers/tour/shelfbooks/form", upload, "multipart/form-data; boundary=b")[0] == 200
    assert b'route="answers.save"' in ask(port, "GET", "/metrics")[1]


def ask(port: int, method: str, path: str, body: str = "", kind: str = "") -> tuple[int, bytes]:
    """Return status and content of what the site on a port answers to its own page."""
    origin = f"http://localhost:{port}"
    headers = {"Host": f"localhost:{port}", "Origin": origin, "Sec-Fetch-Site": "same-origin", "HX-Request": "true"}
    if body:
        headers["Content-Type"] = kind or "application/x-www-form-urlencoded"
    connection = http.client.HTTPConnection("127.0.0.1", port)
    with contextlib.closing(connection):
        connection.request(method, path, body or None, headers)
        answer = connection.getresponse()
        return answer.status, answer.read()


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_the_image_is_built_and_runs() -> None:
    """Only where PLAYGROUND_TEST_DOCKER is set: a build fetches its base image, and tests reach loopback alone."""
    if not os.environ.get("PLAYGROUND_TEST_DOCKER"):
        pytest.skip("PLAYGROUND_TEST_DOCKER is not set")
    docker = shutil.which("docker")
    if docker is None or subprocess.run([docker, "info"], capture_output=True, check=False).returncode:
        pytest.skip("no Docker runs on this machine")
    name, port = f"playground-test-{os.getpid()}", free_port()
    build = [docker, "build", "-q", "-f", "deploy/Dockerfile", "-t", name, "."]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    run = [docker, "run", "-d", "--rm", "--name", name, "-p", f"127.0.0.1:{port}:8000", "--read-only", "--cap-drop=ALL"]
    run += ["--security-opt=no-new-privileges:true", "--tmpfs=/tmp:size=512m,mode=1777,noexec,nosuid,nodev"]
    run += ["--memory=2g", "--pids-limit=2048", "-e", "PLAYGROUND_TRUSTED_HOSTS=localhost"]
    run += ["-e", f"PLAYGROUND_SECRET_KEY={GIVEN['PLAYGROUND_SECRET_KEY']}", name]
    try:
        subprocess.run(run, check=True, capture_output=True)
        for _ in range(300):
            with contextlib.suppress(OSError, http.client.HTTPException):
                ask(port, "GET", "/readyz")
                break
            time.sleep(0.1)
        prove(port)
    finally:
        subprocess.run([docker, "rm", "-f", name], capture_output=True, check=False)
        subprocess.run([docker, "rmi", "-f", name], capture_output=True, check=False)
