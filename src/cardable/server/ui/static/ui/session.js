// Warns before a session ends, and leads to sign-in once it has; the server ends it either way.
"use strict";
(() => {
  const box = document.getElementById("session");
  if (!box) return;
  const WARN_SECONDS = 120;
  const minutes = (seconds) => (seconds < 90 ? box.dataset.minute : box.dataset.minutes.replace("{number}", Math.round(seconds / 60)));
  let warnedOfEnd = false;

  async function ask(method) {
    const body = method === "POST" ? new FormData(box.querySelector("form")) : undefined;
    const answer = await fetch(box.dataset.state, { method, body });
    return answer.json();
  }
  function warn(words, mayStay) {
    box.querySelector("[data-words]").textContent = words;
    box.querySelector("button.primary").hidden = !mayStay;
    if (!box.open) box.showModal();
  }
  async function look() {
    let left;
    try { left = await ask("GET"); } catch { return setTimeout(look, 30_000); }
    if (left.ends <= 0 || left.idle <= 0) return location.reload();
    if (left.ends <= WARN_SECONDS * 3 && !warnedOfEnd) {
      warnedOfEnd = true;
      warn(box.dataset.long.replace("{time}", minutes(left.ends)), false);
    } else if (left.idle <= WARN_SECONDS && left.idle < left.ends) {
      warn(box.dataset.soon.replace("{time}", minutes(left.idle)), true);
    } else if (box.open && left.idle > WARN_SECONDS && !warnedOfEnd) {
      box.close();
    }
    const next = Math.min(left.idle > WARN_SECONDS ? left.idle - WARN_SECONDS : left.idle, left.ends > WARN_SECONDS * 3 ? left.ends - WARN_SECONDS * 3 : left.ends);
    return setTimeout(look, 1000 * Math.max(1, Math.min(next + 1, box.open ? 10 : 300)));
  }
  box.querySelector("form").addEventListener("submit", async (event) => {
    event.preventDefault();
    try { await ask("POST"); } finally { box.close(); }
  });
  box.querySelector("[data-later]").addEventListener("click", () => box.close());
  const first = Math.min(Number(box.dataset.idle) - WARN_SECONDS, Number(box.dataset.ends) - WARN_SECONDS * 3);
  setTimeout(look, 1000 * Math.max(1, Math.min(first + 1, 300)));
})();
