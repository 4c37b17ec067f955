// The table of reports: filter by words, year, score, errors and doubt; sort by a column.
"use strict";

const body = document.querySelector("#reports tbody");
const rows = [...body.rows].map((row) => ({
  row,
  text: `${row.textContent} ${row.dataset.codes}`.toLowerCase(),
  year: row.dataset.year,
  score: Number(row.cells[2].textContent),
  errors: Number(row.cells[3].textContent),
  doubts: Number(row.cells[5].textContent),
}));
const search = document.getElementById("search");
const years = document.getElementById("years");
const below = document.getElementById("below");
const onlyErrors = document.getElementById("only-errors");
const onlyDoubts = document.getElementById("only-doubts");
const shown = document.getElementById("shown");
const heads = [...document.querySelectorAll("#reports th")];

function filter() {
  const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
  let count = 0;
  for (const item of rows) {
    const fits = words.every((word) => item.text.includes(word)) && (!years.value || item.year === years.value)
      && (!below.value || item.score < Number(below.value))
      && (!onlyErrors.checked || item.errors > 0) && (!onlyDoubts.checked || item.doubts > 0);
    item.row.hidden = !fits;
    count += fits;
  }
  shown.textContent = count;
}

// Figures from the highest, words from the first; again, the other way round.
function sort(head) {
  const column = heads.indexOf(head);
  const figures = head.classList.contains("number");
  const before = head.getAttribute("aria-sort");
  const rising = before ? before === "descending" : !figures;
  for (const other of heads) other.removeAttribute("aria-sort");
  head.setAttribute("aria-sort", rising ? "ascending" : "descending");
  const key = (item) => item.row.cells[column].textContent;
  const figure = (item) => parseFloat(key(item)) || 0; // a dash, or nothing, is less than any figure
  const order = (a, b) => figures ? figure(a) - figure(b) : key(a).localeCompare(key(b), "zh");
  rows.sort((a, b) => rising ? order(a, b) : order(b, a));
  body.append(...rows.map((item) => item.row));
}

for (const control of [search, years, below, onlyErrors, onlyDoubts]) {
  for (const event of ["input", "change"]) control.addEventListener(event, filter);
}
for (const head of heads) head.addEventListener("click", () => sort(head));
filter();
