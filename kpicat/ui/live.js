// Listens for news of the catalogue this page shows, tells where its person is, and shows who else is here.
// News come over a WebSocket; while there is none they are asked for, so nothing waits for a line to come back.

const ASK_EVERY = 1500;     // ms between questions while the line is down
const SILENCE = 12000;      // ms without a word after which the line counts as dead
const REMIND_AFTER = 6000;  // ms after which a page that did not follow the news is told again
const SAY_EVERY = 2000;     // ms
const NOT_ADMITTED = 4401;  // how the server ends the line of who has signed out, or may not read any more
const NO_MORE = "-1:";      // a standing that no page shows: it runs, and says why nothing is told any more
const NAMED = 5;            // people shown by name; the others are counted
const COLOURS = ["#1b5e8c", "#9c3d10", "#2f6b2f", "#6a3d8f", "#8a5a00", "#0f6b6b", "#9b1c4f", "#4a4a4a"];

let page = null;    // what the server said of this page last: {address, standing, page, naming, words}
let trigger = () => {};
let place = null;   // where people are shown
let line = null;    // the WebSocket
let heardAt = 0;
let said = { where: "", line: null, at: 0 };
let told = { standing: null, at: 0 };
let item = "";
let people = [];
let away = false;
let refused = false; // nothing is to be heard here, until a run of the page is let in again

// -- the line ------------------------------------------------------------------

function connect() {
  if (refused || !page?.address || (line && line.readyState <= WebSocket.OPEN)) return;
  const mine = new WebSocket(location.origin.replace(/^http/, "ws") + page.address);
  line = mine;
  heardAt = Date.now();
  mine.onopen = () => sayWhere();
  mine.onmessage = (event) => {
    if (line !== mine) return;
    hear(JSON.parse(event.data));
    sayWhere();
  };
  mine.onclose = ({ code }) => {
    if (line === mine && code === NOT_ADMITTED) refuse();
  };
}

// Asks no more, and has the page run once, which shows the way to sign in, or what is missing.
function refuse() {
  hangUp();
  hear({ standing: NO_MORE, people: [] });
  refused = true;
}

function hangUp() {
  const old = line;
  line = null;
  old?.close();
}

const isUp = () => line?.readyState === WebSocket.OPEN && Date.now() - heardAt < SILENCE;

// Said when it is news, and often enough for the server to know that somebody is here.
function sayWhere(more = {}) {
  if (line?.readyState !== WebSocket.OPEN) return;
  const where = `${page.page} ${item} ${Object.keys(more)}`;
  if (said.where === where && said.line === line && Date.now() - said.at < SAY_EVERY) return;
  said = { where, line, at: Date.now() };
  line.send(JSON.stringify({ page: page.page, item, standing: page.standing, ...more }));
}

window.addEventListener("kpicat-opened", (event) => {
  if (!isUp()) return;
  said.at = 0;
  sayWhere({ opened: "1" });
  event.preventDefault(); // said
});

async function ask() {
  const where = new URLSearchParams({ page: page.page, item });
  try {
    const answer = await fetch(`${page.address}&${where}`, { cache: "no-store" });
    if (answer.ok) hear(await answer.json());
    else if (answer.status === 401) refuse();
  } catch { /* the server is away; the next question may reach it */ }
}

function look() {
  if (refused || !page?.address) return;
  if (isUp()) return follow();
  if (line && Date.now() - heardAt >= SILENCE) hangUp();
  connect();
  ask();
}

setInterval(look, ASK_EVERY);
for (const name of ["online", "pageshow", "focus"]) window.addEventListener(name, look);
document.addEventListener("visibilitychange", () => document.hidden || look());

// -- news ----------------------------------------------------------------------

let newest = null;

function hear(news) {
  heardAt = Date.now();
  if (news.standing) newest = news.standing;
  if (news.people) people = news.people;
  if ("away" in news) away = news.away;
  if (news.people || "away" in news) show();
  follow();
}

const seqOf = (standing) => Number(standing.split(":")[0]);

// Has the page run again when it shows less than there is; once for each news, and again if that got lost.
function follow() {
  if (!newest || newest === page.standing) return;
  if (told.standing === newest && Date.now() - told.at < REMIND_AFTER) return;
  told = { standing: newest, at: Date.now() };
  trigger("moved", `${newest} ${told.at}`);
}

// -- where my person is ----------------------------------------------------------

// The row the cursor of the grid is on, by its code or else by its task, as the grid shows them to screen readers.
function itemAtCursor() {
  const cell = document.querySelector('[role="gridcell"][aria-selected="true"]');
  const row = cell?.closest('[role="row"]');
  if (!row) return "";
  const names = [...row.closest("table, [role='grid']").querySelectorAll('[role="columnheader"]')].map((h) => h.textContent.trim());
  const cells = [...row.querySelectorAll('[role="gridcell"]')];
  for (const wanted of page.naming) {
    const text = cells[names.indexOf(wanted)]?.textContent.trim();
    if (text) return text.slice(0, 80);
  }
  return "";
}

let pending = 0;
function mayHaveMoved() {
  clearTimeout(pending);
  pending = setTimeout(() => {
    const now = page ? itemAtCursor() : "";
    if (now === item) return;
    item = now;
    sayWhere();
  }, 400);
}
for (const name of ["pointerup", "keyup", "focusin"]) document.addEventListener(name, mayHaveMoved, { passive: true });

// -- who is here -----------------------------------------------------------------

function colourOf(name) {
  let sum = 0;
  for (const sign of name) sum = (sum * 31 + sign.codePointAt(0)) >>> 0;
  return COLOURS[sum % COLOURS.length];
}

function initials(name) {
  const words = name.trim().split(/\s+/);
  return ((words.length > 1 ? words.at(-2)[0] : "") + words.at(-1)[0]).toLocaleUpperCase();
}

function whereIs({ page: at, item: on }) {
  return on || (at !== page.page ? page.words[at] ?? "" : "");
}

function chip(one) {
  const where = whereIs(one);
  const it = document.createElement("span");
  it.className = "person";
  it.role = "listitem";
  it.title = where ? `${one.who} · ${where}` : one.who;
  const badge = document.createElement("b");
  badge.style.background = colourOf(one.who);
  badge.textContent = initials(one.who);
  badge.ariaHidden = "true";
  const words = document.createElement("span");
  words.className = "words";
  words.textContent = it.title;
  it.append(badge, words);
  return it;
}

function show() {
  if (!place) return;
  const shown = people.slice(0, NAMED).map(chip);
  const rest = people.slice(NAMED);
  if (rest.length) {
    const more = document.createElement("span");
    more.className = "more";
    more.role = "listitem";
    more.textContent = `+${rest.length}`;
    more.title = rest.map((one) => one.who).join(", ");
    shown.push(more);
  }
  if (away) {
    const note = document.createElement("span");
    note.className = "away";
    note.textContent = page.words.away;
    shown.unshift(note);
  }
  place.ariaLabel = page.words.here;
  place.replaceChildren(...shown);
}

export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  const moved = page?.address !== data.address;
  page = data;
  refused = false;
  if (newest && seqOf(page.standing) > seqOf(newest)) newest = page.standing; // my own doing, shown before it is told
  trigger = setTriggerValue;
  place = parentElement.querySelector(".people");
  if (moved) hangUp();
  if (data.heard?.people) ({ people, away } = data.heard);
  show();
  sayWhere();
  look();
}
