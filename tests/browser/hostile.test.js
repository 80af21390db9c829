// Every payload of tests/web/xss_corpus.txt in every value that a portal gives, harvested like anything else, with a trap
// for dialogs, requests and script errors on each page that shows it.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { after, before, test } from "node:test";

import { launch, profile } from "./browser.js";
import { catalogOf } from "./program.js";

// \n and \u escapes as in JSON; a " stands for itself.
function unescaped(line) {
  try {
    return JSON.parse(`"${line.replace(/(?<!\\)"/g, '\\"')}"`);
  } catch {
    return line;
  }
}
const payloads = readFileSync(new URL("../web/xss_corpus.txt", import.meta.url), "utf8").split("\n").filter(Boolean).map(unescaped);

const packages = payloads.map((payload, i) => {
  const id = String(i).padStart(4, "0");
  return {
    id, name: `jeu-${id}`, type: "dataset", state: "active", private: false,
    title: payload, notes: payload, url: payload, version: payload, author: payload, author_email: payload,
    maintainer: payload, maintainer_email: payload, license_id: payload, license_title: payload, license_url: payload,
    metadata_created: "2020-01-01T00:00:00", metadata_modified: "2020-01-01T00:00:00",
    organization: { id: `o${id}`, name: `o-${id}`, title: payload, description: payload },
    tags: [{ name: payload, display_name: payload }], groups: [{ name: `g-${id}`, title: payload }],
    extras: [{ key: "spatial-text", value: payload }, { key: "frequency", value: payload }, { key: "theme", value: payload }],
    resources: [{ id: `r${id}`, name: payload, description: payload, url: payload, format: payload, mimetype: payload }],
  };
});

// As much of CKAN's Action API as a harvest needs.
function portal() {
  const server = createServer((request, response) => {
    const url = new URL(request.url, "http://127.0.0.1");
    const start = Number(url.searchParams.get("start") ?? 0);
    const rows = Number(url.searchParams.get("rows") ?? 10);
    const result = url.pathname.endsWith("package_search")
      ? { count: packages.length, results: packages.slice(start, start + rows) }
      : url.pathname.endsWith("package_list") ? packages.map(({ name }) => name) : undefined;
    response.writeHead(result ? 200 : 404, { "Content-Type": "application/json" });
    response.end(JSON.stringify(result ? { success: true, result } : { success: false }));
  });
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve({
    title: payloads[0], address: `http://127.0.0.1:${server.address().port}`, close: () => server.close(),
  })));
}

let browser, site, source;
before(async () => {
  source = await portal();
  [browser, site] = await Promise.all([launch(), catalogOf(source)]);
});
after(async () => (await browser?.close(), await site?.stop(), source?.close()));

// Opens each address and rouses what waits for a pointer, a focus or a load.
async function visit(paths) {
  const { context, page, trouble } = await profile(browser);
  const found = [];
  for (const path of paths) {
    await page.goto(site.address + path);
    await page.evaluate(() => {
      for (const element of document.querySelectorAll("body *"))
        for (const event of ["mouseover", "focus", "toggle"]) element.dispatchEvent(new Event(event, { bubbles: true }));
    });
    const live = await page.evaluate(() => [...document.querySelectorAll("*")].flatMap((element) => [...element.attributes]
      .filter(({ name, value }) => /^on/i.test(name) || /^\s*(javascript|vbscript|data):/i.test(value) && /^(href|src|action|formaction)$/i.test(name))
      .map(({ name, value }) => `${element.localName} ${name}=${value}`)));
    found.push(...[...live, ...trouble.splice(0)].map((what) => `${path}: ${what}`));
  }
  await context.close();
  return found;
}

// The values of a facet.
async function keys(facet) {
  const answer = await (await fetch(`${site.address}/api/v1/datasets?page_size=0&facets=${facet}&facet_size=1000`)).json();
  return answer.facets[facet].map(({ value }) => value);
}

async function ids() {
  const found = [];
  for (let page = 1; found.length % 100 === 0; ++page) {
    const answer = await (await fetch(`${site.address}/api/v1/datasets?page_size=100&page=${page}`)).json();
    if (answer.results.length === 0) break;
    found.push(...answer.results.map(({ id }) => id));
  }
  return found;
}

test("there are at least 200 payloads, and their records are served", async () => {
  assert.ok(payloads.length >= 200);
  assert.ok((await ids()).length >= 200);
});

test("records are inert", async () => assert.deepEqual(await visit((await ids()).map((id) => `/datasets/${id}`)), []));

test("results, facets and the pages around them are inert", async () => {
  const facets = ["publisher", "keyword", "format", "licence", "theme", "territory"].map((name) => `/datasets?facet=${name}`);
  const results = Array.from({ length: Math.ceil(payloads.length / 20) }, (_, i) => `/datasets?page=${i + 1}`);
  const shelves = (await keys("publisher")).map((key) => `/publishers/${encodeURIComponent(key)}`);
  const searched = payloads.map((payload) => `/datasets?in_publisher=${encodeURIComponent(payload.toWellFormed?.() ?? payload)}`);
  assert.deepEqual(await visit(["/", ...shelves, ...searched, "/sources", "/sources/hostile", "/jobs/1?outcome=all", ...facets, ...results]), []);
});

test("queries are inert", async () => {
  const queries = payloads.map((payload) => `/datasets?q=${encodeURIComponent(payload.toWellFormed?.() ?? payload)}`);
  assert.deepEqual(await visit(queries), []);
});

test("suggestions are inert", async () => {
  const { context, page, trouble } = await profile(browser);
  await page.goto(`${site.address}/`);
  for (const start of ["img", "svg", "script", "alert", "onerror"]) {
    await page.locator("#q").fill(start);
    await page.waitForResponse(/\/suggest/);
  }
  assert.deepEqual(trouble, []);
  await context.close();
});
