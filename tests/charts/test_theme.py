"""Colours are distinct and dark enough, numbers and dates read as printed, lines fit."""

import re
from itertools import combinations
from math import atan2, cos, degrees, exp, hypot, radians, sin, sqrt

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


# What is left of a colour for readers without one kind of cone, on linear RGB
# (Machado, Oliveira & Fernandes 2009, severity 1).
CONES = {
    "all": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protan": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deutan": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritan": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
XYZ = (
    (0.4124564, 0.3575761, 0.1804375),
    (0.2126729, 0.7151522, 0.0721750),
    (0.0193339, 0.1191920, 0.9503041),
)
WHITE = (0.95047, 1, 1.08883)


def seen(colour: str, cones: str) -> tuple[float, float, float]:
    """Return a hex colour as CIELAB (D65) as a reader with these cones sees it."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    rgb = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    rgb = [
        min(1, max(0, sum(m * c for m, c in zip(row, rgb, strict=True)))) for row in CONES[cones]
    ]
    xyz = [
        sum(m * c for m, c in zip(row, rgb, strict=True)) / white
        for row, white in zip(XYZ, WHITE, strict=True)
    ]
    x, y, z = (v ** (1 / 3) if v > 216 / 24389 else (24389 / 27 * v + 16) / 116 for v in xyz)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def apart(one: tuple[float, float, float], other: tuple[float, float, float]) -> float:
    """Return the difference of two colours in CIELAB by CIEDE2000 (Sharma, Wu & Dalal 2005)."""
    (l1, a1, b1), (l2, a2, b2) = one, other
    chroma = (hypot(a1, b1) + hypot(a2, b2)) / 2
    g = 0.5 * (1 - sqrt(chroma**7 / (chroma**7 + 25**7)))
    c1, c2 = hypot(a1 * (1 + g), b1), hypot(a2 * (1 + g), b2)
    h1, h2 = degrees(atan2(b1, a1 * (1 + g))) % 360, degrees(atan2(b2, a2 * (1 + g))) % 360
    turn = 0 if c1 * c2 == 0 else (h2 - h1 + 180) % 360 - 180
    light, chroma, hue = (l1 + l2) / 2, (c1 + c2) / 2, (h1 + turn / 2) % 360
    t = (
        1
        - 0.17 * cos(radians(hue - 30))
        + 0.24 * cos(radians(2 * hue))
        + 0.32 * cos(radians(3 * hue + 6))
        - 0.20 * cos(radians(4 * hue - 63))
    )
    dl = (l2 - l1) / (1 + 0.015 * (light - 50) ** 2 / sqrt(20 + (light - 50) ** 2))
    dc = (c2 - c1) / (1 + 0.045 * chroma)
    dh = 2 * sqrt(c1 * c2) * sin(radians(turn / 2)) / (1 + 0.015 * chroma * t)
    rotated = (
        -2
        * sqrt(chroma**7 / (chroma**7 + 25**7))
        * sin(radians(60 * exp(-(((hue - 275) / 25) ** 2))))
    )
    return sqrt(dl**2 + dc**2 + dh**2 + rotated * dc * dh)


def test_difference_is_that_of_the_standard():
    """A slip in the formula: two pairs of the paper's own table, and black and white."""
    assert apart((50, 2.6772, -79.7751), (50, 0, -82.7485)) == pytest.approx(2.0425, abs=1e-4)
    assert apart((50, 2.5, 0), (58, 24, 15)) == pytest.approx(19.4535, abs=1e-4)
    assert apart((0, 0, 0), (100, 0, 0)) == pytest.approx(100)


@pytest.mark.parametrize("cones", CONES)
@pytest.mark.parametrize("mode", [0, 1], ids=["light", "dark"])
def test_sides_are_told_apart(cones, mode):
    """Two sides that one reader in twelve takes for each other."""
    sides = [seen(theme.SIDE[name][mode], cones) for name in ("us", "iraq", "joint", "armed_group")]
    assert min(apart(a, b) for a, b in combinations(sides, 2)) >= 20


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


def test_css_has_both_themes():
    """A palette that exists in one theme only."""
    assert (
        theme.css().count("--c-ink:") == 4
    )  # light, dark, dark by the system, forced by the system
