// The store's HTTP API as this page uses it. Every failure is an ApiError with the store's status (0: not reached).
const ROOT = "/api/v1";

export class ApiError extends Error {
  constructor(status, detail) { super(detail || String(status)); this.status = status; }
}

async function ask(method, path, body) {
  let answer;
  try {
    answer = await fetch(ROOT + path, {
      method, credentials: "same-origin",
      headers: body === undefined ? {} : { "Content-Type": "application/json" },
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: AbortSignal.timeout(8000),
    });
  } catch { throw new ApiError(0, "not reached"); }
  const found = answer.headers.get("Content-Type")?.includes("json") ? await answer.json() : null;
  if (!answer.ok) throw new ApiError(answer.status, found?.detail);
  return found;
}

export const shop = () => ask("GET", "/shop");
export const associates = () => ask("GET", "/associates");
export const signIn = (associate_id, pin) => ask("POST", "/session", { associate_id, pin });
export const signOut = () => ask("DELETE", "/session");
export const floor = () => ask("GET", "/floor");
export const move = (request, verb, words = {}) =>
  ask("POST", `/requests/${encodeURIComponent(request)}/${verb}`, words);

export function picture(path, height = 232) {
  return `${ROOT}/pictures/${path.split("/").map(encodeURIComponent).join("/")}?h=${height}`;
}

/** The floor's event stream; `hear(name, body)` gets each message, `link(up)` the state of the line. */
export function listen(hear, link) {
  const stream = new EventSource(`${ROOT}/floor/stream`, { withCredentials: true });
  for (const name of ["Floor", "RequestChanged", "RoomChanged", "StaffChanged", "CloneAlarm"]) {
    stream.addEventListener(name, (message) => hear(name, JSON.parse(message.data)));
  }
  stream.addEventListener("open", () => link(true));
  stream.addEventListener("error", () => link(false));
  return stream;
}
