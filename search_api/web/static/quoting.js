"use strict";
/* The bar over a selection: exactly the words selected, with the place they stand at. */
(() => {
  const bar = document.querySelector("#quote-bar");
  const root = document.documentElement;
  const HOLDERS = ".act, .hit .text, .matrix .text, #provision-card .reading";
  /* Signs of the page and words of other texts; they are no words of the provision. */
  const FOREIGN = ".pilcrow, .topics, .leaf, .was, .standing, .touch, .unseen, .place, .tag, .copy, del, button, select";
  const BLOCKS = "p, h2, h3, h4, h5, h6, td";
  const tell = (detail) => document.dispatchEvent(new CustomEvent("svod:tell", { detail }));
  const element = (node) => (node?.nodeType === Node.TEXT_NODE ? node.parentElement : node);
  const holderOf = (node) => element(node)?.closest?.(HOLDERS);

  /* The pieces of text of a range inside one holder, foreign ones left out. */
  function pieces(range, holder) {
    const walker = document.createTreeWalker(holder, NodeFilter.SHOW_TEXT), out = [];
    while (walker.nextNode()) {
      const node = walker.currentNode;
      if (!range.intersectsNode(node) || node.parentElement.closest(FOREIGN)) continue;
      const from = node === range.startContainer ? range.startOffset : 0;
      const to = node === range.endContainer ? range.endOffset : node.length;
      const text = node.data.slice(from, to);
      if (text) out.push({ text, block: node.parentElement.closest(BLOCKS), number: node.parentElement.closest(".num"), unit: node.parentElement.closest(".act [id]:not(.mended)")?.id });
    }
    return out;
  }
  function read(range, holder) {
    const found = pieces(range, holder);
    const units = [...new Set(found.filter((piece) => piece.text.trim()).map((piece) => piece.unit))];
    /* The number of one unit is told by its citation. */
    const first = units.length === 1 && found.findIndex((piece) => piece.text.trim());
    if (first !== false && first >= 0 && found[first].number) found.splice(0, first + 1);
    let words = "", before;
    for (const piece of found) {
      if (before && before !== piece.block) words = `${words.trimEnd()}\n`;
      words += piece.text;
      before = piece.block;
    }
    const within = holder.closest("[data-document]");
    const eids = holder.matches(".act") ? units : (holder.closest("[data-eids]")?.dataset.eids || "").split(" ").filter(Boolean);
    words = words.trim();
    return words && within && eids.length ? { words, eids, document: within.dataset.document } : null;
  }
  function selected() {
    const selection = getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    const holder = holderOf(selection.anchorNode) || holderOf(selection.focusNode) || holderOf(range.startContainer);
    return holder && read(range, holder);
  }
  /* Without a selection: the hit or the unit that is current. */
  function current() {
    const unit = document.querySelector(".current, .hit:target, .act :target");
    const text = unit?.matches(".hit") ? unit.querySelector(".text") : unit;
    if (!text || !holderOf(text)) return null;
    const range = document.createRange();
    range.selectNodeContents(text);
    return read(range, holderOf(text));
  }

  let asked, made, back;
  const hide = () => { bar.hidden = true; made = null; asked?.abort(); };
  const form = bar.querySelector("select");
  form.value = localStorage.getItem("svod:quote-form") || "short";
  async function ask(what) {
    asked?.abort();
    asked = new AbortController();
    made = null;
    const sent = new URLSearchParams({ words: what.words.slice(0, 20000), form: form.value });
    for (const eid of what.eids.slice(0, 400)) sent.append("eid", eid);
    try {
      const answer = await fetch(`/d/${what.document}/quote`, { method: "POST", body: sent, signal: asked.signal });
      if (!answer.ok) throw new Error(answer.status);
      made = { ...(await answer.json()), what };
      return true;
    } catch (error) {
      if (error.name !== "AbortError") tell(bar.dataset.failed);
      return false;
    }
  }
  function put(box) {
    const own = bar.getBoundingClientRect();
    const below = box.bottom + own.height + 16 < innerHeight || box.top < own.height + 80;
    bar.style.left = `${Math.max(8, Math.min(box.left, innerWidth - own.width - 16)) + scrollX}px`;
    bar.style.top = `${Math.min(Math.max(below ? box.bottom + 8 : box.top - own.height - 8, 70), innerHeight - own.height - 64) + scrollY}px`;
  }
  async function open(what, box, focused) {
    if (!(await ask(what))) return;
    bar.querySelector("[data-place]").textContent = made.place;
    const warning = bar.querySelector("[data-warning]");
    warning.hidden = !made.warning;
    warning.textContent = made.warning;
    const holder = document.querySelector("dialog[open]") || document.body;
    if (bar.parentElement !== holder) holder.append(bar);
    bar.hidden = false;
    put(box);
    if (focused) bar.querySelector("button").focus();
  }
  const place = () => {
    const selection = getSelection();
    if (!selection.isCollapsed) return selection.getRangeAt(0).getBoundingClientRect();
    return document.querySelector(".current, .hit:target, .act :target").getBoundingClientRect();
  };

  /* Both kinds at once, so that Word keeps the hyperlink; a page without a secure address copies by the event. */
  async function copy(thing) {
    try {
      const kinds = { "text/plain": thing.text, "text/html": thing.html };
      const blobs = Object.entries(kinds).map(([type, value]) => [type, new Blob([value], { type })]);
      await navigator.clipboard.write([new ClipboardItem(Object.fromEntries(blobs))]);
    } catch {
      const give = (event) => { event.clipboardData.setData("text/plain", thing.text); event.clipboardData.setData("text/html", thing.html); event.preventDefault(); };
      document.addEventListener("copy", give, { once: true });
      const done = document.execCommand("copy");
      document.removeEventListener("copy", give);
      if (!done) return tell(document.body.dataset.copyFailed);
    }
    tell(document.body.dataset.copied + (thing.text.length > 160 ? `${thing.text.slice(0, 160)}…` : thing.text));
  }

  let pressed = false, timer;
  document.addEventListener("pointerdown", (event) => {
    pressed = true;
    if (!bar.contains(event.target)) hide();
    for (const text of document.querySelectorAll(".taking")) text.classList.remove("taking");
    event.target.closest?.(".matrix .text")?.classList.add("taking");
  });
  for (const name of ["pointerup", "pointercancel"]) document.addEventListener(name, (event) => { pressed = false; if (!bar.contains(event.target)) settle(); });
  const settle = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (pressed || bar.contains(document.activeElement)) return;
      const what = selected();
      if (what) open(what, place(), false);
      else hide();
    }, 200);
  };
  /* What the bar offers is of the selection that was: it goes at once when another is made. */
  document.addEventListener("selectionchange", () => {
    if (!bar.contains(document.activeElement)) hide();
    settle();
  });
  bar.addEventListener("pointerdown", (event) => { if (event.target !== form) event.preventDefault(); });
  bar.addEventListener("click", async (event) => {
    const take = event.target.closest("[data-take]")?.dataset.take;
    if (!take || !made) return;
    await copy(made[take]);
  });
  form.addEventListener("change", async () => {
    localStorage.setItem("svod:quote-form", form.value);
    if (made) await ask(made.what);
  });

  /* A selection that runs over into another column is copied without the words of that one. */
  document.addEventListener("copy", (event) => {
    if (event.defaultPrevented || event.target.closest?.("input, textarea")) return;
    const selection = getSelection(), holder = holderOf(selection.anchorNode);
    if (!holder?.matches(".matrix .text") || holderOf(selection.focusNode) === holder) return;
    const what = selected();
    if (!what) return;
    event.clipboardData.setData("text/plain", what.words);
    event.preventDefault();
  });

  document.addEventListener("keydown", (event) => {
    const inside = bar.contains(event.target), buttons = [...bar.querySelectorAll("button, select")];
    if (event.key === "Escape" && !bar.hidden) {
      event.preventDefault();
      event.stopPropagation();
      hide();
      if (inside) back?.focus({ preventScroll: true });
      return;
    }
    if (inside && event.target !== form && ["ArrowLeft", "ArrowRight"].includes(event.key)) {
      event.preventDefault();
      const by = event.key === "ArrowRight" ? 1 : -1;
      return buttons[(buttons.indexOf(event.target) + by + buttons.length) % buttons.length].focus();
    }
    if (!["q", "й"].includes(event.key) || root.dataset.keys === "off" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, select, textarea, [contenteditable]")) return;
    event.preventDefault();
    const what = selected() || current();
    if (!what) return tell(bar.dataset.nothing);
    back = document.activeElement;
    open(what, place(), true);
  }, true);
})();
