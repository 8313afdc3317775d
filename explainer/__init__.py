"""Staying or Leaving? Data, checks, charts and proofs behind the book."""

from typing import Any

__all__ = ["Tables", "book", "load"]


def __getattr__(name: str) -> Any:
    """Load pandas only where tables are asked for: `check` runs often, and without it."""
    if name in __all__:
        from explainer.data import tables

        return getattr(tables, name)
    raise AttributeError(f"explainer has no {name!r}")
