// The documentation: Swagger UI sends a request from Chromium under the page's own policy; every described answer is what it is
// described to be; every example of the reuse guide runs as it stands.
import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Ajv from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { chromium } from "playwright-core";
import { DOMParser } from "@xmldom/xmldom";
import { demo } from "../browser/program.js";

let site, browser, description;
before(async () => {
  site = await demo();
  description = await (await fetch(`${site.address}/openapi.json`)).json();
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ["--no-sandbox"] });
});
after(async () => {
  await browser?.close();
  await site?.stop();
});

test("Swagger UI executes a request under the page's content security policy", async () => {
  const policy = (await fetch(`${site.address}/docs`)).headers.get("content-security-policy");
  assert.doesNotMatch(policy, /unsafe/);
  const page = await browser.newPage();
  const complaints = [];
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("request", (request) => request.url().startsWith(site.address) || request.url().startsWith("data:") || complaints.push(`asked ${request.url()}`));
  await page.goto(`${site.address}/docs`);
  const operation = page.locator("#operations-catalog-get_datasets");
  await operation.locator(".opblock-summary-control").click();
  await operation.getByRole("button", { name: "Try it out" }).click();
  const [answer] = await Promise.all([
    page.waitForResponse((response) => new URL(response.url()).pathname === "/api/v1/datasets"),
    operation.getByRole("button", { name: "Execute" }).click(),
  ]);
  assert.equal(answer.status(), 200);
  assert.ok((await answer.json()).total > 0);
  await operation.locator(".live-responses-table .response-col_status").filter({ hasText: "200" }).waitFor();
  assert.deepEqual(complaints, []);
  await page.close();
});

// What the description names is all that there is.
function closed(schema) {
  if (Array.isArray(schema)) return schema.map(closed);
  if (schema === null || typeof schema !== "object") return schema;
  const made = Object.fromEntries(Object.entries(schema).map(([name, value]) => [name, closed(value)]));
  if (made.type === "object" && made.properties && made.additionalProperties === undefined) made.additionalProperties = false;
  return made;
}

test("every operation answers its example as described", async () => {
  const ajv = addFormats(new Ajv({ strict: false, allErrors: true }));
  const schemas = closed(description.components.schemas);
  ajv.addSchema({ $id: "moisson:", components: { schemas } });
  const faults = [];
  let run = 0;
  for (const [pattern, operations] of Object.entries(description.paths))
    for (const [method, operation] of Object.entries(operations)) {
      const ok = operation.responses["200"];
      const closed_to_strangers = operation.security && operation.security.every((way) => Object.keys(way).length > 0);
      if (!ok || closed_to_strangers) continue;
      const query = new URLSearchParams();
      let path = pattern;
      let whole = true;
      for (const parameter of operation.parameters) {
        if (parameter.example === undefined) {
          whole &&= !parameter.required;
          continue;
        }
        for (const value of [parameter.example].flat())
          parameter.in === "path" ? (path = path.replace(`{${parameter.name}}`, encodeURIComponent(value))) : query.append(parameter.name, value);
      }
      const body = operation.requestBody?.content["application/json"]?.example;
      if (!whole || (method !== "get" && !body)) continue;
      const answer = await fetch(`${site.address}${path}?${query}`, method === "get" ? {} : { method: method.toUpperCase(), headers: { "Content-Type": "application/json", Accept: "application/json, text/event-stream" }, body: JSON.stringify(body) });
      ++run;
      if (answer.status === 401 && operation.security) continue; // it asks for a key
      const [[type, content]] = Object.entries(ok.content);
      const text = await answer.text();
      const wrong = (what) => faults.push(`${method} ${path}?${query}: ${what}`);
      if (answer.status !== 200) {
        wrong(answer.status);
        continue;
      }
      if (type !== "*/*" && answer.headers.get("content-type").split(";")[0] !== type) wrong(answer.headers.get("content-type"));
      if (!content.schema) continue;
      const validate = ajv.compile({ $ref: `moisson:${content.schema.$ref}` });
      if (!validate(JSON.parse(text))) wrong(JSON.stringify(validate.errors.slice(0, 3)));
    }
  assert.deepEqual(faults, []);
  assert.ok(run > 40, `${run} examples`);
});

test("every error of the documentation has an example of its own schema", () => {
  const ajv = addFormats(new Ajv({ strict: false }));
  ajv.addSchema({ $id: "moisson:", components: description.components });
  let examples = 0;
  const check = (response, where) => {
    assert.ok(Object.keys(response.content).length > 0, where);
    for (const content of Object.values(response.content)) {
      const validate = ajv.compile({ $ref: `moisson:${content.schema.$ref}` });
      assert.ok(Object.keys(content.examples).length > 0, where);
      for (const example of Object.values(content.examples)) assert.ok(validate(example.value), `${where}: ${example.summary}`);
      examples += Object.keys(content.examples).length;
    }
  };
  for (const [pattern, operations] of Object.entries(description.paths))
    for (const operation of Object.values(operations))
      for (const [status, response] of Object.entries(operation.responses)) if (/^[45]/.test(status)) check(response, `${status} of ${pattern}`);
  check(description.components.responses.Problem, "any error");
  assert.ok(examples > 30, `${examples} examples`);
});

test("every example of the reuse guide runs as it stands", async () => {
  const html = await (await fetch(`${site.address}/reuse?lang=en`)).text();
  const page = new DOMParser().parseFromString(html.replace(/^<!DOCTYPE html>/, ""), "text/xml");
  const examples = Array.from(page.getElementsByTagName("pre"));
  const directory = mkdtempSync(join(tmpdir(), "moisson-reuse-"));
  const programs = { sh: ["bash", ["-e"]], python: ["python3", []], javascript: [process.execPath, ["--input-type=module"]] };
  const ran = new Set();
  for (const example of examples) {
    const language = example.getAttribute("data-run");
    const file = join(directory, "example");
    writeFileSync(file, example.textContent);
    const [program, words] = programs[language];
    const done = language === "javascript" ? spawnSync(program, words, { input: example.textContent, cwd: directory }) : spawnSync(program, [...words, file], { cwd: directory });
    assert.equal(done.status, 0, `${example.textContent}\n${done.stderr}`);
    ran.add(language);
  }
  rmSync(directory, { recursive: true });
  assert.deepEqual([...ran].sort(), ["javascript", "python", "sh"]);
});
