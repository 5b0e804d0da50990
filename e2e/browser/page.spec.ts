// The built page as it is delivered: its policy, that it loads under it, and that nothing comes from elsewhere.
import { expect, test } from '@playwright/test';

const POLICY =
  "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; worker-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'";

test('the policy stands in the header and, for hosts that send none, first in the page', async ({ page }) => {
  const response = await page.goto('./');
  expect(response?.headers()['content-security-policy']).toBe(POLICY);
  await expect(page.locator('head > :first-child')).toHaveAttribute('content', POLICY);
  // The policy is in force, not only present: a script in the page does not run.
  const refused = await page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'window.inlineScriptRan = true';
    document.body.append(script);
    return !('inlineScriptRan' in window);
  });
  expect(refused).toBe(true);
});

test('the page loads without an error, without a refusal and from its own origin alone', async ({ page, baseURL }) => {
  const complaints: string[] = [];
  const requests: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => requests.push(request.url()));
  await page.goto('./');
  await expect(page.locator('#root > *').first()).toBeVisible();
  await page.waitForLoadState('load');
  expect(complaints).toEqual([]);
  expect(
    requests.filter((url) => !url.startsWith(baseURL ?? '') && !url.startsWith('data:') && !url.startsWith('blob:')),
  ).toEqual([]);
});

test('the licences of what is shipped go out with it', async ({ request }) => {
  for (const name of [
    'LICENSE.txt',
    'NOTICE.txt',
    'packages.md',
    'ibm-plex-sans.txt',
    'ibm-plex-mono.txt',
    'monaco-editor.txt',
  ]) {
    const response = await request.get(`./licences/${name}`);
    expect(response.headers()['content-type'], name).toMatch(/^text\/(plain|markdown)/);
    expect((await response.text()).length, name).toBeGreaterThan(500);
  }
});
