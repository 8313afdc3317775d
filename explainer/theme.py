"""The only colours, fonts and sizes of the book; chart and page draw on the same ones."""

from dataclasses import dataclass
from typing import Any

import altair as alt

# Blue to orange, dark at both ends: told apart by readers with any common colour blindness and in
# print
# (after ColorBrewer's PuOr and RdBu, Harrower & Brewer 2003). Each name is (on light paper, on dark
# paper).
POSITION = {
    "stays": ("#0b4f8a", "#6fb3f0"),
    "no_plan": ("#3f87bd", "#4a8fc4"),
    "transition": ("#75707f", "#aca7b8"),
    "mission_ends": ("#c9700f", "#e0913a"),
    "forces_leave": ("#8f3a02", "#ffb77a"),
    "none": ("#8b8b85", "#85867f"),
}
# The first four are at least 20 apart (CIEDE2000) for readers without one kind of cone, in both
# themes: tests/charts/test_theme.py.
SIDE = {
    "us": ("#2b359c", "#6268ea"),
    "iraq": ("#cb7a00", "#f7b84a"),
    "joint": ("#2a8a8c", "#17b7ae"),
    "armed_group": ("#8a1836", "#d04069"),
    "other": ("#696963", "#a3a39c"),
    "unstated": ("#686862", "#a2a29b"),
    "outlet": ("#6a6a64", "#a4a49d"),
}
INK = {
    "ink": ("#1d1d1b", "#f0efea"),
    "soft": ("#595954", "#bcbbb4"),
    "rule": ("#cfcec8", "#4a4a45"),
    "faint": ("#e9e8e3", "#33332f"),
    "paper": ("#fefefc", "#14181e"),
    "accent": ("#0a5c8c", "#7fc0ee"),
}
FORCED = {
    "rule": "GrayText",
    "faint": "GrayText",
    "paper": "Canvas",
    "accent": "LinkText",
}  # other names: text
COLOURS = {
    **{f"position-{k}": v for k, v in POSITION.items()},
    **{f"side-{k}": v for k, v in SIDE.items()},
    **INK,
}

# vl-convert carries Liberation Sans, which has Arial's widths: what it measures is what a browser
# draws.
FONT = "Arial, 'Liberation Sans', Helvetica, sans-serif"
# Where none of these is there, as on many Linux machines, the browser takes DejaVu Sans, wider by
# an eighth: words would meet.
# In a page it is set smaller instead (CSS Fonts 5, size-adjust), from the machine itself: nothing
# is loaded.
_NEXT = "Arial, 'Liberation Sans', Helvetica, Arimo, Roboto, 'Chart Fallback', sans-serif"
_FALLBACK = (
    ("400", "86%", ("DejaVu Sans", "Verdana")),
    ("700", "82%", ("DejaVu Sans Bold", "Verdana Bold")),
)


@dataclass(frozen=True)
class Canvas:
    """A page width, with sizes of letters in px; on a `phone` the composition is another."""

    name: str
    width: int
    title: int
    label: int
    small: int

    @property
    def phone(self) -> bool:
        """Whether this is the narrow canvas."""
        return self.name == "narrow"


DESK = Canvas("wide", 1000, 26, 16, 14)
PHONE = Canvas("narrow", 328, 19, 13, 12)


def light(name: str) -> str:
    """Return the hex colour that `name` has on light paper. KeyError if there is none."""
    return COLOURS[name][0]


def dress(chart: alt.TopLevelMixin, canvas: Canvas) -> alt.TopLevelMixin:
    """Return the chart in the book's style: quiet axes, no frame, the canvas's sizes of type."""
    axis: dict[str, Any] = {
        "labelColor": light("soft"),
        "titleColor": light("soft"),
        "domainColor": light("rule"),
        "tickColor": light("rule"),
        "gridColor": light("faint"),
        "labelFontSize": canvas.small,
        "titleFontSize": canvas.small,
        "titleFontWeight": "normal",
        "labelFontWeight": "normal",
    }
    return chart.configure(
        background=light(
            "paper"
        ),  # its own: ink on a dark desktop or in a dark notebook cannot be read
        font=FONT,
        padding={"left": 2, "right": 2, "top": 4, "bottom": 4},
        axis=alt.AxisConfig(**axis),
        view=alt.ViewConfig(stroke=None),
        header=alt.HeaderConfig(
            labelColor=light("ink"),
            titleColor=light("soft"),
            labelFontSize=canvas.label,
            labelFontWeight="bold",
            titleFontSize=canvas.small,
        ),
        legend=alt.LegendConfig(
            orient="top",
            direction="horizontal",
            symbolType="square",
            symbolSize=110,
            labelColor=light("ink"),
            labelFontSize=canvas.label,
            symbolOpacity=1,
            columnPadding=18,
            offset=6,
        ),
        title=alt.TitleConfig(
            anchor="start",
            frame="bounds",
            color=light("ink"),
            fontWeight="bold",
            offset=14,
            subtitleColor=light("soft"),
            subtitleFontSize=canvas.small,
            subtitlePadding=6,
        ),
        # what an editor or JupyterLab, which draw it alive, show of a mark under the pointer
        mark=alt.MarkConfig(tooltip=alt.TooltipContent(content="encoding")),
        text=alt.MarkConfig(color=light("ink"), fontSize=canvas.small),
        point=alt.MarkConfig(opacity=1, filled=True),
        rule=alt.MarkConfig(color=light("rule")),
    )


def letters() -> str:
    """Return the charts' fonts as CSS, for a page and for a drawing that stands alone."""
    faces = "".join(
        "@font-face{{font-family:'Chart Fallback';font-weight:{};size-adjust:{};src:{}}}\n".format(
            weight, size, ",".join(f"local('{name}')" for name in names)
        )
        for weight, size, names in _FALLBACK
    )
    return f"{faces}svg text{{font-family:{_NEXT}}}\n"


def css() -> str:
    """Return the charts' fonts and the palette as CSS custom properties: light and on paper, dark
    on screens, the system's where it forces colours.
    """

    def block(i: int) -> str:
        return "".join(f"--c-{name}:{pair[i]};" for name, pair in COLOURS.items())

    forced = "".join(f"--c-{name}:{FORCED.get(name, 'CanvasText')};" for name in COLOURS)
    return (
        f"{letters()}html{{--pst-font-family-base:{_NEXT};"
        f"--pst-font-family-heading:var(--pst-font-family-base);{block(0)}}}\n@media screen"
        f"{{html[data-theme=dark]{{{block(1)}}}}}\n@media screen and"
        " (prefers-color-scheme:dark){html:not([data-theme=light]):not([data-theme=dark]){"
        + block(1)
        + "}}\n@media (forced-colors:active){html,html[data-theme]{"
        + forced
        + "}}\n"
    )
