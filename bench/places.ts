/**
 * Opens where a backend's description (test/backends/) has it measured: in this process, or in a
 * page.
 */
import {descriptionOf, descriptions} from '../test/backends';
import {openPage} from './browser';
import {runLayer} from './linear/run';
import type {Place} from './place';
import {runShape} from './run';
import {startBackend} from './start_backend';

export const backendNames: readonly string[] = [...descriptions.keys()];

export function openPlace(backendName: string): Promise<Place> {
  const {place} = descriptionOf(backendName).bench;
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
