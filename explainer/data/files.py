"""Files: written whole or not at all, and digested."""

import hashlib
import os
import sys
from collections.abc import Iterable
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


def digest(paths: Iterable[Path], root: Path) -> str:
    """Return a digest of files' names below `root` and their bytes, and of the Python that reads
    them.
    """
    total = hashlib.blake2b(sys.version.encode(), digest_size=16)
    for path in sorted(paths):
        total.update(f"\0{path.relative_to(root).as_posix()}\0".encode())
        total.update(path.read_bytes())
    return total.hexdigest()
