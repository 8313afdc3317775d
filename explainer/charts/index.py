"""The short answer in one picture: the mission got an end date, the troops did not."""

import pandas as pd

from explainer.charts._panels import laid, read_out
from explainer.charts._questions import BANDS, FORCES, GOVERNMENTS, MISSION, NAMES, QUESTIONS, draw
from explainer.charts._said import ends, opening, said
from explainer.charts.figure import Figure, figure
from explainer.data.tables import Tables


@figure
def answer(tables: Tables) -> Figure:
    """Draw what both governments said on the coalition's mission and on US forces, apart."""
    every, statements = said(tables), rows(tables)
    # an end that is given on no known day is given, too
    ours = every["side"].isin(GOVERNMENTS) & every["about"].eq("") & every["first"].isna()
    dated = every[
        every["row"].isin(ends(tables).index) & (ours | every["row"].isin(statements["row"]))
    ]
    finding = _finding(statements, set(dated["concerns"].astype(str)))
    says = [NAMES[row.concerns][row.band] for row in statements.itertuples()]
    says = pd.Series(says, statements.index, dtype=str)
    table = statements.assign(says=says, question=statements["concerns"].map(QUESTIONS))
    terms = " and ".join(statements.loc[statements["due"].notna(), "words"])
    each = table.assign(says=table["says"] + " (" + table["side"] + ")")
    each = laid(each.assign(question=each["question"].str.rstrip("?")), "question", "says")
    columns = {"question": "Question", "when": "When", "side": "Side", "says": "Says"}
    columns |= {"words": "Words", "row": "row"}
    return Figure(
        statements,
        draw,
        finding=finding,
        subtitle=(
            "Each square is one statement in one report, on its day. The bar runs to the latest end"
            " date."
        ),
        caption=(
            f"{len(statements)} statements by Baghdad (government, parliament or its members) and"
            " Washington, each under the question that it answers. A line behind a square: the"
            " period within which the statement was made. The time scale changes after the"
            " vertical line. Not shown:"
            f" {len(every) - len(statements)} other statements (undated or earlier ones,"
            " those by others or on other matters; some are in other charts), and what the"
            " reports say in their own voice."
        ),
        description=(
            f"Two panels of squares over time, a square a statement. {finding.rstrip('.')}."
            f" {read_out(each, 'question', 'says')} Date given: {terms or 'none'}."
        ),
        data=table[list(columns)].rename(columns=columns),
    )


def rows(tables: Tables) -> pd.DataFrame:
    """Return a row for each statement of the two governments on one of the questions.

    `concerns` is the question, `band` what it says of it, `date` its day or the middle of the
    time in which it lies (`first` to `last`), `due` the last day of the term that it sets, if
    it sets one.
    """
    statements, terms = said(tables), ends(tables)["last"]
    here = statements["about"].eq("") & statements["concerns"].isin(QUESTIONS)
    here &= statements["side"].isin(GOVERNMENTS) & statements["first"].ge(opening(tables))
    statements = statements[here].assign(
        concerns=lambda f: f["concerns"].astype(str),
        band=lambda f: f["position"].astype(str).map(BANDS),
        side=lambda f: f["side"].astype(str).map(GOVERNMENTS),
        date=lambda f: f["first"] + (f["last"] - f["first"]) / 2,
        loose=lambda f: f["first"] < f["last"],
        due=lambda f: pd.to_datetime(f["row"].map(dict(terms))),
    )
    order = ["concerns", "band", "loose", "first"]
    columns = ["row", *order, "last", "date", "side", "form", "words", "when", "due"]
    return statements.sort_values(order, kind="stable", ignore_index=True)[columns]


def _finding(rows: pd.DataFrame, dated: set[str]) -> str:
    """Return the answer where the data gives it, else what is said on either question. `dated`
    are the questions of which a statement, also one without a day, sets an end.
    """
    last = rows[rows["first"].eq(rows["first"].max()) & rows["band"].eq("stay")]
    if MISSION in dated and FORCES not in dated and FORCES in set(last["concerns"]):
        return "The mission got an end date. The troops did not."
    ends, all_ = (f.groupby("concerns").size() for f in (rows[rows["band"].eq("end")], rows))
    mission, forces = (f"{ends.get(q, 0)} of {all_.get(q, 0)} statements" for q in QUESTIONS)
    return f"{mission} on the mission say that it ends, {forces} on US forces that they leave"
