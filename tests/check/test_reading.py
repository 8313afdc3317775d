"""The second reading: blind, stopped and gone on with, signed where it agrees; a row that changed since is refused."""

import io
from dataclasses import replace
from pathlib import Path

import pytest
from repository import INVENTED

from explainer.__main__ import main
from explainer.check import reading, run
from explainer.data.dataset import Record

DAY = "2031-04-02"


def typed(data, row):
    """Return what a reader types who fills each column as the row has it."""
    return [
        reading.LETTERS[list(possible).index(row[column["name"]])]
        if row[column["name"]] in (possible := reading.choices(data, row, column))
        else row[column["name"]]
        for column in reading.asked(data, row.table)
    ]


def read(folder: Path, answers: list[str], article: str = "") -> list[str]:
    """Read with a keyboard that types these answers; return what was shown."""
    data, shown = run.load(folder, INVENTED)[0], []
    keys = iter(answers)
    reading.session(
        data, folder, "Ann, a student", DAY, article, lambda prompt: next(keys, "q"), shown.append
    )
    return shown


def test_a_blind_reading_signs_what_agrees(invented):
    """A reading that shows the codes, signs what differs, loses its place, or reads a row twice."""
    data = run.load(invented)[0]
    first, second = data.live("people")[:2]
    kinds = [c["code"] for c in data.codes("people", "kind")]
    wrong = ["?", "zz", *typed(data, second)]
    wrong[2 + [f["name"] for f in reading.asked(data, "people")].index("kind")] = reading.LETTERS[
        (kinds.index(second["kind"]) + 1) % len(kinds)
    ]
    shown = read(invented, [*typed(data, first), *wrong])
    text = "\n".join(shown)
    assert "The Courier later reported that" in text and f"to settle: {second.key}, kind" in text
    assert "1 rows signed" in text and "people.kind: 1 of 2 alike" in text
    after = run.load(invented)[0]
    assert [(r["row"], r["kind"], r["reader"], r["digest"]) for r in after.tables["readings"]] == [
        (first.key, "blind", "Ann, a student", first.digest)
    ]
    again = "\n".join(read(invented, []))
    assert data.live("people")[2]["evidence"] in again and first["evidence"] not in again
    assert run.run(invented) == []


def test_a_blind_reader_fills_what_only_a_reader_can(invented):
    """A speaker, an event or a position that nobody reads again; words that give the answer away;
    an event without the words that tell of it; two facts in the same words that look alike.
    """
    data = run.load(invented, INVENTED)[0]
    for table, columns in {
        "statements": {"position", "event_id", "person_id", "via_person_id"},
        "mentions": {"event_id"},
        "links": {"relation", "from_event", "to_event"},
        "disagreements": {"stance", "says"},
        "people": {"kind", "side"},
        "troops": {"count", "place"},
    }.items():
        assert columns <= {f["name"] for f in reading.asked(data, table)}
    for row in data.live("disagreements"):
        shown = reading.context(data, row)
        assert not row["evidence"] or row["evidence"] not in shown
        says = next(f for f in reading.asked(data, row.table) if f["name"] == "says")
        assert row["stance"] == "silent" or row["says"] in reading.choices(data, row, says)
    for mention in data.live("mentions"):
        event = next(e for e in data.live("events") if e.key == mention["event_id"])
        assert f"“{mention['evidence']}”" in reading.context(data, event)
    for table in ("troops", "attacks", "statements", "wording"):
        shown = [(r["source_id"], reading.context(data, r)) for r in data.live(table)]
        assert len(set(shown)) == len(shown)


def test_a_row_that_changed_after_it_was_read_is_refused(invented, capsys):
    """A cell with meaning, changed by hand or by accident after the second reading."""
    assert (
        main(
            [
                "read",
                "--data",
                str(invented),
                "--reader",
                "Ann",
                "--already-read",
                "all",
                "--date",
                DAY,
            ]
        )
        == 0
    )
    assert main(["check", "--data", str(invented)]) == 0
    assert reading.unsigned(run.load(invented)[0]) == []
    path = invented / "statements.csv"
    path.write_text(
        path.read_text().replace(
            ",domestic,other,none,any request", ",violence,other,none,any request"
        )
    )
    said = [str(p) for p in run.run(invented)]
    assert said and "is not as Ann read it on 2031-04-02" in said[0]
    path.write_text(
        path.read_text().replace(
            ",violence,other,none,any request to leave,We are not aware of any request to leave,",
            ",domestic,other,none,any request to leave,We are not aware of any request to leave,A note.",
        )
    )
    assert run.run(invented) == []
    (invented / "ids.txt").write_text("stm-9999")
    assert (
        main(
            [
                "read",
                "--data",
                str(invented),
                "--reader",
                "Ann",
                "--already-read",
                str(invented / "ids.txt"),
            ]
        )
        == 1
    )
    assert "is no row that is read" in capsys.readouterr().err


def test_a_whole_row_that_was_read_keeps_its_note_and_its_place(invented, capsys):
    """A note turned round, or a row taken out, after somebody had read it with all its words."""
    whole = ["--kind", "whole", "--already-read", "all", "--date", DAY]
    assert main(["read", "--data", str(invented), "--reader", "Ann", *whole]) == 0
    assert main(["check", "--data", str(invented)]) == 0
    assert reading.unsigned(run.load(invented)[0]), "its codes were read by nobody"
    data, _ = run.load(invented)
    for table in (t for t in reading.EVERY if data.live(t)):
        row = data.live(table)[0]
        column = "note" if "note" in row else next(iter(row))
        changed = Record(dict(row) | {column: "Other words."}, table, row.file, row.line)
        others = [other for other in data.tables[table] if other is not row]
        for rows in ([changed, *others], others):
            found = reading.signed(replace(data, tables=data.tables | {table: rows}))
            assert [p for p in found if "read" in p.message], table


@pytest.mark.parametrize(
    ("pairs", "value"),
    [
        ([("a", "a")] * 5, 1.0),
        ([("a", "a"), ("b", "b")], 1.0),
        ([("a", "a"), ("a", "b"), ("b", "a"), ("b", "b")], 0.0),
        ([("a", "b"), ("b", "a")], -1.0),
        ([("a", "a")] * 20 + [("a", "b")] * 5 + [("b", "a")] * 10 + [("b", "b")] * 15, 0.4),
    ],
)
def test_kappa(pairs, value):
    """An agreement that chance alone would give, counted as one; the last are Cohen's usual example."""
    assert reading.kappa(pairs) == pytest.approx(value)


def test_a_draft_is_told(invented, capsys):
    """Rows that nobody read again, published as if somebody had."""
    assert main(["check", "--data", str(invented)]) == 0
    assert "rows or sentences were read by nobody else: a draft" in capsys.readouterr().out


def test_a_reading_of_a_day_to_come_is_refused(invented):
    """A mark that was set before anybody had read, unseen; one of the day of the last article, refused."""
    review = ["--kind", "review", "--already-read", "all", "--date", DAY]
    assert main(["read", "--data", str(invented), "--reader", "Ann", *review]) == 0
    assert run.run(invented) == []
    path = invented / "readings.csv"
    path.write_text(path.read_text().replace("Ann", "Bea", 1))
    assert ["changed by hand" in p.message for p in run.run(invented)] == [True]
    path.write_text(path.read_text().replace(DAY, "2031-04-03", 1))
    assert "has not come yet" in [p.message for p in run.run(invented)]


def test_the_end_of_input_stops_as_q_does(invented, monkeypatch, capsys):
    """A traceback, and the answers of before lost."""
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    command = ["read", "--reader", "Ann", "--data", str(invented)]
    assert main([*command, "--kind", "blind"]) == 0
    assert "the input has ended" in capsys.readouterr().out
