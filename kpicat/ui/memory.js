// Keeps the mark of the grid (see hand.js) in what the browser sends with every message,
// also with the first one to a server that knows nothing of this page.

const kept = new WeakMap(); // where it is mounted -> the mark kept there
let keep = () => {};

window.addEventListener("kpicat-mark", () => keep());

export default function ({ parentElement, setStateValue }) {
  keep = () => {
    const mark = window.kpicatMark;
    if (!mark || kept.get(parentElement) === mark) return;
    kept.set(parentElement, mark);
    setStateValue("mark", mark);
  };
  keep();
}
