// Ctrl+Z in a text box takes back what was typed there, not the last gesture on the catalogue.
function own(event) {
  const takesBack = (event.ctrlKey || event.metaKey) && ["z", "y"].includes(event.key.toLowerCase());
  if (takesBack && event.target.closest?.("textarea, input")) event.stopImmediatePropagation();
}

export default function () {
  if (!window.kpicatTyping) window.addEventListener("keydown", own, { capture: true });
  window.kpicatTyping = true;
}
