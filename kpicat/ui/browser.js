// Keeps two choices in cookies of this browser, and puts Streamlit's own words
// (tooltips, the uploader, menus of the grid) into the reader's language.
// Asks for the page when the connection was lost and is there again.
// Has dialogs follow the theme, tells screen readers the menu's sections, paper how wide a page is,
// and gives the keyboard back its place when a dialog closes. Lets grids say what was typed before a click takes them away.
// Words that users typed are never touched: text is renamed in FURNITURE only, nothing inside DATA.

const FURNITURE = [
  "stSkipToContent", "stStatusWidget", "stConnectionStatus", "stToolbar", "stMainMenuPopover", "stDialog",
  "stSidebarNavViewButton", "stElementToolbar", "stTooltipContent", "stTooltipErrorContent", "stFileUploader",
  "InputInstructions", "stSelectboxVirtualDropdown", "stMultiSelectDropdown", "stDataFrameColumnMenu",
  "stDataFrameColumnFormattingMenu", "stDataFrameColumnVisibilityMenu", "stDataFrameStatisticsMenu",
  "stDownloadButtonError",
].map((id) => `[data-testid="${id}"]`).concat(
  "[data-testid='stNumberInput'] [role='alert']", ".gdg-search-bar", "[data-live-announcer]",
  ".glide-select [role='log']", "[id^='react-select'][role='listbox']",
).join();
const DATA = [
  "[role='option'][data-key]:not([data-key^='__'])", "[role='option'][id^='react-select']", "[role='grid']",
  "[data-testid='stFileChipName']", "textarea",
  "[data-testid='stDialog'] [data-testid='stElementContainer']",
].join();
const DIALOG = '[role="dialog"]';
const ATTRIBUTES = ["aria-label", "title", "placeholder"];
const LABELLED = ATTRIBUTES.map((name) => `[${name}]`).join();

let language = null;
let exact = {}; // English -> the reader's language
let patterns = []; // [RegExp, replacement]
const renamed = new WeakMap(); // node -> {attribute or "": [English, the reader's language]}

function inOwnWords(text) {
  const trimmed = text.trim();
  if (!trimmed || trimmed.length > 300) return null;
  if (Object.hasOwn(exact, trimmed)) return text.replace(trimmed, () => exact[trimmed]);
  const found = patterns.find(([pattern]) => pattern.test(trimmed));
  return found ? trimmed.replace(...found) : null;
}

const read = (node, name) => (name ? node.getAttribute(name) : node.nodeValue);
const write = (node, name, text) => (name ? node.setAttribute(name, text) : (node.nodeValue = text));

function rename(node, name = "") {
  const english = read(node, name);
  const own = english && inOwnWords(english);
  if (!own || own === english) return;
  renamed.set(node, { ...renamed.get(node), [name]: [english, own] });
  write(node, name, own);
}

function restore(node, name = "") {
  const [english, own] = renamed.get(node)?.[name] ?? [];
  if (own && read(node, name) === own) write(node, name, english);
}

// `act` on every text and label of Streamlit's in `root`, which is all that was added.
function visit(root, act) {
  if (root.nodeType === Node.TEXT_NODE) {
    const parent = root.parentElement;
    if (parent?.closest(FURNITURE) && !parent.closest(DATA)) act(root);
  } else if (root.nodeType === Node.ELEMENT_NODE && !root.closest(DATA)) {
    for (const element of [root, ...root.querySelectorAll(LABELLED)])
      if (!element.closest(DATA)) for (const name of ATTRIBUTES) act(element, name);
    for (const place of root.closest(FURNITURE) ? [root] : root.querySelectorAll(FURNITURE)) {
      const texts = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
      while (texts.nextNode()) if (!texts.currentNode.parentElement.closest(DATA)) act(texts.currentNode);
    }
  }
}

const watching = new MutationObserver((changes) => {
  for (const { type, target, attributeName, addedNodes } of changes) {
    if (type === "childList") for (const node of addedNodes) visit(node, rename);
    else if (type === "characterData") visit(target, rename);
    else if (!target.closest(DATA)) rename(target, attributeName);
  }
});

function speak(chosen, words) {
  watching.disconnect();
  if (language !== null) visit(document.body, restore);
  language = document.documentElement.lang = chosen;
  const entries = Object.entries(words);
  exact = Object.fromEntries(entries.filter(([english]) => !english.startsWith("/")));
  patterns = entries
    .filter(([english]) => english.startsWith("/"))
    .map(([english, own]) => [new RegExp(english.slice(1, -1)), own]);
  if (entries.length === 0) return;
  visit(document.body, rename);
  watching.observe(document.body, {
    subtree: true, childList: true, characterData: true, attributeFilter: ATTRIBUTES,
  });
}

// A browser that comes back may find a server that knows nothing of its page: the page is run anew, from its frame on.
// Streamlit forgets that a whole run was asked for when a part asks in the same tick, so it is said until one begins:
// only then what stands outside the parts grows stale, as this does.
const AGAIN_AFTER = 2000; // ms, each time twice as long
const LONGEST = 20000;
let isBack = () => {};
let wasAway = false;
let saying = 0;

function sayBack(again = AGAIN_AFTER) {
  isBack("back", Date.now());
  if (again < LONGEST) saying = setTimeout(sayBack, again, again * 2);
}

new MutationObserver(([{ target }]) => {
  const connected = target.getAttribute("data-test-connection-state") === "CONNECTED";
  clearTimeout(saying);
  if (connected && wasAway) sayBack();
  wasAway = !connected;
}).observe(document.querySelector("[data-test-connection-state]"), { attributeFilter: ["data-test-connection-state"] });

new MutationObserver(() => clearTimeout(saying)).observe(document.querySelector(".st-key-frame_browser"), {
  attributeFilter: ["data-stale"],
});

// Dialogs and menus stand outside the app: what asks for the page's own colours there gets those of its theme.
const app = document.querySelector('[data-testid="stApp"]');
function dress() {
  const { colorScheme, backgroundColor } = getComputedStyle(app);
  document.documentElement.style.colorScheme = colorScheme;
  document.documentElement.style.setProperty("--kpicat-ground", backgroundColor);
}
new MutationObserver(dress).observe(app, { attributeFilter: ["class"] });
dress();

// A dialog that a menu opened would leave the keyboard nowhere, as the menu is gone: it goes back to the menu's button.
let left = null; // what was last in use on the page itself
app.addEventListener("focusin", ({ target }) => (left = target));
new MutationObserver((changes) => {
  const closed = (node) => node.matches?.(DIALOG) || node.querySelector?.(DIALOG);
  if (!changes.some(({ removedNodes }) => [...removedNodes].some(closed))) return;
  setTimeout(() => {
    if (document.activeElement === document.body && !document.querySelector(DIALOG)) left?.focus({ focusVisible: true });
  }, 100); // Streamlit itself gives it back to what is still there
}).observe(document.body, { subtree: true, childList: true });

// A page goes to paper as wide as it is drawn.
window.addEventListener("beforeprint", () => {
  const drawn = document.querySelector('[data-testid="stMainBlockContainer"] > [data-testid="stVerticalBlock"]');
  if (drawn) document.documentElement.style.setProperty("--kpicat-wide", drawn.clientWidth);
});

// Streamlit's menu is a list of sections that hold the pages: for screen readers each section is a list with its name.
let sections = 0;
function listSections() {
  for (const section of document.querySelectorAll('[data-testid="stSidebarNavItems"] > :not([role]):has(> header)')) {
    section.parentElement.role = "none";
    section.role = "list";
    section.firstElementChild.id ||= `menu-section-${++sections}`;
    section.setAttribute("aria-labelledby", section.firstElementChild.id);
  }
}
new MutationObserver(listSections).observe(app, { subtree: true, childList: true });
listSections();

// Ctrl+Z in a text box takes back what was typed there, not the last gesture on the catalogue.
window.addEventListener("keydown", (event) => {
  const takesBack = (event.ctrlKey || event.metaKey) && ["z", "y"].includes(event.key.toLowerCase());
  if (takesBack && event.target.closest?.("textarea, input")) event.stopImmediatePropagation();
}, { capture: true });

// A grid reports what was typed 150 ms after its cell was left. A page, or a grid, that is opened sooner would take the
// old grid away with what it had not said yet: so a click that comes as soon as that is done a moment later.
const REPORTED_AFTER = 250; // ms
const OPEN_CELL = "[id^='gdg-overlay']";
const GRID = `[data-testid='stDataFrame'], ${OPEN_CELL}`;
let touchedAt = 0;
for (const name of ["keydown", "paste", "pointerdown"]) window.addEventListener(name, ({ target }) => {
  if (target.closest?.(GRID) || document.querySelector(OPEN_CELL)) touchedAt = Date.now();
}, { capture: true });
window.addEventListener("click", (event) => {
  const pressed = event.target.closest?.("a[href], button");
  const early = touchedAt + REPORTED_AFTER - Date.now();
  if (!event.isTrusted || early <= 0 || !pressed || pressed.closest(GRID)) return;
  event.stopImmediatePropagation();
  event.preventDefault();
  setTimeout(() => pressed.dispatchEvent(new MouseEvent("click", event)), early);
}, { capture: true });

export default function (component) {
  isBack = component.setTriggerValue;
  const { cookies, words, lang } = component.data;
  for (const [name, value] of Object.entries(cookies))
    document.cookie = `${name}=${value}; path=/; max-age=31536000; SameSite=Lax`;
  if (lang !== language) speak(lang, words);
}
