// One whole run of the built program with every kind of secret set, against a portal that asks for its key and says it
// back in every form it knows; then everything that anybody can read is searched for them: log, pages, API, feeds, dumps,
// what commands print, and every file of the data directory but the key of the secrets.
import assert from 'node:assert/strict';
import {createHmac} from 'node:crypto';
import {createServer} from 'node:http';
import {createServer as createTcpServer} from 'node:net';
import {after, before, test} from 'node:test';

import {launch, profile} from './browser.js';
import {freePort, openCatalog, until} from './program.js';
import {openProvider} from './provider.js';

const address = process.env.PORTAL_ADDRESS;
// Letters that each form writes differently.
const secrets = {
  entered: 'entered/k+y "of" <Nantes> & co.',
  configured: 'configured/k+y "of" <Angers> & co.',
  password: 'mail/p+ss "word" & co.',
  client: 'the client\'s own secret/+"&',
};

let browser;
before(async () => (browser = await launch()));
after(() => browser?.close());

function forms(secret) {
  const json = JSON.stringify(secret).slice(1, -1);
  const encoded = encodeURIComponent(secret).replace(/['()*!]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
  const html = secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const bytes = Buffer.from(secret);
  return [...new Set([
    secret, json, json.replaceAll('/', '\\/'), encoded, encodeURIComponent(secret), encoded.replace(/%../g, (code) => code.toLowerCase()),
    encoded.replaceAll('%20', '+'), html, html.replaceAll('"', '&quot;').replaceAll('\'', '&#39;'),
    bytes.toString('base64').replaceAll('=', ''), bytes.toString('base64url'), bytes.toString('hex'),
  ])];
}

// A CKAN that wants its key and repeats it: in a record, in a broken one, in refusals and in where it redirects to.
async function openPortal(key) {
  const shown = [];   // the keys that it was shown
  const strayed = [];  // headers that came to where it redirects
  let mood = 'well';
  const elsewhere = createServer((request, response) => {
    strayed.push(JSON.stringify(request.headers));
    response.writeHead(404).end();
  });
  await new Promise((resolve) => elsewhere.listen(0, address, resolve));
  const package_ = (n) => ({
    id: `jeu-${n}`, name: `jeu-${n}`, type: 'dataset', state: 'active', private: false, title: `Comptages de vélos ${n}`,
    notes: n === 1 ? `Lu avec la clé ${key} soit ${encodeURIComponent(key)}` : 'Relevés par compteur.',
    metadata_modified: '2025-01-01T00:00:00', organization: {id: 'ville', name: 'ville', title: 'Ville'},
    tags: [{name: n === 2 ? forms(key).at(-2) : 'vélo'}], groups: [], extras: [{key: 'spatial', value: key}],
    resources: [{id: `r-${n}`, name: 'Relevés', url: `https://exemple.example/${n}.csv?key=${encodeURIComponent(key)}`, format: 'CSV'}],
  });
  const server = createServer((request, response) => {
    const url = new URL(request.url, 'http://portal');
    if (url.pathname === '/robots.txt') return response.writeHead(404).end();
    const given = request.headers.authorization ?? '';
    if (given) shown.push(given);
    const echo = forms(given).join(' ');
    const json = (status, body, headers = {}) =>
        response.writeHead(status, {'Content-Type': 'application/json', ETag: `"${encodeURIComponent(given)}"`, ...headers}).end(body);
    if (given !== key) return json(403, JSON.stringify({success: false, error: {message: `no key but ${echo}`}}));
    if (mood === 'refuses') return json(401, JSON.stringify({success: false, error: {message: `key ${echo} has expired`}}));
    if (mood === 'complains') return json(200, JSON.stringify({success: false, error: {message: `key ${echo} has expired`}}));
    if (mood === 'redirects')
      return json(301, '', {Location: `http://${address}:${elsewhere.address().port}/moved?key=${encodeURIComponent(given)}`});
    if (url.pathname.endsWith('package_show')) return json(200, JSON.stringify({success: true, result: package_(1)}));
    if (!url.pathname.endsWith('package_search')) return json(404, JSON.stringify({success: false, error: {message: echo}}));
    const results = Number(url.searchParams.get('start') ?? 0) > 0 ? [] : [1, 2, 3].map((n) => JSON.stringify(package_(n)));
    if (results.length) results.push(`{"id": "jeu-4", "title": "Cassé ${JSON.stringify(given).slice(1, -1)}", "state": nothing}`);
    const rows = Number(url.searchParams.get('rows') ?? 10);
    json(200, `{"success": true, "result": {"count": 4, "results": [${rows ? results.join(',') : ''}]}}`);
  });
  await new Promise((resolve) => server.listen(0, address, resolve));
  return {
    url: `http://${address}:${server.address().port}`, shown, strayed,
    be: (next) => (mood = next),
    stop: () => Promise.all([server, elsewhere].map((each) => new Promise((done) => (each.closeAllConnections(), each.close(done))))),
  };
}

// Who is told: a program by webhooks, and a mail server that has no TLS, to which no password may go.
async function openReceivers() {
  const hooks = [];
  const mails = [];
  const hook = createServer(async (request, response) => {
    let body = '';
    for await (const piece of request) body += piece;
    hooks.push({signature: request.headers['moisson-signature'], body});
    response.writeHead(hooks.length > 1 ? 500 : 200).end(`signed ${request.headers['moisson-signature']}`);
  });
  const post = createTcpServer((socket) => {
    socket.write('220 post.test\r\n');
    socket.on('error', () => {});
    socket.on('data', (bytes) => {
      mails.push(bytes.toString('latin1'));
      for (const line of bytes.toString('latin1').split('\r\n').filter(Boolean))
        socket.write(line.startsWith('EHLO') ? '250-post.test\r\n250 AUTH PLAIN LOGIN\r\n' : '250 so be it\r\n');
    });
  });
  await new Promise((resolve) => hook.listen(0, address, resolve));
  await new Promise((resolve) => post.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://${address}:${hook.address().port}/told`, smtp: `smtp://127.0.0.1:${post.address().port}`, hooks, mails,
    stop: () => Promise.all([new Promise((done) => (hook.closeAllConnections(), hook.close(done))), new Promise((done) => post.close(done))]),
  };
}

async function signIn(site, name) {
  const {context, page} = await profile(browser);
  await page.goto(`${site.address}/sign-in`);
  await page.getByRole('link', {name: 'Se connecter'}).click();
  await page.getByLabel('Name').fill(name);
  await page.getByRole('button', {name: 'Sign in'}).click();
  await page.getByRole('button', {name: 'J’ai lu, continuer'}).click();
  return {context, page};
}

// Every address of this site that a reader can come to from these, by links.
async function crawl(site, ask, begun) {
  const read = new Map();
  const waiting = [...begun];
  while (waiting.length && read.size < 1500) {
    const path = waiting.shift();
    if (read.has(path)) continue;
    const answer = await ask(path);
    const text = JSON.stringify([...answer.headers]) + answer.text;
    read.set(path, text);
    for (const [, link] of answer.text.matchAll(/(?:href|action)="([^"#]+)/g)) {
      const url = new URL(link.replaceAll('&amp;', '&'), site.address + path);
      const next = url.pathname + url.search;
      // One language, one search of each kind: filters of filters say nothing new.
      if (url.origin === site.address && !/[?&]lang=|datasets\?.*&|\/assets\//.test(next)) waiting.push(next);
    }
  }
  return read;
}

// Every GET of the description, its captures filled with what there is.
function described(openapi, things) {
  return Object.entries(openapi.paths).filter(([, methods]) => methods.get).flatMap(([path, {get}]) => {
    const of = /\/sources\//.test(path) ? things.sources : /\/jobs\//.test(path) ? things.jobs : /\/plans\//.test(path) ? things.plans :
        /\{id\}/.test(path) ? things.records : [''];
    const example = (name) => get.parameters.find((each) => each.name === name)?.example ?? 'x';
    const formats = /\{format\}/.test(path) ? ['ttl', 'rdf', 'jsonld', 'nt', 'json'] : [''];
    const names = /\{name\}/.test(path) ? ['datasets.csv', 'distributions.csv', 'sources.csv', 'records.jsonl', 'catalog.nt'] : [''];
    return of.flatMap((id) => formats.flatMap((format) => names.map((name) =>
        path.replace('{id}', id).replace('{format}', format).replace('{name}', name).replace('{n}', '1')
            .replace(/\{(\w+)\}/g, (_, key) => example(key)))));
  });
}

test('no secret of a whole run stands where anybody can read it', {timeout: 300_000}, async () => {
  const [sitePort, providerPort] = [await freePort(), await freePort()];
  const [portal, own, receivers] = [await openPortal(secrets.entered), await openPortal(secrets.configured), await openReceivers()];
  const provider = await openProvider(
      {port: providerPort, site: `http://127.0.0.1:${sitePort}`, secret: secrets.client, algorithm: 'ES256'});
  const site = await openCatalog({
    port: sitePort,
    files: {'oidc.secret': `${secrets.client}\n`, 'own.key': `${secrets.configured}\n`, 'mail.password': `${secrets.password}\n`,
            'entered.key': `${secrets.entered}\n`},
    configuration: `[harvest]
user_agent = "Moisson/1 (+https://moisson.example/robot)"
[auth]
issuer = "${provider.issuer}"
client_id = "moisson"
client_secret_file = "oidc.secret"
allow_networks = ["127.0.0.0/8"]
[mail]
server = "${receivers.smtp}"
sender = "moisson@catalog.example"
user = "moisson"
password_file = "mail.password"
[[source]]
id = "angers"
title = "Angers"
kind = "ckan"
url = "${own.url}"
schedule = "manual"
api_key_file = "own.key"
`,
    commands: [
      ['user', 'add', 'ada@example.org', '--role', 'administrator'],
      ['user', 'add', 'otto@example.org', '--role', 'operator', '--source', 'angers'],
    ],
  });
  const printed = [];
  const command = async (...words) => {
    printed.push(await site.said(...words));
    return printed.at(-1);
  };
  const token = (await command('token', 'add', 'ada@example.org', '--name', 'all', '--role', 'administrator')).trim().split('\n')[0];
  printed.length = 0;  // a token is told once, to who makes it
  const bearer = {Authorization: `Bearer ${token}`};
  const api = async (method, path, body) => {
    const answer = await fetch(`${site.address}/api/v1${path}`, {
      method, headers: {...bearer, 'Content-Type': 'application/json'}, body: body && JSON.stringify(body)});
    const text = await answer.text();
    printed.push(JSON.stringify([...answer.headers]), text);
    return {status: answer.status, json: JSON.parse(text)};
  };

  // People: the client's secret proves the site to the provider; a webhook and mails are asked for.
  const otto = await signIn(site, 'otto');
  const ada = await signIn(site, 'ada');
  await ada.page.goto(`${site.address}/account`);
  await ada.page.getByLabel(/^Adresse à prévenir/).fill(receivers.url);
  await ada.page.getByRole('button', {name: 'Ajouter', exact: true}).click();
  const hookSecret = await ada.page.locator('.note code').innerText();
  for (const each of await ada.page.locator('.chip input').all()) await each.check();
  await ada.page.getByRole('button', {name: 'Enregistrer', exact: true}).click();

  // A portal registered by form with its key, foreseen and accepted; another's key by the API and by the command.
  await otto.page.goto(`${site.address}/sources/new?kind=ckan&url=${encodeURIComponent(portal.url)}`);
  await otto.page.getByLabel('Identifiant').fill('nantes');
  await otto.page.getByLabel('Nom du portail').fill('Nantes');
  await otto.page.getByLabel('Fréquence').fill('chaque lune');
  await otto.page.locator('[id="secrets.api_key"]').fill(secrets.entered);
  await otto.page.getByRole('button', {name: 'Enregistrer et prévoir'}).click();
  printed.push(await otto.page.content());
  await otto.page.getByLabel('Fréquence').fill('manual');
  await otto.page.locator('[id="secrets.api_key"]').fill(secrets.entered);
  await otto.page.getByRole('button', {name: 'Enregistrer et prévoir'}).click();
  const planned = otto.page.url().split('/').at(-1);
  await until(async () => (await api('GET', `/plans/${planned}`)).json.state === 'ready', 'the plan is not made');
  const described_ = {kind: 'ckan', url: portal.url, schedule: 'manual', title: 'Rezé', secrets: {api_key: secrets.entered}};
  assert.equal((await api('POST', '/sources', {id: 'reze', ...described_, state: 'submitted'})).status, 201);
  assert.equal((await api('POST', '/sources', {id: 'reze', ...described_})).status, 409);
  assert.equal((await api('PATCH', '/sources/reze', {secrets: {api_key: `${secrets.entered}\n`}})).status, 400);
  assert.equal((await api('PATCH', '/sources/nantes', {state: 'submitted'})).status, 200);
  for (const id of ['nantes', 'reze']) assert.equal((await api('PATCH', `/sources/${id}`, {state: 'active'})).status, 200);
  await command('source', 'add', 'vertou', '--kind', 'ckan', '--url', portal.url, '--secret-file', `api_key=${site.directory}/entered.key`);

  // Harvests that go well and that do not, a preview, a record read again and one taken out.
  const harvest = async (id) => {
    const started = await until(async () => {
      const answer = await api('POST', `/sources/${id}/harvest?full=true`);
      return answer.status === 202 && answer.json;
    }, `${id} is not harvested`);
    return until(async () => {
      const {json} = await api('GET', `/jobs/${started.id}`);
      return json.outcome !== 'running' && json;
    }, `the job of ${id} does not end`);
  };
  for (const mood of ['well', 'refuses', 'redirects', 'complains', 'well']) {
    portal.be(mood), own.be(mood);
    for (const id of ['nantes', 'angers']) {
      const job = await harvest(id);
      assert.equal(job.counts.failed, mood === 'well' ? 1 : 0, JSON.stringify(job));
      if (mood !== 'well') assert.match(job.outcome, /refused_by_source|failed|unreachable/);
    }
  }
  await command('harvest', 'angers');
  await command('harvest', 'nantes', '--json');
  await command('preview', 'angers');
  await command('preview', 'nantes', '--json');
  const records = await until(async () => {
    const {json} = await api('GET', '/datasets?page_size=100');
    return json.total >= 3 && json.results.map(({id}) => id);
  }, 'nothing is found');
  await api('POST', `/records/${records[0]}/refresh`);
  await command('record', 'refresh', records[1]);
  for (const words of [['job', 'list'], ['source', 'list'], ['user', 'list'], ['token', 'list'], ['search', 'vélos'],
                       ['search', 'vélos', '--json'], ['check', '--online'], ['dump', 'records.jsonl'], ['dump', 'sources.csv'],
                       ['dump', 'catalog.ttl'], ['remap']])
    await command(...words);
  const jobs = (await Promise.all(['nantes', 'angers', 'reze'].map((id) => api('GET', `/sources/${id}/jobs`)))).flatMap(({json}) => json.jobs.map(({id}) => String(id)));
  for (const job of jobs) await command('job', 'show', job);
  await until(() => receivers.hooks.length >= 2, 'no webhook came');
  await until(() => receivers.mails.length > 0, 'no mail was tried');

  // The secrets were there and used.
  for (const [at, key] of [[portal, secrets.entered], [own, secrets.configured]]) {
    assert.ok(at.shown.length > 10 && at.shown.every((each) => each === key), 'the portal saw its key');
    assert.ok(at.strayed.length > 0 && at.strayed.every((headers) => !headers.includes('authorization')), 'and nobody else');
  }
  for (const {signature, body} of receivers.hooks) {
    const [, time, hash] = /^t=(\d+),v1=([0-9a-f]+)$/.exec(signature);
    assert.equal(hash, createHmac('sha256', hookSecret).update(`${time}.${body}`).digest('hex'));
  }

  // Whatever anybody can read.
  const readers = {nobody: () => ({}), program: () => bearer};
  for (const [name, {context}] of Object.entries({otto, ada}))
    readers[name] = async () => ({Cookie: (await context.cookies(site.address)).map((each) => `${each.name}=${each.value}`).join('; ')});
  const openapi = await (await fetch(`${site.address}/openapi.json`)).json();
  const paths = described(openapi, {sources: ['nantes', 'angers', 'reze', 'vertou'], jobs, plans: [planned], records});
  const pages = ['/', '/sources', '/account', '/audit', '/people', '/stats', '/metrics', '/openapi.json', '/sitemap.xml', '/sources/new?kind=ckan',
                 `/plans/${planned}`, `/api/v1/plans/${planned}?download=true`,
                 ...['nantes', 'angers', 'reze', 'vertou'].flatMap((id) => [`/sources/${id}`, `/sources/${id}/settings`, `/sources/${id}/jobs.atom`]),
                 ...jobs.flatMap((id) => [`/jobs/${id}`, `/jobs/${id}?outcome=all`, `/jobs/${id}?outcome=failed`]),
                 ...records.map((id) => `/records/${id}`)];
  const read = [];
  for (const [name, headers] of Object.entries(readers)) {
    const asked = await headers();
    const all = await crawl(site, async (path) => {
      const answer = await fetch(site.address + path, {headers: {'Accept-Language': 'fr', ...asked}, redirect: 'manual'});
      return {headers: answer.headers, text: await answer.text()};
    }, [...pages, ...paths]);
    for (const [path, text] of all) read.push({where: `${path} as ${name}`, text});
  }
  const log = site.log();
  await Promise.all([otto.context.close(), ada.context.close()]);
  const files = (live) => live.map(({name, bytes}) => ({where: name, text: bytes}));
  read.push(...files(await site.dataFiles()));
  await site.stop(false);
  read.push(...files(await site.dataFiles()), {where: 'the log', text: site.log() || log}, {where: 'what was printed', text: printed.join('\n')});
  await Promise.all([portal.stop(), own.stop(), receivers.stop(), provider.stop(), site.remove()]);

  // What was searched is what it should be: reports say what happened, with a mark where the key stood.
  const everything = read.map(({text}) => text).join('\n');
  for (const sign of ['Comptages de vélos 3', '•••', 'job ended', '"outcome":"refused_by_source"'])
    assert.ok(everything.includes(sign), `nothing says ${sign}`);
  assert.ok(read.length > 300, `only ${read.length} texts`);
  const mailed = receivers.mails.join('\n');
  for (const [name, secret] of Object.entries({...secrets, hook: hookSecret, token, tokenSecret: token.slice(-43)}))
    for (const form of forms(secret)) {
      for (const {where, text} of read) assert.ok(!text.includes(form), `${name} stands in ${where}: …${text.slice(Math.max(0, text.indexOf(form) - 80), text.indexOf(form) + form.length + 20)}`);
      assert.ok(!mailed.includes(form), `${name} was sent in the open`);
    }
});
