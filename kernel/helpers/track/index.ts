/** `track` in a notebook: runs, parameters, metrics and artefacts kept as files; compared in tables and plots; TensorBoard's format. */
export {};
