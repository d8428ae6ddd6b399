/** Measures in a page of the browser that the specs run in too. */
import {openBundle} from '../scripts/open_bundle';
import {descriptionOf} from '../test/backends';
import type {Progress} from './measure';
import type {Place} from './place';

export async function openPage(backendName: string): Promise<Place> {
  const {page, load, browser, close} = await openBundle(
    'bench/page.ts',
    descriptionOf(backendName).chromiumFlags,
  );
  let progress: Progress | undefined;
  await page.exposeFunction('expectSteps', (steps: number) => progress?.expect(steps));
  await page.exposeFunction('step', () => progress?.step());
  await load();
  // Starts the backend, and tells what computes.
  const gpu = await page.evaluate(async (name) => {
    await window.benchShape(name, {batch: 2, classes: 2});
    return window.benchPlace();
  }, backendName);
  return {
    description: `${browser}, ${gpu}`,
    run: (shape, newProgress) => {
      progress = newProgress;
      return page.evaluate(([name, shape]) => window.benchShape(name, shape), [backendName, shape] as const); // prettier-ignore
    },
    runLayer: (layerCase, newProgress) => {
      progress = newProgress;
      return page.evaluate((layerCase) => window.benchLayer(layerCase), layerCase);
    },
    close,
  };
}
