// Names that lead inside, answered by a real name server to the built program: at once or later, beside a public address or
// behind a redirect. Whatever listens there is never reached, and a refusal reads the same whether anything does.
import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {createServer} from 'node:http';
import {networkInterfaces} from 'node:os';
import {after, before, test} from 'node:test';

import {openNameServer} from './name_server.js';
import {freePort, openCatalog, until} from './program.js';

const outside = process.env.PORTAL_ADDRESS;
const silent = '192.31.196.8';  // public too, and nothing listens there
const inner = ['127.0.0.1', '10.0.0.1', '169.254.169.254', '::1', '::ffff:127.0.0.1'];
const paths = (id, job) => [`/jobs/${job.id}`, `/api/v1/jobs/${job.id}`, `/api/v1/jobs/${job.id}/records`, `/sources/${id}`,
                            `/api/v1/sources/${id}`, `/sources/${id}/jobs.atom`];

const names = new Map();  // the addresses of each, or what gives them
const hosts = [];         // by which the public portal was asked
const elsewhere = 'elsewhere.example';
let nameServer, portal, site, bearer;

const listening = (server, address) =>
    new Promise((resolve, reject) => server.once('error', reject).listen(80, address, resolve));
const closed = (server) => new Promise((resolve) => (server.closeAllConnections(), server.close(resolve)));

// A service of the inside, until it is closed or the test ends; `reached` counts its connections.
async function openService(t, address) {
  const bound = address.replace('::ffff:', '');
  let reached = 0;
  const server = createServer((request, response) => response.writeHead(200, {Connection: 'close'}).end('of the inside'));
  server.on('connection', () => ++reached);
  await listening(server, bound);
  const stop = () => closed(server);
  t.after(stop);
  assert.equal(await (await fetch(`http://${bound.includes(':') ? `[${bound}]` : bound}/`)).text(), 'of the inside');
  assert.equal(reached, 1);
  reached = 0;  // and it will be seen
  return {reached: () => reached, stop};
}

before(async () => {
  for (const address of [silent, '10.0.0.1', '169.254.169.254'])
    execFileSync('ip', ['address', 'add', `${address}/32`, 'dev', 'lo']);
  nameServer = await openNameServer((name, type) => {
    const known = names.get(name);
    const addresses = typeof known === 'function' ? known(type) : known;
    return addresses?.filter((address) => address.includes(':') === (type === 'AAAA'));
  });
  const packages = [1, 2, 3].map((n) => ({
    id: `jeu-${n}`, name: `jeu-${n}`, type: 'dataset', state: 'active', private: false, title: `Comptages ${n}`,
    notes: 'Relevés.', metadata_modified: '2025-01-01T00:00:00', organization: {id: 'ville', name: 'ville', title: 'Ville'},
    tags: [], groups: [], extras: [],
    resources: [{id: `r-${n}`, name: 'Relevés', url: `https://exemple.example/${n}.csv`, format: 'CSV'}],
  }));
  portal = createServer((request, response) => {
    const {host} = request.headers;
    hosts.push(host);
    const url = new URL(request.url, `http://${host}`);
    const found = url.pathname.endsWith('package_search');
    response.setHeader('Connection', 'close');  // each request connects anew
    if (found && host.startsWith('redirects'))
      return response.writeHead(302, {Location: `http://${elsewhere}${request.url}`}).end();
    const start = Number(url.searchParams.get('start') ?? 0);
    const rows = Number(url.searchParams.get('rows') ?? 10);
    response.writeHead(found ? 200 : 404, {'Content-Type': 'application/json'});
    const result = {count: 3, results: packages.slice(start, start + rows)};
    response.end(JSON.stringify(found ? {success: true, result} : {success: false}));
  });
  await listening(portal, outside);
  site = await openCatalog({
    port: await freePort(),
    configuration: '[harvest]\nuser_agent = "Moisson/1 (+https://moisson.example/robot)"\n',
    commands: [['user', 'add', 'ada@example.org', '--role', 'administrator']],
  });
  const made = await site.said('token', 'add', 'ada@example.org', '--name', 'all', '--role', 'administrator');
  bearer = {Authorization: `Bearer ${made.split('\n')[0]}`};
});
after(async () => (await site?.stop(), portal && await closed(portal), await nameServer?.stop()));

async function api(method, path, body) {
  const answer = await fetch(`${site.address}/api/v1${path}`,
                             {method, headers: {...bearer, 'Content-Type': 'application/json'}, body: body && JSON.stringify(body)});
  return {status: answer.status, json: await answer.json()};
}

async function preview(source) {
  const {status, json} = await api('POST', '/sources/preview', {source});
  assert.equal(status, 202, JSON.stringify(json));
  return until(async () => {
    const plan = (await api('GET', `/plans/${json.id}`)).json;
    return plan.state === 'ready' && plan;
  }, `${source} is not foreseen`);
}

async function register(id) {
  const description = {kind: 'ckan', url: `http://${id}.example`, schedule: 'manual', title: `Portail ${id}`};
  const added = await api('POST', '/sources', {id, ...description, state: 'submitted'});
  assert.equal(added.status, 201, JSON.stringify(added.json));
  assert.equal((await api('PATCH', `/sources/${id}`, {state: 'active'})).status, 200);
}

async function harvest(id) {
  const {json: {id: number}} = await until(async () => {
    const answer = await api('POST', `/sources/${id}/harvest?full=true`);
    return answer.status === 202 && answer;
  }, `${id} is not harvested`);
  return until(async () => {
    const {json} = await api('GET', `/jobs/${number}`);
    return json.outcome !== 'running' && json;
  }, `the job of ${id} does not end`);
}

// Everything that anybody and an administrator read of a job.
async function read(id, job) {
  const texts = [];
  for (const headers of [{}, bearer])
    for (const language of ['fr', 'en'])
      for (const path of paths(id, job)) {
        const answer = await fetch(site.address + path, {headers: {...headers, 'Accept-Language': language}});
        assert.equal(answer.status, 200, path);
        texts.push({path, text: (await answer.text()).replaceAll(site.address, '')});
      }
  return texts;
}

// A preview and a harvest are refused; in which words, free of numbers. Not those of the source, which tell of earlier jobs too.
async function refusal(id, address) {
  const plan = await preview(id);
  const job = await harvest(id);
  for (const {outcome, error} of [plan, job]) {
    assert.equal(outcome, 'refused_by_source');
    assert.equal(error.cause, 'address_blocked');
    assert.equal(error.message, 'blocked by policy: the address is not one of the public internet');
  }
  const texts = [{path: 'the plan', text: JSON.stringify(plan)}, ...await read(id, job)];
  for (const {path, text} of texts)
    for (const telling of [address, address.replace('::ffff:', ''), 'of the inside'])
      assert.ok(!text.includes(telling), `${path} tells ${telling}: ${text}`);
  const same = texts.filter(({path}) => path.includes('/jobs/'));  // an instant on the second is written without a fraction
  return [plan.error, job.error, ...same.map(({text}) => text.replace(/\d+(\.\d+)?/g, '0'))];
}

// Refused in the same words while a service listens at the inner address and while none does; it is not reached.
async function refusedBlindly(t, id, address) {
  const service = await openService(t, address);
  const asked = nameServer.given.length;
  const heard = await refusal(id, address);
  assert.ok(nameServer.given.slice(asked).some(({addresses}) => addresses.includes(address)), `${address} was never answered`);
  assert.equal(service.reached(), 0);
  await service.stop();
  assert.deepEqual(await refusal(id, address), heard);
}

// The portal is foreseen and harvested under its name.
async function readOutside(id) {
  const plan = await preview(id);
  assert.deepEqual([plan.outcome, plan.counts.created], ['succeeded', 3], JSON.stringify(plan.error));
  const job = await harvest(id);
  assert.equal(job.outcome, 'succeeded', JSON.stringify(job));
  assert.ok(hosts.includes(`${id}.example`));
}

const six = networkInterfaces().lo.some(({family}) => family === 'IPv6');
for (const [n, address] of inner.entries()) {
  const where = {skip: address.includes(':') && !six && 'there is no IPv6 here'};
  test(`a name that comes to lead to ${address} is refused`, where, async (t) => {
    names.set(`changes-${n}.example`, [outside]);
    await register(`changes-${n}`);
    await readOutside(`changes-${n}`);
    names.set(`changes-${n}.example`, [address]);
    await refusedBlindly(t, `changes-${n}`, address);
  });

  test(`a redirect to a name that leads to ${address} is refused`, where, async (t) => {
    names.set(`redirects-${n}.example`, [outside]).set(elsewhere, [address]);
    await register(`redirects-${n}`);
    await refusedBlindly(t, `redirects-${n}`, address);
    assert.ok(hosts.includes(`redirects-${n}.example`));
  });

  test(`a public address beside ${address} hides nothing`, where, async (t) => {
    for (const [order, addresses] of [[outside, address], [address, outside]].entries()) {
      const id = `both-${n}-${order}`;
      names.set(`${id}.example`, addresses);
      await register(id);
      const service = await openService(t, address);
      await readOutside(id);  // the public one is asked
      assert.equal(service.reached(), 0);
      await service.stop();
      names.set(`${id}.example`, addresses.map((each) => (each === outside ? silent : each)));
      await refusedBlindly(t, id, address);
    }
  });
}

test('a name that leads elsewhere each time that it is asked leads inside never', async (t) => {
  let times = 0;
  names.set('wavers.example', (type) => (type === 'A' ? [times++ % 2 ? '127.0.0.1' : outside] : []));
  const service = await openService(t, '127.0.0.1');
  await register('wavers');
  const outcomes = [];
  for (const run of [preview, harvest, preview, harvest]) outcomes.push((await run('wavers')).outcome);
  assert.equal(service.reached(), 0);
  assert.ok(hosts.includes('wavers.example') && outcomes.includes('refused_by_source'), outcomes.join());
});
