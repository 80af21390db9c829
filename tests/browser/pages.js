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
