// Tells that somebody has opened a cell: what others wrote before is on their screen,
// what comes from now on is not. And asks for another try where something waits to be saved.
// Where the rows are about to become such as nobody types into, it tells when no cell is open.
// While the server is away a cell stays open: the grid would take its text and drop it.
const AGAIN_AFTER = 1500; // ms
const CLOSED_FOR = 1000; // ms after which a cell that was left has been reported: the grid waits 150
const LOOK_EVERY = 200; // ms
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

// Another session shows the same grid. It was deaf to reports until it knew the page (Streamlit drops
// those of a fragment that has not run yet), but the grid keeps all it reported, and says it again with the next word.
const isTakenOver = (mark) => {
  const [was, is] = [window.kpicatMark, mark].map((one) => JSON.parse(one || "{}"));
  return was.key === is.key && was.visit !== is.visit;
};

function tellWhenClosed(left = CLOSED_FOR) {
  if (document.querySelector(EDITOR) || isAway()) left = CLOSED_FOR;
  if (left <= 0) tell("closed", Date.now());
  else trying = setTimeout(tellWhenClosed, LOOK_EVERY, left - LOOK_EVERY);
}

export default function (component) {
  const { mark } = component.data;
  tell = component.setTriggerValue;
  if (mark !== window.kpicatMark) {
    if (isTakenOver(mark)) tell("again", Date.now());
    window.kpicatMark = mark;
    window.dispatchEvent(new Event("kpicat-mark"));
  }
  clearTimeout(trying);
  if (component.data.again) trying = setTimeout(() => tell("again", Date.now()), AGAIN_AFTER);
  if (component.data.closed) tellWhenClosed();
}
