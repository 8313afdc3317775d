"""Colours are distinct and dark enough, numbers and dates read as printed, lines fit."""

import re

import pandas as pd
import pytest

from explainer import theme
from explainer.words import formats


def luminance(colour: str) -> float:
    """Return the relative luminance of a hex colour (WCAG 2.2)."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(a: str, b: str) -> float:
    """Return the contrast ratio of two hex colours (WCAG 2.2)."""
    dark, bright = sorted((luminance(a), luminance(b)))
    return (bright + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("name", [n for n in theme.COLOURS if n not in ("rule", "faint", "paper")])
@pytest.mark.parametrize("mode", [0, 1], ids=["light", "dark"])
def test_contrast(name, mode):
    """A mark below 3:1, a text colour below 4.5:1 on the paper of its theme."""
    least = 4.5 if name in ("ink", "soft", "accent") else 3
    assert contrast(theme.COLOURS[name][mode], theme.COLOURS["paper"][mode]) >= least


def test_each_hex_means_one_thing():
    """Two names with one hex: render could not tell which custom property to write."""
    hexes = [pair[0] for pair in theme.COLOURS.values()]
    assert len(hexes) == len(set(hexes)) and all(re.fullmatch("#[0-9a-f]{6}", h) for h in hexes)


@pytest.mark.parametrize(
    ("iso", "text"),
    [("2003", "2003"), ("2024-09", "September 2024"), ("2024-01-05", "5 January 2024")],
)
def test_day(iso, text):
    """A date shown more exactly than it is known."""
    assert formats.day(iso) == text


@pytest.mark.parametrize(
    ("value", "hedge", "text"),
    [
        (2500, "about", "about 2,500"),
        (12, "exact", "12"),
        (2, "named", "2"),
        (pd.NA, "several", "several"),
        (100, "at_least", "at least 100"),
    ],
)
def test_count_keeps_the_hedge(value, hedge, text):
    """A number that loses its hedge on the way to the reader."""
    labels = {
        "about": "about",
        "exact": "as printed, no hedge",
        "named": "counted from names",
        "several": "several, no number",
        "at_least": "at least",
    }
    assert formats.count(value, hedge, labels) == text


def test_wrap():
    """A line longer than the canvas, a word lost on the way."""
    lines = theme.wrap("one two three four five six", 60, 12)
    assert " ".join(lines) == "one two three four five six" and max(map(len, lines)) <= 9


def test_css_has_both_themes():
    """A palette that exists in one theme only."""
    assert (
        theme.css().count("--c-ink:") == 4
    )  # light, dark, dark by the system, forced by the system
