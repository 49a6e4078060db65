// A device of associates joins: it shows the shop's root to install, and asks for the code that a manager shows.
import * as api from "/associate/base/api.js";
import { currentLanguage, setLanguage, text } from "/associate/base/texts.js";

const $ = (id) => document.getElementById(id);
const WORDS = { title: "joinTitle", "root-words": "joinRoot", "root-link": "joinDownload", "code-label": "joinCode",
  go: "joinGo", done: "joinDone", open: "joinOpen" };

async function join(event) {
  event.preventDefault();
  $("go").disabled = true;
  try {
    await api.joinDevice($("code").value);
    $("trouble").textContent = "";
    for (const id of ["done", "open"]) $(id).hidden = false;
    $("code-form").hidden = true;
  } catch (trouble) {
    $("trouble").textContent = text(trouble.status === 0 ? "offline" : "joinWrong");
  } finally { $("go").disabled = false; }
}

setLanguage(currentLanguage());
for (const [id, name] of Object.entries(WORDS)) $(id).textContent = text(name);
// the QR code puts the code behind the #, which is sent to nobody
$("code").value = new URLSearchParams(location.hash.slice(1)).get("code") ?? "";
history.replaceState(null, "", location.pathname);
$("code-form").addEventListener("submit", join);
try {
  $("root-sha256").textContent = (await api.shopRoot()).sha256;
  $("root-part").hidden = false;
} catch { /* without encryption there is no root */ }
