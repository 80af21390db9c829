// The search box as a WAI-ARIA combobox with a listbox popup (APG, "Combobox Pattern").
import assert from "node:assert/strict";
import { after, before, beforeEach, afterEach, test } from "node:test";

import { launch, profile } from "./browser.js";
import { demo } from "./program.js";

let browser, site, context, page, trouble;
before(async () => ([browser, site] = await Promise.all([launch(), demo()])));
after(async () => (await browser?.close(), await site?.stop()));
beforeEach(async () => {
  ({ context, page, trouble } = await profile(browser));
  await page.goto(`${site.address}/`);
});
afterEach(async () => {
  assert.deepEqual(trouble, []);
  await context.close();
});

const box = () => page.locator("#q");
const options = () => page.getByRole("option");

// At once: letter by letter, what the first letters offered is replaced under the keys and clicks that follow.
async function type(text) {
  await box().fill(text);
  await options().first().waitFor();
}

test("opens while one types, and says how many there are", async () => {
  assert.equal(await box().getAttribute("aria-expanded"), "false");
  await box().pressSequentially("registre national des cant");
  await options().first().filter({ hasText: /cantines/i }).waitFor();  // not what the first letters offered
  assert.equal(await box().getAttribute("aria-expanded"), "true");
  const [said, offered] = await page.evaluate(() =>
    [document.querySelector("form.search [role=status]").innerText, document.querySelectorAll("[role=option]").length]);
  assert.match(said, new RegExp(`\\D${offered}$`));
  assert.ok(await page.getByRole("listbox").isVisible());
});

test("moves with the arrows, in a circle, and keeps the focus in the box", async () => {
  await type("zone");
  const last = (await options().count()) - 1;
  const chosen = async () => Number((await box().getAttribute("aria-activedescendant")).replace("suggestion-", ""));
  await page.keyboard.press("ArrowDown");
  assert.equal(await chosen(), 0);
  await page.keyboard.press("ArrowUp");
  assert.equal(await chosen(), last);
  await page.keyboard.press("ArrowDown");
  assert.equal(await chosen(), 0);
  assert.equal(await page.locator("[aria-selected=true]").count(), 1);
  assert.equal(await page.evaluate(() => document.activeElement.id), "q");
});

test("Enter takes what is chosen, a data set to its page", async () => {
  await type("registre national des cant");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/datasets\/[0-9a-f-]{36}/);
  assert.match(await page.locator("h1").innerText(), /cantines/);
});

test("what one has begun to choose from is not replaced by a later answer", async () => {
  await type("zone");
  const before = await options().allInnerTexts();
  await page.route(/suggest\?/, () => {});  // answers no more
  const [asked, forgone] = ["request", "requestfailed"].map((event) => page.waitForEvent(event));
  await box().press("s");
  await asked;
  await page.keyboard.press("ArrowDown");
  assert.match((await forgone).url(), /zones/);
  assert.deepEqual(await options().allInnerTexts(), before);
  assert.equal(await box().getAttribute("aria-activedescendant"), "suggestion-0");
});

test("Enter without a choice searches for the words as typed", async () => {
  await type("zone");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/datasets\?q=zone/);
});

test("Escape closes it and keeps the words, then clears them", async () => {
  await type("zone");
  await page.keyboard.press("Escape");
  assert.equal(await page.getByRole("listbox").count(), 0);
  assert.equal(await box().inputValue(), "zone");
  assert.equal(await box().getAttribute("aria-expanded"), "false");
  await page.keyboard.press("Escape");
  assert.equal(await box().inputValue(), "");
});

test("ArrowDown opens it again", async () => {
  await type("zone");
  await page.keyboard.press("Escape");
  await page.keyboard.press("ArrowDown");
  await options().first().waitFor();
  assert.equal(await box().getAttribute("aria-expanded"), "true");
});

test("Tab leaves the box and closes it", async () => {
  await type("zone");
  await page.keyboard.press("Tab");
  assert.equal(await page.getByRole("listbox").count(), 0);
});

test("a click takes a suggestion", async () => {
  await type("registre national des cant");
  await options().first().click();
  await page.waitForURL(/\/datasets\/[0-9a-f-]{36}/);
});
