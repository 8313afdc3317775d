/* Ask the data: the published SQLite file, asked in the page. The engine (sql.js, "third-party/licences.txt") and the data
   (ask/book.js, written by explainer/site/publish/data_package.py) are loaded with the first question, as scripts, because a page
   opened as a file may fetch nothing. A worker does the asking, on a fresh copy each time: nothing can be changed, and what takes
   too long is stopped. It is made from text, because a browser starts none from a file. Answers only ever become text. */
(() => {
  const base = document.currentScript.src.replace(/ask\.js.*$/, "");
  const form = document.querySelector("form.ask"), field = form?.querySelector("textarea"), told = form?.querySelector("output");
  const answer = document.querySelector(".answer"), box = answer?.querySelector(".scroll"), ways = answer?.querySelector(".ways");
  const seconds = 10, most = 500;
  const ready = form?.querySelectorAll(".questions button");
  const loading = {};
  let engine, asked = 0;

  const load = (name) => loading[name] ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = `${base}${name}`;
    script.onload = resolve;
    script.onerror = () => { delete loading[name]; reject(new Error("it could not be loaded")); };
    document.head.append(script);
  });

  /* What runs in the worker: it knows nothing of this page. */
  const work = () => {
    let SQL, bytes;
    onmessage = async ({ data: { book, sql, most } }) => {
      let copy;
      try {
        SQL ??= await initSqlJs();
        bytes ??= Uint8Array.from(atob(book), (letter) => letter.charCodeAt(0));
        if (!sql) { postMessage({}); return; }
        copy = new SQL.Database(bytes);
        let columns = [], rows = [], more = false;
        for (const statement of copy.iterateStatements(sql)) {
          copy.run("PRAGMA query_only = 1"); // before each: one of them may have taken it back
          [columns, rows, more] = [statement.getColumnNames(), [], false];
          while (!more && statement.step()) if (rows.length < most) rows.push(statement.get()); else more = true;
        }
        postMessage({ columns, rows, more });
      } catch (error) {
        postMessage({ error: error.message ?? String(error) });
      } finally {
        copy?.close();
      }
    };
  };
  const start = async () => {
    await Promise.all([load("third-party/sql-wasm-inline.js"), load("ask/book.js"), load("rows/where.js")]);
    const text = `let initSqlJsPromise; const initSqlJs = ${initSqlJs}; (${work})();`;
    const address = URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
    const worker = new Worker(address);
    await said(worker, { book: window.bookDatabase });
    URL.revokeObjectURL(address);
    return worker;
  };
  const said = (worker, message) => new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => data.error ? reject(new Error(data.error)) : resolve(data);
    worker.onerror = (event) => { event.preventDefault(); reject(new Error(event.message || "this browser does not run the engine")); };
    worker.postMessage(message);
  });
  const ask = async (sql) => {
    const worker = await (engine ??= start().catch((error) => { engine = undefined; throw error; }));
    let timer;
    const late = new Promise((_, reject) => { timer = setTimeout(() => reject(new Error(`it took more than ${seconds} seconds. Ask for less`)), 1000 * seconds); });
    try {
      return await Promise.race([said(worker, { sql, most }), late]);
    } catch (error) {
      if (error.message.includes("seconds")) { worker.terminate(); engine = undefined; }
      throw error;
    } finally {
      clearTimeout(timer);
    }
  };

  const make = (tag, ...inside) => {
    const element = document.createElement(tag);
    element.append(...inside);
    return element;
  };
  const text = (value) => value === null ? "" : value instanceof Uint8Array ? "(bytes)" : String(value);
  /* An id of a row that stands on a page of the evidence is a link; proof.js shows the words in place. */
  const cell = (value) => {
    const id = text(value), page = Object.entries(window.bookData.where).find(([, ids]) => ids.includes(id))?.[0];
    return Object.assign(make("td", page ? Object.assign(make("a", id), { className: "number", href: new URL(`../evidence/${page}.html#${id}`, base).href }) : id), { className: id.length > 40 ? "long" : "" });
  };
  const fill = (title, { columns, rows }) => {
    const head = make("tr", ...columns.map((name) => Object.assign(make("th", name), { scope: "col" })));
    box.replaceChildren(make("table", make("caption", title), make("thead", head), make("tbody", ...rows.map((row) => make("tr", ...row.map(cell))))));
  };
  const quoted = (value) => /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
  const file = ({ columns, rows }) => new Blob(["\ufeff", [columns, ...rows].map((row) => row.map((value) => quoted(text(value))).join(",")).join("\r\n"), "\r\n"], { type: "text/csv" });

  const run = async () => {
    const now = ++asked, sql = field.value.trim();
    if (!sql) { told.textContent = "Write a question first, or choose one."; return; }
    told.textContent = engine ? "Asking …" : "Loading the data, less than 1 MB, once …";
    answer.hidden = true;
    history.replaceState(null, "", `#sql=${encodeURIComponent(sql)}`);
    try {
      const found = await ask(sql);
      if (now !== asked) return;
      const count = `${found.rows.length.toLocaleString("en")} ${found.rows.length === 1 ? "row" : "rows"}`;
      told.textContent = found.more ? `The first ${count}. Add a condition or LIMIT to see others.` : found.rows.length ? count : "No row answers this.";
      fill([...ready].find((button) => button.value === sql)?.textContent ?? "Answer", found);
      URL.revokeObjectURL(ways.firstElementChild?.href);
      const csv = Object.assign(make("a", "Download as CSV"), { className: "csv", download: "answer.csv", href: URL.createObjectURL(file(found)) });
      ways.replaceChildren(csv, Object.assign(make("a", "Link to this question"), { className: "share", href: location.href }));
      answer.hidden = false;
    } catch (error) {
      if (now !== asked) return;
      const words = error.message.includes("syntax error") ? ". The box takes SQL: a question chosen above fills it in, to be changed" : "";
      const why = error.message.includes("readonly") ? "the data can be read here and not changed" : error.message + words;
      told.textContent = `This could not be answered: ${why}. The tables you can query are listed below.`;
    }
  };
  const choose = (sql) => { field.value = sql; told.scrollIntoView({ block: "center" }); return run().then(() => told.scrollIntoView()); };
  const shared = () => {
    const sql = location.hash.startsWith("#sql=") ? decodeURIComponent(location.hash.slice(5)) : "";
    if (sql) choose(sql);
  };

  if (!form) return;
  for (const button of ready) button.addEventListener("click", () => choose(button.value));
  form.addEventListener("submit", (event) => { event.preventDefault(); run(); });
  field.addEventListener("keydown", (event) => { if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); run(); } });
  form.hidden = false;
  addEventListener("hashchange", shared);
  shared();
})();
