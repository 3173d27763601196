/** `recommend` in a notebook: matrix factorisation, implicit feedback, ranking metrics, popularity bias, A/B tests. */
export {};
