"""Each report, its own framing: whose words an article quotes."""

import altair as alt
import pandas as pd

from explainer.charts._panels import columns, laid, read_out
from explainer.charts.figure import Figure, figure
from explainer.charts.grammar.marks import side
from explainer.data.evidence import lengths, words
from explainer.data.tables import Tables
from explainer.theme import Canvas
from explainer.words.formats import number, spelled
from explainer.words.sources import in_time

_ALWAYS = ("us", "iraq")  # shown where nobody quotes them, too: the question is between these two


@figure
def voices(tables: Tables) -> Figure:
    """Draw for each side the words that each article quotes of it."""
    frame = quoted(tables)
    silent = [*frame.groupby("article", sort=False)["words"].sum().loc[lambda n: n.eq(0)].index]
    parts, finding = rows(frame), _finding(tables, frame, silent)
    table = frame.assign(speaker=frame["speaker"].replace("", "nobody"))
    names = {"article": "Report", "side_label": "Side", "speaker": "Speaker"}
    names |= {"words": "Quoted words", "id": "row"}
    passages = tables.statements.loc[tables.statements["id"].isin(frame["id"]), "form"]
    direct = passages.eq("quote").sum()
    marks = tables.coverage.loc[tables.coverage["kind"].eq("quotation"), ["cited", "found"]].sum()
    cited = "we cite only the words that support our data."
    none = f"{' and '.join(silent)} {'has' if len(silent) == 1 else 'have'} no quotation; of the"
    cited = f"{none} others {cited}" if silent else cited.capitalize()
    return Figure(
        parts,
        draw,
        finding=finding,
        subtitle=(
            "Words in quotation marks that we cite, by speaker; each part of a bar is one passage"
        ),
        data=table[list(names)].rename(columns=names),
        description=(
            "Bars, a column for each side, in it one for each article in order of time, of the"
            f" quoted words that we cite. {finding}. In words: {read_out(parts, 'panel', 'report')}"
        ),
        caption=(
            f"The chart shows {number(len(passages))} passages: {number(direct)} quotations, and"
            f" {number(len(passages) - direct)} paraphrases in which only the words in quotation"
            f" marks are counted. {cited} A passage is not always one whole quotation:"
            f" {marks['cited']} of the reports’ {marks['found']} quotations are used in our data."
        ),
    )


def rows(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the parts of the bars, a part a passage, for each side and report."""
    sides = frame.drop_duplicates("side").sort_values("side")["side_label"]
    grid = pd.MultiIndex.from_product([sides, frame["article"].unique()])
    grid = grid.to_frame(False, name=["side_label", "article"])
    parts = frame[["side_label", "article", "words", "label", "id"]]
    parts = grid.merge(parts, how="left", on=["side_label", "article"])
    parts = parts.fillna({"words": 0, "label": "", "id": ""}).astype({"words": int})
    every = parts.groupby("side_label")["words"].transform("sum").map(number)
    panel = parts["side_label"] + " · " + every + f" of {number(parts['words'].sum())} words"
    names = {"side_label": "side", "article": "report", "label": "name", "id": "row"}
    parts = parts.assign(panel=panel).rename(columns=names)
    parts = laid(parts, "panel", "report", "words")
    return parts.assign(label=parts["total"].map(number))


def draw(rows: pd.DataFrame, canvas: Canvas) -> alt.FacetChart:
    """Return a column for each side: a bar for each report, as long as the words quoted."""
    return columns(rows, canvas, panel="panel", category="report", color=side(rows["side"]))


def quoted(tables: Tables) -> pd.DataFrame:
    """Return a row for each cited quotation, in order, and one of 0 words for a main side without.

    Counted are the words of quotations, and of paraphrases those inside quotation marks.
    """
    rows = tables.statements[tables.statements["form"].isin(["quote", "paraphrase"])]
    number = [
        len(words(r.evidence)) if r.form == "quote" else lengths(r.evidence)[1]
        for r in rows.itertuples()
    ]
    rows = rows.assign(words=number).astype({"side": str})
    rows = rows.loc[rows["words"] > 0, ["source_id", "person_id", "side", "words", "id"]]
    sides = tables.labels("statements", "side")
    articles = in_time(tables)[["source_id", "label"]].rename(columns={"label": "article"})
    articles = articles.reset_index(names="at")
    grid = articles[["source_id"]].merge(pd.DataFrame({"side": _ALWAYS}), how="cross")
    frame = grid.merge(rows, how="outer", on=["source_id", "side"]).merge(articles)
    frame = frame.fillna({"words": 0, "person_id": "", "id": frame["source_id"]})
    frame = frame.astype({"words": int})
    names = tables.people.set_index("person_id")["name"]
    frame["side"] = pd.Categorical(frame["side"], list(sides), ordered=True)
    frame["side_label"] = frame["side"].astype(str).map(sides)
    frame["speaker"] = frame["person_id"].map(names).fillna("")
    count = frame["words"].astype(str) + " quoted words, " + frame["article"]
    frame["label"] = frame["speaker"] + ", " + count
    return frame.sort_values(["at", "side", "id"], kind="stable", ignore_index=True)


def _finding(tables: Tables, frame: pd.DataFrame, silent: list[str]) -> str:
    """Return how many of the quoted words go to either side, and how many reports quote nobody."""
    names, total = tables.labels("statements", "side"), frame["words"].sum()
    if not total:
        return f"No words of any speaker in quotation marks in {len(tables.sources)} reports"
    us, iraq = (frame.loc[frame["side"] == side, "words"].sum() for side in _ALWAYS)
    who = f"{spelled(len(silent))} reports quote" if silent[1:] else f"{''.join(silent)} quotes"
    return (
        f"Of {number(total)} quoted words that we cite, {number(us)} are {names['us']}’s and"
        f" {number(iraq)} {names['iraq']}’s" + f"; {who} nobody" * bool(silent)
    )
