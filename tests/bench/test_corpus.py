"""The measurements at full size, tried on a folder of two descriptions; the crawler on pages that fail."""

from __future__ import annotations

from pathlib import Path

import orjson
import pytest
from click.testing import CliRunner

from bench import corpus, crawl
from bench.__main__ import main
from bench.descriptions import import_description, stripe


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "descriptions"
    path.mkdir()
    (path / "one.json").write_bytes(stripe(real=False)[1])
    (path / "broken.json").write_text("{")
    return path


@pytest.mark.long
def test_a_folder_is_imported_measured_and_crawled(folder: Path) -> None:
    result = CliRunner().invoke(main, ["corpus", "crawl", "--bundled", "--folder", str(folder), "--runs", "10"])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.output
    lines = result.output.splitlines()
    assert "1 descriptions" in lines[0]
    assert lines[0].endswith("skipped 1")
    for name in (
        "catalogue, to its sources", "to its sources compressed", "search, CPU, 99 of 100",
        "memory of a serving process ", "Stripe alone",
    ):  # fmt: skip
        assert any(name in line for line in lines), name
    assert any(line.endswith("pages answered 200") for line in lines)
    assert "        0 pages above 300 kB" in lines


def test_corpus_without_a_folder_says_so() -> None:
    result = CliRunner().invoke(main, ["corpus", "--bundled"])
    assert result.exit_code == 2
    assert "--folder" in result.output


def test_the_same_queries_are_drawn_each_time(tmp_path: Path) -> None:
    catalog = tmp_path / "catalog.sqlite"
    import_description(stripe(real=False)[1], catalog)
    assert len(corpus.queries(catalog, 50)) == 50
    assert corpus.queries(catalog, 50) == corpus.queries(catalog, 50)


def test_a_failure_and_a_heavy_page_are_not_sound() -> None:
    met = crawl.Crawl()
    met.add("/b", 500, 0.2, 10, "KeyError: 'x' in web/a.py, line 3")
    assert not met.sound
    assert "KeyError: 'x' in web/a.py, line 3" in crawl.report(met)
    fine = crawl.Crawl()
    fine.add("/a", 200, 0.1, 10, "")
    assert fine.sound
    heavy = crawl.Crawl()
    heavy.add("/c", 200, 0.1, crawl.LARGEST_BYTES + 1, "")
    assert not heavy.sound
    heavy.merge(met)
    assert heavy.pages == 2


def test_a_crawl_goes_on_where_it_was_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    catalog, notes = tmp_path / "catalog.sqlite", tmp_path / "notes"
    import_description(stripe(real=False)[1], catalog)
    monkeypatch.setattr(crawl, "_PER_TASK", 5)
    whole = crawl.crawl(catalog, 1, notes=notes)
    lines = notes.read_bytes().splitlines(keepends=True)
    assert whole.sound
    assert len(lines) > 3
    # Ended in the middle of a line, after one that tells of a failure.
    failed = whole.written() | {"statuses": {"500": 6}, "failures": [["/b", "cause"]]}
    task = orjson.loads(lines[0])[0]
    notes.write_bytes(orjson.dumps([task, failed]) + b"\n" + b"".join(lines[1:3]) + lines[3][:9])
    again = crawl.crawl(catalog, 1, notes=notes)
    assert again.pages == whole.pages
    assert again.statuses[500] == 6
    assert again.failures == [("/b", "cause")]
    assert len([orjson.loads(line) for line in notes.read_bytes().splitlines()]) == len(lines)
