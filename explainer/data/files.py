"""Files: written whole or not at all, kept from run to run, digested, read as YAML."""

import csv
import hashlib
import os
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import lru_cache
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

import yaml


def replace(path: Path, content: str | bytes) -> None:
    """Put a text or bytes in place of a file, whole or, with OSError, not at all."""
    made = path.with_name(path.name + ".new")
    try:
        made.write_bytes(content.encode() if isinstance(content, str) else content)
        os.replace(made, path)
    finally:
        made.unlink(missing_ok=True)


def kept(path: Path, key: str, make: Callable[[], str]) -> str:
    """Return one text as `kept_files` does several."""
    return kept_files(path, key, lambda: {"text": make().encode()})["text"].decode()


def kept_files(path: Path, key: str, make: Callable[[], dict[str, bytes]]) -> dict[str, bytes]:
    """Return {name: content} kept under `key`, the archive's comment, else make and keep it."""
    with suppress(OSError, BadZipFile), ZipFile(path) as archive:
        if archive.comment == key.encode():
            return {name: archive.read(name) for name in archive.namelist()}
    files = make()
    path.parent.mkdir(parents=True, exist_ok=True)
    whole = BytesIO()
    with ZipFile(whole, "w") as archive:
        archive.comment = key.encode()
        for name, content in files.items():
            archive.writestr(name, content)
    replace(path, whole.getvalue())
    return files


def lines(rows: Iterable[Iterable[object]]) -> str:
    """Return rows as the text of a CSV file, the header among them."""
    made = StringIO()
    csv.writer(made, lineterminator="\n").writerows(rows)
    return made.getvalue()


@lru_cache(maxsize=64)  # the same few files are asked for at each page and row
def yaml_of(text: str) -> Any:
    """Return what a YAML text says: the same object each time, which nobody changes."""
    return yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def digest_of(content: bytes) -> str:
    """Return a digest of bytes."""
    return hashlib.blake2b(content, digest_size=16).hexdigest()


def digest(paths: Iterable[Path], root: Path) -> str:
    """Return a digest of files' names below `root`, their bytes, and Python's version."""
    total = hashlib.blake2b(sys.version.encode(), digest_size=16)
    for path in sorted(paths):
        total.update(f"\0{path.relative_to(root).as_posix()}\0".encode())
        total.update(path.read_bytes())
    return total.hexdigest()
