// A box that takes what is pasted, the tables as well as the plain lines; text typed or put
// there by a phone's own menu is taken once it rests.
const RESTS_AFTER = 700; // ms

const boxes = new WeakMap();

function begin(root) {
  const box = root.querySelector("textarea");
  const said = root.querySelector("[role=status]");
  const state = { waiting: 0, component: null };
  const take = (text, html) => {
    clearTimeout(state.waiting);
    if (!text.trim() && !html) return;
    const { words, most } = state.component.data;
    if (text.length > most) return void (said.textContent = words.tooMuch);
    if (text.length + html.length > most) html = "";
    box.value = "";
    said.textContent = words.taken;
    state.component.setTriggerValue("caught", { text, html });
  };
  box.addEventListener("paste", (event) => {
    const clipboard = event.clipboardData;
    if (!clipboard?.types.length) return; // what arrives in the box is taken then
    event.preventDefault();
    take(clipboard.getData("text/plain"), clipboard.getData("text/html"));
  });
  box.addEventListener("input", () => {
    clearTimeout(state.waiting);
    state.waiting = setTimeout(() => take(box.value, ""), RESTS_AFTER);
  });
  const focus = () => box.isConnected && box.focus({ preventScroll: true });
  requestAnimationFrame(() => requestAnimationFrame(focus)); // after the dialog has taken the focus to itself
  return state;
}

export default function (component) {
  const root = component.parentElement;
  if (!boxes.has(root)) boxes.set(root, begin(root));
  boxes.get(root).component = component;
  const box = root.querySelector("textarea");
  box.placeholder = component.data.words.here;
  box.setAttribute("aria-label", component.data.words.here);
}
