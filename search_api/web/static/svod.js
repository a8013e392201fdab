"use strict";
(() => {
  const $ = (selector, root = document) => root.querySelector(selector);
  const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
  const root = document.documentElement;

  /* Telling and copying */
  const toast = $("#toast");
  let fading;
  function tell(message) {
    toast.textContent = message;
    toast.classList.add("on");
    clearTimeout(fading);
    fading = setTimeout(() => toast.classList.remove("on"), 3500);
  }
  document.addEventListener("svod:tell", (event) => tell(event.detail));
  async function copy(value) {
    try {
      await navigator.clipboard.writeText(value);
    } catch {
      const area = document.createElement("textarea");
      area.value = value;
      (document.querySelector("dialog[open]") || document.body).append(area);
      area.select();
      const done = document.execCommand("copy");
      area.remove();
      if (!done) return tell(document.body.dataset.copyFailed);
    }
    tell(document.body.dataset.copied + (value.length > 160 ? value.slice(0, 160) + "…" : value));
  }

  /* Waiting and failing: nothing is shown for 200 ms; an error never takes the place of what is on the page */
  let busy = 0, slow;
  const wait = (by) => {
    busy = Math.max(0, busy + by);
    clearTimeout(slow);
    if (busy) slow = setTimeout(() => root.classList.add("busy"), 200);
    else root.classList.remove("busy");
  };
  document.addEventListener("htmx:beforeRequest", () => wait(1));
  document.addEventListener("htmx:afterRequest", () => wait(-1));
  document.addEventListener("htmx:sendError", () => tell(document.body.dataset.offline));
  /* A form that is sent while the service is away would leave an empty page in the place of what was typed. */
  let reached = null;
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post" || form.hasAttribute("hx-post") || reached === form) return;
    event.preventDefault();
    try {
      const answer = await fetch("/health/live", { cache: "no-store" });
      if (!answer.ok) throw new Error();
    } catch { return tell(document.body.dataset.offline); }
    reached = form;
    form.requestSubmit(event.submitter);
    reached = null;
  });
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { xhr, target } = event.detail;
    if (xhr.status < 400 || target.id === "results") return;
    event.detail.shouldSwap = false;
    tell($("#results .lead", new DOMParser().parseFromString(xhr.responseText, "text/html"))?.textContent || document.body.dataset.offline);
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.detail.elt.id === "results") $("#told").textContent = $(".total")?.textContent || "";
    keepDrafts();
  });

  /* What was typed but not sent outlives a reload and a restart of the service */
  const kept = (field) => `svod:${location.pathname}:${$("[name=document]", field.form)?.value}:${$("[name=topic]", field.form)?.value}:${field.name}`;
  const drafted = (field) => field?.name === "note" && field.form?.method === "post";
  function keepDrafts() {
    for (const field of $$("form[method=post] [name=note]")) {
      const draft = sessionStorage.getItem(kept(field));
      if (draft === null) continue;
      if (draft === field.defaultValue) sessionStorage.removeItem(kept(field));
      else {
        field.value = draft;
        const fold = field.closest("details");
        if (fold) fold.open = true;
      }
    }
  }
  document.addEventListener("input", (event) => { if (drafted(event.target)) sessionStorage.setItem(kept(event.target), event.target.value); });
  document.addEventListener("htmx:afterRequest", (event) => {
    const field = event.detail.xhr.status < 400 && $("[name=note]", event.detail.requestConfig.elt);
    if (field) sessionStorage.removeItem(kept(field));
  });
  keepDrafts();

  /* The card of a provision */
  const card = $("#card");
  async function openCard(href) {
    await htmx.ajax("GET", href, { target: "#card-body", select: "#provision-card", swap: "innerHTML" });
    if (!$("#provision-card")) return;
    if (!card.open) card.showModal();
    card.scrollTop = 0;
  }

  /* Folds of a table: the heading hides the rows below it */
  function fold(heading) {
    const open = heading.getAttribute("aria-expanded") !== "true";
    heading.setAttribute("aria-expanded", String(open));
    for (const row of $$("tr:not(.fold)", heading.closest("tbody"))) row.hidden = !open;
  }

  /* Choosing: a list is narrowed while one types, what is chosen stands above it as chips and stays chosen */
  function choose(list) {
    const words = $("[data-narrow]", list).value.toLowerCase().replaceAll("ё", "е").split(/\s+/).filter(Boolean);
    const kind = $("[data-narrow-kind]", list).value, state = $("[data-narrow-state]", list).value;
    const items = $$("li[data-words]", list);
    for (const item of items) {
      const told = item.dataset.words.toLowerCase().replaceAll("ё", "е");
      item.hidden = !(words.every((w) => told.includes(w)) && (!kind || item.dataset.kind === kind) && (!state || item.dataset.state === state));
    }
    const taken = items.filter((item) => $("input", item).checked);
    $("[data-count]", list).textContent = `${taken.length} из ${items.length}`;
    $("[data-chips]", list).replaceChildren(...taken.map((item) => {
      const chip = document.createElement("button"), held = document.createElement("li");
      chip.type = "button";
      chip.className = "chip on";
      chip.textContent = `${item.dataset.name} ×`;
      chip.addEventListener("click", () => { $("input", item).checked = false; choose(list); });
      held.append(chip);
      return held;
    }));
  }
  for (const list of $$("[data-choose]")) {
    $(".choosing", list).hidden = false;
    list.addEventListener("input", () => choose(list));
    choose(list);
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-copy]");
    if (button) return void copy(button.dataset.copy);
    const heading = event.target.closest("[data-fold]");
    if (heading) return fold(heading);
    const pilcrow = event.target.closest("a.pilcrow, a.card-link");
    if (pilcrow && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      return void openCard(pilcrow.href);
    }
    const step = event.target.closest("[data-step]");
    if (step) {
      event.preventDefault();
      return found(Number(step.dataset.step), step.closest(".found-bar"));
    }
    if (event.target === card) card.close();
    if (card.open && event.target.closest("#card a[href]:not([hx-get])")) card.close();
  });

  /* Moving: hits of a search, units of a document */
  const items = () => $$(".hit, .act .own[id], .act .unit[id] > h2, .act .unit[id] > h3, .act .unit[id] > h4").filter((item) => item.checkVisibility());
  const holder = (item) => (item.id || item.matches(".mended") ? item : item.parentElement);
  function mark(item) {
    $$(".current").forEach((other) => other.classList.remove("current"));
    const unit = holder(item), seen = item.matches("section") ? $("h2, h3, h4, h5, h6", item) || item : item;
    unit.classList.add("current");
    unit.focus({ preventScroll: true });
    const box = seen.getBoundingClientRect();
    if (box.top < 90 || box.bottom > innerHeight - 20) seen.scrollIntoView({ block: box.height > innerHeight - 200 ? "start" : "center" });
  }
  function move(by) {
    const all = items();
    if (!all.length) return;
    const now = all.findIndex((item) => holder(item).classList.contains("current"));
    const start = now < 0 ? all.findIndex((item) => item.getBoundingClientRect().bottom > 100) - (by > 0 ? 1 : 0) : now;
    mark(all[Math.max(0, Math.min(all.length - 1, start + by))]);
  }
  function found(by, bar = $(".found-bar"), to = -1) {
    const counter = $("[data-found]", bar || document);
    const all = $$(counter?.dataset.steps || ".found");
    if (!all.length) return;
    const now = all.findIndex((item) => item.classList.contains("current"));
    const next = to >= 0 ? Math.min(to, all.length - 1) : now < 0 ? (by > 0 ? 0 : all.length - 1) : (now + by + all.length) % all.length;
    mark(all[next]);
    document.dispatchEvent(new CustomEvent("svod:found", { detail: all[next] }));
    if (counter) counter.textContent = $("#told").textContent = counter.dataset.found.replace("{n}", next + 1).replace("{total}", all.length);
  }
  document.addEventListener("svod:find", (event) => found(0, $(".stepper"), event.detail));
  function currentCitation() {
    const now = $(".current") || $(".hit") || (location.hash && document.getElementById(location.hash.slice(1)));
    if (!now) return null;
    if (now.dataset.cite) return now.dataset.cite;
    const button = $("[data-copy]", now);
    if (button) return button.dataset.copy;
    const pilcrow = $(".pilcrow", now);
    const page = $("main[data-document]");
    return pilcrow && page ? { href: pilcrow.href } : null;
  }
  async function copyCurrent() {
    const what = currentCitation();
    if (!what) return;
    if (typeof what === "string") return copy(what);
    const path = new URL(what.href).pathname.split("/");
    const answer = await fetch(`/api/v1/documents/${path[2]}/provisions/${path[3]}`);
    if (answer.ok) copy((await answer.json()).citation.short);
  }

  /* Keys: single letters only outside of fields, and only while they are switched on */
  const help = $("#keys-help");
  const search = () => $("#q").select();
  const find = () => { const field = $(".find input"); const fold = field?.closest("details"); if (fold) fold.open = true; field?.select(); };
  $("[data-keys-help]")?.addEventListener("click", () => help.showModal());
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") return hidePreview();
    if (root.dataset.keys === "off" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, select, textarea, [contenteditable]") || $("dialog[open]")) return;
    const pressed = $$("[data-press]").find((own) => own.dataset.press.split(" ").includes(event.key) && own.checkVisibility());
    if (pressed) { event.preventDefault(); return pressed.click(); }
    const act = {
      "/": search, ".": search,
      f: find, "а": find,
      j: () => move(1), "о": () => move(1),
      k: () => move(-1), "л": () => move(-1),
      n: () => found(1), "т": () => found(1),
      p: () => found(-1), "з": () => found(-1),
      c: copyCurrent, "с": copyCurrent,
      "?": () => help.showModal(), ",": () => help.showModal(),
      ...(event.target.closest(".mended, .stepper") && { ArrowDown: () => found(1, $(".stepper")), ArrowUp: () => found(-1, $(".stepper")) }),
      Enter: () => !event.target.closest("a, button, summary") && ($(".hit.current .open") || $(".group:has(.hit.current) .line .open"))?.click(),
    }[event.key];
    if (!act || (event.key === "." && event.code !== "Slash") || (event.key === "," && event.code !== "Slash")) return;
    if (event.key !== "Enter") event.preventDefault();
    act();
  });

  /* Suggestions: a combobox with a list */
  function suggesting(input) {
    const list = document.createElement("ul");
    let timer, last = "", at = -1, entries = [], abort;
    list.className = "suggest";
    list.id = "suggestions";
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", input.dataset.suggestLabel);
    list.hidden = true;
    input.after(list);
    for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"], ["aria-controls", list.id]]) input.setAttribute(name, value);
    const close = () => { list.hidden = true; at = -1; input.setAttribute("aria-expanded", "false"); input.removeAttribute("aria-activedescendant"); };
    const choose = (entry) => {
      close();
      if (entry.check) return location.assign(`${entry.check}?text=${encodeURIComponent(input.value)}`);
      if (entry.href) return location.assign(entry.href);
      input.value = entry.value;
      last = entry.value;
      input.focus();
    };
    const select = (next) => {
      at = (next + entries.length + 1) % (entries.length + 1);
      if (at === entries.length) at = -1;
      [...list.children].forEach((item, i) => item.setAttribute("aria-selected", String(i === at)));
      if (at >= 0) { input.setAttribute("aria-activedescendant", `suggestion-${at}`); list.children[at].scrollIntoView({ block: "nearest" }); }
      else input.removeAttribute("aria-activedescendant");
    };
    const ask = async () => {
      const typed = input.value;
      if (typed === last) return;
      last = typed;
      if (typed.trim().length < 2) return close();
      abort?.abort();
      abort = new AbortController();
      try {
        const answer = await fetch(`${input.dataset.suggest}?q=${encodeURIComponent(typed.slice(0, 400))}`, { signal: abort.signal });
        entries = answer.ok ? await answer.json() : [];
      } catch { return; }
      if (input.value !== typed || document.activeElement !== input || !entries.length) return close();
      list.replaceChildren(...entries.map((entry, i) => {
        const item = document.createElement("li"), label = document.createElement("span"), note = document.createElement("small");
        item.id = `suggestion-${i}`;
        item.setAttribute("role", "option");
        item.setAttribute("aria-selected", "false");
        label.textContent = entry.label;
        note.textContent = entry.note;
        item.append(label, note);
        item.addEventListener("pointerdown", (event) => { event.preventDefault(); choose(entry); });
        return item;
      }));
      at = -1;
      list.hidden = false;
      input.setAttribute("aria-expanded", "true");
    };
    input.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(ask, 120); });
    input.addEventListener("blur", close);
    input.addEventListener("keydown", (event) => {
      if (list.hidden) return;
      if (event.key === "ArrowDown") { event.preventDefault(); select(at + 1); }
      else if (event.key === "ArrowUp") { event.preventDefault(); select(at < 0 ? entries.length - 1 : at - 1); }
      else if (event.key === "Enter" && at >= 0) { event.preventDefault(); choose(entries[at]); }
      else if (event.key === "Escape") { event.stopPropagation(); event.preventDefault(); close(); }
    });
  }
  $$("[data-suggest]").forEach(suggesting);

  /* Preview of references */
  let preview, waiting;
  function hidePreview() { clearTimeout(waiting); preview?.remove(); preview = null; }
  /* The heading once and the text, without the signs of the page. */
  function printed(unit) {
    if (!unit) return "";
    const copy = unit.cloneNode(true);
    $$(".pilcrow, .topics, .leaf, .was, .touch, .standing", copy).forEach((sign) => sign.remove());
    const lines = unit.matches("p") ? [copy] : $$("h2, h3, h4, h5, h6, p", copy);
    return lines.map((line) => line.textContent.replace(/\s+/g, " ").trim()).join("\n");
  }
  async function showPreview(link) {
    const url = new URL(link.href);
    const page = $("main[data-document]");
    let words;
    if (url.pathname === location.pathname && url.hash) words = printed(document.getElementById(url.hash.slice(1)));
    else {
      const [, , name, eid] = url.pathname.split("/");
      if (!eid || !page) return;
      const answer = await fetch(`/api/v1/documents/${name}/provisions/${eid}`);
      if (!answer.ok) return;
      const told = await answer.json();
      words = [told.citation.short + (told.heading ? `. ${told.heading}` : ""), told.text, ...told.text_with_parts.split("\n").slice(1)].join("\n");
    }
    if (!words || !link.matches(":hover, :focus")) return;
    preview = document.createElement("div");
    preview.id = "preview";
    preview.setAttribute("role", "tooltip");
    for (const line of words.slice(0, 900).split("\n")) if (line.trim()) {
      const p = document.createElement("p");
      p.textContent = line;
      preview.append(p);
    }
    document.body.append(preview);
    link.setAttribute("aria-describedby", "preview");
    const box = link.getBoundingClientRect(), own = preview.getBoundingClientRect();
    preview.style.left = `${Math.max(8, Math.min(box.left, innerWidth - own.width - 8))}px`;
    preview.style.top = `${box.bottom + own.height + 12 > innerHeight ? Math.max(8, box.top - own.height - 6) : box.bottom + 6}px`;
    preview.addEventListener("mouseleave", hidePreview);
  }
  for (const name of ["mouseover", "focusin"]) document.addEventListener(name, (event) => {
    const link = event.target.closest?.("a.ref");
    if (!link) return;
    hidePreview();
    waiting = setTimeout(() => showPreview(link), 250);
  });
  for (const name of ["mouseout", "focusout"]) document.addEventListener(name, (event) => {
    if (event.target.closest?.("a.ref") && !event.relatedTarget?.closest?.("#preview")) { clearTimeout(waiting); hidePreview(); }
  });

  /* Contents follow the reading */
  const toc = $$(".toc a");
  if (toc.length) {
    const byId = new Map(toc.map((link) => [link.hash.slice(1), link]));
    const seen = new IntersectionObserver((entries) => {
      for (const entry of entries) if (entry.isIntersecting) {
        toc.forEach((link) => link.removeAttribute("aria-current"));
        const link = byId.get(entry.target.id);
        link?.setAttribute("aria-current", "true");
        const pane = link?.closest(".contents");
        if (pane && innerWidth >= 768) {
          const own = link.offsetTop - pane.offsetTop;
          if (own < pane.scrollTop + 40 || own > pane.scrollTop + pane.clientHeight - 60) pane.scrollTop = own - pane.clientHeight / 2;
        }
      }
    }, { rootMargin: "-80px 0px -75% 0px" });
    for (const id of byId.keys()) { const unit = document.getElementById(id); if (unit) seen.observe(unit); }
  }

  /* An address that names a fold opens it; a title cut to two lines is shown whole when asked */
  const opening = () => { const fold = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1))); if (fold?.matches?.("details")) { fold.open = true; fold.scrollIntoView(); } };
  addEventListener("hashchange", opening);
  opening();

  document.addEventListener("click", (event) => {
    const title = event.target.closest("[data-whole]");
    if (!event.target.closest("a, button")) event.target.closest(".hit .text")?.classList.toggle("whole");
    if (title) title.setAttribute("aria-expanded", String(title.getAttribute("aria-expanded") !== "true"));
  });

  /* The help is narrowed while one types: words are looked for by their beginnings, a heading stays while something under it does */
  const asked = $("[data-help-find]");
  asked?.addEventListener("input", () => {
    const words = asked.value.toLowerCase().replaceAll("ё", "е").split(/[^\p{L}\p{N}]+/u).filter(Boolean).map((w) => (w.length > 5 ? w.slice(0, -2) : w));
    const told = (block) => { const text = block.textContent.toLowerCase().replaceAll("ё", "е"); return words.every((w) => text.includes(w)); };
    let heading = null, held = false, any = false;
    const close = () => { if (heading) heading.hidden = !held; };
    for (const block of $$("main > *")) {
      if (block.matches("h1, nav, .scripted")) continue;
      if (block.matches("h2")) { close(); heading = block; held = false; continue; }
      const lines = $$("tbody tr, li", block);
      for (const line of lines) line.hidden = !told(line);
      block.hidden = lines.length ? lines.every((line) => line.hidden) : !told(block);
      if (!block.hidden) held = any = true;
    }
    close();
    $("[data-help-none]").hidden = any;
  });

  /* The line of sections, where it is swiped, shows the one that is open */
  const sections = $(".top nav"), here = $("[aria-current]", sections);
  if (here) sections.scrollLeft = here.offsetLeft - sections.offsetLeft - (sections.clientWidth - here.offsetWidth) / 2;

  /* Settings take effect at once; the menu closes on Escape and on a click beside it */
  const menu = $(".menu");
  $$(".prefs select").forEach((select) => select.addEventListener("change", () => {
    root.dataset[select.name] = select.value;
    document.cookie = `svod_${select.name}=${select.value}; path=/; max-age=31536000; samesite=lax`;
  }));
  document.addEventListener("click", (event) => { if (menu?.open && !menu.contains(event.target)) menu.open = false; });
  menu?.addEventListener("keydown", (event) => { if (event.key === "Escape" && menu.open) { menu.open = false; $("summary", menu).focus(); } });
})();
