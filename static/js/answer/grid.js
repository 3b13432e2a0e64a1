// The table by keyboard (ARIA Authoring Practices, Data Grid): arrows move from cell to cell, Enter
// sorts by a column or asks for more rows.
import { inGrid } from "./moves.js";

/** @param {any} grid @returns {any[][]} */
const cellsOf = (grid) => [...grid.rows].map((row) => [...row.cells]);

/** Make each table of an answer a grid with one stop for the Tab key. */
export const enhanceGrids = () => {
  for (const grid of document.querySelectorAll("table.data")) {
    grid.setAttribute("role", "grid");
    for (const cell of grid.querySelectorAll(":is(th, td):not([tabindex])")) {
      cell.tabIndex = -1;
      for (const button of cell.querySelectorAll("button")) button.tabIndex = -1;
    }
    if (!grid.querySelector('[tabindex="0"]')) grid.rows[0].cells[0].tabIndex = 0;
  }
};

/** @param {any} cell */
const focusCell = (cell) => {
  for (const other of cell.closest("table").querySelectorAll('[tabindex="0"]')) other.tabIndex = -1;
  cell.tabIndex = 0;
  cell.focus();
};

document.addEventListener("keydown", (/** @type {any} */ event) => {
  const cell = event.target;
  if (!cell.matches?.("table.data :is(th, td)")) return;
  const rows = cellsOf(cell.closest("table"));
  const row = cell.parentElement.rowIndex;
  if (event.key === "Enter" || event.key === " ") {
    const button = cell.querySelector("button");
    if (!button) return;
    button.click();
  } else {
    const to = inGrid(event, [row, cell.cellIndex], rows.length, rows[row].length);
    if (!to) return;
    focusCell(rows[to[0]][Math.min(to[1], rows[to[0]].length - 1)]);
  }
  event.preventDefault();
});
document.addEventListener("focusin", (/** @type {any} */ { target }) => {
  const cell = target.closest?.("table.data :is(th, td)");
  if (cell && cell !== target) cell.tabIndex = 0;
});
