"""The book on other people's machines: another Python, another folder, another host's settings."""

import builtins
import os
import re
import shutil
import signal
import subprocess
import sys
import sysconfig
import time
import urllib.request
from dataclasses import replace
from pathlib import Path

import jupytext
import pytest
from bs4 import BeautifulSoup
from repository import copied, tracked

from explainer.__main__ import COMMANDS, main
from explainer.charts.figure import registry, rounded
from explainer.check import coverage, run
from explainer.data import evidence
from explainer.data.tables import book
from explainer.paths import DATA, ROOT
from explainer.site import build
from explainer.site.state import only_build


def test_no_float_is_added_by_the_interpreter(monkeypatch):
    """A figure measured with built-in `sum`, which adds floats otherwise from Python 3.12 on."""
    plain, found = sum, set()

    def watched(items, /, start=0):
        items = list(items)
        caller = sys._getframe(1)
        if caller.f_globals["__name__"].startswith("explainer.") and any(
            isinstance(item, float) for item in items
        ):
            found.add(f"{caller.f_globals['__name__']}:{caller.f_lineno}")
        return plain(items, start)

    monkeypatch.setattr(builtins, "sum", watched)
    for draw in registry().values():
        figure = draw(book())
        for canvas in ("wide", "narrow"):
            assert (spec := figure.spec(canvas)) == rounded(spec)
    assert not found, "math.fsum adds floats the same way on every Python"


def test_the_last_bits_of_a_float_are_not_compared():
    """A specification that differs by the order in which its numbers were added."""
    assert rounded({"a": [0.1 + 0.2, {"b": [1e-9], "c": 7, "d": True}]}) == {
        "a": [0.3, {"b": [0], "c": 7, "d": True}]
    }


# ---- another folder


def make(folder: Path, *arguments: str, **settings: str) -> subprocess.CompletedProcess:
    """Call make in a folder, with no package index and other people's settings; return what it said."""
    clean = {
        k: v for k, v in os.environ.items() if k not in ("MAKEFLAGS", "MAKELEVEL", "PYTHONPATH")
    }
    env = (
        clean
        | {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": "", "PIP_CONFIG_FILE": os.devnull}
        | settings
    )
    command = ["make", *arguments, f"PYTHON={sys.executable}"]
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False)


def imported(folder: Path) -> Path:
    """Return the file of `explainer` that the environment of a folder finds, from another folder."""
    command = [folder / ".venv/bin/python", "-c", "import explainer; print(explainer.__file__)"]
    env = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
    done = subprocess.run(command, cwd="/", env=env, capture_output=True, text=True, check=True)
    return Path(done.stdout.strip())


@pytest.mark.slow
def test_an_environment_belongs_to_its_folder(tmp_path):
    """A copied or moved clone that runs the original's code; a path that a shell takes apart; pip's user folder; an
    installation without a network that does not say what it needs, or counts as done.
    """
    one, two = tmp_path / "Bü (a & b)" / "one", tmp_path / "Bü (a & b)" / "two"
    copied(one)
    done = make(one, "check")
    assert done.returncode == 2 and not (one / ".venv/ready").exists()
    assert "The packages are not installed: no package index was reached" in done.stderr
    assert "Traceback" not in done.stderr
    (one / "requirements.txt").write_text("")  # the packages are the same everywhere
    done = make(one, ".venv/ready", PIP_USER="1", PIP_TARGET=str(tmp_path / "elsewhere"))
    assert done.returncode == 0, done.stderr
    assert imported(one) == one / "explainer/__init__.py" and not (tmp_path / "elsewhere").exists()
    shutil.copytree(one, two, symlinks=True)
    assert imported(two) == two / "explainer/__init__.py"
    assert "made anew" not in make(one, "-n", "check").stdout
    told = make(two, "-n", "check").stdout
    assert "made anew" in told and "-m venv --clear .venv" in told
    (one / ".venv/bin/python").unlink()
    (one / ".venv/bin/python").symlink_to(tmp_path / "gone")  # the system's Python was replaced
    assert "made anew" in make(one, "-n", "check").stdout


def test_without_git_the_same_files_are_found(tmp_path):
    """A downloaded archive in which the tests look at nothing, or at what a build has left."""
    folder = copied(tmp_path / "archive")
    for junk in ("_build/html/index.html", ".venv/pyvenv.cfg", "explainer/__pycache__/a.pyc"):
        (folder / junk).parent.mkdir(parents=True, exist_ok=True)
        (folder / junk).touch()
    assert tracked(folder) == tracked() and len(tracked()) > 300


def test_a_windows_checkout_has_the_same_bytes(tmp_path):
    """A checkout with `core.autocrlf` in which every digest differs."""
    if not shutil.which("git"):
        pytest.skip("git is not installed: what it checks out is not looked at")

    def git(folder: Path, *arguments: str) -> None:
        settings = [
            "-c",
            "user.name=a",
            "-c",
            "user.email=a@b.invalid",
            "-c",
            "commit.gpgsign=false",
        ]
        command = ["git", *settings, *arguments]
        subprocess.run(command, cwd=folder, check=True, capture_output=True)

    for name in (
        ".gitattributes",
        "Makefile",
        "data/troops.csv",
        ".ci/run",
        "figures/troops_reported.png",
    ):
        (tmp_path / "one" / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / "one" / name)
    git(tmp_path / "one", "init", "-q")
    git(tmp_path / "one", "add", "-A")
    git(tmp_path / "one", "commit", "-qm", "one")
    git(tmp_path, "clone", "-q", "-c", "core.autocrlf=true", "one", "two")
    for path in filter(Path.is_file, (tmp_path / "two").glob("[!.]*/*")):
        assert path.read_bytes() == (ROOT / path.relative_to(tmp_path / "two")).read_bytes()
    assert (
        b"\r"
        not in (tmp_path / "two/Makefile").read_bytes() + (tmp_path / "two/.ci/run").read_bytes()
    )


def test_windows_line_ends_are_one_message(tmp_path):
    """A line for each file, and none that says what happened to them."""
    shutil.copytree(DATA, tmp_path / "data")
    for path in (p for p in (tmp_path / "data").rglob("*") if p.is_file()):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    [problem] = run.run(tmp_path / "data")
    assert "Windows line ends" in str(problem) and "core.autocrlf=false" in str(problem)


# ---- an environment without a path to the book: `pip install -r requirements.txt`, and no more


@pytest.fixture(scope="module")
def fresh(tmp_path_factory) -> Path:
    """The Python of an environment that has the locked packages and no way to `explainer`."""
    folder = tmp_path_factory.mktemp("fresh") / "venv"
    command = [sys.executable, "-m", "venv", "--without-pip", folder]
    subprocess.run(command, check=True, capture_output=True)
    [packages] = folder.glob("lib/*/site-packages")
    (packages / "locked.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return folder / "bin/python"


@pytest.fixture(scope="module")
def small(tmp_path_factory) -> Path:
    """A copy of the repository with one chapter in its contents."""
    tree = copied(tmp_path_factory.mktemp("stock") / "book")
    chapters = "chapters: [{file: chapters/troops}]"
    (tree / "_toc.yml").write_text(f"format: jb-book\nroot: index\n{chapters}\n", encoding="utf-8")
    return tree


def stock(fresh: Path, folder: Path, *arguments: str | Path) -> str:
    """Run Python in that environment from a folder; it has to succeed. Return what it said."""
    env = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "ARTICLES")}
    done = subprocess.run(
        [fresh, *arguments], cwd=folder, env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    return done.stdout + done.stderr


@pytest.mark.slow
def test_jupyter_book_build(fresh, small, tmp_path):
    """The command that every user of Jupyter Book tries, failing; a page without its chart, its numbers, its style."""
    with pytest.raises(AssertionError, match="No module named 'explainer'"):
        stock(fresh, tmp_path, "-c", "import explainer")
    book_build = "from jupyter_book.cli.main import main; main(['build', '.'])"
    said = stock(fresh, small, "-c", book_build)
    assert "Finished generating HTML for book" in said and "Traceback" not in said
    site = small / "_build/html"
    page = (site / "chapters/troops.html").read_text(encoding="utf-8")
    assert '<figure class="chart" id="fig-troops-reported">' in page and "<svg" in page
    assert "about 2,500" in page and "{glue:" not in page and "{proof}" not in page
    source = BeautifulSoup(page, "html.parser")
    for tag, attribute in (("link", "href"), ("script", "src"), ("img", "src")):
        for found in source.find_all(tag, **{attribute: True}):
            if found.get("rel") == ["license"]:
                continue  # named, not loaded
            target = found[attribute].partition("?")[0].partition("#")[0]
            assert not target or (site / "chapters" / target).exists(), target
    # and the notebooks that it leaves run again in fresh kernels, from any folder
    executed = small / "_build/jupyter_execute/chapters/troops.ipynb"
    nbval = ["-m", "pytest", "--nbval-lax", "--nbval-current-env", "-q", "-p", "no:cacheprovider"]
    assert "passed" in stock(fresh, tmp_path, *nbval, executed)


@pytest.mark.slow
def test_a_notebook_opened_where_it_lies(fresh, small, tmp_path):
    """A chapter in JupyterLab that finds no `explainer` unless Jupyter was started in one folder."""
    chapter = small / "chapters/troops.ipynb"
    notebook = jupytext.read(small / "chapters/troops.md")
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3"}
    jupytext.write(notebook, chapter)
    stock(fresh, tmp_path, "-c", "from nbclient.cli import main; main()", "--inplace", str(chapter))
    assert "fig-troops-reported" in chapter.read_text(encoding="utf-8")


# ---- another host's settings


@pytest.mark.slow
def test_an_interrupted_build_says_so(tmp_path):
    """A traceback, or the tale of a missing file, where somebody pressed Ctrl+C; half a site; a kernel that goes on."""
    tree = copied(tmp_path / "book")
    (tree / "_build/html").mkdir(parents=True)
    (tree / "_build/html/index.html").write_text("previous", encoding="utf-8")
    env = {k: v for k, v in os.environ.items() if k not in ("ARTICLES", "SITE_PDF")}
    process = subprocess.Popen(
        [sys.executable, "-m", "explainer", "build"],
        cwd=tree,
        env=env | {"PYTHONPATH": str(tree)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,  # a group of its own, which gets the signal as from a terminal
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    while process.poll() is None and not children.read_text():  # until chapters run
        time.sleep(0.1)
    time.sleep(1)
    os.killpg(process.pid, signal.SIGINT)
    said = process.communicate(timeout=120)[0]
    assert process.returncode == 130, said
    assert said == "explainer: interrupted: nothing half-written was left in place\n"
    assert (tree / "_build/html/index.html").read_text(encoding="utf-8") == "previous"
    assert not list(tree.glob("_build/next-*"))
    with pytest.raises(ProcessLookupError):
        os.killpg(process.pid, 0)


def test_a_build_interrupted_while_pages_are_written(monkeypatch, tmp_path):
    """Sphinx takes the key for an error of its own: "Interrupted!" among the things to be mended."""
    monkeypatch.setattr(build, "build_sphinx", lambda *_, **__: KeyboardInterrupt())
    with pytest.raises(KeyboardInterrupt):
        build.sphinx(tmp_path, tmp_path, {}, 0)


def test_a_build_folder_that_cannot_be_written(monkeypatch, tmp_path, capsys):
    """A traceback, or a long build that ends with one, where `_build` is a file or belongs to somebody else."""
    (tmp_path / "_build").write_text("a file")
    for place, why in (
        (Path("/sys"), r"[\w -]+: let your user write there, .*"),
        (tmp_path, r"(Not a directory|File exists)"),
    ):  # root itself may make no folder in /sys
        monkeypatch.setitem(COMMANDS, "build", lambda _, at=place: only_build(at).__enter__())
        assert main(["build"]) == 1
        said = capsys.readouterr().err
        assert re.fullmatch(rf"explainer: {place}/_build[\w/]*: {why}\n", said), said


def test_a_proxy_is_not_asked_for_this_machine(monkeypatch):
    """A test of a server of its own that goes to the proxy of the house, and fails."""
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert urllib.request.proxy_bypass("127.0.0.1:8000") and urllib.request.proxy_bypass(
        "localhost"
    )


# ---- texts that are too much

NEAR = evidence.MOST - 1000
HEAD = "Pentagon Says Some Things\n\n"
ENDLESS = {
    "a phrase": "The United States will withdraw its troops, ",
    "numbers": "two and ",
    "products": "two hundred thousand ",
    "months": "January ",
    "dates": "on 5 January 2024 ",
    "years": "2024, ",
    "quotations": "“we leave” ",
    "open marks": "‘a ",
    "lines": "\n",
    "long words": "a" * 100 + " ",
    "joined": "twenty-" * 20 + "one ",
}


@pytest.mark.parametrize("name", ENDLESS)
def test_findings_take_as_long_as_the_text(book_of, name):
    """Minutes for a text of repeated words: four times the text may take little more than four times as long."""

    def seconds(length: int) -> float:
        unit = ENDLESS[name]
        data = book_of(HEAD + unit * (length // len(unit)))
        start = time.process_time()
        coverage.audit(data)
        return time.process_time() - start

    small = max(min(seconds(NEAR // 16) for _ in range(3)), 0.01)
    assert min(seconds(NEAR // 4) for _ in range(3)) < 12 * small


@pytest.fixture
def book_of(book):
    """Return a function: the invented data with a text in place of one of its articles."""
    source = sorted(book.with_texts.texts)[0]
    return lambda text: replace(book.with_texts, texts=book.with_texts.texts | {source: text})


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("the same words " * 70_000, "has 1,050,027 characters: an article has at most 500,000"),
        (
            "There are " + "9" * 5000 + " troops.",
            "line 3: 99999999999999999999… is one word of 5,000",
        ),
        ("There are " + "9,999," * 900 + "9 troops.", "line 3: 9,999,9,999,9,999,9,… is one word"),
        (
            "one two three four " + "twenty-" * 900 + "one",
            "line 3: twenty-twenty-twenty… is one word",
        ),
    ],
)
def test_a_text_that_is_too_much_is_refused(invented, tmp_path, capsys, text, said):
    """A traceback, minutes, or a fingerprint of what is no article."""
    before = {path: path.read_bytes() for path in invented.rglob("*") if path.is_file()}
    path = tmp_path / "long.txt"
    path.write_text(HEAD + text, encoding="utf-8")
    given = [
        "--outlet",
        "Long",
        "--country",
        "Iraq",
        "--kind",
        "newspaper",
        "--published",
        "2031-05-01",
    ]
    assert main(["draft", str(path), *given, "--data", str(invented)]) == 1
    assert capsys.readouterr().err.startswith(f"explainer: {path}: {said}")
    assert before == {path: path.read_bytes() for path in invented.rglob("*") if path.is_file()}
    assert main(["audit", "--articles", str(tmp_path), "--data", str(invented)]) == 1
    assert capsys.readouterr().err.startswith(f"explainer: long.txt: {said}")


def test_an_endless_number_in_a_table(book):
    """A traceback of Python's own limit on digits, from whichever rule reads the cell."""
    for table, column in (("troops", "count"), ("record", "what"), ("statements", "evidence")):
        row = next(iter(book.data.tables[table][0].values()))
        said = book.broken(row, **{column: "9" * 5000})
        assert any("digits" in line for line in said), said
