"""The tree keeps its own rules: tests mirror sources, files stay small, templates hold nothing active."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from tests.support.rows import each

ROOT = Path(__file__).parent.parent
SOURCES = sorted(
    path for path in (ROOT / "playground").rglob("*.py") if path.name not in ("__init__.py", "__main__.py")
)
TEMPLATES = sorted(path for path in (ROOT / "templates").rglob("*") if path.suffix in (".html", ".svg"))
LONGEST_LINE = 120
"""Characters, in Python and in templates; a remark to a tool at the end of a line is not counted."""
_REMARK = re.compile(r"  # (noqa|type: ignore|fmt: skip).*")
SCRIPTS = sorted(path for path in (ROOT / "static").rglob("*.js") if "vendor" not in path.parts)
STYLESHEETS = sorted((ROOT / "static").rglob("*.css"))
HTMX_SHA256 = "d6fdc75f204e6bdefa99b69bf1e6d4ac69b8a364f77929f45c13476b4000f717"


def test_every_package_has_tests() -> None:
    packages = {path.relative_to(ROOT / "playground").parts[0] for path in SOURCES if path.parent.name != "playground"}
    missing = {name for name in packages if not any((ROOT / "tests" / name).glob("test_*.py"))}
    assert not missing


PROVED_ELSEWHERE: dict[str, tuple[str, str]] = {
    "answers/filter_worker.py": ("answers/test_filter.py", "it is the process that a filter runs in"),
    "app.py": ("web/test_site.py", "an application is proved by what it serves"),
    "changes/*.py": ("changes/test_compare.py", "a rule is proved by two descriptions that are compared"),
    "arazzo/document.py": ("arazzo/test_read.py", "it holds what is read"),
    "arazzo/fields.py": ("arazzo/test_read.py", "fields are read with their objects"),
    "arazzo/frames.py": ("arazzo/test_run.py", "a run is written and read again at every step"),
    "cli/agents.py": ("web/agents/test_server.py", "the official client starts the command"),
    "cli/commands.py": ("cli/test_failures.py", "every command is a test file of its own"),
    "cli/workflow_sources.py": ("cli/test_workflows.py", "sources are found when a document is played"),
    "cli/options.py": ("cli/test_sending.py", "options are proved by the commands that have them"),
    "contentviews/*.py": ("contentviews/test_registry.py", "a view is proved by the body that it is chosen for"),
    "gateway/context.py": ("gateway/test_call.py", "it holds what a call is made with"),
    "gateway/errors.py": ("gateway/test_call.py", "an error is proved where it is raised"),
    "gateway/foreign/answer.py": ("gateway/test_protocol.py", "answers of another gateway come over HTTP"),
    "gateway/oauth/endpoints.py": ("gateway/oauth/test_tokens.py", "endpoints are read when a token is asked for"),
    "gateway/oauth/identity.py": ("web/signin/test_page.py", "a provider is proved by who is signed in"),
    "imports/archives.py": ("imports/test_discover.py", "an archive is a folder to what reads it"),
    "mount/flask.py": ("mount/test_wsgi.py", "the extension and the blueprint are the same site"),
    "openapi/document.py": ("openapi/test_parse.py", "it is what parsing returns"),
    "openapi/rules/objects.py": ("openapi/rules/test_walk.py", "the walk visits these objects"),
    "openapi/update.py": ("imports/test_watch.py", "a description is updated when its source changes"),
    "openapi/versions/*.py": ("openapi/test_keywords.py", "what versions differ in is compared in one table"),
    "paste/*.py": ("paste/test_read.py", "what is pasted goes through all readers"),
    "request/bodies/*.py": ("request/bodies/test_write.py", "one function writes every kind of body"),
    "request/errors.py": ("request/test_form_to_wire.py", "an error is proved where it is raised"),
    "request/fingerprint.py": ("request/test_digest.py", "a fingerprint is a digest of an operation"),
    "request/headers.py": ("request/test_wire.py", "header fields are proved on the wire"),
    "request/media_types.py": ("request/test_content.py", "a media type is chosen with its content"),
    "request/model.py": ("request/test_build.py", "it holds what is built"),
    "request/text.py": ("request/test_wire.py", "text is spelled for the wire"),
    "sandbox/*.py": ("sandbox/test_service.py", "the parts answer together, in stories of several requests"),
    "secrets/credentials.py": ("secrets/test_schemes.py", "credentials are read by their scheme"),
    "secrets/detect.py": ("secrets/test_secret_names.py", "names of secrets are a table of their own"),
    "secrets/mask.py": ("secrets/test_secret_values.py", "masks are proved by values"),
    "secrets/spellings.py": ("secrets/test_redact.py", "spellings are what is searched for"),
    "secrets/variables.py": ("secrets/test_secret_names.py", "a variable's name is a secret's name"),
    "server/breaking.py": ("server/test_slow_visitors.py", "a connection is broken off over HTTP"),
    "server/waitress.py": ("server/test_timeouts.py", "the server is proved over HTTP"),
    "snippets/formats/*.py": ("snippets/formats/test_formats.py", "formats are read back by one test"),
    "snippets/languages/*/*.py": (
        "snippets/test_runs.py",
        "snippets are run, read back and compared with golden files",
    ),
    "snippets/target.py": ("snippets/test_golden.py", "it holds what a target is"),
    "store/errors.py": ("store/test_changed_file.py", "an error is proved where it is raised"),
    "store/model.py": ("store/test_providers.py", "it holds what is read"),
    "store/replace.py": ("store/test_store.py", "a description is replaced through the store"),
    "store/rows.py": ("store/test_operations.py", "rows are proved by what they are read as"),
    "store/sandbox_session.py": ("store/test_sandbox_state.py", "a session is proved through the state"),
    "store/versions.py": ("store/test_store.py", "versions are kept when a description is replaced"),
    "store/write.py": ("store/test_store.py", "rows are written through the store"),
    "transport/body.py": ("transport/test_hostile.py", "bodies are read from hostile servers"),
    "transport/deadline.py": ("transport/test_connection.py", "a deadline ends a connection"),
    "transport/errors.py": ("transport/test_exchange.py", "an error is proved where it is raised"),
    "values/*.py": ("values/test_believable.py", "a value is made by all of them together"),
    "web/scenarios/bar.py": ("web/scenarios/test_routes.py", "the bar is what a step's page asks for"),
    "web/scenarios/run_bar.py": ("web/scenarios/test_workflows.py", "the bar is what a Send answers"),
    "web/scenarios/steps.py": ("web/scenarios/test_routes.py", "steps are shown and made by the routes"),
    "web/added/*.py": ("web/added/test_page.py", "what is kept, and whose it is, is proved by what visitors see"),
    "web/agents/routes.py": ("web/agents/test_describe.py", "the address is asked over HTTP"),
    "web/agents/tools.py": ("web/agents/test_server.py", "the official client uses every tool"),
    "web/catalogue/contexts.py": ("web/test_contexts.py", "contexts are compared with their templates"),
    "web/errors.py": ("web/test_site.py", "an error page is proved over HTTP"),
    "web/operation/contexts.py": ("web/test_contexts.py", "contexts are compared with their templates"),
    "web/stream.py": ("web/operation/test_send.py", "a stream is the answer to a Send"),
    "web/visitor.py": ("web/test_site.py", "a visitor is told apart by requests"),
}
"""Modules without a test file of their name, by path below `playground/`: what proves them, and why it is that."""


def test_every_module_has_its_test_file() -> None:
    unproved, needless = [], set(PROVED_ELSEWHERE)
    for path in SOURCES:
        module = path.relative_to(ROOT / "playground")
        beside = ROOT / "tests" / module.parent
        if (beside / f"test_{module.name}").exists() or list((beside / module.stem).glob("test_*.py")):
            continue
        rows = {pattern for pattern in PROVED_ELSEWHERE if module.match(pattern)}
        needless -= rows
        if not rows:
            unproved.append(str(module))
    assert unproved == []
    assert needless == set(), "these rows are about no module, or about one that has its test file"
    assert [file for file, _ in PROVED_ELSEWHERE.values() if not (ROOT / "tests" / file).exists()] == []


@each("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_is_small_and_says_what_it_is_for(path: Path) -> None:
    text = path.read_text()
    assert text.startswith('"""'), "a module starts with its one sentence"
    assert len(text.splitlines()) <= 400


@each("path", [*SOURCES, *TEMPLATES], ids=lambda path: str(path.relative_to(ROOT)))
def test_no_line_is_longer_than_an_editor_is_wide(path: Path) -> None:
    lines = enumerate(path.read_text().splitlines(), 1)
    long = [number for number, line in lines if len(_REMARK.sub("", line)) > LONGEST_LINE]
    assert long == []


@each("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_template_holds_nothing_inline(path: Path) -> None:
    text = path.read_text()
    assert "|safe" not in text.replace(" ", "")
    assert not re.search(r"\son\w+\s*=", text), "no inline handler"
    assert not re.search(r"\sstyle\s*=", text), "no inline style"
    assert "hx-on" not in text
    assert "hx-vals" not in text
    assert not re.search(r"<script(?![^>]*\bsrc=)", text), "no inline script"


def test_markup_is_made_in_one_place() -> None:
    makers = [path for path in SOURCES if re.search(r"\bMarkup\(", path.read_text())]
    assert [path.name for path in makers] == ["prose.py"]


@each("path", SCRIPTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_script_is_readable_and_writes_no_html(path: Path) -> None:
    text = path.read_text()
    assert max(map(len, text.splitlines())) <= 100
    assert len(text.splitlines()) <= 200
    assert text.startswith("// "), "a script starts with its one sentence"
    pattern = r"\b(innerHTML|outerHTML|srcdoc)\s*[+?|&]*=(?!=)|insertAdjacentHTML|document\.write|\beval\b|new Function"
    assert not re.search(pattern, text)


@each("path", STYLESHEETS, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_stylesheet_is_readable(path: Path) -> None:
    text = path.read_text()
    assert max(map(len, text.splitlines())) <= 120
    assert text.startswith("/* "), "a stylesheet starts with what it is for"


def test_htmx_is_vendored_unmodified() -> None:
    data = (ROOT / "static" / "vendor" / "htmx@2.0.11" / "htmx.min.js").read_bytes()
    assert hashlib.sha256(data).hexdigest() == HTMX_SHA256


def test_no_file_names_a_registry_or_this_machine() -> None:
    pattern = re.compile(r"https?://(registry\.|pypi|files\.pythonhosted|deb\.debian)|/root/|/work/")
    for path in [*ROOT.glob("*"), *SOURCES, *(ROOT / "docs").rglob("*"), *(ROOT / ".ci").glob("run")]:
        if (
            path.is_file()
            and path.suffix in (".md", ".toml", ".txt", ".py", ".html", ".css", ".js", "")
            and path.name != ".git"  # in a linked work tree it names a place
            and not path.name.startswith(".coverage")
        ):
            assert not pattern.search(path.read_text(errors="replace")), path


def test_only_transport_opens_connections() -> None:
    # The import linter knows whole packages only; these stand inside packages that others need for harmless parts.
    pattern = re.compile(r"\b(http\.client|http\.server|urllib\.request|asyncio|ssl)\b")
    users = {
        path.parent.name for path in SOURCES if re.search(rf"^(import|from) {pattern.pattern}", path.read_text(), re.M)
    }
    assert users <= {"transport"}
