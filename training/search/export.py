"""Export the trained search encoder: one ONNX graph with int8 weights, and its digest."""

import argparse
import hashlib
from pathlib import Path

import torch
from network import Encoder
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

HERE = Path(__file__).parent


class _Whole(nn.Module):
    """The encoder on one text without padding."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        self.encoder = encoder

    def forward(self, ids: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        return self.encoder(ids, torch.ones_like(ids))


def main() -> None:
    """Write search_encoder.onnx."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--weights", type=Path, default=HERE / "weights")
    parser.add_argument("--out", type=Path, default=HERE / "../../src/satchel/models/data")
    options = parser.parse_args()
    encoder = Encoder()
    encoder.load_state_dict(torch.load(options.weights / "encoder.pt"))
    encoder.eval()
    path = options.out / "search_encoder.onnx"
    whole = path.with_suffix(".fp32.onnx")
    torch.onnx.export(
        _Whole(encoder),
        (torch.randint(1000, 2000, (1, 12)),),
        str(whole),
        input_names=["ids"],
        output_names=["vector", "tokens", "weights"],
        dynamic_axes={"ids": {1: "t"}, "tokens": {1: "t"}, "weights": {1: "t"}},
        dynamo=False,
        opset_version=17,
    )
    quantize_dynamic(whole, path, weight_type=QuantType.QInt8, per_channel=True)
    whole.unlink()
    print(f"{path.name}: {path.stat().st_size / 1e6:.1f} MB, sha256 {hashlib.sha256(path.read_bytes()).hexdigest()}")


if __name__ == "__main__":
    main()
