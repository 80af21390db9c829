// usage: node shacl_bench.js http://HOST:PORT FIXTURES
// How many of a served catalog's records conform to DCAT-AP 3.0.0, and what makes the others invalid.
import { join } from "node:path";
import { lacksMandatory, parse, told, validator, violationsByRecord } from "./shacl.js";

const [site, fixtures] = process.argv.slice(2);
const shapes = validator(join(fixtures, "dcat/SEMICeu__DCAT-AP/releases/3.0.0/shacl/dcat-ap-SHACL.ttl"));
const next = "http://www.w3.org/ns/hydra/core#next";
let records = 0, complete = 0, conforming = 0;
const causes = new Map();

for (let address = `${site}/catalog.ttl`; address; ) {
  const page = parse(await (await fetch(address)).text());
  for (const [record, violations] of await violationsByRecord(shapes, page)) {
    if (record) ++records;
    const others = violations.filter((violation) => !lacksMandatory(violation));
    if (record && violations.length === others.length) ++complete;
    if (record && violations.length === 0) ++conforming;
    for (const violation of violations) {
      const cause = told(violation).split(" of ")[0];
      const known = causes.get(cause) ?? { count: 0, example: told(violation) };
      causes.set(cause, { ...known, count: known.count + 1 });
    }
  }
  address = page.getObjects(null, next, null)[0]?.value;
}
console.log(`${records} records, ${complete} carry the mandatory properties, ${conforming} conform: ${((100 * conforming) / complete).toFixed(2)} % of those that carry them`);
for (const [cause, { count, example }] of [...causes].sort((a, b) => b[1].count - a[1].count)) console.log(`  ${count} × ${cause}; the first: ${example}`);
