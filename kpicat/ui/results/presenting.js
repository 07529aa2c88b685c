// The keys of a slide show, the whole screen, and how large it is of 1920 by 1080.

const STEPS = { ArrowRight: "next", PageDown: "next", " ": "next", ArrowLeft: "previous", PageUp: "previous",
  Home: "first", End: "last", Escape: "leave" };
const SAID_TOGETHER = 8;

let told = null;
let number = Date.now();
let pressed = [];
let wasFull = false;

function say(step) {
  pressed = [...pressed, { n: ++number, step }].slice(-SAID_TOGETHER);
  told?.setTriggerValue("pressed", pressed);
}

function fit() {
  const scale = Math.min(4, Math.max(0.2, Math.round(Math.min(innerWidth / 1920, innerHeight / 1080) * 100) / 100));
  document.documentElement.style.setProperty("--kpicat-slide", scale);
  if (told && Math.abs(scale - told.data.scale) > 0.005) told.setTriggerValue("sized", scale);
}

window.addEventListener("resize", fit);
window.addEventListener("keydown", (event) => {
  if (!told || event.ctrlKey || event.metaKey || event.altKey || !(event.key in STEPS)) return;
  if (event.key === " " && event.target.closest?.("button")) return; // that presses the button
  event.preventDefault();
  event.stopImmediatePropagation();
  if (!document.fullscreenElement && event.key !== "Escape") document.documentElement.requestFullscreen?.().catch(() => {});
  say(STEPS[event.key]);
}, true);
document.addEventListener("fullscreenchange", () => { // a browser keeps the Esc that ends the whole screen to itself
  if (told && wasFull && !document.fullscreenElement) say("leave");
  wasFull = Boolean(document.fullscreenElement);
});

export default function (component) {
  if (!told) document.documentElement.requestFullscreen?.().catch(() => {}); // without a click just before it may not
  told = component;
  fit();
  return () => {
    told = null;
    if (document.fullscreenElement) document.exitFullscreen?.().catch(() => {});
  };
}
