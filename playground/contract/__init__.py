"""Whether an answer keeps what its description promises: status, content type, header fields, content."""
