"""What somebody pastes – a curl command, HAR, an HTTP message, a URL, a body – read into a request model. Pure; no I/O.

`recognise(text)` gives neutral messages, `match_message` finds the operation, `read_message` fills a `RequestModel`
from one (the inverse of `build_request`), and says in words what found no place. A secret is taken out first.
"""
