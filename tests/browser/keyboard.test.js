import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { launch, profile } from "./browser.js";
import { demo } from "./program.js";

let browser, site;
before(async () => ([browser, site] = await Promise.all([launch(), demo()])));
after(async () => (await browser?.close(), await site?.stop()));

// Presses Tab until the focus is on what `selector` names, as a person without a mouse would; each stop on the way must
// show its focus.
async function tabTo(page, selector) {
  for (let presses = 0; presses < 120; ++presses) {
    await page.keyboard.press("Tab");
    const { there, seen, what } = await page.evaluate((wanted) => {
      const here = document.activeElement;
      const style = getComputedStyle(here);
      return {
        there: here.matches(wanted),
        seen: here === document.body || (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2),
        what: here.outerHTML.slice(0, 120),
      };
    }, selector);
    assert.ok(seen, `the focus does not show on ${what}`);
    if (there) return;
  }
  assert.fail(`no Tab leads to ${selector}`);
}

for (const script of [true, false])
  for (const width of [360, 1280])
    test(`search, filter, data set and file by keyboard alone, ${width} px, ${script ? "with" : "without"} script`, async () => {
      const { context, page, trouble } = await profile(browser, { script, width });
      await page.goto(`${site.address}/`);
      await tabTo(page, "#q");
      await page.keyboard.type("eau");
      await page.keyboard.press("Enter");
      await page.waitForURL(/\/datasets\?.*q=eau/);
      const whole = await page.locator("h1").innerText();

      if (width < 1024) {
        await tabTo(page, ".openf");
        await page.keyboard.press("Enter");
        await page.locator("#filtres").waitFor({ state: "visible" });
      }
      await tabTo(page, "#filtres input[name=format_family]");
      await page.keyboard.press("Space");
      await page.keyboard.press("Enter");
      await page.waitForURL(/format_family=/);
      assert.notEqual(await page.locator("h1").innerText(), whole);
      assert.equal(await page.locator(".chip.x").count(), 1);

      await tabTo(page, ".hits h3 a");
      await page.keyboard.press("Enter");
      await page.waitForURL(/\/datasets\/[0-9a-f-]{36}/);
      await tabTo(page, "#fichiers ~ table a");
      assert.match(await page.evaluate(() => document.activeElement.href), /^https?:/);
      assert.deepEqual(trouble, []);
      await context.close();
    });

test("the skip link comes first and leads past the menu", async () => {
  const { context, page } = await profile(browser);
  await page.goto(`${site.address}/datasets?q=eau`);
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.className), "skip");
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement.id), "contenu");
  await context.close();
});
