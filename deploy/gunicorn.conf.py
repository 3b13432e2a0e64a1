"""gunicorn -c deploy/gunicorn.conf.py 'playground.app:application()' - a site behind a proxy that ends TLS.

Why threads, and so many: docs/deploy.md.
"""

import gc
import os
import shutil
import socket
import struct
import tempfile

bind = f"0.0.0.0:{os.environ.get('PORT', '8000')}"
# gthread, but a visitor who is slow to say what he wants holds no thread (playground/server/timeouts.py).
worker_class = "playground.server.gunicorn.PatientWorker"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
# A thread a request: up to 640 that wait for APIs (PLAYGROUND_CONCURRENCY) and 32 that are always there for pages.
# They are made as they are needed.
threads = 672
# Silent connections cost a file each and no thread.
worker_connections = 4096
backlog = 2048
# Also how long a head or a small body may be silent.
keepalive = 10
# Longer than the longest Send, so that a slow API is answered by our own deadline and not by a killed worker.
timeout = int(float(os.environ.get("PLAYGROUND_SEND_TIMEOUT", "30"))) + 15
graceful_timeout = timeout
max_requests = 20_000
max_requests_jitter = 2_000
accesslog = None
# Nobody steers it but by signals, and a root that is read-only has no place for a socket.
control_socket_disable = True


def on_starting(server):
    """Give the workers a folder to count in, so that /metrics of any of them answers for all."""
    from playground.server.gunicorn import WorkerNumbers

    server.worker_numbers = WorkerNumbers()
    folder = tempfile.mkdtemp(prefix="playground-metrics-")
    os.chown(folder, server.cfg.uid, server.cfg.gid)
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = folder
    _share_code()


def _share_code():
    """Read all modules before the workers are made, which then have the memory of code in common.

    Each still makes an application of its own: connections and locks are no one's but the process's that opened them.
    """
    import playground.app
    import playground.server.gunicorn  # noqa: F401

    gc.collect()
    # What a worker's collector does not look at it does not write to, so it stays shared.
    gc.freeze()


def on_exit(server):
    """Remove the folder again."""
    shutil.rmtree(os.environ["PROMETHEUS_MULTIPROC_DIR"], ignore_errors=True)


def pre_fork(server, worker):
    """Give the worker that begins a number, under which it counts."""
    os.environ["PLAYGROUND_WORKER"] = str(server.worker_numbers.take(worker))


def child_exit(server, worker):
    """Free the number of a worker that has ended for the next one."""
    server.worker_numbers.give_back(worker)


def post_worker_init(worker):
    """Free a thread whose visitor does not take the answer."""
    from playground.server.timeouts import SILENCE

    for listener in worker.sockets:
        # The kernel hands it on to every connection; a timeout of Python's would end long downloads as well.
        listener.sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, struct.pack("ll", SILENCE, 0))
