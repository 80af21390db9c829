// Narrowing a search: facets, the search inside a long one, chips, dates and the map, with script and without.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { launch, profile } from "./browser.js";
import { demo } from "./program.js";

let browser, site;
before(async () => ([browser, site] = await Promise.all([launch(), demo()])));
after(async () => (await browser?.close(), await site?.stop()));

const count = async (page) => Number((await page.locator("h1").innerText()).replace(/[^0-9]/g, ""));
const apply = (page) => page.locator(".apply button").click();

for (const script of [true, false]) {
  const how = script ? "with script" : "without script";

  test(`values of one facet add up, each has a chip that takes it back, ${how}`, async () => {
    const { context, page, trouble } = await profile(browser, { script });
    await page.goto(`${site.address}/datasets`);
    const whole = await count(page);
    const themes = page.locator("#filtres input[name=theme]");
    await themes.nth(0).check();
    await apply(page);
    const one = await count(page);
    await themes.nth(1).check();
    await apply(page);
    const two = await count(page);
    assert.ok(one < two && two < whole, `${one} ${two} ${whole}`);
    assert.equal(await page.locator(".chip.x").count(), 2);
    await page.locator(".chip.x").first().click();
    assert.equal(await page.locator(".chip.x").count(), 1);
    await page.locator(".chips a:not(.x):not(.openf)").click(); // clears all
    assert.equal(await count(page), whole);
    assert.deepEqual(trouble, []);
    await context.close();
  });

  test(`a long facet is searched in, ${how}`, async () => {
    const { context, page, trouble } = await profile(browser, { script });
    await page.goto(`${site.address}/datasets`);
    await page.locator("#in-publisher").fill("PARIS");
    await page.locator("#in-publisher").press("Enter");
    const found = page.locator("#filtres label.pick:has(input[name=publisher])");
    const names = await found.locator("span:first-of-type").allInnerTexts();
    assert.ok(names.length > 0 && names.every((name) => /\bParis\b/.test(name)), names.join(", "));
    await found.locator("input").first().check();
    await apply(page);
    assert.ok((await page.locator(".chip.x").innerText()).includes(names[0]));
    assert.deepEqual(trouble, []);
    await context.close();
  });

  test(`dates, the period covered and an area narrow and are taken back, ${how}`, async () => {
    const { context, page, trouble } = await profile(browser, { script });
    await page.goto(`${site.address}/datasets?modified_from=2025-01-01&temporal_from=2000&bbox_north=51&bbox_west=-5`);
    assert.equal(await page.locator(".chip.x").count(), 3);
    assert.equal(await page.locator("[name=bbox_east]").inputValue(), "180");
    for (const left of [2, 1, 0]) {
      await page.locator(".chip.x").last().click();
      assert.equal(await page.locator(".chip.x").count(), left);
    }
    assert.deepEqual(trouble, []);
    await context.close();
  });

  test(`a wrong date is named, with what is expected, ${how}`, async () => {
    const { context, page } = await profile(browser, { script });
    await page.goto(`${site.address}/datasets?q=eau&temporal_from=jadis`);
    assert.match(await page.locator("main").innerText(), /Période couverte, du[^]*Écrivez une date/);
    assert.equal(await page.locator("#q").inputValue(), "eau");
    await context.close();
  });
}

test("an area drawn on the map fills its four fields, and can be cleared", async () => {
  const { context, page, trouble } = await profile(browser);
  await page.goto(`${site.address}/datasets`);
  await page.locator("summary:has-text('Zone sur la carte')").click();
  const map = page.locator("fieldset.area svg");
  await map.scrollIntoViewIfNeeded();
  const { x, y, width, height } = await map.boundingBox();
  await page.mouse.move(x + width * 0.5, y + height * 0.4);
  await page.mouse.down();
  await page.mouse.move(x + width * 0.9, y + height * 0.6, { steps: 4 });
  await page.mouse.up();
  const side = async (name) => Number(await page.locator(`[name=bbox_${name}]`).inputValue());
  const [north, south, west, east] = [await side("north"), await side("south"), await side("west"), await side("east")];
  assert.ok(north > south && north < 51 && south > 43, `${north} ${south}`);
  assert.ok(west < east && west > 0 && east < 9, `${west} ${east}`);
  await apply(page);
  assert.match(page.url(), /bbox_north=\d/);
  assert.equal(await page.locator(".chip.x").count(), 1);
  assert.equal(await page.locator("fieldset.area .box").count(), 1);
  await page.getByRole("button", { name: "Effacer la zone" }).click();
  assert.equal(await page.locator("[name=bbox_north]").inputValue(), "");
  assert.deepEqual(trouble, []);
  await context.close();
});
