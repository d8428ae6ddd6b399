import type {LayerCase} from './linear/layer_case';
import type {LayerResults} from './linear/run';
import type {Progress} from './measure';
import type {Results} from './run';
import type {Shape} from './shapes';

/** Where a backend is measured. */
export interface Place {
  /** The machine and the program that run the backend, for the report. */
  readonly description: string;
  run(shape: Shape, progress: Progress): Promise<Results>;
  runLayer(layerCase: LayerCase, progress: Progress): Promise<LayerResults>;
  close(): Promise<void>;
}
