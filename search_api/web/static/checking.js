"use strict";
/* The page «Проверить цитаты»: a provision opens beside the text; a long text is checked with its progress told. */
(() => {
  const LONG = 60000;
  const form = () => document.querySelector("#checking");
  const tell = (detail) => document.dispatchEvent(new CustomEvent("svod:tell", { detail }));

  async function beside(chip) {
    const place = document.querySelector("#beside");
    for (const other of document.querySelectorAll(".chip.opened")) other.classList.remove("opened");
    chip.classList.add("opened");
    await htmx.ajax("GET", chip.dataset.card, { target: place, select: "#provision-card", swap: "innerHTML" });
    if (!place.querySelector("#provision-card")) return location.assign(chip.dataset.card);
    place.hidden = false;
    place.scrollTop = 0;
    place.scrollIntoView({ block: "nearest" });
    place.focus({ preventScroll: true });
  }

  async function check() {
    const page = form(), line = page.querySelector(".progress");
    const bar = line.querySelector("progress"), told = line.querySelector("[role=status]");
    line.hidden = false;
    let rest = "", last;
    try {
      const answer = await fetch(page.dataset.stream, { method: "POST", body: new FormData(page), headers: { Accept: "text/event-stream" } });
      if (!answer.ok) throw new Error(answer.status);
      const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
      for (let { value, done } = await reader.read(); !done; { value, done } = await reader.read()) {
        const lines = (rest + value).split("\n");
        rest = lines.pop();
        for (const each of lines) {
          last = JSON.parse(each);
          if (!last.all) continue;
          bar.value = last.done / last.all;
          told.textContent = page.dataset.of.replace("{n}", last.done).replace("{all}", last.all);
        }
      }
      if (!last?.page) throw new Error(last?.error || "");
    } catch (error) {
      line.hidden = true;
      return tell(/[а-я]/.test(error.message) ? error.message : page.dataset.failed);
    }
    const whole = new DOMParser().parseFromString(last.page, "text/html");
    document.querySelector("main").replaceWith(document.adoptNode(whole.querySelector("main")));
    document.querySelector("#checked")?.scrollIntoView();
  }

  document.addEventListener("submit", (event) => {
    const by = event.submitter, page = form();
    if (event.defaultPrevented || event.target !== page || by?.hasAttribute("formaction") || by?.name === "replace") return;
    const file = page.querySelector("[type=file]").files[0];
    if (!file && page.querySelector("textarea").value.length < LONG) return;
    event.preventDefault();
    check();
  });
  document.addEventListener("click", (event) => {
    const chip = event.target.closest(".chip[data-card]");
    if (!chip || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    beside(chip);
  });
  document.addEventListener("keydown", (event) => {
    const place = document.querySelector("#beside");
    if (event.key !== "Escape" || !place || place.hidden) return;
    place.hidden = true;
    document.querySelector(".chip.opened")?.focus();
  });
  /* A file is dropped anywhere on the page. */
  document.addEventListener("dragover", (event) => { if (event.dataTransfer?.types.includes("Files")) event.preventDefault(); });
  document.addEventListener("drop", (event) => {
    if (!event.dataTransfer?.files.length) return;
    event.preventDefault();
    form().querySelector("[type=file]").files = event.dataTransfer.files;
    form().requestSubmit();
  });
})();
