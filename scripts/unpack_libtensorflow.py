"""Unpacks libtensorflow and the headers of its C API from a tensorflow wheel: WHEEL FOLDER."""

import pathlib
import shutil
import sys
import zipfile

LIBRARIES = ['tensorflow/libtensorflow_cc.so.2', 'tensorflow/libtensorflow_framework.so.2']
HEADERS = ['tensorflow/c/', 'tensorflow/core/platform/', 'xla/tsl/', 'tsl/']

wheel, folder = sys.argv[1], pathlib.Path(sys.argv[2])
with zipfile.ZipFile(wheel) as archive:
    for name in archive.namelist():
        header = name.removeprefix('tensorflow/include/')
        if name in LIBRARIES:
            target = folder / 'lib' / pathlib.Path(name).name
        elif header != name and header.endswith('.h') and header.startswith(tuple(HEADERS)):
            target = folder / 'include' / header
        else:
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        with archive.open(name) as source, open(target, 'wb') as sink:
            shutil.copyfileobj(source, sink)
