"""The gateway protocol: `POST /tools/{provider}/{operation}`, embedded and as a client of foreign ones."""
