"""Text as people see it: sentences that can be translated, visible characters, highlighted code."""
