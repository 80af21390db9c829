// A portal from its registration to the decision about what it dropped, by the two people concerned, in the built program
// and with a real OpenID provider: with script and without.
import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';

import {launch} from './browser.js';
import {openCare, openPortal, signIn} from './care.js';

const patience = 30_000;  // milliseconds

let browser;
before(async () => (browser = await launch()));
after(() => browser?.close());

const press = (page, name) => page.getByRole('button', {name, exact: true}).click();
const text = (page) => page.locator('main').innerText();

// Follows what grows by its own link until the page says so.
async function read(page, wanted) {
  const end = Date.now() + patience;
  while (!wanted.test(await text(page))) {
    assert.ok(Date.now() < end, `${page.url()} does not come to say ${wanted}: ${await text(page)}`);
    await page.goto(page.url());
  }
}

// How many records a citizen finds, once the index has what the store has.
async function found(site, wanted) {
  const end = Date.now() + patience;
  let total;
  do {
    total = (await (await fetch(`${site.address}/api/v1/datasets?source=brive`)).json()).total;
  } while (total !== wanted && Date.now() < end);
  assert.equal(total, wanted);
}

for (const script of [true, false])
  test(`a portal is registered, foreseen, accepted, harvested, and asked about what it dropped, ${script ? 'with' : 'without'} script`, async () => {
    const [portal, site] = [await openPortal(), await openCare()];
    const otto = await signIn(browser, site, 'otto', script);
    const ada = await signIn(browser, site, 'ada', script);
    const {page} = otto;
    const source = `${site.address}/sources/brive`;

    await page.goto(`${site.address}/sources`);
    await page.getByRole('link', {name: 'Inscrire un portail'}).click();
    await page.getByRole('radio', {name: /^CKAN/}).check();
    await page.getByLabel('Adresse').fill(portal.url);
    await press(page, 'Continuer');
    await page.getByLabel('Identifiant').fill('brive');
    await page.getByLabel('Nom du portail').fill('Données de Brive');
    await page.getByLabel('Fréquence').fill('chaque lune');
    await press(page, 'Enregistrer et prévoir');
    assert.match(await text(page), /un champ est à corriger[^]*Cette fréquence ne se comprend pas/);
    await page.getByLabel('Fréquence').fill('manual');
    await page.getByLabel('Délai de grâce, en heures').fill('1');
    await press(page, 'Enregistrer et prévoir');

    assert.match(page.url(), /\/plans\//);
    await read(page, /Ce qu’il adviendrait des 30 notices/);
    assert.match(await text(page), /Comptages de vélos, année 1990[^]*Ville de Brive[^]*Ce qui est lu de ses notices/);
    await found(site, 0);
    await press(page, 'Proposer ce portail');
    assert.match(await text(page), /Proposée/);
    assert.equal(await page.getByRole('button', {name: 'Accepter'}).count(), 0, 'nobody accepts their own portal');
    assert.equal((await fetch(source)).status, 404, 'what is only submitted is not public');

    await ada.page.goto(source);
    await press(ada.page, 'Accepter');
    await page.goto(source);
    await press(page, 'Moissonner maintenant');
    await read(page, /Réussi/);
    assert.match(await text(page), /Ce qu’il est advenu des 30 notices/);
    await found(site, 30);

    portal.drop(12);
    const harvestAgain = async () => {
      await page.goto(source);
      await press(page, 'Moissonner maintenant');
      await read(page, /Retenu/);
      await page.goto(source);
      assert.match(await text(page), /18 notices ont disparu de la source[^]*Comptages de vélos, année 2002/);
    };
    await harvestAgain();
    await press(page, 'Rejeter : tout garder');
    await found(site, 30);

    await harvestAgain();
    await press(page, 'Approuver : retirer les 18');
    assert.match(await text(page), /18 notices disparues de la source quittent la recherche/);
    await found(site, 30);
    await press(page, 'Les garder');
    assert.doesNotMatch(await text(page), /quittent la recherche/);
    await found(site, 30);

    await page.goto(`${source}/settings`);
    await page.getByLabel('Délai de grâce, en heures').fill('0');
    await press(page, 'Enregistrer');
    await harvestAgain();
    await press(page, 'Approuver : retirer les 18');
    await found(site, 12);

    assert.deepEqual([...otto.trouble, ...ada.trouble], []);
    await Promise.all([otto.context.close(), ada.context.close()]);
    await Promise.all([site.stop(), portal.stop()]);
  });
