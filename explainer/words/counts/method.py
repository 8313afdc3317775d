"""Counts of how the book was made: proven rows, readings' agreement, rules, damage refused."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pandas as pd

from explainer.check.reading import WORDS, agreement
from explainer.check.rules.quoting import SHARE, returned
from explainer.check.run import STAGES
from explainer.data.evidence import W, parse
from explainer.data.rows import book_rows, rows
from explainer.data.tables import Tables, field
from explainer.data.tracking import remembered
from explainer.paths import DATA
from explainer.words.counts import Count, Number
from explainer.words.formats import number


def _plain(count: int, how: str) -> Number:
    return Number(number(count), (), how)


def _read(tables: Tables, what: str, reader: str, kinds: tuple[str, ...] = ("blind",)) -> Number:
    known = tables.readings[tables.readings["kind"].isin(kinds)]
    rows = known.loc[known["reader"].str.startswith(reader), "row"]
    return _plain(rows.nunique(), f"facts that {what}: readings.csv.")


def _silences(tables: Tables) -> Number:
    silent = tables.disagreements.loc[tables.disagreements["stance"] == "silent", "id"]
    blind = tables.readings["reader"] == "a language model, blind"
    how = "rows that say that a report is silent, and were read blind: readings.csv."
    return _plain(int(silent.isin(tables.readings.loc[blind, "row"]).sum()), how)


def _told(tables: Tables, charts: bool, what: str) -> Number:
    read = tables.readings[tables.readings["kind"] == WORDS]
    read = read[~read["row"].str.startswith("whole/")]  # a file's: its sentences are counted
    drawn = ~read["row"].str.contains("/") & (read["row"] != "index")
    kept = read.loc[drawn == charts, "digest"].nunique()
    return _plain(kept, f"{what} that were checked against the rows that they cite: readings.csv.")


def _column(tables: Tables, table: str, column: str) -> str:
    return f"“{field(tables.schema(table), column)['title']}” ({tables.schema(table)['title']})"


def _agreed(tables: Tables, column: str) -> Any:
    rows = tables.agreement
    return rows[(rows["table"] == "statements") & (rows["column"] == column)].iloc[0]


def _of_agreement(text: str, how: str, row: Any) -> Number:
    return Number(text, (), f"{how}: row {row['id']} of agreement.csv.")


def _agreement(tables: Tables) -> Number:
    row = _agreed(tables, "position")
    share = f"{round(100 * row['agreed'] / row['both'])}%"
    how = "share of the statements in both readings that were given the same position"
    return _of_agreement(share, how, row)


def _kappa(tables: Tables) -> Number:
    row = _agreed(tables, "position")
    return _of_agreement(f"{row['kappa']:.2f}", "Cohen’s kappa of the two readings", row)


def _kappa_lowest(tables: Tables) -> Number:
    row = tables.agreement.dropna(subset="kappa").sort_values(["kappa", "id"]).iloc[0]
    how = f"the lowest kappa of any column, {_column(tables, row['table'], row['column'])}"
    return _of_agreement(f"{row['kappa']:.2f}", how, row)


def _in_both(tables: Tables) -> Number:
    row = _agreed(tables, "rows")
    how = "statements of the first reading that the second has too"
    return _of_agreement(f"{row['both']} of {row['first']}", how, row)


def _blind_corrected(tables: Tables) -> Number:
    changed = _unlike(tables)[[not _holds(tables, a) for a in _unlike(tables).itertuples()]]
    how = "rows corrected because the answer of the blind reading differed from ours."
    return _plain(changed["row"].nunique(), how)


def _unlike(tables: Tables) -> pd.DataFrame:
    return tables.answers[tables.answers["code"] != tables.answers["held"]]


def _holds(tables: Tables, answer: Any) -> bool:
    """Tell whether a row stands, and still has in the column what the reader did not find."""
    frame = getattr(tables, answer.table)
    cells = frame.loc[frame[frame.columns[0]] == answer.row, answer.column]
    return any(("" if pd.isna(cell) else str(cell)) == answer.held for cell in cells)


def _blind_kappa(tables: Tables, column: str = "") -> Number:
    """Return the kappa of the blind reading for `table.column`, by default the lowest of all."""
    answers = tables.answers.astype(str).to_dict("records")
    kappas = {f"{table}.{column}": kappa for table, column, _, _, kappa in agreement(answers)}
    column = column or min(kappas, key=lambda name: kappas[name])
    name = _column(tables, *column.split("."))
    return Number(f"{kappas[column]:.2f}", (), f"Cohen’s kappa of the blind reading for {name}.")


def _quoted(tables: Tables, measure: int, pick: Callable[..., float]) -> Number:
    share = pick(shares[measure] for shares in _shares())
    which = "smallest" if pick is min else "largest"
    what = ("words", f"sequences of {W} words")[measure]
    how = f"the {which} share of a report’s {what} that we quote, corrected rows included."
    return Number(f"{round(100 * share)}%", (), how)


@remembered
def _shares() -> list[tuple[float, float]]:
    """Return the share of each article's words, and of its shingles, that evidence gives back."""
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


_AGAIN = "were put into categories a second time"
_BY_TWO = "the two readers of the first version put into categories"
_BY_MODEL = "a language model put into categories without seeing our categories"
COUNTS: dict[str, Count] = {
    "proven_rows": lambda tables: _plain(
        sum(row.proven for row in rows(tables).values()),
        "rows of all tables that carry exact words of a report.",
    ),
    "rows_read": partial(_read, what=_AGAIN, reader="", kinds=("blind", "review")),
    "rows_by_two": partial(_read, what=_BY_TWO, reader="two readers"),
    "rows_read_blind": partial(_read, what=_BY_MODEL, reader="a language model"),
    "sentences_read": partial(_told, charts=False, what="sentences and headings"),
    "charts_read": partial(_told, charts=True, what="charts"),
    "corrections_made": lambda tables: _plain(
        len(tables.corrections), "corrections so far: corrections.csv."
    ),
    "agreement_on_position": _agreement,
    "kappa_on_position": _kappa,
    "kappa_lowest": _kappa_lowest,
    "statements_in_both": _in_both,
    "silences_read": _silences,
    "blind_rows": lambda tables: _plain(
        tables.answers["row"].nunique(), "rows that were read blind: answers.csv."
    ),
    "blind_cells": lambda tables: _plain(
        len(tables.answers),
        "answers given in the blind reading, one for each column of a row: answers.csv.",
    ),
    "blind_unlike_rows": lambda tables: _plain(
        _unlike(tables)["row"].nunique(),
        "rows in which the answer of the blind reading differed from ours: answers.csv.",
    ),
    "blind_corrected": _blind_corrected,
    "blind_kappa_position": partial(_blind_kappa, column="statements.position"),
    "blind_kappa_topic": partial(_blind_kappa, column="statements.topic"),
    "blind_kappa_lowest": _blind_kappa,
    "damage_tried": lambda tables: _plain(
        int(tables.corruption["tried"].sum()), "errors planted to test our checking program."
    ),
    "damage_caught": lambda tables: Number(
        f"{100 * tables.corruption['caught'].sum() / tables.corruption['tried'].sum():.0f}%",
        (),
        "share of the planted errors that the check found.",
    ),
    "rules": lambda _: _plain(sum(map(len, STAGES)), "rules in our checking program."),
    "quoted_words_least": partial(_quoted, measure=0, pick=min),
    "quoted_words_most": partial(_quoted, measure=0, pick=max),
    "quoted_runs_least": partial(_quoted, measure=1, pick=min),
    "quoted_runs_most": partial(_quoted, measure=1, pick=max),
    "quoted_bound": lambda _: Number(
        f"{SHARE:.0%}", (), "the largest share of a report’s words that our own rule lets us quote."
    ),
}
