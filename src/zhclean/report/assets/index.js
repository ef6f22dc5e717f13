"use strict";
// The list of documents; a document's data is read only when it is opened.

/** Sort by the column whose heading is pressed; once more the other way round. */
function sortable(table) {
  table.querySelector("thead").addEventListener("click", ({ target }) => {
    const button = target.closest("button");
    if (button) sortBy(table, button.value, button.closest("th"));
  });
}

function sortBy(table, column, heading) {
  const body = table.tBodies[0];
  const first = column === "name" ? "ascending" : "descending";
  const other = column === "name" ? "descending" : "ascending";
  const order = heading.getAttribute("aria-sort") === first ? other : first;
  const sign = order === "ascending" ? 1 : -1;
  const value = (row) => row.querySelector(`.${column}`).dataset.value;
  const names = new Intl.Collator("zh", { numeric: true });
  const compare = column === "name" ? names.compare : (a, b) => a - b;
  body.append(...[...body.rows].sort((a, b) => sign * compare(value(a), value(b))));
  for (const each of table.querySelectorAll("thead th")) each.removeAttribute("aria-sort");
  heading.setAttribute("aria-sort", order);
}
