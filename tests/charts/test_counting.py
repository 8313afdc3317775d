"""What the small multiples of counted attacks must keep, with the real data and with data made to break them."""

from dataclasses import replace

import pandas as pd
import pytest

from explainer import book
from explainer.charts._hung import Box
from explainer.charts._panes import draw
from explainer.charts._tallies import PANEL, panels, start, tallies
from explainer.charts.counting import bodies
from explainer.charts.grammar.text import measure, tall
from explainer.theme import NARROW, WIDE

CANVASES = (WIDE, NARROW)


def changed(row: str, **cells):
    """Return the book with cells of a row of the record changed."""
    record = book().record.copy()
    for column, value in cells.items():
        record.loc[record["id"] == row, column] = value
    return replace(book(), record=record)


@pytest.mark.parametrize(
    "column, value",
    [
        ("counted_by", "GTTAC"),
        ("scope", "Iraq"),
        ("measure", "attacks in quarter Oct-Dec 2023"),
        ("place", "iraq"),
        ("unit", "incidents"),
    ],
)
def test_a_mixed_series_is_refused(column, value):
    """A line from one body's count to another's, to another area, or to a count that starts on another day."""
    with pytest.raises(ValueError, match=f"ryder-attacks mixes {column}"):
        bodies(changed("rec-0032", **{column: value}))


def test_a_panel_holds_one_body_one_area_one_start():
    """Two counts in one panel that differ in what cannot be compared; an article's number in a panel of the record."""
    found = panels(tallies(book()))
    assert all(len(part[PANEL].drop_duplicates()) == 1 for part in found) and len(found) == 11
    heads = [tuple(part.iloc[0][PANEL]) for part in found]
    assert len(heads) == len(set(heads))
    assert [list(part["row"]) for part in found if part["tier"].iloc[0] == "article"] == [
        ["att-0010"]
    ]


def test_every_count_is_there_and_claims_are_not(drawn):
    """A count of the record that is left out in silence; a claim of an armed group about itself that is taken for a count of attacks."""
    record = book().record
    due = set(record.loc[record["part"].astype(str) == "attacks", "id"])
    assert set(drawn(bodies).data["row"]) == due | {"att-0010"} and "rec-0074" not in due


@pytest.mark.parametrize(
    "what, day, exact",
    [
        ("attacks since 2023-10-17", "2023-10-17", True),
        ("attacks since mid-October 2023", "2023-10-15", False),
        ("attacks since October 2023", "2023-10-01", False),
        ("attacks since 2023-10", "2023-10-01", False),
        ("attacks in quarter Oct-Dec 2023", "2023-10-01", True),
        ("attacks", None, False),
        ("attacks since Ramadan 2023", None, False),
    ],
)
def test_the_start_of_a_count_is_read_as_it_is_known(what, day, exact):
    """A bar that begins on a day nobody gave, as if it had been given; words without a date that become one."""
    assert start(what, pd.Timestamp("2024-01-09")) == (
        pd.Timestamp(day) if day else pd.NaT,
        exact,
    ) or (day is None and start(what, pd.NaT)[0] is pd.NaT)


@pytest.mark.parametrize("canvas", CANVASES, ids=lambda c: c.name)
def test_full_is_the_article_and_open_is_the_record(drawn, canvas):
    """A fact of the record that looks like the article's number, or the other way round; a mark that leads elsewhere."""
    spec, seen = drawn(bodies).spec(canvas.name), set()
    for layer in spec["layer"]:
        held = spec["datasets"][layer["data"]["name"]]
        if layer["mark"]["type"] == "point" and held[0].get("href"):
            for mark in held:
                row = mark["href"].partition("#")[2]
                assert (
                    layer["mark"].get("filled") is (False if row.startswith("rec-") else None)
                    and mark["row"] == row
                )
                seen.add(row)
    assert seen == set(drawn(bodies).data["row"])


def dashes(plate, canvas, style: list[int]) -> list[dict]:
    """Return the lines of a drawing that are dashed so, the key's left out."""
    spec = plate.spec(canvas.name)
    return [
        row
        for layer in spec["layer"]
        if layer["mark"].get("strokeDash") == style
        for row in spec["datasets"][layer["data"]["name"]]
        if "name" not in row and row["x2"] - row["x"] != 16
    ]


@pytest.mark.parametrize("canvas", CANVASES, ids=lambda c: c.name)
def test_one_line_and_where_the_article_lies(drawn, canvas):
    """A line that joins what is no series; the article's number drawn into a count of another area, or with a mark in it."""
    assert len(dashes(drawn(bodies), canvas, [5, 4])) == 1
    together = [
        part
        for part in panels(tallies(book()))
        if part["area"].iloc[0] == "Iraq and Syria" and part["tier"].iloc[0] == "context"
    ]
    assert len(dashes(drawn(bodies), canvas, [1, 3])) == 2 * len(together) == 14
    bare = replace(book(), record=book().record.assign(series=""))
    assert not dashes(bodies(bare), canvas, [5, 4])


def texts(plate, canvas) -> list[tuple[Box, str]]:
    """Return the box of each text of a drawing, and its words."""
    spec, found = plate.spec(canvas.name), []
    for layer in spec["layer"]:
        mark = layer["mark"]
        if mark["type"] == "text":
            bold = 1.07 if mark.get("fontWeight") == "bold" else 1
            for row in spec["datasets"][layer["data"]["name"]]:
                wide, high = (
                    measure(row["text"], mark["fontSize"]) * bold,
                    tall(row["text"], mark["fontSize"]),
                )
                left = row["x"] - wide * (mark["align"] == "right")
                found.append((Box(left, row["y"], left + wide, row["y"] + high - 2), row["text"]))
    return found


@pytest.mark.parametrize("canvas", CANVASES, ids=lambda c: c.name)
def test_no_label_leaves_the_canvas_or_lies_on_another(drawn, canvas):
    """A label cut off at the edge, or two that cannot be read because they lie on each other."""
    held = texts(drawn(bodies), canvas)
    assert len(held) > 40
    assert not [text for box, text in held if box.left < -1 or box.right > canvas.width - 4]
    assert not [
        (a, b) for i, (one, a) in enumerate(held) for other, b in held[:i] if one.meets(other)
    ]


def test_finding_follows_the_data(drawn):
    """A finding that was typed."""
    assert (
        "127" in drawn(bodies).finding and "126" in bodies(changed("rec-0032", value=126)).finding
    )
    assert "127" not in bodies(changed("rec-0032", date="2024-01-10")).finding
    assert "No article" in bodies(replace(book(), attacks=book().attacks.iloc[:0])).finding


def test_listening_hears_each_panel(drawn):
    """A description that runs the counts together, or leaves out who counted."""
    told = drawn(bodies).description
    assert all(
        f"{part.iloc[0]['who']}, {part.iloc[0]['area']}, {part.iloc[0]['what']}: " in told
        for part in panels(tallies(book()))
    )


def test_many_articles_and_counts(grown, fits, size):
    """A layout that breaks or widens with 30 articles and hundreds of counts over many years by bodies with long names; a fold that hides."""
    later = lambda frame, i: frame.assign(published=frame["published"] + i * pd.Timedelta(days=31))
    more = lambda frame, i: frame.assign(
        date=frame["date"].str.replace(r"^\d{4}", lambda year: str(int(year[0]) + i), regex=True),
        counted_by=frame["counted_by"] + f" and the office of count {i % 4}",
        series="",
    )
    plate = bodies.whole(grown(10, "pages", "events", "attacks", sources=later, record=more))
    assert fits(plate) and all(size(plate, canvas.name)[1] < 9000 for canvas in CANVASES)
    assert "further numbers are left out" in plate.caption
    for canvas in CANVASES:
        assert not [
            text
            for box, text in texts(plate, canvas)
            if box.left < -1 or box.right > canvas.width - 4
        ]


@pytest.mark.parametrize("canvas", CANVASES, ids=lambda c: c.name)
def test_one_count_is_enough(canvas):
    """A drawing that needs an article, two sections, or a start."""
    one = tallies(book())
    assert draw(
        panels(one[one["row"] == "rec-0038"].assign(start=pd.NaT)), "A finding", canvas
    ).to_dict()["layer"]
