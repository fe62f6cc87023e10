"use strict";
// Tables can be sorted by a column and long ones filtered. Without this script the page is complete.
const LONG = 12;

const keyOf = (row, column) => {
  const cell = row.cells[column];
  return cell.dataset.order === undefined ? cell.textContent.trim() : Number(cell.dataset.order);
};

const compare = (one, other) =>
  typeof one === "number" && typeof other === "number" ? one - other : String(one).localeCompare(String(other), "en-GB");

const sortBy = (table, head) => {
  const body = table.tBodies[0];
  const descending = head.getAttribute("aria-sort") === "ascending";
  for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
  head.setAttribute("aria-sort", descending ? "descending" : "ascending");
  const sorted = [...body.rows].sort((a, b) => compare(keyOf(a, head.cellIndex), keyOf(b, head.cellIndex)));
  body.append(...(descending ? sorted.reverse() : sorted));
};

const addSorting = (table) => {
  for (const head of table.tHead.rows[0].cells) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    button.addEventListener("click", () => sortBy(table, head));
    head.append(button);
  }
};

const addFilter = (table) => {
  const label = document.createElement("label");
  const input = document.createElement("input");
  label.className = "filter";
  input.type = "search";
  input.addEventListener("input", () => {
    const wanted = input.value.trim().toLowerCase();
    for (const row of table.tBodies[0].rows) row.hidden = !row.textContent.toLowerCase().includes(wanted);
  });
  label.append("Show rows with", input);
  table.parentElement.before(label);
};

for (const table of document.querySelectorAll("table.sortable")) {
  addSorting(table);
  if (table.tBodies[0].rows.length > LONG) addFilter(table);
}
