// What pages cannot do by themselves: windows over a page, copying, dropping files, shortcuts.
"use strict";
(() => {
  const on = (kind, selector, act) =>
    document.addEventListener(kind, (event) => {
      const found = event.target instanceof Element && event.target.closest(selector);
      if (found) act(event, found);
    });
  const dialog = () => document.getElementById("window");
  const line = () => document.getElementById("announcement");
  // What is said stands on the page, in its language.
  const words = (name) => line().dataset[name];
  const say = (said) => {
    if (line().textContent !== said) line().textContent = said;
  };
  let opener = null;
  let changed = false;

  // A window is a page of its own; here its content is shown over the page that links to it.
  async function show(url, options = {}) {
    const answer = await fetch(url, { ...options, headers: { "X-Window": "1" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const content = page.querySelector("[data-window]");
    if (!content) return leave(answer.url);
    content.dataset.address = answer.url;
    dialog().replaceChildren(content);
    dialog().setAttribute("aria-labelledby", content.getAttribute("aria-labelledby"));
    if (window.htmx) window.htmx.process(content);
    if (!dialog().open) dialog().showModal();
    (content.querySelector(".errors") || content.querySelector("[autofocus]") || content.querySelector("h1")).focus();
  }
  const leave = (url) => (url.split("#")[0] === location.href.split("#")[0] ? location.reload() : location.assign(url));

  on("click", "a[data-window-link]", (event, link) => {
    if (event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    if (!dialog().open) {
      const menu = link.closest("[popover]");
      opener = (menu && document.querySelector(`[popovertarget="${menu.id}"]`)) || link;
      if (menu) menu.hidePopover();
    }
    show(link.href).catch(() => location.assign(link.href));
  });
  on("submit", "dialog form", (event, form) => {
    if (event.defaultPrevented || form.matches("[hx-post], [data-whole-page]")) return;
    event.preventDefault();
    const values = new FormData(form, event.submitter);
    const address = event.submitter?.getAttribute("formaction") || form.getAttribute("action") || form.closest("[data-address]").dataset.address;
    const url = new URL(address, form.closest("[data-address]").dataset.address);
    const posts = form.getAttribute("method") === "post";
    if (!posts) url.search = new URLSearchParams(values);
    changed ||= posts;
    show(url, posts ? { method: "POST", body: values } : {}).catch(() => HTMLFormElement.prototype.submit.call(form));
  });
  on("click", "dialog [data-close]", (event) => {
    event.preventDefault();
    dialog().close();
  });
  on("click", "dialog", (event, box) => { if (event.target === box && !box.querySelector("form[method=post]")) box.close(); });
  document.addEventListener("close", async (event) => {
    if (event.target !== dialog()) return;
    dialog().replaceChildren();
    // What was done in the window shows in the page behind it, and focus goes back to where it was.
    const address = opener?.getAttribute("href");
    if (changed && window.htmx) await window.htmx.ajax("GET", location.href, { target: "#main", select: "#main", swap: "outerHTML" });
    changed = false;
    const again = opener?.isConnected ? opener : address && document.querySelector(`a[href="${CSS.escape(address)}"]`);
    (again || document.getElementById("main")).focus();
  }, true);

  // One submission at a time, for forms of whole pages.
  on("submit", "form[method=post]", (event, form) => {
    if (event.defaultPrevented || form.matches("[data-repeatable]")) return;
    if (form.dataset.sent) return event.preventDefault();
    form.dataset.sent = "yes";
    event.submitter?.setAttribute("aria-busy", "true");
  });
  window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach((form) => {
    delete form.dataset.sent;
    form.querySelectorAll("[aria-busy]").forEach((button) => button.removeAttribute("aria-busy"));
  }));

  on("click", "[data-copy]", async (event, button) => {
    const source = document.getElementById(button.dataset.copy);
    const text = source ? source.value ?? source.textContent : button.dataset.text;
    try { await navigator.clipboard.writeText(text); } catch { source?.select?.(); if (!document.execCommand("copy")) return; }
    button.classList.add("copied");
    say("");
    setTimeout(say, 50, button.dataset.said || words("copied"));
    const label = button.querySelector("span:not(.unseen)");
    if (label) { button.dataset.words ??= label.textContent; label.textContent = words("copied"); }
    setTimeout(() => { button.classList.remove("copied"); if (label) label.textContent = button.dataset.words; }, 2000);
  });
  on("change", "[data-autosave]", (event, form) => form.requestSubmit());
  on("click", "[data-dismiss]", (event, button) => button.closest(".alert").remove());
  on("change", "[data-all]", (event, box) => {
    box.closest("form, fieldset").querySelectorAll("input[type=checkbox]:not([data-all], :disabled)").forEach((each) => { each.checked = box.checked; });
  });

  for (const kind of ["dragenter", "dragover", "dragleave", "drop"]) {
    on(kind, ".drop", (event, zone) => {
      event.preventDefault();
      zone.classList.toggle("over", kind === "dragenter" || kind === "dragover");
      const input = zone.querySelector("input[type=file]");
      if (kind !== "drop" || !event.dataTransfer.files.length || input.disabled) return;
      input.files = event.dataTransfer.files;
      input.dispatchEvent(new Event("change", { bubbles: true }));
    });
  }
  on("change", ".drop[data-at-once] input[type=file]", (event, input) => { if (input.files.length) input.form.requestSubmit(); });
  on("htmx:xhr:progress", "form", ({ detail }, form) => {
    const bar = form.querySelector(".progress");
    if (!bar || !detail.total) return;
    bar.hidden = false;
    const share = Math.round((100 * detail.loaded) / detail.total);
    bar.querySelector("progress").value = share;
    if (share % 25 === 0) bar.querySelector("[role=status]").textContent = share < 100 ? words("uploading").replace("{share}", share) : words("uploaded");
  });
  // Work that goes on is drawn anew each time; only a change of its words is spoken.
  document.addEventListener("htmx:afterSettle", () => {
    const said = document.querySelector("[data-say] [role=status]")?.textContent;
    if (said) say(said);
  });
  on("htmx:sendError", "*", () => say(words("unreached")));

  document.addEventListener("keydown", (event) => {
    const menu = event.target.closest?.("[popover]");
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
      const field = [...document.querySelectorAll("[data-shortcut]")].find((each) => each.checkVisibility());
      if (field) { event.preventDefault(); field.focus(); field.select?.(); }
    } else if (menu && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      const all = [...menu.querySelectorAll("a, button, input")];
      all.at((all.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1)) % all.length).focus();
    }
  });
  document.addEventListener("toggle", (event) => {
    if (event.target.matches(".menu") && event.newState === "open") event.target.querySelector("a, button, input")?.focus();
  }, true);

  // In a strip of pages, the open one is in sight.
  document.addEventListener("htmx:load", () => document.querySelectorAll(":is(.sidebar, .sections) [aria-current]").forEach((open) => {
    const strip = open.closest("nav"), box = open.getBoundingClientRect();
    strip.scrollLeft += box.left - strip.getBoundingClientRect().left - (strip.clientWidth - box.width) / 2;
  }));
  // A form that leads back to its own page leaves the reader where they were.
  const kept = "scroll " + location.pathname;
  const place = sessionStorage.getItem(kept);
  if (place) { sessionStorage.removeItem(kept); window.scrollTo(0, Number(place)); }
  on("submit", "[data-keep-place]", () => sessionStorage.setItem(kept, String(window.scrollY)));
})();
