// Keeps two choices in cookies of this browser and puts Streamlit's own words
// (tooltips, the uploader, menus of the grid) into the reader's language.
let words = {};
let watching = null;

const patterns = () =>
  Object.entries(words)
    .filter(([english]) => english.startsWith("/"))
    .map(([english, own]) => [new RegExp(english.slice(1, -1)), own]);

function own(text) {
  const trimmed = text.trim();
  if (!trimmed || trimmed.length > 120) return null;
  if (Object.hasOwn(words, trimmed)) return text.replace(trimmed, words[trimmed]);
  for (const [pattern, replacement] of rules) if (pattern.test(trimmed)) return trimmed.replace(pattern, replacement);
  return null;
}

let rules = [];

// Cells, texts and inputs of users are left alone: only Streamlit's own furniture is renamed.
const furniture =
  "[data-testid='stFileUploader'], [data-testid='stElementToolbar'], [data-testid='InputInstructions'], " +
  "[data-testid='stDataFrameColumnMenu'], [data-testid='stDataFrameColumnVisibilityMenu'], " +
  "[data-testid='stTooltipContent'], [data-testid='stStatusWidget'], [data-testid='stToolbar'], [role='tooltip'], " +
  "[data-testid='stDialog'], [data-baseweb='popover'], [data-testid='stHeader'], [data-testid='stSidebarHeader'], " +
  "[data-testid='stConnectionStatus'], .gdg-seveqep, [role='listbox']";

function rename(root) {
  if (root.nodeType === Node.TEXT_NODE) {
    if (root.parentElement?.closest(furniture)) {
      const renamed = own(root.nodeValue);
      if (renamed !== null && renamed !== root.nodeValue) root.nodeValue = renamed;
    }
    return;
  }
  if (root.nodeType !== Node.ELEMENT_NODE) return;
  for (const element of [root, ...root.querySelectorAll("[aria-label], [title], [placeholder]")]) {
    for (const name of ["aria-label", "title", "placeholder"]) {
      const text = element.getAttribute?.(name);
      const renamed = text ? own(text) : null;
      if (renamed !== null && renamed !== text) element.setAttribute(name, renamed);
    }
  }
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) rename(walker.currentNode);
}

export default function (component) {
  const { cookies, words: given, lang } = component.data;
  for (const [name, value] of Object.entries(cookies))
    document.cookie = `${name}=${value}; path=/; max-age=31536000; SameSite=Lax`;
  document.documentElement.lang = lang;
  words = given;
  rules = patterns();
  rename(document.body);
  if (watching === null) {
    watching = new MutationObserver((changes) => {
      for (const change of changes) {
        if (change.type === "childList") change.addedNodes.forEach(rename);
        else rename(change.target);
      }
    });
    watching.observe(document.body, {
      subtree: true, childList: true, characterData: true, attributeFilter: ["aria-label", "title", "placeholder"],
    });
  }
}
