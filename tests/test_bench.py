"""The benchmarks measure what they say: grown data, the server, Lighthouse's report, the table. No test here is timed."""

import csv
import gzip
import json
from contextlib import closing
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest

from bench import __main__, audit, growth, lighthouse, report, stock, timing
from bench.grow import grow
from explainer.check import run
from explainer.check.rules import corrections
from explainer.data.dataset import read
from explainer.data.manifest import pages
from explainer.paths import DATA, ROOT
from explainer.site.web_server import served

LISTS = [
    {"times": n, "rows": 1000 * n, "check": check_s, "build": build, "pages": kib, "failed": failed}
    for n, check_s, build, kib, failed in (
        (1, 0.5, 30.0, {"index": 100.0, "chapters/troops": 80.0}, ""),
        (100, 60.0, 600.0, {"index": 150.0, "chapters/troops": 200.0}, ""),
        (1000, 450.0, None, None, "build: the page was not built"),
    )
]
PAGE = {
    "performance": 100,
    "accessibility": 100,
    "best-practices": 100,
    "seo": 100,
    "kib": 120.0,
    "lcp": 1.5,
    "cls": 0,
    "tbt": 10,
    "elsewhere": 0,
    "unanswered": 0,
}
RESULTS = {
    "weight": {
        "runs": 1,
        "site": {"index": PAGE, "search": PAGE | {"kib": 151.0}},
        "stock": {
            "index": PAGE
            | {"performance": 50, "kib": 604.0, "lcp": 6.0, "elsewhere": 3, "unanswered": 2}
        },
    },
    "time": {
        "cold": 30.0,
        "unchanged": 0.9,
        "one_csv": 15.0,
        "one_chapter": 8.0,
        "served": 12.0,
        "stock": 60.0,
        "changed": "troops",
        "ran": {"one_csv": "10 run, 0 unchanged", "one_chapter": "1 run, 9 unchanged"},
        "runs": 1,
    },
    "growth": LISTS,
}


@pytest.mark.parametrize("times", [1, 3])
def test_grown_data_passes_the_check(tmp_path, times):
    """A benchmark of the check on data that it refuses, or on fewer rows than are said."""
    rows = grow(DATA, tmp_path / "grown", times)
    assert run.run(tmp_path / "grown") == []
    made, was = read(tmp_path / "grown")[0].tables, read(DATA)[0].tables
    assert rows == sum(map(len, made.values()))
    assert {
        len(made[name]) // len(was[name])
        for name in ("events", "statements", "wording", "disagreements", "troops")
    } == {times}


def test_ids_go_on_after_9999(tmp_path):
    """Ids that end at 9999; dis-10000 taken for earlier than dis-9999; an id of five digits that begins with a nought."""
    grow(DATA, tmp_path / "grown", 10_000 // len(read(DATA)[0].tables["disagreements"]) + 1)
    data = read(tmp_path / "grown")[0]
    rows = {row["id"]: row for row in data.tables["disagreements"]}

    def found() -> list[str]:
        return [str(problem) for rule in run.SCHEMA for problem in rule(data)]

    later, before = (
        rows["dis-10000"],
        next(
            row
            for row in reversed(data.tables["disagreements"])
            if row["id"] < "dis-9999"
            and row["source_id"] == rows["dis-10000"]["source_id"]
            and len(row["id"]) == 8
        ),
    )

    def early() -> list[bool]:
        found = [row for row in map(str, corrections.related(data)) if "dis-" in row]
        return ["is not a later row" in problem for problem in found]

    before["superseded_by"], before["note"] = later["id"], "A correction."
    assert found() == [] and True not in early()
    before["superseded_by"], later["superseded_by"] = "", before["id"]
    assert found() == [] and True in early()
    later["superseded_by"], rows["dis-0002"]["id"] = "", "dis-00002"
    assert any("dis-00002 does not match" in problem for problem in found())


def test_a_copy_of_an_article_is_checked_by_its_own_words(tmp_path):
    """Copies that pass because the check looks at nothing in them."""
    grow(DATA, tmp_path / "grown", 2)
    file = tmp_path / "grown" / "troops.csv"
    first, last = file.read_text(encoding="utf-8").rsplit(" troops", 1)
    file.write_text(f"{first} soldiers{last}", encoding="utf-8")
    assert any("-x2 word by word" in str(problem) for problem in run.run(tmp_path / "grown"))


def answer(address: str, path: str, **headers) -> tuple[int, dict[str, str], bytes]:
    """Return status, headers and body of a request."""
    with closing(HTTPConnection(urlsplit(address).netloc, timeout=10)) as connection:
        connection.request("GET", path, headers=headers)
        response = connection.getresponse()
        return response.status, dict(response.getheaders()), response.read()


def test_the_server_answers_as_a_host_does(tmp_path):
    """Weight measured unpacked, a type by which a browser refuses a script, a length that is not the body's."""
    (tmp_path / "index.html").write_text("<p>é" * 500, encoding="utf-8")
    (tmp_path / "a.js").write_text("x;" * 500, encoding="utf-8")
    (tmp_path / "a.png").write_bytes(bytes(range(256)) * 4)
    packed = {"Accept-Encoding": "gzip, br"}
    with served(tmp_path) as address:
        for path, kind, name in (
            ("/", "text/html; charset=utf-8", "index.html"),
            ("/a.js?v=1", "text/javascript; charset=utf-8", "a.js"),
        ):
            status, headers, body = answer(address, path, **packed)
            assert (status, headers["Content-Type"], headers["Content-Encoding"]) == (
                200,
                kind,
                "gzip",
            )
            assert (
                headers["Content-Length"] == str(len(body))
                and headers["Vary"] == "Accept-Encoding"
                and "max-age" in headers["Cache-Control"]
            )
            assert gzip.decompress(body) == (tmp_path / name).read_bytes()
            status, headers, body = answer(address, path)
            assert "Content-Encoding" not in headers and body == (tmp_path / name).read_bytes()
        status, headers, body = answer(address, "/a.png", **packed)
        assert (headers["Content-Type"], "Content-Encoding" in headers, body) == (
            "image/png",
            False,
            (tmp_path / "a.png").read_bytes(),
        )
        assert answer(address, "/gone.html")[0] == answer(address, "/../../etc/hostname")[0] == 404


def lighthouse_report(**changed) -> dict:
    """Return what of a report is read."""
    audits = {
        "total-byte-weight": 2048,
        "largest-contentful-paint": 1500,
        "cumulative-layout-shift": 0.01,
        "total-blocking-time": 30,
    }
    requests = [
        {"url": "http://127.0.0.1:1/a", "statusCode": 200},
        {"url": "https://cdn.example/b", "statusCode": -1},
        {"url": "data:x", "statusCode": 200},
    ]
    return {
        "requestedUrl": "http://127.0.0.1:1/",
        "finalDisplayedUrl": "http://127.0.0.1:1/",
        "categories": {s: {"score": 0.9} for s in lighthouse.SCORES},
        "audits": {
            **{name: {"numericValue": value} for name, value in audits.items()},
            "network-requests": {"details": {"items": requests}},
        },
    } | changed


def test_a_report_is_read():
    """A figure in another unit, a request to another host that is not counted."""
    found = lighthouse.read(lighthouse_report())
    assert found == {
        **dict.fromkeys(lighthouse.SCORES, 90),
        "kib": 2,
        "lcp": 1.5,
        "cls": 0.01,
        "tbt": 30,
        "elsewhere": 1,
        "unanswered": 1,
    }


@pytest.mark.parametrize(
    "changed",
    [
        {"runtimeError": {"code": "NO_FCP", "message": "nothing was painted"}},
        {"categories": {s: {"score": None} for s in lighthouse.SCORES}},
    ],
)
def test_a_failed_report_is_no_figure(changed):
    """A page that could not be loaded, counted as one of weight nought."""
    with pytest.raises(ValueError, match="Lighthouse"):
        lighthouse.read(lighthouse_report(**changed))


def line(text: str, begin: str) -> str:
    """Return the line of a table that begins so."""
    return next(line for line in text.splitlines() if line.strip().startswith(begin))


@pytest.mark.parametrize(
    ("begin", "parts"),
    [
        ("performance, lowest", ["100", "50", "2.00x", "PASS"]),
        ("KiB transferred, most", ["151", "604", "0.25x", "— "]),
        ("LCP", ["1.50", "6.00", "0.25x", "PASS"]),
        ("CLS", ["0.000", "-", "PASS"]),
        ("stock: 3 requests", ["2 without an answer", "lower bounds"]),
        ("this book: 0 requests", []),
        ("from nothing", ["30.0", "60.0", "0.50x", "PASS"]),
        ("again, nothing changed", ["0.9", "0.03x", "PASS"]),
        ("after a change in troops.csv", ["15.0", "0.50x", "— ", "10 run, 0 unchanged"]),
        ("after a change in troops.md", ["8.0", "0.27x", "PASS", "1 run, 9 unchanged"]),
        ("a saved chapter, shown by serve", ["12.0", "0.40x", "—"]),
        (
            "100  ",
            ["100000", "60.00", "1.20x", "600.0", "0.20x", "200", "2.00x", "chapters/troops"],
        ),
        ("1000  ", ["450.00", "0.90x", "the page was not built"]),
        ("100 times the data", ["chapters/troops grew most, 2.50x", "— "]),
    ],
)
def test_the_table_prints_figures_and_ratios(begin, parts):
    """A ratio of the wrong figures, or the wrong way round; a target that is met and not said, or said and not met."""
    printed = line(report.text(RESULTS), begin)
    assert [part for part in parts if part not in printed] == []


def test_what_was_not_measured_is_a_failure(monkeypatch, tmp_path, capsys):
    """A benchmark that succeeds although a part of it has no figure."""
    assert len(report.failures(RESULTS)) == 1
    monkeypatch.setattr(__main__, "KEPT", tmp_path / "bench.json")
    for given, status in ((LISTS[:2], 0), (LISTS, 1)):
        monkeypatch.setattr(growth, "measure", lambda times, say, given=given: given)
        assert __main__.main(["--only", "growth"]) == status
        assert json.loads((tmp_path / "bench.json").read_text(encoding="utf-8")) == {
            "growth": given
        }
    assert (
        "not measured: growth: 1000 times the data: build: the page was not built"
        in capsys.readouterr().err
    )


def test_a_page_weighs_what_it_loads(tmp_path):
    """A page's weight without its scripts, or with those of others or the same one twice."""
    (tmp_path / "s.js").write_bytes(bytes(range(256)) * 8)
    alone = "<html><p>text</p>"
    (tmp_path / "alone.html").write_text(alone, encoding="utf-8")
    (tmp_path / "with.html").write_text(
        f'{alone}<script src="s.js?v=1"></script><script src="s.js"></script><script src="https://cdn.example/s.js"></script>',
        encoding="utf-8",
    )
    script = len(gzip.compress((tmp_path / "s.js").read_bytes(), 6)) / 1024
    assert growth.weight(tmp_path, "with") - growth.weight(tmp_path, "alone") == pytest.approx(
        script, abs=0.1
    )


def test_one_cell_is_changed(tmp_path):
    """A build after a change that changed nothing, or data that the check refuses."""
    grow(DATA, tmp_path / "data", 1)
    timing.change(tmp_path / "data" / f"{timing.CHANGED}.csv", "Changed by the benchmark, run a.")
    before, after = (
        list(
            csv.reader((folder / f"{timing.CHANGED}.csv").read_text(encoding="utf-8").splitlines())
        )
        for folder in (DATA, tmp_path / "data")
    )
    assert (
        sum(
            a != b
            for one, two in zip(before, after, strict=True)
            for a, b in zip(one, two, strict=True)
        )
        == 1
    )
    assert run.run(tmp_path / "data") == []


def test_the_stock_book_can_be_made():
    """A chapter whose charts the yardstick would not show as Altair does."""
    assert [
        page
        for page in pages()
        if stock._FIRST not in (ROOT / f"{page}.md").read_text(encoding="utf-8")
    ] == []


def test_the_audit_counts_what_no_exception_names():
    """An exception that swallows its neighbours; a tool that the lock does not pin; one that is not run."""
    skip = 'aria_content_in_landmark: Content is not within a landmark element <a {}="{}">'
    errors, excepted = audit.sorted_out(
        [skip.format("href", "#main-content"), skip.format("href", "#other"), "x: “@containers”"]
    )
    assert errors == [skip.format("href", "#other"), "x: “@containers”"] and excepted == 1
    package = json.loads((ROOT / "bench/package.json").read_text(encoding="utf-8"))
    assert {*audit.ENGINES, "vnu-jar", "html-validate"} <= set(package["dependencies"])


def test_the_lock_of_lighthouse_names_no_registry():
    """A lock that leads to one machine's registry, or a Lighthouse that is not pinned."""
    package = json.loads((ROOT / "bench/package.json").read_text(encoding="utf-8"))
    lock = json.loads((ROOT / "bench/package-lock.json").read_text(encoding="utf-8"))
    assert (
        lock["packages"]["node_modules/lighthouse"]["version"]
        == package["dependencies"]["lighthouse"]
    )
    assert all(
        "integrity" in one and "resolved" not in one
        for name, one in lock["packages"].items()
        if name
    )
