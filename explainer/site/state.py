"""What is in `_build`: whether the site is that of the present inputs; one build at a time."""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from explainer.data.files import digest
from explainer.data.manifest import PARTS
from explainer.paths import ROOT

BUILT = "_build"
PUBLISHED = ("html", "jupyter_execute")  # the folders that a build replaces
DRAFT = "DRAFT"  # environment variable: build although some were read by their author alone
SETTINGS = ("SITE_ADDRESS", "SITE_PDF", DRAFT)  # environment variables that the site depends on
_STAMP, _LOCK, _NEXT = "built.txt", "lock", "next-"


@contextmanager
def only_build(root: Path = ROOT) -> Iterator[Path]:
    """Yield a new folder below `_build` to build in, which is gone afterwards.

    ValueError, in one line, where another build is at work in the same clone.
    """
    built = root / BUILT
    built.mkdir(exist_ok=True)
    with (built / _LOCK).open("a+", encoding="utf-8") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            lock.seek(0)
            raise ValueError(
                f"another build (process {lock.read()}) is at work in this folder: wait until it"
                " has ended"
            ) from None
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        for left in built.glob(f"{_NEXT}*"):  # of a build that was killed
            shutil.rmtree(left)
        with TemporaryDirectory(prefix=_NEXT, dir=built) as folder:
            yield Path(folder)


def is_current(root: Path = ROOT) -> bool:
    """Whether neither an input nor the site has changed since the last build."""
    path = root / BUILT / _STAMP
    return path.is_file() and path.read_text(encoding="utf-8") == _stamp(root, inputs(root))


def inputs(root: Path = ROOT) -> str:
    """Return the digest of all that a site is made from, taken before a build, and its settings."""
    settings = {name: os.environ.get(name, "") for name in SETTINGS}
    return f"{digest(_files(root, PARTS), root)} {settings}"


def replace_site(root: Path, folder: Path, made_from: str) -> None:
    """Put what was built in `folder` in place of the last build: one rename each, so that nobody
    meets half a site.

    `made_from` are the `inputs` as they were when the build began: what was edited since is not in
    this site.
    """
    built = root / BUILT
    (built / _STAMP).unlink(missing_ok=True)
    for name in PUBLISHED:
        if (built / name).exists():
            os.replace(built / name, folder / f"{name}.old")
        os.replace(folder / name, built / name)
    (built / _STAMP).write_text(_stamp(root, made_from), encoding="utf-8")


def _stamp(root: Path, made_from: str) -> str:
    """Return what a site was made from, and its own digest: changed by hand, it is built again."""
    site = _files(root, [f"{BUILT}/{name}" for name in PUBLISHED])
    return f"{digest(site, root)} {made_from}\n"


def _files(root: Path, names: tuple[str, ...] | list[str]) -> list[Path]:
    found = [path for name in names for path in (root / name, *(root / name).rglob("*"))]
    return [path for path in found if path.is_file() and "__pycache__" not in path.parts]
