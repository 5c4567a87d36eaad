// Enhances pages that work without it.
import { follow } from "./polling.js";
import { saveWhileTyping } from "./autosave.js";
import { initAll } from "../vendor/nhsuk-frontend.js";

document.body.classList.add("js-enabled", "nhsuk-frontend-supported");
initAll();

// A press anywhere on a level card chooses it; text can still be selected.
for (const card of document.querySelectorAll(".level-card")) {
  card.addEventListener("click", (event) => {
    if (event.target.closest("label, input") || String(getSelection())) return;
    card.querySelector("input").click();
  });
}

for (const form of document.querySelectorAll("form[data-saves]")) saveWhileTyping(form);

for (const place of document.querySelectorAll("[data-follow]")) follow(place);

// Something is being made elsewhere: look again until it is there.
if (document.querySelector("[data-look-again]")) {
  const look = async () => {
    const answer = await fetch(location.href, { method: "HEAD" }).catch(() => ({ status: 202 }));
    if (answer.status === 202) setTimeout(look, 1500);
    else location.reload();
  };
  setTimeout(look, 1000);
}
