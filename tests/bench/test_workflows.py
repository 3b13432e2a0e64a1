"""The workflows that are compared with another player are documents without a remark."""

from __future__ import annotations

from bench.workflows import WORKFLOWS, description
from playground.arazzo.read import document_of
from playground.openapi.compile import compile_document


def test_each_workflow_calls_operations_that_the_api_has() -> None:
    compiled = compile_document(description("http://127.0.0.1:1"), name="items").catalog
    known = {operation.operation_id for operation in compiled.operations}
    assert len(WORKFLOWS) == 12
    for steps in WORKFLOWS.values():
        value = {
            "arazzo": "1.0.1",
            "info": {"title": "Items", "version": "1"},
            "sourceDescriptions": [{"name": "items", "url": "items.yaml"}],
            "workflows": [{"workflowId": "main", "steps": steps}],
        }
        document = document_of(value)
        assert document.told == ()
        assert {step.operation_id for step in document.workflows[0].steps} <= known
