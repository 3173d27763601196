/** `fairness` in a notebook: metrics by group, mitigation before, in and after training, a report. */
export {};
