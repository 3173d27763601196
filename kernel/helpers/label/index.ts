/** `label` in a notebook: labelling sessions, agreement, aggregation of labels, weak supervision, active learning. */
export {};
