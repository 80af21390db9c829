// Signing in against a real OpenID provider, the account, its tokens, and signing out: with script and without.
import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';

import {launch, profile} from './browser.js';
import {freePort, openCatalog} from './program.js';
import {openProvider} from './provider.js';

const secret = 'the client\'s own secret/+';
let browser;
before(async () => (browser = await launch()));
after(() => browser?.close());

// A catalog and its provider; ada may everything, others were not invited.
async function open(algorithm) {
  const [sitePort, providerPort] = [await freePort(), await freePort()];
  const provider = await openProvider({port: providerPort, site: `http://127.0.0.1:${sitePort}`, secret, algorithm});
  const site = await openCatalog({
    port: sitePort,
    files: {'oidc.secret': `${secret}\n`},
    configuration: `[auth]
issuer = "${provider.issuer}"
client_id = "moisson"
client_secret_file = "oidc.secret"
allow_networks = ["127.0.0.0/8"]
`,
    commands: [['user', 'add', 'ada@example.org', '--role', 'administrator']],
  });
  return {...site, stop: (clean) => Promise.all([site.stop(clean), provider.stop()])};
}

async function signIn(page, site, name, next) {
  await page.goto(`${site.address}/sign-in${next ? `?next=${encodeURIComponent(next)}` : ''}`);
  await page.getByRole('link', {name: 'Se connecter'}).click();
  await page.getByLabel('Name').fill(name);
  await page.getByRole('button', {name: 'Sign in'}).click();
}

for (const [script, algorithm] of [[true, 'RS256'], [false, 'ES256']]) {
  test(
      `a person signs in, makes a token, signs out, ${script ? 'with' : 'without'} script, by ${algorithm}`,
      async () => {
        const site = await open(algorithm);
        const {context, page, trouble} = await profile(browser, {script});
        let callback;
        page.on(
            'request',
            (request) => (callback = request.url().includes('/sign-in/callback') ? request.url() : callback));

        await page.goto(`${site.address}/audit`);
        assert.match(page.url(), /\/sign-in\?next=%2Faudit$/);
        await signIn(page, site, 'ada', '//evil.example/');
        assert.equal(page.url(), `${site.address}/account`, 'no other site is led to');
        assert.match(await page.locator('main').innerText(), /Avant de commencer[^]*ada@example\.org/);
        await page.goto(`${site.address}/audit`);
        assert.match(await page.locator('h1').innerText(), /ne pouvez pas/, 'no right before the notice is taken');
        await page.goto(`${site.address}/account`);
        await page.getByRole('button', {name: 'J’ai lu, continuer'}).click();
        assert.match(await page.locator('main').innerText(), /Mon compte[^]*administrateur/);

        const cookies = await context.cookies(site.address);
        const session = cookies.find(({name}) => name === 'moisson');
        assert.ok(session.httpOnly && session.sameSite === 'Lax');
        assert.ok(!cookies.some(({name}) => name === 'moisson-sign-in'));

        await page.getByLabel('À quoi il sert').fill('essai');
        await page.getByRole('button', {name: 'Créer le jeton'}).click();
        const token = await page.locator('.note code').innerText();
        assert.match(token, /^moisson_[A-Za-z0-9]{16}_[A-Za-z0-9]{43}$/);
        await page.goto(`${site.address}/account`);
        assert.ok(!(await page.content()).includes(token), 'a token is told once');
        await page.getByRole('button', {name: /Révoquer/}).click();
        assert.match(await page.locator('table').innerText(), /révoqué/);

        await page.goto(`${site.address}/audit`);
        assert.match(await page.locator('table').innerText(), /ada@example\.org[^]*connexion/);

        // A form without its key, and a callback that was used.
        const forged = await context.request.post(`${site.address}/account/erase`, {form: {sure: 'yes'}});
        assert.equal(forged.status(), 403);
        assert.equal((await context.request.get(callback)).status(), 400);

        await page.goto(`${site.address}/account`);
        await page.getByRole('button', {name: 'Se déconnecter'}).click();
        await page.getByRole('button', {name: 'Leave the provider'}).click();
        await page.waitForURL(`${site.address}/signed-out*`);
        assert.match(await page.locator('h1').innerText(), /déconnecté/);
        await page.goto(`${site.address}/account`);
        assert.match(page.url(), /\/sign-in/);
        assert.deepEqual(trouble, []);
        await context.close();
        await site.stop();
      });
}

test('who was not invited is told so, and nothing is kept of them; who erases their account is gone', async () => {
  const site = await open('RS256');
  const {context, page, trouble} = await profile(browser);
  await signIn(page, site, 'eve');
  assert.match(await page.getByRole('alert').innerText(), /refusée[^]*inviter/);
  assert.ok(!(await site.run('user', 'list')).includes('eve'));
  await context.clearCookies();
  await signIn(page, site, 'ada');
  await page.getByRole('button', {name: 'Ne rien garder de moi'}).click();
  await page.getByRole('button', {name: 'Leave the provider'}).click();
  await page.waitForURL(`${site.address}/signed-out*`);
  assert.ok(!(await site.run('user', 'list')).includes('ada'));
  assert.deepEqual(trouble, []);
  await context.close();
  await site.stop();
});

test('nobody\'s secret stands in a log, a page, or the store', async () => {
  const site = await open('RS256');
  const {context, page} = await profile(browser);
  const seen = [];
  page.on('response', async (response) => {
    if (response.url().startsWith(site.address) && response.status() === 200)
      seen.push(await response.text().catch(() => ''));
  });
  await signIn(page, site, 'ada');
  await page.getByRole('button', {name: 'J’ai lu, continuer'}).click();
  await page.getByLabel('À quoi il sert').fill('essai');
  await page.getByRole('button', {name: 'Créer le jeton'}).click();
  const token = await page.locator('.note code').innerText();
  const bearer = {headers: {Authorization: `Bearer ${token}`}};
  assert.equal(
      (await fetch(`${site.address}/audit`, bearer)).status, 403, 'a reader\'s token, made by an administrator');
  const session = (await context.cookies(site.address)).find(({name}) => name === 'moisson').value;
  await page.waitForLoadState('networkidle');
  const told = seen.filter((text) => text.includes(token));
  assert.equal(told.length, 1, 'the token is told once');
  const pages = [];
  for (const path of ['/account', '/audit', '/openapi.json', '/metrics', '/dumps/records.jsonl', '/dumps/sources.csv'])
    pages.push(await (await context.request.get(`${site.address}${path}`)).text());
  await context.close();
  await site.stop(false);
  const everything = [site.log(), ...pages, ...(await site.dataFiles()).map(({bytes}) => bytes)].join('\n');
  for (const hidden of [secret, token, token.slice(-43), session])
    assert.ok(!everything.includes(hidden), hidden.slice(0, 12));
  await site.remove();
});
