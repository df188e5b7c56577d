// Looks at an HTML paper in headless Chromium: node page.mjs FILE.html MODULES [PICTURES]
// MODULES holds puppeteer-core and axe-core. Exits 1 with what is wrong.
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const [file, modules, pictures] = process.argv.slice(2);
const { default: puppeteer } = await import(pathToFileURL(path.join(modules, 'puppeteer-core/lib/esm/puppeteer/puppeteer-core.js')));
const axe = fs.readFileSync(path.join(modules, 'axe-core/axe.min.js'), 'utf8');
const url = pathToFileURL(path.resolve(file)).href;
const faults = [];
const expect = (holds, words) => { if (!holds) faults.push(words); };

const browser = await puppeteer.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'], protocolTimeout: 600000 });
const page = await browser.newPage();
const requests = [], messages = [];
page.on('request', (r) => requests.push(r.url()));
page.on('console', (m) => messages.push(m.text()));
page.on('pageerror', (e) => messages.push(String(e)));
const picture = async (name) => { if (pictures) await page.screenshot({ path: path.join(pictures, name + '.png') }); };

await page.setViewport({ width: 900, height: 1200 });
await page.goto(url);
await picture('light');
await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: 'dark' }]);
await picture('dark');
expect(requests.length === 1, 'it asks for ' + requests.slice(1).join(', '));
expect(messages.length === 0, 'the console says ' + messages.join('; '));

// The search narrows the sections, folds widths, and says how many are shown.
const all = await page.$$eval('main section', (s) => s.length);
await page.focus('#q');
await page.keyboard.type('ｓｈａ－２５６');
const shown = await page.$$eval('main section', (s) => s.filter((x) => x.offsetParent !== null).length);
expect(shown > 0 && shown < all, `the search shows ${shown} of ${all} sections`);
expect((await page.$eval('#found', (x) => x.textContent)).startsWith(`${shown} / ${all}`), 'the search does not say how many sections it shows');
const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true });
if (pictures) fs.writeFileSync(path.join(pictures, 'print.pdf'), pdf);
await page.emulateMediaType('print');
const printed = await page.$$eval('main section', (s) => s.filter((x) => getComputedStyle(x).display !== 'none').length);
expect(printed === all, `in print ${printed} of ${all} sections are there while the search is on`);
await page.emulateMediaType('screen');

// By keyboard alone: from the top, Tab reaches the skip link, then the search field.
await page.goto(url);
await page.keyboard.press('Tab');
expect(await page.evaluate(() => document.activeElement?.className) === 'skip', 'the first Tab does not reach the skip link');
await page.keyboard.press('Tab');
expect(await page.evaluate(() => document.activeElement?.id) === 'q', 'the second Tab does not reach the search field');

await page.setViewport({ width: 360, height: 740 });
await page.goto(url);
expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'at 360 pixels it scrolls sideways');
await picture('narrow');

await page.setBypassCSP(true);
for (const scheme of ['light', 'dark']) {
  await page.setViewport({ width: 900, height: 1200 });
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
  await page.goto(url);
  await page.evaluate(axe);
  const result = await page.evaluate(() => axe.run());
  for (const v of result.violations) faults.push(`axe, ${scheme}: ${v.id} (${v.nodes.length}): ${v.nodes[0].html.slice(0, 120)}`);
}
await browser.close();
for (const fault of faults) console.error(`${file}: ${fault}`);
console.log(`${file}: ${all} sections, ${faults.length} faults`);
process.exit(faults.length ? 1 : 0);
