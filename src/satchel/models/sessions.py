"""ONNX Runtime sessions of the bundled models: one thread each, since texts are run beside each other."""

from importlib import import_module
from pathlib import Path
from typing import Any

from satchel.errors import ModelUnavailable
from satchel.models.weights import verified

_SLOWER_FUSIONS = ["SkipLayerNormFusion"]
"""ONNX Runtime's fused addition and layer norm takes longer on the CPU than the two apart: a sixth of the whole."""


def load_session(path: Path, *, sha256: str) -> Any:
    """Return a session of the weights at `path`, whose digest is the pinned one.

    Raises:
        ModelUnavailable: ONNX Runtime or the file is missing, or the file is another one.
    """
    try:
        runtime = import_module("onnxruntime")
    except ImportError as error:
        raise ModelUnavailable(f"the bundled models need {error.name}: pip install {error.name}") from error
    options = runtime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    return runtime.InferenceSession(
        str(verified(path, sha256=sha256)),
        options,
        providers=["CPUExecutionProvider"],
        disabled_optimizers=_SLOWER_FUSIONS,
    )
