// Debian's Chromium, with a watch over every page: what it asks of the network, what it says on its console, and any
// dialog that it opens.
import { chromium } from "playwright-core";

export function launch() {
  return chromium.launch({ executablePath: process.env.CHROMIUM, args: ["--no-sandbox", "--disable-gpu"] });
}

// A fresh profile. `trouble` collects what must not happen; the reader asserts that it is empty.
export async function profile(browser, { language = "fr", scheme = "light", width = 1280, script = true } = {}) {
  const context = await browser.newContext({
    locale: language,
    colorScheme: scheme,
    viewport: { width, height: 900 },
    javaScriptEnabled: script,
    reducedMotion: "reduce",
  });
  const trouble = [];
  await context.route((url) => url.hostname !== "127.0.0.1", (route) => {
    trouble.push(`asked for ${route.request().url()}`);
    return route.abort();
  });
  context.on("dialog", (dialog) => {
    trouble.push(`dialog: ${dialog.message()}`);
    return dialog.dismiss();
  });
  context.on("weberror", (error) => trouble.push(`error: ${error.error().message}`));
  context.on("console", (message) => {
    // Chromium reports the status of a page that we asked for on purpose, such as the one for a wrong address.
    const itself = message.text().startsWith("Failed to load resource") && message.location().url === message.page()?.url();
    if (message.type() === "error" && !itself) trouble.push(`console: ${message.text()} (${message.location().url})`);
  });
  return { context, page: await context.newPage(), trouble };
}
