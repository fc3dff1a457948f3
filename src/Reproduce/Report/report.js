"use strict";
// A click on a heading sorts its table: by number where all cells begin with one, else by text. What was not run or diverged comes last.
for (const table of document.querySelectorAll("table")) {
  const headings = [...table.tHead.rows[0].cells], body = table.tBodies[0];
  headings.forEach((heading, column) => heading.querySelector("button").addEventListener("click", () => {
    const descending = heading.getAttribute("aria-sort") === "ascending";
    headings.forEach(other => other.removeAttribute("aria-sort"));
    heading.setAttribute("aria-sort", descending ? "descending" : "ascending");
    const text = row => row.cells[column].textContent.trim();
    const number = row => { const found = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?/i.exec(text(row).replace("\u2212", "-")); return found ? parseFloat(found[0]) : NaN; };
    const empty = row => ["", "\u2013", "diverged"].includes(text(row));
    const rows = [...body.rows], numeric = rows.every(row => empty(row) || !Number.isNaN(number(row)));
    rows.sort((one, other) => empty(one) - empty(other) || (descending ? -1 : 1) * (numeric && !empty(one) ? number(one) - number(other) : text(one).localeCompare(text(other), "en", { numeric: true })));
    body.append(...rows);
  }));
}

// The choices above the claims.
const filters = document.querySelector(".filters"), cards = document.querySelector(".cards");
if (filters && cards) {
  filters.hidden = false;
  const claims = [...cards.querySelectorAll(".claim")], headings = [...cards.querySelectorAll("h3")], all = [...cards.children];
  const choose = () => {
    const wanted = Object.fromEntries(new FormData(filters)), text = wanted.text.toLowerCase();
    for (const claim of claims) {
      claim.hidden = !["paper", "verdict", "data", "kind"].every(name => !wanted[name] || claim.dataset[name] === wanted[name])
        || !claim.textContent.toLowerCase().includes(text);
    }
    const isById = wanted.order === "id";
    headings.forEach(heading => { heading.hidden = !isById || !claims.some(claim => !claim.hidden && claim.dataset.group === heading.id); });
    cards.append(...(isById ? all : [...claims].sort((one, other) => one.dataset[wanted.order].localeCompare(other.dataset[wanted.order]))));
    filters.querySelector("output").textContent = `${claims.filter(claim => !claim.hidden).length} of ${claims.length} claims`;
  };
  filters.addEventListener("input", choose);
  filters.addEventListener("submit", event => event.preventDefault());
  choose();
}

for (const button of document.querySelectorAll(".copy")) {
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.previousElementSibling.textContent);
    button.textContent = "copied";
    setTimeout(() => { button.textContent = "copy"; }, 1500);
  });
}

// On a narrow screen the contents do not stand before everything else.
if (matchMedia("(max-width: 60rem)").matches) document.querySelector("nav details").open = false;

// The contents mark what is on the screen.
const links = new Map([...document.querySelectorAll("nav a")].map(link => [link.hash.slice(1), link]));
const watcher = new IntersectionObserver(entries => {
  for (const entry of entries.filter(entry => entry.isIntersecting)) {
    document.querySelectorAll("nav a.here").forEach(link => link.classList.remove("here"));
    links.get(entry.target.id).classList.add("here");
  }
}, { rootMargin: "0px 0px -70% 0px" });
for (const id of links.keys()) { const target = document.getElementById(id); if (target) watcher.observe(target); }
