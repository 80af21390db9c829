// The program under test, in a process of its own on a free port of the loopback interface.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import {mkdtemp, readdir, readFile, rm, writeFile} from 'node:fs/promises';
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const program = process.env.MOISSON_PROGRAM;

export function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer().on("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

// Resolves once the program says that it listens, to its address and what stops it.
function serving(...words) {
  const child = spawn(program, words, { stdio: ["ignore", "pipe", "pipe"] });
  const ended = new Promise((resolve) => child.once("exit", resolve));
  return new Promise((resolve, reject) => {
    let out = "";
    let log = "";
    let stopping = false;
    const stop = async () => {
      stopping = true;
      child.kill('SIGTERM');
      assert.equal(await ended, 0, log.slice(-4000));  // a sanitizer that found something ends it otherwise
    };
    child.stderr.on('data', (bytes) => (log += bytes));
    child.stdout.on("data", (bytes) => {
      const address = /listening on (http:\S+)/.exec((out += bytes))?.[1];
      if (address) resolve({address, log: () => log, stop});
    });
    child.once("error", reject);
    child.once('exit', (code, signal) => {
      const end = `${program} ${words[0]} ended by itself: ${signal ?? code}\n${log.slice(-4000)}`;
      if (!stopping) console.error(end); // tests that run now fail with no more than a refused connection
      reject(new Error(end));
    });
  });
}

export async function demo() {
  return serving("demo", "--listen", `127.0.0.1:${await freePort()}`);
}

// A catalog of one CKAN portal, harvested and served.
export async function catalogOf(portal) {
  const directory = await mkdtemp(join(tmpdir(), "moisson-browser-"));
  const listen = `127.0.0.1:${await freePort()}`;
  const file = join(directory, "moisson.toml");
  await writeFile(file, `[catalog]
data_dir = "${directory}/data"
base_url = "http://${listen}"
[server]
listen = "${listen}"
[harvest]
allow_networks = ["127.0.0.0/8"]
[[source]]
id = "hostile"
title = ${JSON.stringify(portal.title)}
kind = "ckan"
url = "${portal.address}"
schedule = "manual"
`);
  const harvest = spawn(program, ["harvest", "--config", file], { stdio: "ignore" });
  const code = await new Promise((resolve) => harvest.once("exit", resolve));
  if (code !== 0 && code !== 2) throw new Error(`the harvest ended with ${code}`);
  const { address, stop } = await serving("serve", "--config", file);
  return { address, stop: () => stop().then(() => rm(directory, { recursive: true })) };
}

// Runs a command to its end; what it prints.
function finished(...words) {
  const child = spawn(program, words, {stdio: ['ignore', 'pipe', 'inherit']});
  let out = '';
  child.stdout.on('data', (bytes) => (out += bytes));
  return new Promise(
      (resolve, reject) =>
          child.once('exit', (code) => (code === 0 ? resolve(out) : reject(new Error(`${words}: ${code}`)))));
}

// What a command prints in all, however it ends.
function said(...words) {
  const child = spawn(program, words, {stdio: ['ignore', 'pipe', 'pipe']});
  let out = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes) => (out += bytes));
  return new Promise((resolve) => child.once('close', () => resolve(out)));
}

// An empty catalog on this port, with these files beside its configuration, after these commands. `dataFiles` reads every
// file of its data directory.
export async function openCatalog({port, configuration, files = {}, commands = []}) {
  const directory = await mkdtemp(join(tmpdir(), 'moisson-browser-'));
  const file = join(directory, 'moisson.toml');
  for (const [name, text] of Object.entries(files)) await writeFile(join(directory, name), text);
  await writeFile(file, `[catalog]
data_dir = "data"
base_url = "http://127.0.0.1:${port}"
[server]
listen = "127.0.0.1:${port}"
${configuration}`);
  const run = (command, verb, ...words) => finished(command, '--config', file, verb, ...words);
  for (const words of commands) await run(...words);
  const {address, log, stop} = await serving('serve', '--config', file);
  const remove = () => rm(directory, {recursive: true});
  const dataFiles = async () => {
    const entries = await readdir(join(directory, 'data'), {recursive: true, withFileTypes: true});
    return Promise.all(entries.filter((entry) => entry.isFile()).map(async (entry) => {
      const path = join(entry.parentPath ?? entry.path, entry.name);
      return {name: entry.name, bytes: await readFile(path, 'latin1')};
    }));
  };
  return {address, directory, log, run, said: (command, ...words) => said(command, '--config', file, ...words), dataFiles, remove, stop: (clean = true) => stop().then(() => clean && remove())};
}

const patience = 60_000;  // milliseconds

// What `what` gives once it gives something; fails with `told` if that takes too long.
export async function until(what, told) {
  const end = Date.now() + patience;
  for (;;) {
    const found = await what();
    if (found) return found;
    assert.ok(Date.now() < end, told);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
