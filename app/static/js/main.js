// Enhances pages that work without it.
import { pollState } from "./polling.js";
import { startAutosave } from "./autosave.js";
import { initAll } from "../vendor/nhsuk-frontend.js";

document.body.classList.add("js-enabled", "nhsuk-frontend-supported");
initAll();

// A click anywhere on a level card chooses it; its text can still be selected.
for (const card of document.querySelectorAll(".level-card")) {
  card.addEventListener("click", (event) => {
    if (event.target.closest("label, input") || String(getSelection())) return;
    card.querySelector("input").click();
  });
}

for (const form of document.querySelectorAll("form[data-autosave-url]")) startAutosave(form);

for (const place of document.querySelectorAll("[data-poll-url]")) pollState(place);

// The server is still making what the page waits for (202): ask until it is ready.
if (document.querySelector("[data-reload-when-ready]")) {
  const reloadWhenReady = async () => {
    const answer = await fetch(location.href, { method: "HEAD" }).catch(() => ({ status: 202 }));
    if (answer.status === 202) setTimeout(reloadWhenReady, 1500);
    else location.reload();
  };
  setTimeout(reloadWhenReady, 1000);
}
