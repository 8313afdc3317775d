"""The site on this machine while it is worked on: built again after each change, shown by the
browser by itself.

Two processes: one shows what lies in `_build/html`, the other builds. Neither waits for the
other; what they share is the stamp that a build leaves.
"""

import gc
import multiprocessing
import os
import sys
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

from watchfiles import watch

from explainer.data.files import digest
from explainer.data.manifest import PARTS
from explainer.paths import BUILD, ROOT
from explainer.site import web_server

STAMP = BUILD / "built.txt"
_SCRIPT, _EVENTS = "/_reload.js", "/_reload"  # addresses that the site itself has not
_RELOAD = f'new EventSource("{_EVENTS}").onmessage = () => location.reload();\n'
_TAG = f'<script src="{_SCRIPT}"></script></body>'.encode()
_LOOK = 0.2  # seconds between two looks at the stamp
# With them all that a build imports is loaded once.
_WARM = ("explainer.site.build", "sphinx_book_theme", "sphinx_comments")


class Handler(web_server.Handler):
    """Shows the book while it is worked on: a page reloads when another build is in place."""

    max_age = 0

    def do_GET(self) -> None:
        """Answer with the script that reloads a page, its events, or a file of the site."""
        if self.path == _EVENTS:
            self._tell()
        elif self.path == _SCRIPT:
            self.answer(200, Path(_SCRIPT), _RELOAD.encode())
        else:
            super().do_GET()

    def content(self, path: Path) -> bytes:
        """Return what is sent of a file: to a page, the script that reloads it is added."""
        content = super().content(path)
        return content.replace(b"</body>", _TAG, 1) if path.suffix == ".html" else content

    def _tell(self) -> None:
        """Keep the connection, and send an event when another build is in place."""
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        before = _changed()
        with suppress(OSError):  # the reader has gone
            while True:
                time.sleep(_LOOK)
                now = _changed() or before
                self.wfile.write(b"data: built\n\n" if now != before else b":\n\n")
                before = now


def builder(root: Path = ROOT) -> multiprocessing.process.BaseProcess:
    """Return the process, not yet started, that builds the book again after each change."""
    return _context().Process(target=_build_on_change, args=(root,), daemon=False)


def _build_on_change(root: Path) -> None:
    os.environ["DRAFT"] = "1"  # what is worked on has been read by its author alone
    gc.disable()  # as `make book` does
    loaded = _code(root)
    with suppress(Exception):  # of our own code: the build says so
        for name in _WARM:
            import_module(name)
    parent = os.getppid()
    parts = [root / name for name in PARTS if (root / name).exists()]
    try:
        _build_apart(root, loaded)
        for changes in watch(*parts, raise_interrupt=False, yield_on_timeout=True):
            if os.getppid() != parent:
                return  # nobody is shown what is built here
            if changes:
                _build_apart(root, loaded)
    except KeyboardInterrupt:
        return


def _build_apart(root: Path, loaded: str) -> None:
    """Build in a process of its own."""
    start = time.perf_counter()
    process = _context().Process(target=_build, args=(root, start, loaded))
    process.start()
    process.join()


def _code(root: Path) -> str:
    """Return the digest of our own code."""
    paths = (path for path in (root / "explainer").rglob("*.*") if path.suffix != ".pyc")
    return digest(filter(Path.is_file, paths), root)


def _build(root: Path, start: float, loaded: str) -> None:
    """Build, and say in one line how it went. Our code is read anew where it is not as `loaded`."""
    if _code(root) != loaded:
        for name in [name for name in sys.modules if name.partition(".")[0] == "explainer"]:
            del sys.modules[name]
    say: Callable[[str], None] = partial(print, flush=True)
    try:
        if import_module("explainer.site.state").is_current(root):
            return
        problems = import_module("explainer.site.build").build(root)
    except Exception as error:  # of the code that is being worked on: the next change may mend it
        place = traceback.extract_tb(error.__traceback__)[-1]
        what = " ".join(str(error).split())
        problems = [f"{type(error).__name__}: {what} ({Path(place.filename).name}:{place.lineno})"]
    if problems:
        more = f" (and {len(problems) - 1} lines more: 'make book')" if len(problems) > 1 else ""
        say(f"{problems[0]}{more}: the last good page stays")
    else:
        say(f"built in {time.perf_counter() - start:.1f} s")


def _context() -> Any:
    """Return the way to start a process: a fork is warm at once."""
    return multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")


def _changed() -> int:
    return STAMP.stat().st_mtime_ns if STAMP.is_file() else 0
