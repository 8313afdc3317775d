"""The year's rows: what stands in which lane, when, and the month-by-month scale they stand on."""

import pandas as pd

from explainer.charts._said import dated, said
from explainer.data.tables import Tables
from explainer.words.formats import when

LANES = (
    "iraq",
    "joint",
    "us",
)  # sides with a lane of their own; what happens on the ground has the last one
GROUND = "ground"
_ACTS = {"armed_group": "attack", "unstated": "attack", "us": "strike"}
DUE = "deadline"  # the kind of event that is still ahead
_EARLIER = 2  # months before the opening from which events on the ground are told
_COLUMNS = ["lane", "lane_name", "code", "what", "side", "colour_code", "text", "when", "via", "n"]
_COLUMNS += ["first", "last", "row", "href"]


def lane_names(tables: Tables) -> dict[str, str]:
    """Return {lane: name} in drawing order."""
    sides = tables.labels("statements", "side")
    return {**{lane: sides[lane] for lane in LANES}, GROUND: "On the ground"}


def opening(tables: Tables) -> pd.Timestamp:
    """Return the first day of the picture: the month before the one of the first article."""
    return (tables.sources["published"].min().to_period("M") - 1).start_time


def spoken(tables: Tables) -> pd.DataFrame:
    """Return a row for each occasion, side, position and place: `n` statements, telling words."""
    rows = said(tables)
    rows = rows[rows["side"].isin(LANES) & (rows["first"] >= opening(tables))]
    rows = rows.sort_values("telling", ascending=False, kind="stable")
    sides, positions = tables.labels("statements", "side"), tables.labels("statements", "position")
    groups = rows.groupby(["event_id", "side", "position", "about"], observed=True, sort=False)
    best = groups.head(1).set_index(["event_id", "side", "position", "about"])
    best = best.assign(n=groups.size(), row=groups["row"].agg(" ".join)).reset_index()
    best = best.assign(
        lane=best["side"].astype(str), code=best["position"].astype(str), text=best["words"]
    )
    best = best.assign(
        lane_name=best["lane"].map(lane_names(tables)),
        what=best["code"].map(positions),
        side=best["lane"].map(sides),
        colour_code=best["lane"],
        when=_when(best),
        href=best["row"].str.split().str[0],
    )
    return best[_COLUMNS].sort_values(["first", "lane", "code"], kind="stable")


def happened(tables: Tables) -> pd.DataFrame:
    """Return the dated attacks, also those of attackers not named, strikes by US forces, and wars.

    They begin some months before the statements: what the first of these answer is among them.
    """
    rows = _events(tables)
    kinds = rows["actor_side"].astype(str).map(_ACTS)
    code = rows["kind"].astype(str)
    start = opening(tables) - pd.DateOffset(months=_EARLIER)
    rows = rows[(code.eq(kinds) | code.eq("war")) & (rows["first"] >= start)]
    side = rows["actor_side"].astype(str)
    return rows.assign(
        lane=GROUND,
        lane_name=lane_names(tables)[GROUND],
        code=rows["kind"].astype(str),
        what=rows["kind"].astype(str).map(tables.labels("events", "kind")),
        side=side.map(tables.labels("events", "actor_side")),
        colour_code=side,
        text=rows["title"],
        when=_when(rows),
        via="",
    )[_COLUMNS]


def due(tables: Tables) -> pd.DataFrame:
    """Return the deadlines, each with `told`, the day of its statement or first article."""
    rows = _events(tables)
    rows = rows[rows["kind"].eq("deadline") & (rows["first"] >= opening(tables))]
    rows = rows[rows["actor_side"].isin(LANES)]  # what others foretell binds neither side
    first = (
        tables.mentions.merge(tables.sources, on="source_id").groupby("event_id")["published"].min()
    )
    setters = [_setter(tables, event) for event in rows["event_id"]]
    told = [
        first[e] if s is None else s["first"]
        for s, e in zip(setters, rows["event_id"], strict=True)
    ]
    lane = rows["actor_side"].astype(str)
    rows = rows.assign(
        lane=lane,
        lane_name=lane.map(lane_names(tables)),
        code=DUE,
        what=tables.labels("events", "kind")[DUE],
        side=lane.map(tables.labels("statements", "side")),
        colour_code=lane,
        n=1,
        via="",
        text=rows["title"],
        when=_when(rows),
        told=told,
        setter=["" if s is None else s["row"] for s in setters],
    )
    return rows[[*_COLUMNS, "told", "setter"]]


def _events(tables: Tables) -> pd.DataFrame:
    """Return the dated events with the mentions that prove them and `n`, how many there are."""
    proof = tables.mentions.groupby("event_id")["id"].agg(list)
    rows = dated(
        tables.events[tables.events["start"].ne("") & tables.events["event_id"].isin(proof.index)]
    )
    ids = rows["event_id"].map(proof)
    return rows.assign(row=ids.str.join(" "), n=ids.str.len(), href=ids.str[0])


def _setter(tables: Tables, event: str) -> pd.Series | None:
    """Return the statement that names the deadline by its words for the date, if one does."""
    written = set(tables.mentions.loc[tables.mentions["event_id"].eq(event), "date_as_written"]) - {
        ""
    }
    rows = said(tables)
    found = rows[
        rows["evidence"].map(
            lambda words: any(w in words for w in written if any(c.isdigit() for c in w))
        )
    ]
    return found.iloc[0] if len(found) else None


def _when(rows: pd.DataFrame) -> list[str]:
    return [when(r.start, str(r.precision), r.end) for r in rows.itertuples()]
