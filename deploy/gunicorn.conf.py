"""gunicorn -c deploy/gunicorn.conf.py 'playground.app:application()' - a site behind a proxy that ends TLS."""

import os

bind = f"0.0.0.0:{os.environ.get('PORT', '8000')}"
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = 32
# Longer than the longest Send, so that a slow API is answered by our own deadline and not by a killed worker.
timeout = int(float(os.environ.get("PLAYGROUND_SEND_TIMEOUT", "30"))) + 15
graceful_timeout = 20
max_requests = 20_000
max_requests_jitter = 2_000
accesslog = None
