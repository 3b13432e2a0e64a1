"""Every target whose snippets are executed: what runs it, what that needs, and what the target cannot send."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.support.needs import need_command, need_file
from tests.support.snippets import compiled, scripted
from tests.support.snippets.execution import Runner

OKHTTP = Path("/usr/share/java/okhttp.jar")
REQWEST = Path("/usr/share/cargo/registry/reqwest-0.11.13/Cargo.toml")
AXIOS = scripted.CACHE / "node_modules" / "axios" / "package.json"
TYPESCRIPT = scripted.CACHE / "node_modules" / "typescript" / "package.json"

CANNOT = """
    shell_curl          secret_to_encode      A secret in the address
    shell_wget          get_dot_segments      wget rewrites
    shell_wget          get_query_reserved    wget rewrites
    shell_wget          headers_repeated      wget cannot repeat
    shell_wget          text_untyped          wget adds
    shell_wget          secret_to_encode      A secret in the address
    shell_httpie        get_query_reserved    HTTPie rewrites
    shell_httpie        secret_to_encode      A secret in the address
    python_requests     get_dot_segments      requests rewrites
    python_requests     get_query_reserved    requests rewrites
    python_requests     headers_repeated      requests cannot repeat
    python_httpx        get_dot_segments      httpx rewrites
    javascript_fetch    get_query_apostrophe  fetch rewrites
    javascript_fetch    get_dot_segments      fetch rewrites
    javascript_fetch    get_with_content      fetch cannot send content
    javascript_fetch    headers_repeated      fetch joins
    javascript_fetch    key_in_cookie         does not let a page set Cookie
    javascript_fetch    key_in_cookie_beside_text does not let a page set Cookie
    javascript_fetch    cookies               does not let a page set Cookie
    javascript_fetch    secret_in_fields      does not let a page set Cookie
    node_fetch          get_query_apostrophe  fetch rewrites
    node_fetch          get_dot_segments      fetch rewrites
    node_fetch          get_with_content      fetch cannot send content
    node_fetch          headers_repeated      fetch joins
    node_axios          get_query_apostrophe  axios rewrites
    node_axios          get_dot_segments      axios rewrites
    typescript_fetch    get_query_apostrophe  fetch rewrites
    typescript_fetch    get_dot_segments      fetch rewrites
    typescript_fetch    get_with_content      fetch cannot send content
    typescript_fetch    headers_repeated      fetch joins
    typescript_utdk     json_numbers          JavaScript does not keep
    php_guzzle          get_query_reserved    Guzzle rewrites
    ruby_net_http       headers_repeated      Net::HTTP cannot repeat
    ruby_net_http       post_nothing          Net::HTTP adds
    ruby_net_http       text_untyped          Net::HTTP adds
    ruby_faraday        get_query_apostrophe  Faraday rewrites
    ruby_faraday        headers_repeated      Faraday cannot repeat
    ruby_faraday        post_nothing          Net::HTTP adds
    ruby_faraday        text_untyped          Net::HTTP adds
    perl_http_tiny      text_untyped          HTTP::Tiny adds
    perl_http_tiny      headers_odd           HTTP::Tiny sends only ASCII
    perl_http_tiny      key_in_cookie_beside_text HTTP::Tiny sends only ASCII
    r_httr2             headers_odd           httr2 cannot send an empty header field
    r_httr2             headers_repeated      httr2 cannot repeat
    r_httr2             text_untyped          httr2 adds
    java_http_client    get_query_reserved    java.net.URI refuses
    java_http_client    headers_odd           header fields in ASCII
    java_http_client    key_in_cookie_beside_text header fields in ASCII
    java_okhttp         get_query_apostrophe  OkHttp rewrites
    java_okhttp         get_dot_segments      OkHttp rewrites
    java_okhttp         get_with_content      OkHttp cannot send content
    kotlin_okhttp       get_query_apostrophe  OkHttp rewrites
    kotlin_okhttp       get_dot_segments      OkHttp rewrites
    kotlin_okhttp       get_with_content      OkHttp cannot send content
    csharp_http_client  get_path              System.Uri rewrites
    csharp_http_client  get_query_reserved    System.Uri rewrites
    csharp_http_client  get_query_encoded     System.Uri rewrites
    csharp_http_client  get_dot_segments      System.Uri rewrites
    csharp_http_client  get_with_content      Mono refuse content
    csharp_http_client  headers_odd           header fields in ASCII
    csharp_http_client  key_in_cookie_beside_text header fields in ASCII
    csharp_http_client  headers_repeated      joins repeated
    c_libcurl           multipart_typed_parts Content-Type that it guesses
    rust_reqwest        get_query_apostrophe  reqwest rewrites
    rust_reqwest        get_dot_segments      reqwest rewrites
    elixir_httpc        get_query_reserved    httpc refuses some characters
    elixir_httpc        get_dot_segments      httpc rewrites
    elixir_httpc        get_with_content      httpc cannot send content
    elixir_httpc        custom_method         httpc refuses the method
    elixir_httpc        text_untyped          httpc always sends a Content-Type
"""
"""Target, case, and words of the note that the snippet has instead, since it sends the request otherwise."""


def notes_of(target: str) -> dict[str, str]:
    """Return the words of notes by case, of a target's rows in `CANNOT`."""
    rows = [line.split(maxsplit=2) for line in CANNOT.strip().splitlines()]
    return {case: words for name, case, words in rows if name == target}


@dataclass(frozen=True, kw_only=True)
class Executed:
    """A target with what runs it; `cannot` are its notes by case, `compiled` says that it takes minutes.

    `large` is what becomes of the number 12345678901234567890 where the snippet says that its spelling is not kept.
    """

    target: str
    run: Runner
    needs: tuple[str | Path, ...] = ()
    cannot: Mapping[str, str] = field(default_factory=dict)
    compiled: bool = False
    large: int = 12345678901234567890

    def need(self) -> None:
        """Skip a test where a command or a file is missing."""
        for tool in self.needs:
            if isinstance(tool, str):
                need_command(tool)
            else:
                need_file(tool, tool.name)

    def loses(self, text: str) -> bool:
        """Tell whether a snippet of whatever request says that it arrives changed."""
        return any(words in text for words in self.cannot.values())


_JAVASCRIPT = 12345678901234567000
_RUNS: tuple[tuple[str, Runner, tuple[str | Path, ...]], ...] = (
    ("shell_curl", scripted.run_shell, ("curl",)),
    ("shell_wget", scripted.run_shell, ("wget",)),
    ("shell_httpie", scripted.run_httpie, ("http",)),
    ("python_requests", scripted.run_python, ()),
    ("python_httpx", scripted.run_python, ()),
    ("python_http_client", scripted.run_python, ()),
    ("javascript_fetch", scripted.run_page, ("node",)),
    ("node_fetch", scripted.run_node, ("node",)),
    ("node_axios", scripted.run_node, ("node", AXIOS)),
    ("node_http", scripted.run_node, ("node",)),
    ("typescript_fetch", scripted.run_typescript, ("node", TYPESCRIPT)),
    ("php_curl", scripted.run_php, ("php",)),
    ("php_guzzle", scripted.run_php, ("php", scripted.GUZZLE)),
    ("ruby_net_http", scripted.run_ruby, ("ruby",)),
    ("ruby_faraday", scripted.run_ruby, ("ruby", scripted.FARADAY)),
    ("perl_http_tiny", scripted.run_perl, ("perl",)),
    ("r_httr2", scripted.run_r, ("Rscript", scripted.HTTR2)),
    ("go_net_http", compiled.run_go, ("go",)),
    ("java_http_client", compiled.run_java, ("javac",)),
    ("java_okhttp", compiled.run_okhttp, ("javac", OKHTTP)),
    ("csharp_http_client", compiled.run_csharp, ("mcs", "mono")),
    ("c_libcurl", compiled.run_c, ("gcc", "curl-config")),
    ("rust_reqwest", compiled.run_rust, ("cargo", REQWEST)),
    ("kotlin_okhttp", compiled.run_kotlin, ("kotlinc", "javac", OKHTTP)),
    ("elixir_httpc", compiled.run_elixir, ("elixir",)),
)
_COMPILED = frozenset(name for name, run, _ in _RUNS if run.__module__ == compiled.__name__)
_IN_JAVASCRIPT = frozenset({"javascript_fetch", "node_fetch", "node_axios", "node_http", "typescript_fetch"})
EXECUTED = tuple(
    Executed(
        target=target,
        run=run,
        needs=needs,
        cannot=notes_of(target),
        compiled=target in _COMPILED,
        large=_JAVASCRIPT if target in _IN_JAVASCRIPT else 12345678901234567890,
    )
    for target, run, needs in _RUNS
)
