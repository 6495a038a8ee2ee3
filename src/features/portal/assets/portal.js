// What makes the pages quicker to use. Everything here works without it, by the forms alone.
"use strict";

// Plate keys: provinces first, then letters and digits; the phone's own keyboard stays out of the way.
function plateKeys(form) {
  const field = form.querySelector("[data-plate]"), keys = form.querySelector("[data-keys]");
  if (!field || !keys) return;
  const groups = keys.querySelectorAll("[data-group]");
  const arrange = () => {
    const length = field.value.length;
    groups.forEach((row) => {
      const group = row.dataset.group;
      row.hidden = length === 0 ? group !== "province" : length === 1 ? group !== "letter" : group === "province";
    });
  };
  const changed = () => { field.dispatchEvent(new Event("input", { bubbles: true })); arrange(); };
  keys.addEventListener("click", (event) => {
    const key = event.target.closest("button");
    if (!key) return;
    if (key.dataset.key && field.value.length < 8) { field.value += key.dataset.key; changed(); }
    if (key.dataset.do === "back") { field.value = field.value.slice(0, -1); changed(); }
    if (key.dataset.do === "clear") { field.value = ""; changed(); }
    if (key.dataset.do === "board") { field.removeAttribute("inputmode"); keys.hidden = true; field.focus(); }
  });
  field.addEventListener("input", arrange);
  field.setAttribute("inputmode", "none");
  keys.hidden = false;
  arrange();
}

// Checks: asked with a time limit and again, and an answer is shown only for the very question that stands in the form.
const TRIES = 3, LIMIT_MS = 4000, OLD_MS = 60000;

function checks(form) {
  const place = document.getElementById("answer"), net = document.querySelector("[data-net]");
  const words = (name) => document.querySelector(`[data-say=${name}]`).content.textContent;
  let asking = 0, ageing = 0;
  const tell = (text) => { net.textContent = text; net.hidden = !text; };
  const clear = () => { asking += 1; clearTimeout(ageing); place.replaceChildren(); };
  const age = () => {
    clearTimeout(ageing);
    ageing = setTimeout(() => {
      place.querySelectorAll("section").forEach((part) => part.classList.add("answer-old"));
      tell(words("old"));
    }, OLD_MS);
  };

  async function once(body, stamp) {
    const stop = new AbortController(), timer = setTimeout(() => stop.abort(), LIMIT_MS);
    try {
      const reply = await fetch(form.action, { method: "POST", body, signal: stop.signal, cache: "no-store", redirect: "error" });
      const page = new DOMParser().parseFromString(await reply.text(), "text/html");
      const found = page.getElementById("answer"), alert = page.querySelector(".alert");
      if (reply.status >= 500) return null;
      if (found && found.dataset.asked === stamp && found.children.length) return [...found.children];
      return alert ? [alert] : null;
    } catch { return null; } finally { clearTimeout(timer); }
  }

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    clear();
    const mine = asking, stamp = `${Date.now()}-${Math.random()}`;
    form.elements.asked.value = stamp;
    const body = new URLSearchParams(new FormData(form));
    tell(words("asking"));
    for (let tried = 1; tried <= TRIES; tried += 1) {
      const parts = await once(body, stamp);
      if (mine !== asking) return;
      if (parts) {
        tell("");
        place.replaceChildren(...parts);
        place.scrollIntoView({ block: "start" });
        age();
        return;
      }
      tell(`${words("again")} (${tried}/${TRIES})`);
      await new Promise((done) => setTimeout(done, 400 * tried));
      if (mine !== asking) return;
    }
    tell(words("failed"));
  });
  const outdated = () => { if (place.children.length) { clear(); tell(words("changed")); } else if (!net.hidden) { clear(); tell(""); } };
  form.addEventListener("input", outdated);
  form.addEventListener("change", outdated);
  window.addEventListener("pageshow", (event) => { if (event.persisted) clear(); });
  if (place.children.length) age();
}

document.querySelectorAll("form[data-check]").forEach((form) => { plateKeys(form); checks(form); });

// Buttons of forms that were sent do not send them a second time.
document.addEventListener("submit", (event) => {
  if (event.defaultPrevented) return;
  event.target.querySelectorAll("button").forEach((button) => button.setAttribute("aria-disabled", "true"));
});
document.querySelectorAll("[data-print]").forEach((button) => button.addEventListener("click", () => window.print()));
