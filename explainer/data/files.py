"""Files that are written whole or not at all."""

import os
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
