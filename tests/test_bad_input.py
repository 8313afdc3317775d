"""What a person meets who calls a command wrongly, or in a place where it cannot work: one clear line, a status that is not 0."""

import os
import re
import resource
import socket
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from repository import copied, lacking

from explainer.__main__ import COMMANDS, main
from explainer.paths import ROOT
from explainer.site.browser import opened
from explainer.site.build import build
from explainer.site.web_server import server


@pytest.fixture(scope="module")
def tree(tmp_path_factory) -> Path:
    """A copy of the repository with an old site."""
    root = copied(tmp_path_factory.mktemp("copy") / "book")
    (root / "_build/html").mkdir(parents=True)
    (root / "_build/html/index.html").write_text("old")
    return root


def ran(tree: Path, *command: str, **options) -> subprocess.CompletedProcess:
    """Run a command in a copy, with the copy's own `explainer`, and return what it said."""
    others = ("ARTICLES", "MAKEFLAGS", "MAKELEVEL")
    env = {k: v for k, v in os.environ.items() if k not in others} | {"PYTHONPATH": str(tree)}
    return subprocess.run(
        command,
        cwd=tree,
        env=env | options.pop("env", {}),
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
        **options,
    )


def explain(tree: Path, *arguments: str, **options) -> list[str]:
    """Run `python -m explainer`: it has to fail, without a traceback. Return the lines it said."""
    done = ran(tree, sys.executable, "-m", "explainer", *arguments, **options)
    assert done.returncode not in (0, None) and "Traceback" not in done.stdout + done.stderr, (
        done.stderr
    )
    return (done.stdout + done.stderr).splitlines()


@pytest.mark.parametrize("goal", ["bok", "data", "tests", "chapters"])
def test_an_unknown_target(tree, goal):
    """A folder's name that make finds up to date; a target that does not say how to find the others."""
    done = ran(tree, "make", goal)
    assert done.returncode == 2 and not done.stdout
    assert re.fullmatch(
        rf"Makefile:\d+: \*\*\* there is no target '{goal}': 'make' alone lists them\.  Stop\.\n",
        done.stderr,
    ), done.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["bok"], "explainer: argument COMMAND: invalid choice: 'bok'"),
        ([], "explainer: the following arguments are required: COMMAND"),
        (["diff", "data"], "explainer: the following arguments are required: new"),
        (["serve", "--port", "x"], "explainer: argument --port: invalid int value: 'x'"),
        (["serve", "--port", "70000"], "explainer: port 70000: is none from 0 to 65535"),
        (["check", "--data", "nowhere"], "nowhere/datapackage.json: is missing"),
        (["codebook", "--data", "nowhere"], "explainer: nowhere/datapackage.json: is missing"),
    ],
)
def test_a_wrong_call(tree, monkeypatch, capsys, arguments, said):
    """A page of usage, or a traceback, where one line tells what is wrong."""
    monkeypatch.chdir(tree)
    try:
        status = main(arguments)
    except SystemExit as stop:
        status = stop.code
    lines = "".join(capsys.readouterr()).splitlines()
    assert status and len(lines) == 1 and lines[0].startswith(said), lines


def test_an_occupied_port(tree, monkeypatch, capsys):
    """A traceback where a port is in use."""
    monkeypatch.chdir(tree)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert main(["serve", "--port", str(port)]) == 1
    assert capsys.readouterr().err == (
        f"explainer: port {port}: is in use: choose another, 'make serve PORT=8001' say\n"
    )


def test_the_server_shows_the_page_for_unknown_addresses(tmp_path):
    """A local server that shows something else than the public one; one that others on the network reach."""
    (tmp_path / "index.html").write_text("in")
    (tmp_path / "404.html").write_text("not here")
    with server(tmp_path, 0) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        host, port = running.server_address
        assert (
            host == "127.0.0.1"
            and urllib.request.urlopen(f"http://127.0.0.1:{port}/").read() == b"in"
        )
        with pytest.raises(urllib.error.HTTPError) as error:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/a/b/c.html")
        with error.value as answer:
            assert answer.code == 404 and answer.read() == b"not here"
        running.shutdown()


def test_a_disk_that_takes_no_more(tree):
    """A generated file that is cut off, or emptied, when it cannot be written whole. The limit holds for root, too."""

    def full():
        resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))

    before = (tree / "data/README.md").read_bytes()
    (tree / "data/README.md").write_bytes(before + b"old")
    lines = explain(
        tree, "codebook", "--write", env={"PYTHONDONTWRITEBYTECODE": "1"}, preexec_fn=full
    )
    assert lines == ["explainer: File too large"]
    assert (tree / "data/README.md").read_bytes() == before + b"old" and not list(
        (tree / "data").glob("*.new")
    )
    (tree / "data/README.md").write_bytes(before)


def test_a_folder_that_may_not_be_written(invented, monkeypatch, capsys):
    """A traceback where a folder is read-only. (Root may write anywhere: the refusal is the system's own error, raised by hand.)"""
    monkeypatch.setattr(
        "explainer.data.files.os.replace",
        lambda *_: (_ for _ in ()).throw(
            PermissionError(13, "Permission denied", "data/README.md.new")
        ),
    )
    assert main(["codebook", "--write", "--data", str(invented)]) == 1
    assert capsys.readouterr().err == (
        "explainer: data/README.md.new: Permission denied: "
        "let your user write there, or work in a copy of the folder\n"
    )
    assert not (invented / "README.md").exists() and not list(invented.glob("*.new"))


@pytest.fixture
def no_browser(monkeypatch, tmp_path):
    """Let no browser be on this machine."""
    for name in ("PATH", "CHROME_PATH"):
        monkeypatch.setenv(name, "")
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path))


def aside(call, *given):
    """Call in a thread of its own: in this one the tests' browser may be open, beside which
    Playwright opens no second one.
    """
    with ThreadPoolExecutor(1) as threads:
        return threads.submit(call, *given).result()


def test_no_browser_for_the_pdfs(no_browser, monkeypatch, tmp_path, capsys):
    """A build that takes a minute before it says that it cannot print."""
    monkeypatch.setenv("SITE_PDF", "1")
    monkeypatch.setitem(COMMANDS, "build", lambda _: build(tmp_path, object()))
    assert aside(main, ["build"]) == 1
    said = capsys.readouterr().err
    assert (
        said.startswith("explainer: no browser: install Chromium or Chrome")
        and said.count("\n") == 1
    )


@pytest.mark.parametrize(("ci", "told"), [("true", pytest.fail), ("", pytest.skip)])
def test_no_browser(no_browser, monkeypatch, ci, told):
    """Browser tests that are skipped in silence in CI."""
    monkeypatch.setenv("CI", ci)

    def open_one():
        with opened():
            pass

    with pytest.raises(told.Exception, match="no browser: install Chromium or Chrome"):
        try:
            aside(open_one)
        except ValueError as error:
            lacking(error)


@pytest.mark.parametrize(
    "name", sorted(p.name for p in (ROOT / "data").glob("*.csv") if p.stat().st_size > 100)
)
def test_a_half_written_table(tree, name):
    """A table cut off in the middle of a row that the check lets pass, or the build publishes."""
    path = tree / "data" / name
    kept = path.read_bytes()
    try:
        for share in (0.3, 0.7, 1.0):
            cut = int(len(kept) * share) - 2
            path.write_bytes(kept[: cut + 1 if kept[cut : cut + 1] != b"\n" else cut])
            done = main(["check", "--data", str(tree / "data")])
            assert done == 1
    finally:
        path.write_bytes(kept)


def test_a_half_written_table_is_not_published(tree):
    """A site from half a table, or half a site in place of the old one."""
    path, contents = tree / "data/troops.csv", tree / "_toc.yml"
    kept = {file: file.read_bytes() for file in (path, contents)}
    path.write_bytes(kept[path][:-30])
    contents.write_text("format: jb-book\nroot: index\n")  # one chapter runs beside the check
    try:
        lines = explain(tree, "build")
    finally:
        for file, content in kept.items():
            file.write_bytes(content)
    assert lines and all(line.startswith("data/troops.csv") for line in lines[:-1]), lines
    assert (tree / "_build/html/index.html").read_text() == "old" and not (
        tree / "_build/next"
    ).exists()
