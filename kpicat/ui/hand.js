// Tells that somebody has opened a cell: what others wrote before is on their screen,
// what comes from now on is not. And asks for another try where something waits to be saved.
// While the server is away a cell stays open: the grid would take its text and drop it.
const AGAIN_AFTER = 1500; // ms
const EDITOR = "[id^='gdg-overlay']";

let tell = () => {};
let open = null;
let trying = 0;

document.addEventListener("focusin", (event) => {
  const editor = event.target.closest?.(EDITOR);
  if (!editor || editor === open) return; // it may lose the focus to a dialog, and get it back
  open = editor;
  // The listener says it over its line, which costs no run of the page; without one the page is told.
  if (window.dispatchEvent(new Event("kpicat-opened", { cancelable: true }))) tell("opened", Date.now());
});

const isAway = () => document.querySelector("[data-test-connection-state]:not([data-test-connection-state='CONNECTED'])");

function hold(event) {
  const leaves = event.type === "keydown" ? ["Enter", "Tab"].includes(event.key) : !event.target.closest?.(EDITOR);
  if (!leaves || !document.querySelector(EDITOR) || !isAway()) return;
  event.stopImmediatePropagation();
  if (event.type !== "pointerdown") event.preventDefault(); // the cell keeps the focus
}
for (const name of ["keydown", "pointerdown", "mousedown"]) window.addEventListener(name, hold, true);

export default function (component) {
  tell = component.setTriggerValue;
  if (component.data.mark !== window.kpicatMark) {
    window.kpicatMark = component.data.mark;
    window.dispatchEvent(new Event("kpicat-mark"));
  }
  clearTimeout(trying);
  if (component.data.again) trying = setTimeout(() => tell("again", Date.now()), AGAIN_AFTER);
}
