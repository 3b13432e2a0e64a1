"""One file a target: a language and a client. They do not know each other."""
