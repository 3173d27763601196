/** One inverted residual block of MobileNetV2 at width 1: its name, how many times its channels are expanded, channels out, stride. */
export interface Block {
  readonly name: string;
  readonly expand: number;
  readonly filters: number;
  readonly strides: number;
}

/** Table 2 of Sandler et al. (2018): expansion, channels, repeats, stride of the first. Names as in the published checkpoint. */
const table = [[1, 16, 1, 1], [6, 24, 2, 2], [6, 32, 3, 2], [6, 64, 4, 2], [6, 96, 3, 1], [6, 160, 3, 2], [6, 320, 1, 1]] as const;

export const blocks: readonly Block[] = table
  .flatMap(([expand, filters, repeats, strides]) => Array.from({ length: repeats }, (_, at) => ({ expand, filters, strides: at === 0 ? strides : 1 })))
  .map((block, at) => ({ name: at === 0 ? "expanded_conv" : `expanded_conv_${at}`, ...block }));

export const firstFilters = 32;
export const lastFilters = 1280;
