// axe-core on every page, in both languages, light and dark, narrow and wide. What axe cannot decide is not a fault.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";

import { launch, profile } from "./browser.js";
import { openCare, openPortal, signIn } from "./care.js";
import { carePages, pages } from "./pages.js";
import { demo } from "./program.js";

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

let browser, site, portal, care, session, looked;
before(async () => {
  [browser, site, portal, care] = await Promise.all([launch(), demo(), openPortal(), openCare()]);
  const ada = await signIn(browser, care, "ada");
  session = await ada.context.cookies(care.address);
  await ada.context.close();
  looked = await carePages(care, portal);
});
after(async () => (await browser?.close(), await Promise.all([site?.stop(), care?.stop(), portal?.stop()])));

async function faults(page) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 160)} ${node.any[0]?.message ?? ""}`));
}

for (const language of ["fr", "en"])
  for (const scheme of ["light", "dark"])
    for (const width of [320, 1280])
      test(`axe finds nothing in ${language}, ${scheme}, ${width} px`, async (t) => {
        const { context, page } = await profile(browser, { language, scheme, width });
        for (const { name, path } of await pages(site.address))
          await t.test(name, async () => {
            await page.goto(site.address + path);
            assert.deepEqual(await faults(page), []);
          });
        await t.test("the sheet of filters", async () => {
          await page.goto(`${site.address}/datasets?q=eau#filtres`);
          assert.deepEqual(await faults(page), []);
        });
        await t.test("open suggestions", async () => {
          await page.goto(`${site.address}/`);
          await page.locator("#q").pressSequentially("zone");
          await page.locator("[role=option]").first().waitFor();
          assert.deepEqual(await faults(page), []);
        });
        await context.close();
      });

for (const language of ["fr", "en"])
  for (const scheme of ["light", "dark"])
    for (const width of [320, 1280])
      test(`axe finds nothing on the pages of those who look after portals in ${language}, ${scheme}, ${width} px`, async (t) => {
        const { context, page } = await profile(browser, { language, scheme, width });
        await context.addCookies(session);
        for (const { name, path, before } of looked)
          await t.test(name, async () => {
            assert.equal((await page.goto(care.address + path)).status(), 200);
            await before?.(page);
            assert.deepEqual(await faults(page), []);
            assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), "it is wider than the window");
          });
        await context.close();
      });
