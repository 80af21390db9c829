// okfn's ckan.js: the Action API by POST with JSON, as portals and scripts of CKAN's own community speak it.
import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import CKAN from "ckan";
import { demo } from "../browser/program.js";

let site, client;
before(async () => {
  site = await demo();
  client = new CKAN.Client(site.address);
});
after(() => site?.stop());

const action = (name, data) =>
  new Promise((resolve, reject) =>
    client.action(name, data, (error, body) => (error ? reject(new Error(error)) : resolve(body.result))));

test("ckan.js searches, with counts", async () => {
  const found = await action("dataset_search", { q: "eau", rows: 5, "facet.field": ["res_format"] });
  assert.ok(found.count > 0);
  assert.ok(found.results.length <= 5);
  for (const dataset of found.results) {
    assert.equal(dataset.name, dataset.id);
    assert.ok(dataset.resources.every((resource) => resource.package_id === dataset.id));
  }
  assert.ok(found.search_facets.res_format.items.length > 0);
});

test("ckan.js reads every page of the catalog once", async () => {
  const seen = new Set();
  const { count } = await action("dataset_search", { rows: 0 });
  for (let start = 0; start < count; start += 100)
    for (const dataset of (await action("dataset_search", { rows: 100, start, sort: "id asc" })).results) seen.add(dataset.id);
  assert.equal(seen.size, count);
  assert.deepEqual(new Set(await action("dataset_list", {})), seen);
});

test("ckan.js shows a data set, its publisher and its themes", async () => {
  const [first] = (await action("dataset_search", { rows: 1 })).results;
  const shown = await action("dataset_show", { id: first.id });
  assert.equal(shown.title, first.title);
  const organization = await action("organization_show", { id: shown.organization.name });
  assert.equal(organization.title, shown.organization.title);
});

test("ckan.js is told of errors in CKAN's words", async () => {
  await assert.rejects(action("dataset_show", { id: "none" }), /404[\s\S]*Not Found Error/);
  await assert.rejects(action("dataset_create", { name: "x" }), /400/);
});
