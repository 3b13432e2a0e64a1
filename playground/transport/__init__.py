"""The only package that opens sockets: egress rules, address pinning, limits."""
