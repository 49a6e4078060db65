// A device of associates joins: it shows the shop's root to install, and asks for the code that a manager shows.
import * as api from "/associate/base/api.js";
import { $, field } from "/associate/base/elements.js";
import { currentLanguage, setLanguage, text } from "/associate/base/texts.js";

const WORDS = { title: "joinTitle", "root-words": "joinRoot", "root-link": "joinDownload", "code-label": "joinCode",
  go: "joinGo", done: "joinDone", open: "joinOpen" };

/** @param {Event} event */
async function join(event) {
  event.preventDefault();
  field("go").disabled = true;
  try {
    await api.joinDevice(field("code").value);
    $("trouble").textContent = "";
    for (const id of ["done", "open"]) $(id).hidden = false;
    $("code-form").hidden = true;
  } catch (error) {
    $("trouble").textContent = text(api.refusal(error).status === 0 ? "offline" : "joinWrong");
  } finally { field("go").disabled = false; }
}

setLanguage(currentLanguage());
for (const [id, name] of Object.entries(WORDS)) $(id).textContent = text(name);
// the QR code puts the code behind the #, which is sent to nobody
field("code").value = new URLSearchParams(location.hash.slice(1)).get("code") ?? "";
history.replaceState(null, "", location.pathname);
$("code-form").addEventListener("submit", join);
try {
  $("root-sha256").textContent = (await api.shopRoot()).sha256;
  $("root-part").hidden = false;
} catch { /* without encryption there is no root */ }
