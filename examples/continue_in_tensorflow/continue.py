"""Step 2: goes on in TensorFlow where tf.js stopped, on several devices and in several processes."""

import json
import os
import pathlib
import socket
import subprocess
import sys

import numpy as np
import tensorflow as tf

from distributed import big_batch_step, distributed_step, largest_difference, mean_loss
from tfjs_format import read_model, write_model

LOSS_AGREEMENT = 2e-6
STEP_AGREEMENT = 1e-5
WORKERS = 2

folder = pathlib.Path(sys.argv[1])


def main():
    cpu = tf.config.list_physical_devices('CPU')[0]
    tf.config.set_logical_device_configuration(cpu, [tf.config.LogicalDeviceConfiguration()] * 2)
    batch = json.loads((folder / 'batch.json').read_text())
    images, labels = np.float32(batch['images']), np.int32(batch['labels'])

    model, saved = read_model(folder / 'from_tfjs')
    before = float(mean_loss(model, images, labels, len(labels)))
    print(f'TensorFlow: loss of the batch {before:.7f} nats, tf.js said {batch["loss"]:.7f}')
    check(abs(before - batch['loss']), LOSS_AGREEMENT, 'the loss of tf.js')

    big_batch_step(model, images, labels)

    strategy = tf.distribute.MirroredStrategy(['CPU:0', 'CPU:1'])
    with strategy.scope():
        mirrored, _ = read_model(folder / 'from_tfjs')
    distributed_step(strategy, mirrored, images, labels)
    check(largest_difference(mirrored, model), STEP_AGREEMENT,
          f'one step on {strategy.num_replicas_in_sync} devices, MirroredStrategy')

    run_workers()
    from_workers, _ = read_model(folder / 'from_workers')
    check(largest_difference(from_workers, model), STEP_AGREEMENT,
          f'one step in {WORKERS} processes, MultiWorkerMirroredStrategy')

    write_model(from_workers, saved, folder / 'from_tensorflow')
    after = float(mean_loss(from_workers, images, labels, len(labels)))
    print(f'TensorFlow: loss of the batch {after:.7f} nats after the step')
    (folder / 'tensorflow.json').write_text(json.dumps({'before': before, 'after': after}) + '\n')


def run_workers():
    """Two processes on this machine; on two machines only the addresses change."""
    addresses = [f'127.0.0.1:{free_port()}' for _ in range(WORKERS)]
    config = {'cluster': {'worker': addresses}}
    command = [sys.executable, pathlib.Path(__file__).with_name('worker.py'), folder,
               'from_tfjs', 'from_workers']
    workers = [
        subprocess.Popen(command, env={**os.environ, 'TF_CONFIG': json.dumps(
            {**config, 'task': {'type': 'worker', 'index': index}})})
        for index in range(WORKERS)]
    if any([worker.wait() for worker in workers]):
        sys.exit('A worker failed.')


def free_port():
    with socket.socket() as probe:
        probe.bind(('127.0.0.1', 0))
        return probe.getsockname()[1]


def check(difference, limit, what):
    print(f'TensorFlow: {what}: {difference:.1e} apart, {limit} allowed')
    if not difference <= limit:
        sys.exit(f'{what} differs by more than {limit}.')


main()
