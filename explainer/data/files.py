"""Files: written whole or not at all, and digested."""

import hashlib
import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path


def replace(path: Path, text: str) -> None:
    """Put a text in place of a file, whole or not at all: OSError, and the old file, where it
    cannot be written.
    """
    made = path.with_name(path.name + ".new")
    try:
        made.write_text(text, encoding="utf-8", newline="\n")
        os.replace(made, path)
    finally:
        made.unlink(missing_ok=True)


def kept(path: Path, key: str, make: Callable[[], str]) -> str:
    """Return the text that an earlier run kept in a file under the same key; without one, make it
    and keep it.
    """
    if path.is_file():
        before, _, text = path.read_text(encoding="utf-8").partition("\n")
        if before == key:
            return text
    text = make()
    path.parent.mkdir(parents=True, exist_ok=True)
    replace(path, f"{key}\n{text}")
    return text


def digest_of(content: bytes) -> str:
    """Return a digest of bytes."""
    return hashlib.blake2b(content, digest_size=16).hexdigest()


def digest(paths: Iterable[Path], root: Path) -> str:
    """Return a digest of files' names below `root` and their bytes, and of the Python that reads
    them.
    """
    total = hashlib.blake2b(sys.version.encode(), digest_size=16)
    for path in sorted(paths):
        total.update(f"\0{path.relative_to(root).as_posix()}\0".encode())
        total.update(path.read_bytes())
    return total.hexdigest()
