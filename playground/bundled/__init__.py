"""The descriptions that come with Playground, written for it."""
