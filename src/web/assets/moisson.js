"use strict";

// Suggestions under the search box: the WAI-ARIA combobox pattern with a listbox popup (ARIA APG). Every page works without it.

(() => {
  const input = document.getElementById("q");
  const address = document.body.dataset.suggest;
  if (!input || !address) return;

  const list = document.createElement("div");
  list.className = "suggest";
  list.id = "suggestions";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", document.body.dataset.one);
  const status = document.createElement("p");
  status.className = "vh";
  status.setAttribute("role", "status");
  input.after(list, status);
  for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"], ["aria-controls", "suggestions"]])
    input.setAttribute(name, value);

  let options = [];
  let chosen = -1;
  let pending = null;
  let timer = 0;

  // No answer comes from now on: it would open what was closed, or replace what one is choosing from.
  const settle = () => {
    clearTimeout(timer);
    pending?.abort();
  };

  const close = () => {
    settle();
    list.hidden = true;
    chosen = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };

  const choose = (index) => {
    if (options.length === 0) return;
    settle();
    chosen = (index + options.length) % options.length;
    options.forEach((option, i) => option.setAttribute("aria-selected", String(i === chosen)));
    input.setAttribute("aria-activedescendant", options[chosen].id);
    options[chosen].scrollIntoView({ block: "nearest" });
  };

  const take = (option) => {
    close();
    if (option.dataset.open) {
      location.href = option.dataset.open;
      return;
    }
    input.value = option.dataset.text;
    input.form.requestSubmit();
  };

  // Where a suggestion of a kind leads: to its own page, or to the search for it; other kinds are words to search for.
  const opens = (kind, value) => {
    const target = { dataset: `datasets/${encodeURIComponent(value)}`, publisher: `publishers/${encodeURIComponent(value)}`,
      theme: `themes/${encodeURIComponent(value)}`, keyword: `datasets?keyword=${encodeURIComponent(value)}`,
      territory: `datasets?territory=${encodeURIComponent(value)}` }[kind];
    if (!target || !value) return "";
    const url = new URL(target, input.form.action);
    const language = input.form.elements.lang?.value;
    if (language) url.searchParams.set("lang", language);
    return url.href;
  };

  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

  // The text with the part that was typed in bold, where it begins a word of the text.
  const typed = (text) => {
    const words = document.createElement("span");
    const start = (" " + plain(text)).search(new RegExp(`[^\\p{L}\\p{N}]${plain(input.value.trim()).replace(/[^\p{L}\p{N} ]/gu, ".")}`, "u"));
    const length = input.value.trim().length;
    if (start < 0 || plain(text).length !== text.length) {
      words.textContent = text;
      return words;
    }
    const grain = document.createElement("b");
    grain.textContent = text.slice(start, start + length);
    words.append(text.slice(0, start), grain, text.slice(start + length));
    return words;
  };

  const made = ({ text, kind, value, count }, i) => {
    const option = document.createElement("div");
    option.id = "suggestion-" + i;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    option.dataset.text = text;
    option.dataset.open = opens(kind, value);
    option.append(typed(text));
    if (count > 1) {
      const figure = document.createElement("span");
      figure.className = "soft";
      figure.textContent = count.toLocaleString(document.documentElement.lang);
      option.append(figure);
    }
    option.addEventListener("pointerdown", (event) => {
      event.preventDefault();  // keeps the focus in the box
      settle();
    });
    option.addEventListener("click", () => take(option));
    return option;
  };

  // One group a kind, in the order in which the kinds come; each kind's word is data-kind-… of the body.
  const show = (suggestions) => {
    list.replaceChildren();
    const groups = new Map();
    for (const one of suggestions) groups.set(one.kind, [...(groups.get(one.kind) ?? []), one]);
    options = [];
    for (const [kind, members] of groups) {
      const group = document.createElement("div");
      group.setAttribute("role", "group");
      const heading = document.createElement("span");
      heading.id = "suggestions-" + kind;
      heading.textContent = document.body.getAttribute("data-kind-" + kind) ?? "";
      heading.setAttribute("role", "presentation");
      group.setAttribute("aria-labelledby", heading.id);
      group.append(heading);
      for (const member of members) {
        options.push(made(member, options.length));
        group.append(options.at(-1));
      }
      list.append(group);
    }
    chosen = -1;
    input.removeAttribute("aria-activedescendant");
    list.hidden = options.length === 0;
    input.setAttribute("aria-expanded", String(options.length > 0));
    status.textContent = options.length === 0 ? "" : document.body.dataset.suggestions.replace("{n}", options.length);
  };

  const ask = async () => {
    pending?.abort();
    const text = input.value.trim();
    if (text.length < 2) return close();
    pending = new AbortController();
    try {
      const query = new URLSearchParams({ q: text, limit: "8", lang: document.documentElement.lang });
      const answer = await fetch(address + "?" + query, { signal: pending.signal });
      if (answer.ok) show((await answer.json()).suggestions ?? []);
    } catch (error) {
      if (error.name !== "AbortError") close();  // without suggestions the box is still a box
    }
  };

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, 120);
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !list.hidden) {
      close();
      event.preventDefault();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!list.hidden) choose(event.key === "ArrowDown" ? chosen + 1 : chosen < 0 ? -1 : chosen - 1);
      else if (event.key === "ArrowDown") ask();
    } else if (event.key === "Enter" && chosen >= 0 && !list.hidden) {
      event.preventDefault();
      take(options[chosen]);
    }
  });
  input.addEventListener("blur", close);
})();

// Drawing the area of a search on the map beside its four fields, which say the same and work alone (data-parts: france_map.h).
(() => {
  const area = document.querySelector("fieldset.area");
  if (!area) return;
  const svg = area.querySelector("svg");
  const side = (name) => area.querySelector(`[name=bbox_${name}]`);
  const parts = area.dataset.parts.split(";").map((text) => {
    const [x, y, width, height, west, north, perLongitude, perLatitude] = text.split(" ").map(Number);
    return { x, y, width, height, west, north, perLongitude, perLatitude };
  });
  const clear = area.querySelector("button");
  area.querySelector(".draw").hidden = false;
  area.classList.add("live");

  let box = svg.querySelector(".box");
  let from = null;
  let part = null;

  const at = (event) => new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
  const within = ({ x, y }, { x: left, y: top, width, height }) => x >= left && x <= left + width && y >= top && y <= top + height;
  const clamped = (value, least, size) => Math.min(Math.max(value, least), least + size);

  const draw = (to) => {
    const [x, y] = [clamped(to.x, part.x, part.width), clamped(to.y, part.y, part.height)];
    if (!box) {
      box = document.createElementNS(svg.namespaceURI, "rect");
      box.setAttribute("class", "box");
      svg.append(box);
    }
    const [left, top, right, bottom] = [Math.min(from.x, x), Math.min(from.y, y), Math.max(from.x, x), Math.max(from.y, y)];
    for (const [name, value] of [["x", left], ["y", top], ["width", right - left], ["height", bottom - top]])
      box.setAttribute(name, value.toFixed(1));
    const degrees = { west: part.west + (left - part.x) / part.perLongitude, east: part.west + (right - part.x) / part.perLongitude,
      north: part.north - (top - part.y) / part.perLatitude, south: part.north - (bottom - part.y) / part.perLatitude };
    for (const name in degrees) side(name).value = degrees[name].toFixed(2);
    clear.hidden = false;
  };

  svg.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    from = at(event);
    part = parts.find((candidate) => within(from, candidate));
    if (!part) return;
    svg.setPointerCapture(event.pointerId);
    event.preventDefault();
  });
  svg.addEventListener("pointermove", (event) => {
    if (part && svg.hasPointerCapture(event.pointerId)) draw(at(event));
  });
  for (const end of ["pointerup", "pointercancel"]) svg.addEventListener(end, () => (part = null));

  clear.hidden = !box && !["north", "south", "west", "east"].some((name) => side(name).value);
  clear.addEventListener("click", () => {
    box?.remove();
    box = null;
    for (const name of ["north", "south", "west", "east"]) side(name).value = "";
    clear.hidden = true;
    side("north").focus();
  });
})();

// What still grows (a running harvest, a preview): read again every two seconds until it has ended; a link does the same.
(() => {
  let live = document.querySelector("[data-live]");
  if (!live) return;
  const again = async () => {
    const answer = await fetch(location.href).catch(() => null);  // without an answer it is asked again
    if (answer?.ok) {
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.querySelector("[data-live]");
      if (!fresh) return location.reload();
      if (!live.contains(document.activeElement)) {
        live.replaceWith(fresh);
        live = fresh;
      }
    }
    setTimeout(again, 2000);
  };
  setTimeout(again, 2000);
})();
