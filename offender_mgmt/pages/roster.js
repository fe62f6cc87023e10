// Filters of the roster: team, officer, day, risk level. Without this script everything is shown.
const form = document.getElementById("filters");
const shown = document.getElementById("shown");
const listOf = (text) => new Set((text || "").split(" ").filter(Boolean));
const filtered = [...document.querySelectorAll("[data-team], [data-officer], [data-day], [data-tiers]")]
  .filter((part) => part !== document.documentElement)
  .map((part) => ({
    part,
    teams: part.dataset.team === undefined ? undefined : listOf(part.dataset.team),
    officers: part.dataset.officer === undefined ? undefined : listOf(part.dataset.officer),
    day: part.dataset.day,
    tiers: part.dataset.tiers === undefined ? undefined : listOf(part.dataset.tiers),
    dims: part.tagName === "TD", // a cell of the week stays in its place
  }));

const fits = (wanted, held) => !wanted || held === undefined || (held.has ? held.has(wanted) : held === wanted);

const visible = (selector) => [...document.querySelectorAll(selector)].filter((part) => !part.closest("[hidden]")).length;

const say = (count, word) => `${count} ${word}${count === 1 ? "" : "s"}`;

const apply = () => {
  const wanted = Object.fromEntries(new FormData(form));
  for (const { part, teams, officers, day, tiers, dims } of filtered) {
    const level = fits(wanted.tier, tiers);
    const fit = fits(wanted.team, teams) && fits(wanted.officer, officers) && fits(wanted.day, day) && (level || dims);
    part.toggleAttribute("hidden", !fit); // parts of drawings have no property of this name
    if (dims) part.classList.toggle("dim", !level);
  }
  if (wanted.day) document.documentElement.dataset.day = wanted.day;
  else delete document.documentElement.dataset.day;
  shown.textContent =
    `Shown: ${say(visible("#week-table tbody tr"), "officer")}, ${say(visible("#maps .stop"), "visit")}, ` +
    `${say(visible("#sheets .sheet"), "sheet")}.`;
};

// Arrow keys lead from bar to bar, as in a spreadsheet.
const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const move = (event) => {
  const cell = event.target.closest("td");
  const step = STEPS[event.key];
  if (!cell || !step) return;
  const rows = [...cell.closest("tbody").rows].filter((row) => !row.hidden);
  let column = cell.cellIndex;
  let row = rows.indexOf(cell.parentElement);
  for (;;) {
    column += step[0];
    row += step[1];
    const next = rows[row] && rows[row].cells[column];
    if (!next || column < 1) return;
    const link = next.hidden ? null : next.querySelector("a");
    if (link) {
      event.preventDefault();
      link.focus();
      return;
    }
  }
};

const printSheets = () => {
  document.documentElement.classList.add("sheets-only");
  window.print();
};

form.hidden = false;
form.addEventListener("change", apply);
form.addEventListener("reset", () => window.setTimeout(apply));
form.addEventListener("submit", (event) => event.preventDefault());
document.getElementById("week-table").addEventListener("keydown", move);
document.getElementById("print-sheets").addEventListener("click", printSheets);
window.addEventListener("afterprint", () => document.documentElement.classList.remove("sheets-only"));
apply();
