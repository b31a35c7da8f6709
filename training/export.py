"""Export the trained tagger: two ONNX graphs with int8 weights, and their digests."""

import argparse
import hashlib
from pathlib import Path

import torch
from network import WIDTH, Heads, Reader
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

HERE = Path(__file__).parent


class _Whole(nn.Module):
    """The reader on one message without padding."""

    def __init__(self, reader: Reader) -> None:
        super().__init__()
        self.reader = reader

    def forward(self, ids: Tensor, segment: Tensor, shape: Tensor) -> tuple[Tensor, Tensor]:
        return self.reader(ids, segment, shape, torch.ones_like(ids))


def main() -> None:
    """Write claims_reader.onnx and claims_heads.onnx."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--weights", type=Path, default=HERE / "weights")
    parser.add_argument("--out", type=Path, default=HERE / "../src/satchel/models/data")
    options = parser.parse_args()
    state = torch.load(options.weights / "tagger.pt")
    reader, heads = Reader(), Heads()
    reader.load_state_dict(state["reader"]), heads.load_state_dict(state["heads"])
    reader.eval(), heads.eval()
    ids = torch.randint(1000, 2000, (1, 12))
    zeros = torch.zeros_like(ids)
    _export(
        _Whole(reader),
        (ids, zeros, zeros),
        ["ids", "segment", "shape"],
        ["tags", "hidden"],
        1,
        options.out / "claims_reader.onnx",
    )
    spans = torch.tensor([1, 3]), torch.tensor([2, 5]), torch.tensor([0, 7])
    _export(
        heads,
        (torch.randn(12, WIDTH), *spans),
        ["hidden", "first", "last", "attribute"],
        ["classes", "pointers"],
        0,
        options.out / "claims_heads.onnx",
    )


def _export(
    module: nn.Module, inputs: tuple[Tensor, ...], names: list[str], outputs: list[str], axis: int, path: Path
) -> None:
    axes = {name: {axis: "t"} for name in [*names[: 3 if axis else 1], *(outputs if axis else [])]}
    if axis == 0:
        axes |= {name: {0: "n"} for name in names[1:]} | {"classes": {0: "n"}, "pointers": {0: "n", 2: "t"}}
    whole = path.with_suffix(".fp32.onnx")
    torch.onnx.export(
        module,
        inputs,
        str(whole),
        input_names=names,
        output_names=outputs,
        dynamic_axes=axes,
        dynamo=False,
        opset_version=17,
    )
    quantize_dynamic(whole, path, weight_type=QuantType.QInt8, per_channel=True)
    whole.unlink()
    print(f"{path.name}: {path.stat().st_size / 1e6:.1f} MB, sha256 {hashlib.sha256(path.read_bytes()).hexdigest()}")


if __name__ == "__main__":
    main()
