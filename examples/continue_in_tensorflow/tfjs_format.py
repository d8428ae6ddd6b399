"""tf.js's own format of a Sequential of dense layers, read into Keras and written back."""

import json
import pathlib

import numpy as np
import tensorflow as tf


def read_model(folder):
    """The Keras model of model.json and weights.bin, and the parsed model.json."""
    folder = pathlib.Path(folder)
    saved = json.loads((folder / 'model.json').read_text())
    layers = [layer['config'] for layer in saved['modelTopology']['config']['layers']]
    model = tf.keras.Sequential([tf.keras.Input(layers[0]['batch_input_shape'][1:])] + [
        tf.keras.layers.Dense(config['units'], activation=config['activation'], name=config['name'])
        for config in layers])
    values = (folder / 'weights.bin').read_bytes()
    arrays, start = {}, 0
    for spec in saved['weightsManifest'][0]['weights']:  # One after the other, in this order.
        size = int(np.prod(spec['shape']))
        array = np.frombuffer(values, '<f4', size, start).reshape(spec['shape'])
        arrays[spec['name']], start = array, start + 4 * size
    for layer in model.layers:
        layer.set_weights([arrays[f'{layer.name}/kernel'], arrays[f'{layer.name}/bias']])
    return model, saved


def write_model(model, saved, folder):
    """The same model.json with the weights of `model`."""
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    arrays = {}
    for layer in model.layers:
        arrays[f'{layer.name}/kernel'], arrays[f'{layer.name}/bias'] = layer.get_weights()
    specs = saved['weightsManifest'][0]['weights']
    values = b''.join(arrays[spec['name']].astype('<f4').tobytes() for spec in specs)
    (folder / 'model.json').write_text(json.dumps(saved, indent=1) + '\n')
    (folder / 'weights.bin').write_bytes(values)
