// jsonld.js and our reader of JSON-LD on the same documents: the same quads, named graphs too, up to the names of blank nodes.
import { test } from "node:test";
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import jsonld from "jsonld";

const reader = process.env.RDF_NQUADS; // tests/rdf/rdf_nquads.cpp
const fixtures = process.env.MOISSON_FIXTURES ?? "";
const skip = !reader ? "there is no rdf_nquads" : existsSync(fixtures) ? false : "the fixtures are not here";
const packed = skip || (spawnSync("zstd", ["--version"]).error ? "there is no zstd" : false);

// Documents, by their place in the fixtures, of which the two say different things, and why. Where jsonld.js is said to be wrong,
// what the suite expects is what ours gives.
const differences = {
  "w3c/json-ld-api/tests/toRdf/c037-in.jsonld": "jsonld.js leaves out the context of a term that stands for @nest",
  "w3c/json-ld-api/tests/toRdf/c038-in.jsonld": "jsonld.js leaves out the context of a term that stands for @nest",
  "w3c/json-ld-api/tests/toRdf/di10-in.jsonld": "jsonld.js writes language tags in lower case, as it may",
  "w3c/json-ld-api/tests/toRdf/di12-in.jsonld": "jsonld.js writes language tags in lower case, as it may",
  "w3c/json-ld-api/tests/toRdf/e111-in.jsonld": "jsonld.js gives an IRI with two fragments",
  "w3c/json-ld-api/tests/toRdf/e112-in.jsonld": "jsonld.js gives an IRI with two fragments",
  "w3c/json-ld-api/tests/toRdf/li12-in.jsonld": "jsonld.js gives an IRI with angle brackets",
  "w3c/json-ld-api/tests/toRdf/li14-in.jsonld": "jsonld.js breaks off at a list that holds a relative reference",
  "w3c/json-ld-api/tests/toRdf/wf05-in.jsonld": "jsonld.js gives a language tag that is none",
  "dcat/SEMICeu__DCAT-AP/releases/3.0.0/context/dcat-ap.jsonld": "ours takes compact IRIs defined as another IRI, as JSON-LD 1.0 did",
  "dcat/SEMICeu__DCAT-AP/releases/3.0.0-hvd/context/hvd.jsonld": "ours takes compact IRIs defined as another IRI, as JSON-LD 1.0 did",
};

// Characters of a document. RDFC-1.0 takes many seconds for the blank nodes of a longer one: they are compared without their names.
const longestNamed = 300_000;
// jsonld.js itself takes many seconds beyond this.
const longest = 1_500_000;

const run = (words, input) => spawnSync(reader, words, { input, maxBuffer: 1 << 30 });

// The contexts that are inside our program, and nothing else.
const documentLoader = async (address) => {
  const context = run(["context", address]);
  assert.equal(context.status, 0, context.stderr.toString());
  return { contextUrl: null, documentUrl: address, document: JSON.parse(context.stdout) };
};

// What is not strict keeps IRIs that blanks stand in, for the graph to mend; to jsonld.js they are relative, and left out.
const term = String.raw`(?:<[^>]*>|_:\S+|"(?:[^"\\]|\\.)*"\S*) `;
const holdsBlankInIri = new RegExp(String.raw`^(?:${term})*?<[^>]*\\u00(?:20|09|0A|0D)`);

// Null: refused.
function ours(text, base, strict) {
  const read = run(["read", base, ...(strict ? ["strict"] : [])], text);
  assert.ok(read.status === 0 || read.status === 1, `rdf_nquads: ${read.error ?? read.stderr}`);
  if (read.status === 1) return null;
  return read.stdout.toString().split("\n").filter((line) => line && !holdsBlankInIri.test(line));
}

async function theirs(text, base) {
  try {
    const quads = await jsonld.toRDF(JSON.parse(text), { base, documentLoader, format: "application/n-quads" });
    return quads.split("\n").filter(Boolean);
  } catch {
    return null;
  }
}

// With one name for each blank node, whatever it was called: beyond reach for long documents.
const named = async (lines) => {
  const canonical = { inputFormat: "application/n-quads", algorithm: "RDFC-1.0", canonizeOptions: { maxWorkFactor: 2 } };
  return (await jsonld.canonize(lines.join("\n"), canonical)).trimEnd().split("\n");
};

// Without those names. jsonld.js escapes characters that N-Triples leaves as they are (RDF 1.1 N-Triples §4).
const plain = { "\\t": "\t", "\\b": "\b", "\\f": "\f" };
const character = (escape, code) => plain[escape] ?? (code ? String.fromCharCode(parseInt(code, 16)) : escape);
const nameless = (lines) =>
  [...new Set(lines)].map((line) => line.replace(/(?<=^| )_:\S+/g, "_:").replace(/\\(?:u([0-9A-F]{4})|.)/gi, character)).sort();

// The first lines of `some` that are not in `others`.
const without = (some, others) => {
  const known = new Set(others);
  return some.filter((line) => !known.has(line)).slice(0, 5);
};

// "named" or "nameless": the same quads, by that form of them; "refused": by both; else what differs.
async function compare(text, base, strict) {
  const [one, other] = [ours(text, base, strict), await theirs(text, base)];
  if (!one && !other) return "refused";
  if (!one || !other) return `only ${one ? "ours" : "jsonld.js"} reads it`;
  const form = text.length <= longestNamed ? named : nameless;
  const left = await form(one);
  let right;
  try {
    right = await form(other);
  } catch (error) {
    return `of jsonld.js: ${error.message}`;
  }
  if (left.join("\n") === right.join("\n")) return form === named ? "named" : "nameless";
  return ["only ours:", ...without(left, right), "only jsonld.js:", ...without(right, left)].join("\n");
}

// `documents`: {name, text, base}. Prints and returns how many ended how; fails by the names of those that differ untold.
async function compareAll(t, documents, strict) {
  const counts = { named: 0, nameless: 0, refused: 0, different: 0, tooLong: 0 };
  const untold = [];
  for (const { name, text, base } of documents) {
    if (text.length > longest) {
      ++counts.tooLong;
      continue;
    }
    const outcome = await compare(text, base, strict);
    if (outcome in counts !== name in differences) ++counts[outcome in counts ? outcome : "different"];
    else untold.push(`${name}: ${outcome in counts ? "alike now, take it from the table" : outcome}`);
  }
  t.diagnostic(
    `${counts.named} documents give the same quads, ${counts.nameless} long ones the same but for blank nodes' names, ` +
      `${counts.different} differ as the table says; both refuse ${counts.refused}; ${counts.tooLong} are too long`,
  );
  assert.deepEqual(untold, []);
  return counts;
}

const files = (folder) =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.json(ld)?$/.test(entry.name))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort();

// Those that name or hold a context, named by their places below `root`.
const documentsIn = (folder, root) =>
  files(folder)
    .map((path) => ({ name: relative(root, path), text: readFileSync(path, "utf8"), base: "http://example.org/feed" }))
    .filter(({ text }) => text.includes('"@context"'));

// Both refuse contexts that stand beside the suite's documents.
test("the documents of the W3C's suite, strictly", { skip }, async (t) => {
  const suite = "w3c/json-ld-api/tests";
  const { sequence } = JSON.parse(readFileSync(join(fixtures, suite, "toRdf-manifest.jsonld"), "utf8"));
  const documents = sequence
    .filter(({ expect }) => expect)
    .map(({ input, option }) => ({
      name: `${suite}/${input}`,
      text: readFileSync(join(fixtures, suite, input), "utf8"),
      base: option?.base ?? `https://w3c.github.io/json-ld-api/tests/${input}`,
    }));
  const counts = await compareAll(t, documents, true);
  assert.ok(counts.named > 300);
});

test("the feeds", { skip }, async (t) => {
  const counts = await compareAll(t, documentsIn(join(fixtures, "dcat"), fixtures), false);
  assert.ok(counts.named > 50);
});

test("the catalogs of portals in data.json", { skip: packed }, async (t) => {
  const place = mkdtempSync(join(tmpdir(), "moisson-"));
  t.after(() => rmSync(place, { recursive: true }));
  for (const name of ["us-federal-datajson/datajson", "arcgis-hub-datajson/latest"]) {
    const archive = join(fixtures, "catalogs", `${name}.tar.zst`);
    const unpacked = spawnSync("tar", ["--use-compress-program=zstd", "-xf", archive, "-C", place]);
    assert.equal(unpacked.status, 0, `${unpacked.error ?? unpacked.stderr}`);
  }
  const counts = await compareAll(t, documentsIn(place, place), false);
  assert.ok(counts.named > 40 && counts.nameless > 20);
});
