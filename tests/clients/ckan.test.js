// Clients of CKAN's Action API from npm: okfn's ckan.js, by POST with JSON; what PortalJS's front-ends ask by GET; and its
// CkanRequest, by both.
import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import CKAN from "ckan";
import * as portaljs from "@portaljs/ckan";
import CkanApi from "@portaljs/ckan-api-client-js";
import { demo } from "../browser/program.js";

const { default: CkanRequest, CkanRequestError } = CkanApi;

let site, client, portal;
before(async () => {
  site = await demo();
  client = new CKAN.Client(site.address);
  portal = new portaljs.CKAN(site.address);
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

test("PortalJS lists data sets, and shows each with its resources", async () => {
  const names = await portal.getDatasetsList();
  const listed = await portal.getDatasetsListWithDetails({ offset: 0, limit: 20 });
  assert.equal(listed.length, 20);
  for (const { name, num_resources } of listed) {
    assert.ok(names.includes(name));
    const shown = await portal.getDatasetDetails(name);
    assert.equal(shown.resources.length, num_resources);
    for (const { id } of shown.resources.slice(0, 2)) assert.equal((await portal.getResourceMetadata(id)).package_id, name);
  }
  await assert.rejects(portal.getDatasetDetails("none"), /Could not find/);
});

test("PortalJS narrows a search by publishers, themes, tags and formats as its filters count them", async () => {
  const all = await portal.packageSearch({ offset: 0, limit: 0, tags: [], orgs: [], groups: [] });
  const organizations = await portal.getOrgsWithDetails(true);
  assert.equal(organizations.length, (await portal.getOrgList()).length);
  const [largest, second] = organizations;
  const of = async (options) => (await portal.packageSearch({ offset: 0, limit: 10, tags: [], orgs: [], groups: [], ...options })).count;
  assert.equal(await of({ orgs: [largest.name] }), largest.package_count);
  assert.equal(await of({ orgs: [largest.name, second.name] }), largest.package_count + second.package_count);
  for (const { name, package_count } of await portal.getGroupsWithDetails()) {
    const count = await of({ groups: [name] });
    assert.equal(count, package_count, name);
    assert.ok(count > 0 && count < all.count, name);
    assert.ok((await of({ groups: [name], orgs: [largest.name] })) <= count);
  }
  for (const format of (await portal.getFacetFields("res_format")).slice(0, 5)) assert.ok((await of({ resFormat: [`"${format}"`] })) > 0, format);
  for (const { name } of (await portal.getAllTags()).slice(0, 5)) assert.ok((await of({ tags: [`"${name}"`] })) > 0, name);
  const newest = await portal.packageSearch({ offset: 0, limit: 20, tags: [], orgs: [], groups: [], sort: "metadata_modified desc", query: "eau" });
  const dates = newest.datasets.map((dataset) => dataset.metadata_modified);
  assert.deepEqual(dates, [...dates].sort().reverse());
  assert.equal((await portal.getOrgDetails(largest.name)).title, largest.title);
});

test("CkanRequest reads by GET and POST, and names errors by CKAN's types", async () => {
  const options = { ckanUrl: site.address, apiKey: "a-key-of-another-portal" };
  const got = await CkanRequest.get("package_search?q=eau&rows=3", options);
  const posted = await CkanRequest.post("package_search", { ...options, json: { q: "eau", rows: 3 } });
  assert.ok(got.success && got.result.count > 0);
  assert.deepEqual(posted.result, got.result);
  const silent = console.error;
  console.error = () => {};  // it prints every error beside throwing it
  try {
    await assert.rejects(CkanRequest.get("package_show?id=none", options), (error) => error instanceof CkanRequestError && error.error.__type === "Not Found Error");
    await assert.rejects(CkanRequest.get("package_search?rows=-1", options), (error) => error.error.__type === "Validation Error" && /"rows"/.test(error.message));
  } finally {
    console.error = silent;
  }
});
