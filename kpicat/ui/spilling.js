// Streamlit's grid drops what does not fit into it without a word: rows below its last one,
// columns right of its last one, and texts that a column of choices does not offer. This tells
// of such a block while the grid takes the rest of it.
let told = null;

// Rows of cells as a spreadsheet writes them; a cell with line breaks stands between quotation marks.
function cells(text) {
  const rows = [[]];
  const field = /"((?:[^"\t]|"")*)"(?=\t|\r?\n|$)|([^\t\r\n]*)/y;
  for (let at = 0; at <= text.length; at = field.lastIndex + 1) {
    field.lastIndex = at;
    const [whole, quoted] = field.exec(text);
    field.lastIndex = at + whole.length;
    rows.at(-1).push(quoted === undefined ? whole : quoted.replaceAll('""', '"'));
    if (text[field.lastIndex] === "\r") field.lastIndex++;
    if (text[field.lastIndex] === "\n") rows.push([]);
  }
  if (rows.at(-1).join("") === "") rows.pop();
  return rows;
}

// The top left cell of the selection, as the grid tells it to screen readers.
function selected(grid) {
  const places = [...grid.querySelectorAll("[data-testid^='glide-cell-'][aria-selected='true']")]
    .map((cell) => cell.dataset.testid.split("-").slice(2).map(Number));
  if (!places.length) return null;
  return { column: Math.min(...places.map(([c]) => c)), row: Math.min(...places.map(([, r]) => r)) };
}

window.addEventListener("paste", (event) => {
  const grid = told && document.querySelector(`.st-key-${told.data.grid}`);
  if (!grid?.contains(document.activeElement)) return;
  const text = event.clipboardData?.getData("text/plain") ?? "";
  const at = selected(grid);
  if (!at || !text || text.length > told.data.most) return;
  const { rows, columns, choices } = told.data;
  const block = cells(text);
  const width = Math.max(...block.map((row) => row.length));
  const offered = (row, column) => choices[column]?.includes(row[column - at.column]?.trim() || "") ?? true;
  const fits = block.length <= rows - at.row && width <= columns - at.column;
  const all = block.every((row) => row.every((_cell, n) => offered(row, at.column + n)));
  if (fits && all) return;
  told.setTriggerValue("spilled", { text, html: event.clipboardData.getData("text/html"), ...at });
}, true);

export default function (component) {
  told = component;
  return () => { if (told === component) told = null; };
}
