/** What a reader presses before its script is there: it is kept, carried out, and reloads nothing. */

import type { Page } from 'playwright';
import { describe, expect, it } from 'vitest';
import { useReader } from '../fixtures/reader.ts';
import { siteOrigin } from '../fixtures/site-origin.ts';

const reader = useReader();

/** The addresses that the page goes to from now on; a link within it is none. */
function navigations(page: Page): string[] {
  const addresses: string[] = [];
  page.on('request', (request) => {
    if (request.isNavigationRequest()) addresses.push(request.url());
  });
  return addresses;
}

/** A page whose scripts come when the test says so; `addresses` are those that it went to. */
async function slowPage(
  path: string,
): Promise<{ page: Page; arrive: () => void; addresses: string[] }> {
  const page = await reader.open('about:blank');
  const { promise: arrival, resolve } = Promise.withResolvers<undefined>();
  await page.route('**/*.js', async (route) => {
    await arrival;
    await route.continue();
  });
  const addresses = navigations(page);
  await page.goto(siteOrigin('origin') + path, { waitUntil: 'commit' });
  return { page, arrive: () => resolve(undefined), addresses };
}

/** Where a page is that has not been left, and not been loaded again. */
const only = (path: string): string[] => [siteOrigin('origin') + path];

const FORMS = [
  {
    what: 'a demo',
    path: '/lessons/what-is-serverless/',
    press: (page: Page) => page.locator('#hello [data-part="run"]').click(),
    done: (page: Page) => page.locator('#hello [role="status"]', { hasText: 'Status 200' }),
  },
  {
    what: 'Enter in a field of a demo',
    path: '/lessons/what-is-serverless/',
    press: async (page: Page) => {
      await page.locator('#hello [name="name"]').fill('Grace');
      await page.locator('#hello [name="name"]').press('Enter');
    },
    done: (page: Page) => page.locator('#hello .stage-ran', { hasText: 'Hello, Grace' }),
  },
  {
    what: 'a question',
    path: '/lessons/what-is-serverless/',
    press: async (page: Page) => {
      await page.locator('quick-quiz input').first().check();
      await page.locator('quick-quiz [data-part="check"]').first().click();
    },
    done: (page: Page) => page.locator('quick-quiz .quiz-why:visible').first(),
  },
  {
    what: 'a prediction',
    path: '/lessons/life-of-an-instance/',
    press: async (page: Page) => {
      await page.locator('make-prediction input').first().check();
      await page.getByRole('button', { name: 'That is my guess' }).click();
    },
    done: (page: Page) => page.getByText('You predicted: Seconds'),
  },
  {
    what: 'a burst',
    path: '/lessons/scale-to-zero/',
    press: (page: Page) => page.locator('burst-lab [data-part="run"]').click(),
    done: (page: Page) => page.getByText('Say first how many instances'),
  },
  {
    what: 'Enter among the amounts of the break-even',
    path: '/lessons/pay-per-execution/',
    press: async (page: Page) => {
      const field = page.locator('break-even [name="ms"]').first();
      await field.fill('250');
      await field.press('Enter');
    },
    done: (page: Page) => page.locator('break-even[data-live=""]'),
  },
  {
    what: 'the link to a figure as it is set up',
    path: '/lessons/pay-per-execution/',
    press: async (page: Page) => {
      await page.locator('break-even [name="ms"]').first().fill('250');
      await page.locator('break-even [data-part="link"]').click();
    },
    // A browser lets a page copy for some seconds after a press only.
    done: (page: Page) => page.locator('break-even').getByText(/^Copied\.|copy it there/),
  },
  {
    what: 'the call of the home page',
    path: '/',
    press: (page: Page) => page.locator('zero-to-one button').click(),
    done: (page: Page) => page.locator('zero-to-one:not([data-state="zero"])'),
  },
  {
    what: 'the choice of colours',
    path: '/glossary/',
    press: (page: Page) => page.getByRole('radio', { name: 'Dark' }).check({ force: true }),
    done: (page: Page) => page.locator('html[data-theme="dark"]'),
  },
] as const;

it.each(FORMS)('$what is pressed before its script, and answers when it is there', async (form) => {
  const { page, arrive, addresses } = await slowPage(form.path);
  await form.press(page);
  arrive();
  await form.done(page).first().waitFor({ state: 'attached' });
  expect(addresses).toEqual(only(form.path));
});

it('a press on Run as soon as it is there, on a line of 50 kB/s, runs', async () => {
  const page = await reader.open('about:blank');
  const line = await page.context().newCDPSession(page);
  await line.send('Network.enable');
  await line.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 100,
    downloadThroughput: 50_000,
    uploadThroughput: 50_000,
  });
  // By the page itself: a test on a busy machine would come after the script.
  await page.addInitScript(() => {
    new MutationObserver((_, observer) => {
      const run = document.querySelector<HTMLElement>('#hello [data-part="run"]');
      if (run === null) return;
      observer.disconnect();
      Object.assign(window, { wasLive: run.closest('#hello')?.hasAttribute('data-live') });
      run.scrollIntoView();
      run.click();
    }).observe(document, { childList: true, subtree: true });
  });
  const addresses = navigations(page);
  const path = '/lessons/what-is-serverless/';
  await page.goto(siteOrigin('origin') + path, { waitUntil: 'commit' });
  await page.locator('#hello [role="status"]', { hasText: 'Status 200' }).waitFor();
  expect(await page.evaluate('wasLive')).toBe(false);
  expect(addresses).toEqual(only(path));
});

describe('a script that never comes', () => {
  it('is said to when its button is pressed', async () => {
    const page = await reader.open('about:blank');
    await page.route('**/*.js', (route) => route.abort());
    const path = '/lessons/what-is-serverless/';
    await page.goto(siteOrigin('origin') + path);
    await page.locator('#hello [data-part="run"]').click();
    await page.locator('#hello').getByText('could not be loaded').waitFor();
    await page.locator('quick-quiz [data-part="check"]').first().click();
    await page.locator('quick-quiz').first().getByText('could not be loaded').waitFor();
    expect(page.url()).toBe(siteOrigin('origin') + path);
  });

  it('is said to by a demo whose first run needs it', async () => {
    const page = await reader.open('about:blank');
    await page.route('**/run.*.js', (route) => route.abort());
    await page.goto(`${siteOrigin('origin')}/lessons/what-is-serverless/`);
    await page.locator('#hello [data-part="run"]').click();
    await page.locator('#hello').getByText('could not be loaded').waitFor();
  });
});

it('without JavaScript Enter in a field leaves the page where it is', async () => {
  const path = '/lessons/what-is-serverless/';
  const page = await reader.open(siteOrigin('origin') + path, { javaScriptEnabled: false });
  await page.locator('#hello [name="name"]').fill('Grace');
  await page.locator('#hello [name="name"]').press('Enter');
  await page.locator('#hello [name="name"]').press('Tab');
  expect(page.url()).toBe(siteOrigin('origin') + path);
  expect(await page.locator('#hello [name="name"]').inputValue()).toBe('Grace');
});
