import type { Locator, Page } from 'playwright-core';
import type { Lab, Question, Step } from '#domain/lab/lab.ts';
import type { TerminalDriver } from './terminal-driver.ts';

const GREEN_MS = 10_000;

/** How a learner finds the answer of a live question: the command typed for it. */
export type LiveCommands = Record<string, string>;

/** Does what the steps of a lab ask, in the order of the page, as a learner would: reads, types, answers. */
export class LabDriver {
  readonly #page: Page;
  readonly #terminal: TerminalDriver;
  readonly #live: LiveCommands;

  constructor(page: Page, terminal: TerminalDriver, live: LiveCommands) {
    this.#page = page;
    this.#terminal = terminal;
    this.#live = live;
  }

  task(step: Step, id: string): Locator {
    return this.#page.getByRole('region', {
      name: `Task ${step.tasks.findIndex(task => task.id === id) + 1}`,
      exact: true,
    });
  }

  question(step: Step, id: string): Locator {
    const placed = [...step.body.matchAll(/^::question\[([\w-]+)\]/gm)].map(match => match[1]);
    return this.#page
      .locator('section[aria-label^="Question "], section[aria-label^="Prediction "]')
      .nth(placed.indexOf(id));
  }

  /** Everything on the page: predictions first, then tasks, then what can be answered after them. */
  async doStep(step: Step): Promise<void> {
    await this.#page.getByRole('heading', { level: 2, name: step.title }).waitFor();
    for (const question of step.questions.filter(one => one.predict)) await this.answer(step, question);
    for (const task of step.tasks) {
      await this.#terminal.type(task.solution);
      await expectStatus(this.task(step, task.id), 'Done');
    }
    for (const question of step.questions.filter(one => !one.predict)) {
      await this.answer(step, question);
      await expectStatus(this.question(step, question.id), 'Right');
    }
  }

  async answer(step: Step, question: Question): Promise<void> {
    const card = this.question(step, question.id);
    if (question.kind === 'single' || question.kind === 'multiple') {
      for (const [index, choice] of question.choices.entries()) {
        if (choice.correct) await card.locator('input').nth(index).check({ force: true });
      }
    } else {
      await card.getByRole('textbox').fill(await this.#typed(question));
    }
    await card.getByRole('button', { name: /^(Answer|Answer again|Commit to this prediction)$/ }).click();
  }

  async #typed(question: Question): Promise<string> {
    if (question.kind === 'text') return question.accept[0] ?? '';
    if (question.kind === 'number') return String(question.value);
    const command = this.#live[question.id];
    if (!command) throw new Error(`The test does not know how to find out "${question.id}".`);
    return this.#terminal.run(command);
  }

  async next(): Promise<void> {
    const link = this.#page.getByRole('link', { name: /^Next: / });
    const title = (await link.textContent())?.replace('Next: ', '') ?? '';
    await link.click();
    await this.#page.getByRole('heading', { level: 2, name: title, exact: true }).waitFor();
  }

  async finish(lab: Lab): Promise<void> {
    await this.#page.getByRole('button', { name: 'Finish this lab' }).click();
    await this.#page.getByRole('alertdialog').getByRole('button', { name: 'Finish' }).click();
    await this.#page.waitForURL(`**/learn/${lab.course}/${lab.slug}/finish`);
  }
}

/** Waits for the words of a card's status. */
export async function expectStatus(card: Locator, words: string, timeout = GREEN_MS): Promise<void> {
  await card.locator('header').getByText(words, { exact: true }).waitFor({ timeout });
}
