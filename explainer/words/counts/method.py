"""Counts of how the book was made: proven rows, agreement of the readings, rules, damage that
the check refused.
"""

from collections.abc import Callable
from typing import Any

import pandas as pd

from explainer.check.reading import WORDS, agreement
from explainer.check.rules.quoting import SHARE, returned
from explainer.check.run import STAGES
from explainer.data.evidence import W, parse
from explainer.data.reads import remembered
from explainer.data.rows import book_rows, rows
from explainer.data.tables import Tables, field
from explainer.paths import DATA
from explainer.words.counts import Number, counted
from explainer.words.formats import number


@counted
def proven_rows(tables: Tables) -> Number:
    held = [row for row in rows(tables).values() if row.proven]
    return Number(number(len(held)), (), "rows of all tables that carry exact words of a report.")


@counted
def rows_read(tables: Tables) -> Number:
    return _read(
        tables, ("blind", "review"), "", "facts that were put into categories a second time"
    )


@counted
def rows_by_two(tables: Tables) -> Number:
    return _read(
        tables,
        ("blind",),
        "two readers",
        "facts that the two readers of the first version put into categories",
    )


@counted
def rows_read_blind(tables: Tables) -> Number:
    return _read(
        tables,
        ("blind",),
        "a language model",
        "facts that a language model put into categories without seeing our categories",
    )


def _read(tables: Tables, kinds: tuple[str, ...], reader: str, what: str) -> Number:
    known = tables.readings[tables.readings["kind"].isin(kinds)]
    rows = known.loc[known["reader"].str.startswith(reader), "row"]
    return Number(number(rows.nunique()), (), f"{what}: readings.csv.")


@counted
def sentences_read(tables: Tables) -> Number:
    return _told(tables, charts=False)


@counted
def charts_read(tables: Tables) -> Number:
    return _told(tables, charts=True)


def _told(tables: Tables, charts: bool) -> Number:
    read = tables.readings[tables.readings["kind"] == WORDS]
    drawn = ~read["row"].str.contains("/") & (read["row"] != "index")
    what = "charts" if charts else "sentences and headings"
    kept = read.loc[drawn == charts, "digest"].nunique()
    return Number(number(kept), (), f"{what} that were checked against their proofs: readings.csv.")


@counted
def corrections_made(tables: Tables) -> Number:
    return Number(number(len(tables.corrections)), (), "corrections so far: corrections.csv.")


@counted
def agreement_on_position(tables: Tables) -> Number:
    return _agreement(tables, "statements", "position")


@counted
def kappa_on_position(tables: Tables) -> Number:
    row = _agreed(tables, "statements", "position")
    return Number(
        f"{row['kappa']:.2f}",
        (),
        f"Cohen’s kappa of the two readings: row {row['id']} of agreement.csv.",
    )


@counted
def kappa_lowest(tables: Tables) -> Number:
    row = tables.agreement.dropna(subset="kappa").sort_values(["kappa", "id"]).iloc[0]
    return Number(
        f"{row['kappa']:.2f}",
        (),
        f"the lowest kappa of any column, {_column(tables, row['table'], row['column'])}: row"
        f" {row['id']} of agreement.csv.",
    )


@counted
def statements_in_both(tables: Tables) -> Number:
    row = _agreed(tables, "statements", "rows")
    return Number(
        f"{row['both']} of {row['first']}",
        (),
        f"statements of the first reading that the second has too: row {row['id']} of"
        " agreement.csv.",
    )


def _column(tables: Tables, table: str, column: str) -> str:
    return f"“{field(tables.schema(table), column)['title']}” ({tables.schema(table)['title']})"


def _agreed(tables: Tables, table: str, column: str) -> Any:
    rows = tables.agreement
    return rows[(rows["table"] == table) & (rows["column"] == column)].iloc[0]


def _agreement(tables: Tables, table: str, column: str) -> Number:
    row = _agreed(tables, table, column)
    return Number(
        f"{round(100 * row['agreed'] / row['both'])}%",
        (),
        "share of the statements in both readings that were given the same position: row"
        f" {row['id']} of agreement.csv.",
    )


@counted
def blind_rows(tables: Tables) -> Number:
    return Number(
        number(tables.answers["row"].nunique()), (), "rows that were read blind: answers.csv."
    )


@counted
def blind_cells(tables: Tables) -> Number:
    return Number(
        number(len(tables.answers)),
        (),
        "answers given in the blind reading, one for each column of a row: answers.csv.",
    )


@counted
def blind_unlike_rows(tables: Tables) -> Number:
    return Number(
        number(_unlike(tables)["row"].nunique()),
        (),
        "rows in which the answer of the blind reading differed from ours: answers.csv.",
    )


@counted
def blind_corrected(tables: Tables) -> Number:
    changed = _unlike(tables)[[not _holds(tables, a) for a in _unlike(tables).itertuples()]]
    return Number(
        number(changed["row"].nunique()),
        (),
        "rows corrected because the answer of the blind reading differed from ours.",
    )


@counted
def blind_kappa_position(tables: Tables) -> Number:
    return _blind_kappa(tables, "statements.position")


@counted
def blind_kappa_topic(tables: Tables) -> Number:
    return _blind_kappa(tables, "statements.topic")


@counted
def blind_kappa_lowest(tables: Tables) -> Number:
    kappas = _blind_kappas(tables)
    return _blind_kappa(tables, min(kappas, key=lambda column: kappas[column]))


def _blind_kappa(tables: Tables, column: str) -> Number:
    kappa = _blind_kappas(tables)[column]
    name = _column(tables, *column.split("."))
    return Number(f"{kappa:.2f}", (), f"Cohen’s kappa of the blind reading for {name}.")


def _blind_kappas(tables: Tables) -> dict[str, float]:
    answers = tables.answers.astype(str).to_dict("records")
    return {f"{table}.{column}": kappa for table, column, _, _, kappa in agreement(answers)}


def _unlike(tables: Tables) -> pd.DataFrame:
    return tables.answers[tables.answers["code"] != tables.answers["held"]]


def _holds(tables: Tables, answer: Any) -> bool:
    """Tell whether a row stands, and still has in the column what the reader did not find."""
    frame = getattr(tables, answer.table)
    cells = frame.loc[frame[frame.columns[0]] == answer.row, answer.column]
    return any(("" if pd.isna(cell) else str(cell)) == answer.held for cell in cells)


@counted
def damage_tried(tables: Tables) -> Number:
    return Number(
        number(int(tables.corruption["tried"].sum())),
        (),
        "errors planted to test our checking program.",
    )


@counted
def damage_caught(tables: Tables) -> Number:
    share = 100 * tables.corruption["caught"].sum() / tables.corruption["tried"].sum()
    return Number(f"{share:.0f}%", (), "share of the planted errors that the check found.")


@counted
def rules(tables: Tables) -> Number:
    return Number(number(sum(map(len, STAGES))), (), "rules in our checking program.")


@counted
def quoted_words_least(tables: Tables) -> Number:
    return _quoted(0, min, "words")


@counted
def quoted_words_most(tables: Tables) -> Number:
    return _quoted(0, max, "words")


@counted
def quoted_runs_least(tables: Tables) -> Number:
    return _quoted(1, min, f"sequences of {W} words")


@counted
def quoted_runs_most(tables: Tables) -> Number:
    return _quoted(1, max, f"sequences of {W} words")


@counted
def quoted_bound(tables: Tables) -> Number:
    return Number(f"{SHARE:.0%}", (), "the largest share of a report’s words that may be quoted.")


def _quoted(measure: int, pick: Callable[..., float], what: str) -> Number:
    share = pick(shares[measure] for shares in _shares())
    which = "smallest" if pick is min else "largest"
    return Number(
        f"{round(100 * share)}%",
        (),
        f"the {which} share of a report’s {what} that we quote, corrected rows included.",
    )


@remembered
def _shares() -> list[tuple[float, float]]:
    """Return for each article the share of its words and of its distinct shingles that evidence
    gives back.
    """
    pieces: dict[str, list[str]] = {}
    for row in book_rows().values():
        if row.proven:
            pieces.setdefault(row.source_id, []).append(row.words)
    shares = []
    for source, held in pieces.items():
        file = DATA / "fingerprints" / f"{source}.txt"
        known = parse(file.read_text(encoding="utf-8"))
        found, count = returned(held)
        shares.append((count / known.words, len(found & known.hashes) / len(known.hashes)))
    return shares
