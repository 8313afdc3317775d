"""Against the record: each claim beside the fact it was compared with, and the days that two capitals describe in their own words."""

from html import escape

import pandas as pd

from explainer.charts._said import when
from explainer.charts.against import NONE, compared
from explainer.data.rows import Row, rows
from explainer.data.tables import Tables
from explainer.pages.figure import proof_link
from explainer.pages.prose import Shown, verbatim, markers
from explainer.words import record, truncate
from explainer.words.formats import number

DAYS = (
    ("2024-01-25", "2024-01-25"),
    ("2024-08-14", "2024-08-15"),
    ("2024-09-27", "2024-09-27"),
)  # on which both capitals described one event
_SIDES = {
    "both": "Together",
    "us": "Washington",
    "iraq": "Baghdad",
}  # of the record; the articles' statements say `joint`
_STATED = "statement"  # the measure of a fact that is somebody's word on the event
_MOST = 40  # comparisons of one finding of one article that are listed


def claims(tables: Tables) -> Shown:
    """Return every comparison, by article and finding. Articles are folded, each under its tally, and in them once more what found nothing."""
    shown, held = truncate.latest(tables), rows(tables)
    frame, facts = compared(shown), record.facts(tables).set_index("id")
    names = tables.labels("comparisons", "verdict")
    parts = [_article(tables, part, names, facts, held) for _, part in frame.groupby("at")]
    listed = sum(min(len(part), _MOST) for _, part in frame.groupby(["at", "verdict"]))
    return Shown(
        "".join(parts)
        + truncate.told(
            listed,
            len(tables.comparisons),
            "comparisons, of the latest articles,",
            "../data/comparisons.csv",
        ),
        f"{len(frame)} comparisons",
    )


def _article(
    tables: Tables,
    part: pd.DataFrame,
    names: dict[str, str],
    facts: pd.DataFrame,
    held: dict[str, Row],
) -> str:
    first = part.iloc[0]
    groups = "".join(
        _group(tables, part[part["verdict"] == code], code, name, facts, held)
        for code, name in names.items()
    )
    tally = ", ".join(
        f"{number(n)} {name}"
        for code, name in names.items()
        if (n := int((part["verdict"] == code).sum()))
    )
    return (
        f'<details class="compared" id="against-{escape(first["source_id"], quote=True)}"><summary><h3>{escape(first["article"])} <small>{escape(first["day"])}</small></h3>'
        f'<small>{escape(tally)}</small></summary><p class="note">{proof_link(tables, first["source_id"], "All rows of this article")}</p>{groups}</details>'
    )


def _group(
    tables: Tables,
    part: pd.DataFrame,
    code: str,
    name: str,
    facts: pd.DataFrame,
    held: dict[str, Row],
) -> str:
    if part.empty:
        return ""
    items = "".join(_claim(tables, row, facts, held) for row in part.head(_MOST).itertuples())
    return (
        f"<details{' open' * (code not in NONE)}><summary>{escape(name[0].upper() + name[1:])} <small>{number(len(part))}</small></summary>"
        f'<ul class="rows">{items}</ul></details>'
    )


def _claim(tables: Tables, row, facts: pd.DataFrame, held: dict[str, Row]) -> str:
    """Return what each says, the article's exact words, the fact with its page and place, and what has to be borne in mind."""
    note = f'<p class="note">{escape(row.note)}</p>' if row.note else ""
    return (
        f'<li>{escape(row.says)}<p class="side article">{verbatim(row.evidence)} {markers(tables, [held[row.row]])}</p>'
        f'{_fact(tables, facts.loc[row.fact], held[row.fact]) if row.fact else ""}{note}<p class="where">{proof_link(tables, row.id, row.id)}</p></li>'
    )


def _fact(tables: Tables, fact: pd.Series, row: Row) -> str:
    where = f"{fact['outlet']}, {fact['published']}: {fact['kind']}. {record.proof(fact)}"
    return f'<p class="side context">{markers(tables, [row])} {escape(row.says)} <small>{escape(where)}</small></p>'


def days(tables: Tables) -> Shown:
    """Return the days of `DAYS`, each with what the record and the articles have of Washington, of Baghdad and of both."""
    return Shown("".join(_day(tables, first, last) for first, last in DAYS), f"{len(DAYS)} days")


def stated(tables: Tables, first: str, last: str) -> pd.DataFrame:
    """Return the facts of a day that are somebody's word on its event, with `claim`, the row of an article that says the same, else "".

    Of several such claims the one that the record supports is taken, and of those the first; it has to be of the same side.
    """
    facts = record.facts(tables)
    facts = facts[
        facts["date"].between(first, last)
        & facts["side"].isin(list(_SIDES))
        & (facts["measure"].eq(_STATED) | facts["side"].eq("both"))
    ]
    spoken = tables.statements.set_index("id")["side"].astype(str).replace("joint", "both")
    pairs = tables.comparisons.sort_values(["verdict", "id"], kind="stable")
    sides = tables.record.set_index("id")["side"].astype(str)
    said_on = pairs["row"].map(tables.statements.set_index("id")["date"]).fillna("")
    pairs = pairs[said_on.between(first, last)]
    pairs = pairs[pairs["row"].map(spoken).eq(pairs["fact"].map(sides))].drop_duplicates("fact")
    return facts.assign(claim=facts["id"].map(pairs.set_index("fact")["row"]).fillna(""))


def _day(tables: Tables, first: str, last: str) -> str:
    frame, held = stated(tables, first, last), rows(tables)
    columns = "".join(
        _side(tables, frame[frame["side"] == side], side, name, held)
        for side, name in _SIDES.items()
        if side != "both" or frame["side"].eq(side).any()
    )
    return f'<section class="day"><h3>{escape(when(first, "day" if last == first else "between", last))}</h3><div class="sides">{columns}</div></section>'


def _side(tables: Tables, part: pd.DataFrame, side: str, name: str, held: dict[str, Row]) -> str:
    items = "".join(_words(tables, row, held) for row in part.itertuples())
    none = (
        ""
        if items
        else f'<p class="note">No statement of {name} of this day is among the pages seen, or in the articles.</p>'
    )
    return f'<div class="{side}"><h4>{name}</h4>{f"<ul>{items}</ul>" if items else none}</div>'


def _words(tables: Tables, row, held: dict[str, Row]) -> str:
    """Return a fact and, over it, the article's exact words for the same: filled for the article, hollow for the record."""
    claim, names = held.get(row.claim), tables.people.set_index("person_id")["name"]
    speakers = tables.statements.set_index("id")["person_id"].map(names)
    said = (
        (
            f'<li class="article">{verbatim(claim.words)} <small>{escape(speakers[claim.id])}</small> '
            f"{markers(tables, [claim])}</li>"
        )
        if claim
        else ""
    )
    copy = " A copy." if "copy" in row.kind or "(copy: " in row.outlet else ""
    return f'{said}<li class="context">{escape(row.what)} <small>{escape(row.when)}, {escape(row.counted_by)}.{copy}</small> {markers(tables, [held[row.id]])}</li>'
