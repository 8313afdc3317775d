"""What the tests of the charts share: figures drawn once, how large a drawing is, and books that have grown."""

import json
from dataclasses import replace
from functools import cache
from xml.etree import ElementTree as Tree

import pandas as pd
import pytest

from explainer.charts import figure
from explainer.data.files import digest_of, kept
from explainer.data.tables import book
from explainer.theme import DESK, PHONE

KEYS = ("id", "event_id", "source_id", "from_event", "to_event")


@pytest.fixture(scope="session")
def drawn():
    """Return a function that draws a chart of the book, and makes its specifications, once."""

    def draw(chart):
        plate = chart(book())
        object.__setattr__(plate, "spec", cache(plate.spec))
        return plate

    return cache(draw)


@pytest.fixture(scope="module", autouse=True)
def _keep(drawings, tmp_path_factory):
    """Let each chart be drawn once for all tests of the charts: what pages show is the build's, where
    that drew the same; what is exported is kept for all processes of this run.
    """
    shared, drawing = tmp_path_factory.getbasetemp().parent / "drawn", figure.svg

    def once(spec) -> str:
        key = digest_of(json.dumps(spec).encode())
        return kept(shared / f"{key}.svg", key, lambda: drawing(spec))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(figure, "_drawings", [drawings])
        patch.setattr(figure, "svg", once)
        yield


@pytest.fixture(scope="session")
def exported():
    """Return a function: the drawing of a chart of the book for a canvas."""
    return lambda plate, canvas: figure.svg(plate.spec(canvas))


@pytest.fixture(scope="session")
def size():
    """Return a function: the width and the height in px of the composition `canvas` of a figure."""

    def measured(plate, canvas: str) -> tuple[float, float]:
        drawing = Tree.fromstring(figure.svg(plate.spec(canvas)))
        return float(drawing.get("width")), float(drawing.get("height"))

    return measured


@pytest.fixture(scope="session")
def fits(size):
    """Return a function: whether neither composition is wider than its canvas. The page would shrink its words."""
    return lambda plate: all(
        size(plate, canvas.name)[0] <= canvas.width for canvas in (DESK, PHONE)
    )


@pytest.fixture(scope="session")
def again():
    """Return a function: `count` rows, those of a table over and over, under new ids."""

    def repeated(frame: pd.DataFrame, count: int) -> pd.DataFrame:
        made = pd.concat([frame] * (count // len(frame) + 1), ignore_index=True).head(count)
        return made.assign(id=[f"stm-{i:04}" for i in range(count)])

    return repeated


@pytest.fixture(scope="session")
def copies():
    """Return a function: tables with `articles` articles, the first ones again, each round eleven days later.

    The rows of the tables `names` come along, each `times` times.
    """

    def copied(names: tuple[str, ...], articles: int, times: int = 1):
        tables = book()
        sources, rows = [], {name: [] for name in names}
        for i in range(articles):
            old = tables.sources.iloc[[i % len(tables.sources)]]
            source, shift = f"article-{i}", pd.Timedelta(days=11 * (i // len(tables.sources)))
            sources.append(old.assign(source_id=source, published=old["published"] + shift))
            for name in names:
                frame = getattr(tables, name)
                frame = frame[frame["source_id"] == old["source_id"].iloc[0]]
                rows[name] += [
                    frame.assign(source_id=source, id=frame["id"] + f"-{i}-{n}")
                    for n in range(times)
                ]
        return replace(
            tables,
            sources=pd.concat(sources, ignore_index=True),
            **{name: pd.concat(parts, ignore_index=True) for name, parts in rows.items()},
        )

    return copied


@pytest.fixture(scope="session")
def grown():
    """Return a function: the book with the rows of the tables `names` added `times` times, under new keys.

    `changes` names more such tables, each with a function of (rows, round) that changes the rows added.
    """

    def added(times: int, *names: str, **changes):
        changes = dict.fromkeys(names, lambda frame, _: frame) | changes
        return replace(
            book(),
            **{
                name: _added(getattr(book(), name), times, change)
                for name, change in changes.items()
            },
        )

    return added


def _added(frame: pd.DataFrame, times: int, change) -> pd.DataFrame:
    rounds = [
        change(frame, i).assign(**{key: frame[key] + f"-{i}" for key in KEYS if key in frame})
        for i in range(times)
    ]
    return pd.concat([frame, *rounds], ignore_index=True).astype(frame.dtypes.to_dict())
