"""An OpenAPI document to a `Catalog`: pure, no I/O, one problem per thing it could not use."""
