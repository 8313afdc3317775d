"""Staying or Leaving? Data, checks, charts and proofs behind the book. Read: tables, charts, render."""

from explainer.tables import Tables, book, load

__all__ = ["Tables", "book", "load"]
