"""Java and Kotlin: java.net.http and OkHttp."""

from __future__ import annotations

from playground.snippets.languages.jvm import java_http_client, okhttp
from playground.snippets.target import Target

TARGETS: tuple[Target, ...] = (java_http_client.TARGET, okhttp.JAVA, okhttp.KOTLIN)
