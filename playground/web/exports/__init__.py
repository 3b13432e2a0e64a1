"""The catalogue for programs: JSON, Markdown, generated packages."""
