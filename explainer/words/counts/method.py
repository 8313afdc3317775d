"""Counts of how the book was made: proven rows, agreement of the readings, rules, damage that the check refused."""

from collections.abc import Callable
from functools import cache

from explainer.check.run import STAGES
from explainer.data.evidence import W, fragments, parse, shingles, words
from explainer.data.rows import rows
from explainer.data.tables import Tables
from explainer.paths import DATA
from explainer.words.counts import Number, counted
from explainer.words.formats import number


@counted
def proven_rows(tables: Tables) -> Number:
    held = [row for row in rows(tables).values() if row.words and row.table != "set_aside"]
    return Number(number(len(held)), (), "Rows of all tables that carry exact words.")


@counted
def corrections_made(tables: Tables) -> Number:
    return Number(number(len(tables.corrections)), (), "Lines of corrections.csv.")


@counted
def agreement_on_position(tables: Tables) -> Number:
    return _agreement(tables, "statements", "position")


@counted
def kappa_on_position(tables: Tables) -> Number:
    row = _agreed(tables, "statements", "position")
    return Number(
        f"{row['kappa']:.2f}",
        (),
        f"Cohen's kappa of the two readings: row {row['id']} of agreement.csv.",
    )


@counted
def kappa_lowest(tables: Tables) -> Number:
    row = tables.agreement.dropna(subset="kappa").sort_values(["kappa", "id"]).iloc[0]
    return Number(
        f"{row['kappa']:.2f}",
        (),
        f"The lowest of all columns, {row['table']}.{row['column']}: row {row['id']} of agreement.csv.",
    )


@counted
def statements_in_both(tables: Tables) -> Number:
    row = _agreed(tables, "statements", "rows")
    return Number(
        f"{row['both']} of {row['first']}",
        (),
        f"Statements of the first reading that the second has too: row {row['id']} of agreement.csv.",
    )


def _agreed(tables: Tables, table: str, column: str):
    rows = tables.agreement
    return rows[(rows["table"] == table) & (rows["column"] == column)].iloc[0]


def _agreement(tables: Tables, table: str, column: str) -> Number:
    row = _agreed(tables, table, column)
    return Number(
        f"{round(100 * row['agreed'] / row['both'])}%",
        (),
        f"Share of rows in both readings with the same code: row {row['id']} of agreement.csv.",
    )


@counted
def damage_tried(tables: Tables) -> Number:
    return Number(
        number(int(tables.corruption["tried"].sum())),
        (),
        "Damaged cells and rows that the check was shown.",
    )


@counted
def damage_caught(tables: Tables) -> Number:
    share = 100 * tables.corruption["caught"].sum() / tables.corruption["tried"].sum()
    return Number(f"{share:.0f}%", (), "Share of them that the check refused.")


@counted
def rules(tables: Tables) -> Number:
    return Number(number(sum(map(len, STAGES))), (), "Rules of the check, one function each.")


@counted
def quoted_least(tables: Tables) -> Number:
    return _quoted(tables, min, "fewest")


@counted
def quoted_most(tables: Tables) -> Number:
    return _quoted(tables, max, "most")


def _quoted(tables: Tables, pick: Callable, which: str) -> Number:
    return Number(
        f"{round(100 * pick(_shares(tables)))}%",
        (),
        f"Share of an article's runs of {W} words that stand in evidence; of the article with the {which}.",
    )


@cache
def _shares(tables: Tables) -> list[float]:
    """Return, article by article, the share of its distinct shingles that stand in evidence, all tables together."""
    quoted: dict[str, set[str]] = {source: set() for source in tables.sources["source_id"]}
    for row in rows(tables).values():
        quoted.get(row.source_id, set()).update(
            s for f in fragments(row.words) for s in shingles(words(f))
        )
    files = {
        s: parse((DATA / "fingerprints" / f"{s}.txt").read_text(encoding="utf-8")).hashes
        for s in quoted
    }
    return [len(files[source] & found) / len(files[source]) for source, found in quoted.items()]
