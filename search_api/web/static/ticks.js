"use strict";
/* Ticks of the library's list outlive filters and paging: they are kept for this tab, those of other pages are sent along. */
(() => {
  const KEPT = "svod:ticks", bar = document.querySelector("#choice");
  if (!bar) return;
  const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
  const ticked = new Map(JSON.parse(sessionStorage.getItem(KEPT) || "[]"));
  const boxes = () => $$("input[data-tick]");
  const count = bar.querySelector("[data-picked]");
  const tell = () => {
    sessionStorage.setItem(KEPT, JSON.stringify([...ticked]));
    bar.classList.toggle("on", ticked.size > 0);
    count.textContent = `${count.dataset.picked} ${ticked.size}`;
    count.title = [...ticked.values()].join("\n");
    for (const button of $$("[data-least]", bar)) button.disabled = ticked.size < Number(button.dataset.least) || ticked.size > Number(button.dataset.most);
    const all = document.querySelector("[data-tick-all]");
    if (all) all.checked = boxes().every((box) => box.checked);
  };
  const show = () => {
    for (const box of boxes()) box.checked = ticked.has(box.value);
    tell();
  };
  const tick = (box) => (box.checked ? ticked.set(box.value, box.dataset.tick) : ticked.delete(box.value));

  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-tick-all]")) for (const box of boxes()) { box.checked = event.target.checked; tick(box); }
    else if (event.target.matches("[data-tick]")) tick(event.target);
    else return;
    tell();
  });
  bar.querySelector("[data-untick]").addEventListener("click", () => { ticked.clear(); show(); });
  bar.addEventListener("submit", () => {
    for (const sent of $$("input[type=hidden]", bar)) sent.remove();
    const here = new Set(boxes().map((box) => box.value));
    for (const id of ticked.keys()) if (!here.has(id)) {
      const sent = document.createElement("input");
      sent.type = "hidden";
      sent.name = "d";
      sent.value = id;
      bar.append(sent);
    }
  });
  for (const gone of $$("[data-gone] input, .undo [name=document]")) ticked.delete(gone.value);
  document.addEventListener("htmx:afterSettle", show);
  addEventListener("pageshow", show);
  show();
})();
