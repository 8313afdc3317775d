/* Charts answer a pointer, a key and a tap. All that this needs is in the page: each mark and each label is a link with the
   ids of its rows (`data-rows`) and of the events they speak of (`data-events`), and the page brings their exact words along
   (`bookProof` of proof.js, which also opens them). Nothing is loaded, nothing is drawn again; data only ever becomes text. */
(() => {
  const LINKS = "figure.chart svg a";
  const MARKS = `${LINKS}, figure.chart .sources a, a.proof, a.number, a.numeral`;
  const FEW = 3; // rows that a tooltip shows; the dialog has them all
  let tip, shown, lit, leaving, frame;

  /* ---- what belongs together: the same row, or a row and what it speaks of; for an article, all that is drawn from it */
  const belongings = (mark) => [...window.bookProof.ids(mark), ...(mark.dataset.events || "").split(" ")].filter(Boolean);

  async function highlight(mark) {
    lit = mark;
    enclose(mark);
    const wanted = new Set(mark ? belongings(mark) : []), article = mark?.matches(".sources a") && window.bookProof.sources(mark)[0];
    if (mark?.matches("a.number, a.numeral")) for (const row of await window.bookProof.rows(mark).catch(() => [])) wanted.add(row.id);
    if (lit !== mark) return;
    const kin = (other) => other === mark || belongings(other).some((id) => wanted.has(id)) || article && window.bookProof.sources(other).includes(article);
    for (const other of document.querySelectorAll(MARKS)) other.classList.toggle("kin", Boolean(mark && kin(other)));
    for (const svg of document.querySelectorAll("figure.chart svg")) svg.classList.toggle("dimmed", Boolean(svg.querySelector(".kin")));
  }

  /* A frame over all that is drawn: the outline of a mark lies under the marks after it. */
  function enclose(mark) {
    frame?.remove();
    if (!mark?.matches(LINKS)) return;
    const svg = mark.ownerSVGElement, box = mark.getBoundingClientRect(), inside = svg.getScreenCTM().inverse();
    const [from, to] = [[box.left - 3, box.top - 3], [box.right + 3, box.bottom + 3]].map(([x, y]) => new DOMPoint(x, y).matrixTransform(inside));
    frame = document.createElementNS(svg.namespaceURI, "rect");
    for (const [name, value] of Object.entries({ class: "frame", x: from.x, y: from.y, width: to.x - from.x, height: to.y - from.y })) frame.setAttribute(name, value);
    svg.append(frame);
  }

  /* ---- the exact words beside the mark */
  const make = (tag, text, name) => Object.assign(document.createElement(tag), { textContent: text, className: name || "" });

  function hide() {
    clearTimeout(leaving);
    shown?.removeAttribute("aria-describedby");
    if (tip) tip.hidden = true;
    shown = null;
  }

  /* The links of a drawing that lead to the same rows: a mark and its words. */
  function twins(a) {
    const ids = (link) => window.bookProof.ids(link).sort().join();
    return [...a.ownerSVGElement.querySelectorAll("a")].filter((other) => ids(other) === ids(a));
  }

  /* A label says what its mark is called, the first link to the same rows, unless these say just that. A screen reader has
     said the name already. */
  function heading(a, rows) {
    const name = make("p", twins(a).find((twin) => twin.hasAttribute("aria-label")).getAttribute("aria-label"), "name");
    name.setAttribute("aria-hidden", "true");
    const passages = `${rows.length} passages`;
    if (rows.length === 1) return name.textContent === `“${rows[0].words}”` ? [] : [name];
    return name.textContent.endsWith(passages) ? [name] : [name, make("p", passages, "how")];
  }

  async function explain(a) {
    if (shown === a) return clearTimeout(leaving);
    hide();
    shown = a;
    const rows = await window.bookProof.rows(a).catch(() => []);
    if (!rows.length || shown !== a) return;
    if (!tip) {
      tip = Object.assign(make("div", "", "chart-tip"), { id: "chart-tip", hidden: true });
      tip.setAttribute("role", "tooltip");
      tip.addEventListener("pointerenter", () => clearTimeout(leaving)); // a reader may move onto it
      tip.addEventListener("pointerleave", leave);
      (document.querySelector("main") || document.body).append(tip);
    }
    const more = rows.length - FEW;
    tip.replaceChildren(...heading(a, rows), ...rows.slice(0, FEW).flatMap((row) => [
      ...(row.context ? [make("p", row.context, "context"), make("p", row.says, "words")] : [make("p", row.words ? `“${row.words}”` : "The report does not mention it.", "words")]),
      make("p", `${row.outlet}, ${row.date}`, "from")]),
      ...(more > 0 ? [make("p", `and ${more} more`, "how")] : []));
    tip.hidden = false;
    a.setAttribute("aria-describedby", tip.id);
    place();
  }

  function place() {
    if (!shown || tip?.hidden !== false) return;
    const mark = shown.getBoundingClientRect(), own = tip.getBoundingClientRect(), edge = 8, near = 24;
    const beside = twins(shown).map((one) => one.getBoundingClientRect()).filter((box) => box.left < mark.right + near && box.right > mark.left - near
      && box.top < mark.bottom + near && box.bottom > mark.top - near); // a mark and its words: what is explained is not covered
    const top = Math.min(...beside.map((box) => box.top)), bottom = Math.max(...beside.map((box) => box.bottom));
    const left = Math.min(Math.max(edge, mark.left + mark.width / 2 - own.width / 2), document.documentElement.clientWidth - own.width - edge);
    const above = top - own.height - edge;
    Object.assign(tip.style, { left: `${left}px`, top: `${above > edge ? above : Math.min(bottom + edge, innerHeight - own.height - edge)}px` });
  }

  /* ---- a reader reaches: with a mouse by pointing, with keys by focus; a finger's tap is a click, which opens the proof */
  function reach(target, words) {
    const mark = target.closest?.(MARKS);
    if (!mark) return;
    clearTimeout(leaving);
    highlight(mark);
    if (mark.matches(LINKS) && words) explain(mark); else hide();
  }
  function leave() { hide(); highlight(null); }

  const quiet = { passive: true, capture: true };
  addEventListener("pointerover", (event) => { if (event.pointerType !== "touch") reach(event.target, true); }, quiet);
  addEventListener("pointerout", (event) => {
    if (event.pointerType === "touch" || !event.target.closest?.(MARKS)) return;
    clearTimeout(leaving);
    leaving = setTimeout(leave, 150);
  }, quiet);
  addEventListener("focusin", (event) => reach(event.target, event.target.matches(":focus-visible")), quiet);
  addEventListener("focusout", (event) => { if (event.target.closest?.(MARKS)) leave(); }, quiet);
  addEventListener("click", hide, quiet);
  addEventListener("keydown", (event) => { if (event.key === "Escape" && shown) leave(); }, quiet);
  addEventListener("scroll", place, quiet);
})();
