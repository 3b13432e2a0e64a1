"""Java and Kotlin: java.net.http and OkHttp."""

from __future__ import annotations

from playground.snippets.languages.jvm import java_http_client, java_okhttp, kotlin_okhttp
from playground.snippets.target import Target

TARGETS: tuple[Target, ...] = (java_http_client.TARGET, java_okhttp.TARGET, kotlin_okhttp.TARGET)
