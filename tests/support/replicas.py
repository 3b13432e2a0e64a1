"""Two replicas of the site with no disk in common, Redis and nginx before them, as `deploy/nginx` says."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.support.needs import ROOT, free_port, need_command
from tests.support.redis_server import Redis, redis_in
from tests.support.servers import RecordingServer
from tests.support.whole_site import GUNICORN, Site

MIME_TYPES = Path("/etc/nginx/mime.types")


@dataclass
class Replicas:
    """The site behind nginx at `port`, and each replica, which can be killed and started again."""

    port: int
    redis: Redis
    api: RecordingServer
    folder: Path
    environs: list[dict[str, str]]
    running: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def front(self) -> Site:
        """What visitors reach."""
        return Site(self.port, self.running[0], self.api, self.folder / "nginx.log")

    def start(self, number: int) -> None:
        """Start a replica, and wait until it is ready."""
        environ = self.environs[number]
        output = (self.folder / f"replica-{number}.log").open("ab")
        with output:
            command = [sys.executable, "-m", "gunicorn", *GUNICORN]
            process = subprocess.Popen(command, cwd=ROOT, env=environ, stdout=output, stderr=output)
        if number < len(self.running):
            self.running[number] = process
        else:
            self.running.append(process)
        site = Site(int(environ["PORT"]), process, self.api, self.folder / f"replica-{number}.log")

        def is_ready() -> bool:
            with contextlib.suppress(OSError):
                return site.ask("GET", "/readyz")[0] == 200
            return False

        site.until(is_ready)

    def kill(self, number: int) -> None:
        """Kill a replica with all its workers, at once."""
        process = self.running[number]
        if process.poll() is not None:
            return
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
        process.kill()
        for child in children:
            with contextlib.suppress(ProcessLookupError):
                os.kill(int(child), 9)
        process.wait()


def front_of(folder: Path, ports: tuple[int, ...], port: int) -> Path:
    """Write `deploy/nginx` for these replicas and without TLS, everything nginx writes below the folder."""
    shutil.copytree(ROOT / "deploy" / "nginx", folder)
    shutil.copy(MIME_TYPES, folder)
    servers = "".join(f"    server 127.0.0.1:{one} max_fails=0;\n" for one in ports)
    (folder / "replicas.conf").write_text(
        f"upstream playground {{\n    zone playground 64k;\n    least_conn;\n{servers}    keepalive 64;\n}}\n"
    )
    text = (folder / "nginx.conf").read_text()
    head, _, rest = text.partition("    server {")
    tls = rest.rpartition("    server {")[2]
    plain = "\n".join(
        line.replace("443 ssl http2", f"127.0.0.1:{port}").replace("try.example.com", "_")
        for line in tls.splitlines()
        if "ssl_" not in line
    )
    for name in ("cache/nginx", "log/nginx", "run", "held"):
        (folder / name).mkdir(parents=True)
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    temporary = "".join(f"    {kind}_temp_path {folder}/held/{kind};\n" for kind in kinds)
    head = head.replace("/var/", f"{folder}/").replace("/run/nginx.pid", f"{folder}/run/nginx.pid")
    head = head.replace("http {\n", f"http {{\n{temporary}", 1)
    configuration = folder / "nginx.conf"
    configuration.write_text(f"{head}    server {{{plain}\n")
    return configuration


@contextlib.contextmanager
def replicas_in(folder: Path, **settings: str) -> Iterator[Replicas]:
    """Run two replicas, Redis and nginx."""
    nginx = need_command("nginx")
    clean = {name: text for name, text in os.environ.items() if not name.startswith("PLAYGROUND_")}
    ports, port = (free_port(), free_port()), free_port()
    configuration = front_of(folder / "nginx", ports, port)
    with RecordingServer() as api, redis_in(folder) as redis, contextlib.ExitStack() as stack:
        paths = {"/get": {"get": {"operationId": "get", "responses": {"200": {"description": "Fine"}}}}}
        document = {
            "openapi": "3.1.0", "info": {"title": "Things", "version": "1"},
            "servers": [{"url": api.url}], "paths": paths,
        }  # fmt: skip
        (folder / "things.json").write_text(json.dumps(document))
        environs = []
        for number, own in enumerate(ports):
            (folder / f"disk-{number}").mkdir()
            environ = {
                **clean, "PORT": str(own), "WEB_CONCURRENCY": "1", "PYTHONPATH": str(ROOT),
                "PLAYGROUND_PROXY_HOPS": "1",
                "PLAYGROUND_CATALOG": str(folder / f"disk-{number}" / "catalog.sqlite"),
                "PLAYGROUND_REDIS_URL": redis.url, "PLAYGROUND_ANSWERS": redis.url,
                "PLAYGROUND_PRIVATE_NETWORKS": "127.0.0.0/8:*", "PLAYGROUND_SECRET_KEY": "of both replicas, at least",
                **settings,
            }  # fmt: skip
            add = [sys.executable, "-m", "playground", "add", "things", str(folder / "things.json")]
            subprocess.run(add, cwd=ROOT, env=environ, check=True, capture_output=True)
            environs.append(environ)
        replicas = Replicas(port, redis, api, folder, environs)
        for number in range(len(ports)):
            replicas.start(number)
            stack.callback(replicas.kill, number)
        # Started by root its workers would be somebody else, to whom folders of tests are closed.
        options = "daemon off;" + ("" if os.getuid() else " user root;")
        with (folder / "nginx.log").open("wb") as output:
            command = [nginx, "-c", str(configuration), "-p", str(configuration.parent), "-g", options]
            front = subprocess.Popen(command, stdout=output, stderr=output)
        stack.callback(front.wait)
        stack.callback(front.terminate)

        def answers() -> bool:
            time.sleep(0.05)
            with contextlib.suppress(OSError):
                return replicas.front.ask("GET", "/healthz")[0] == 200
            return False

        replicas.front.until(answers)
        yield replicas
