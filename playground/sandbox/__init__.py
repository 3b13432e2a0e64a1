"""The built-in origin: answers a request from the operation's description."""
