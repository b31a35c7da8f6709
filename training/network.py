"""The claim tagger's network: a MiniLM encoder that tags value spans, and heads that tell what each is about."""

from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from transformers import BertConfig, BertModel

from satchel.models.tagging import ATTRIBUTES, MODALITIES, POINTERS, POLARITIES, STANCES

WIDTH = 384
_SHAPES = 6
_TAG_WIDTH = 384
_ATTRIBUTE_WIDTH = 64
_POINTER_WIDTH = 64
_CLASSES = (len(POLARITIES), len(MODALITIES), len(STANCES))


class Reader(nn.Module):
    """Token ids → (tag logits (b, t, 2 x attributes): begins and continues; hidden states (b, t, 384))."""

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
        self.shapes = nn.Embedding(_SHAPES, WIDTH)
        nn.init.zeros_(self.shapes.weight)
        self.tags = nn.Sequential(
            nn.Dropout(0.15), nn.Linear(WIDTH, _TAG_WIDTH), nn.GELU(), nn.Linear(_TAG_WIDTH, 2 * len(ATTRIBUTES))
        )
        nn.init.constant_(self.tags[-1].bias, -6.0)

    def forward(self, ids: Tensor, segment: Tensor, shape: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        words = self.encoder.embeddings.word_embeddings(ids) + self.shapes(shape)
        hidden = self.encoder(inputs_embeds=words, token_type_ids=segment, attention_mask=mask).last_hidden_state
        return self.tags(hidden), hidden


class Heads(nn.Module):
    """One message's hidden states (t, 384) and n spans → classes and pointers of each span."""

    def __init__(self) -> None:
        super().__init__()
        self.attributes = nn.Embedding(len(ATTRIBUTES), _ATTRIBUTE_WIDTH)
        self.mix = nn.Sequential(
            nn.Dropout(0.1), nn.Linear(4 * WIDTH + _ATTRIBUTE_WIDTH, WIDTH), nn.GELU(), nn.Dropout(0.1)
        )
        self.classes = nn.Linear(WIDTH, sum(_CLASSES))
        self.queries = nn.Linear(WIDTH, 2 * len(POINTERS) * _POINTER_WIDTH)
        self.keys = nn.Linear(WIDTH, 2 * len(POINTERS) * _POINTER_WIDTH)

    def forward(self, hidden: Tensor, first: Tensor, last: Tensor, attribute: Tensor) -> tuple[Tensor, Tensor]:
        """Return class logits (n, 12) and pointer logits (n, 6, t) of the spans of one message."""
        rows = torch.zeros_like(first)
        return self.batched(hidden.unsqueeze(0), rows, first, last, attribute)

    def batched(
        self, hidden: Tensor, rows: Tensor, first: Tensor, last: Tensor, attribute: Tensor
    ) -> tuple[Tensor, Tensor]:
        """Do the same for spans of several messages: hidden (b, t, 384), and the message of each span."""
        t = hidden.shape[1]
        own = hidden[rows]
        places = torch.arange(t).unsqueeze(0)
        inside = ((places >= first.unsqueeze(1)) & (places <= last.unsqueeze(1))).to(hidden.dtype).unsqueeze(2)
        mean = (own * inside).sum(1) / inside.sum(1)
        mixed = self.mix(
            torch.cat([hidden[rows, first], hidden[rows, last], mean, own[:, 0], self.attributes(attribute)], 1)
        )
        queries = self.queries(mixed).reshape(-1, 2 * len(POINTERS), _POINTER_WIDTH)
        keys = self.keys(hidden).reshape(-1, t, 2 * len(POINTERS), _POINTER_WIDTH)[rows]
        return self.classes(mixed), torch.einsum("nkd,ntkd->nkt", queries, keys) / _POINTER_WIDTH**0.5


def pretrained(weights: Path) -> Reader:
    """Return a reader whose encoder is all-MiniLM-L6-v2."""
    reader = Reader()
    state = {name.removeprefix("bert."): value for name, value in load_file(weights).items()}
    missing, _ = reader.encoder.load_state_dict(state, strict=False)
    assert not [name for name in missing if "position_ids" not in name], missing
    return reader
