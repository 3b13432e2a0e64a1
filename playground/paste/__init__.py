"""Pasted texts – a curl command, HAR, an HTTP message, a URL, a body – read into a request model. Pure; no I/O.

`recognise(text)` gives neutral messages, `match_message` finds the operation, `read_message` fills a `RequestModel`
from one (the inverse of `build_request`), and lists in sentences what has no place in it. Secrets are taken out first.
"""
