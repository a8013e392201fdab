"use strict";
/* The panel «Этот вопрос в других соглашениях» beside the text; without this script its links lead to the page of it. */
(() => {
  const panel = document.querySelector("#panel"), body = panel.querySelector("#panel-body");
  let opener = null;
  /* The text beside the panel is laid out anew: what was being read stays where it was. */
  function laid(shown) {
    const at = opener?.isConnected ? opener : document.body, before = at.getBoundingClientRect().top;
    panel.hidden = !shown;
    document.documentElement.classList.toggle("panelled", shown);
    scrollBy({ top: at.getBoundingClientRect().top - before, behavior: "instant" });
  }
  if (document.querySelector("main #others")) return;

  async function show(address, from) {
    await htmx.ajax("GET", address, { target: body, select: "#others", swap: "innerHTML" });
    if (!body.querySelector("#others")) return;
    if (from) opener = from;
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
