"""The generated npm package `@utdk/<provider>`: a client for the gateway protocol, with types from the description."""
