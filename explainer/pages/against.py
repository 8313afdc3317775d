"""Against the record: claims beside facts, and the days that two capitals describe."""

from typing import Any

import pandas as pd

from explainer.charts.against import NONE, compared
from explainer.data.rows import rows
from explainer.data.tables import Tables
from explainer.pages.prose import Shown, source_links
from explainer.pages.templates import render
from explainer.words import record, truncate
from explainer.words.formats import when

# on which both capitals described one event
DAYS = (("2024-01-25", "2024-01-25"), ("2024-08-14", "2024-08-15"), ("2024-09-27", "2024-09-27"))
# of the record; the articles' statements say `joint`
_SIDES = {"both": "Together", "us": "Washington", "iraq": "Baghdad"}
_STATED = "statement"  # the measure of a fact that is somebody's word on the event


def claims(tables: Tables) -> Shown:
    """Return every comparison, by article and finding, the latest articles first cut. Articles are
    folded, each under its tally, and in them once more what found nothing.
    """
    drawn = truncate.latest(tables)
    frame, names = compared(drawn), tables.labels("comparisons", "verdict")
    facts = record.facts(tables).set_index("id")
    html = render(
        "against_claims.html",
        tables,
        articles=[_article(part, names) for _, part in frame.groupby("at")],
        facts=facts[facts.index.isin(frame["fact"])].to_dict("index"),
        drawn=drawn,
        **_shared(tables),
    )
    return Shown(html, f"{len(frame)} comparisons")


def _shared(tables: Tables) -> dict[str, Any]:
    """Return what the templates of this page call: rows by id, and the links to their words."""
    return {"held": rows(tables), "source_links": lambda held: source_links(tables, held)}


def _article(part: pd.DataFrame, names: dict[str, str]) -> dict[str, Any]:
    findings = [
        {"name": name, "open": code not in NONE, "rows": found.to_dict("records")}
        for code, name in names.items()
        if len(found := part[part["verdict"] == code])
    ]
    return {**part.iloc[0][["source_id", "article", "day"]], "findings": findings}


def days(tables: Tables) -> Shown:
    """Return the days of `DAYS`, with what all sources have of Washington, of Baghdad, of both."""
    names = tables.people.set_index("person_id")["name"]
    speakers = tables.statements.set_index("id")["person_id"].map(names)
    values = {"days": [_day(tables, *day) for day in DAYS], "speakers": speakers}
    html = render("against_days.html", tables, **values, **_shared(tables))
    return Shown(html, f"{len(DAYS)} days")


def stated(tables: Tables, first: str, last: str) -> pd.DataFrame:
    """Return the facts of a day that are somebody's word on its event, with `claim`: the row that
    says the same for the same side, of several one that the record supports, the first, else "";
    and `claimed`, the words of it that are compared.
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
    pairs = pairs.set_index("fact")
    claims = {"claim": pairs["row"], "claimed": pairs["evidence"]}
    return facts.assign(**{name: facts["id"].map(of).fillna("") for name, of in claims.items()})


def _day(tables: Tables, first: str, last: str) -> dict[str, Any]:
    frame = stated(tables, first, last)
    said = {side: frame[frame["side"] == side].to_dict("records") for side in _SIDES}
    sides = [
        {"code": side, "name": name, "facts": said[side]}
        for side, name in _SIDES.items()
        if side != "both" or said[side]
    ]
    return {"when": when(first, "day" if last == first else "between", last), "sides": sides}
