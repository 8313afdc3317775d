"""What happened on the ground: attacks, strikes and the answers to them, and the dead and injured as counted."""

import pandas as pd

from explainer.charts._chains import Node, forest
from explainer.charts._flow import flow
from explainer.charts._list import listed
from explainer.charts._toll import VIOLENCE, counts
from explainer.charts.figure import Figure, figure
from explainer.data.tables import Tables
from explainer.theme import NARROW, WIDE

_ROOM = 45  # events drawn in chains: a longer page is not read
_EVENTS = (
    30  # a longer list is not read: the events with most counts are kept, and the caption says so
)


@figure
def chains(tables: Tables) -> Figure:
    """Draw attacks, strikes and political acts as chains, tied where an article ties them."""
    every = forest(tables)
    roots = longest(every)
    kinds = tables.labels("events", "kind")
    heads = [*(kinds[kind].capitalize() for kind in VIOLENCE), "Political act", "What followed"]
    finding, left = _chains_finding(tables, every), len(every) - len(roots)
    subtitle = "An arrow stands only where an article itself ties two events; the words under the second say how."
    return Figure(
        finding=finding,
        caption="An entry is one attack or strike, or a series that the articles tell as one. Order in time is no "
        "proof of cause, and an answer that these articles do not mention may have been given."
        + (f" {left} shorter chains are left out." if left else ""),
        description=_chains_description(finding, roots),
        data=_chains_data(roots, heads),
        wide=flow(roots, heads, WIDE, finding, subtitle),
        narrow=flow(roots, heads, NARROW, finding, subtitle),
    )


def longest(roots: list[Node]) -> list[Node]:
    """Return the longest chains that have room on a page, in order of time."""
    room, kept = _ROOM, []
    for root in sorted(roots, key=lambda root: -len(root.walk())):
        room -= len(root.walk())
        kept += [root] if room >= 0 or not kept else []
    return sorted(kept, key=lambda root: (root.order, root.event_id))


def _chains_finding(tables: Tables, roots: list[Node]) -> str:
    nodes = [node for root in roots for node in root.walk()]
    attacks, strikes = ([n for n in nodes if n.kind == kind] for kind in VIOLENCE)
    struck = [n for n in attacks if any(c.kind == "strike" for c in n.children)]
    answered = [n for n in strikes if n.children or n.said]
    sides = {c.side for n in answered for c in n.children}
    whose = f" from {tables.labels('events', 'actor_side')[sides.pop()]}" if len(sides) == 1 else ""
    return (
        f"The reports tie {len(struck)} of {len(attacks)} attacks to a strike that came after, "
        f"and {len(answered)} of {len(strikes)} strikes to a political act{whose} that came after"
    )


def _chains_description(finding: str, roots: list[Node]) -> str:
    longest = max(roots, key=lambda root: len(root.walk()), default=None)
    widest = (
        f" The longest chain begins with {longest.title}, {longest.when}, and ties {len(longest.walk()) - 1} further events to it."
        if longest
        else ""
    )
    alone = [root.title for root in roots if not root.children and not root.said]
    return (
        f"{len(roots)} chains in order of time, read from attack over strike to political act. {finding}.{widest}"
        + (
            f" Without a strike or a political act tied to them: {'; '.join(alone)}."
            if alone
            else ""
        )
    )


def _chains_data(roots: list[Node], heads: list[str]) -> pd.DataFrame:
    rows = [
        {
            "chain": i,
            "step": heads[n.column],
            "event": n.title,
            "when": n.when,
            "tied to the one before": "; ".join(text for text, _ in [*n.tied, *n.also]).replace(
                ":;", ":"
            ),
            "dead and injured": "; ".join(text for _, text, _ in n.toll),
            "said of it": "; ".join(text for text, *_ in n.said),
            "row": _proofs(n),
        }
        for i, root in enumerate(roots, 1)
        for n in root.walk()
    ]
    return pd.DataFrame(rows)


def _proofs(node: Node) -> str:
    ties = [text[1] for text in [*node.tied, *node.also, *node.said]]
    counted = [identifier for row, *_ in node.toll for identifier in row.ids]
    return " ".join(filter(None, [node.row, *ties, *counted]))


@figure
def toll(tables: Tables) -> Figure:
    """List every count of attacks, strikes, dead and injured by event, a mark a person or an act."""
    frame = counts(tables)
    apart = frame[~frame["kind"].isin(VIOLENCE)]
    inside = frame[frame["kind"].isin(VIOLENCE)]
    kept = inside["event_id"].value_counts(sort=True).index[:_EVENTS]
    left, inside = inside["event_id"].nunique() - len(kept), inside[inside["event_id"].isin(kept)]
    finding = _toll_finding(inside)
    arguments = inside, apart, _sections(tables), _key(tables)
    return Figure(
        finding=finding,
        caption="Each count stands beside the hedge it was printed with, the place it covers and the article that "
        "gives it. Counts of different places and periods are not added up, and a report without a number is "
        "no zero." + (f" {left} events with fewer counts are left out." if left else ""),
        description=_toll_description(finding, inside, apart),
        data=_toll_data(pd.concat([inside, apart])),
        wide=listed(*arguments, WIDE, finding),
        narrow=listed(*arguments, NARROW, finding),
    )


def _sections(tables: Tables) -> dict[str, str]:
    labels = tables.labels("events", "kind")
    return {kind: labels[kind].capitalize() + "s" for kind in VIOLENCE}


def _key(tables: Tables) -> list:
    """Return (a count of one, its name) for each kind of mark."""
    measures = tables.labels("attacks", "measure")
    acts = [("attacks", "armed_group"), ("strikes", "us")]
    rows = [(m, side, f"one {measures[m].removesuffix('s')}") for m, side in acts]
    rows += [(m, "us", measures[m]) for m in measures if m not in dict(acts)]
    frame = pd.DataFrame(rows, columns=["measure", "actor_side", "text"]).assign(value=1)
    frame.loc[len(acts), "text"] = "one person " + frame.loc[len(acts), "text"]
    return [(row, row.text) for row in frame.itertuples()]


def _toll_finding(frame: pd.DataFrame) -> str:
    rows, silent = (
        frame["ids"].map(len).sum(),
        frame.loc[frame["value"].isna(), "ids"].map(len).sum(),
    )
    if not silent:
        return f"Each of {rows} mentions of attacks, strikes, dead and injured carries a number"
    return f"The toll is known in pieces: {silent} of {rows} mentions of attacks, strikes, dead and injured carry no number"


def _toll_description(finding: str, frame: pd.DataFrame, apart: pd.DataFrame) -> str:
    numbered = frame.dropna(subset="value").sort_values("value", ascending=False, kind="stable")
    top = "; ".join(
        f"{r.title}, {r.words}" for r in numbered.drop_duplicates("measure").itertuples()
    )
    aside = "; ".join(f"{r.title}, {r.words}" for r in apart.itertuples())
    return (
        f"A list of {frame['event_id'].nunique()} events in order of time, with a mark for each act or person that "
        f"an article counts. {finding}. The highest count of each kind: {top}."
        + (f" Set aside, because it is another scope: {aside}." if aside else "")
    )


def _toll_data(frame: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "event": frame["title"],
            "when": frame["when"],
            "as printed": frame["words"],
            "place": frame["place"],
            "article": frame["articles"].map(lambda names: "; ".join(dict.fromkeys(names))),
            "row": frame["ids"].map(" ".join),
        }
    ).reset_index(drop=True)
