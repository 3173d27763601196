/** Names that every notebook finds ready. One list: the runner's own is tested against it, and the page reads it too. */
export interface NotebookGlobal {
  name: string;
  /** A TypeScript type. `import("kernel:X")` stands for the declaration file of kernel/X in the build. */
  type: string;
  /** Said where that declaration file is missing. */
  fallback?: string;
  /** True where the type leads to TensorFlow's declarations (60 MB of the compiler's memory): loaded when first mentioned. */
  heavy?: boolean;
  documentation: string;
  /** True where `import { name } from "lyceum"` gives it too; helpers always do. */
  exported?: boolean;
}

export const notebookGlobals: readonly NotebookGlobal[] = [
  { name: "tf", type: `typeof import("@tensorflow/tfjs")`, heavy: true, documentation: "TensorFlow.js on the best backend of this machine." },
  { name: "compile", type: `import("kernel:engine/compile/public").Compile`, fallback: `any`, heavy: true, exported: true, documentation: "A training step as one call of TensorFlow's: the same results, several times faster." },
  {
    name: "display",
    type: `import("kernel:display/index").Display["display"]`,
    fallback: `{ (value: unknown): { readonly id: string; update(value: unknown): void }; [method: string]: any }`,
    documentation: "Show any value now: a tensor, a table, an image, a plot. The handle's `update` replaces what was shown.",
  },
  { name: "clear", type: `(wait?: boolean) => void`, documentation: "Remove this cell's output. With `true`: only when the next output comes, so that nothing flickers." },
  { name: "prompt", type: `(text?: string, options?: string | { password?: boolean }) => string | null`, documentation: "Ask for a line of text and wait for it. `null`: the answer was refused." },
  { name: "confirm", type: `(message?: string) => boolean`, documentation: "Ask a yes-or-no question and wait for the answer." },
  { name: "alert", type: `(message?: string) => void`, documentation: "Show a message and wait until it is confirmed." },
  { name: "getpass", type: `(message?: string) => string | null`, documentation: "Ask for a secret: what is typed is not shown." },
  { name: "page", type: `(text: unknown) => void`, documentation: "Show a long text in the pager below the notebook." },
  { name: "comms", type: `import("kernel:runner/comms").Comms`, fallback: `any`, heavy: true, documentation: "Open a channel to a widget in the front end." },
  { name: "tslab", type: `import("kernel:runner/tslab").Tslab`, fallback: `any`, documentation: "tslab's display functions, for notebooks written for it." },
  { name: "require", type: `NodeJS.Require`, documentation: "Load a CommonJS module or JSON, seen from the notebook's folder." },
  { name: "check", type: `(id: string) => Promise<void>`, documentation: "Check the task with this id: passed or not, a hint, the points." },
  helper("data", "Data sets that ship with the course, their cards, splits and columns of numbers."),
  helper("plot", "One call, one figure: line, scatter, bar, histogram, heat map, contour, confusion matrix, decision boundary, images."),
  helper("train", "Watch a training run live: loss, step, time left."),
  helper("privacy", "Differential privacy: accounting, mechanisms, private training, audits; anonymisation and encryption."),
  helper("federated", "Federated learning: clients that train without giving their data away."),
  helper("fairness", "Metrics by group, mitigation before, in and after training, a report."),
  helper("explain", "Why a model said what it said: importance, Shapley values, heat maps, counterfactuals, causes."),
  helper("nn", "Train a model of your own: batches, live figures, early stopping, compiled steps."),
  helper("text", "Tokenizers, embeddings, transformers with a cache, generation, low-rank adapters (LoRA)."),
  helper("vision", "MobileNet blocks, grouped convolution, augmentation, transfer learning, camera and upload."),
  helper("graph", "Learning on graphs: GCN, GraphSAGE, node2vec on sparse adjacency."),
  helper("recommend", "Matrix factorisation, implicit feedback, ranking metrics, popularity bias, A/B tests."),
  helper("compress", "Smaller models: pruning, quantisation, distillation, low rank; size, FLOPs, latency, energy, cost."),
  helper("track", "Runs, parameters, metrics and artefacts kept as files; compared in tables and plots; TensorBoard's format."),
  helper("label", "Label data, measure agreement, combine labels, find label errors, choose what to label next."),
  helper("widgets", "Sliders, choices, fields and buttons in the page, and functions that follow them."),
];

function helper(name: string, documentation: string): NotebookGlobal {
  return { name, type: `typeof import("kernel:helpers/${name}/index")`, heavy: true, documentation };
}
