// Every page of the demo, by the name that a failing test is told by.
async function first(address, query) {
  const answer = await fetch(`${address}/api/v1/datasets?page_size=1&${query}`);
  return (await answer.json()).results[0].id;
}

export async function pages(address) {
  const dataset = await first(address, "q=zones%20inondables");
  const service = await first(address, "type=service");
  return [
    { name: "home", path: "/" },
    { name: "results", path: "/datasets?q=eau" },
    { name: "results with filters", path: "/datasets?q=eau&open=yes&facet=publisher&modified_from=2015-01-01" },
    { name: "results of a territory", path: "/datasets?territory=fr:region:93&territory_match=any&facet=territory" },
    { name: "whole catalogue", path: "/datasets?page=2&sort=title" },
    { name: "corrected query", path: "/datasets?q=zones+innondables" },
    { name: "nothing found", path: "/datasets?q=xyzzyqw+plugh" },
    { name: "data set", path: `/datasets/${dataset}` },
    { name: "data service", path: `/datasets/${service}` },
    { name: "publisher", path: "/publishers/ville-de-paris" },
    { name: "theme", path: "/themes/ENVI" },
    { name: "sources", path: "/sources" },
    { name: "source", path: "/sources/communes" },
    { name: "job", path: "/jobs/1" },
    { name: "job, all records", path: "/jobs/2?outcome=all" },
    { name: "statistics", path: "/stats" },
    { name: "reuse guide", path: "/reuse" },
    { name: "help", path: "/help" },
    { name: "about", path: "/about" },
    { name: "accessibility", path: "/accessibility" },
    { name: "wrong address", path: "/datasets/none", status: 404 },
    { name: "wrong query", path: "/datasets?modified_from=hier", status: 400 },
  ];
}

// The pages of those who look after portals, of a catalog that care.js opened: it registers, harvests and asks as people do.
export async function carePages(site, portal) {
  const token = (await site.run("token", "add", "ada@example.org", "--name", "pages", "--role", "administrator")).trim().split("\n")[0];
  const ask = async (method, path, body) => {
    const answer = await fetch(`${site.address}/api/v1${path}`, {
      method,
      headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
      body: body && JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${await answer.text()}`);
    return answer.json();
  };
  const until = async (path, done) => {
    for (;;) {
      const told = await ask("GET", path);
      if (done(told)) return told;
      await new Promise((resolve) => setTimeout(resolve, 50)); // a client has its share of requests
    }
  };
  const register = (id, title, state) => ask("POST", "/sources", { id, title, kind: "ckan", url: portal.url, schedule: "manual", grace_h: 48, state });
  const harvest = async (id) => {
    const { id: job } = await ask("POST", `/sources/${id}/harvest?full=true`);
    return (await until(`/jobs/${job}`, ({ outcome }) => outcome !== "running")).id;
  };
  await register("tulle", "Données de Tulle", "submitted");
  await register("brive", "Données de Brive", "submitted");
  await ask("PATCH", "/sources/brive", { state: "active" });
  await harvest("brive");
  const records = (await until("/datasets?source=brive", ({ total }) => total === 30)).results.map(({ id }) => id);
  await ask("POST", `/records/${records[0]}/withdraw`);
  await ask("POST", `/records/${records[1]}/refresh`);
  await until(`/records/${records[1]}/refresh`, ({ state }) => state !== "reading");
  const { id: plan } = await ask("POST", "/sources/preview", { source: "brive" });
  await until(`/plans/${plan}`, ({ state }) => state === "ready");
  portal.drop(12);
  const held = await harvest("brive");
  return [
    { name: "portals, signed in", path: "/sources" },
    { name: "kind of portal", path: "/sources/new" },
    { name: "description of a portal", path: "/sources/new?kind=ckan" },
    {
      name: "description with a fault",
      path: "/sources/new?kind=ckan&url=https://portail.example",
      before: async (page) => {
        await page.locator("[name=id]").fill("mende");
        await page.locator("[name=title]").fill("Mende");
        await page.locator("[name=schedule]").fill("often");
        await page.locator("main form button").click();
        await page.locator("[aria-invalid=true]").first().waitFor();
      },
    },
    { name: "portal that waits for its acceptance", path: "/sources/tulle" },
    { name: "portal with a held run", path: "/sources/brive" },
    { name: "settings", path: "/sources/brive/settings" },
    { name: "plan", path: `/plans/${plan}` },
    { name: "held job", path: `/jobs/${held}` },
    { name: "held job, all records", path: `/jobs/${held}?outcome=all` },
    { name: "record side by side", path: `/records/${records[1]}` },
    { name: "record that is gone", path: `/records/${records[0]}` },
    { name: "account", path: "/account" },
    { name: "people", path: "/people" },
    { name: "audit", path: "/audit" },
  ];
}
