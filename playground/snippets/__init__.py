"""A request as code a person can paste: one file a target, one quoting module a language."""
