"use strict";
/* The tab of repairs: one is shown at a time, the one that is stepped to; what was answered is told, and the next one is gone to. */
(() => {
  const list = document.querySelector(".repairs");
  if (!list) return;
  const items = [...list.children], runs = [...document.querySelectorAll("[data-repair]")];
  const show = (at) => items.forEach((item, n) => item.classList.toggle("on", n === at));
  document.addEventListener("svod:found", (event) => {
    const at = runs.indexOf(event.detail);
    if (at >= 0) show(at);
  });
  for (const [n, run] of runs.entries()) run.addEventListener("focus", () => { if (!items[n].classList.contains("on")) document.dispatchEvent(new CustomEvent("svod:find", { detail: n })); });
  const at = Number(list.dataset.at);
  show(Math.max(0, at - 1));
  const done = document.querySelector("[data-answered]");
  if (at) document.dispatchEvent(new CustomEvent("svod:find", { detail: at - 1 }));
  if (done) document.getElementById("told").textContent = done.dataset.answered;
})();
