/* The proof in place: a click on a numeral, a link to a row or a mark opens the exact words without leaving the page.
   Without this script the same links lead to the row on the page of its article; a numeral with several rows leads to its note
   at the end of the page. Data only ever becomes text.

   A link names the rows that it stands for in `data-rows`, ids joined by spaces; without it, the row in its address. The words
   behind the marks of charts stand in the page itself, as JSON of the form that the files in `rows/` have; others are loaded
   from there.

   For other scripts, `link` being the element:
     bookProof.ids(link)  → the ids of its rows
     bookProof.rows(link) → Promise of these rows { id, address, source, outlet, date, headline, words?, says?, note?, url?,
                            context?, proof?, kind? (of the record beyond the articles) }, unknown ones left out; an event or
                            a counted number stands for the rows behind it
     bookProof.sources(link) → the articles that its rows are of */
(() => {
  const folder = document.currentScript.src.replace(/proof\.js.*$/, "rows/"), site = new URL("../../", folder).href;
  const links = "a.numeral, a.term, a.number, a.proof, figure.chart svg a";
  const most = 12;
  const report = document.querySelector('meta[name="report"]')?.content; // the form or letter, ROW in place of the row's id
  const loading = {};
  let panel, opener, brought;

  const load = (name) => loading[name] ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = `${folder}${name}.js`;
    script.onload = () => resolve(window.bookData[name]);
    script.onerror = () => { delete loading[name]; reject(new Error(name)); };
    document.head.append(script);
  });

  const own = (object, key) => object && Object.hasOwn(object, key) ? object[key] : undefined;

  /* What the page brought along, and where in it a row or a group stands. */
  const here = () => brought ??= JSON.parse(document.querySelector("#proofs")?.textContent ?? "{}");
  const source = (id) => Object.keys(here()).find((file) => own(here()[file].rows, id) || own(here()[file].groups, id));

  /* An address names a row by its fragment, and by its page the file that holds the row. */
  const url = (link) => new URL(link.href.baseVal ?? link.href, location.href);
  const anchor = (link) => decodeURIComponent(url(link).hash.slice(1));
  const article = (link) => url(link).pathname.match(/\/evidence\/([^/]+)\.html$/)?.[1];
  const ids = (link) => (link.dataset.rows ?? anchor(link)).split(" ");
  const sources = (link) => [article(link), ...ids(link).map(source)];
  const file = async (link, id) => source(id) ?? (id.startsWith("num-") ? "numbers" : id === anchor(link) ? article(link) : Object.entries(await load("where")).find(([, held]) => held.includes(id))?.[0]);

  const row = async (file, id) => {
    const book = source(id) ? here()[file] : await load(file), found = own(book.rows, id);
    if (!found) return [];
    const { run, ...told } = found, { url, ...named } = book.source;
    return [{ id, source: file, address: `${site}evidence/${file}.html#${id}`, ...named, ...told, ...(run && { url: url + run }) }];
  };

  const find = async (link, id) => {
    const name = await file(link, id), group = own((source(id) ? here()[name] : await load(name)).groups, id);
    const named = group ? group.rows : [[name, id]];
    const address = `${site}${name === "numbers" ? "chapters/evidence" : `evidence/${name}`}.html#${id}`;
    return { group, address, rows: (await Promise.all(named.map(([from, one]) => row(from, one)))).flat() };
  };
  const rows = async (link) => (await Promise.all(ids(link).map((id) => find(link, id)))).flatMap((found) => found.rows);

  const make = (tag, text, attributes = {}) => {
    const element = Object.assign(document.createElement(tag), attributes);
    element.textContent = text;
    return element;
  };

  const item = (row) => {
    const box = make("section", "");
    if (row.context) box.append(make("p", row.context, { className: "context" })); // its proof is the weaker one: said first
    box.append(make("p", `${row.outlet}, ${row.date}`, { className: "who" }), make("p", row.headline, { className: "headline" }));
    if (row.context) box.append(make("p", row.says), make("p", row.proof), make("p", row.kind, { className: "note" }));
    else box.append(row.words ? make("blockquote", `“${row.words}”`) : make("p", "The report does not mention it."));
    if (row.note) box.append(make("p", row.note, { className: "note" }));
    const ways = make("p", "", { className: "ways" });
    ways.append(make("a", "In the data", { href: row.address }));
    if (row.url) ways.append(make("a", row.context ? "Open the source" : "Open the report", { href: row.url, rel: "noopener" }));
    ways.append(make("a", "Report an error", { href: report ? report.replaceAll("ROW", row.id) : `${site}chapters/corrections.html#report-an-error` }));
    box.append(ways);
    return box;
  };

  const build = () => {
    panel = make("dialog", "", { className: "evidence" });
    panel.setAttribute("aria-label", "Exact words");
    panel.append(make("button", "Close", { type: "button", className: "close" }), make("div", "", { className: "rows" }));
    panel.addEventListener("click", (event) => { if (event.target === panel || event.target.className === "close" || event.target.closest("a")) panel.close(); });
    panel.addEventListener("close", () => opener?.focus());
    document.body.append(panel);
  };

  const counted = ({ group, address }) => {
    const how = make("p", `${group.text[0].toUpperCase()}${group.text.slice(1)}: ${group.how || "dated by these rows."} `, { className: "how" });
    if (group.count > most || !group.count) how.append(make("a", group.count ? `All ${group.count} rows` : "How it was counted", { href: address }));
    return how;
  };

  /* A term and its explanation, which stands at the end of the page, or in the glossary. */
  const explained = (link) => {
    let place = document.getElementById(anchor(link));
    while (place && place.tagName !== "DD") place = place.nextElementSibling;
    const says = place.cloneNode(true);
    for (const numeral of says.querySelectorAll(".numeral")) numeral.remove();
    return [make("p", link.textContent, { className: "who" }), make("p", says.textContent.trim(), { className: "term" })];
  };

  const open = async (link) => {
    const found = await Promise.all(ids(link).map((id) => find(link, id))), groups = found.filter((one) => one.group);
    const listed = [...new Map(found.flatMap((one) => one.rows).map((row) => [row.id, row])).values()];
    if (!groups.length && !listed.length) throw new Error(link.href);
    if (!panel) build();
    opener = link;
    const list = panel.querySelector(".rows");
    list.replaceChildren(...(link.matches(".term") ? explained(link) : []), ...groups.map(counted), ...listed.slice(0, most).map(item));
    panel.showModal();
    list.scrollTop = 0;
  };

  window.bookProof = { ids, rows, sources };

  const target = (event) => {
    // a finger between two lines of a label hits the paper behind them
    const near = (up) => event.target.ownerSVGElement && document.elementFromPoint(event.clientX, event.clientY + up)?.closest(links);
    const link = event.target.closest?.(links) || near(-4) || near(4);
    return link?.getAttribute("href").includes("#") ? link : undefined;
  };

  document.addEventListener("pointerover", (event) => {
    const link = target(event);
    if (link && !link.ownerSVGElement) rows(link).catch(() => {}); // so that a click need not wait
  }, { passive: true });

  document.addEventListener("click", async (event) => {
    const link = target(event);
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    try { await open(link); } catch { location.href = url(link); }
  });

  /* The evidence page: the way on for a row that stood here before. */
  const forward = async () => {
    const id = decodeURIComponent(location.hash.slice(1));
    if (!id || document.getElementById(id)) return;
    const found = Object.entries(await load("where")).find(([, ids]) => ids.includes(id));
    if (found) location.replace(`${site}evidence/${found[0]}.html#${id}`);
  };

  addEventListener("DOMContentLoaded", () => {
    if (!document.querySelector("ul.articles")) return;
    const on = () => forward().catch(() => {});
    addEventListener("hashchange", on);
    on();
  });
})();
