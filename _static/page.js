/* The page's own controls: theme, search, the two sidebars, the way back up, copying of code.
   It stands for the theme's scripts (100 KB, which log to the console and keep the reader's scroll position).
   Only the choice of theme is stored, and without this script every page reads the same. */
(() => {
  const root = document.documentElement;
  const find = (selector) => document.querySelector(selector);
  const every = (selector) => document.querySelectorAll(selector);
  const still = matchMedia("(prefers-reduced-motion: reduce)");

  /* ---- theme: the system's, until the reader chooses */
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const paint = () => {
    const mode = root.dataset.mode;
    root.dataset.theme = mode !== "auto" ? mode : dark.matches ? "dark" : "light";
    for (const button of every(".theme-switch-button")) button.ariaLabel = button.title = `Colour theme: ${mode === "auto" ? "as the system" : mode}`;
  };
  const choose = () => {
    const order = dark.matches ? ["auto", "light", "dark"] : ["auto", "dark", "light"];
    root.dataset.mode = order[(order.indexOf(root.dataset.mode) + 1) % order.length];
    try { localStorage.setItem("mode", root.dataset.mode); } catch { /* forbidden: it holds for this page */ }
    paint();
  };
  dark.addEventListener("change", paint);
  for (const button of every(".theme-switch-button")) button.addEventListener("click", choose);
  paint();

  /* ---- what an address names is shown, also where it lies folded */
  const reveal = () => {
    const named = location.hash.length > 1 ? document.getElementById(decodeURIComponent(location.hash.slice(1))) : null; // Firefox warns of an empty name
    let fold = named?.closest("details:not([open])");
    if (!fold) return;
    for (; fold; fold = fold.parentElement.closest("details")) fold.open = true;
    named.scrollIntoView();
  };
  addEventListener("hashchange", reveal);
  reveal();

  /* ---- lists of rows: Tab stops at one row of a section, or at the heading of its list; the arrows go from row to row */
  for (const section of new Set([...every("ul.rows")].map((list) => list.closest("section")))) {
    const links = (row) => [...row.querySelectorAll("a, button, summary")];
    const own = [...section?.querySelectorAll("h3:has(+ ul.rows), ul.rows > li") ?? []];
    const rows = own.filter((row) => row.closest("section") === section && links(row).length);
    if (rows.length < 2) continue;
    const choose = (row) => { for (const one of rows) for (const link of links(one)) link.tabIndex = one === row ? 0 : -1; };
    const named = () => location.hash.length > 1 ? document.getElementById(decodeURIComponent(location.hash.slice(1)))?.closest("li, h3") : null;
    const start = () => { if (rows.includes(named())) choose(named()); };
    choose(rows[0]);
    start();
    addEventListener("hashchange", start);
    section.addEventListener("focusin", ({ target }) => { const row = rows.find((one) => one.contains(target)); if (row) choose(row); });
    section.addEventListener("keydown", (event) => {
      const to = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      const shown = rows.filter((row) => row.checkVisibility()), from = shown.find((row) => row.contains(event.target));
      const next = from && shown[shown.indexOf(from) + to];
      if (!next) return;
      event.preventDefault();
      (links(next)[links(from).indexOf(event.target)] ?? links(next)[0])?.focus();
    });
  }
  for (const hint of every(".keys")) hint.classList.add("shown"); // it keeps its place before: nothing moves

  /* ---- dialogs close on a click beside them */
  const beside = (event) => {
    const box = event.currentTarget.getBoundingClientRect();
    if (event.target === event.currentTarget && (event.clientX < box.left || event.clientX > box.right || event.clientY < box.top || event.clientY > box.bottom)) event.currentTarget.close();
  };

  /* ---- search */
  const search = find("#pst-search-dialog");
  const field = find(".bd-search-container input"); // on the search page there is one already
  const toggle = () => {
    if (field) { field.focus(); field.select(); } else if (search.open) search.close(); else search.showModal();
  };
  search?.addEventListener("click", beside);
  for (const button of every(".search-button__button")) button.addEventListener("click", toggle);
  addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() !== "k" || event.shiftKey || event.altKey || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    toggle();
  });

  /* ---- sidebars: dialogs on a phone; at a desk the first one folds away */
  const wide = matchMedia("(min-width: 992px)");
  for (const [which, at] of [["primary", wide], ["secondary", matchMedia("(min-width: 1200px)")]]) {
    const button = find(`.${which}-toggle`), side = find(`#pst-${which}-sidebar`), modal = find(`#pst-${which}-sidebar-modal`);
    if (!button || !side || !modal) continue;
    const move = (from, to) => { to.append(...from.childNodes); [to.className, from.className] = [from.className, ""]; };
    button.addEventListener("click", () => {
      if (at.matches) { side.classList.toggle("pst-sidebar-hidden"); return; }
      move(side, modal);
      modal.showModal();
    });
    modal.addEventListener("click", (event) => { if (event.target.closest("a")) modal.close(); else beside(event); });
    modal.addEventListener("close", () => { move(modal, side); button.focus(); });
    at.addEventListener("change", () => { if (modal.open) modal.close(); });
  }

  /* ---- where the reader is: the way back up, and the section in the list of contents */
  const up = find("#pst-back-to-top");
  const scrolled = () => {
    document.body.classList.toggle("scrolled", scrollY > 0);
    up?.classList.toggle("shown", scrollY > 2 * innerHeight);
  };
  up?.addEventListener("click", () => { scrollTo({ top: 0, behavior: still.matches ? "auto" : "smooth" }); find("#main-content").focus({ preventScroll: true }); });
  addEventListener("scroll", scrolled, { passive: true });
  scrolled();
  const entries = new Map();
  for (const link of every("#pst-page-toc-nav a")) {
    const heading = document.getElementById(decodeURIComponent(link.hash.slice(1)))?.querySelector("h2, h3");
    if (heading) entries.set(heading, link);
  }
  const seen = new IntersectionObserver((changes) => {
    const last = changes.filter((change) => change.isIntersecting).pop();
    if (!last) return;
    for (const [heading, link] of entries) {
      link.classList.toggle("active", heading === last.target);
      if (heading === last.target) link.setAttribute("aria-current", "true"); else link.removeAttribute("aria-current");
    }
  }, { rootMargin: "0px 0px -70% 0px" });
  for (const heading of entries.keys()) seen.observe(heading);

  /* ---- a mark of a chart that is reached by key: Firefox scrolls to no link inside a drawing; captured, to come before what stands beside the mark */
  document.addEventListener("focusin", ({ target }) => {
    if (!target.closest("svg a")) return;
    const box = target.getBoundingClientRect();
    if (box.top < 64 || box.bottom > innerHeight) scrollBy({ top: box.top - innerHeight / 2, behavior: "instant" });
  }, true);

  /* ---- rows, tables and charts that the sheet puts off: laid out a few at a time once the page is there, so that every height is right */
  const idle = window.requestIdleCallback ?? ((run) => setTimeout(run, 50));
  const off = [...every("ul.rows > li, .scroll, section.matter, figure.chart > .wide, figure.chart > .narrow")];
  const layOut = () => {
    for (const one of off.splice(0, 12)) one.style.contentVisibility = "visible";
    if (off.length) idle(layOut);
  };
  addEventListener("load", () => idle(layOut));

  /* ---- a box that scrolls by itself is a stop for the Tab key only while it does */
  const sized = new ResizeObserver((boxes) => {
    for (const { target } of boxes) target.tabIndex = target.scrollWidth > target.clientWidth || target.scrollHeight > target.clientHeight ? 0 : -1;
  });
  for (const box of every(".scroll")) { box.tabIndex = -1; sized.observe(box); } // one that lies folded is told of when it is opened

  /* ---- code: a button that copies */
  for (const code of every("article pre")) {
    const text = code.textContent;
    const button = Object.assign(document.createElement("button"), { type: "button", className: "copy", textContent: "Copy" });
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(text);
        button.textContent = "Copied";
      } catch { // no right to write: select it, and the reader's own keys copy
        getSelection().selectAllChildren(code);
        button.textContent = "Selected";
      }
      setTimeout(() => { button.textContent = "Copy"; }, 2000);
    });
    code.before(button);
  }
})();
