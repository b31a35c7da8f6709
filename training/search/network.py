"""The search encoder: one MiniLM pass gives a vector of the text, a small vector of each token, and their weights."""

from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional
from transformers import BertConfig, BertModel

WIDTH = 384
TOKEN_WIDTH = 64


@dataclass(frozen=True, slots=True)
class Read:
    """A batch of b texts of at most t tokens."""

    pooled: Tensor
    """(b, 384), each of length 1."""
    tokens: Tensor
    """(b, t, 64), each of length 1."""
    weights: Tensor
    """(b, t): how much each token of a query counts, adding up to 1; 0 for padding and the special tokens."""
    words: Tensor
    """(b, t): 1 for a token of the text, 0 for padding, the special tokens, and marks and signs."""


class Encoder(nn.Module):
    """Token ids with special tokens → what search compares."""

    def __init__(self) -> None:
        super().__init__()
        config = BertConfig(
            vocab_size=30522,
            hidden_size=WIDTH,
            num_hidden_layers=6,
            num_attention_heads=12,
            intermediate_size=1536,
            max_position_embeddings=512,
            attn_implementation="eager",
        )
        self.encoder = BertModel(config, add_pooling_layer=False)
        self.narrow = nn.Linear(WIDTH, TOKEN_WIDTH, bias=False)
        self.weigh = nn.Linear(WIDTH, 1)
        nn.init.zeros_(self.weigh.weight)
        nn.init.zeros_(self.weigh.bias)

    def forward(self, ids: Tensor, mask: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Return (b, 384) of length 1, (b, t, 64) of length 1, and (b, t) weights before they are made to add up."""
        hidden = self.encoder(
            input_ids=ids, attention_mask=mask, token_type_ids=torch.zeros_like(ids)
        ).last_hidden_state
        inside = mask.unsqueeze(-1).to(hidden.dtype)
        pooled = functional.normalize((hidden * inside).sum(1) / inside.sum(1), dim=-1)
        tokens = functional.normalize(self.narrow(hidden), dim=-1)
        return pooled, tokens, torch.sigmoid(self.weigh(hidden)).squeeze(-1)

    def read(self, ids: Tensor, mask: Tensor, marks: Tensor) -> Read:
        """Do the same, with the special tokens left out, and those where `marks`, shape (vocabulary,), is true."""
        pooled, tokens, weights = self(ids, mask)
        words = mask * ~marks[ids]
        words[:, 0] = 0
        words[torch.arange(len(ids)), mask.sum(1) - 1] = 0
        weights = weights * words
        return Read(pooled, tokens, weights / weights.sum(1, keepdim=True).clamp_min(1e-6), words)


def late(queries: Read, documents: Read) -> Tensor:
    """(queries, documents): the weighted mean, over a query's tokens, of the best product with a document's tokens.

    Khattab and Zaharia, "ColBERT" (SIGIR 2020), with weights in place of a sum.
    """
    products = torch.einsum("qid,njd->qnij", queries.tokens, documents.tokens)
    products = products.masked_fill(documents.words[None, :, None, :] == 0, -1.0)
    return (products.amax(-1) * queries.weights.unsqueeze(1)).sum(-1)


def pretrained(weights: Path, *, directions: Tensor) -> Encoder:
    """Return an encoder that starts as all-MiniLM-L6-v2, its tokens narrowed to `directions`, shape (64, 384)."""
    encoder = Encoder()
    state = {name.removeprefix("bert."): value for name, value in load_file(weights).items()}
    missing, _ = encoder.encoder.load_state_dict(state, strict=False)
    assert not [name for name in missing if "position_ids" not in name], missing
    encoder.narrow.weight.data.copy_(directions)
    return encoder
