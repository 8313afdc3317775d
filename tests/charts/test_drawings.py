"""What every drawing must keep, more strictly than `tests/test_figures.py` asks of a figure on its page."""

import json
import re

import pytest

from explainer.charts.figure import registry, svg
from explainer.data.rows import book_rows

every = pytest.mark.parametrize("chart", registry().values(), ids=registry())


@every
@pytest.mark.parametrize("canvas", ["wide", "narrow"])
def test_spec_is_plain_json(drawn, chart, canvas):
    """A value that JSON cannot hold: such a specification is not published."""
    spec = drawn(chart).spec(canvas)
    assert json.loads(json.dumps(spec, allow_nan=False)) == spec


@every
def test_every_row_is_proved(drawn, chart):
    """A drawn row without a proof, or with one that leads nowhere, beside others that have theirs."""
    assert all(ids and set(ids.split()) <= set(book_rows()) for ids in drawn(chart).data["row"])


@every
def test_no_wider_than_the_canvas(drawn, fits, chart):
    """A drawing that the page would shrink, and its words with it."""
    assert fits(drawn(chart))


@every
@pytest.mark.parametrize("canvas", ["wide", "narrow"])
def test_letters_can_be_read(drawn, chart, canvas):
    """Letters of less than 12 px: too small for a phone, and Lighthouse takes points for them."""
    sizes = {
        float(size)
        for size in re.findall(r'font-size="([\d.]+)px"', svg(drawn(chart).spec(canvas)))
    }
    assert sizes and min(sizes) >= 12
