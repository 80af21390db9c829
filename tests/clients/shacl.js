// DCAT-AP's SHACL shapes over exported documents: which records conform, and which value makes another one invalid.
import { readFileSync } from "node:fs";
import { Parser, Store } from "n3";
import SHACLValidator from "rdf-validate-shacl";

const topic = "http://xmlns.com/foaf/0.1/primaryTopic";
// What a record must carry (DCAT-AP 3.0, mandatory properties): nobody but its publisher can supply them.
const mandatory = new Set([
  "http://purl.org/dc/terms/title",
  "http://purl.org/dc/terms/description",
  "http://www.w3.org/ns/dcat#accessURL",
  "http://www.w3.org/ns/dcat#endpointURL",
  "http://xmlns.com/foaf/0.1/name",
]);

export function validator(...files) {
  const shapes = new Store();
  for (const file of files) shapes.addQuads(new Parser().parse(readFileSync(file, "utf8")));
  return new SHACLValidator(shapes);
}

export function parse(document, format = "Turtle") {
  return new Store(new Parser({ format }).parse(document));
}

// A violation in one line, with the value that makes it.
export function told(violation) {
  const path = violation.path?.value ?? "";
  const rule = violation.sourceConstraintComponent.value.replace(/.*#|ConstraintComponent$/g, "");
  return `${rule} ${path.replace(/.*[/#]/, "")} of ${violation.focusNode.value}: ${violation.value?.value ?? "(absent)"}`;
}

// Of each record of a page (what a catalog record is about): its violations; those of no record are under "".
export async function violationsByRecord(shapes, page) {
  const records = page.getObjects(null, topic, null);
  const ids = new Set(records.map((record) => record.id));
  const owner = new Map();
  for (const record of records) {
    const waiting = [record];
    while (waiting.length > 0) {
      const node = waiting.pop();
      if (owner.get(node.id)?.has(record.id)) continue;
      owner.set(node.id, (owner.get(node.id) ?? new Set()).add(record.id));
      for (const object of page.getObjects(node, null, null))
        if (object.termType !== "Literal" && !ids.has(object.id)) waiting.push(object);
    }
  }
  for (const quad of page.getQuads(null, topic, null))
    owner.set(quad.subject.id, (owner.get(quad.subject.id) ?? new Set()).add(quad.object.id));
  const found = new Map(records.map((record) => [record.value, []]));
  const report = await shapes.validate(page);
  for (const violation of report.results) {
    if (!violation.severity.value.endsWith("Violation")) continue;
    for (const name of owner.get(idOf(violation.focusNode)) ?? [""]) found.set(name, [...(found.get(name) ?? []), violation]);
  }
  return found;
}

function idOf(term) {
  return term.termType === "BlankNode" ? `_:${term.value}` : term.value;
}

// Whether all that is wrong is that something mandatory was never given.
export function lacksMandatory(violation) {
  return violation.sourceConstraintComponent.value.endsWith("MinCountConstraintComponent") && mandatory.has(violation.path?.value);
}
