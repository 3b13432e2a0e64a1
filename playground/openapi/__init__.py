"""An OpenAPI document read into a Catalog: pure, no I/O, safe on hostile input."""
