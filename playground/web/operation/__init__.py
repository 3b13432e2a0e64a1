"""The operation page: its view, its form, its credentials panel, its snippet, Send and the answer."""
