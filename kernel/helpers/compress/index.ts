/** `compress` in a notebook: smaller models: pruning, quantisation, distillation, low rank; size, FLOPs, latency, energy, cost. */
export {};
