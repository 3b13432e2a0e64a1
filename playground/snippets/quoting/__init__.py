"""One literal writer per language, each by its language's own rules."""
