"""One of the workers of MultiWorkerMirroredStrategy; TF_CONFIG says which. The first one saves."""

import json
import os
import pathlib
import sys

import numpy as np
import tensorflow as tf

from distributed import distributed_step
from tfjs_format import read_model, write_model

folder, source, target = sys.argv[1:]
strategy = tf.distribute.MultiWorkerMirroredStrategy()  # First: it connects to the other workers.
batch = json.loads((pathlib.Path(folder) / 'batch.json').read_text())
with strategy.scope():
    model, saved = read_model(pathlib.Path(folder) / source)
distributed_step(strategy, model, np.float32(batch['images']), np.int32(batch['labels']))
if json.loads(os.environ['TF_CONFIG'])['task']['index'] == 0:
    write_model(model, saved, pathlib.Path(folder) / target)
