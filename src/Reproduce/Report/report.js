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
