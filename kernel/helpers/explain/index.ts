/** `explain` in a notebook: why a model said what it said, and what causes what. */
export {};
