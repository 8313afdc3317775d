/* The proof in place: a click on a number, a marker or a mark opens the exact words without leaving the page.
   Without this script the same links lead to the row on the page of its article. Data only ever becomes text.

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
  const links = "a.number, a.proof, figure.chart svg a";
  const most = { rows: 12, found: 50 };
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
  const file = async (link, id) => source(id) ?? (id === anchor(link) ? article(link) ?? "numbers" : Object.entries(await load("where")).find(([, held]) => held.includes(id))?.[0]);

  const row = async (file, id) => {
    const book = source(id) ? here()[file] : await load(file), found = own(book.rows, id);
    if (!found) return [];
    const { run, ...told } = found, { url, ...named } = book.source;
    return [{ id, source: file, address: `${site}evidence/${file}.html#${id}`, ...named, ...told, ...(run && { url: url + run }) }];
  };

  const find = async (link, id) => {
    const name = await file(link, id), group = own((source(id) ? here()[name] : await load(name)).groups, id);
    const named = group ? group.rows : [[name, id]];
    return { group, rows: (await Promise.all(named.map(([from, one]) => row(from, one)))).flat() };
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
    if (row.context) box.append(make("p", row.says), make("p", row.proof), make("p", `Kind of page: ${row.kind}.`, { className: "note" }));
    else box.append(row.words ? make("blockquote", `“${row.words}”`) : make("p", "Looked for, not there."));
    if (row.note) box.append(make("p", row.note, { className: "note" }));
    const ways = make("p", "", { className: "ways" });
    ways.append(make("a", "The row", { href: row.address }));
    if (row.url) ways.append(make("a", row.context ? "The page" : "In the article", { href: row.url, rel: "noopener" }));
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

  const open = async (link) => {
    const found = await Promise.all(ids(link).map((id) => find(link, id))), group = found.length === 1 ? found[0].group : undefined;
    const listed = found.flatMap((one) => one.rows);
    if (!group && !listed.length) throw new Error(link.href);
    if (!panel) build();
    opener = link;
    const list = panel.querySelector(".rows");
    list.replaceChildren();
    if (group) list.append(make("p", `${group.text}: ${group.how || "Dated by these rows."}`, { className: "how" }));
    list.append(...listed.slice(0, most.rows).map(item));
    if (group && (group.count > most.rows || !group.count)) list.append(make("a", group.count ? `All ${group.count} rows` : "How it was counted", { href: link.href }));
    panel.showModal();
    list.scrollTop = 0;
  };

  window.bookProof = { ids, rows, sources };

  const target = (event) => {
    const link = event.target.closest?.(links);
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

  /* Text as search sees it, the reader's and the rows' alike: without case, accents and quotation marks, whichever apostrophe, dash or
     separator of thousands was typed. Words in double quotation marks are looked for as they stand together. */
  const fold = (text) => text
    .replace(/(?<!\d)\d{1,3}(?:[,.'’\u00a0\u2009\u202f]\d{3})+(?!\d)/g, (number) => number.replace(/\D/g, ""))
    .replace(/[“”„‟«»″]/g, '"').replace(/['‘’‚‛′`´ʹ-ʿ]/g, "")
    .normalize("NFKD").replace(/[\p{M}\u00ad]/gu, "").replace(/[\p{Pd}−]/gu, "-").replace(/\s+/g, " ").toLowerCase();
  const unquoted = (text) => text.replaceAll('"', "").trim();
  const terms = (query) => (fold(query).match(/"[^"]*"?|[^\s"]+/g) ?? []).map(unquoted).filter(Boolean);

  /* The evidence page: a search over the rows of all articles, and the way on for a row that stood here before. */
  const hit = (row) => {
    const li = make("li", "");
    if (row.context) li.append(make("span", `${row.context}: ${row.says}`, { className: "words" }));
    else li.append(make("span", row.words ? `“${row.words}”` : "Looked for, not there.", { className: "words" }));
    if (row.says && !row.context) li.append(make("p", row.says, { className: "says" }));
    const where = make("p", "", { className: "where" });
    where.append(make("a", `${row.outlet}, ${row.date}: ${row.id}`, { href: row.address }));
    li.append(where);
    return li;
  };

  const search = (articles) => {
    const box = document.querySelector(".filter"), input = box.querySelector("input"), told = box.querySelector("output"), list = make("ul", "", { className: "rows found" });
    let asked = 0, timer;
    box.hidden = false;
    articles.before(list);
    const run = async () => {
      const now = ++asked, wanted = terms(input.value);
      const found = [];
      if (wanted[0]) for (const source of await load("articles")) {
        const held = await load(source);
        if (now !== asked) return;
        held.texts ??= Object.entries(held.rows).map(([id, { words = "", says = "", note = "" }]) => [id, unquoted(fold(`${id} ${words} ${says} ${note}`))]);
        for (const [id, text] of held.texts) if (id !== source && wanted.every((term) => text.includes(term))) found.push([source, id]);
        if (found.length > most.found) break;
      }
      const shown = (await Promise.all(found.slice(0, most.found).map(([source, id]) => row(source, id)))).flat();
      if (now !== asked) return;
      list.replaceChildren(...shown.map(hit));
      told.textContent = !wanted[0] ? "" : found.length > most.found ? `the first ${most.found}; add a word to see others` : `${found.length} found`;
    };
    input.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(() => run().catch(() => { told.textContent = "The rows could not be loaded."; }), 150);
    });
  };

  const forward = async () => {
    const id = decodeURIComponent(location.hash.slice(1));
    if (!id || document.getElementById(id)) return;
    const found = Object.entries(await load("where")).find(([, ids]) => ids.includes(id));
    if (found) location.replace(`${site}evidence/${found[0]}.html#${id}`);
  };

  addEventListener("DOMContentLoaded", () => {
    const articles = document.querySelector("ul.articles");
    if (!articles) return;
    search(articles);
    const on = () => forward().catch(() => {});
    addEventListener("hashchange", on);
    on();
  });
})();
