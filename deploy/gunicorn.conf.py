"""gunicorn -c deploy/gunicorn.conf.py 'playground.app:application()' - a site behind a proxy that ends TLS.

Why threads, and so many: docs/deploy.md.
"""

import os

bind = f"0.0.0.0:{os.environ.get('PORT', '8000')}"
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
# A thread a request: up to 512 that wait for APIs (PLAYGROUND_CONCURRENCY) and 32 that are always there for pages.
# They are made as they are needed.
threads = 544
worker_connections = 1100
backlog = 2048
keepalive = 5
# Longer than the longest Send, so that a slow API is answered by our own deadline and not by a killed worker.
timeout = int(float(os.environ.get("PLAYGROUND_SEND_TIMEOUT", "30"))) + 15
graceful_timeout = timeout
max_requests = 20_000
max_requests_jitter = 2_000
accesslog = None
