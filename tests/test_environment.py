"""The book on other people's machines: another Python, another folder, another host's settings."""

import builtins
import sys

from explainer.charts.figure import registry, rounded
from explainer.data.tables import book


def test_no_float_is_added_by_the_interpreter(monkeypatch):
    """A figure measured with built-in `sum`, which adds floats otherwise from Python 3.12 on."""
    plain, found = sum, set()

    def watched(items, /, start=0):
        items = list(items)
        caller = sys._getframe(1)
        if caller.f_globals["__name__"].startswith("explainer.") and any(
            isinstance(item, float) for item in items
        ):
            found.add(f"{caller.f_globals['__name__']}:{caller.f_lineno}")
        return plain(items, start)

    monkeypatch.setattr(builtins, "sum", watched)
    for draw in registry().values():
        figure = draw(book())
        for canvas in ("wide", "narrow"):
            assert (spec := figure.spec(canvas)) == rounded(spec)
    assert not found, "math.fsum adds floats the same way on every Python"


def test_the_last_bits_of_a_float_are_not_compared():
    """A specification that differs by the order in which its numbers were added."""
    assert rounded({"a": [0.1 + 0.2, {"b": (1e-9,), "c": 7, "d": True}]}) == {
        "a": [0.3, {"b": (1e-9,), "c": 7, "d": True}]
    }
