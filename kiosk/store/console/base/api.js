// Client of the store's HTTP API. Every failure is an ApiError with the HTTP status (0: the store was not reached).
const ROOT = "/api/v1";

export class ApiError extends Error {
  constructor(status, detail, code) { super(detail || String(status)); this.status = status; this.code = code ?? ""; }
}

async function ask(method, path, body, root = ROOT) {
  let answer, found;
  try {
    answer = await fetch(root + path, {
      method, credentials: "same-origin",
      headers: body === undefined ? {} : { "Content-Type": "application/json" },
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: AbortSignal.timeout(8000),
    });
    // the time limit may end while the body is read
    found = answer.headers.get("Content-Type")?.includes("json") ? await answer.json() : null;
  } catch { throw new ApiError(0, "not reached"); }
  if (!answer.ok) throw new ApiError(answer.status, found?.detail, found?.code);
  return found;
}

export const texts = () => ask("GET", "/associate/texts.json", undefined, "");
export const shop = () => ask("GET", "/shop");
export const associates = () => ask("GET", "/associates");
/** `new_pin` replaces the PIN; without it a PIN that must be replaced is refused with the code "pin-due". */
export const signIn = (associate_id, pin, new_pin = "") => ask("POST", "/session", { associate_id, pin, new_pin });
export const session = () => ask("GET", "/session");
/** A break begins or ends; the answer is that of `session`. */
export const setBreak = (on_break) => ask("PUT", "/session/break", { on_break });
export const signOut = () => ask("DELETE", "/session");
export const floor = () => ask("GET", "/floor");
export const move = (request, verb, words = {}) =>
  ask("POST", `/requests/${encodeURIComponent(request)}/${verb}`, words);

// Clues about the member in a room, with her consent, and her client book.
export const clues = (room) => ask("GET", `/clues/${encodeURIComponent(room)}`);
export const answerClue = (room, answer) => ask("POST", `/clues/${encodeURIComponent(room)}/answers`, answer);
export const endClues = (room, card) => ask("POST", `/clues/${encodeURIComponent(room)}/withdraw`, card);
export const writeBook = (room, entry) => ask("POST", `/client-books/of-room/${encodeURIComponent(room)}`, entry);

/** What suggestions and sizes were learned from; for managers. */
export const fleet = () => ask("GET", "/fleet");
export const models = () => ask("GET", "/insights/models");

export const standSeen = (stand) => ask("POST", `/stand-notices/${encodeURIComponent(stand)}/seen`);
export const bagged = (order) => ask("POST", `/bags/${encodeURIComponent(order)}/done`);
export const alarmSeen = (id) => ask("POST", `/alarms/${encodeURIComponent(id)}/seen`);

// Payment desk: unsettled payments and refunds, the rooms' baskets, returned pieces.
export const unknownMoney = () => ask("GET", "/money");
export const askTerminal = (key) => ask("POST", `/money/${encodeURIComponent(key)}/ask`);
export const settle = (key, answer, reference, second) =>
  ask("POST", `/money/${encodeURIComponent(key)}/settle`, { answer, reference, second });
export const attended = () => ask("GET", "/attended");
export const beginAttended = (key) => ask("POST", `/attended/${encodeURIComponent(key)}/begin`);
export const enterAttended = (key, done, number, second) =>
  ask("POST", `/attended/${encodeURIComponent(key)}/result`, { done, number, second });
export const baskets = () => ask("GET", "/baskets");
export const basketTotal = (room, pieces) =>
  ask("GET", `/baskets/${encodeURIComponent(room)}/total?${new URLSearchParams(pieces.map((piece) => ["piece", piece]))}`);
export const takeOver = (order, room, pieces, terminal) => ask("PUT", `/orders/${order}`, { room, pieces, terminal });
export const order = (id) => ask("GET", `/orders/${id}`);
export const stopWaiting = (id) => ask("DELETE", `/orders/${id}`);
export const sales = (label) => ask("GET", `/sales?label=${encodeURIComponent(label)}`);
export const payBack = (order_id, piece) => ask("POST", "/refunds", { order_id, piece });
export const exchange = (order_id, piece, label) => ask("POST", "/exchanges", { order_id, piece, label });
export const refund = (key) => ask("GET", `/refunds/${encodeURIComponent(key)}`);

export const receiptNumbered = (number) => ask("GET", `/receipt-numbers/${number}`);
export const receipt = (order) => ask("GET", `/receipts/${encodeURIComponent(order)}`);
export const printReceipt = (order, printer, language) =>
  ask("POST", `/receipts/${encodeURIComponent(order)}/print`, { printer, language });
export const mailReceipt = (order, address, language) =>
  ask("POST", `/receipts/${encodeURIComponent(order)}/mail`, { address, language });

// Paired devices: for managers, and the device that joins.
export const devices = () => ask("GET", "/devices");
export const deviceCode = (body) => ask("POST", "/devices/codes", body);
export const deviceCodeState = (room) => ask("GET", room ? `/devices/codes?room=${encodeURIComponent(room)}` : "/devices/codes");
export const revokeDevice = (id) => ask("DELETE", `/devices/${encodeURIComponent(id)}`);
export const joinDevice = (code) => ask("POST", "/devices/join", { code });
export const shopRoot = () => ask("GET", "/devices/root");

// The staff, for managers.
export const staff = () => ask("GET", "/staff");
export const staffLog = () => ask("GET", "/staff/log");
export const addStaff = (name, role) => ask("POST", "/staff", { name, role });
export const staffPin = (id) => ask("PUT", `/staff/${encodeURIComponent(id)}/pin`, {});
export const staffRole = (id, role) => ask("PUT", `/staff/${encodeURIComponent(id)}/role`, { role });
export const removeStaff = (id) => ask("DELETE", `/staff/${encodeURIComponent(id)}`);
export const used = () => ask("POST", "/session/used");

// The retailer's data, for managers: what waits, what was read, its mistakes.
export const feed = () => ask("GET", "/feed");
export const feedMistakes = (offset, limit) => ask("GET", `/feed/mistakes?offset=${offset}&limit=${limit}`);
export const acceptLoss = (kind, digest) => ask("POST", "/feed/accept", { kind, digest });
export const importFeed = () => ask("POST", "/feed/import", {});

// Members' data, for managers. The id is in the body: addresses are logged.
export const eraseMember = (member, second) => ask("POST", "/members/erase", { member, second });
export async function exportMember(member, language) {
  let answer, packed;
  try {
    answer = await fetch(`${ROOT}/members/export`, { method: "POST", credentials: "same-origin", signal: AbortSignal.timeout(8000),
      headers: { "Content-Type": "application/json" }, body: JSON.stringify({ member, language }) });
    packed = await answer.blob();
  } catch { throw new ApiError(0, "not reached"); }
  if (!answer.ok) throw new ApiError(answer.status);
  return packed;
}

export function picture(path, height = 232) {
  return `${ROOT}/pictures/${path.split("/").map(encodeURIComponent).join("/")}?h=${height}`;
}

const EVENTS = ["Floor", "RequestChanged", "RoomChanged", "StaffChanged", "CloneAlarm", "AlarmSeen", "BagTask", "BagDone", "StandNotice",
  "StandNoticeEnded", "MoneyMoved", "FeedChanged", "Beat"];

/** Opens the floor's event stream; `onEvent(name, body)` gets each event, `failed()` is called when it breaks. */
export function openStream(onEvent, failed) {
  const stream = new EventSource(`${ROOT}/floor/stream`, { withCredentials: true });
  for (const name of EVENTS) stream.addEventListener(name, (message) => onEvent(name, JSON.parse(message.data)));
  stream.addEventListener("error", () => failed());
  return stream;
}
