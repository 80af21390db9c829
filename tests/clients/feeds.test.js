// OpenSearch and Atom: a client that finds its way from the home page, a feed reader, and the rules of RFC 4287 and 5005.
import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { Readable } from "node:stream";
import { DOMParser } from "@xmldom/xmldom";
import FeedParser from "feedparser";
import { parseAtomFeed } from "feedsmith";
import { demo } from "../browser/program.js";

globalThis.DOMParser = DOMParser; // opensearch-browser's only wish of a browser
const { default: opensearch } = await import("opensearch-browser");

const atom = "http://www.w3.org/2005/Atom";
let site;
before(async () => (site = await demo()));
after(() => site?.stop());

const read = async (address) => {
  const answer = await fetch(address);
  assert.equal(answer.status, 200, address);
  assert.match(answer.headers.get("content-type"), /^application\/atom\+xml/);
  return answer.text();
};
const children = (node, name) => Array.from(node.childNodes).filter((child) => child.localName === name && child.namespaceURI === atom);
const links = (node, rel) => children(node, "link").filter((link) => (link.getAttribute("rel") || "alternate") === rel);

test("opensearch-browser discovers the service and searches it, page by page", async () => {
  const home = await (await fetch(site.address)).text();
  const description = /<link rel="search" type="application\/opensearchdescription\+xml"[^>]* href="([^"]+)"/.exec(home)[1];
  const service = await opensearch.discover(new URL(description, site.address).href);
  const types = service.getDescription().urls.map((url) => url.type);
  for (const type of ["text/html", "application/atom+xml", "application/x-suggestions+json"]) assert.ok(types.includes(type), type);
  const first = await service.search({ searchTerms: "eau", startPage: 1, count: 5 }, "application/atom+xml");
  assert.ok(first.totalResults > 5);
  assert.equal(first.records.length, 5);
  const second = await service.search({ searchTerms: "eau", startPage: 2, count: 5 }, "application/atom+xml");
  assert.equal(second.totalResults, first.totalResults);
  const ids = new Set([...first.records, ...second.records].map((record) => record.id));
  assert.equal(ids.size, first.records.length + second.records.length);
});

test("suggestions come in OpenSearch's form", async () => {
  const [typed, completions, words, addresses] = await (await fetch(`${site.address}/opensearch/suggest?q=ea`)).json();
  assert.equal(typed, "ea");
  assert.ok(completions.length > 0);
  assert.equal(words.length, completions.length);
  for (const address of addresses) assert.equal((await fetch(address)).status, 200, address);
});

test("feedparser reads every entry", async () => {
  const text = await read(`${site.address}/datasets.atom?q=eau&page_size=20`);
  const items = [];
  await new Promise((resolve, reject) =>
    Readable.from([text]).pipe(new FeedParser({ feedurl: site.address })).on("error", reject).on("end", resolve)
      .on("readable", function () { for (let item; (item = this.read()); ) items.push(item); }));
  assert.ok(items.length > 0);
  for (const item of items) assert.ok(item.title && item.guid && item.link && item.date && item.author, item.guid);
});

test("feedsmith reads every entry of every page", async () => {
  const ids = new Set();
  for (let address = `${site.address}/datasets.atom?page_size=50`; address; ) {
    const feed = parseAtomFeed(await read(address));
    for (const entry of feed.entries) {
      assert.ok(entry.title && entry.updated && entry.links.length > 0, entry.id);
      ids.add(entry.id);
    }
    address = feed.links.find((link) => link.rel === "next")?.href;
  }
  const { total } = await (await fetch(`${site.address}/api/v1/datasets?page_size=1`)).json();
  assert.equal(ids.size, total);
});

test("Python's feedparser finds the feed well-formed", async () => {
  const text = await read(`${site.address}/datasets.atom?q=eau`);
  const python = spawnSync("/usr/bin/python3", ["-c", "import sys, feedparser; f = feedparser.parse(sys.stdin.buffer.read()); print(f.bozo, f.version, len(f.entries))"], { input: text });
  assert.equal(python.status, 0, String(python.stderr));
  assert.match(String(python.stdout), /^(0|False) atom10 [1-9]/);
});

test("feeds keep to RFC 4287, and their pages to RFC 5005", async () => {
  for (const query of ["q=eau&page_size=5", "page_size=50&sort=modified", "q=xyzzyqw", "theme=ENVI&page_size=30&lang=en"]) {
    const seen = [];
    let address = `${site.address}/datasets.atom?${query}`, previous = null, first = null, last = null, pages = 0;
    while (address) {
      const feed = new DOMParser({ errorHandler: (level, message) => assert.fail(`${level}: ${message}`) }).parseFromString(await read(address), "text/xml").documentElement;
      // §4.1.1: one id, one title, one updated; at most one self, and one alternate of a type and language.
      for (const name of ["id", "title", "updated"]) assert.equal(children(feed, name).length, 1, `${name} of ${address}`);
      assert.ok(children(feed, "author").length > 0);
      assert.equal(links(feed, "self").length, 1);
      const alternates = links(feed, "alternate").map((link) => link.getAttribute("type") + link.getAttribute("hreflang"));
      assert.equal(new Set(alternates).size, alternates.length);
      for (const entry of children(feed, "entry")) {
        for (const name of ["id", "title", "updated"]) assert.equal(children(entry, name).length, 1, `${name} of an entry`);
        assert.ok(children(entry, "author").length > 0 && links(entry, "alternate").length > 0);
        assert.ok(children(entry, "summary").length <= 1 && children(entry, "published").length <= 1);
        const types = links(entry, "alternate").map((link) => link.getAttribute("type") + link.getAttribute("hreflang"));
        assert.equal(new Set(types).size, types.length, "alternates of one type and language");
        for (const date of [...children(entry, "updated"), ...children(entry, "published")]) assert.match(date.textContent, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/);
        seen.push(children(entry, "id")[0].textContent);
      }
      // RFC 5005 §3: at most one link of each relation, and the same first and last on each page.
      const relation = (rel) => {
        assert.ok(links(feed, rel).length <= 1, rel);
        return links(feed, rel)[0]?.getAttribute("href") ?? null;
      };
      first ??= relation("first");
      last ??= relation("last");
      assert.ok(first && last);
      assert.equal(relation("first"), first);
      assert.equal(relation("last"), last);
      assert.equal(relation("previous"), previous);
      previous = relation("self");
      address = relation("next");
      assert.ok(++pages < 200, "pages without end");
      if (!address) assert.equal(previous, last, "the last page says that it is");
    }
    assert.equal(new Set(seen).size, seen.length, `an entry twice in ${query}`);
    const { total } = await (await fetch(`${site.address}/api/v1/datasets?${query}`)).json();
    assert.equal(seen.length, total, query);
  }
});
