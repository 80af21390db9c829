// Suggestions under the search box: the WAI-ARIA combobox pattern with a listbox popup (ARIA APG). Every page works without it.
"use strict";

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

  const close = () => {
    clearTimeout(timer);
    pending?.abort();  // an answer that comes late must not open it again
    list.hidden = true;
    chosen = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };

  const choose = (index) => {
    if (options.length === 0) return;
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

  const show = (suggestions) => {
    list.replaceChildren();
    options = suggestions.map(({ text, kind, value, count }, i) => {
      const option = document.createElement("div");
      option.id = "suggestion-" + i;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      option.dataset.text = text;
      if (kind === "dataset" && value) option.dataset.open = input.form.action.replace(/\?.*$/, "") + "/" + encodeURIComponent(value);
      const words = document.createElement("span");
      words.textContent = text;
      option.append(words);
      if (count > 1) {
        const figure = document.createElement("span");
        figure.className = "soft";
        figure.textContent = count.toLocaleString(document.documentElement.lang);
        option.append(figure);
      }
      option.addEventListener("pointerdown", (event) => {
        event.preventDefault();  // keeps the focus in the box
        take(option);
      });
      list.append(option);
      return option;
    });
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
