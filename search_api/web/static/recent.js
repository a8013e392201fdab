"use strict";
/* What this browser has opened, asked and set side by side: kept here alone, shown on the start page, cleared by a button. */
(() => {
  const KEPT = "svod:recent", MOST = 8;
  const read = () => { try { const kept = JSON.parse(localStorage.getItem(KEPT)); return Array.isArray(kept) ? kept : []; } catch { return []; } };
  const write = (kept) => { try { localStorage.setItem(KEPT, JSON.stringify(kept)); } catch { /* the browser keeps nothing */ } };
  const keep = (href, name) => write([{ href, name }, ...read().filter((entry) => entry.href !== href)].slice(0, MOST));

  document.addEventListener("submit", (event) => { if (event.target.getAttribute("action") === "/logout") localStorage.removeItem(KEPT); });

  const asked = new URLSearchParams(location.search).get("q"), heading = document.querySelector("main h1");
  if (location.pathname === "/" && asked?.trim()) keep(`/?q=${encodeURIComponent(asked)}`, `«${asked.trim()}»`);
  else if (document.querySelector("main[data-document]")) keep(location.pathname, document.querySelector(".short-name")?.textContent || heading.textContent);
  else if (/^\/compare\/./.test(location.pathname)) {
    const names = [...document.querySelectorAll("thead th[scope=col] a")].map((link) => link.textContent);
    keep(location.pathname, `${heading.textContent}: ${names.join("; ")}`);
  }

  const shelf = document.querySelector("#recent");
  if (!shelf) return;
  const list = shelf.querySelector("ul");
  for (const entry of read()) {
    if (typeof entry?.href !== "string" || !entry.href.startsWith("/") || entry.href.startsWith("//")) continue;
    const item = document.createElement("li"), link = document.createElement("a");
    link.href = entry.href;
    link.textContent = entry.name;
    item.append(link);
    list.append(item);
  }
  shelf.hidden = !list.children.length;
  shelf.querySelector("button").addEventListener("click", () => { localStorage.removeItem(KEPT); shelf.hidden = true; });
})();
