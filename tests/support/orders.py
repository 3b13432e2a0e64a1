"""The description that the tests of forms in the browser fill in: every kind of row, choice and file."""

from __future__ import annotations

from typing import Any

ORDERS = "/providers/orders"
DESCRIPTION: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {"title": "Orders", "version": "1"},
    "paths": {
        "/orders": {
            "post": {
                "operationId": "placeOrder",
                "parameters": [
                    {"name": "mode", "in": "query", "schema": {"enum": ["fast", "cheap"]}},
                    {"name": "currency", "in": "query", "schema": {"enum": [f"C{n:02}" for n in range(40)]}},
                ],
                "requestBody": {
                    "content": {
                        "application/json": {
                            "schema": {
                                "type": "object",
                                "additionalProperties": False,
                                "properties": {
                                    "steps": {"type": "array", "items": {"type": "string"}},
                                    "due": {"type": "string", "format": "date-time"},
                                    "seal": {"type": "string", "format": "byte"},
                                    "payment": {
                                        "oneOf": [
                                            {"title": "Card", "properties": {"number": {"type": "string"}}},
                                            {"title": "Bank", "properties": {"iban": {"type": "string"}}},
                                        ]
                                    },
                                },
                            },
                            "examples": {
                                "small": {"summary": "A small order", "value": {"steps": ["one"]}},
                                "large": {"summary": "A large order", "value": {"steps": ["one", "two"], "odd": 1}},
                            },
                        },
                        "text/plain": {"schema": {"type": "string"}},
                    }
                },
                "responses": {"200": {"description": "Placed."}},
            }
        },
        "/proofs": {
            "post": {
                "operationId": "sendProof",
                "requestBody": {
                    "content": {
                        "multipart/form-data": {
                            "schema": {
                                "type": "object",
                                "properties": {
                                    "proof": {
                                        "oneOf": [
                                            {
                                                "title": "Picture",
                                                "properties": {"scan": {"type": "string", "format": "binary"}},
                                            },
                                            {"title": "Word", "properties": {"word": {"type": "string"}}},
                                        ]
                                    },
                                    "pages": {"type": "array", "items": {"type": "string", "format": "binary"}},
                                },
                            }
                        },
                        "application/json": {"schema": {"type": "object", "properties": {"word": {"type": "string"}}}},
                    }
                },
                "responses": {"200": {"description": "Kept."}},
            }
        },
        "/scans": {
            "post": {
                "operationId": "sendScans",
                "requestBody": {
                    "content": {
                        "multipart/form-data": {
                            "schema": {
                                "type": "object",
                                "properties": {
                                    "about": {"type": "object", "properties": {"title": {"type": "string"}}},
                                    "cover": {"type": "string", "format": "binary"},
                                    "pages": {"type": "array", "items": {"type": "string", "format": "binary"}},
                                },
                            }
                        }
                    }
                },
                "responses": {"200": {"description": "Kept."}},
            }
        },
    },
}
