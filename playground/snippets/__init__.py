"""A request as code a person can paste: one folder a language, one module a client."""
