// Traced steps as TensorFlow graph functions: build one, run it in one call, remove it. kernel/engine/compile is the other side.

#ifndef LYCEUM_GRAPH_H_
#define LYCEUM_GRAPH_H_

#include <node_api.h>

#include <string>

#include "tensorflow/c/c_api.h"
#include "tensorflow/c/eager/c_api.h"
#include "tfjs_backend.h"

namespace tfnodejs {

// A friend of TFJSBackend, because functions live in its context and take its tensors.
class GraphFunctions {
 public:
  // createFunction(name, inputs, nodes, outputs)
  // - inputs: [{dtype, shape}]
  // - nodes: [{op, attrs, inputs, constant?}]; a node's name is n<index>. inputs: flat [source, output, ...], where source >= 0 is a
  //   node and source < 0 is input -1 - source. constant: id of a tensor whose value the node is; then op is ignored.
  // - outputs: flat [source, output, ...]
  static napi_value Create(napi_env env, napi_callback_info info);

  // runFunction(name, inputs: Int32Array, outputs: Int32Array, updates: Int32Array, way: number)
  // way: 0 as TensorFlow does it, 1 compiled by XLA, 2 one operation after the other, which costs less where they are many and small.
  // Tensors by id. updates[i] >= 0: output i takes the place of that tensor, under the same id; else outputs[i] becomes a new id.
  // All or nothing: where it throws, no tensor has changed.
  static napi_value Run(napi_env env, napi_callback_info info);

  // removeFunction(name)
  static napi_value Remove(napi_env env, napi_callback_info info);

  // startProfile(); takeProfile(): ArrayBuffer. What ran between the two: a serialized RunMetadata with each operation's times and the
  // graph as TensorFlow rewrote it.
  static napi_value StartProfile(napi_env env, napi_callback_info info);
  static napi_value TakeProfile(napi_env env, napi_callback_info info);

 private:
  static TFE_TensorHandle *Find(TFJSBackend *backend, int32_t id);
};

}  // namespace tfnodejs

#endif  // LYCEUM_GRAPH_H_
