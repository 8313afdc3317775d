"""The one Jinja environment of the pages: all their HTML is in `templates/`, escaped."""

import re
from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import (
    Environment,
    FileSystemBytecodeCache,
    PackageLoader,
    StrictUndefined,
    pass_context,
)
from jinja2.runtime import Context
from markupsafe import Markup

from explainer.data.rows import address, empty
from explainer.data.tables import Tables
from explainer.words.formats import day, number
from explainer.words.quotations import quoted
from explainer.words.sources import labels
from explainer.words.truncate import FEW, LINE, truncate


def environment(package: str) -> Environment:
    """Return the Jinja environment of the folder `templates` of a package: values are escaped."""
    loader = PackageLoader(package)
    strict: dict[str, Any] = {"autoescape": True, "undefined": StrictUndefined}
    return Environment(loader=loader, trim_blocks=True, lstrip_blocks=True, **strict)


def keep(environment: Environment, folder: Path) -> None:
    """Keep the templates of an environment, once they are compiled, in a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    environment.bytecode_cache = FileSystemBytecodeCache(str(folder))


TEMPLATES = environment("explainer.pages")


def render(template: str, tables: Tables | None, page: str = "", **values: Any) -> Markup:
    """Return the HTML of `templates/<template>`, with links for a page in a folder or for `page`
    'index'. KeyError if it links to a row that is not in `tables`, UndefinedError if it lacks a
    value.
    """
    text = TEMPLATES.get_template(template).render(tables=tables, page=page, **values)
    return Markup(text.strip())


def on_page(link: str, page: str) -> str:
    """Return a link written for a folder as `page` needs it: 'index' is above the folders."""
    return link.removeprefix("../") if page == "index" else link


@pass_context
def _from_here(context: Context, link: str) -> str:
    return on_page(link, context["page"])


@pass_context
def _address(context: Context, row_id: str) -> str:
    return on_page(address(context["tables"], row_id), context["page"])


@pass_context
def _label(context: Context, source_id: str) -> str:
    """Return the short name of an article, "" where the id is of none."""
    return labels(context["tables"]).get(source_id, "")


def marked(line: str) -> Markup:
    """Return a line of Markdown as HTML: its code spans and escaped characters, no more."""
    spans = re.split(r"(?<!\\)`([^`]*)`", line)
    code = Markup("<code>{}</code>")
    return Markup("").join(
        code.format(span) if i % 2 else re.sub(r"\\([\\`*_\[\]<>&#|{}])", r"\1", span)
        for i, span in enumerate(spans)
    )


TEMPLATES.globals |= {"from_here": _from_here, "address": _address, "label": _label, "few": FEW}
TEMPLATES.filters |= {
    **{function.__name__: function for function in (number, day, quoted, marked)},
    "shown": lambda value: "" if empty(value) else value,
    "truncated": truncate,
    "first_ones": partial(truncate, most=LINE),
}
