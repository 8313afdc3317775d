/* The proof in place: a click on a number, a marker or a mark opens the exact words without leaving the page.
   Without this script the same links lead to the row on the evidence page. Data only ever becomes text. */
(() => {
  const here = document.currentScript.src;
  const links = "a.number, a.proof, figure.chart svg a";
  let loading, panel, opener;

  const rows = () => loading ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = here.replace(/proof\.js.*$/, "rows.js");
    script.onload = () => resolve(window.bookRows);
    script.onerror = reject;
    document.head.append(script);
  });

  const make = (tag, text, attributes = {}) => {
    const element = Object.assign(document.createElement(tag), attributes);
    element.textContent = text;
    return element;
  };

  const item = (row, page) => {
    const box = make("section", "");
    const source = window.bookRows.sources[row.source];
    if (source) box.append(make("p", `${source.outlet}, ${source.date}`, { className: "who" }), make("p", source.headline, { className: "headline" }));
    box.append(row.words ? make("blockquote", `“${row.words}”`) : make("p", "Looked for, not there."));
    if (row.note) box.append(make("p", row.note, { className: "note" }));
    const ways = make("p", "", { className: "ways" });
    ways.append(make("a", "The row", { href: `${page}#${row.id}` }));
    if (row.url) ways.append(make("a", "In the article", { href: row.url, rel: "noopener" }));
    box.append(ways);
    return box;
  };

  const build = () => {
    panel = make("dialog", "", { className: "evidence" });
    panel.setAttribute("aria-label", "Exact words");
    panel.append(make("button", "Close", { type: "button", className: "close" }), make("div", "", { className: "rows" }));
    panel.addEventListener("click", (event) => { if (event.target === panel || event.target.className === "close") panel.close(); });
    panel.addEventListener("close", () => opener?.focus());
    document.body.append(panel);
  };

  const show = (found, number, page) => {
    if (!panel) build();
    const list = panel.querySelector(".rows");
    list.replaceChildren();
    if (number) list.append(make("p", `${number.text}: ${number.how || "Dated by these rows."}`, { className: "how" }));
    const most = 12;
    list.append(...found.slice(0, most).map((row) => item(row, page)));
    if (found.length > most || !found.length) list.append(make("a", found.length ? `All ${found.length} rows` : "How it was counted", { href: number ? `${page}#${number.key}` : page }));
    panel.showModal();
    list.scrollTop = 0;
  };

  document.addEventListener("pointerover", (event) => { if (event.target.closest?.(links)) rows().catch(() => {}); }, { passive: true });

  document.addEventListener("click", async (event) => {
    const link = event.target.closest?.(links);
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    const [page, anchor] = (link.getAttribute("href") || "").split("#");
    if (!anchor) return;
    event.preventDefault();
    opener = link;
    try {
      const book = await rows();
      const id = decodeURIComponent(anchor);
      const number = book.groups[id] && { key: id, ...book.groups[id] };
      const found = (number ? number.rows : [id]).map((i) => book.rows[i] && { id: i, ...book.rows[i] }).filter(Boolean);
      if (!found.length && !number) throw new Error(id);
      show(found, number, page);
    } catch {
      location.href = link.getAttribute("href");
    }
  });

  /* The evidence page: a filter over its rows. */
  addEventListener("DOMContentLoaded", () => {
    const page = document.querySelector("nav.articles");
    if (!page) return;
    const box = make("label", "Show rows that contain ", { className: "filter" });
    const input = make("input", "", { type: "text", autocomplete: "off" });
    const told = make("output", "");
    box.append(input, " ", told);
    page.after(box);
    const all = [...document.querySelectorAll("section.article ul.rows > li")].map((li) => [li, li.textContent.toLowerCase()]);
    input.addEventListener("input", () => {
      const wanted = input.value.trim().toLowerCase().split(/\s+/);
      let left = 0;
      for (const [li, text] of all) left += !(li.hidden = !wanted.every((word) => text.includes(word)));
      for (const list of document.querySelectorAll("section.article ul.rows")) list.hidden = list.previousElementSibling.hidden = !list.querySelector("li:not([hidden])");
      told.textContent = input.value.trim() ? `${left} of ${all.length}` : "";
    });
  });
})();
