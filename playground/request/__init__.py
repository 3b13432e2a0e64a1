"""From what the visitor said to what goes on the wire: `RequestModel` -> `build_request` -> `HTTPRequest`. No I/O."""
