"""What a chart needs to come alive (`_static/charts.js`): Vega, the specification of each figure, and what belongs together."""

import json
from pathlib import Path

import vl_convert as vlc

from explainer.charts.figure import SPECS
from explainer.data.rows import article_of
from explainer.data.tables import NAMES, Tables, key
from explainer.pages.evidence import counted
from explainer.pages.figure import recoloured

EXECUTED = (
    "jupyter_execute"  # folder of `_build` with the executed notebooks: see `explainer.site.build`
)
_EVENTS = ("event_id", "from_event", "to_event")


def write(site: Path) -> None:
    """Write Vega and the specifications of all figures into the static files of the built `site`.

    The specifications are those that the executed notebooks hold beside their drawings, so that a chart that comes
    alive shows what the page shows. They are scripts and not JSON: a page from a disk may load the one only.
    """
    folder = site / "_static" / "charts"
    folder.mkdir(parents=True, exist_ok=True)
    (folder.parent / "vega.js").write_text(bundle(), encoding="utf-8")
    for path in sorted((site.parent / EXECUTED).rglob("*.ipynb")):
        for name, spec in specs(path).items():
            (folder / f"{name}.js").write_text(script(name, spec), encoding="utf-8")


def bundle() -> str:
    """Return Vega, Vega-Lite and vega-embed as one script, the same at each call, that leaves only `vegaEmbed` behind."""
    return f"(()=>{{{vlc.javascript_bundle('window.vegaEmbed = vegaEmbed;')}}})();\n"


def specs(notebook: Path) -> dict[str, dict]:
    """Return {figure name: {'wide': specification, 'narrow': specification}} of the figures in an executed notebook."""
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    beside = (output.get("metadata", {}) for cell in cells for output in cell.get("outputs", ()))
    return {
        held["name"]: {canvas: held[canvas] for canvas in ("wide", "narrow")}
        for metadata in beside
        if (held := metadata.get(SPECS))
    }


def script(name: str, spec: dict) -> str:
    """Return the script that hands the two specifications of a figure to the page, in the page's colours."""
    text = recoloured(json.dumps(spec, ensure_ascii=False, separators=(",", ":")))
    return f"(window.bookCharts??={{}}).{name}={text};\n"


def keys(tables: Tables) -> dict:
    """Return what marks have in common: {'rows': {row id: [its article, its events …]}, 'groups': {number: its row ids},
    'sources': the ids of the articles}. The article is empty where a row has none."""
    rows = {
        record[key(tables.schema(name))]: [
            record[column] for column in _EVENTS if record.get(column)
        ]
        for name in NAMES
        if key(tables.schema(name))
        for record in getattr(tables, name).to_dict("records")
    }
    groups = {f"num-{name}": number.rows for name, number in counted(tables).items()}
    return {
        "rows": {i: [article_of(tables, i), *events] for i, events in rows.items()},
        "groups": groups,
        "sources": list(tables.sources["source_id"]),
    }
