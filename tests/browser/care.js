// A portal that operators may register, a catalog with a real OpenID provider, and people who sign in there. The portal has
// an address that is not this machine's own (see run): operators' sources may never use private ones.
import {createServer} from 'node:http';

import {profile} from './browser.js';
import {freePort, openCatalog} from './program.js';
import {openProvider} from './provider.js';

const secret = 'of the client';
const address = process.env.PORTAL_ADDRESS;

// A CKAN with thirty packages; `drop` leaves the first ones.
export async function openPortal() {
  let packages = Array.from({length: 30}, (_, i) => {
    const id = `jeu-${String(i).padStart(2, '0')}`;
    return {
      id, name: id, type: 'dataset', state: 'active', private: false, title: `Comptages de vélos, année ${1990 + i}`,
      notes: 'Relevés par compteur.', metadata_modified: '2025-01-01T00:00:00',
      organization: {id: 'ville', name: 'ville', title: 'Ville de Brive'}, tags: [], groups: [], extras: [],
      resources: [{id: `r-${id}`, name: 'Relevés', url: `https://exemple.example/${id}.csv`, format: 'CSV'}],
    };
  });
  const server = createServer((request, response) => {
    const url = new URL(request.url, 'http://portal');
    const start = Number(url.searchParams.get('start') ?? 0);
    const rows = Number(url.searchParams.get('rows') ?? 10);
    const result = url.pathname.endsWith('package_search') ?
        {count: packages.length, results: packages.slice(start, start + rows)} :
        url.pathname.endsWith('package_list') ? packages.map(({name}) => name) :
        url.pathname.endsWith('package_show') ? packages.find(({id}) => id === url.searchParams.get('id')) : undefined;
    response.writeHead(result ? 200 : 404, {'Content-Type': 'application/json'});
    response.end(JSON.stringify(result ? {success: true, result} : {success: false}));
  });
  await new Promise((resolve) => server.listen(0, address, resolve));
  return {
    url: `http://${address}:${server.address().port}`,
    drop: (left) => (packages = packages.slice(0, left)),
    stop: () => new Promise((resolve) => (server.closeAllConnections(), server.close(resolve))),
  };
}

export async function openCare() {
  const [sitePort, providerPort] = [await freePort(), await freePort()];
  const provider =
      await openProvider({port: providerPort, site: `http://127.0.0.1:${sitePort}`, secret, algorithm: 'ES256'});
  const site = await openCatalog({
    port: sitePort,
    files: {'oidc.secret': `${secret}\n`},
    configuration: `[harvest]
user_agent = "Moisson/1 (+https://moisson.example/robot)"
min_removed_held = 5
[auth]
issuer = "${provider.issuer}"
client_id = "moisson"
client_secret_file = "oidc.secret"
allow_networks = ["127.0.0.0/8"]
`,
    commands: [
      ['user', 'add', 'ada@example.org', '--role', 'administrator'],
      ['user', 'add', 'otto@example.org', '--role', 'operator'],
    ],
  });
  return {...site, stop: () => Promise.all([site.stop(), provider.stop()])};
}

export async function signIn(browser, site, name, script = true) {
  const {context, page, trouble} = await profile(browser, {script});
  await page.goto(`${site.address}/sign-in`);
  await page.getByRole('link', {name: 'Se connecter'}).click();
  await page.getByLabel('Name').fill(name);
  await page.getByRole('button', {name: 'Sign in'}).click();
  await page.getByRole('button', {name: 'J’ai lu, continuer'}).click();
  return {context, page, trouble};
}
