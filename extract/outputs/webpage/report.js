// The card beside a cell, and the keys: n and p go from doubtful cell to doubtful cell, arrows from cell to cell.
"use strict";

const card = document.getElementById("card");
const cells = [...document.querySelectorAll("td[id]")];
const marked = cells.filter((cell) => "marked" in cell.dataset);
const wide = window.matchMedia("(min-width: 60rem)");
const steps = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
let pinned = null;

function fieldOf(cell) {
  return cell.id.slice(2);
}

// The card of the cell: from its template, or from the list of doubtful cells.
function show(cell) {
  const source = document.getElementById("d-" + fieldOf(cell));
  const made = source ? (source.content || source).cloneNode(true) : null;
  if (!made) return;
  card.replaceChildren(...made.childNodes, closing());
  card.hidden = false;
  place(cell);
}

function closing() {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "close";
  button.textContent = "×";
  button.setAttribute("aria-label", "关闭 Close");
  button.addEventListener("click", hide);
  return button;
}

// Beside the table where there is room, so that no cell is covered; on a phone the style puts it at the foot.
function place(cell) {
  card.style.removeProperty("left");
  card.style.removeProperty("top");
  if (!wide.matches) return;
  const box = cell.getBoundingClientRect();
  const sheet = cell.closest(".sheet").getBoundingClientRect();
  const room = document.documentElement.clientWidth - card.offsetWidth - 8;
  const beside = sheet.right + 16;
  const left = beside <= room ? beside : box.right + 16 <= room ? box.right + 16 : Math.max(8, box.left - card.offsetWidth - 16);
  const most = Math.max(8, window.innerHeight - card.offsetHeight - 8);
  card.style.setProperty("left", left + "px");
  card.style.setProperty("top", Math.min(most, Math.max(56, box.top - 16)) + "px");
}

function pin(cell) {
  if (pinned) pinned.classList.remove("chosen");
  pinned = cell;
  cell.classList.add("chosen");
  show(cell);
}

function hide() {
  if (pinned) pinned.classList.remove("chosen");
  pinned = null;
  card.hidden = true;
}

function go(cell) {
  cell.focus({ preventScroll: true });
  cell.scrollIntoView({ block: "center", inline: "center" });
  pin(cell);
}

// The next doubtful cell (by 1 or -1) after the one that is chosen, round and round.
function step(by) {
  if (!marked.length) return;
  const here = marked.indexOf(pinned);
  const next = here >= 0 ? here + by : by > 0 ? 0 : -1;
  go(marked[(next + marked.length) % marked.length]);
}

// The nearest cell of the same table in that direction.
function move(cell, [down, right]) {
  const table = cell.closest("table");
  let row = Number(cell.dataset.row), column = Number(cell.dataset.column);
  for (let far = 0; far < 40; far++) {
    row += down;
    column += right;
    const found = table.querySelector('td[data-row="' + row + '"][data-column="' + column + '"]');
    if (found) return go(found);
  }
}

function light(item, on) {
  for (const field of (item.dataset.cells || "").split(" ").filter(Boolean)) {
    const cell = document.getElementById("c-" + field);
    if (cell) cell.classList.toggle("lit", on);
  }
}

for (const cell of cells) {
  cell.addEventListener("focus", () => pin(cell));
  cell.addEventListener("click", (event) => {
    if (!event.target.closest("a")) pin(cell);
  });
  cell.addEventListener("mouseenter", () => { if (!pinned) show(cell); });
  cell.addEventListener("mouseleave", () => { if (!pinned) card.hidden = true; });
}

for (const item of document.querySelectorAll("[data-cells]")) {
  for (const on of ["mouseenter", "focusin"]) item.addEventListener(on, () => light(item, true));
  for (const off of ["mouseleave", "focusout"]) item.addEventListener(off, () => light(item, false));
}

document.addEventListener("click", (event) => {
  const link = event.target.closest('a[href^="#c-"]');
  const cell = link && document.getElementById(link.getAttribute("href").slice(1));
  if (cell) {
    event.preventDefault();
    go(cell);
  } else if (!event.target.closest("#card, td, .toolbar")) {
    hide();
  }
});

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "n") step(1);
  else if (event.key === "p") step(-1);
  else if (event.key === "Escape") hide();
  else if (event.key in steps && event.target.matches("td[id]")) {
    event.preventDefault();
    move(event.target, steps[event.key]);
  }
});

window.addEventListener("scroll", () => { if (pinned) place(pinned); }, { passive: true });
window.addEventListener("resize", () => { if (pinned) place(pinned); });

const next = document.getElementById("next");
if (next) {
  next.addEventListener("click", () => step(1));
  document.getElementById("previous").addEventListener("click", () => step(-1));
}
