// Client of the store's HTTP API. Every failure is an ApiError with the HTTP status (0: the store was not reached).
const ROOT = "/api/v1";

/** @import { Answers, AppointmentBody, AppointmentPieceBody, BookChangeBody, BookEntryBody, CardBody, LookBody, MemberSearchBody, MessageBody, RemovedPieceBody, SubscriptionBody, TailorNoteBody, VerdictBody, WithdrawBody } from "/api/answers" */
/** @typedef {{ associate_id: string, pin: string } | null} Second a second person with the PIN; null if none is needed */
/** @typedef {Partial<BookEntryBody> & Pick<BookEntryBody, "card" | "kind">} BookEntry what the store does not get keeps its default value */

export class ApiError extends Error {
  /** @param {number} status @param {string} [detail] @param {string} [code] */
  constructor(status, detail, code) { super(detail || String(status)); this.status = status; this.code = code ?? ""; }
}

/** What a request has failed of; any other error is thrown on. @param {unknown} error @returns {ApiError} */
export function refusal(error) {
  if (error instanceof ApiError) return error;
  throw error;
}

/**
 * @param {string} method
 * @param {string} path
 * @param {object} [body]
 * @param {string} [root]
 * @param {RequestInit} [more]
 * @returns {Promise<any>}
 */
async function ask(method, path, body, root = ROOT, more = {}) {
  const sent = body === undefined ? {} : { headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
  let answer, found;
  try {
    answer = await fetch(root + path, { ...more, method, credentials: "same-origin", ...sent, signal: AbortSignal.timeout(8000) });
    // the time limit may end while the body is read
    found = answer.headers.get("Content-Type")?.includes("json") ? await answer.json() : null;
  } catch { throw new ApiError(0, "not reached"); }
  if (!answer.ok) throw new ApiError(answer.status, found?.detail, found?.code);
  return found;
}

const part = encodeURIComponent;

/** @returns {Promise<Answers["GET /associate/texts.json"]>} */
export const texts = () => ask("GET", "/associate/texts.json", undefined, "");
/** @returns {Promise<Answers["GET /api/v1/shop"]>} */
export const shop = () => ask("GET", "/shop");
/** @returns {Promise<Answers["GET /api/v1/associates"]>} */
export const associates = () => ask("GET", "/associates");
/**
 * `new_pin` replaces the PIN; without it a PIN that must be replaced is refused with the code "pin-due".
 * @param {string} associate_id @param {string} pin
 * @returns {Promise<Answers["POST /api/v1/session"]>}
 */
export const signIn = (associate_id, pin, new_pin = "") => ask("POST", "/session", { associate_id, pin, new_pin });
/** @returns {Promise<Answers["GET /api/v1/session"]>} */
export const session = () => ask("GET", "/session");
/** A break begins or ends. @param {boolean} on_break @returns {Promise<Answers["PUT /api/v1/session/break"]>} */
export const setBreak = (on_break) => ask("PUT", "/session/break", { on_break });
/**
 * Notifications on this device. @param {boolean} [seen] whether the page is seen now; told also when it is left
 * @returns {Promise<Answers["GET /api/v1/push"]>}
 */
export const pushState = (seen) => ask("GET", seen === undefined ? "/push" : `/push?seen=${seen}`, undefined, ROOT, { keepalive: seen === false }); // sent also if the page goes away
/** @param {SubscriptionBody} subscription @returns {Promise<null>} */
export const subscribe = (subscription) => ask("PUT", "/push", subscription);
/** @returns {Promise<null>} */
export const unsubscribe = () => ask("DELETE", "/push");
/** @returns {Promise<null>} */
export const signOut = () => ask("DELETE", "/session");
/**
 * Products by words, tag, label or code. @param {string} question
 * @returns {Promise<Answers["GET /api/v1/products"]>}
 */
export const products = (question) => ask("GET", `/products?${new URLSearchParams({ q: question })}`);
/** @returns {Promise<Answers["GET /api/v1/floor"]>} */
export const floor = () => ask("GET", "/floor");
/** @returns {Promise<Answers["GET /api/v1/pick-list"]>} */
export const pickList = () => ask("GET", "/pick-list");
/** @param {string} request @param {string} verb @returns {Promise<Answers["POST /api/v1/requests/{request_id}/{move}"]>} */
export const move = (request, verb, words = {}) => ask("POST", `/requests/${part(request)}/${verb}`, words);

/** Shows a line, a piece or a look on a mirror. @param {string} room @param {Partial<MessageBody> & Pick<MessageBody, "key" | "occupied_since_us">} message @returns {Promise<null>} */
export const showMessage = (room, message) => ask("POST", `/messages/${part(room)}`, message);
/** @param {string} room @param {LookBody} look @returns {Promise<Answers["POST /api/v1/messages/{room}/look"]>} */
export const checkLook = (room, look) => ask("POST", `/messages/${part(room)}/look`, look);
/** @param {string} room @param {number} since @returns {Promise<Answers["GET /api/v1/messages/{room}/suggestions"]>} */
export const roomSuggestions = (room, since) => ask("GET", `/messages/${part(room)}/suggestions?occupied_since_us=${since}`);

// Clues about the member in a room, with her consent, and her client book.
/** @param {string} room @returns {Promise<Answers["GET /api/v1/clues/{room}"]>} */
export const clues = (room) => ask("GET", `/clues/${part(room)}`);
/** @param {string} room @param {VerdictBody} answer @returns {Promise<null>} */
export const answerClue = (room, answer) => ask("POST", `/clues/${part(room)}/answers`, answer);
/** @param {string} room @param {WithdrawBody} card @returns {Promise<null>} */
export const endClues = (room, card) => ask("POST", `/clues/${part(room)}/withdraw`, card);
/** @param {string} room @param {BookEntry} entry @returns {Promise<null>} */
export const writeBook = (room, entry) => ask("POST", `/client-books/of-room/${part(room)}`, entry);
/** @param {string} room @param {string} card @returns {Promise<Answers["GET /api/v1/client-books/of-room/{room}"]>} */
export const book = (room, card) => ask("GET", `/client-books/of-room/${part(room)}?card=${part(card)}`);
/** @param {string} room @param {string} card @returns {Promise<Answers["GET /api/v1/client-books/of-room/{room}/record"]>} */
export const bookRecord = (room, card) => ask("GET", `/client-books/of-room/${part(room)}/record?card=${part(card)}`);
/** @param {string} room @param {string} id @param {BookEntry & Pick<BookChangeBody, "seen_us">} entry @returns {Promise<unknown>} */
export const changeBook = (room, id, entry) => ask("PUT", `/client-books/of-room/${part(room)}/${part(id)}`, entry);
/** @param {string} room @param {string} id @returns {Promise<null>} */
export const deleteFromBook = (room, id) => ask("DELETE", `/client-books/of-room/${part(room)}/${part(id)}`);
/** @param {string} room @param {string} id @returns {Promise<null>} */
export const bookDone = (room, id) => ask("POST", `/client-books/of-room/${part(room)}/${part(id)}/done`);
/** @returns {Promise<Answers["GET /api/v1/follow-ups"]>} */
export const followUps = () => ask("GET", "/follow-ups");
/** @param {string} id @returns {Promise<null>} */
export const followUpDone = (id) => ask("POST", `/follow-ups/${part(id)}/done`);
/** For managers. @param {string} from @param {string} to @returns {Promise<Answers["POST /api/v1/client-books/hand-over"]>} */
export const handOver = (from, to) => ask("POST", "/client-books/hand-over", { old: from, new: to });

// Pieces that are put aside.
/** @returns {Promise<Answers["GET /api/v1/asides"]>} */
export const asides = () => ask("GET", "/asides");
/** @returns {Promise<Answers["GET /api/v1/alterations"]>} */
export const alterations = () => ask("GET", "/alterations");
/** @param {string} request @param {TailorNoteBody} note @returns {Promise<Answers["PUT /api/v1/alterations/{request_id}"]>} */
export const writeAlteration = (request, note) => ask("PUT", `/alterations/${part(request)}`, note);
/** @param {string} request @returns {Promise<Answers["POST /api/v1/alterations/{request_id}/done"]>} */
export const alterationDone = (request) => ask("POST", `/alterations/${part(request)}/done`);
/** @returns {Promise<Answers["GET /api/v1/parcels"]>} */
export const parcels = () => ask("GET", "/parcels");
/** @param {string} key @param {string[]} lines */
export const takeAddressDown = (key, lines) => ask("PUT", `/parcels/${part(key)}/address`, { lines });
/** @param {string} key @param {string} verb @returns {Promise<Answers["POST /api/v1/parcels/{key}/{move}"]>} */
export const moveParcel = (key, verb) => ask("POST", `/parcels/${part(key)}/${part(verb)}`);
/** @param {string} id @param {string} verb @returns {Promise<Answers["POST /api/v1/asides/{aside_id}/{move}"]>} */
export const moveAside = (id, verb) => ask("POST", `/asides/${part(id)}/${part(verb)}`);

// Appointments, and what is to be ready for them.
/** @returns {Promise<Answers["GET /api/v1/appointments"]>} */
export const appointments = () => ask("GET", "/appointments");
/** @param {CardBody} card @returns {Promise<Answers["POST /api/v1/appointments/card"]>} */
export const readCard = (card) => ask("POST", "/appointments/card", card);
/** @param {MemberSearchBody} words @returns {Promise<Answers["POST /api/v1/appointments/members"]>} */
export const findMembers = (words) => ask("POST", "/appointments/members", words);
/** @param {string} id @param {Partial<AppointmentBody> & Pick<AppointmentBody, "at_us">} body @returns {Promise<null>} */
export const putAppointment = (id, body) => ask("PUT", `/appointments/${part(id)}`, body);
/** @param {string} id @returns {Promise<null>} */
export const deleteAppointment = (id) => ask("DELETE", `/appointments/${part(id)}`);
/** @param {string} id @param {Partial<AppointmentPieceBody> & Pick<AppointmentPieceBody, "article">} piece @returns {Promise<null>} */
export const putWanted = (id, piece) => ask("PUT", `/appointments/${part(id)}/pieces`, piece);
/** @param {string} id @param {RemovedPieceBody} piece @returns {Promise<null>} */
export const removeWanted = (id, piece) => ask("POST", `/appointments/${part(id)}/pieces/remove`, piece);

/** @returns {Promise<Answers["GET /api/v1/fleet"]>} */
export const fleet = () => ask("GET", "/fleet");
/** What suggestions and sizes were learned from; for managers. @returns {Promise<Answers["GET /api/v1/insights/models"]>} */
export const models = () => ask("GET", "/insights/models");

/** @param {string} stand @returns {Promise<null>} */
export const standSeen = (stand) => ask("POST", `/stand-notices/${part(stand)}/seen`);
/** @param {string} id of the order @returns {Promise<null>} */
export const bagged = (id) => ask("POST", `/bags/${part(id)}/done`);
/** @param {string} id @returns {Promise<null>} */
export const alarmSeen = (id) => ask("POST", `/alarms/${part(id)}/seen`);

// Payment desk: unsettled payments and refunds, the rooms' baskets, returned pieces.
/** @returns {Promise<Answers["GET /api/v1/money"]>} */
export const unknownMoney = () => ask("GET", "/money");
/** @param {string} key @returns {Promise<Answers["POST /api/v1/money/{key}/ask"]>} */
export const askTerminal = (key) => ask("POST", `/money/${part(key)}/ask`);
/**
 * @param {string} key @param {string} answer @param {string} reference @param {Second} second
 * @returns {Promise<Answers["POST /api/v1/money/{key}/settle"]>}
 */
export const settle = (key, answer, reference, second) => ask("POST", `/money/${part(key)}/settle`, { answer, reference, second });
/** @returns {Promise<Answers["GET /api/v1/attended"]>} */
export const attended = () => ask("GET", "/attended");
/** @param {string} key @returns {Promise<Answers["POST /api/v1/attended/{key}/begin"]>} */
export const beginAttended = (key) => ask("POST", `/attended/${part(key)}/begin`);
/**
 * @param {string} key @param {boolean} done @param {string} number @param {Second} second
 * @returns {Promise<Answers["POST /api/v1/attended/{key}/result"]>}
 */
export const enterAttended = (key, done, number, second) => ask("POST", `/attended/${part(key)}/result`, { done, number, second });
/** @returns {Promise<Answers["GET /api/v1/baskets"]>} */
export const baskets = () => ask("GET", "/baskets");
/** @param {string} room @param {string[]} pieces @returns {Promise<Answers["GET /api/v1/baskets/{room}/total"]>} */
export const basketTotal = (room, pieces) =>
  ask("GET", `/baskets/${part(room)}/total?${new URLSearchParams(pieces.map((piece) => ["piece", piece]))}`);
/**
 * @param {string} id @param {string} room @param {string[]} pieces @param {string} terminal
 * @returns {Promise<Answers["PUT /api/v1/orders/{order_id}"]>}
 */
export const takeOver = (id, room, pieces, terminal) => ask("PUT", `/orders/${id}`, { room, pieces, terminal });
/** @param {string} id @returns {Promise<Answers["GET /api/v1/orders/{order_id}"]>} */
export const order = (id) => ask("GET", `/orders/${id}`);
/** @param {string} id @returns {Promise<Answers["DELETE /api/v1/orders/{order_id}"]>} */
export const stopWaiting = (id) => ask("DELETE", `/orders/${id}`);
/** @param {string} label @returns {Promise<Answers["GET /api/v1/sales"]>} */
export const sales = (label) => ask("GET", `/sales?label=${part(label)}`);
/** @param {string} order_id @param {string} piece @returns {Promise<Answers["POST /api/v1/refunds"]>} */
export const payBack = (order_id, piece) => ask("POST", "/refunds", { order_id, piece });
/** @param {string} order_id @param {string} piece @param {string} label @returns {Promise<Answers["POST /api/v1/exchanges"]>} */
export const exchange = (order_id, piece, label) => ask("POST", "/exchanges", { order_id, piece, label });
/** @param {string} key @returns {Promise<Answers["GET /api/v1/refunds/{key}"]>} */
export const refund = (key) => ask("GET", `/refunds/${part(key)}`);

/** @param {string} number @returns {Promise<Answers["GET /api/v1/receipt-numbers/{number}"]>} */
export const receiptNumbered = (number) => ask("GET", `/receipt-numbers/${number}`);
/** @param {string} id of the order @returns {Promise<Answers["GET /api/v1/receipts/{order_id}"]>} */
export const receipt = (id) => ask("GET", `/receipts/${part(id)}`);
/** @param {string} id @param {string} printer @param {string} language @returns {Promise<Answers["POST /api/v1/receipts/{order_id}/print"]>} */
export const printReceipt = (id, printer, language) => ask("POST", `/receipts/${part(id)}/print`, { printer, language });
/** @param {string} id @param {string} address @param {string} language @returns {Promise<Answers["POST /api/v1/receipts/{order_id}/mail"]>} */
export const mailReceipt = (id, address, language) => ask("POST", `/receipts/${part(id)}/mail`, { address, language });

// Paired devices: for managers, and the device that joins.
/** @returns {Promise<Answers["GET /api/v1/devices"]>} */
export const devices = () => ask("GET", "/devices");
/** @param {{ name: string } | { room: string }} body @returns {Promise<Answers["POST /api/v1/devices/codes"]>} */
export const deviceCode = (body) => ask("POST", "/devices/codes", body);
/** @param {string} [room] @returns {Promise<Answers["GET /api/v1/devices/codes"]>} */
export const deviceCodeState = (room) => ask("GET", room ? `/devices/codes?room=${part(room)}` : "/devices/codes");
/** @param {string} id @returns {Promise<null>} */
export const revokeDevice = (id) => ask("DELETE", `/devices/${part(id)}`);
/** @param {string} code @returns {Promise<Answers["POST /api/v1/devices/join"]>} */
export const joinDevice = (code) => ask("POST", "/devices/join", { code });
/** @returns {Promise<Answers["GET /api/v1/devices/root"]>} */
export const shopRoot = () => ask("GET", "/devices/root");

// The staff, for managers.
/** @returns {Promise<Answers["GET /api/v1/staff"]>} */
export const staff = () => ask("GET", "/staff");
/** @returns {Promise<Answers["GET /api/v1/staff/log"]>} */
export const staffLog = () => ask("GET", "/staff/log");
/** @param {string} name @param {string} role @returns {Promise<Answers["POST /api/v1/staff"]>} */
export const addStaff = (name, role) => ask("POST", "/staff", { name, role });
/** @param {string} id @returns {Promise<Answers["PUT /api/v1/staff/{staff_id}/pin"]>} */
export const staffPin = (id) => ask("PUT", `/staff/${part(id)}/pin`, {});
/** @param {string} id @param {string} role @returns {Promise<null>} */
export const staffRole = (id, role) => ask("PUT", `/staff/${part(id)}/role`, { role });
/** @param {string} id @returns {Promise<null>} */
export const removeStaff = (id) => ask("DELETE", `/staff/${part(id)}`);
/** @returns {Promise<null>} */
export const used = () => ask("POST", "/session/used");

// The retailer's data, for managers: what waits, what was read, its mistakes.
/** @returns {Promise<Answers["GET /api/v1/feed"]>} */
export const feed = () => ask("GET", "/feed");
/** @param {number} offset @param {number} limit @returns {Promise<Answers["GET /api/v1/feed/mistakes"]>} */
export const feedMistakes = (offset, limit) => ask("GET", `/feed/mistakes?offset=${offset}&limit=${limit}`);
/** @param {string} kind @param {string} digest @returns {Promise<Answers["POST /api/v1/feed/accept"]>} */
export const acceptLoss = (kind, digest) => ask("POST", "/feed/accept", { kind, digest });
/** @returns {Promise<Answers["POST /api/v1/feed/import"]>} */
export const importFeed = () => ask("POST", "/feed/import", {});

// Where sales are given to, for managers.
/** @returns {Promise<Answers["GET /api/v1/sales-out"]>} */
export const salesOut = () => ask("GET", "/sales-out");
/** @param {string} name @param {string} document @returns {Promise<null>} */
export const retrySale = (name, document) => ask("POST", `/sales-out/${part(name)}/retry`, { document });
/** @param {string} name @param {string} document @param {string} reason @returns {Promise<null>} */
export const skipSale = (name, document, reason) => ask("POST", `/sales-out/${part(name)}/skip`, { document, reason });

// Members' data, for managers. The id is in the body: addresses are logged.
/** @param {string} member @param {Second} second @returns {Promise<Answers["POST /api/v1/members/erase"]>} */
export const eraseMember = (member, second) => ask("POST", "/members/erase", { member, second });
/** @param {string} member @param {string} language */
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

/** The address of a picture. @param {string} path @param {number} [height] */
export function picture(path, height = 232) {
  return `${ROOT}/pictures/${path.split("/").map(part).join("/")}?h=${height}`;
}

const EVENTS = ["Floor", "Stockroom", "RequestChanged", "RoomChanged", "StaffChanged", "CloneAlarm", "AlarmSeen", "BagTask", "BagDone", "StandNotice",
  "StandNoticeEnded", "MoneyMoved", "FeedChanged", "AppointmentsChanged", "AsidesChanged", "AlterationsChanged", "ParcelsChanged", "Beat"];

/**
 * Opens an event stream: of the floor, or of the stockroom.
 * @param {"floor" | "stockroom"} of
 * @param {(name: string, body: any) => void} onEvent gets each event
 * @param {() => void} failed is called when the stream breaks
 */
export function openStream(of, onEvent, failed) {
  const stream = new EventSource(`${ROOT}/${of}/stream`, { withCredentials: true });
  for (const name of EVENTS) stream.addEventListener(name, (message) => onEvent(name, JSON.parse(message.data)));
  stream.addEventListener("error", () => failed());
  return stream;
}
