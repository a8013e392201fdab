"use strict";
/* Upload: one request per file, so that each has its own line of one table; outcomes outlive a reload. */
(() => {
  const drop = document.querySelector("#drop");
  if (!drop) return;
  const $ = (selector, root = document) => root.querySelector(selector);
  const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
  const outcomes = $("#outcomes"), table = $(".outcomes", outcomes), lines = $("tbody", table), field = $("input[type=file]", drop);
  const progress = $("#progress"), SHOWN = "svod:outcomes";
  let total = 0, done = 0, sending = 0;

  const remember = () => {
    const ended = $$("tr:not(.waiting)", lines).map((line) => line.outerHTML);
    if (ended.length) sessionStorage.setItem(SHOWN, ended.join(""));
  };
  const parsed = (rows) => $$("tbody > tr", new DOMParser().parseFromString(`<table><tbody>${rows}</tbody></table>`, "text/html"));
  const fill = (words, values) => words.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  const sum = (name) => $$("tr", lines).reduce((all, line) => all + Number(line.dataset[name] || 0), 0);
  const tell = () => {
    progress.hidden = false;
    const bar = $("progress", progress), ended = done === total;
    bar.max = total;
    bar.value = done;
    bar.hidden = ended;
    $("p", progress).textContent = ended
      ? fill(drop.dataset.ended, { total, failed: $$("tr.failed", lines).length, repairs: sum("repairs"), doubts: sum("doubts") })
      : fill(drop.dataset.going, { n: done, total });
  };
  const said = (line, file, told, ...more) => {
    const name = document.createElement("th"), state = document.createElement("td");
    name.scope = "row";
    name.textContent = file.name;
    state.colSpan = 4;
    state.append(told, ...more);
    line.replaceChildren(name, state);
  };
  const again = (file, line, other) => { line.className = "waiting"; done -= 1; send(file, line, other).then(refresh); };
  const fail = (line, file, told, retried) => {
    line.className = "failed";
    if (!retried) return said(line, file, told);
    const retry = document.createElement("button");
    retry.type = "button";
    retry.className = "quiet";
    retry.textContent = drop.dataset.retry;
    retry.addEventListener("click", () => again(file, line));
    said(line, file, `${told} `, retry);
  };
  const send = (file, line, other = "refuse") => new Promise((ready) => {
    const request = new XMLHttpRequest(), data = new FormData();
    data.append("files", file, file.webkitRelativePath || file.name);
    data.append("other", other);
    said(line, file, drop.dataset.sending);
    sending += 1;
    const end = () => { sending -= 1; done += 1; tell(); remember(); ready(); };
    request.upload.onprogress = (event) => { if (event.loaded === event.total) said(line, file, drop.dataset.reading); };
    /* The answer comes line by line: how far the file is, at last what became of it */
    const lastLine = () => JSON.parse(request.responseText.slice(0, request.responseText.lastIndexOf("\n")).split("\n").pop() || "{}");
    request.onprogress = () => {
      const news = request.status === 200 ? lastLine() : {};
      if (news.told) said(line, file, news.name.endsWith(file.name) ? news.told : `${news.name}: ${news.told}`);
    };
    request.onload = () => {
      const last = request.status === 200 ? lastLine() : { page: request.responseText };
      const told = new DOMParser().parseFromString(last.page || "", "text/html"), items = $$(".outcomes > tbody > tr", told);
      if (items.length) {
        line.replaceWith(...items);
        /* A name taken by other bytes: the file is sent again as the person says; an archive as a whole */
        for (const item of items) for (const button of $$("[data-other]", item)) button.addEventListener("click", () => again(file, item, button.dataset.other));
      } else fail(line, file, last.error || $("#results .lead", told)?.textContent || drop.dataset.failed, Boolean(last.error) || request.status >= 409);
      end();
    };
    request.onerror = () => { fail(line, file, drop.dataset.failed, true); end(); };
    request.open("POST", drop.action);
    request.setRequestHeader("Accept", "text/event-stream, text/html");
    request.send(data);
  });
  const refresh = () => { if ($("#list")) htmx.ajax("GET", location.pathname + location.search, { target: "#list", select: "#list", swap: "outerHTML" }); };
  const sendAll = async (files) => {
    $(".first")?.remove();
    table.hidden = false;
    const queued = files.map((file) => {
      const line = document.createElement("tr");
      line.className = "waiting";
      said(line, file, drop.dataset.waiting);
      lines.append(line);
      return [file, line];
    });
    total += files.length;
    tell();
    for (const [file, line] of queued) await send(file, line);
    field.value = "";
    refresh();
  };

  const earlier = performance.getEntriesByType("navigation")[0]?.type === "reload" && sessionStorage.getItem(SHOWN);
  if (!earlier) sessionStorage.removeItem(SHOWN);
  else if (!$("tr", lines)) { lines.append(...parsed(earlier)); table.hidden = false; }
  addEventListener("beforeunload", (event) => { if (sending) { event.preventDefault(); event.returnValue = drop.dataset.leave; } });
  field.addEventListener("change", () => { if (field.files.length) sendAll([...field.files]); });
  drop.addEventListener("submit", (event) => { event.preventDefault(); if (field.files.length) sendAll([...field.files]); });
  for (const name of ["dragenter", "dragover"]) document.addEventListener(name, (event) => { if (event.dataTransfer?.types.includes("Files")) { event.preventDefault(); drop.classList.add("over"); } });
  for (const name of ["dragleave", "drop"]) document.addEventListener(name, (event) => { if (name === "drop" || !event.relatedTarget) drop.classList.remove("over"); });
  document.addEventListener("drop", (event) => { if (event.dataTransfer.files.length) { event.preventDefault(); sendAll([...event.dataTransfer.files]); } });
})();
