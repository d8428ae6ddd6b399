// tf.js's own format, a model.json beside a weights.bin, on the disk: tfjs-node brings this, tf.js
// alone does not.
import {mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';

/** For `model.save`. */
export const filesToSave = (folder) => ({
  async save({modelTopology, weightSpecs, weightData, format, generatedBy}) {
    mkdirSync(folder, {recursive: true});
    const weightsManifest = [{paths: ['weights.bin'], weights: weightSpecs}];
    const json = {format, generatedBy, modelTopology, weightsManifest};
    writeFileSync(path.join(folder, 'model.json'), JSON.stringify(json, null, 1) + '\n');
    writeFileSync(path.join(folder, 'weights.bin'), new Uint8Array(weightData));
    return {modelArtifactsInfo: {dateSaved: new Date(), modelTopologyType: 'JSON'}};
  },
});

/** For `tf.loadLayersModel`. */
export const filesToLoad = (folder) => ({
  async load() {
    const json = JSON.parse(readFileSync(path.join(folder, 'model.json'), 'utf8'));
    const bytes = readFileSync(path.join(folder, 'weights.bin'));
    return {
      modelTopology: json.modelTopology,
      weightSpecs: json.weightsManifest[0].weights,
      weightData: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength),
    };
  },
});
