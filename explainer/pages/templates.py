"""The one Jinja environment: HTML that the pages write out stands in `templates/`, escaped."""

from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from explainer.data.rows import address
from explainer.data.tables import Tables
from explainer.words.sources import labels

_TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).with_name("templates")),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def render(template: str, tables: Tables, page: str = "", **values: Any) -> str:
    """Return the HTML that `templates/<template>` makes of `values` for a page.

    Templates have `address(row)`, where a row's exact words stand; `label(source_id)`, an article's
    short name; `from_here(path)`, a path that begins with `../` as the page writes it.
    """

    def from_here(path: str) -> str:
        return path.removeprefix("../") if page == "index" else path

    return _TEMPLATES.get_template(template).render(
        address=lambda row: from_here(address(tables, row)),
        from_here=from_here,
        label=labels(tables).get,
        **values,
    )
