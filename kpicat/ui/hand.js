// Tells that somebody has opened a cell: what others wrote before is on their screen,
// what comes from now on is not.
let tell = () => {};
let open = null;

document.addEventListener("focusin", (event) => {
  const editor = event.target.closest?.("[id^='gdg-overlay']");
  if (editor && editor !== open) tell("opened", Date.now());
  open = editor ?? null;
});

export default function (component) {
  tell = component.setTriggerValue;
}
