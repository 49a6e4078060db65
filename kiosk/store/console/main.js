// The associates' page: puts sign-in, connection, tabs and lists together.
import * as api from "/associate/base/api.js";
import { $ } from "/associate/base/elements.js";
import { whenFree } from "/associate/base/hold.js";
import { Link } from "/associate/base/link.js";
import { Tabs } from "/associate/base/tabs.js";
import { clock, currentLanguage, setLanguage, text } from "/associate/base/texts.js";
import { Desk } from "/associate/desk/desk.js";
import { nameLanguageChoices, offerLanguages } from "/associate/entry/languages.js";
import { SignIn } from "/associate/entry/sign_in.js";
import { Appointments } from "/associate/floor/appointments.js";
import { Asides } from "/associate/floor/asides.js";
import { Parcels } from "/associate/floor/parcels.js";
import { Board } from "/associate/floor/board.js";
import { Book } from "/associate/floor/book.js";
import { Break } from "/associate/floor/breaks.js";
import { Clues } from "/associate/floor/clues.js";
import { keepPage, lookForNewPage, setOnFloor, showCount } from "/associate/floor/device.js";
import { FollowUps } from "/associate/floor/follow_ups.js";
import { Looks } from "/associate/floor/looks.js";
import { Lookup } from "/associate/floor/lookup.js";
import { Messages } from "/associate/floor/messages.js";
import { Notify } from "/associate/floor/notify.js";
import { PickList } from "/associate/floor/pick_list.js";
import { Devices } from "/associate/office/devices.js";
import { Feed } from "/associate/office/feed.js";
import { Fleet } from "/associate/office/fleet.js";
import { Members } from "/associate/office/members.js";
import { showModels } from "/associate/office/models.js";
import { SalesOut } from "/associate/office/sales_out.js";
import { Staff } from "/associate/office/staff.js";
import { Alterations } from "/associate/tailor/alterations.js";

/** Each tab with the parts of the page that fill it; the store says which parts a role has. @type {Record<string, string[]>} */
const TABS = {
  requests: ["floor", "stockroom"], rooms: ["floor"], appointments: ["appointments"], lookup: ["lookup"], desk: ["desk"], status: ["status"], insights: ["insights"],
  feed: ["feed"], devices: ["devices"], staff: ["staff"],
};
/** @import { SessionAssociate } from "/api/answers" */
/** @type {SessionAssociate | null} */
let me = null;
let shopName = "Cheval", waiting = 0;

const roomTitle = (/** @type {string} */ room) => board.roomTitle(room);
const link = new Link({ openStream: api.openStream, onEvent: handleEvent, changed: linkChanged, failed: checkSession });
const desk = new Desk({ toast, signedOut });
const fleet = new Fleet({ signedOut });
const feed = new Feed({ sheet: desk.sheet, toast, signedOut });
const salesOut = new SalesOut({ sheet: desk.sheet, toast, signedOut });
const members = new Members({ sheet: desk.sheet, toast, signedOut });
const devices = new Devices({ sheet: desk.sheet, toast, signedOut, roomTitle, rooms: () => [...board.floor.rooms.keys()] });
const pause = new Break({ toast, signedOut });
const notify = new Notify({ signedOut });
const appointments = new Appointments({ sheet: desk.sheet, toast, signedOut, roomTitle, me: () => me });
const followUps = new FollowUps({ sheet: desk.sheet, toast, signedOut, me: () => me });
const lookup = new Lookup({ toast, signedOut, show: (piece) => messages.show(piece), mayShow: () => has("floor"),
  add: (piece) => appointments.add(piece), mayAdd: () => has("appointments"), combine: (piece) => looks.add(piece) });
const asides = new Asides({ toast, signedOut, roomTitle, changed: () => board.draw() });
const parcels = new Parcels({ sheet: desk.sheet, toast, signedOut, roomTitle, mayWrite: () => has("floor") });
const alterations = new Alterations({ sheet: desk.sheet, toast, signedOut, mayWrite: () => has("floor"), changed: () => board.draw() });
const staff = new Staff({ sheet: desk.sheet, toast, signedOut });
/** @type {Board} */
const board = new Board({ online: () => link.up, signedOut, changePiece: (piece) => desk.changePiece(piece), counted,
  openClues: (room) => clues.open(room), write: (room) => messages.write(room), combine: (room) => looks.open(room), hangBack: () => asides.hangBackRows(), isAside: (piece) => asides.holds(piece),
  alter: (request) => alterations.open(request), note: (id) => alterations.lines(id) });
/** @type {Clues} */
const clues = new Clues({ sheet: desk.sheet, toast, signedOut, now: () => board.now(),
  cardIn: (room) => board.floor.rooms.get(room)?.clues, openBook: (room) => book.open(room) });
const book = new Book(clues);
const picks = new PickList({ signedOut, roomTitle, request: (id) => board.floor.requests.get(id), claim: (one) => board.claim(one) });
const messages = new Messages({ sheet: desk.sheet, toast, signedOut, boards: () => [...board.floor.rooms.values()] });
const looks = new Looks({ sheet: desk.sheet, toast, signedOut, boards: () => [...board.floor.rooms.values()] });
const signIn = new SignIn({ signedIn, elsewhere });
const tabs = new Tabs(Object.keys(TABS), showTab);
const has = (/** @type {string} */ part) => Boolean(me?.parts.includes(part));
/** What the event stream of this person is of; an analyst has none. @returns {"floor" | "stockroom" | null} */
const streamed = () => (has("floor") ? "floor" : has("stockroom") ? "stockroom" : null);
const models = () => Promise.all(["models", "insights-models"].map((id) => showModels($(id), has("insights"))));

function setFixedTexts() {
  for (const element of document.querySelectorAll(".shop-name")) element.textContent = shopName;
  const words = { "sign-out": "out", "requests-title": requestsTitle(), "rooms-title": "rooms", "go-back-title": "goBack",
    "no-requests": has("stockroom") ? "nothingToBring" : "none", "no-rooms": "noRooms", "tab-rooms": "rooms",
    "tab-insights": "insights", "insights-title": "insights", "insights-file": "insightsFile" };
  for (const part of [signIn, desk, fleet, feed, salesOut, members, devices, staff, pause, lookup, looks, notify, appointments, followUps, picks, asides, parcels, alterations]) part.setFixedTexts();
  for (const [id, name] of Object.entries(words)) $(id).textContent = text(name);
  nameLanguageChoices();
  drawLink();
  drawCount();
}

/** @param {number} open */
function counted(open) {
  if (open === waiting) return;
  waiting = open;
  document.title = waiting ? `(${waiting}) ${shopName}` : shopName;
  showCount(waiting);
  whenFree(drawCount);
}

function drawCount() {
  document.title = waiting ? `(${waiting}) ${shopName}` : shopName;
  const title = text(requestsTitle());
  $("tab-requests").textContent = waiting ? `${title} (${waiting})` : title;
}

/** The name of the text above the requests. */
function requestsTitle() { return has("stockroom") ? "toBring" : "requests"; }

/** @param {string} name @param {any} body */
function handleEvent(name, body) {
  asides.told(name, body);
  parcels.told(name);
  alterations.told(name);
  if (name === "Stockroom") return board.handle("Floor", { ...body, rooms: [], stand_titles: body.titles });
  if (name === "MoneyMoved") return desk.moved(body);
  if (name === "FeedChanged") return feed.refresh();
  if (name === "AppointmentsChanged") return appointments.refresh();
  if (name === "Floor") for (const part of [desk, feed, appointments, followUps]) part.refresh();
  picks.changed(name);
  if (name === "Floor" || name === "StaffChanged") pause.refresh();
  if (name === "RoomChanged") desk.roomChanged();
  board.handle(name, body);
  return clues.check();
}

function drawLink() {
  const words = link.up ? text("live") : link.since ? text("lostSince", { time: clock(link.since) }) : text("lost");
  if ($("link").textContent !== words) $("link").textContent = words;
  $("link").classList.toggle("lost", !link.up);
  $("link").hidden = Boolean(me) && !streamed();
  if (me) board.draw();
}

/** What waits is sent also when the same stream goes on, which brings no new state of the floor. */
function linkChanged() {
  drawLink();
  if (link.up) { board.outbox.flush(); lookForNewPage(); } else clues.end();
}

let toasted = 0;
/** @param {string} words */
function toast(words, seconds = 5) {
  $("trouble").textContent = words;
  $("trouble").hidden = false;
  clearTimeout(toasted);
  toasted = setTimeout(() => { $("trouble").hidden = true; }, seconds * 1000);
}

/** @param {SessionAssociate} person */
function signedIn(person) {
  me = person;
  board.signedIn(me);
  members.me = me;
  pause.signedIn(has("floor"));
  picks.signedIn(has("floor"));
  notify.signedIn(has("floor") ? person.id : "");
  desk.signedIn(has("desk"));
  appointments.signedIn(has("appointments"));
  followUps.signedIn(has("appointments"));
  asides.signedIn(has("floor") || has("stockroom"));
  parcels.signedIn(has("floor") || has("stockroom"));
  alterations.signedIn(has("floor") || has("stockroom"));
  feed.signedIn(has("feed"));
  devices.signedIn(has("devices"));
  staff.signedIn(has("staff"));
  const stream = streamed(), offered = Object.keys(TABS).filter((name) => TABS[name].some(has));
  if (stream) link.open(stream);
  setOnFloor(Boolean(stream));
  setFixedTexts();
  tabs.offer(offered);
  tabs.show(offered[0] ?? "requests");
  models();
}

function leaveFloor() {
  me = null;
  link.close();
  setOnFloor(false);
  board.signedIn(null);
  clues.end();
  for (const part of [desk, fleet, feed, salesOut, devices, staff, pause, lookup, looks, notify, appointments, followUps, picks, asides, parcels, alterations]) part.close();
}

function signedOut() {
  leaveFloor();
  return signIn.ask();
}

/** Another tab has signed in or out: this one shows the same person, or nobody. */
function elsewhere() {
  leaveFloor();
  signIn.resume();
}

async function checkSession() {
  try {
    const { associate } = await api.session();
    // another tab of this browser has signed in, perhaps the same person with another role
    if (me && (associate.id !== me.id || associate.role !== me.role)) elsewhere();
  } catch (error) {
    const { status } = api.refusal(error);
    if ((status === 401 || status === 403) && me) signedOut();
  }
}

/** @param {string} tab */
function showTab(tab) {
  if (tab === "desk") desk.shown();
  if (tab === "rooms") models();
  fleet.shown(tab === "status");
  salesOut.shown(tab === "feed");
  if (tab === "feed") feed.refresh();
  if (tab === "appointments") { appointments.refresh(); followUps.refresh(); }
  if (tab === "devices") devices.refresh();
  if (tab === "staff") staff.refresh();
}

/** A shared device is signed out when nobody has touched it for a while; the store counts from the last touch it is told. */
let told = 0;
async function touched() {
  if (!me || Date.now() - told < 60000) return;
  told = Date.now();
  try { await api.used(); } catch (error) { if (api.refusal(error).status === 401) signedOut(); }
}

async function start() {
  for (const name of ["pointerdown", "keydown"]) document.addEventListener(name, touched, { passive: true });
  setLanguage(currentLanguage());
  offerLanguages(() => { setFixedTexts(); board.draw(); desk.draw(); models(); });
  $("sign-out").addEventListener("click", async () => { await signIn.end(); signedOut(); });
  setFixedTexts();
  keepPage();
  api.shop().then(({ name }) => { shopName = name || shopName; setFixedTexts(); }, () => { /* shown at the next load */ });
  setInterval(() => board.drawAges(), 1000);
  setInterval(() => me && board.draw(), 30000);
  setInterval(() => me && !streamed() && checkSession(), 10000); // nobody else tells that the session has ended
  await signIn.resume();
}

start();
