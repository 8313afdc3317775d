/* The search: over the whole book on its own page, over the rows on the evidence page. The engine (MiniSearch, "third-party/licences.txt") and what
   there is to find (search/index.js, written by explainer/site/publish/search_index.py) are loaded when somebody searches, as scripts,
   because a page opened as a file may fetch nothing. Nothing is sent or kept; what is found only ever becomes text.

   A box is an element with `data-search`: "all", or "rows" for what stands on the evidence pages alone. It holds an <input>, an <output>
   and a list with the class `found`; its form, where it has one, works by address: ?q=… */
(() => {
  const base = document.currentScript.src.replace(/search\.js.*$/, "");
  const kinds = { page: "", section: "", about: "", person: "Person or group", event: "Event", article: "Report", row: "Exact words", context: "" };
  const step = 20, around = 90; // hits at a time; letters before the first word that was found
  let ready;

  const load = (folder, name) => new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = `${base}${folder}/${name}`;
    script.onload = resolve;
    script.onerror = () => reject(new Error(name));
    document.head.append(script);
  });

  /* Words as the search sees them, the reader's and the book's alike: without case and accents, whichever apostrophe or separator of
     thousands was typed; "al-Sudani" is two words, of which the first one, like other slight words, counts for nothing. */
  const word = /\p{N}{1,3}(?:[,.'’\u00a0\u2009\u202f]\p{N}{3})+(?!\p{N})|[\p{L}\p{N}\p{M}'‘’‚‛′`´ʹ-ʿ\u00ad]+/gu;
  const slight = new Set("a al an and as at by el for in is of on or the to was were".split(" "));
  const fold = (text) => text.normalize("NFKD").replace(/[^\p{L}\p{N}]/gu, "").toLowerCase();
  const words = (text) => (text.match(word) ?? []).map(fold).filter(Boolean);
  const figure = (term) => /\d/.test(term);

  const build = ({ spellings, entries, weights }) => {
    const others = new Map();
    for (const group of spellings.map((names) => names.map(fold))) for (const name of group) others.set(name, group);
    const engine = new MiniSearch({
      fields: ["title", "words", "text", "where"],
      tokenize: words,
      processTerm: (term) => slight.has(term) ? null : others.get(term) ?? term,
      searchOptions: {
        processTerm: (term) => slight.has(term) ? null : term,
        boost: { title: 3, words: 1.5 },
        boostDocument: (id) => weights[entries[id].kind],
        prefix: (term) => term.length > 2 && !figure(term),
        combineWith: "AND",
        bm25: { k: 0.8, b: 0.9, d: 0.5 }, // a long section that names a thing often is no better than a short one about it
      },
    });
    engine.addAll(entries.map((entry, number) => ({ ...entry, id: number, title: entry.title ?? "", text: entry.text ?? "", where: `${entry.where ?? ""} ${entry.id ?? ""}` })));
    return { engine, entries, others };
  };
  const index = () => ready ??= Promise.all([load("third-party", "minisearch.js"), load("search", "index.js")]).then(() => build(window.bookIndex)).catch((error) => { ready = undefined; throw error; });

  /* Hits, best first. What is spelled otherwise is looked for only where nothing has the words as typed. Words in double quotation
     marks are looked for as they stand together. */
  const find = ({ engine, entries, others }, query, only) => {
    const phrases = [...query.matchAll(/["“”„‟«»″]([^"“”„‟«»″]+)/gu)].filter((_, place) => place % 2 === 0).map(([, text]) => words(text).join(" "));
    const whole = ({ title, words: said, text }) => ` ${[title, said, text].map((part) => words(part ?? "").join(" ")).join(" | ")} `;
    const filter = ({ id }) => (only !== "rows" || !["page", "section", "about"].includes(entries[id].kind)) && phrases.every((phrase) => whole(entries[id]).includes(` ${phrase} `));
    const near = { fuzzy: (term) => !figure(term) && term.length > 4 ? Math.min(2, Math.floor(term.length / 4)) : false };
    const exact = engine.search(query, { filter }), hits = exact.length || phrases.length ? exact : engine.search(query, { filter, ...near });
    const marked = new Set(hits.flatMap((hit) => hit.terms));
    const marks = (term) => [others.get(term) ?? term].flat().some((one) => marked.has(one));
    return { hits: hits.map(({ id }) => entries[id]), guessed: !exact.length && hits.length > 0, marks };
  };

  const make = (tag, className, ...inside) => {
    const element = Object.assign(document.createElement(tag), { className });
    element.append(...inside);
    return element;
  };

  /* A text as nodes, the words that were found in <mark>; `from` is the letter to begin at. */
  const marked = (text, marks, from = 0) => {
    const nodes = [];
    let at = from;
    for (const { 0: found, index: place } of text.matchAll(word)) {
      if (place < at || !marks(fold(found))) continue;
      nodes.push(text.slice(at, place), make("mark", "", found));
      at = place + found.length;
    }
    return [...nodes, text.slice(at)];
  };
  const excerpt = (text, marks) => {
    const places = [...text.matchAll(word)].map(({ 0: found, index }) => ({ term: fold(found), index })).filter(({ term }) => marks(term));
    const different = ({ index: start }) => new Set(places.filter(({ index }) => index >= start && index < start + around).map(({ term }) => term)).size;
    const most = Math.max(...places.map(different)), first = places.find((place) => different(place) === most)?.index ?? 0;
    const from = first > around ? text.indexOf(" ", first - around) + 1 : 0;
    const end = text.length > from + 3 * around ? text.lastIndexOf(" ", from + 3 * around) : text.length;
    return [from ? "… " : "", ...marked(text.slice(0, end), marks, from), end < text.length ? " …" : ""];
  };

  const shown = (entry, marks) => {
    const said = entry.words ? `“${entry.words}”` : "";
    const head = entry.title ?? (said || "The report does not mention it.");
    const link = Object.assign(make("a", entry.title ? "title" : "words", ...marked(head, marks)), { href: new URL(`../${entry.at}`, base).href });
    const where = [kinds[entry.kind], entry.where, ["row", "context"].includes(entry.kind) && entry.id].filter(Boolean).join(" · ");
    const hit = make("li", entry.kind, link);
    if (where) hit.append(make("p", "where", ...marked(where, marks)));
    if (said && entry.title) hit.append(make("p", "words", ...marked(said, marks)));
    if (entry.text) hit.append(make("p", "says", ...excerpt(entry.text, marks)));
    return hit;
  };

  for (const box of document.querySelectorAll("[data-search]")) {
    const input = box.querySelector("input"), told = box.querySelector("output"), list = box.querySelector(".found"), more = box.querySelector(".more");
    let asked = 0, timer, hits = [], marks;
    box.hidden = false;
    const extend = () => {
      const from = list.childElementCount;
      list.append(...hits.slice(from, from + step).map((entry) => shown(entry, marks)));
      more.hidden = list.childElementCount >= hits.length;
      return list.children[from];
    };
    const run = async () => {
      const now = ++asked, query = input.value.replace(/(?<!\d)\d{1,3}(?: \d{3})+(?!\d)/g, (number) => number.replaceAll(" ", ""));
      const found = words(query).length ? find(await index(), query, box.dataset.search) : { hits: [] };
      if (now !== asked) return;
      ({ hits, marks } = found);
      list.replaceChildren();
      extend();
      const count = `${hits.length} found`;
      told.textContent = !words(query).length ? "" : !hits.length ? "Nothing found. Try fewer or other words." : found.guessed ? `Nothing has these words. ${count} with words like them.` : hits.length > step ? `${count}, best matches first` : count;
    };
    const soon = (wait) => {
      clearTimeout(timer);
      timer = setTimeout(() => run().catch(() => { told.textContent = "The search could not be loaded."; }), wait);
    };
    input.addEventListener("input", () => soon(150));
    more.addEventListener("click", () => extend()?.querySelector("a").focus());
    const given = new URLSearchParams(location.search).get("q");
    if (box.dataset.search === "all") {
      if (given) input.value = given;
      input.focus();
    }
    if (input.value) soon(0);
  }
})();
