"""Two questions, side by side or stacked: statements in bands over time, and what is due."""

from typing import Any

import altair as alt
import pandas as pd

from explainer.charts.grammar.axes import Time, iso
from explainer.charts.grammar.labels import lanes
from explainer.charts.grammar.marks import PROOF, SIDES, Layers, side, words
from explainer.charts.grammar.text import BOLD, fold, leading, tall
from explainer.theme import Canvas, light
from explainer.words.formats import day

MISSION, FORCES = "coalition_mission", "us_forces"
QUESTIONS = {MISSION: "Does the coalition’s mission end?", FORCES: "Do US forces leave?"}
BANDS = {"mission_ends": "end", "forces_leave": "end", "transition": "form"}
BANDS |= {"no_plan": "stay", "stays": "stay"}
_STAY = "stay, or no withdrawal planned, requested or discussed"
NAMES = {
    MISSION: {"end": "ends", "form": "changes form", "stay": "stays"},
    FORCES: {"end": "leave", "form": "presence changes", "stay": _STAY},
}
GOVERNMENTS = {code: SIDES[code] for code in ("iraq", "us", "joint")}
UNIT = {"wide": 13, "narrow": 9}  # px of a square
LEAST = {"end": 4, "form": 1, "stay": 0}  # squares: how high a band is at least, for its words
NAME = {"wide": 2, "narrow": 2.4}  # squares: how high the name of a band of one line is
AFTER = pd.Timedelta(days=9)  # room for the last squares, before the axis of what is due begins
APART = pd.Timedelta(days=30)  # as far as the words beside a column reach


def draw(rows: pd.DataFrame, canvas: Canvas) -> alt.VConcatChart | alt.HConcatChart:
    """Draw a panel a question; a rule through both is the day of the last statement."""
    tail, apart = (104, 36) if canvas.phone else (150, 36)
    width = canvas.width - 8 if canvas.phone else (canvas.width - apart - 14) // 2
    turn = rows["first"].max()
    horizon = rows["due"].fillna(turn).max() + pd.DateOffset(months=15)
    opening = rows["first"].min() - pd.Timedelta(days=15)
    year = Time(opening, turn + AFTER, width - tail - 8)
    rows, panels = _stacked(rows, year, UNIT[canvas.name]), []
    for question, name in QUESTIONS.items():
        panel = _Panel(question, rows, year, canvas)
        layers = panel.statements(year)
        if canvas.phone:  # Vega keeps 2 px between two views, so both reach for each other
            layers.append(panel.joined(year, apart + 4 if question == MISSION else -2))
        size = {"width": year.width, "height": panel.height}
        views = alt.layer(*layers).properties(**size), panel.ahead(Time(year.last, horizon, tail))
        title = alt.TitleParams(name, fontSize=canvas.label + 3, offset=4, frame="group")
        panels.append(alt.hconcat(*views, spacing=8, title=title))
    if canvas.phone:  # the rule that joins the panels counts to the size of one of them
        return alt.vconcat(*panels, spacing=-27)
    return alt.hconcat(*panels, spacing=apart)


def _stacked(rows: pd.DataFrame, year: Time, unit: int) -> pd.DataFrame:
    """Add `lane`: squares of a band that would cover each other stand in a column."""
    rows = rows.assign(left=rows["date"].map(year.px))
    columns = rows.groupby(["concerns", "band"])["left"]
    lane = columns.transform(lambda left: pd.Series(lanes(left, left + unit - 2), left.index))
    return rows.assign(lane=lane.astype(int))


class _Panel:
    """One question in levels of squares: bands `end` and `form` grow up, `stay` grows down."""

    def __init__(self, question: str, rows: pd.DataFrame, year: Time, canvas: Canvas):
        self.question, self.canvas, self.unit = question, canvas, UNIT[canvas.name]
        self.rows, self.turn = rows[rows["concerns"].eq(question)], rows["first"].max()
        # bands of panels side by side are as high as each other
        most = (self.rows if canvas.phone else rows).groupby("band")["lane"].max() + 1
        high = {band: int(max(most.get(band, 0), least)) for band, least in LEAST.items()}
        self.high, name, wide = high, NAME[canvas.name], year.width - 4
        foot = high["form"] + name
        self.names = {
            band: fold(self._named(band), wide, canvas.small * BOLD) for band in NAMES[question]
        }
        lead = leading(canvas.small) / self.unit
        under = name + lead * max(
            fold(NAMES[q]["stay"], wide, canvas.small * BOLD).count("\n")
            for q in ([question] if canvas.phone else NAMES)
        )
        self.foot = {"end": foot, "form": 0, "stay": -1 - under}  # levels of each first square
        self.quotation = self._quotation(year)
        least = [label["low"] for label in self.quotation]
        low = min([self.foot["stay"] - high["stay"] + 0.1, *least])
        self.reach = [low, foot + high["end"] + name]
        self.height = round((self.reach[1] - self.reach[0]) * self.unit)
        off: dict[str, Any] = dict.fromkeys(("labels", "ticks", "domain"), False)
        between = alt.Axis(values=[foot - 0.55, -0.5], gridColor=light("rule"), **off)
        scale = alt.Scale(domain=self.reach, nice=False, zero=False, padding=0)
        self.level = alt.Y("level:Q", title=None, scale=scale, axis=between)
        day = pd.DataFrame({"date": [f"{self.turn:%Y-%m-%d}"]})
        self.rule = alt.Chart(day).mark_rule(color=light("soft"))
        self.look = side(GOVERNMENTS.values(), canvas), PROOF, alt.Description("words:N")

    def x(self, time: Time, field: str = "date") -> alt.X:
        """Return the days; of panels one over the other the last has their names."""
        names = self.question == FORCES or not self.canvas.phone
        return time.x(field, labels=names, ticks=names)

    def statements(self, year: Time) -> list[alt.Chart]:
        """Return the squares, with the time within which they lie, the rule, and words."""
        up = self.rows["band"].map({"end": 1, "form": 1, "stay": -1})
        level = self.rows["band"].map(self.foot).astype(float) + self.rows["lane"] * up
        days = {column: iso(self.rows[column]) for column in ("date", "first", "last")}
        rows = self.rows.assign(level=level, **days).drop(columns=["due", "lane", "left"])
        look: dict[str, Any] = {"size": (self.unit - 1) ** 2, "opacity": 1}
        look |= {"stroke": light("paper"), "strokeWidth": 1}
        line = alt.Chart(rows[rows["loose"]]).mark_rule(strokeWidth=2)
        square = alt.Chart(rows).mark_square(**look)
        return [
            line.encode(self.x(year, "first"), self.level, *self.look, x2="last:T"),
            self.rule.encode(self.x(year)),
            square.encode(self.x(year), self.level, *self.look),
            words(self._labels(year), self.x(year), self.level, self.canvas),
        ]

    def joined(self, year: Time, reach: float) -> alt.Chart:
        """Return the rule on to the other panel, `reach` px away: no scale reaches so far."""
        end = self.height if reach > 0 else 0
        return self.rule.encode(self.x(year), y=alt.value(end), y2=alt.value(end + reach))

    def _named(self, band: str) -> str:
        used = self.rows["band"].eq(band).any()
        return NAMES[self.question][band] + ("" if used else " (no statement)")

    def _labels(self, year: Time) -> pd.DataFrame:
        """Return the names of the bands, above their squares, and a quotation."""
        foot, high, small = self.foot, self.high, self.canvas.small
        over = {"end": foot["end"] + high["end"], "form": high["form"], "stay": foot["stay"] + 1}
        rows = [
            {"level": over[band] - 0.1 + tall(text, small) / 2 / self.unit, "text": text}
            for band, text in self.names.items()
        ]
        bands = pd.DataFrame(rows).assign(bold=True, gap=2, date=f"{year.first:%Y-%m-%d}")
        return pd.concat([bands, pd.DataFrame(self.quotation)], ignore_index=True)

    def _quotation(self, year: Time) -> list[dict[str, Any]]:
        """Return the fullest band's first quotation, beside its column, clear of later ones."""
        own = self.rows[self.rows["band"].isin(self.rows["band"].mode().tail(1))]
        early = own[own["form"].eq("quote") & own["first"].lt(self.turn)].sort_values("first")
        for first in early.head(1).itertuples():
            room = min(240, year.px(self.turn) - first.left - 40)
            on = day(f"{first.first:%Y-%m-%d}", year=False)
            text = fold(f"{on}: {first.words}", room, self.canvas.small)
            takes, foot = tall(text, self.canvas.small) / self.unit, self.foot[first.band]
            after = own[own["date"].between(first.date, first.date + APART, inclusive="right")]
            met = after["lane"].max() + 1 if len(after) else 0  # squares beside its column
            up = max(met + takes, self.high[first.band])
            top = foot - 0.5 + up if first.band != "stay" else foot + 0.4 - met
            label = {"date": f"{first.date:%Y-%m-%d}", "level": top, "low": top - takes}
            return [{**label, "text": text, "row": first.row, "top": True}] * (room > 90)
        return []

    def ahead(self, later: Time) -> Layers:
        """Return what is due as a bar, with the words that set it, or that nothing is."""
        terms = self.rows[self.rows["due"].notna()]
        bars = terms.assign(date=iso(terms["first"]), due=iso(terms["due"]), level=self.foot["end"])
        bars = bars[["date", "due", "level", "side", "words", "row"]]
        bar = alt.Chart(bars).mark_bar(height=self.unit - 1, clip=True)
        marks = bar.encode(self.x(later), self.level, *self.look, x2="due:T")
        labels = words(self._ahead(terms, later), self.x(later), self.level, self.canvas)
        size = {"width": later.width, "height": self.height}
        return alt.layer(*[marks] * bool(len(bars)), labels).properties(**size)

    def _ahead(self, terms: pd.DataFrame, later: Time) -> pd.DataFrame:
        """Return the words beside what is due."""
        small, foot, top = self.canvas.small, self.foot["end"], self.reach[1]
        labels: list[tuple[str, float, str]] = []
        for term in terms.itertuples():
            text = fold(term.words, later.width - 4, small * BOLD)
            labels.append((text, foot + 0.8 + tall(text, small) / self.unit, term.row))
        high = 1.5 if self.canvas.phone else 0.4  # under the date
        if terms.empty:
            labels += [("?", foot + self.high["end"] + high, ""), ("no end date", foot + 0.9, "")]
        stay = self.rows["first"].eq(self.turn) & self.rows["band"].eq("stay")
        for row in self.rows[stay & self.rows["form"].eq("quote")].head(1).itertuples():
            labels.append((fold(row.words, later.width - 4, small * BOLD), -1.0, row.row))
        frame = pd.DataFrame(labels, columns=["text", "level", "row"]).assign(bold=True)
        if self.question == MISSION or not self.canvas.phone:
            date = day(f"{self.turn:%Y-%m-%d}", year=not self.canvas.phone)
            frame.loc[len(frame)] = [f"← {date}", top - 0.2, "", False]
        first, big = f"{later.first:%Y-%m-%d}", frame["text"].eq("?")
        return frame.assign(date=first, top=True, gap=2, big=big)
