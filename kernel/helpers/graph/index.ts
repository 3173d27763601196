/** `graph` in a notebook: learning on graphs: GCN, GraphSAGE, node2vec on sparse adjacency. */
export {};
