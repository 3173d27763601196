import type * as tf from "@tensorflow/tfjs";

/** One use of a layer: tfjs keeps these for all models that share the layer. */
export interface LayerNode {
  readonly inboundLayers: readonly tf.layers.Layer[];
  readonly outboundLayer: tf.layers.Layer;
  readonly outputTensors: readonly tf.SymbolicTensor[];
  readonly inputShapes: Shapes;
  readonly outputShapes: Shapes;
}
type Shapes = (number | null)[][] | (number | null)[];

/** The uses of a layer in this model: a layer may also stand in other models (a backbone, its part, the whole). */
export function nodesIn(model: tf.LayersModel, layer: tf.layers.Layer): readonly LayerNode[] {
  // A Sequential keeps them in a model inside it.
  const { containerNodes } = ((model as { model?: tf.LayersModel }).model ?? model) as unknown as { containerNodes?: ReadonlySet<string> };
  return (layer.inboundNodes as unknown as LayerNode[]).filter((_, at) => !containerNodes?.size || containerNodes.has(`${layer.name}_ib-${at}`));
}

/** The layers of this model that read what a layer gives. */
export function readersIn(model: tf.LayersModel, layer: tf.layers.Layer): readonly tf.layers.Layer[] {
  const nodes = layer.outboundNodes as unknown as LayerNode[];
  return nodes.filter((node) => model.layers.includes(node.outboundLayer) && nodesIn(model, node.outboundLayer).includes(node)).map(({ outboundLayer }) => outboundLayer);
}

/** The first of several inputs or outputs, for one example; null where the size is open. */
export const shapeOfNode = (shapes: Shapes): readonly (number | null)[] => ((Array.isArray(shapes[0]) ? shapes[0] : shapes) as (number | null)[]).slice(1);
