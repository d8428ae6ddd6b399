/** npm run bench -- --linear: a last layer with its logits against the one without. */
import type {Place} from '../place';
import {ProgressBar} from '../progress';
import type {LayerCase} from './layer_case';
import {layerModes} from './modes';
import {type LayerCaseResults, layerLegend, layerTable} from './table';

/**
 * The parts of its section, printed as they come: times of the case, memory also at 4 times the
 * batch.
 */
export async function benchLinear(place: Place, timed: LayerCase): Promise<string[]> {
  const all: LayerCaseResults[] = [];
  for (const layerCase of [timed, {...timed, batch: 4 * timed.batch, isTimed: false}]) {
    const {batch, units, classes} = layerCase;
    const bar = new ProgressBar(`${batch}x${units}x${classes}`);
    const results = await place.runLayer(layerCase, bar);
    bar.stop();
    all.push({layerCase, results});
    for (const mode of layerModes.keys()) {
      console.log(`${mode}\n${layerTable(all.slice(-1), mode)}\n`);
    }
  }
  return [
    layerLegend,
    ...[...layerModes.keys()].flatMap((mode) => [`### ${mode}`, layerTable(all, mode)]),
  ];
}
