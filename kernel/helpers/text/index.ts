/** `text` in a notebook: tokenizers, embeddings, transformers with a cache, generation, low-rank adapters (LoRA). */
export {};
