"""JSON Schema mappings read for forms, requests and samples (JSON Schema 2020-12); pure, never raises on bad ones."""
