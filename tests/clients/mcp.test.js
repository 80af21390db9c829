// The official SDK of the Model Context Protocol, over its streamable HTTP transport.
import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { demo } from "../browser/program.js";

let site, client;
before(async () => {
  site = await demo();
  client = new Client({ name: "moisson-test", version: "1" });
  await client.connect(new StreamableHTTPClientTransport(new URL(`${site.address}/mcp`)));
});
after(async () => {
  await client?.close();
  await site?.stop();
});

test("the SDK connects and lists the tools", async () => {
  assert.equal(client.getServerVersion().name, "moisson");
  const { tools } = await client.listTools();
  const names = tools.map((tool) => tool.name);
  for (const name of ["search_datasets", "read_dataset", "list_sources"]) assert.ok(names.includes(name), name);
});

test("the SDK searches, and reads what it found", async () => {
  const found = await client.callTool({ name: "search_datasets", arguments: { q: "eau", page_size: 3 } });
  assert.ok(!found.isError);
  assert.ok(found.structuredContent.total > 0);
  const read = await client.callTool({ name: "read_dataset", arguments: { id: found.structuredContent.results[0].id } });
  assert.equal(read.structuredContent.id, found.structuredContent.results[0].id);
  assert.ok(read.structuredContent.record.title);
});

test("the SDK is told of errors", async () => {
  const missing = await client.callTool({ name: "read_dataset", arguments: { id: "none" } });
  assert.ok(missing.isError);
  await assert.rejects(client.callTool({ name: "no_such_tool", arguments: {} }), /no such tool/);
});
