// Tells that somebody has opened a cell: what others wrote before is on their screen,
// what comes from now on is not. And asks for another try where something waits to be saved.
const AGAIN_AFTER = 1500; // ms

let tell = () => {};
let open = null;
let trying = 0;

document.addEventListener("focusin", (event) => {
  const editor = event.target.closest?.("[id^='gdg-overlay']");
  if (editor && editor !== open) tell("opened", Date.now());
  open = editor ?? null;
});

export default function (component) {
  tell = component.setTriggerValue;
  clearTimeout(trying);
  if (component.data.again) trying = setTimeout(() => tell("again", Date.now()), AGAIN_AFTER);
}
