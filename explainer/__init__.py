"""Staying or Leaving? Data, checks, charts and proofs behind the book."""
