"""Every target whose snippets are executed: what runs it, what that needs, and what the target cannot say.

One table, and so longer than a module should be.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.snippets import scripted, toolchains
from tests.snippets.arrived import Runner
from tests.snippets.runner import run_node, run_shell
from tests.support.needs import need_command, need_file


@dataclass(frozen=True, kw_only=True)
class Executed:
    """A target with what runs it; `cannot` names, by case, the words of the note that must stand instead.

    `large` is what becomes of the number 12345678901234567890 where the snippet says that its spelling is not kept.
    """

    target: str
    run: Runner
    need: Callable[[], object] = lambda: None
    cannot: Mapping[str, str] = field(default_factory=dict)
    large: int | float = 12345678901234567890

    @property
    def loses(self) -> frozenset[str]:
        """The words of notes that say, of whatever request, that it arrives changed."""
        return frozenset(self.cannot.values())


def needing(*things: str | Path) -> Callable[[], object]:
    """Return what skips a test where a command or a file is missing."""
    return lambda: [need_command(thing) if isinstance(thing, str) else need_file(thing, thing.name) for thing in things]


def node_package(name: str) -> Callable[[], object]:
    """Return what skips a test where a package of Node's is missing."""
    return needing("node", scripted.CACHE / "node_modules" / name / "package.json")


FETCH = {
    "get_query_apostrophe": "fetch rewrites",
    "get_dot_segments": "fetch rewrites",
    "get_with_content": "fetch cannot send content",
    "headers_repeated": "fetch joins",
}


IN_ADDRESS = "A secret in the address"
IN_JAVASCRIPT = 12345678901234567000

SCRIPTED = (
    Executed(
        target="shell_wget",
        run=run_shell,
        need=lambda: need_command("wget"),
        cannot={
            "get_dot_segments": "wget rewrites",
            "get_query_reserved": "wget rewrites",
            "headers_repeated": "wget cannot repeat",
            "text_untyped": "wget adds",
            "secret_to_encode": IN_ADDRESS,
        },
    ),
    Executed(
        target="shell_httpie",
        run=scripted.run_httpie,
        need=lambda: need_command("http"),
        cannot={"get_query_reserved": "HTTPie rewrites", "secret_to_encode": IN_ADDRESS},
    ),
    Executed(
        target="python_requests",
        run=scripted.run_python,
        cannot={
            "get_dot_segments": "requests rewrites",
            "get_query_reserved": "requests rewrites",
            "headers_repeated": "requests cannot repeat",
        },
    ),
    Executed(target="python_httpx", run=scripted.run_python, cannot={"get_dot_segments": "httpx rewrites"}),
    Executed(target="python_http_client", run=scripted.run_python),
    Executed(
        target="javascript_fetch",
        run=scripted.run_page,
        need=lambda: need_command("node"),
        large=IN_JAVASCRIPT,
        cannot={
            **FETCH,
            "key_in_cookie": "does not let a page set Cookie",
            "cookies": "does not let a page set Cookie",
            "secret_in_fields": "does not let a page set Cookie",
        },
    ),
    Executed(
        target="node_axios",
        run=scripted.run_node,
        need=node_package("axios"),
        cannot={"get_query_apostrophe": "axios rewrites", "get_dot_segments": "axios rewrites"},
        large=IN_JAVASCRIPT,
    ),
    Executed(target="node_http", run=scripted.run_node, need=lambda: need_command("node"), large=IN_JAVASCRIPT),
    Executed(
        target="typescript_fetch",
        run=scripted.run_typescript,
        need=node_package("typescript"),
        cannot=FETCH,
        large=IN_JAVASCRIPT,
    ),
    Executed(target="php_curl", run=scripted.run_php, need=lambda: need_command("php")),
    Executed(
        target="php_guzzle",
        run=scripted.run_php,
        need=lambda: (need_command("php"), need_file(scripted.GUZZLE, "Guzzle")),
        cannot={"get_query_reserved": "Guzzle rewrites"},
    ),
    Executed(
        target="ruby_net_http",
        run=scripted.run_ruby,
        need=lambda: need_command("ruby"),
        cannot={
            "headers_repeated": "Net::HTTP cannot repeat",
            "post_nothing": "Net::HTTP adds",
            "text_untyped": "Net::HTTP adds",
        },
    ),
    Executed(
        target="ruby_faraday",
        run=scripted.run_ruby,
        need=lambda: (need_command("ruby"), need_file(scripted.FARADAY, "Faraday")),
        cannot={
            "get_query_apostrophe": "Faraday rewrites",
            "headers_repeated": "Faraday cannot repeat",
            "post_nothing": "Net::HTTP adds",
            "text_untyped": "Net::HTTP adds",
        },
    ),
    Executed(
        target="perl_http_tiny",
        run=scripted.run_perl,
        need=lambda: need_command("perl"),
        cannot={"text_untyped": "HTTP::Tiny adds", "headers_odd": "HTTP::Tiny sends only ASCII"},
    ),
    Executed(
        target="r_httr2",
        run=scripted.run_r,
        need=lambda: (need_command("Rscript"), need_file(scripted.HTTR2, "httr2")),
        cannot={
            "headers_odd": "httr2 cannot send an empty header field",
            "headers_repeated": "httr2 cannot repeat",
            "text_untyped": "httr2 adds",
        },
    ),
)
OKHTTP = Path("/usr/share/java/okhttp.jar")
REQWEST = Path("/usr/share/cargo/registry/reqwest-0.11.13/Cargo.toml")
COMPILED = (
    Executed(
        target="go_net_http",
        run=toolchains.run_go,
        need=needing("go"),
    ),
    Executed(
        target="java_http_client",
        run=toolchains.run_java,
        need=needing("javac"),
        cannot={"get_query_reserved": "java.net.URI refuses", "headers_odd": "header fields in ASCII"},
    ),
    Executed(
        target="java_okhttp",
        run=toolchains.run_okhttp,
        need=needing("javac", OKHTTP),
        cannot={
            "get_query_apostrophe": "OkHttp rewrites",
            "get_dot_segments": "OkHttp rewrites",
            "get_with_content": "OkHttp cannot send content",
        },
    ),
    Executed(
        target="csharp_http_client",
        run=toolchains.run_csharp,
        need=needing("mcs", "mono"),
        cannot={
            "get_path": "System.Uri rewrites",
            "get_query_reserved": "System.Uri rewrites",
            "get_query_encoded": "System.Uri rewrites",
            "get_dot_segments": "System.Uri rewrites",
            "get_with_content": "Mono refuse content",
            "headers_odd": "header fields in ASCII",
            "headers_repeated": "joins repeated",
        },
    ),
    Executed(
        target="c_libcurl",
        run=toolchains.run_c,
        need=needing("gcc", "curl-config"),
        cannot={"multipart_typed_parts": "Content-Type that it guesses"},
    ),
    Executed(
        target="rust_reqwest",
        run=toolchains.run_rust,
        need=needing("cargo", REQWEST),
        cannot={"get_query_apostrophe": "reqwest rewrites", "get_dot_segments": "reqwest rewrites"},
    ),
    Executed(
        target="kotlin_okhttp",
        run=toolchains.run_kotlin,
        need=needing("kotlinc", "javac", OKHTTP),
        cannot={
            "get_query_apostrophe": "OkHttp rewrites",
            "get_dot_segments": "OkHttp rewrites",
            "get_with_content": "OkHttp cannot send content",
        },
    ),
    Executed(
        target="elixir_httpc",
        run=toolchains.run_elixir,
        need=needing("elixir"),
        cannot={
            "get_query_reserved": "httpc refuses some characters",
            "get_dot_segments": "httpc rewrites",
            "get_with_content": "httpc cannot send content",
            "custom_method": "httpc refuses the method",
            "text_untyped": "httpc always sends a Content-Type",
        },
    ),
)

DIRECTLY = (
    Executed(target="shell_curl", run=run_shell, need=needing("curl"), cannot={"secret_to_encode": IN_ADDRESS}),
    Executed(target="node_fetch", run=run_node, need=needing("node"), cannot=FETCH, large=IN_JAVASCRIPT),
)
"""The two whose gateway calls read files, too."""
EXECUTED = (*DIRECTLY, *SCRIPTED, *COMPILED)
