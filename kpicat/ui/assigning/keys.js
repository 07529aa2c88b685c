// Keys that set a tier or go on to another item, heard by the page where no text is being typed.
// A press says what was on the screen: the item shown, or the row of the grid the cursor was on.
// The last presses are said together, each with a number, so that none is lost or counted twice
// where Streamlit makes one run of several.

const SAID_TOGETHER = 8;
const TYPED = "textarea, input:not([type='checkbox'], [type='radio'], [type='button'], [role='combobox']), "
  + "[contenteditable='true'], [role='textbox'], [role='combobox'][aria-expanded='true'], [role='listbox']";
const OPEN = "[role='dialog'], [id^='gdg-overlay'], [data-testid='stPopoverBody']";
const MOVED_IN = "[role='radiogroup'], [role='combobox'], [role='slider'], select"; // by keys of its own

const listening = new Map(); // by name: while the page turns from one to the other, both are there
let number = Date.now();
let pressed = [];

// The row the grid's cursor is on, as the grid tells it to screen readers; a column in which digits are typed is none.
function row(data) {
  const cells = document.querySelector(data.grid)?.querySelectorAll("[role='gridcell'][aria-selected='true']") ?? [];
  if (!cells.length) return {};
  const line = cells[0].closest("[role='row']");
  const names = [...line.closest("table, [role='grid']").querySelectorAll("[role='columnheader']")]
    .map((heading) => heading.textContent.trim());
  const column = names[Number(cells[0].getAttribute("aria-colindex")) - 1]
    ?? names[[...line.querySelectorAll("[role='gridcell']")].indexOf(cells[0])];
  if (data.typed.includes(column)) return null;
  const text = (name) => line.querySelectorAll("[role='gridcell']")[names.indexOf(name)]?.textContent.trim() ?? "";
  return { row: text(data.order), task: text(data.task) };
}

// Who has come to a choice by keyboard chooses there by keyboard; a click on one leaves the keys to the page.
let hasTabbed = false;
window.addEventListener("pointerdown", () => { hasTabbed = false; }, true);
window.addEventListener("keydown", (event) => { hasTabbed ||= event.key === "Tab"; }, true);

// A number that was typed and ended by Enter is said: the digits after it are keys of the page again.
window.addEventListener("keydown", (event) => {
  const field = event.target;
  if (event.key !== "Enter" || !listening.has("one") || !field.matches?.("input[type='text']:not([role='combobox'])")) {
    return;
  }
  if (/^[\d\s.,]*$/.test(field.value)) setTimeout(() => field.blur());
});

window.addEventListener("keydown", (event) => {
  const told = listening.get("one") ?? listening.get("grid");
  if (!told || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  const { data } = told;
  if (!data.keys.includes(event.key)) return;
  const at = event.target.closest?.("*") ?? document.body;
  if (at.closest(TYPED) || (hasTabbed && at.closest(MOVED_IN)) || document.querySelector(OPEN)) return;
  const where = data.grid ? row(data) : { item: data.item };
  if (!where || (data.grid && !where.row && !data.ticked)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  pressed = [...pressed, { n: ++number, key: event.key, ...where }].slice(-SAID_TOGETHER);
  told.setTriggerValue("pressed", pressed);
}, true);

export default function (component) {
  const { name } = component.data;
  listening.set(name, component);
  return () => { if (listening.get(name) === component) listening.delete(name); };
}
