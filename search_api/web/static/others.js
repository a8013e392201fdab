"use strict";
/* The panel «Этот вопрос в других соглашениях» beside the text; without this script its links lead to the page of it. */
(() => {
  /* Ticks outlive the paging of one question, in the panel and on the page: they are kept for this tab, those of other
     pages are sent along, and their number is told. */
  const KEPT = "svod:others";
  let ticked = new Map(), asked = "";
  const keep = () => sessionStorage.setItem(KEPT, JSON.stringify({ asked, ticks: [...ticked] }));
  function tick() {
    /* A page come back to by «назад» is as it was left: what was ticked since is in the tab alone. */
    const kept = JSON.parse(sessionStorage.getItem(KEPT) || "null");
    if (kept) [asked, ticked] = [kept.asked, new Map(kept.ticks)];
    const form = document.querySelector("#others form[action='/compare']"), boxes = form ? [...form.querySelectorAll("[type=checkbox]")] : [];
    const question = form ? [...form.querySelectorAll("[type=hidden]:not([data-tick])")].map((e) => e.value).join(" ") : "";
    if (!form || question !== asked) ticked.clear();
    asked = question;
    keep();
    if (!form) return;
    for (const box of boxes) if (ticked.has(box.value)) box.checked = ticked.get(box.value);
    const here = new Set(boxes.map((box) => box.value));
    const away = [...ticked].filter(([id, on]) => on && !here.has(id)).map(([id]) => id);
    for (const sent of form.querySelectorAll("[data-tick]")) sent.remove();
    for (const id of away) {
      const sent = document.createElement("input");
      Object.assign(sent, { type: "hidden", name: "d", value: id });
      sent.dataset.tick = "";
      form.append(sent);
    }
    const told = form.querySelector("[data-elsewhere]");
    told.hidden = !away.length;
    told.textContent = told.dataset.elsewhere.replace("{n}", away.length);
  }
  document.addEventListener("change", (event) => {
    if (!event.target.matches("#others [type=checkbox]")) return;
    ticked.set(event.target.value, event.target.checked);
    keep();
  });
  const panel = document.querySelector("#panel"), body = panel.querySelector("#panel-body");
  let opener = null;
  /* The text beside the panel is laid out anew: what was being read stays where it was. */
  function laid(shown) {
    const at = opener?.isConnected ? opener : document.body, before = at.getBoundingClientRect().top;
    panel.hidden = !shown;
    document.documentElement.classList.toggle("panelled", shown);
    scrollBy({ top: at.getBoundingClientRect().top - before, behavior: "instant" });
  }
  if (document.querySelector("main #others")) {
    tick();
    addEventListener("pageshow", tick);
    return;
  }

  async function show(address, from) {
    await htmx.ajax("GET", address, { target: body, select: "#others", swap: "innerHTML" });
    if (!body.querySelector("#others")) return;
    if (from) opener = from;
    tick();
    laid(true);
    panel.scrollTop = 0;
    panel.focus({ preventScroll: true });
  }
  function close() {
    laid(false);
    body.replaceChildren();
    if (opener?.isConnected) opener.focus({ preventScroll: true });
    opener = null;
  }
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-panel-close]")) return close();
    const link = event.target.closest("a[data-beside]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    /* A link of the card's dialog is gone with it: the focus is then where the dialog was opened. */
    show(link.href, panel.contains(link) ? null : link.checkVisibility() ? link : document.activeElement);
  });
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("form[data-beside]")) return;
    event.preventDefault();
    show(`${event.target.action}?${new URLSearchParams(new FormData(event.target))}`);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || panel.hidden || document.querySelector("dialog[open], #quote-bar:not([hidden]), .suggest:not([hidden])")) return;
    close();
  });
})();
