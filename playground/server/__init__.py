"""What gunicorn and waitress need against slow and malformed visitors; only the command line and `deploy` import it."""
