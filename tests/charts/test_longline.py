"""What the charts of troop levels must keep, with the real data and with data made to break them."""

from dataclasses import replace

import pandas as pd
import pytest

from explainer import book
from explainer.charts import _descent, _eras
from explainer.charts._hung import Box, apart, hung
from explainer.charts._levels import gathered, kept, lines, numbers
from explainer.charts.grammar.text import measure, tall
from explainer.charts.longline import iraq, syria
from explainer.theme import NARROW, WIDE
from explainer.words.record import facts

FIGURES = (iraq, syria)
PLACES = ("iraq", "syria")
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
        ("counted_by", "AP"),
        ("scope", "US+UK"),
        ("measure", "planned troop level"),
        ("place", "syria"),
        ("unit", "soldiers"),
    ],
)
def test_a_mixed_series_is_refused(column, value):
    """A line from one body's count to another's, to another set of people, to a plan or to another country."""
    with pytest.raises(ValueError, match=f"reuters-iraq mixes {column}"):
        iraq(changed("rec-0003", **{column: value}))


def test_a_line_joins_one_body_alone():
    """A line through points of no series, or none where a series stands."""
    ids = [list(part["row"]) for place in PLACES for part in lines(book(), numbers(book(), place))]
    assert ids == [["rec-0003", "rec-0076"]]


@pytest.mark.parametrize("place", PLACES)
def test_every_number_of_the_country_is_there_once(place):
    """A number of an article or of the record that is left out in silence, or drawn twice."""
    found, record = numbers(book(), place), facts(book())
    troops = record[(record["part"].astype(str) == "troops") & record["value"].notna()]
    syrian = troops["place"].astype(str) == "syria"
    due = set(troops.loc[syrian == (place == "syria"), "id"]) | set(
        book().troops.loc[book().troops["place"] == place, "id"]
    )
    assert found["row"].is_unique and due <= set(found["row"])
    assert set(found["row"]) - due <= set(
        record.loc[record["measure"] == "planned troop level", "id"]
    )


def test_only_a_level_of_the_whole_country_has_a_height():
    """A plan, an event, one base or temporary forces drawn as if that many troops were in the country; a count of others as one of US forces."""
    found = pd.concat([numbers(book(), place) for place in PLACES]).set_index("row")["kind"]
    record = facts(book()).set_index("id")
    for row, kind in found.items():
        if row.startswith("rec-"):
            fact = record.loc[row]
            level = fact["measure"] == "troop level" and fact["place"] in PLACES
            assert kind == (
                "other"
                if not level
                else "level"
                if fact["scope"].startswith("US only")
                else "scope"
            )
    assert (
        found["rec-0002"] == "scope"
        and found["rec-0019"] == found["rec-0026"] == "other"
        and found["rec-0009"] == "level"
    )


@pytest.mark.parametrize("draw", FIGURES)
@pytest.mark.parametrize("canvas", CANVASES, ids=lambda c: c.name)
def test_full_is_an_article_and_open_is_the_record(drawn, draw, canvas):
    """A fact of the record that looks like an article's number, or the other way round; a mark that leads elsewhere."""
    spec = drawn(draw).spec(canvas.name)
    seen = {"trp-": set(), "rec-": set()}
    for layer in spec["layer"]:
        held = spec["datasets"][layer["data"]["name"]]
        if layer["mark"]["type"] == "point" and held[0].get("href"):
            for mark in held:
                first = mark["href"].partition("#")[2]
                assert layer["mark"].get("filled") is (False if first.startswith("rec-") else None)
                assert mark["row"].split()[0] == first and mark["label"].startswith(
                    "Context" if first.startswith("rec-") else "Article"
                )
                seen[first[:4]] |= set(mark["row"].split())
    assert seen["trp-"] | seen["rec-"] == set(drawn(draw).data["row"])


def test_a_conflict_stands_side_by_side():
    """Two counts of one time of which one is dropped, or whose label hides who counted."""
    found = numbers(book(), "iraq").set_index("row")
    assert found.loc[["rec-0008", "rec-0009"], "value"].tolist() == [5262, 8892]
    assert (
        "official count" in found.at["rec-0008", "text"] and "DMDC" in found.at["rec-0009", "text"]
    )
    assert "AP" in found.at["rec-0001", "text"] and "US+UK" in found.at["rec-0002", "text"]
    assert found.at["rec-0015", "text"].startswith("at least 2,500")


def test_findings_follow_the_data(drawn):
    """A finding that was typed."""
    assert (
        "2,000" in drawn(syria).finding
        and "2,100" in syria(changed("rec-0025", value=2100)).finding
    )
    assert (
        "192,000" in drawn(iraq).finding
        and "191,000" in iraq(changed("rec-0001", value=191000)).finding
    )
    bare = replace(book(), troops=book().troops.iloc[:0])
    assert "2,500" not in iraq(bare).finding


def test_a_joined_mark_keeps_every_proof_and_every_hedge():
    """Articles that become one mark and lose a proof, a name, or the fact that one printed no hedge."""
    found = numbers(book(), "iraq")
    joined = gathered(found, 12, lambda moment: (moment - pd.Timestamp("2014-01-01")).days / 7)
    assert sorted(" ".join(joined["row"]).split()) == sorted(found["row"])
    troops = book().troops
    bare = troops.loc[(troops["place"] == "iraq") & (troops["qualifier"] == "exact"), "id"].iloc[0]
    one = joined[joined["row"].str.contains(bare)].iloc[0]
    assert "2 of 3 with a hedge" in one["text"] and "WE News" in one["text"]
    assert (
        "about 28 September 2024" in joined[joined["row"].str.contains("trp-0008")].iloc[0]["text"]
    )
    other = found.assign(value=found["value"].mask(found["row"] == bare, 2600.0))
    assert bare in set(
        gathered(other, 12, lambda moment: 0.0)["row"]
    )  # another number is never joined


def texts(plate, canvas) -> list[tuple[Box, str]]:
    """Return the box of each text of a drawing, its words, as the page draws it."""
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
                left = row["x"] - wide * {"left": 0, "right": 1, "center": 0.5}[mark["align"]]
                found.append((Box(left, row["y"], left + wide, row["y"] + high - 2), row["text"]))
    return found


@pytest.mark.parametrize("draw", FIGURES)
@pytest.mark.parametrize("canvas", CANVASES, ids=lambda c: c.name)
def test_no_label_leaves_the_canvas_or_lies_on_another(drawn, draw, canvas):
    """A label cut off at the edge, or two that cannot be read because they lie on each other."""
    held = texts(drawn(draw), canvas)
    assert len(held) > 15
    assert not [text for box, text in held if box.left < -1 or box.right > canvas.width - 4]
    assert not [
        (a, b) for i, (one, a) in enumerate(held) for other, b in held[:i] if one.meets(other)
    ]


def test_labels_hang_free_of_marks_stems_and_each_other():
    """A stem through a label: many points, long words, one of them at either edge."""
    items = pd.DataFrame(
        {
            "x": [70.0, 90, 105, 330, 480, 495, 510, 690],
            "y": [0.0, -40, -10, -60, -20, -20, -22, -150],
            "text": ["a long label of many words"] * 8,
        }
    )
    placed = hung(items, 700, 12)
    boxes = [
        Box(
            r.x + 4 if r.align == "left" else r.x - 4 - measure(r.folded, 12),
            r.top,
            r.x - 4 if r.align == "right" else r.x + 4 + measure(r.folded, 12),
            r.top + tall(r.folded, 12),
        )
        for r in placed.itertuples()
    ]
    for i, (box, row) in enumerate(zip(boxes, placed.itertuples(), strict=True)):
        stem = Box(row.x - 1, row.hook, row.x + 1, row.y)
        assert box.left >= 0 and box.right <= 700
        assert not [
            j for j, other in enumerate(boxes) if j != i and (box.meets(other) or other.meets(stem))
        ]


def test_marks_of_one_day_stand_beside_each_other():
    """A mark under another, out of reach; one pushed over the edge."""
    assert apart([10, 10, 11, 100], 12, 200) == [10, 22, 34, 100]
    assert apart([190, 195, 199], 12, 200) == [176, 188, 200]


def test_eras_name_their_scale_and_gaps_are_named(drawn):
    """A second scale that passes for the first; a time without numbers that reads as one of no change."""
    for canvas in CANVASES:
        words = [text for _, text in texts(drawn(iraq), canvas)]
        assert any("drawn 22 times as large" in text.replace("\n", " ") for text in words)
        assert sum("no level for" in text for text in words) == 4


def test_many_articles_and_facts(grown, fits, size):
    """A layout that breaks or widens with 30 articles and 800 facts with long names; a fold that hides."""
    later = lambda frame, i: frame.assign(published=frame["published"] + i * pd.Timedelta(days=31))
    more = lambda frame, i: frame.assign(
        date=frame["date"].str.replace(r"^\d{4}", lambda year: str(int(year[0]) + i), regex=True),
        counted_by=frame["counted_by"] + " of a long name",
        series="",
    )
    tables = grown(
        10,
        "pages",
        sources=later,
        troops=lambda frame, i: frame.assign(count=frame["count"] + 70 * i),
        record=more,
    )
    for draw in FIGURES:
        plate = draw.whole(tables)
        assert "earlier numbers of the record are left out" in plate.caption
        for canvas in CANVASES:
            assert not [
                text
                for box, text in texts(plate, canvas)
                if box.left < -1 or box.right > canvas.width - 4
            ]
        assert fits(plate) and all(size(plate, canvas.name)[1] < 6000 for canvas in CANVASES)


@pytest.mark.parametrize("draw", [_eras.draw, _descent.draw])
def test_one_number_is_enough(draw):
    """A drawing that needs a second era, a line or a plan."""
    one = numbers(book(), "syria")
    one = one[one["row"] == "rec-0022"].reset_index(drop=True)
    assert draw([one], [], "A finding", "Syria").to_dict()["layer"]


def test_kept_are_the_latest():
    """A fold that drops an article, or a later number for an earlier one."""
    found = numbers(book(), "iraq")
    many = (
        pd.concat(
            [
                found.assign(row=found["row"] + f"-{i}", x0=found["x0"] + i * pd.Timedelta(days=1))
                for i in range(3)
            ]
        )
        .sort_values("x0")
        .reset_index(drop=True)
    )
    left = many.drop(index=kept(many).index)
    assert (
        set(left["tier"]) == {"context"}
        and left["x0"].max() <= kept(many).query("tier == 'context'")["x0"].min()
    )
