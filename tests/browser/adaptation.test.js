// What a reader may change without loss: size and spacing of text, orientation, style sheets, colours (RGAA 10.2 to 10.12, 3.3, 13.9).
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { launch, profile } from "./browser.js";
import { pages } from "./pages.js";
import { demo } from "./program.js";

let browser, site;
before(async () => ([browser, site] = await Promise.all([launch(), demo()])));
after(async () => (await browser?.close(), await site?.stop()));

// How far the page is wider than the screen, in CSS pixels, leaving out what scrolls by itself.
const excess = (page) => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);

// What holds text and cuts it off.
const cut = (page) => page.evaluate(() => [...document.querySelectorAll("main *")]
  .filter((element) => !element.closest(".vh, .scroll, svg") && getComputedStyle(element).overflow === "hidden"
    && (element.scrollHeight > element.clientHeight + 1 || element.scrollWidth > element.clientWidth + 1) && element.clientHeight > 1)
  .map((element) => element.outerHTML.slice(0, 100)));

// Styles set as a user's style sheet would be: the site's own policy lets none in.
async function everyPage(t, options, style, check) {
  const { context, page } = await profile(browser, options);
  const session = await context.newCDPSession(page);
  await session.send("Page.setBypassCSP", { enabled: true });
  for (const { name, path } of await pages(site.address))
    await t.test(name, async () => {
      await page.goto(site.address + path);
      if (style) await page.addStyleTag({ content: style });
      await check(page);
    });
  await context.close();
}

for (const width of [320, 1280])
  test(`text spaced as WCAG 1.4.12 says stays whole at ${width} px`, (t) =>
    everyPage(t, { width }, "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-bottom: 2em !important }",
      async (page) => {
        assert.ok((await excess(page)) <= 0, `${await excess(page)} px too wide`);
        assert.deepEqual(await cut(page), []);
      }));

test("text of twice the size stays whole", (t) =>
  everyPage(t, { width: 1280 }, ":root { font-size: 200% }", async (page) => {
    assert.ok((await excess(page)) <= 0, `${await excess(page)} px too wide`);
    assert.deepEqual(await cut(page), []);
  }));

test("a screen turned on its side shows the page whole", (t) =>
  everyPage(t, { width: 740 }, undefined, async (page) => {
    await page.setViewportSize({ width: 740, height: 360 });
    assert.ok((await excess(page)) <= 0);
  }));

test("without style sheets the text is there, in its order", (t) =>
  everyPage(t, {}, undefined, async (page) => {
    const order = () => page.evaluate(() => [...document.querySelectorAll("h1, h2, h3, main p")].map((element) => element.textContent.trim()).filter(Boolean));
    const styled = await order();
    await page.evaluate(() => document.querySelectorAll("style").forEach((element) => element.remove()));
    assert.deepEqual(await order(), styled);
    assert.ok(await page.locator("h1").isVisible());
  }));

for (const scheme of ["light", "dark"])
  test(`borders of fields and marks of states contrast by 3 to 1, ${scheme}`, async () => {
    const { context, page } = await profile(browser, { scheme });
    await page.goto(`${site.address}/datasets?q=eau`);
    const ratios = await page.evaluate(() => {
      const context = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
      const luminance = (colour) => {
        context.fillStyle = colour;
        context.fillRect(0, 0, 1, 1);
        const [r, g, b] = [...context.getImageData(0, 0, 1, 1).data].map((value) => value / 255)
          .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
      };
      const root = getComputedStyle(document.documentElement);
      const paper = luminance(root.getPropertyValue("--paper"));
      return ["--edge", "--accent", "--wait", "--bad", "--ink"].map((name) => {
        const other = luminance(root.getPropertyValue(name));
        return [name, (Math.max(paper, other) + 0.05) / (Math.min(paper, other) + 0.05)];
      });
    });
    for (const [name, ratio] of ratios) assert.ok(ratio >= 3, `${name}: ${ratio.toFixed(2)}`);
    await context.close();
  });
