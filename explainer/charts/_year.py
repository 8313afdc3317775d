"""The year's rows: what stands in which lane, when, and the month-by-month scale they stand on."""

import pandas as pd

from explainer.charts._said import dated, said, when
from explainer.data.tables import Tables

LANES = (
    "iraq",
    "joint",
    "us",
)  # sides with a lane of their own; what happens on the ground has the last one
GROUND = "ground"
_ACTS = {"armed_group": "attack", "unstated": "attack", "us": "strike"}
SHAPES = {
    "iraq": "circle",
    "us": "square",
    "joint": "diamond",
}  # of a side, in every chart of statements
_ACT_SHAPES = {"attack": "triangle-up", "strike": "cross"}
_COLUMNS = [
    "lane",
    "code",
    "colour",
    "shape",
    "text",
    "when",
    "via",
    "n",
    "first",
    "last",
    "row",
    "href",
    "label",
]


def lane_names(tables: Tables) -> dict[str, str]:
    """Return {lane: name} in drawing order."""
    sides = tables.labels("statements", "side")
    return {**{lane: sides[lane] for lane in LANES}, GROUND: "On the ground"}


def opening(tables: Tables) -> pd.Timestamp:
    """Return the first day of the picture: the month before the one of the first article."""
    return (tables.sources["published"].min().to_period("M") - 1).start_time


def spoken(tables: Tables) -> pd.DataFrame:
    """Return one row for each occasion, side, position and place spoken of: `n` statements, the telling words."""
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
        colour="position-" + best["code"],
        shape=best["lane"].map(SHAPES),
        when=_when(best),
        href=best["row"].str.split().str[0],
    )
    best["label"] = [
        f"{sides[r.lane]}, {r.when}: {positions[r.code]}. {r.text}" for r in best.itertuples()
    ]
    return best[_COLUMNS].sort_values(["first", "lane", "code"], kind="stable")


def happened(tables: Tables) -> pd.DataFrame:
    """Return the dated attacks, also those of attackers not named, and strikes by US forces of the picture's time."""
    rows = _events(tables)
    kinds = rows["actor_side"].astype(str).map(_ACTS)
    rows = rows[rows["kind"].astype(str).eq(kinds) & (rows["first"] >= opening(tables))]
    rows = rows.assign(
        lane=GROUND,
        code=rows["kind"].astype(str),
        colour="side-" + rows["actor_side"].astype(str),
        text=rows["title"],
        when=_when(rows),
        via="",
        n=1,
    )
    rows["label"] = [f"{r.when}: {r.title}" for r in rows.itertuples()]  # a sum fails on no row
    return rows.assign(shape=rows["code"].map(_ACT_SHAPES))[_COLUMNS]


def due(tables: Tables) -> pd.DataFrame:
    """Return the deadlines, each with `told`, the day of the statement that sets it or of the first article."""
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
    rows = rows.assign(
        lane=rows["actor_side"].astype(str),
        code="deadline",
        colour="ink",
        shape="diamond",
        n=1,
        via="",
        text=rows["title"],
        when=_when(rows),
        told=told,
        setter=["" if s is None else s["row"] for s in setters],
    )
    rows["label"] = [f"Due {r.when}: {r.title}" for r in rows.itertuples()]
    return rows[[*_COLUMNS, "told", "setter"]]


def before(tables: Tables, limit: int) -> pd.DataFrame:
    """Return what the articles tell of the years before: at most `limit` events, those most articles mention."""
    rows = _events(tables)
    rows = rows[(rows["last"] < opening(tables)) & rows["kind"].ne("personal")]
    kept = rows.sort_values("n", ascending=False, kind="stable").head(limit).index
    rows = rows[rows.index.isin(kept)].assign(text=rows["title"])
    rows["when"] = [
        f"{r.first.year}" + f"–{r.last.year % 100:02}" * (r.last.year > r.first.year)
        for r in rows.itertuples()
    ]
    return rows.assign(colour="soft", shape="circle", label=rows["when"] + ": " + rows["title"])


def _events(tables: Tables) -> pd.DataFrame:
    """Return the dated events with the mentions that prove them and `n`, how many there are."""
    proof = tables.mentions.groupby("event_id")["id"].agg(list)
    rows = dated(
        tables.events[tables.events["start"].ne("") & tables.events["event_id"].isin(proof.index)]
    )
    ids = rows["event_id"].map(proof)
    return rows.assign(row=ids.str.join(" "), n=ids.str.len(), href=ids.str[0])


def _setter(tables: Tables, event: str) -> pd.Series | None:
    """Return the statement that names the deadline by the words an article uses for its date, if one does."""
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


def note(items: pd.DataFrame) -> list[str]:
    """Return the quiet line under a label: the day, through whom the article has it, in how many passages."""
    return [
        " · ".join(
            filter(None, (_short(r), f"via {r.via}" if r.via else "", f"×{r.n}" if r.n > 1 else ""))
        )
        for r in items.itertuples()
    ]


def _short(item) -> str:
    """Return the day without its year, which the axis gives, except for what is due."""
    return (
        item.when.rpartition(" ")[0] if item.code != "deadline" and " " in item.when else item.when
    )


def subtitle() -> str:
    """Say how to read the marks."""
    return "Words on staying or leaving, by day. ×2: in two passages. Open mark: still ahead. //: months left out."


def tally(items: pd.DataFrame, lane: str, tables: Tables) -> pd.DataFrame:
    """Return a lane's inline key: a mark and 'label, how many' for each position or kind of act in it."""
    column = ("events", "kind") if lane == GROUND else ("statements", "position")
    names, rows = tables.labels(*column), items[items["code"] != "deadline"]
    counts = rows.groupby(["code", "colour", "shape"], sort=False)["n"].sum()
    counts = counts.sort_values(ascending=False, kind="stable").reset_index()
    return counts.assign(text=[f"{names[r.code]} ×{r.n}" for r in counts.itertuples()])
