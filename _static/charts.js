/* A chart comes alive when a reader reaches for it: Vega, loaded then and once, draws it again in place.

   Until then, and where anything fails, the drawing in the page stays; it is complete. What Vega draws is kept only if it
   says the same words and leads to the same rows. Names, addresses and the description are taken over from the page, so
   that they stand in one place. Data only ever becomes text. */
(() => {
  const here = document.currentScript.src;
  const MARKS = "figure.chart svg a, figure.chart svg [data-rows], figure.chart .sources a, a.proof, a.number";
  const FEW = 3; // rows that a tooltip shows; the dialog has them all
  const loads = {}, tried = new WeakSet(), kin = new WeakMap();
  let keys, pressed = false, pointer = null, tip, shown, leaving;

  const load = (file) => loads[file] ??= new Promise((resolve, reject) => {
    const script = Object.assign(document.createElement("script"), { src: new URL(file, here).href, onload: resolve, onerror: reject });
    document.head.append(script);
  });
  const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
  const chart = (node) => node?.closest?.("figure.chart .wide, figure.chart .narrow");
  const link = (node) => node?.closest?.("figure.chart svg a");
  const anchor = (a) => decodeURIComponent((a.getAttribute("href") || "").split("#")[1] || "");
  /* Where a row of a mark stands: all rows of an article stand on its page, and these pages side by side. */
  const address = (a, id) => (id === anchor(a) || !keys.rows[id]?.[0] ? a.href.baseVal : a.href.baseVal.replace(/[^/]*$/, `${keys.rows[id][0]}.html#${id}`));

  /* ---- from the drawing in the page to the one that responds */
  const words = (svg) => [...svg.querySelectorAll("text")].map((text) => text.textContent.replace(/\s/g, "")).join("|");

  async function draw(spec) {
    const box = document.createElement("div"); // never in the page: vega-embed would style it
    await window.vegaEmbed(box, spec, { mode: "vega-lite", renderer: "svg", ast: true, actions: false, defaultStyle: false,
      hover: false, tooltip: () => {}, logLevel: 0 }); // ast: no eval; a tooltip of our own: vega-tooltip writes a <style>
    return box.querySelector("svg");
  }

  function adopt(drawn, old, prefix) {
    for (const node of drawn.querySelectorAll("*")) {
      for (const name of ["role", "aria-roledescription", "aria-hidden", "aria-label"]) node.removeAttribute(name);
      if (node.id) node.id = `${prefix}-${node.id}`;
      const clip = node.getAttribute("clip-path");
      if (clip) node.setAttribute("clip-path", clip.replace("url(#", `url(#${prefix}-`));
    }
    const links = [...old.querySelectorAll("a")];
    const items = [...drawn.querySelectorAll("path, text, rect, line")].filter((node) => node.__data__?.datum?.row || node.__data__?.href);
    const linked = items.filter((node) => node.__data__.href);
    const same = linked.length === links.length && linked.every((node, i) => node.__data__.href.split("#")[1] === links[i].getAttribute("href").split("#")[1]);
    if (!same || words(drawn) !== words(old)) throw new Error("the drawing and the page differ");
    for (const node of items) {
      const { href, datum } = node.__data__;
      const own = href ? [anchor(links[linked.indexOf(node)])] : [];
      const rows = [...new Set([...own, ...(datum.row || "").split(" ")])].filter(Boolean).join(" ");
      if (!href) { node.dataset.rows = rows; continue; }
      const a = links[linked.indexOf(node)].cloneNode(false);
      a.dataset.rows = rows;
      a.addresses = rows.split(" ").map((id) => address(a, id));
      node.replaceWith(a);
      a.append(node);
      node.__data__.href = null; // the link in the page leads there; Vega would open it a second time
    }
    for (const name of ["width", "height", "viewBox", "role", "aria-labelledby", "aria-describedby"]) drawn.setAttribute(name, old.getAttribute(name));
    drawn.prepend(...[...old.children].filter((child) => ["title", "desc"].includes(child.localName)));
    drawn.setAttribute("class", `${old.getAttribute("class") || ""} alive`.trim());
    return links;
  }

  async function wake(box) {
    if (tried.has(box)) return;
    tried.add(box);
    try {
      const label = box.closest("figure").id, name = label.replace("fig-", "").replaceAll("-", "_");
      await Promise.all([load("vega.js"), load("keys.js"), load(`charts/${name}.js`)]);
      keys ??= { ...window.bookKeys, sources: new Set(window.bookKeys.sources) };
      const drawn = await draw(window.bookCharts[name][box.className]), old = box.querySelector("svg");
      while (pressed) await pause(50); // a press and its release on two drawings would be no click
      const links = adopt(drawn, old, `${label}-${box.className}`);
      const focus = links.indexOf(document.activeElement), made = [...drawn.querySelectorAll("a")];
      links.forEach((a, i) => window.bookProof?.moved.set(a, made[i]));
      old.replaceWith(drawn);
      if (focus >= 0) made[focus].focus({ preventScroll: true });
      if (pointer) reach(document.elementFromPoint(...pointer));
    } catch { /* the drawing in the page stays, and says all */ }
  }

  /* ---- what belongs together: the same row or the same event; for an article, all that it says */
  const rowsOf = (node) => {
    const rows = node.dataset.rows ? node.dataset.rows.split(" ") : [anchor(node)];
    return rows.flatMap((id) => keys.groups[id] || [id]);
  };
  const every = (node) => {
    if (!kin.has(node)) kin.set(node, new Set(rowsOf(node).flatMap((id) => [id, ...(keys.rows[id] || [])].filter(Boolean))));
    return kin.get(node);
  };

  function light(node) {
    if (!keys) return;
    const own = node ? rowsOf(node) : [], all = [...document.querySelectorAll(MARKS)];
    const wider = (id) => (node.matches("a.number") ? [] : keys.rows[id] || []).filter((key) => key && !keys.sources.has(key)); // not an article's every row
    const wanted = new Set(own.flatMap((id) => [id, ...wider(id)]));
    for (const mark of all) mark.classList.toggle("kin", wanted.size > 0 && [...every(mark)].some((key) => wanted.has(key)));
    for (const svg of document.querySelectorAll("figure.chart svg")) svg.classList.toggle("dimmed", Boolean(svg.querySelector(".kin")));
  }

  /* ---- the exact words beside the mark */
  const make = (tag, text, name) => Object.assign(document.createElement(tag), { textContent: text, className: name || "" });

  function hide() {
    clearTimeout(leaving);
    shown?.removeAttribute("aria-describedby");
    if (tip) tip.hidden = true;
    shown = null;
  }

  async function tell(a) {
    if (shown === a) return clearTimeout(leaving);
    hide();
    if (!a.closest("svg.alive")) return;
    shown = a;
    const rows = await window.bookProof?.rows(...a.addresses).catch(() => []) ?? [];
    if (!rows.length || shown !== a) return;
    if (!tip) {
      tip = Object.assign(make("div", "", "chart-tip"), { id: "chart-tip", hidden: true });
      tip.setAttribute("role", "tooltip");
      tip.addEventListener("pointerenter", () => clearTimeout(leaving)); // a reader may move onto it
      tip.addEventListener("pointerleave", () => { hide(); light(null); });
      (document.querySelector("main") || document.body).append(tip);
    }
    const more = rows.length - FEW;
    tip.replaceChildren(...(rows.length > 1 ? [make("p", `${rows.length} passages`, "how")] : []), ...rows.slice(0, FEW).flatMap((row) => [
      ...(row.context ? [make("p", row.context, "context"), make("p", row.says, "words")] : [make("p", row.words ? `“${row.words}”` : "Looked for, not there.", "words")]),
      make("p", `${row.outlet}, ${row.date}`, "from")]),
      ...(more > 0 ? [make("p", `and ${more} more`, "how")] : []));
    tip.hidden = false;
    a.setAttribute("aria-describedby", tip.id);
    place();
  }

  function place() {
    if (!shown || tip?.hidden !== false) return;
    const mark = shown.getBoundingClientRect(), own = tip.getBoundingClientRect(), edge = 8;
    const left = Math.min(Math.max(edge, mark.left + mark.width / 2 - own.width / 2), document.documentElement.clientWidth - own.width - edge);
    const above = mark.top - own.height - edge;
    Object.assign(tip.style, { left: `${left}px`, top: `${above > edge ? above : Math.min(mark.bottom + edge, innerHeight - own.height - edge)}px` });
  }

  function reach(node) {
    const box = chart(node), a = link(node), mark = node?.closest?.(MARKS);
    if (box) wake(box);
    if (!mark) return;
    clearTimeout(leaving);
    light(mark);
    if (a) tell(a); else hide();
  }

  /* ---- a reader reaches: with a mouse by pointing, with a finger by a tap (a swipe past is none), with keys by focus */
  const quiet = { passive: true, capture: true };
  addEventListener("pointerdown", () => { pressed = true; }, quiet);
  for (const end of ["pointerup", "pointercancel"]) addEventListener(end, () => setTimeout(() => { pressed = false; }, 300), quiet);
  addEventListener("pointermove", (event) => { pointer = event.pointerType === "touch" ? null : [event.clientX, event.clientY]; }, quiet);
  addEventListener("pointerover", (event) => { if (event.pointerType !== "touch") reach(event.target); }, quiet);
  addEventListener("pointerout", (event) => {
    if (event.pointerType === "touch" || !event.target.closest?.(MARKS)) return;
    clearTimeout(leaving);
    leaving = setTimeout(() => { hide(); light(null); }, 150);
  }, quiet);
  addEventListener("click", (event) => { hide(); const box = chart(event.target); if (box) wake(box); }, quiet);
  addEventListener("focusin", (event) => {
    const box = chart(event.target), mark = event.target.closest?.(MARKS);
    if (box) wake(box);
    if (mark) light(mark);
    if (link(event.target)?.matches(":focus-visible")) tell(link(event.target));
  }, quiet);
  addEventListener("focusout", (event) => { if (event.target.closest?.(MARKS)) { hide(); light(null); } }, quiet);
  addEventListener("keydown", (event) => { if (event.key === "Escape" && shown) { hide(); light(null); } }, quiet);
  addEventListener("scroll", place, quiet);
})();
