"""The codebook: `data/README.md`, written from the descriptor, which is its only source."""

from pathlib import Path
from typing import Any

from jinja2 import Environment

from explainer.data.dataset import key_columns

TEMPLATE = Path(__file__).with_suffix(".md")


def text(package: dict[str, Any]) -> str:
    """Return the codebook of a Data Package: the columns and codes of each file."""
    made = Environment(trim_blocks=True, lstrip_blocks=True)  # Markdown: a cell escapes its own
    made.filters["cell"] = lambda written: written.replace("|", "\\|").replace("<", "&lt;")
    template = made.from_string(TEMPLATE.read_text(encoding="utf-8"))
    return template.render(package=package, keys=key_columns).rstrip("\n") + "\n"
