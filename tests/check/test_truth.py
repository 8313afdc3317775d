"""What a curator may truthfully write: rows that a rule must let pass, and their neighbours that it must not."""

from dataclasses import replace

import pytest

from explainer.check.rules import cells, keys, voices, wordings
from explainer.data.dataset import Record


@pytest.fixture
def refused(book):
    """Return a function: what a rule says of the book with rows added that differ from its own."""

    def problems(rule, *rows):
        tables = dict(book.data.tables)
        for table, key, new in rows:
            old = next((r for r in tables[table] if r.key == key), tables[table][0])
            row = Record({**old, **new}, table, f"{table}.csv", 99)
            tables[table] = [*tables[table], row]
        data = replace(book.data, tables=tables)
        return [problem.message for problem in rule(data) if problem.line == 99]

    return problems


def test_a_second_number_has_a_reason(refused):
    """'2,500 stayed' and '2,500 still serve', of which one has to go."""
    again = {"id": "trp-0099", "count": "900"}
    assert refused(keys.dependencies, ("troops", "trp-0003", again))
    assert not refused(
        keys.dependencies, ("troops", "trp-0003", again | {"note": "Of the year before."})
    )


@pytest.mark.parametrize(
    ("role", "fits"),
    [
        ("a senior Roe administration official", True),
        ("a senior Roe administration official, briefing on condition of anonymity", True),
        ("senior defense official Jane Roe", False),
        ("Roe", False),
    ],
)
def test_an_official_of_somebody_is_somebody_else(refused, role, fits):
    """'A senior Biden administration official' as Joe Biden himself."""
    row = {"id": "stm-0099", "person_id": "pentagon", "role_as_written": role}
    said = refused(voices.roles, ("statements", "stm-0002", row))
    assert bool(said) is not fits


def test_the_us_speaks_with_and_without_its_dots(refused):
    """'The U.S. announced' as somebody who is named nowhere."""
    person = {"person_id": "us-government", "named_as": "The US", "kind": "office"}
    row = {"id": "stm-0099", "person_id": "us-government", "role_as_written": "The U.S."}
    rows = ("people", "pentagon", person), ("statements", "stm-0002", row)
    assert not refused(voices.roles, *rows)


def test_a_duration_is_set_aside_as_one(refused):
    """'A two-decade-long presence', for which every reason is false; and a reason that fits all."""
    aside = {"id": "set-0099", "reason": "background"}
    rows = (("set_aside", "", aside | {"text": t}) for t in ("two-decade-long presence", "two men"))
    assert [bool(refused(cells.conditions, row)) for row in rows] == [False, True]


@pytest.mark.parametrize(
    ("says", "fits"), [("Spokeswoman Roe", True), ("1,200", True), ("it will leave", False)]
)
def test_a_negation_turns_no_title_and_no_number(book, monkeypatch, says, fits):
    """A note on 'without' beside a title or a number, which mean the same with and without it."""
    monkeypatch.setattr(wordings, "around", lambda run, known: "!")
    old = book.data.tables["disagreements"][0]
    evidence = {
        "Spokeswoman Roe": "said Pentagon spokeswoman Jane Roe",
        "1,200": "The US keeps 1,200 troops",
        "it will leave": "the coalition is to go",
    }[says]
    source = {"1,200": "herald-2031-04"}.get(says, "gazette-2031-03")
    cells = {"source_id": source, "stance": "says", "says": says, "evidence": evidence}
    row = Record({**old, **cells}, "disagreements", "disagreements.csv", 99)
    data = replace(book.data, tables=book.data.tables | {"disagreements": [row]})
    said = [p.message for p in wordings.polarity(data) if p.line == 99]
    assert bool(said) is not fits


def test_a_part_that_leaves_has_a_position_and_others_violence_a_kind():
    """'Leave some bases' as forces that leave; an attack of others on others as a war."""
    from explainer.check.matching import supported
    from explainer.check.run import load
    from explainer.paths import DATA

    data, _ = load(DATA)
    positions = data.codes("statements", "position")
    for words in ("will leave some longstanding bases", "a partial withdrawal", "the drawdown"):
        assert "transition" in supported(words, positions)
    assert "other_violence" in {code["code"] for code in data.codes("events", "kind")}
