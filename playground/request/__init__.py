"""From a filled-in form to an HTTP message: `RequestModel` -> `build_request` -> `HTTPRequest`. No I/O."""
