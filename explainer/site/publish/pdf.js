// What is done to a page before it is printed, and what is asked of it afterwards: see pdf.py and pdf_tags.py.

// A page is printed from a file: what it links to is on this machine. With an address the links lead there, without one
// there are none.
function leadLinks([root, base]) {
  for (const link of document.querySelectorAll("a[href]")) {
    const to = new URL(link.getAttribute("href"), document.baseURI).href;
    const here = document.URL.split("#")[0] + "#";
    if (!to.startsWith(root) || to.startsWith(here)) continue;
    if (base) link.setAttribute("href", base + to.slice(root.length));
    else link.removeAttribute("href");
  }
}

// A drawing has its title and description for an alternative text; a numeral is a link, since the role of a reference to
// a note has no tag.
function prepare() {
  for (const figure of document.querySelectorAll("figure.chart")) {
    const svg = figure.querySelector(".wide svg, svg");
    const told = ["title", "desc"].map((tag) => svg?.querySelector(tag)?.textContent.trim());
    figure.setAttribute("aria-label", told.filter(Boolean).join(". ").replace(/([.?!])\./g, "$1"));
  }
  for (const numeral of document.querySelectorAll("a[role]")) numeral.removeAttribute("role");
  // the outline joins the words between which a heading is broken, unless their space is kept
  for (const heading of document.querySelectorAll("h1, h2, h3, h4")) heading.style.whiteSpace = "pre-wrap";
  // a sheet that the last note fills to its end is followed by none
  document.querySelector("section.notes")?.style.setProperty("margin-bottom", "-1rem");
  // words with paper around them are printed as outlines, which nobody can search or copy
  for (const words of document.querySelectorAll("[paint-order]")) words.removeAttribute("stroke");
}

// {where a link leads, as the PDF names it: what it is called}
function called() {
  const called = {}, here = document.URL.split("#")[0];
  for (const link of document.querySelectorAll("a[href]")) {
    const to = new URL(link.href.baseVal ?? link.href, document.baseURI).href;
    const place = to.startsWith(`${here}#`) ? decodeURIComponent(to.slice(here.length + 1)) : to;
    const name = (link.ariaLabel || link.textContent).trim().replace(/\s+/g, " ");
    if (name) called[place] ??= name[0].toUpperCase() + name.slice(1);
  }
  return called;
}
