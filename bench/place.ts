/** Where a backend is measured: in this process, or in a page of the browser of the specs. */
import {openBundle} from '../scripts/open_bundle';
import {descriptionOf, descriptions} from '../test/backends';
import type {LayerCase} from './linear/layer';
import {type LayerResults, runLayer} from './linear/measure';
import {type Results, runShape, startBackend} from './measure';
import type {Shape} from './shapes';
import type {Progress} from './time_in_turn';

export interface Place {
  /** The machine and the program that run the backend, for the report. */
  readonly description: string;
  run(shape: Shape, progress: Progress): Promise<Results>;
  runLayer(layerCase: LayerCase, progress: Progress): Promise<LayerResults>;
  close(): Promise<void>;
}

export const backendNames: readonly string[] = [...descriptions.keys()];

/** The backend's description (test/backends/) says where. */
export function openPlace(backendName: string): Promise<Place> {
  const {place} = descriptionOf(backendName);
  return place === 'page' ? openPage(backendName) : inThisProcess(backendName);
}

async function inThisProcess(backendName: string): Promise<Place> {
  await startBackend(backendName);
  return {
    description: `Node ${process.versions.node}`,
    run: runShape,
    runLayer,
    close: async () => {},
  };
}

async function openPage(backendName: string): Promise<Place> {
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
      return page.evaluate(([name, shape]) => window.benchShape(name, shape), [
        backendName,
        shape,
      ] as const);
    },
    runLayer: (layerCase, newProgress) => {
      progress = newProgress;
      return page.evaluate((layerCase) => window.benchLayer(layerCase), layerCase);
    },
    close,
  };
}
