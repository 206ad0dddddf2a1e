import type { Page } from 'playwright-core';
import type { Belowdeck } from '#tests/support/belowdeck.ts';

export interface Person {
  name: string;
  email: string;
  password: string;
}

/** Somebody with an address and a password that nobody else has. */
export function person(name: string): Person {
  const email = `${name.toLowerCase().replaceAll(' ', '.')}@example.org`;
  return { name, email, password: `harbour lantern ${name.length} rope` };
}

/** Fills the form of the page on which an account is made, and sends it. */
export async function makeAccount(page: Page, { name, email, password }: Person, submit: string): Promise<void> {
  await page.getByLabel('Name', { exact: true }).fill(name);
  await page.getByLabel('Email', { exact: true }).fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: submit, exact: true }).click();
}

/** By the one-time link, as on the first day. */
export async function becomeOwner(page: Page, belowdeck: Belowdeck, owner: Person): Promise<void> {
  await page.goto(await belowdeck.ownerLink());
  await makeAccount(page, owner, "Make the owner's account");
  await page.getByRole('button', { name: `Account of ${owner.name}` }).waitFor();
}

/** A guest who has just begun a lab, at one of its steps. */
export async function beginAsGuest(page: Page, belowdeck: Belowdeck, lab: string, step: string): Promise<void> {
  const path = `${belowdeck.url}/learn/docker-engine/${lab}`;
  await page.goto(path);
  await page.getByRole('button', { name: 'Try it without an account' }).click();
  await page.waitForURL(`${path}/*`);
  await page.goto(`${path}/${step}`);
}
