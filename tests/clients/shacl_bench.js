// usage: node shacl_bench.js http://HOST:PORT FIXTURES
// How many of a served catalog's records conform to DCAT-AP 3.0.0 on the pages of the catalog, and each as a document of its own;
// and what makes the others invalid.
import { join } from "node:path";
import { lacksMandatory, parse, told, validator, violationsByRecord } from "./shacl.js";

const [site, fixtures] = process.argv.slice(2);
const shapes = validator(join(fixtures, "dcat/SEMICeu__DCAT-AP/releases/3.0.0/shacl/dcat-ap-SHACL.ttl"));
const next = "http://www.w3.org/ns/hydra/core#next", topic = "http://xmlns.com/foaf/0.1/primaryTopic";

class Tally {
  records = 0;
  complete = 0;
  conforming = 0;
  causes = new Map();

  // "" is what belongs to no record.
  add(record, violations) {
    if (record) ++this.records;
    if (record && !violations.some(lacksMandatory)) ++this.complete;
    if (record && violations.length === 0) ++this.conforming;
    for (const violation of violations) {
      const cause = told(violation).split(" of ")[0];
      const known = this.causes.get(cause) ?? { count: 0, example: told(violation) };
      this.causes.set(cause, { ...known, count: known.count + 1 });
    }
  }

  print(name) {
    const { records, complete, conforming } = this;
    console.log(`${name}: ${records} records, ${complete} carry the mandatory properties, ${conforming} conform: ${((100 * conforming) / complete).toFixed(2)} % of those that carry them`);
    for (const [cause, { count, example }] of [...this.causes].sort((a, b) => b[1].count - a[1].count)) console.log(`  ${count} × ${cause}; the first: ${example}`);
  }
}

const document = async (address) => parse(await (await fetch(address)).text());
const pages = new Tally(), documents = new Tally();
for (let address = `${site}/catalog.ttl`; address; ) {
  const page = await document(address);
  for (const [record, violations] of await violationsByRecord(shapes, page)) pages.add(record, violations);
  for (const { subject, object } of page.getQuads(null, topic, null)) {
    if (!subject.value.startsWith(site)) continue; // a catalog record that came with the record
    const report = await shapes.validate(await document(subject.value.replace(/#record$/, ".ttl")));
    documents.add(object.value, report.results.filter((violation) => violation.severity.value.endsWith("Violation")));
  }
  address = page.getObjects(null, next, null)[0]?.value;
}
pages.print("on pages");
documents.print("as documents");
