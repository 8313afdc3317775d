"""What each chart is, for who takes its files: `figures/<name>.metadata.json` beside them."""

import csv
import json
from typing import Any

from explainer.data.corrections import dates
from explainer.data.tables import book
from explainer.site.document import Site, text_of
from explainer.site.publish import citation
from explainer.site.publish.address import address
from explainer.site.publish.catalogues import origin
from explainer.site.publish.embeds import Chart, charts
from explainer.words.sources import in_time

ENDING = ".metadata.json"


def write(site: Site) -> None:
    """Write the file of each chart that the pages of a site show."""
    base = address()  # "" for none: files are named by their place in the site
    articles = in_time(book()).to_dict("records")
    for chart in charts(site):
        text = json.dumps(metadata(site, chart, articles, base), indent=1, ensure_ascii=False)
        path = site.folder / "figures" / f"{chart.name}{ENDING}"
        path.write_text(text + "\n", encoding="utf-8")


def metadata(site: Site, chart: Chart, articles: list[dict[str, Any]], base: str) -> dict[str, Any]:
    """Return a chart's finding, articles, citation, files, and the columns of its data."""
    tables, work, at = book(), citation.work(), f"{base}{chart.anchor}"
    links = chart.drawn.xpath(".//p[@class='sources']//a/@href")
    proofs = {link.partition("#")[0].rpartition("/")[2] for link in links}
    figures = site.folder / "figures"
    names = sorted(path.name for path in figures.glob(f"{chart.name}[._]*"))
    files = [name for name in names if not name.endswith((".html", ENDING))]
    with (figures / f"{chart.name}.csv").open(encoding="utf-8", newline="") as file:
        columns = next(csv.reader(file))
    return {
        "name": chart.name,
        "title": chart.finding,
        "caption": chart.caption,
        "description": text_of(next(chart.drawn.iter("desc"))),
        "page": at,
        "modified": dates(tables)[1],
        "version": work.version,
        "license": tables.descriptor["licenses"][0]["path"],
        "citation": citation.text(work, chart.finding, base and at),
        "sources": [origin(a) for a in articles if f"{a['source_id']}.html" in proofs],
        "context": "record.html" in proofs,
        "fields": [{"name": name} for name in columns],
        "files": [f"{base}figures/{name}" for name in files],
    }
